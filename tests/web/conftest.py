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


@pytest.fixture(scope="session")
def parts() -> Path:
    """The page, ``web.html``, and what it is made of."""
    return once("web", build)


def build(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "web/build.py", folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": ""},
        capture_output=True,
        text=True,
        timeout=600,
    )
    if "is missing; on Debian" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
