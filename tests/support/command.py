"""How the command is started from any folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HUGINN = (sys.executable, "-m", "huginn_cffi")

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
"""Finds this checkout from any folder."""
