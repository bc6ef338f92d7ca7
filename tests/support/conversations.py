"""Connections as captures: what ends say cut, out of order, in a packet that ends the connection."""

from __future__ import annotations

from tests.support.captures import pcap
from tests.support.packets import ACK, LINUX_OPTIONS, PSH, SYN, Ip4, Tcp, packet

CLIENT, SERVER = "192.0.2.1", "198.51.100.2"
START, ANSWER = 2**32 - 4, 1000
"""Sequence numbers of SYN and SYN+ACK; the client's wrap around in what it says first."""


def segment(
    sport: int, at: int, data: bytes = b"", flags: int = ACK | PSH, *, server: bool = False, service: int = 22
) -> bytes:
    """A segment whose data stand `at` bytes after the SYN."""
    ends = (SERVER, CLIENT) if server else (CLIENT, SERVER)
    ports = (service, sport) if server else (sport, service)
    seq = ((ANSWER if server else START) + 1 + at) % 2**32
    options = LINUX_OPTIONS if flags & SYN else b""
    if flags & SYN:
        seq = (seq - 1) % 2**32
    acknowledged = 0 if flags == SYN else (START if server else ANSWER) + 1
    tcp = Tcp(*ports, seq=seq, ack=acknowledged % 2**32, flags=flags, options=options, payload=data)
    return packet(Ip4(*ends), tcp)


def handshake(sport: int, service: int = 22) -> list[bytes]:
    """SYN and SYN+ACK."""
    return [
        segment(sport, 0, flags=SYN, service=service),
        segment(sport, 0, flags=SYN | ACK, server=True, service=service),
    ]


def capture(*packets: bytes) -> bytes:
    """The packets a millisecond apart, as a pcap file of raw IP packets."""
    return pcap(
        [(1_700_000_000_000_000_000 + i * 1_000_000, data) for i, data in enumerate(packets)], linktype=101
    )
