"""The destination of ``-o``: standard output or a file, and the errors if it cannot be written."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TextIO

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.files import first_same

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_OUTPUT = "standard output"


class ReaderLeftError(Exception):
    """The reader of the results has closed its end of the pipe."""


class Destination(NamedTuple):
    """Standard output (``path`` is ``None``) or a file."""

    path: Path | None

    @classmethod
    def of(cls, path: str | None, inputs: Sequence[str] = ()) -> Destination:
        """The destination of ``-o``; "-" or None is standard output. Refuses a path in `inputs`."""
        if path is None or path == "-":
            if sys.stdout is None:
                raise click.ClickException(f"{STANDARD_OUTPUT} is closed; name a file with -o")
            refuse_input("-", inputs)
            return cls(None)
        from huginn_cffi.formats.forms import is_folder

        if is_folder(path):
            raise click.UsageError(f"{named(path)}: is a folder; name a file")
        refuse_input(path, inputs)
        from pathlib import Path

        return cls(Path(path))

    @property
    def name(self) -> str:
        """Its name for messages."""
        return STANDARD_OUTPUT if self.path is None else named(str(self.path))

    @property
    def is_terminal(self) -> bool:
        """Whether it is a terminal."""
        return self.path is None and sys.stdout.isatty()

    def refuse_binary(self, format: str) -> None:
        """Raise a usage error if `format` is binary, and this is a terminal."""
        from huginn_cffi.formats.forms import FORMATS

        form = FORMATS.get(format)  # a table of hosts has formats not listed here
        if form is not None and form.binary and self.is_terminal:
            raise click.UsageError(f"{format} is not for a terminal; name a file with -o, or use a pipe")

    def failed(self, error: OSError) -> NoReturn:
        """Raise the error for a failed write: `ReaderLeftError`, or one line that names the output."""
        self.check_reader(error)
        if self.path is None:
            abandon_standard_output()
        raise click.ClickException(f"{self.name}: cannot be written: {error.strerror or error}") from None

    def check_reader(self, error: OSError) -> None:
        """Raise `ReaderLeftError` if the write failed because the reader has left."""
        if isinstance(error, BrokenPipeError):
            if self.path is None:
                abandon_standard_output()
            raise ReaderLeftError from None


def refuse_input(path: str, inputs: Sequence[str]) -> None:
    """Raise a usage error when `path` ("-": standard output) is one of `inputs` ("-": standard input)."""
    output: int | str = path
    if path.startswith("-") and path != "-":
        raise click.UsageError(f"{path} is in the place of a file name; a file of this name is ./{path}")
    if path == "-":
        try:
            output = sys.stdout.fileno()
        except (OSError, ValueError, AttributeError):  # closed, or not a file
            return
    if first_same(output, inputs) is not None:
        name = STANDARD_OUTPUT if path == "-" else named(path)
        raise click.UsageError(f"{name}: is an input as well; write to another file")


def abandon_standard_output() -> None:
    """Discard buffered output, so that the exit does not try to write it again."""
    abandon(sys.stdout)


def abandon(stream: TextIO) -> None:
    """Redirect a stream to the null device."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
