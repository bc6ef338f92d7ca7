"""Running the command, from a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.in_process import run_in_process_as_text

COMMAND = [sys.executable, "-m", "huginn_cffi"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in a folder of its own; keywords go into its environment."""

    def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return run_in_process_as_text(*words, cwd=tmp_path, environment={"COLUMNS": "100", **environment})

    return run
