"""Reads the first bytes of a capture, which show its format, without moving a file's position."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Callable
from typing import TypeAlias

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData

STANDARD_INPUT = "-"
"""The path that means standard input."""

HEAD_BYTES = 4
"""Number of first bytes that distinguish captures and compressions."""

FOREIGN_BYTES = 512
"""Number of first bytes that show what another file is."""

CAPTURE_MAGICS = tuple(
    bytes.fromhex(magic)
    for magic in (
        *("0a0d0d0a", "a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "a1b2cd34", "34cdb2a1"),
        *("1c0001ab", "ab01001c", "1c0001ac", "ac01001c"),
    )
)
"""Magic numbers of pcapng and the variants of pcap."""

PATIENCE_MS = 50
"""How long to wait for an idle pipe before checking whether to continue."""

Stop: TypeAlias = Callable[[], bool]


def read_head(descriptor: int, stop: Stop) -> tuple[bytes, bytes]:
    """The first bytes of a capture, and the bytes that reading them consumed (none for a file).

    Waits for a pipe until `stop` returns true.
    """
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.pread(descriptor, HEAD_BYTES, place(descriptor)), b""
    taken = b""
    while len(taken) < HEAD_BYTES and not stop():
        if is_readable(descriptor, PATIENCE_MS):
            data = os.read(descriptor, HEAD_BYTES - len(taken))
            if not data:
                break
            taken += data
    return taken, taken


def is_readable(descriptor: int, wait_ms: int) -> bool:
    """Whether a read would not block. Uses `poll`, because `select` refuses large descriptors."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(wait_ms))


def place(descriptor: int) -> int:
    """A file's read position; 0 for a pipe."""
    try:
        return os.lseek(descriptor, 0, os.SEEK_CUR)
    except OSError:
        return 0


def times_of(source: CData) -> tuple[int, int] | None:
    """The times of the first and the latest packet read so far (ns); None if they are not known."""
    first, latest = ffi.new("int64_t *"), ffi.new("int64_t *")
    return (first[0], latest[0]) if lib.hg_source_times(source, first, latest) else None
