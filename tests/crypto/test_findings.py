"""Findings about weak cryptography that a host used, each beside a sound look-alike."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.hosts.inventory import Inventory
from tests.crypto.test_crypto import tls10
from tests.support.conversations import capture
from tests.support.ssh_model import CLIENT_ID, binary_packet, connection, kexinit, lists_of


def findings_of(*frames: bytes) -> set[str]:
    """The findings of the server."""
    inventory = Inventory(hg.Database.load_default())
    for batch in hg.Analyzer().batches(capture(*frames)):
        inventory.add(batch)
    host = inventory.find("198.51.100.2")
    assert host is not None
    return set(host.findings)


@pytest.mark.parametrize(
    ("cipher", "is_weak"),
    [
        (0x0005, True),  # RC4
        (0x0002, True),  # NULL
        (0x0003, True),  # EXPORT
        (0x0018, True),  # anonymous, RC4
        (0x000A, True),  # 3DES
        (0x002F, False),  # AES-128-CBC, deprecated
        (0xC02F, False),
        (0x1301, False),
        (0xAAAA, False),  # no suite
    ],
)
def test_weak_ciphers(cipher: int, is_weak: bool) -> None:
    frames = tls10(1, cipher=cipher)
    assert ("weak_cipher" in findings_of(*frames)) is is_weak
    analyzer, summary = hg.Analyzer(), Summary(hg.Database.load_default())
    for batch in analyzer.batches(capture(*frames)):
        summary.add(batch)
    old = summary.as_dict(analyzer.stats)["tls"]["old"]
    weak = {"role": "server", "version": "weak cipher suite", "host": "198.51.100.2"}
    assert (weak in old) is is_weak
    assert {"role": "server", "version": "TLS 1.0", "host": "198.51.100.2"} in old


@pytest.mark.parametrize(
    ("banner", "is_weak"),
    [(b"SSH-1.5-1.2.27\n", True), (b"SSH-1.99-OpenSSH_3.9p1\n", False), (b"SSH-2.0-OpenSSH_9.6\r\n", False)],
)
def test_ssh_1(banner: bytes, is_weak: bool) -> None:
    lists = binary_packet(kexinit(lists_of("curve25519-sha256", ("aes128-ctr",) * 2)))
    assert ("weak_ssh" in findings_of(*connection(CLIENT_ID, banner + lists))) is is_weak
