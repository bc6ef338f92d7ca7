"""Which tests may run at the same time, when several processes run tests.

Most may. A test marked ``alone`` measures time or needs the whole machine: no other test of the run is
active meanwhile. Two files of the run's folder are locked: all tests share ``machine``, one marked
``alone`` has it to itself. Each passes ``entry`` first, so that a test that waits for the machine is
not overtaken for ever.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait until this test may run, and keep the machine for it, with others or alone."""
    with (folder / "machine").open("w") as machine:
        with (folder / "entry").open("w") as entry:
            fcntl.flock(entry, fcntl.LOCK_EX)
            fcntl.flock(machine, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
