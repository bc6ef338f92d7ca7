"""Where results go: standard output or a file, as bytes in large writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from huginn_cffi import interrupts
from huginn_cffi.cli.color import paint_bytes
from huginn_cffi.errors import named
from huginn_cffi.files import first_same, replace_file
from huginn_cffi.formats import FORMATS, RecordWriter, open_writer

if TYPE_CHECKING:
    from huginn_cffi.database import Database

STANDARD_OUTPUT = "standard output"


class ReaderLeftError(Exception):
    """Nobody reads the results any more: the other end of the pipe was closed."""


class Results:
    """An open output. `write` and `flush` raise one line that names it, or `ReaderLeftError`."""

    def __init__(self, file: BinaryIO, name: str, *, terminal: bool = False, paints: bool = False) -> None:
        self.terminal = terminal
        self._file = file
        self._name = name
        self._paints = paints

    def write(self, data: bytes | memoryview) -> None:
        """Write all of `data`, which is whole lines of text where they are to be painted."""
        rest = memoryview(paint_bytes(bytes(data)) if self._paints else data)
        try:
            while rest:
                rest = rest[self._put(rest) :]
        except OSError as error:
            self._failed(error)

    def _put(self, data: memoryview) -> int:
        """Past Python's buffer, which an interrupt would cut anywhere."""
        try:
            descriptor = self._file.fileno()
        except (OSError, ValueError):  # a program that calls the command caught its output
            return self._file.write(data)
        self._file.flush()
        return interrupts.write(descriptor, data)

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            self._file.flush()
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        if self._name == STANDARD_OUTPUT:
            abandon_standard_output()
        if isinstance(error, BrokenPipeError):
            raise ReaderLeftError from None
        raise _unwritable(self._name, error) from None


@contextmanager
def results_file(path: str | None, inputs: Sequence[str], paints: bool = False) -> Iterator[Results]:
    """Open the output. An output that is one of the inputs is refused. `paints`: text gets colours.

    A file keeps what was written when the command is interrupted.
    """
    if path is None or path == "-":
        if sys.stdout is None:
            raise click.ClickException(f"{STANDARD_OUTPUT} is closed; name a file with -o")
        refuse_input("-", inputs)
        terminal = sys.stdout.isatty()
        results = Results(sys.stdout.buffer, STANDARD_OUTPUT, terminal=terminal, paints=paints)
        yield results
        results.flush()
        return
    refuse_input(path, inputs)
    with _created(path) as file:
        yield Results(file, path, paints=paints)


@contextmanager
def writing(
    format: str, out: Results, database: Database | None, interface: str | None = None
) -> Iterator[RecordWriter]:
    """A writer of records to `out`, ended however the block ends, so that files can be read."""
    refuse_terminal(format, out.terminal)
    try:
        with interrupts.held():
            writer = open_writer(format, out, database, interface=interface)
    except ModuleNotFoundError as error:
        raise click.ClickException(str(error)) from None
    try:
        yield writer
    finally:
        with interrupts.held():
            writer.close()


def print_text(text: str) -> None:
    """Write `text` to standard output; that nobody reads it is no error."""
    with suppress(ReaderLeftError), results_file(None, []) as out, interrupts.held():
        out.write(text.encode("utf-8", "backslashreplace"))


def save_file(path: str, data: bytes) -> None:
    """Write a file in one step; what is there is replaced. "-" is standard output."""
    if path == "-":
        with suppress(ReaderLeftError), results_file(path, []) as out:
            out.write(data)
        return
    try:
        replace_file(Path(path), data)
    except OSError as error:
        raise _unwritable(path, error) from None


def refuse_terminal(format: str, terminal: bool) -> None:
    """Raise a usage error when `format` is not for people, and the output is a terminal."""
    if FORMATS[format].binary and terminal:
        raise click.UsageError(f"{format} is not for a terminal; name a file with -o, or use a pipe")


def refuse_input(path: str, inputs: Sequence[str]) -> None:
    """Raise a usage error when `path` ("-": standard output) is one of `inputs` ("-": standard input)."""
    output: int | str = path
    if path == "-":
        try:
            output = sys.stdout.fileno()
        except (OSError, ValueError, AttributeError):  # closed, or no file
            return
    if first_same(output, inputs) is not None:
        name = STANDARD_OUTPUT if path == "-" else named(path)
        raise click.UsageError(f"{name}: is an input as well; write to another file")


def abandon_standard_output() -> None:
    """Give up what waits to be written, so that the exit does not try it once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _created(path: str) -> BinaryIO:
    """Without a buffer: results come in large pieces, and closing must not fail."""
    try:
        return Path(path).open("wb", buffering=0)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(name: str, error: OSError) -> click.ClickException:
    return click.ClickException(f"{named(name)}: cannot be written: {error.strerror or error}")
