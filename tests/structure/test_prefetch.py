"""What the core asks the cache for is asked for in the machine code, too."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.builds import write_headers
from tests.support.core import CORE

SOURCES = {"blocks/converse.c": 6, "tcp/clocks.c": 2, "database/table.c": 2}
"""Lines that each asks for, those of its headers included."""


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="names of instructions differ")
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_no_prefetch_is_left_out(tmp_path: Path, compiler: str) -> None:
    """A function that does nothing else has no effect to gcc, which leaves out its calls."""
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    write_headers(tmp_path)
    for source, least in SOURCES.items():
        command = [compiler, "-O3", "-std=c11", "-DNDEBUG", f"-I{CORE}", f"-I{tmp_path}", "-S", "-o", "-"]
        done = subprocess.run(
            [*command, str(CORE / source)], capture_output=True, text=True, check=True, timeout=120
        )
        found = re.findall(r"^\s+(?:prefetch|prfm|pld)", done.stdout, re.MULTILINE)
        assert len(found) >= least, source


def test_prefetches_have_one_place() -> None:
    users = [path for path in CORE.rglob("*.[ch]") if "__builtin_prefetch(" in path.read_text("utf-8")]
    assert users == [CORE / "base" / "prefetch.h"]
