"""The page, built once, and the browser that opens it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report_page.conftest import window as window  # the same browser
from tests.support.builds import once
from tests.support.core import ROOT
from tools.build_steps.page import PACKAGES, missing_tools


@pytest.fixture(scope="session")
def page() -> Path:
    """The page for browsers, ``web.html``."""
    return once("web", build) / "web.html"


def build(folder: Path) -> None:
    if missing := missing_tools():
        pytest.skip(f"{missing} is missing; on Debian: sudo apt-get install {PACKAGES}")
    done = subprocess.run(
        [sys.executable, "-m", "tools.build_steps.page", folder / "web.html"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": ""},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
