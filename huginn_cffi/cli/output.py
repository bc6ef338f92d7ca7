"""Where results go: standard output or a file, as bytes in large writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click


class ReaderLeftError(Exception):
    """Nobody reads the results any more: the other end of the pipe was closed."""


@contextmanager
def results_file(path: str | None, inputs: Sequence[str]) -> Iterator[BinaryIO]:
    """Open the output. An output that is one of the inputs is refused.

    A file keeps what was written when the command is interrupted.
    """
    try:
        if path is None or path == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        refuse_input(path, inputs)
        with _created(path) as file:
            yield file
    except BrokenPipeError:
        # What is left in the buffer has no reader; without this the exit would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReaderLeftError from None


def refuse_input(path: str, inputs: Sequence[str]) -> None:
    """Raise a usage error when `path` is one of `inputs`."""
    output = Path(path)
    for item in inputs:
        if output.is_file() and Path(item).exists() and output.samefile(item):
            raise click.UsageError(f"{path}: is an input as well; write to another file")


def _created(path: str) -> BinaryIO:
    try:
        return Path(path).open("wb")
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be written: {error.strerror}") from None
