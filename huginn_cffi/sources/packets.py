"""Gathers packets that Python provides one by one into chunks for the core."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from huginn_cffi._native import ffi
from huginn_cffi.base import arguments
from huginn_cffi.base.handles import CData

Frame: TypeAlias = tuple[int, arguments.Buffer] | arguments.Buffer
"""A packet's bytes from the link header on, alone or after their capture time in ns since the epoch."""

MAX_PACKETS = 4096
MAX_BYTES = 4 << 20
"""A chunk ends when it reaches either limit."""

FAST_S, SLOW_S = 0.005, 0.05
"""Chunks grow while gathering one takes less than the first time, and end after the second. So the first
result comes after the first packet, and packets of a slow source do not wait long."""


class Chunk:
    """Packets in one piece of memory, and the error after the last one, if any."""

    def __init__(self) -> None:
        self.data: list[bytes] = []
        self.offsets: array[int] = array("Q", [0])
        self.times_ns: array[int] = array("q")
        self.failure: Exception | None = None

    def __len__(self) -> int:
        return len(self.times_ns)

    def add(self, packet: Frame) -> None:
        """Copy one packet; raises `TypeError` or `ValueError` for anything else."""
        if isinstance(packet, (tuple, list)) and len(packet) == 2:
            when, data = packet
        elif isinstance(packet, (bytes, bytearray, memoryview)):
            when, data = 0, packet
        else:
            kind = type(packet).__name__
            raise TypeError(f"packets must be bytes or pairs (time_ns, data), not {kind}")
        time_ns = arguments.time_ns(when)
        content = data if isinstance(data, bytes) else bytes(arguments.buffer_view("data", data))
        self.times_ns.append(time_ns)
        self.data.append(content)
        self.offsets.append(self.offsets[-1] + len(content))

    def memory(self) -> tuple[CData, CData, CData]:
        """Bytes, offsets and times as arrays for the core, which keep their memory alive."""
        return (
            ffi.from_buffer("uint8_t[]", b"".join(self.data)),
            ffi.from_buffer("uint64_t[]", self.offsets),
            ffi.from_buffer("int64_t[]", self.times_ns),
        )


def chunks(packets: Iterable[Frame]) -> Iterator[Chunk]:
    """Chunks of `packets`, which may be endless. The last chunk may hold an error."""
    source = iter(packets)
    limit = 1
    while True:
        started = time.monotonic()
        chunk, ended = _gather(source, limit, started + SLOW_S)
        if len(chunk) or chunk.failure:
            yield chunk
        if ended or chunk.failure:
            return
        fast = time.monotonic() - started < FAST_S
        limit = min(limit * 2, MAX_PACKETS) if fast else max(limit // 2, 1)


def _gather(source: Iterator[Frame], limit: int, deadline: float) -> tuple[Chunk, bool]:
    """Up to `limit` packets, and whether the source is at its end."""
    chunk = Chunk()
    try:
        for packet in source:
            chunk.add(packet)
            if len(chunk) >= limit or chunk.offsets[-1] >= MAX_BYTES or time.monotonic() > deadline:
                return chunk, False
    except Exception as failure:
        chunk.failure = failure
    return chunk, True
