"""Running the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "huginn_cffi"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in a folder of its own; keywords go into its environment."""

    def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **environment}
        return subprocess.run(
            [*COMMAND, *map(str, words)],
            cwd=tmp_path,
            env=known,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
