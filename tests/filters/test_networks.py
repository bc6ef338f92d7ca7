"""The core's sets of networks under sanitizers, by a harness in C."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sigcompiler.emit_header import layout_header
from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS, need_compiler

SOURCES = ("base/error", "filter/filter", "filter/networks")
FAILING_ALLOCATIONS = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc"


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_against_a_plain_walk(compiler: str, tmp_path: Path) -> None:
    need_compiler(compiler, tmp_path)
    (tmp_path / "hg_layout.h").write_text(layout_header())
    files = [Path(__file__).with_name("networks.c"), *sources(*SOURCES)]
    flags = [*builds.FLAGS, *SANITIZERS]
    program = builds.program(tmp_path / "networks", files, flags, [FAILING_ALLOCATIONS], compiler)
    for seed in range(1, 5):
        done = subprocess.run([program, str(seed), "150"], capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
