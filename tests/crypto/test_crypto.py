"""``huginn crypto``: what connections negotiated, by server and by program, and what rules say of it."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.applications.crypto.inventory import CryptoInventory
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli import main
from sigcompiler.claims.crypto import EXPERIMENTAL, KINDS, POST_QUANTUM, rule_for, rules_of
from tests.support.conversations import capture, handshake, segment
from tests.support.ssh_model import (
    CLIENT_ID,
    CURVE,
    HYBRID,
    SERVER_ID,
    binary_packet,
    chosen,
    connection,
    kexinit,
    resists,
)
from tests.support.tls.certificate_model import SHA1_RSA, algorithm, certificate, name, rsa, served, utc
from tests.support.tls.conversation import (
    RETRY,
    Conversation,
    client_hello,
    extension,
    listed,
    numbers,
    record,
    server_hello,
)

Found = dict[str, Any]
CLIENT_LISTS = (
    *(
        f"{HYBRID},{CURVE},ext-info-c",
        "ssh-ed25519,ssh-rsa",
        "aes128-gcm@openssh.com,aes128-ctr",
        "3des-cbc,x",
    ),
    *("hmac-sha1,hmac-md5", "hmac-md5,hmac-sha1", "none", "none", "", ""),
)
SERVER_LISTS = (
    *(
        f"{CURVE},{HYBRID},ext-info-s",
        "ssh-rsa,rsa-sha2-512",
        "aes128-ctr,aes128-gcm@openssh.com",
        "x,3des-cbc",
    ),
    *("hmac-md5", "hmac-sha1,hmac-md5", "none", "none", "", ""),
)


def ssh(
    port: int, client: tuple[str, ...] = CLIENT_LISTS, server: tuple[str, ...] = SERVER_LISTS
) -> list[bytes]:
    """A connection up to the key exchange."""
    said = ((CLIENT_ID, client), (SERVER_ID, server))
    return connection(*(line + binary_packet(kexinit(lists)) for line, lists in said), port=port)


def tls13(port: int, group: int = 29) -> list[bytes]:
    """A connection that chooses TLS 1.3 and a group."""
    parts = extension(43, b"\3\4") + extension(51, numbers((group,)) + listed(bytes(32)))
    made = Conversation(port).handshake().client(0, record(client_hello()))
    return made.server(0, record(server_hello(parts, 0x1301))).packets


def tls10(port: int, *, with_client: bool = True, cipher: int = 0x0005) -> list[bytes]:
    """A connection that chooses TLS 1.0 and RSA key transport."""
    made = Conversation(port).handshake()
    if with_client:
        made.client(0, record(client_hello()))
    return made.server(0, record(server_hello(cipher=cipher, version=0x0301))).packets


def saved(folder: Path, *packets: bytes) -> str:
    """A capture of them."""
    path = folder / "capture.pcap"
    path.write_bytes(capture(*packets))
    return str(path)


def document(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Found:
    """What the command writes as JSON."""
    assert main(["crypto", "--format", "json", *arguments]) == status
    found: Found = json.loads(capsys.readouterr().out)
    return found


def names(use: Found) -> dict[str, list[str]]:
    """The names of its algorithms, by kind."""
    kinds = [one["kind"] for one in use["algorithms"]]
    return {kind: [one["name"] for one in use["algorithms"] if one["kind"] == kind] for kind in kinds}


# ---- SSH


def test_ssh_by_the_rule_of_rfc_4253(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The client's first name that the server has, too, for each direction; AEAD ciphers need no MAC."""
    found = document(capsys, saved(tmp_path, *ssh(40000), *ssh(40001)))
    (server,) = found["servers"]
    assert (server["ip"], server["port"], server["connections"]) == ("198.51.100.2", 22, 2)
    assert server["hosts"] == [{"ip": "192.0.2.1", "post_quantum": "used"}]
    (use,) = server["uses"]
    want = [
        chosen(ours.split(","), theirs.split(","))
        for ours, theirs in zip(CLIENT_LISTS, SERVER_LISTS, strict=True)
    ]
    assert names(use) == {
        "version": ["SSH 2.0"],
        "key_exchange": [want[0]],
        "host_key": [want[1]],
        "cipher": want[2:4],
        "mac": [want[5]],
    }
    assert (want[0], want[1], want[3], want[5]) == (HYBRID, "ssh-rsa", "3des-cbc", "hmac-md5")
    assert server["post_quantum"] == "used"
    rules = {one["name"]: (one["status"], one["source"]) for one in use["algorithms"]}
    assert rules["hmac-md5"] == ("deprecated", "RFC 6151")
    assert rules["aes128-gcm@openssh.com"] == (None, None)
    (program,) = found["programs"]
    assert (program["program"], program["uses"]) == ("OpenSSH_9.6", server["uses"])


