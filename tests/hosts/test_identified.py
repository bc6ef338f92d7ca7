"""The system of a server of which only an SSH identification is known."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.hosts import HostRecord
from tests.support.captures import pcap
from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, packet

SERVER, CLIENT = "198.51.100.80", "192.0.2.10"
DEBIAN, UBUNTU = "SSH-2.0-OpenSSH_10.0p2 Debian-7", "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13"
SILENT = "SSH-2.0-OpenSSH_8.0"


def identified(banner: str, port: int, *, with_handshake: bool = False) -> list[bytes]:
    """A client's SYN, then the identification of the server, and the client's."""
    asks, says = Ip4(CLIENT, SERVER), Ip4(SERVER, CLIENT)
    text = f"{banner}\r\n".encode()
    made = [packet(asks, Tcp(port, 22, seq=1, flags=SYN))]
    if with_handshake:
        made.append(packet(says, Tcp(22, port, seq=5, ack=2, flags=SYN | ACK)))
    made.append(packet(says, Tcp(22, port, seq=6, ack=2, flags=ACK | PSH, payload=text)))
    answer = Tcp(port, 22, seq=2, ack=6 + len(text), flags=ACK | PSH, payload=b"SSH-2.0-OpenSSH_9.9\r\n")
    return [*made, packet(asks, answer)]


def server(*packets: bytes) -> HostRecord:
    made = pcap([(10**18 + number * 10**6, data) for number, data in enumerate(packets)], 101)
    return {one.ip: one for one in hg.Analyzer(protocols=PROTOCOLS).read(made).hosts}[SERVER]


@pytest.mark.parametrize(
    ("banner", "family", "flavor"),
    [
        (DEBIAN, "Linux", "6.12 or newer"),
        ("SSH-2.0-OpenSSH_for_Windows_9.5", "Windows", None),
        (SILENT, None, None),
    ],
)
def test_an_identification_alone_names_the_system(
    banner: str, family: str | None, flavor: str | None
) -> None:
    found = server(*identified(banner, 50_000))
    assert (found.family, found.flavor or None) == (family, flavor)


def test_two_servers_behind_an_address_name_none() -> None:
    assert server(*identified(DEBIAN, 50_000), *identified(UBUNTU, 50_001)).family is None
    assert server(*identified(DEBIAN, 50_000), *identified(DEBIAN, 50_001)).family == "Linux"
    assert server(*identified(DEBIAN, 50_000), *identified(SILENT, 50_001)).family == "Linux"


def test_a_handshake_outranks_an_identification() -> None:
    found = server(*identified("SSH-2.0-OpenSSH_for_Windows_9.5", 50_000, with_handshake=True))
    assert found.family == "Linux"
