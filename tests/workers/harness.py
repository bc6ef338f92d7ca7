"""The harness ``threads.c``, with which starts of threads fail as the test wants."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support import builds
from tests.support.core import all_sources
from tests.support.sensor_harness import THREAD_SANITIZER, is_built_with

PATIENCE_S = 120
"""A run takes a fraction of a second."""


def program() -> Path:
    """The program, built once in a run of the tests.

    With ThreadSanitizer, where there is one, which ends it with another status when it finds something.
    """
    return builds.once("threads", _build) / "threads"


def _build(folder: Path) -> None:
    sanitizer = THREAD_SANITIZER if is_built_with(THREAD_SANITIZER, folder) else ()
    builds.write_headers(folder)
    files = (Path(__file__).with_name("threads.c"), *all_sources())
    flags = (*builds.FLAGS, "-pthread", *sanitizer)
    builds.program(folder / "threads", files, flags, ["-Wl,--wrap=pthread_create", "-lm"])


def run(program: Path, mode: str, workers: int, failing: str, captures: list[Path]) -> tuple[list[str], int]:
    """What the harness found, and how many threads did not start."""
    command = [str(program), mode, str(workers), failing, *map(str, captures)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
    assert (done.returncode, done.stderr) == (0, "")
    *found, packets, failed = done.stdout.split()
    return [packets] if mode == "held" else [packets, *found], int(failed)
