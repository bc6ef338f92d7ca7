"""Writes results of a running capture, or counts them as lost. Appends to files, rotates and reopens them.

The current file always has the given name. When it is full, or its time is up, it is renamed to NAME.TIME
(UTC, such as ``hosts.jsonl.20260131T235959Z``; if that exists, ``-0002`` and so on is added), and a new file
NAME begins. A thread may compress renamed files. Results are written in whole batches of whole records, so
that a crash leaves at most one incomplete record; the next start removes it.

Results that cannot be written wait in memory, up to `MOST_WAITING` bytes, and are then counted as lost. A
reader of standard output that is slow, or has stopped reading, therefore costs results, not packets.
"""

from __future__ import annotations

import errno
import fcntl
import glob
import gzip
import os
import re
import shutil
import stat
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.base.errors import named
from huginn_cffi.base.files import length, take_back, write_all
from huginn_cffi.cli.color import PaintedSink
from huginn_cffi.cli.output.destination import Destination, ReaderLeftError
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.formats.forms import FORMATS, RecordWriter, Sink
from huginn_cffi.formats.writers import open_writer

if TYPE_CHECKING:
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.run.opened import OpenDatabase
    from sigcompiler.schema.rows import RecordField

NEWLINE = b"\n"
_ROTATED = r"\.\d{8}T\d{6}Z(-\d{4,})?"
"""What `_rotated_name` adds to a name."""
_GZ, _PART = ".gz", ".gz.part"
"""What compression adds to that, at the end and while it goes on."""
LATER_S = 60.0
"""Seconds after which a failed rotation is tried again."""

MOST_WAITING = 16 << 20
"""Bytes of results that wait for a disk or a reader."""
RETRY_S = 1.0
"""Pause before a write that failed is tried again, in seconds."""
READER_S = 5.0
"""At the end, how long a reader may take to accept results that wait, in seconds."""

