"""Who of many can be read or written: with epoll, and with poll as on systems without it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.core import CORE

SOURCES = (CORE / "api" / "ready.c", Path(__file__).with_name("ready.c"))
SAID = """\
nobody spoke:
two spoke: two
there is room: both
nobody spoke:
one has ended: one
nobody is left:
many: 64, in the end 70
"""


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")
@pytest.mark.parametrize("defined", [[], ["-DHG_READY_POLL"]], ids=["the system's", "poll"])
def test_ready(tmp_path: Path, defined: list[str]) -> None:
    program = tmp_path / "ready"
    flags = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-I", str(CORE), *defined]
    subprocess.run(["gcc", *flags, *SOURCES, "-o", program], check=True, timeout=120)
    done = subprocess.run([program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == SAID
