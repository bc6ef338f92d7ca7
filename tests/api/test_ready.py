"""Who of many can be read or written: with epoll, and with poll as on systems without it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support import builds
from tests.support.core import sources

SAID = """\
nobody spoke:
two spoke: two
there is room: both
nobody spoke:
one has ended: one
nobody is left:
many: 64, in the end 70
"""


@pytest.mark.parametrize("defined", [[], ["-DHG_READY_POLL"]], ids=["the system's", "poll"])
def test_ready(tmp_path: Path, defined: list[str]) -> None:
    files = (Path(__file__).with_name("ready.c"), *sources("api/ready"))
    program = builds.program(tmp_path / "ready", files, [*builds.FLAGS, *defined])
    done = subprocess.run([program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == SAID
