"""The programs of docs/internals/speed.md run after ``sh setup.sh`` alone, which installs no pytest."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.core import ROOT

WITHOUT = "import sys; sys.modules['pytest'] = None; import tools.bench.{}"


@pytest.mark.parametrize("name", ["report", "instructions", "adversarial.__main__"])
def test_starts_without_pytest(name: str) -> None:
    command = [sys.executable, "-c", WITHOUT.format(name)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
