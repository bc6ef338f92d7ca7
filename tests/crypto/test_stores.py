"""``huginn crypto --store``: the servers of a store of hosts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from sigcompiler.schema.rows import FIELDS
from tests.crypto.test_crypto import CLIENT_LISTS, SERVER_LISTS, document, names, saved, tls10, tls13
from tests.support.conversations import capture
from tests.support.damaged_stores import change
from tests.support.ssh_model import (
    CLIENT_ID,
    HYBRID,
    SERVER_ID,
    binary_packet,
    connection,
    host_key,
    kexinit,
    reply,
)
from tests.support.tls.certificate_model import certificate, ec, name, rsa, served
from tests.support.tls.conversation import Conversation


def stored(tmp_path: Path, *frames: bytes) -> str:
    """A store of the hosts in these packets."""
    path = str(tmp_path / "hosts.sqlite")
    assert main(["hosts", "--store", path, saved(tmp_path, *frames)]) == 0
    return path


def test_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What servers chose, as in the capture; a store has no ports, clients, programs and ciphers of SSH."""
    reply_too = binary_packet(kexinit(SERVER_LISTS)) + binary_packet(reply(host_key()))
    frames = [
        *(*tls13(1, 0x11EC), *tls10(2), *tls10(3)),
        *connection(CLIENT_ID + binary_packet(kexinit(CLIENT_LISTS)), SERVER_ID + reply_too, port=4),
    ]
    (of_tls,) = [one for one in document(capsys, saved(tmp_path, *frames))["servers"] if one["port"] == 443]
    path = stored(tmp_path, *frames)
    capsys.readouterr()
    found = document(capsys, "--store", path)
    (server,) = found["servers"]
    assert (found["connections"], found["programs"], found["left_out"]) == (4, [], 0)
    assert (server["ip"], server["port"], server["hosts"]) == ("198.51.100.2", None, [])
    assert server["post_quantum"] == "used"
    of_ssh = [one for one in server["uses"] if one["protocol"] == "SSH"]
    assert [names(one) for one in of_ssh] == [{"version": ["SSH 2.0"], "key_exchange": [HYBRID]}]
    assert [one for one in server["uses"] if one["protocol"] == "TLS"] == of_tls["uses"]
    assert main(["crypto", "--store", path]) == 0
    text = capsys.readouterr().out
    assert "        2 connections: TLS 1.0, TLS_RSA_WITH_RC4_128_SHA\n        ! TLS 1.0: disallowed" in text


def test_certificates_in_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With key, signature and validity; without names, and with the first digits of the hash."""
    root = {"subject": name(b"root"), "issuer": name(b"root")}
    leaves = (certificate(), certificate(key=rsa(1024)), certificate(key=ec(), **root), certificate())
    frames = [one for port, leaf in enumerate(leaves) for one in served(leaf, port=3000 + port).packets]
    known = document(capsys, saved(tmp_path, *frames))["certificates"]
    path = stored(tmp_path, *frames)
    capsys.readouterr()
    kept = document(capsys, "--store", path)["certificates"]
    want = Counter[str]()
    for one in known:
        want[json.dumps(one["algorithms"])] += one["servers"][0]["connections"]
    assert {json.dumps(one["algorithms"]): one["servers"][0]["connections"] for one in kept} == want
    keys = ("not_before", "not_after", "days_left")
    assert [[one[key] for key in keys] for one in kept] == [[one[key] for key in keys] for one in known]
    assert {one["sha256"] for one in kept} == {one["sha256"][:16] for one in known}
    assert main(["crypto", "--store", path]) == 0
    assert "rsa 1024: disallowed (NIST SP 800-131A" in capsys.readouterr().out
    assert main(["crypto", "--store", path, "--format", "cyclonedx"]) == 0
    text = capsys.readouterr().out
    validation = pytest.importorskip("cyclonedx.validation.json", reason="needs cyclonedx-python-lib")
    schema = pytest.importorskip("cyclonedx.schema").SchemaVersion.V1_7
    assert validation.JsonStrictValidator(schema).validate_str(text) is None
    assets = {one["bom-ref"]: one["cryptoProperties"]["assetType"] for one in json.loads(text)["components"]}
    assert sum(kind == "certificate" for kind in assets.values()) == 3
    assert assets["key/rsa 1024"] == "related-crypto-material"


KEY_WORDS = next(field.words for field in FIELDS if field.column == "key_type")


@pytest.mark.parametrize("kind", range(len(KEY_WORDS)))
def test_types_of_keys(kind: int) -> None:
    """The core has words of its own for them."""
    with hg.Analyzer() as analyzer:
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(capture(*served(certificate()).packets)):
            for row in range(batch._native.counts[lib.HG_READER_CERTIFICATES]):
                batch._native.columns.certificates.key_type[row] = kind + 1
            inventory.add(batch)
        host = inventory.find("198.51.100.2")
    assert host is not None
    (flavor,) = [one.flavor for one in host.sightings if one.name == "X.509"]
    assert flavor.split(",")[0].split()[0] == KEY_WORDS[kind]


def test_what_servers_make_up_is_bounded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A quarter of the names of a host at most."""
    frames = [one for code in range(200) for one in tls10(1000 + code, cipher=0xAA00 + code)]
    path = stored(tmp_path, *frames)
    capsys.readouterr()
    (server,) = document(capsys, "--store", path)["servers"]
    assert len(server["uses"]) == 16
    (limited,) = document(capsys, "--max-inventory", "3", "--store", path, status=1)["servers"]
    assert len(limited["uses"]) == 3


def test_a_server_asked_for_every_cipher_still_shows_its_system() -> None:
    frames = [one for code in range(40) for one in tls10(1000 + code, cipher=0xAA00 + code)]
    ssh = Conversation(999, 22).handshake().client(0, CLIENT_ID)
    ssh.server(0, b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")
    inventory = Inventory(hg.Database.load_default())
    for batch in hg.Analyzer().batches(capture(*frames, *ssh.packets)):
        inventory.add(batch)
    host = inventory.find("198.51.100.2")
    assert host is not None
    assert [one.name for one in host.evidence if one.source == "ssh_server"] == ["Linux 6.1 or newer"]


@pytest.mark.parametrize("flavor", ["x", "TLS 1.3, x25519, y, z", ""])
def test_a_damaged_store(flavor: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = stored(tmp_path, *tls13(1))
    change(path, f"UPDATE label SET flavor = '{flavor}' WHERE kind = 'cryptography'")
    assert main(["crypto", "--store", path]) == 2
    assert "hosts.sqlite: is damaged" in capsys.readouterr().err


def test_captures_or_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = stored(tmp_path, *tls13(1))
    for words in ([], ["--store", path, saved(tmp_path, *tls13(1))]):
        assert main(["crypto", *words]) == 2
        assert "name captures, or a store with --store" in capsys.readouterr().err
    assert main(["crypto", "--store", path, "--ip", "192.0.2.1"]) == 2
    assert "options on traffic are for captures" in capsys.readouterr().err
