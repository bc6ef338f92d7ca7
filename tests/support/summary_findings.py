"""Packets that give each finding of a summary."""

from __future__ import annotations

from tests.support.captures import Packet
from tests.support.packets import ACK, LINUX_OPTIONS, NOP, SOK, SYN, Ip4, Tcp, mss, packet, wscale

SECOND = 10**9
START = 1_760_000_000 * SECOND
WINDOWS = mss(1460) + NOP + wscale(8) + NOP + NOP + SOK


def linux(source: str, ttl: int = 64, dport: int = 80, flags: int = SYN, at: int = START) -> Packet:
    tcp = Tcp(dport=dport, flags=flags, ack=bool(flags & ACK), window=64240, options=LINUX_OPTIONS)
    return at, packet(Ip4(source, ttl=ttl), tcp)


def windows(source: str, ttl: int = 128) -> Packet:
    return START, packet(Ip4(source, ttl=ttl), Tcp(sport=41000, window=64240, options=WINDOWS))


def strange(source: str, window: int = 12345) -> Packet:
    options = mss(1460) + NOP * 4 + wscale(3) + NOP
    return START, packet(
        Ip4(source, ttl=61), Tcp(sport=1024 + window % 60000, window=window, options=options)
    )


def by_scapy(source: str) -> Packet:
    return START, packet(
        Ip4(source, ttl=64, fragment=0, identification=1), Tcp(window=8192, options=b"", seq=0)
    )


CASES = {
    "vertical_scan": ([linux("192.0.2.1", dport=port) for port in range(1, 26)], ["192.0.2.1"]),
    "contradicting_systems": ([linux("192.0.2.9"), windows("192.0.2.9"), linux("192.0.2.8")], ["192.0.2.9"]),
    "hops": ([linux("192.0.2.9", 64), linux("192.0.2.9", 60, dport=81)], ["192.0.2.9"]),
    "unknown_signature": ([strange(f"192.0.2.{last}") for last in range(5)], []),
    "time": ([*(linux("192.0.2.1", dport=port) for port in range(1, 20)), linux("192.0.2.2", at=1)], []),
}


def three_behind_one_address() -> list[Packet]:
    """Their connections take turns, each from ports of its own."""
    packets: list[Packet] = []
    for turn in range(12):
        at = START + turn * 3 * SECOND
        one = Tcp(sport=41000 + turn, window=64240, options=LINUX_OPTIONS)
        other = Tcp(sport=51000 + turn, window=64240, options=WINDOWS)
        packets.append((at, packet(Ip4("192.0.2.7", ttl=63), one)))
        packets.append((at + SECOND, packet(Ip4("192.0.2.7", ttl=127), other)))
    return packets
