"""The core's sets of networks under sanitizers, by a harness in C."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sigcompiler.emit_header import layout_header
from tests.support.core import CORE, sources
from tests.support.sanitizers import SANITIZERS, need_compiler

SOURCES = ("base/error", "filter/filter", "filter/networks")
WARNINGS = ("-std=c11", "-Wall", "-Wextra", "-Wconversion", "-Werror")
FAILING_ALLOCATIONS = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc"


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_against_a_plain_walk(compiler: str, tmp_path: Path) -> None:
    need_compiler(compiler, tmp_path)
    (tmp_path / "hg_layout.h").write_text(layout_header())
    program = tmp_path / "networks"
    files = [Path(__file__).with_name("networks.c"), *sources(*SOURCES)]
    flags = [*WARNINGS, *SANITIZERS, FAILING_ALLOCATIONS, "-O1", "-g", f"-I{CORE}", f"-I{tmp_path}"]
    subprocess.run([compiler, *flags, *map(str, files), "-o", str(program)], check=True, timeout=120)
    for seed in range(1, 5):
        done = subprocess.run([program, str(seed), "150"], capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
