"""The page, built once, and the browser that opens it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.builds import once
from tests.support.core import ROOT
from tests.support.window import window as window  # the same browser
from tools.build_steps.page import PACKAGES, PAGE, missing_tools

SOURCES = {".c", ".css", ".fp", ".h", ".html", ".js", ".lark", ".py"}


@pytest.fixture(scope="session")
def page() -> Path:
    """The page for browsers: the one that was installed, unless something that it is made of is newer."""
    installed = ROOT / PAGE
    parts = ("csrc", "web", "sigcompiler", "huginn_cffi/data", "huginn_cffi/applications/reporting/assets")
    files = {path for part in parts for path in (ROOT / part).rglob("*") if path.suffix in SOURCES}
    made_of = [path.stat().st_mtime for path in files - {installed}]
    if installed.exists() and installed.stat().st_mtime > max(made_of):
        return installed
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
    )
    assert done.returncode == 0, done.stderr
