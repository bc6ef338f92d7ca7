"""Writes results of a running capture, or counts them as lost. Appends to files, rotates and reopens them.

The current file always has the given name. When it is full, or its time is up, it is renamed to NAME.TIME
(UTC, such as ``hosts.jsonl.20260131T235959Z``; if that exists, ``-0002`` and so on is added), and a new file
NAME begins. Results are written in whole batches of whole records, so that a crash leaves at most one
incomplete record; the next start removes it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from huginn_cffi.base.files import length, take_back, write_all
from huginn_cffi.cli.color import PaintedSink
from huginn_cffi.cli.output.destination import Destination
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.formats.forms import FORMATS, RecordWriter, Sink
from huginn_cffi.formats.writers import open_writer

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.signatures.opened import OpenDatabase
    from sigcompiler.schema.rows import RecordField

NEWLINE = b"\n"
LATER_S = 60.0
"""Seconds after which a failed rotation is tried again."""

LONGEST_RECORD = 1 << 20
"""How many bytes at the end of a file are searched for the end of its last whole record."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """When a file is rotated: at a size in bytes, after a time in seconds, or never."""

    size: int | None = None
    every: float | None = None


class RotatedFile:
    """A file to which whole batches are appended. All methods may raise `OSError`.

    In text formats, records end with `ending`: an existing file is continued after its last whole record.
    Formats with a header and a footer have no `ending`: an existing file is renamed like a rotated one, and
    so is a file without a whole record. A file that is not regular, such as a pipe, is simply written to. A
    regular file has one writer: a second one gets `EBUSY`.
    """

    def __init__(self, path: Path, rotation: Rotation, *, ending: bytes | None) -> None:
        self.path = path
        self.removed = 0
        """Bytes of an incomplete record that opening removed from the end of the file."""
        self._rotation, self._ending = rotation, ending
        self._later = 0.0
        self._open()

    def commit(self, data: bytes) -> None:
        """Write the data, all or nothing."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            take_back(self._descriptor, len(data) - len(rest))
            raise

    def is_due(self) -> bool:
        """Whether to rotate now; never for an empty file or one that is not regular."""
        size, every = self._rotation.size, self._rotation.every
        if (size is None and every is None) or self._length == 0 or time.monotonic() < self._later:
            return False
        full = size is not None and self._length >= size
        return full or (every is not None and time.monotonic() - self._began >= every)

    def rotate(self) -> None:
        """Rename the file, and begin a new one; on failure, keep writing to the old file."""
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
        """Rotate the file, unless it is empty."""
        if self._length:
            self.rotate()

    def reopen(self) -> None:
        """Open the name again; if it still is this file, begin anew only if the format has a footer."""
        old = self._descriptor
        if self.path.exists() and os.path.samestat(self.path.stat(), os.fstat(old)):
            if self._ending is None:
                self.begin_anew()
            return
        self._open()
        os.close(old)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def _open(self) -> None:
        descriptor = _only_writer(self.path)
        size = length(descriptor)
        whole = _whole_records(self.path, size, self._ending)
        if size and not whole:
            os.close(descriptor)
            self.path.rename(_rotated_name(self.path))
            descriptor = _only_writer(self.path)
        elif whole < size:
            os.ftruncate(descriptor, whole)
            self.removed = size - whole
        self._descriptor = descriptor
        self._began = time.monotonic()

    @property
    def _length(self) -> int:
        """Read each time: another program may have truncated the file (copytruncate)."""
        return length(self._descriptor)


class StandardOutput:
    """Standard output with the methods of `RotatedFile`; never rotated. Only `commit` can fail."""

    _torn = False

    def commit(self, data: bytes) -> None:
        """Write the data; after a partial write, the next one begins a new line."""
        data = NEWLINE + data if self._torn and data else data
        self._torn = True
        write_all(sys.stdout.fileno(), data)
        self._torn = False

    def is_due(self) -> bool:
        """Never due."""
        return False

    def rotate(self) -> None:
        """Do nothing, as do `reopen`, `begin_anew` and `close`."""

    reopen = begin_anew = close = rotate