LONGEST_RECORD = 1 << 20
"""How many bytes at the end of a file are searched for the end of its last whole record."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """When a file is rotated: at a size in bytes, after a time in seconds, or never; and what follows."""

    size: int | None = None
    every: float | None = None
    keep: int | None = None
    compress: bool = False


class RotatedFile:
    """A file to which whole batches are appended. All methods may raise `OSError`.

    In text formats, records end with `ending`: an existing file is continued after its last whole record.
    Formats with a header and a footer have no `ending`: an existing file is renamed like a rotated one, and
    so is a file without a whole record. A file that is not regular, such as a pipe, is simply written to. A
    regular file has one writer: a second one gets `EBUSY`.
    """

    def __init__(self, path: Path, rotation: Rotation, *, ending: bytes | None) -> None:
        self.path = path
        self.removed: int = 0
        """Bytes of an incomplete record that opening removed from the end of the file."""
        self._rotation, self._ending = rotation, ending
        self._later = 0.0
        self._compressing = threading.Thread()
        self._renaming = threading.Lock()
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
        rotated = self._set_aside()
        old = self._descriptor
        try:
            self._open()
        except OSError:
            rotated.rename(self.path)
            raise
        os.close(old)
        self._later = 0.0
        if self._rotation.compress and not self._compressing.is_alive():
            self._compressing = threading.Thread(target=self._compress, name="huginn-gzip", daemon=True)
            with suppress(RuntimeError):  # no thread can start: the next rotation tries again
                self._compressing.start()

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

    is_idle = True
    """Nothing is written later."""

    def wait(self, seconds: float) -> None:
        """Do nothing: `commit` has written."""

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def _set_aside(self) -> Path:
        """Rename the file; before that, remove the oldest rotated files, so that there are never too many."""
        if self._rotation.keep is not None:
            names = {path.name.removesuffix(_GZ): None for path in self._rotated(f"({re.escape(_GZ)})?")}
            surplus = max(0, len(names) + 1 - self._rotation.keep)
            with self._renaming:
                for name in [*names][:surplus]:
                    for ending in ("", _GZ):
                        self.path.with_name(name + ending).unlink(missing_ok=True)
        return self.path.rename(_rotated_name(self.path))

    def _rotated(self, ending: str = "") -> list[Path]:
        """The rotated files whose names have this ending (a pattern), oldest first."""
        names = re.compile(re.escape(self.path.name) + _ROTATED + ending)
        found = (one for one in self.path.parent.iterdir() if names.fullmatch(one.name))
        return sorted(found, key=lambda one: one.name.removesuffix(_GZ))

    def _compress(self) -> None:
        """Compress rotated files, also of earlier runs; on failure they stay as they are."""
        for left in self._rotated(re.escape(_PART)):  # by a run that was killed
            left.unlink(missing_ok=True)
        for path in self._rotated():
            part = path.with_name(path.name + _PART)
            try:
                with path.open("rb") as plain, gzip.open(part, "wb", 6) as packed:
                    shutil.copyfileobj(plain, packed, 1 << 20)
                with self._renaming:
                    if path.exists():  # it was not removed as too old
                        part.rename(path.with_name(path.name + _GZ))
                        path.unlink()
            except OSError as error:
                if path.exists():
                    complain(f"{named(str(path))}: cannot be compressed: {error.strerror}")
            part.unlink(missing_ok=True)

    def _open(self) -> None:
        descriptor = _only_writer(self.path)
        size = length(descriptor)
        whole = _whole_records(self.path, size, self._ending)
        if size and not whole:
            os.close(descriptor)
            self._set_aside()
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
    """Standard output with the methods of `RotatedFile`; never rotated.

    A thread writes to pipes and terminals, a piece at a time: call `commit` only while `is_idle`. An error of
    the thread is raised by the next call.
    """

    def __init__(self) -> None:
        self._descriptor = sys.stdout.fileno()
        self._may_block = not stat.S_ISREG(os.fstat(self._descriptor).st_mode)
        self._torn = False
        self._piece: bytes | None = None
        self._error: OSError | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="huginn-output", daemon=True)

    @property
    def is_idle(self) -> bool:
        """Whether the reader has accepted everything."""
        return self._piece is None

    def commit(self, data: bytes) -> None:
        """Write the data, or hand it to the thread; not to be called while that is busy."""
        self._check()
        if not data:
            return
        if not self._starts():
            self._write(data)
            return
        with self._changed:
            assert self._piece is None
            self._piece = data
            self._changed.notify_all()

    def is_due(self) -> bool:
        """Never due for a rotation."""
        self._check()
        return False

    def wait(self, seconds: float) -> None:
        """Wait until the thread is idle, at most this long."""
        with self._changed:
            self._changed.wait_for(lambda: self._piece is None, seconds)

    def rotate(self) -> None:
        """Do nothing, as do `reopen`, `begin_anew` and `close`."""

    reopen = begin_anew = close = rotate

    def _check(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _starts(self) -> bool:
        """Whether the thread runs; started late, because rights are given up before."""
        if self._may_block and self._thread.ident is None:
            try:
                self._thread.start()
            except RuntimeError:  # no thread can start: packets wait for the reader
                self._may_block = False
        return self._may_block

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._piece is not None)
            try:
                self._write(self._piece or b"")
            except OSError as error:
                self._error = error
            with self._changed:
                self._piece = None
                self._changed.notify_all()

    def _write(self, data: bytes) -> None:
        """Write all; after a partial write, the next one begins a new line."""
        data = NEWLINE + data if self._torn else data
        self._torn = True
        write_all(self._descriptor, data)
        self._torn = False


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
    """A name after all others of this second, also if some of these were removed."""
    stem = f"{path.name}.{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    found = (one.name.removesuffix(_GZ) for one in path.parent.glob(f"{glob.escape(stem)}*"))
    taken = [name for name in found if re.fullmatch(re.escape(stem) + r"(-\d{4,})?", name)]
    last = max(taken, default="", key=lambda name: (len(name), name))
    number = int(last[len(stem) + 1 :] or 1) + 1
    return path.with_name(f"{stem}-{number:04d}" if last else stem)


class _Piece(NamedTuple):
    """The records of a batch, and how many they are."""

    data: bytes
    rows: int


class LiveOutput:
    """Writes batches in a format to a file, or to standard output (no path, or "-").

    A failed write does not end the capture: it is reported once. Results in text formats wait and are tried
    again (`MOST_WAITING`); `lost` counts the others. Opening may raise `click.ClickException`.
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
        self.lost: int = 0
        """Number of results that could not be written."""
        self._destination = Destination.of(path, inputs)
        self._format, self._interface, self._database = format_, interface, database
        self._lines = FORMATS[format_].ending is not None
        self._problem = ""
        self._retry = 0.0
        self._lost_before = 0
        self._spoilt = False
        self._rows = 0  # rows written to the current file
        self._pending = BytesIO()
        """Data of the current batch."""
        self._waiting: deque[_Piece] = deque()
        self._bytes = 0  # bytes that wait
        self._gave_up = False
        self._handed = _Piece(b"", 0)
        """The latest piece that the file took."""
        self._file = self._opened(rotation)
        self._writer = self._new_writer()

    @property
    def is_terminal(self) -> bool:
        """Whether output goes to a terminal; text then has the time of each event."""
        return self._destination.is_terminal

    @property
    def is_delivered(self) -> bool:
        """Whether no result waits for a disk or a reader, or did at the end."""
        return not self._waiting and self._file.is_idle and not self._gave_up

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

    def write_lines(self, lines: Sequence[str]) -> None:
        """Write lines of text in place of events; `ReaderLeftError` as in `write`."""
        self._pending.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
        self._commit(len(lines))

    def rotate_if_due(self) -> None:
        """Write what waits; rotate when the file is full, or its time is up."""
        self._write_waiting()
        try:
            self._rotate_full()
        except OSError as error:  # of an earlier write to standard output
            self._report(error)

    def _rotate_full(self) -> None:
        if self._file.is_due() and self._rows:
            self._end_file(self._file.rotate)

    def reopen(self) -> None:
        """Open the file's name again; on failure, keep writing to the old file."""
        self._end_file(self._file.reopen)

    def give_up(self) -> None:
        """Count what waits as lost: a write was stuck, and should not be tried again."""
        self._gave_up = not self.is_delivered
        while self._waiting:
            self._lose(self._waiting.pop())
        if not self._file.is_idle:
            self._lose(self._handed)

    def close(self) -> None:
        """Write the format's end and what waits, and close the output."""
        self._writer.close()
        if self._spoilt:
            self._take_pending()
        self._retry = 0.0
        with suppress(ReaderLeftError):
            self._commit(0)
            deadline = time.monotonic() + READER_S
            while not self.is_delivered and (left := deadline - time.monotonic()) > 0:
                self._file.wait(left)
                self._write_waiting()
                if self._file.is_idle:
                    break  # written, or it cannot be
        self.give_up()
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
        return open_writer(
            *(self._format, sink, self._database),
            interface=self._interface,
            fields=self._fields,
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
        """Write the pending data after what waits. Results that may not wait are lost."""
        piece = _Piece(self._take_pending(), rows)
        if not any(piece):
            return
        self._waiting.append(piece)
        self._bytes += len(piece.data)
        self._write_waiting()
        if self._waiting and (not self._lines or self._bytes > MOST_WAITING):
            self._lose(self._waiting.pop())

    def _write_waiting(self) -> None:
        try:
            while self._waiting and self._file.is_idle and time.monotonic() >= self._retry:
                self._file.commit(self._waiting[0].data)
                self._handed = self._waiting.popleft()
                self._bytes -= len(self._handed.data)
                self._rows += self._handed.rows
                if self._waiting and self._lines:  # what waited may be more than the disk holds
                    self._rotate_full()
        except OSError as error:
            if self._lines:
                self._retry = time.monotonic() + RETRY_S
            self._report(error)
            return
        if self._problem and not self._waiting:
            self._problem = ""
            lost = self.lost - self._lost_before
            loss = f"; {counted(lost, 'result')} lost" if lost else ""
            complain(f"{self._destination.name}: written to again{loss}")
            self._lost_before = self.lost

    def _report(self, error: OSError) -> None:
        """Say once that writing fails. `ReaderLeftError` if it will never succeed."""
        self._destination.check_reader(error)
        problem = f"cannot be written: {error.strerror}"
        if self._problem != problem:
            self._problem = problem
            what = "wait" if self._lines else "are lost"
            complain(f"{self._destination.name}: {problem}; results {what} until it can")

    def _lose(self, piece: _Piece) -> None:
        self.lost += piece.rows
        self._bytes -= len(piece.data)
        self._spoilt = not self._lines  # a format with a footer lacks a batch: continue in a new file
        if not self._problem:
            self._problem = "its reader is too slow"
            complain(f"{self._destination.name}: {self._problem}; results are lost until it reads on")
