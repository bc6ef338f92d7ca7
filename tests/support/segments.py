"""Segments of hosts, packet by packet."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

SECOND = 1_000_000_000
START = 1_800_000_000 * SECOND
ACK, RST, SYN = 0x10, 0x04, 0x02


class SegmentSender(NamedTuple):
    """How a system makes its segments."""

    ttl: int = 61
    df: bool = True
    ids: str = "rises"
    windows: tuple[int, ...] = (501,)
    hz: int = 0
    """Of its timestamps; 0: it sends none."""


LINUX = SegmentSender()
WINDOWS = SegmentSender(ttl=125, windows=(1026, 8192))
APPLE = SegmentSender(ttl=60, ids="zero", windows=(2048,), hz=1000)


def segment(
    number: int,
    sender: SegmentSender,
    ip: str = "198.51.100.7",
    *,
    flags: int = ACK,
    port: int = 40000,
    step_ns: int = SECOND // 10,
) -> tuple[int, bytes]:
    """The segment of this number, and when it was captured."""
    time_ns = START + number * step_ns
    ident = {"rises": 1000 + number & 0xFFFF, "zero": 0, "random": number * 40503 & 0xFFFF | 1}[sender.ids]
    options = b""
    if sender.hz:
        options = b"\x01\x01\x08\x0a" + struct.pack(">II", 77 + time_ns * sender.hz // SECOND & 0xFFFFFFFF, 1)
    window = sender.windows[number % len(sender.windows)]
    tcp = struct.pack(">HHIIBBHHH", port, 443, 1 + number, 1, (20 + len(options)) << 2, flags, window, 0, 0)
    header = struct.pack(
        ">BBHHHBBH4s4s",
        *(0x45, 0, 40 + len(options), ident, 0x4000 if sender.df else 0, sender.ttl, 6, 0),
        *(bytes(map(int, ip.split("."))), bytes((192, 0, 2, 1))),
    )
    return time_ns, header + tcp + options


def segments(
    count: int, sender: SegmentSender, ip: str = "198.51.100.7", first: int = 0
) -> Iterator[tuple[int, bytes]]:
    """So many segments of one connection."""
    for number in range(first, first + count):
        yield segment(number, sender, ip)
