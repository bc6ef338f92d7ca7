"""The command line, called in this process.

For tests of what a command prints: to start Python and import the package takes ten times as long as most
commands. What is about the process itself (signals, pipes, memory, how it exits) starts one.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile

import pytest

from huginn_cffi.cli import main


def called(
    arguments: Sequence[str | Path], *, folder: Path | None = None, time_zone: str | None = None
) -> CompletedProcess[bytes]:
    """Exit status, standard output and standard error. An exception, which no user may see, is raised."""
    words = [str(word) for word in arguments]
    with TemporaryFile() as output, TemporaryFile() as errors, pytest.MonkeyPatch.context() as patch:
        # Unlike pytest's these are files, and have the encoding that Python gives to a process in UTF-8.
        streams = (
            io.TextIOWrapper(output, "utf-8", "surrogateescape"),
            io.TextIOWrapper(errors, "utf-8", "backslashreplace"),
        )
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        if folder is not None:
            patch.chdir(folder)
        if time_zone is not None:
            patch.setenv("TZ", time_zone)
            time.tzset()
        try:
            status = main(words)
        finally:
            patch.undo()
            if time_zone is not None:
                time.tzset()
        return CompletedProcess(words, status, *map(_content, streams))


def _content(stream: io.TextIOWrapper) -> bytes:
    """All that was written, by whatever way."""
    stream.flush()
    return os.pread(stream.fileno(), os.fstat(stream.fileno()).st_size, 0)
