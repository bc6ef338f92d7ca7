"""Scans, call by call."""

from __future__ import annotations

from collections.abc import Iterable

from tests.support.captures import Packet
from tests.support.packets import ACK, LINUX_OPTIONS, SYN, Ip4, Tcp, packet

SECOND = 10**9
START = 1_760_000_000 * SECOND
HOST = "192.0.2.1"


def address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def call(
    target: str, port: int, at: float, source: str = HOST, sport: int = 40000, flags: int = SYN
) -> Packet:
    tcp = Tcp(sport=sport, dport=port, flags=flags, window=64240, options=LINUX_OPTIONS)
    return START + round(at * SECOND), packet(Ip4(source, target), tcp)


def answer(
    server: str, port: int, at: float, client: str = HOST, sport: int = 40000, flags: int = SYN | ACK
) -> Packet:
    options = LINUX_OPTIONS if flags & SYN else b""
    tcp = Tcp(sport=port, dport=sport, flags=flags, ack=1, window=65160, options=options)
    return START + round(at * SECOND), packet(Ip4(server, client), tcp)


def calls(targets: Iterable[tuple[str, int]], every: float, answered: int = 0) -> list[Packet]:
    """SYNs at regular times; of ten targets so many answer."""
    found = []
    for number, (target, port) in enumerate(targets):
        found.append(call(target, port, number * every, sport=40000 + number % 20000))
        if number % 10 < answered:
            found.append(answer(target, port, number * every + 0.05, sport=40000 + number % 20000))
    return sorted(found)
