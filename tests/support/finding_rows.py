"""Conversations that are scans, as packets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.support.captures import Packet
from tests.support.packets import ACK, PSH, RST, SYN, Ip4, Tcp, packet
from tests.support.scans import HOST, SECOND, START, address, call, calls

ISN = 0x11223344
"""Of both ends, as `Tcp` has it."""


def ports(count: int, first: int = 1) -> list[tuple[str, int]]:
    return [(address(1), first + number) for number in range(count)]


RAW = calls(ports(200), 0.01)
REQUEST = b"a request"
BURST = 0.0001
"""Seconds between the SYNs of a program that waits for no answer."""


def segment(target: str, port: int, at: float, sport: int, flags: int, sent: int = 0) -> Packet:
    """What the host sends after a SYN and `sent` bytes."""
    ack = ISN + 1 if flags & ACK else 0
    payload = REQUEST if flags & PSH else b""
    tcp = Tcp(sport=sport, dport=port, flags=flags, seq=ISN + 1 + sent, ack=ack, options=b"", payload=payload)
    return START + round(at * SECOND), packet(Ip4(HOST, target), tcp)


def connects(
    targets: list[tuple[str, int]],
    is_open: Callable[[int], bool],
    *flags: int,
    every: float = BURST,
    begin: float = 0,
    sport: int = 30000,
) -> list[Packet]:
    """One SYN each. Some targets are open; then the host sends these flags. The others refuse."""
    found = []
    for number, (target, port) in enumerate(targets):
        at, own = begin + number * every, sport + number
        found.append(call(target, port, at, sport=own))
        back = Tcp(sport=port, dport=own, flags=SYN | ACK, ack=ISN + 1, window=65160)
        if not is_open(number):
            back = replace(back, flags=RST | ACK, seq=0, options=b"")
        found.append((START + round((at + every / 8) * SECOND), packet(Ip4(target, HOST), back)))
        for step, flag in enumerate(flags if is_open(number) else ()):
            later = at + every * (2 + step) / 8
            sent = len(REQUEST) if PSH | ACK in flags[:step] else 0
            found.append(segment(target, port, later, own, flag, sent))
    return found


def enough(number: int) -> bool:
    """25 of 200 targets."""
    return number % 8 == 7