def _only_writer(path: Path) -> int:
    """Open a file for appending, and lock it against other captures."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise OSError(errno.EBUSY, "another capture writes to it") from None
    return descriptor


def _whole_records(path: Path, size: int, ending: bytes | None) -> int:
    """The length of the file up to its last whole record; 0 without one, or if the format has a footer."""
    if ending is None or not size:
        return 0
    begin = max(0, size - LONGEST_RECORD)
    with path.open("rb") as file:
        file.seek(begin)
        found = file.read(size - begin).rfind(ending)
    return 0 if found < 0 else begin + found + len(ending)


def _rotated_name(path: Path) -> Path:
    stem = f"{path.name}.{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    found, number = path.with_name(stem), 1
    while found.exists():
        number += 1
        found = path.with_name(f"{stem}-{number:04d}")
    return found


class LiveOutput:
    """Writes batches in a format to a file, or to standard output (no path, or "-").

    A failed write does not end the capture: it is reported once, the results are counted in `lost`, and each
    further batch is tried again. Opening may raise `click.ClickException`.
    """

    def __init__(
        self,
        path: str | None,
        format_: str,
        database: OpenDatabase | None,
        interface: str,
        rotation: Rotation,
        inputs: Sequence[str],
        *,
        paints: bool = False,
        fields: Sequence[RecordField] | None = None,
    ) -> None:
        self._fields = fields
        self._paints = paints
        self.lost = 0
        """Number of results that could not be written."""
        self._destination = Destination.of(path, inputs)
        self._format, self._interface, self._database = format_, interface, database
        self._lines = FORMATS[format_].ending is not None
        self._failing = 0
        self._spoilt = False
        self._rows = 0  # rows written to the current file
        self._pending = BytesIO()
        """Data that was not committed."""
        self._file = self._opened(rotation)
        self._writer = self._new_writer()

    @property
    def is_terminal(self) -> bool:
        """Whether output goes to a terminal; text then has the time of each event."""
        return self._destination.is_terminal

    def write(self, batch: Batch, rows: int) -> None:
        """Write the first `rows` events of a batch. `ReaderLeftError` if the reader has left."""
        if batch.database is not self._database:
            self._database = batch.database
            if self._lines:
                self._writer = self._new_writer()
            else:
                self._end_file(self._file.rotate)
        elif self._spoilt:
            self._end_file(self._file.begin_anew)
        self._writer.write(batch, rows)
        self._commit(rows)
        self.rotate_if_due()

    def rotate_if_due(self) -> None:
        """Rotate when the file is full, or its time is up."""
        if self._rows and self._file.is_due():
            self._end_file(self._file.rotate)

    def reopen(self) -> None:
        """Open the file's name again; on failure, keep writing to the old file."""
        self._end_file(self._file.reopen)

    def close(self) -> None:
        """Write the format's end, and close the output."""
        self._writer.close()
        if self._spoilt:
            self._take_pending()
        self._commit(0)
        self._file.close()

    def _opened(self, rotation: Rotation) -> RotatedFile | StandardOutput:
        self._destination.refuse_binary(self._format)
        if self._destination.path is None:
            return StandardOutput()
        try:
            file = RotatedFile(self._destination.path, rotation, ending=FORMATS[self._format].ending)
        except OSError as error:
            self._destination.failed(error)
        if file.removed:
            what = f"an incomplete record of {counted(file.removed, 'byte')} at the end was removed"
            complain(f"{self._destination.name}: {what}; an earlier run was interrupted")
        return file

    def _new_writer(self) -> RecordWriter:
        sink: Sink = PaintedSink(self._pending) if self._paints else self._pending
        to_file = self._destination.path is not None
        return open_writer(
            *(self._format, sink, self._database),
            interface=self._interface,
            fields=self._fields,
            to_file=to_file,
            clock=self.is_terminal,
        )

    def _end_file(self, change: Callable[[], None]) -> None:
        """Write the format's end, switch to another file by `change`, and begin there."""
        self._writer.close()
        if self._rows and not self._spoilt:
            self._commit(0)
        self._take_pending()
        self._spoilt, self._rows = False, 0
        try:
            change()
        except OSError as error:
            complain(f"{self._destination.name}: still writing to the old file: {error.strerror}")
        self._writer = self._new_writer()

    def _take_pending(self) -> bytes:
        data = self._pending.getvalue()
        self._pending.seek(0)
        self._pending.truncate()
        return data

    def _commit(self, rows: int) -> None:
        try:
            self._file.commit(self._take_pending())
        except OSError as error:
            self._destination.check_reader(error)
            if not self._failing:
                reason = f"cannot be written: {error.strerror}"
                complain(f"{self._destination.name}: {reason}; results are lost until it can")
            self._failing += rows
            self.lost += rows
            self._spoilt = not self._lines  # a format with a footer lacks a batch: continue in a new file
            return
        self._rows += rows
        if self._failing and rows:
            complain(f"{self._destination.name}: written to again; {counted(self._failing, 'result')} lost")
            self._failing = 0
