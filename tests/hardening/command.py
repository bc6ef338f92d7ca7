"""Runs the command in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HUGINN = (sys.executable, "-m", "huginn_cffi")

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
"""Finds this checkout from any folder."""

Done = subprocess.CompletedProcess[bytes]


def run(folder: Path, arguments: Sequence[str | Path], data: bytes = b"") -> Done:
    """Run it there with `data` on standard input."""
    command = [*HUGINN, *arguments]
    return subprocess.run(command, input=data, capture_output=True, cwd=folder, env=ENVIRONMENT, timeout=120)
