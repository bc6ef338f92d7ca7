"""Writes results of commands that end by themselves: in large pieces; an error ends the command."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

import click

from huginn_cffi.base import interrupts
from huginn_cffi.base.errors import named
from huginn_cffi.base.files import replace_file
from huginn_cffi.cli.color import paint_bytes
from huginn_cffi.cli.output.destination import Destination, ReaderLeftError
from huginn_cffi.formats.forms import RecordWriter, refuse_folder
from huginn_cffi.formats.writers import open_folder, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from huginn_cffi.run.opened import OpenDatabase
    from sigcompiler.schema.rows import RecordField


class ResultOutput:
    """An open output. `write` and `flush` raise an error of one line that names it, or `ReaderLeftError`."""

    def __init__(
        self, file: BinaryIO, destination: Destination, *, paints: bool = False, replaces: bool = False
    ) -> None:
        self.destination = destination
        self._file = file
        self._paints = paints
        self._replaces = replaces

    def replace(self) -> None:
        """Empty an older file of this name, before the first result."""
        if self._replaces:
            self._replaces = False
            os.ftruncate(self._file.fileno(), 0)

    def keep(self) -> None:
        """Keep an older file of this name: there is nothing to write."""
        self._replaces = False

    def write(self, data: bytes | memoryview) -> None:
        """Write all of `data` (whole lines if text is coloured). Interrupts do not cut it."""
        with interrupts.held():
            self.replace()
            rest = memoryview(paint_bytes(bytes(data)) if self._paints else data)
            try:
                while rest:
                    rest = rest[self._put(rest) :]
            except OSError as error:
                self.destination.failed(error)

    def _put(self, data: memoryview) -> int:
        """Write without Python's buffer, whose output an interrupt could cut anywhere."""
        try:
            descriptor = self._file.fileno()
        except (OSError, ValueError):  # the caller replaced standard output
            return self._file.write(data)
        self._file.flush()
        return interrupts.write(descriptor, data)

    def flush(self) -> None:
        """Flush the output; raises if that fails."""
        try:
            self._file.flush()
        except OSError as error:
            self.destination.failed(error)


@contextmanager
def results_file(path: str | None, inputs: Sequence[str], paints: bool = False) -> Iterator[ResultOutput]:
    """Open the output, which must not be one of the inputs. `paints`: colour the text.

    An interrupted command leaves the results so far in the file. An older file is replaced at the first
    result, or when the block ends without an error.
    """
    destination = Destination.of(path, inputs)
    if destination.path is None:
        results = ResultOutput(sys.stdout.buffer, destination, paints=paints)
        yield results
        results.flush()
        return
    with _opened(destination, destination.path) as file:
        is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        results = ResultOutput(file, destination, paints=paints, replaces=is_file)
        yield results
        results.replace()


@contextmanager
def writing(
    format: str,
    out: ResultOutput,
    database: OpenDatabase | None,
    fields: Sequence[RecordField] | None = None,
    *,
    captures: bool = False,
) -> Iterator[RecordWriter]:
    """A writer of records to `out`, always closed at the end of the block, so that files are complete."""
    out.destination.refuse_binary(format)
    with ended(lambda: open_writer(format, out, database, fields=fields, captures=captures)) as writer:
        yield writer


@contextmanager
def ended(make: Callable[[], RecordWriter]) -> Iterator[RecordWriter]:
    """The writer that `make` creates, always closed at the end of the block. Interrupts wait for both."""
    with interrupts.held():
        writer = make()
    try:
        yield writer
    finally:
        with interrupts.held():
            writer.close()


def print_text(text: str) -> None:
    """Write `text` to standard output; a closed pipe is no error."""
    save_file("-", text)


def save_file(path: str, content: str | bytes) -> None:
    """Write or replace a file in one step. "-" is standard output."""
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    destination = Destination.of(path)
    if destination.path is None:
        with suppress(ReaderLeftError), results_file(path, []) as out:
            out.write(data)
        return
    try:
        replace_file(destination.path, data)
    except OSError as error:
        destination.failed(error)


def _opened(destination: Destination, path: Path) -> BinaryIO:
    """Open without a buffer: results come in large pieces, and closing must not fail."""
    try:
        return open(
            path, "wb", buffering=0, opener=lambda name, flags: os.open(name, flags & ~os.O_TRUNC, 0o666)
        )
    except OSError as error:
        destination.failed(error)


@contextmanager
def writing_folder(format: str, path: str) -> Iterator[RecordWriter]:
    """A writer of one file per kind of event, always closed at the end of the block."""
    from pathlib import Path

    try:
        refuse_folder(format)
    except ValueError as error:
        raise click.UsageError(f"{named(path)}: {error}") from None
    folder = Path(path)
    try:
        with ended(lambda: open_folder(format, folder)) as writer:
            yield writer
    except OSError as error:
        Destination(Path(error.filename or folder)).failed(error)
