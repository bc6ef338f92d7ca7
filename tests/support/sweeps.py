"""ARP requests for many addresses."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.devices.arp import arp
from tests.support.devices.made import MAC

ASKER = "10.0.9.9"
Timed = list[tuple[int, bytes]]


def others(count: int, first: int = 1) -> list[str]:
    return [f"10.0.{number // 200}.{number % 200 + 1}" for number in range(first - 1, first - 1 + count)]


def timed(frames: Sequence[bytes], every: float = 0.01, begin: float = 0.0) -> Timed:
    """Frames that follow each other, in ns."""
    return [(10**18 + int((begin + number * every) * 10**9), data) for number, data in enumerate(frames)]


def asked(targets: Sequence[str], sender: str = ASKER, mac: str = MAC) -> list[bytes]:
    return [arp(sender, target, mac=mac) for target in targets]
