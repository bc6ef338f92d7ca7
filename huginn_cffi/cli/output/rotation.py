"""Outputs that last for months: files that are appended to, rotated and reopened.

The file that is being written always has the name that was given. When it is full, or its time is
up, it is renamed to NAME.TIME (UTC, such as ``hosts.jsonl.20260131T235959Z``, with ``-2`` and so on
where that is taken), and NAME begins again. Results are written in whole batches of whole records, so
that a crash loses at most the last line; the next start ends that line.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from huginn_cffi.base.files import length, take_back

NEWLINE = b"\n"
LATER_S = 60.0
"""A rotation that failed is tried again then."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """When a file is full: at this number of bytes, or after so many seconds, or never."""

    size: int | None = None
    every: float | None = None


class RotatedFile:
    """A file that whole batches are appended to. All methods but `write` raise `OSError`.

    `lines` says that records are lines of text: then what is there continues, and a last line
    that a crash left behind is ended. Other kinds have a beginning and an end, so that a file
    which is there is moved aside, by its rotated name. What is no regular file, such as a pipe, is
    written to as it is.
    """

    def __init__(self, path: Path, rotation: Rotation, *, lines: bool) -> None:
        self.path = path
        self._rotation, self._lines = rotation, lines
        self._pending: list[bytes] = []
        self._later = 0.0
        self._open()

    def write(self, data: bytes | memoryview) -> None:
        """Keep a copy of `data` until `commit`."""
        self._pending.append(bytes(data))

    def commit(self) -> None:
        """Write what was kept, all of it or nothing."""
        data = b"".join(self._pending)
        self._pending.clear()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            take_back(self._descriptor, len(data) - len(rest))
            raise

    def discard(self) -> None:
        """Give up what was not committed."""
        self._pending.clear()

    def is_due(self) -> bool:
        """Whether it is time to rotate; an empty file never is, nor what is no regular file."""
        size, every = self._rotation.size, self._rotation.every
        if (size is None and every is None) or self._length == 0 or time.monotonic() < self._later:
            return False
        full = size is not None and self._length >= size
        return full or (every is not None and time.monotonic() - self._began >= every)

    def rotate(self) -> None:
        """Move the file to its rotated name and begin it again; when that fails it continues."""
        self._later = time.monotonic() + LATER_S
        rotated = _rotated_name(self.path)
        self.path.rename(rotated)
        old = self._descriptor
        try:
            self._open()
        except OSError:
            rotated.rename(self.path)
            raise
        os.close(old)
        self._later = 0.0

    def begin_anew(self) -> None:
        """Leave what is there in a rotated file; an empty file is used again."""
        if self._length:
            self.rotate()

    def reopen(self) -> None:
        """Open the file by its name again, as when somebody has moved it."""
        old = self._descriptor
        self._open()
        os.close(old)

    def close(self) -> None:
        """End it; what was not committed is given up."""
        os.close(self._descriptor)

    def _open(self) -> None:
        if not self._lines and self.path.is_file() and self.path.stat().st_size:
            self.path.rename(_rotated_name(self.path))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(self.path, flags, 0o666)
        self._descriptor = descriptor
        self._began = time.monotonic()
        if self._lines and self._length and not _ends_line(self.path):
            with suppress(OSError):  # a full disk: the first batch will fail
                os.write(descriptor, NEWLINE)

    @property
    def _length(self) -> int:
        """Asked for each time: another program may have cut the file (copytruncate)."""
        return length(self._descriptor)


class StandardOutput:
    """Standard output as such a file; it is never rotated. `write` is the only method that cannot fail."""

    path = Path("-")

    def __init__(self) -> None:
        self._pending: list[bytes] = []
        self._torn = False

    def write(self, data: bytes | memoryview) -> None:
        """Keep a copy of `data` until `commit`."""
        self._pending.append(bytes(data))

    def commit(self) -> None:
        """Write what was kept; where that fails in the middle, what follows begins a line."""
        data = b"".join(self._pending)
        self._pending.clear()
        data = NEWLINE + data if self._torn and data else data
        self._torn = True
        write_all(sys.stdout.fileno(), data)
        self._torn = False

    def discard(self) -> None:
        """Give up what was not committed."""
        self._pending.clear()

    def is_due(self) -> bool:
        """Never."""
        return False

    def rotate(self) -> None:
        """Nothing."""

    def begin_anew(self) -> None:
        """Nothing."""

    def reopen(self) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, or raise `OSError`."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == NEWLINE


def _rotated_name(path: Path) -> Path:
    """A name that is not taken."""
    stem = f"{path.name}.{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    found, number = path.with_name(stem), 1
    while found.exists():
        number += 1
        found = path.with_name(f"{stem}-{number}")
    return found
