"""Frames in a VLAN, or of an interface of a capture of all interfaces."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.support.captures import Packet

SLL2 = 276
"""The link type."""


def tagged(*numbers: int, type_: int = 0x8100) -> Callable[[bytes], bytes]:
    tags = b"".join(struct.pack("!HH", type_, number) for number in numbers)
    return lambda frame: frame[:12] + tags + frame[12:]


def cooked(interface: int) -> Callable[[bytes], bytes]:
    head = struct.Struct("!2sHIHBB6s2x")
    return lambda frame: head.pack(frame[12:14], 0, interface, 1, 1, 6, frame[6:12]) + frame[14:]


def in_one(packets: list[Packet], wrap: Callable[[bytes], bytes]) -> list[Packet]:
    return [(at, wrap(frame)) for at, frame in packets]
