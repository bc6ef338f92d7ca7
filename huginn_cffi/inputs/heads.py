"""The first bytes of a capture, which show its format, read without taking them from a file."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Callable
from typing import TypeAlias

STANDARD_INPUT = "-"
"""The path that means standard input."""

HEAD_BYTES = 4
"""First bytes, which show captures and compressions apart."""

CAPTURE_MAGICS = tuple(
    bytes.fromhex(magic)
    for magic in ("0a0d0d0a", "a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "a1b2cd34", "34cdb2a1")
)
"""How pcapng and the variants of pcap begin."""

PATIENCE_MS = 50
"""How long to wait for an idle pipe before checking whether to continue."""

Stop: TypeAlias = Callable[[], bool]


def read_head(descriptor: int, stop: Stop) -> tuple[bytes, bytes]:
    """The first bytes of a capture, which show what it is, and those of them that were taken.

    From a file none are taken. A pipe is waited for, until `stop` says not to.
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
    """Whether a read would not block. `poll` knows no largest descriptor, as `select` does."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(wait_ms))


def place(descriptor: int) -> int:
    """How far a file has been read; 0 of a pipe."""
    try:
        return os.lseek(descriptor, 0, os.SEEK_CUR)
    except OSError:
        return 0