def test_ssh_whose_server_speaks_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then the core does not know the choice with the server's lists, and the program by then."""
    says = [
        line + binary_packet(kexinit(lists))
        for line, lists in ((CLIENT_ID, CLIENT_LISTS), (SERVER_ID, SERVER_LISTS))
    ]
    frames = [*handshake(1), segment(1, 0, says[1], server=True), segment(1, 0, says[0])]
    found = document(capsys, saved(tmp_path, *frames))
    usual = document(capsys, saved(tmp_path, *ssh(1)))
    assert found == usual


def test_one_end_alone_is_incomplete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server_only = connection(CLIENT_ID, SERVER_ID + binary_packet(kexinit(SERVER_LISTS)), port=7)
    hello_only = Conversation(8).handshake().client(0, record(client_hello())).packets
    found = document(capsys, saved(tmp_path, *server_only, *hello_only))
    assert (found["connections"], found["incomplete"], found["servers"], found["programs"]) == (0, 2, [], [])


# ---- TLS


def test_tls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By server and program; the hello of a server whose client was not seen counts for the server alone."""
    path = saved(tmp_path, *tls13(1, 0x11EC), *tls10(2), *tls10(3, with_client=False))
    found = document(capsys, path)
    (server,), (program,) = found["servers"], found["programs"]
    assert (server["port"], server["connections"], program["connections"]) == (443, 3, 2)
    assert program["program"].startswith("JA4 t13d")
    old, new = server["uses"]
    assert (old["connections"], new["connections"]) == (2, 1)
    assert names(new) == {
        "version": ["TLS 1.3"],
        "group": ["X25519MLKEM768"],
        "cipher_suite": ["TLS_AES_128_GCM_SHA256"],
    }
    assert (new["protocol"], server["post_quantum"]) == ("TLS", "used")
    assert [(one["name"], one["status"], one["source"]) for one in old["algorithms"]] == [
        ("TLS 1.0", "disallowed", "RFC 8996"),
        ("TLS_RSA_WITH_RC4_128_SHA", "disallowed", "RFC 9325"),
    ]


def test_a_retry_request_is_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = extension(43, b"\3\4") + extension(51, b"\0\x17")
    made = Conversation(9).handshake().client(0, record(client_hello()))
    made.server(0, record(server_hello(parts, 0x1301, RETRY)))
    found = document(capsys, saved(tmp_path, *made.packets))
    assert (found["connections"], found["incomplete"]) == (0, 1)


def test_captured_quic_and_dtls(capsys: pytest.CaptureFixture[str]) -> None:
    captures = Path(__file__).parents[3] / "shared" / "http-tls" / "captures"
    if not captures.is_dir():
        pytest.skip("the captures are not here")
    found = document(capsys, str(captures))
    assert {use["protocol"] for one in found["servers"] for use in one["uses"]} >= {"QUIC", "DTLS"}
    quic = [use for one in found["servers"] for use in one["uses"] if use["protocol"] == "QUIC"]
    assert {"quic_version", "version", "group", "cipher_suite"} <= set(names(quic[0]))


# ---- certificates


def test_certificates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By server, with key, signature and validity; the signature of a trust anchor does not count."""
    sha1, root = algorithm(SHA1_RSA), {"subject": name(b"root"), "issuer": name(b"root")}
    leaves = (certificate(), certificate(key=rsa(1024), signed=sha1), certificate(signed=sha1, **root))
    frames = [
        one
        for port, leaf in enumerate((*leaves, leaves[0]))
        for one in served(leaf, port=3000 + port).packets
    ]
    path = saved(tmp_path, *frames)
    found = {one["sha256"]: one for one in document(capsys, path)["certificates"]}
    usual, weak, anchor = (found[hashlib.sha256(leaf).hexdigest()] for leaf in leaves)
    assert (usual["not_before"], usual["not_after"]) == ("2017-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
    assert [one["servers"][0]["connections"] for one in (usual, weak, anchor)] == [2, 1, 1]
    assert [
        (one["kind"], one["name"], one["status"]) for one in (*usual["algorithms"], *weak["algorithms"])
    ] == [
        ("key", "rsa 2048", "quantum-vulnerable"),
        ("signature", "sha256WithRSAEncryption", "quantum-vulnerable"),
        ("key", "rsa 1024", "disallowed"),
        ("signature", "sha1WithRSAEncryption", "disallowed"),
    ]
    assert [one["kind"] for one in anchor["algorithms"]] == ["key"]
    assert main(["crypto", path]) == 0
    text = capsys.readouterr().out
    assert "! rsa 1024: disallowed (NIST SP 800-131A" in text
    limited = document(capsys, "--max-inventory", "2", path, status=1)
    assert (limited["certificates_left_out"], limited["certificates"]) == (4, [])


def test_certificates_in_a_bill_of_materials(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validation = pytest.importorskip("cyclonedx.validation.json", reason="needs cyclonedx-python-lib")
    schema = pytest.importorskip("cyclonedx.schema").SchemaVersion.V1_7
    frames = [*served(certificate()).packets, *served(certificate(not_before=utc("x")), port=5).packets]
    assert main(["crypto", "--format", "cyclonedx", saved(tmp_path, *frames)]) == 0
    text = capsys.readouterr().out
    assert validation.JsonStrictValidator(schema).validate_str(text) is None
    by_name = {one["bom-ref"]: one for one in json.loads(text)["components"]}
    asset = by_name[f"certificate/{hashlib.sha256(certificate()).hexdigest()}"]["cryptoProperties"]
    assert asset == {
        "assetType": "certificate",
        "certificateProperties": {
            "notValidBefore": "2017-01-01T00:00:00+00:00",
            "notValidAfter": "2030-01-01T00:00:00+00:00",
            "signatureAlgorithmRef": "signature/sha256WithRSAEncryption",
            "subjectPublicKeyRef": "key/rsa 2048",
            "certificateFormat": "X.509",
        },
    }
    assert by_name["key/rsa 2048"]["cryptoProperties"]["relatedCryptoMaterialProperties"]["size"] == 2048


# ---- limits and forms


@pytest.mark.parametrize("workers", ["2", "4"])
def test_workers_change_nothing(workers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frames = [one for port in range(1, 200) for one in (ssh, tls13, tls10)[port % 3](port)]
    path = saved(tmp_path, *frames)
    assert document(capsys, "--workers", workers, path) == document(capsys, path)


def test_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is beyond is counted, and known entries go on."""
    path = saved(tmp_path, *tls13(1), *ssh(2), *tls13(3))
    found = document(capsys, "--max-inventory", "4", path, status=1)
    assert [one["port"] for one in found["servers"]] == [443]
    assert (found["connections"], found["left_out"]) == (3, 1)
    assert found["servers"][0]["connections"] == found["programs"][0]["connections"] == 2


def test_memory_of_unanswered_connections() -> None:
    """Only so many are remembered; the oldest is forgotten, and only its client is unknown then."""
    packets = [Conversation(port).handshake().client(0, record(client_hello())) for port in (1, 2, 3)]
    for one in packets:
        one.server(0, record(server_hello()))
    frames = [frame for step in range(5) for one in packets for frame in one.packets[step : step + 1]]
    found = CryptoInventory(100, 2)
    for batch in hg.Analyzer(None).batches(capture(*frames)):
        found.add(batch)
        assert len(found._flows) <= 2
    (server,), (program,) = found.servers.values(), found.programs.values()
    assert (server.uses.total(), program.uses.total()) == (3, 2)


def test_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a program says of itself shows no control characters."""
    bad = b"SSH-2.0-\x1b[31mx\r\n" + binary_packet(kexinit(CLIENT_LISTS))
    frames = connection(bad, SERVER_ID + binary_packet(kexinit(SERVER_LISTS)), port=5)
    assert main(["crypto", saved(tmp_path, *frames, *tls10(6))]) == 0
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert r"\x1b[31mx" in text
    assert (
        text
        == """\
Servers, the worst first
198.51.100.2:443  post-quantum exchange refused
    1 client: 192.0.2.1
        1 connection: TLS 1.0, TLS_RSA_WITH_RC4_128_SHA
        ! TLS 1.0: disallowed (RFC 8996)
        ! TLS_RSA_WITH_RC4_128_SHA: disallowed (RFC 9325)
198.51.100.2:22  post-quantum exchange used
    1 client: 192.0.2.1
        1 connection: SSH 2.0, mlkem768x25519-sha256, aes128-gcm@openssh.com, 3des-cbc, hmac-md5,
          ssh-rsa
        ! ssh-rsa: disallowed (NIST SP 800-131A Rev. 2 (signatures with SHA-1))
        ! 3des-cbc: disallowed (NIST SP 800-131A Rev. 2 (after 2023))
        ! hmac-md5: deprecated (RFC 6151)

Client programs, the worst first
JA4 t13d0207h2_c1929292aa6b_078775ef5e04  post-quantum exchange refused
    1 host: 192.0.2.1
        1 connection: TLS 1.0, TLS_RSA_WITH_RC4_128_SHA
        ! TLS 1.0: disallowed (RFC 8996)
        ! TLS_RSA_WITH_RC4_128_SHA: disallowed (RFC 9325)
\\x1b[31mx  post-quantum exchange used
    1 host: 192.0.2.1
        1 connection: SSH 2.0, mlkem768x25519-sha256, aes128-gcm@openssh.com, 3des-cbc, hmac-md5,
          ssh-rsa
        ! ssh-rsa: disallowed (NIST SP 800-131A Rev. 2 (signatures with SHA-1))
        ! 3des-cbc: disallowed (NIST SP 800-131A Rev. 2 (after 2023))
        ! hmac-md5: deprecated (RFC 6151)

2 connections to 2 servers, 0 incomplete, 0 left out
0 of 2 servers use TLS 1.3; 1 accepts TLS 1.0; 1 used a post-quantum exchange, 1 refused one
"""
    )


def test_cyclonedx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The published schema accepts the document, and the same captures give the same one."""
    validation = pytest.importorskip("cyclonedx.validation.json", reason="needs cyclonedx-python-lib")
    schema = pytest.importorskip("cyclonedx.schema").SchemaVersion.V1_7
    path = saved(tmp_path, *tls13(1, 0x11EC), *ssh(2), *tls10(3), *tls13(4, 0x0200))
    assert main(["crypto", "--format", "cyclonedx", path]) == 0
    text = capsys.readouterr().out
    assert validation.JsonStrictValidator(schema).validate_str(text) is None
    assert main(["crypto", "--format", "cyclonedx", "--workers", "2", path]) == 0
    assert capsys.readouterr().out == text
    by_name = {one["bom-ref"]: one for one in json.loads(text)["components"]}
    group = by_name["group/X25519MLKEM768"]
    assert group["cryptoProperties"]["algorithmProperties"]["primitive"] == "combiner"
    assert group["evidence"]["occurrences"] == [{"location": "198.51.100.2:443"}]
    assert {"name": "huginn:post-quantum", "value": "X25519MLKEM768 (NIST FIPS 203)"} in group["properties"]
    assert by_name["group/MLKEM512"]["cryptoProperties"]["algorithmProperties"]["primitive"] == "kem"
    protocol = by_name["TLS/TLS 1.3/X25519MLKEM768/TLS_AES_128_GCM_SHA256"]["cryptoProperties"]
    assert protocol["protocolProperties"] == {
        "type": "tls",
        "version": "1.3",
        "cipherSuites": [
            {"name": "TLS_AES_128_GCM_SHA256", "algorithms": ["part/AES_128_GCM", "part/SHA256"]}
        ],
        "cryptoRefArray": ["group/X25519MLKEM768", "part/AES_128_GCM", "part/SHA256"],
    }


def test_without_the_library(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cyclonedx.model", None)
    monkeypatch.delitem(sys.modules, "huginn_cffi.applications.crypto.cyclonedx", raising=False)
    assert main(["crypto", "--format", "cyclonedx", saved(tmp_path, *tls10(1))]) == 2
    assert to_add("cbom") in capsys.readouterr().err


# ---- the table of rules


def test_post_quantum_groups_are_those_of_the_core() -> None:
    """For each group with a name: the rules and the column say the same."""
    names = {code: lib.hg_tls_group_name(code) for code in range(1 << 16)}
    codes = [code for code, name in names.items() if name != ffi.NULL]
    frames = [frame for code in codes for frame in tls13(1000 + code % 50000, code)]
    seen = [one.tls_server for one in hg.Analyzer(None).analyze_pcap(capture(*frames)) if one.tls_server]
    assert len(seen) == len(codes) > 40
    for one in seen:
        rule = rule_for("group", str(one.group))
        resists_all = rule is not None and rule.status in (POST_QUANTUM, EXPERIMENTAL)
        assert resists_all is one.post_quantum, one.group


@pytest.mark.parametrize(
    "name", [HYBRID, CURVE, "sntrup761x25519-sha512@openssh.com", "diffie-hellman-group14-sha1"]
)
def test_post_quantum_exchanges_are_those_of_the_core(name: str) -> None:
    rule = rule_for("key_exchange", name)
    assert rule is not None
    assert (rule.status == POST_QUANTUM) is resists(name)


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [
        ("version", "TLS 1.2", None),
        ("version", "DTLS 1.2", None),
        ("version", "DTLS 1.0 (OpenSSL 0.9.8)", "disallowed"),
        ("cipher_suite", "TLS_AES_128_GCM_SHA256", None),
        ("cipher_suite", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "quantum-vulnerable"),
        ("cipher_suite", "TLS_RSA_WITH_AES_128_GCM_SHA256", "deprecated"),
        ("cipher_suite", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "deprecated"),
        ("cipher_suite", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "disallowed"),
        ("cipher_suite", "TLS_DHE_RSA_WITH_DES_CBC_SHA", "disallowed"),
        ("cipher_suite", "TLS_ECDH_anon_WITH_AES_128_CBC_SHA", "disallowed"),
        ("group", "secp224r1", "deprecated"),
        ("group", "secp256r1", "quantum-vulnerable"),
        ("group", "SecP256r1MLKEM768", "post-quantum"),
        ("key_exchange", "diffie-hellman-group14-sha1", "quantum-vulnerable"),
        ("key_exchange", "diffie-hellman-group1-sha1", "deprecated"),
        ("host_key", "rsa-sha2-256", "quantum-vulnerable"),
        ("host_key", "ssh-rsa", "disallowed"),
        ("mac", "hmac-sha2-256", None),
        ("key", "rsa 2047", "disallowed"),
        ("key", "rsa 2048", "quantum-vulnerable"),
        ("key", "rsa 16384", "quantum-vulnerable"),
        ("key", "ml_dsa_44", "post-quantum"),
        ("signature", "ML-DSA-65", "post-quantum"),
        ("signature", "ED25519", "quantum-vulnerable"),
        ("version", "TLS 1.3 draft 28", "experimental"),
        ("group", "X25519Kyber768Draft00", "experimental"),
        ("signature", "md5WithRSAEncryption", "disallowed"),
        ("signature", "sha256WithRSAEncryption", "quantum-vulnerable"),
        ("signature", "ecdsa-with-SHA1", "disallowed"),
        ("signature", "ecdsa-with-SHA256", "quantum-vulnerable"),
    ],
)
def test_rules(kind: str, name: str, status: str | None) -> None:
    """Each next to one that differs little."""
    rule = rule_for(kind, name)
    assert (rule and rule.status) == status


@pytest.mark.parametrize(
    "line",
    [
        *(",versions,x,deprecated,,RFC 1", ",mac,x,bad,,RFC 1", ",mac,,deprecated,,RFC 1"),
        *(",mac,x,deprecated,,", "other,mac,x,deprecated,,RFC 1"),
    ],
)
def test_a_damaged_table_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"crypto\.csv: '.*' is no rule"):
        rules_of(["# comment\n", "policy,kind,names,status,since,source\n", f"{line}\n"])
    assert "mac" in KINDS
