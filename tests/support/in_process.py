"""The command line within the test's own process: all that a user sees, but no interpreter to start.

Tests of signals, terminals, pipes that close and of what is imported need a process of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pytest

from huginn_cffi.cli import main

STANDARD = ((0, "stdin", "r", "strict"), (1, "stdout", "w", "strict"), (2, "stderr", "w", "backslashreplace"))
Result = subprocess.CompletedProcess[bytes]


def run_in_process(
    *words: object,
    stdin: IO[bytes] | bytes = b"",
    stdout: IO[bytes] | None = None,
    stderr: IO[bytes] | None = None,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    program: Callable[[list[str]], int] = main,
) -> Result:
    """Run a command; standard input, output and error are those of the whole process meanwhile.

    `stdout` and `stderr` are files that get what is written, in place of the result.
    """
    given = [str(word) for word in words]
    with ExitStack() as stack:
        out = stdout or stack.enter_context(tempfile.TemporaryFile())
        error = stderr or stack.enter_context(tempfile.TemporaryFile())
        source = stack.enter_context(_piped(stdin)) if isinstance(stdin, bytes) else stdin
        with _surroundings(cwd, environment or {}), _streams(source, out, error):
            status = program(given)
        said = b"" if stderr else _content(error)
        return subprocess.CompletedProcess(given, status, b"" if stdout else _content(out), said)


def run_in_process_as_text(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The same, with what was written as text."""
    done = run_in_process(*words, **options)  # type: ignore[arg-type]
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


@contextmanager
def _piped(data: bytes) -> Iterator[IO[bytes]]:
    """A pipe that gives these bytes, and ends."""
    reading, writing = os.pipe()

    def give() -> None:
        try:
            with os.fdopen(writing, "wb") as file:
                file.write(data)
        except BrokenPipeError:
            pass  # not all was asked for

    giver = threading.Thread(target=give)
    giver.start()
    try:
        with os.fdopen(reading, "rb") as file:
            yield file
    finally:
        giver.join()


@contextmanager
def _surroundings(cwd: Path | None, environment: Mapping[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if cwd is not None:
            patch.chdir(cwd)
        for name, value in environment.items():
            patch.setenv(name, value)
        time.tzset()
        try:
            yield
        finally:
            patch.undo()
            time.tzset()


@contextmanager
def _streams(*files: IO[bytes]) -> Iterator[None]:
    """Descriptors 0 to 2, and Python's files of them, are these."""
    sys.stdout.flush()
    sys.stderr.flush()
    with pytest.MonkeyPatch.context() as patch:
        kept = [os.dup(number) for number in range(len(files))]
        try:
            for number, file in enumerate(files):
                os.dup2(file.fileno(), number)
            for number, name, mode, errors in STANDARD:
                opened = os.fdopen(number, mode, encoding="utf-8", errors=errors, closefd=False)
                patch.setattr(sys, name, opened)
            try:
                yield
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
        finally:
            for number, descriptor in enumerate(kept):
                os.dup2(descriptor, number)
                os.close(descriptor)
