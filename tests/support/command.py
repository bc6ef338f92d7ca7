"""How the command is started from any folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HUGINN = (sys.executable, "-m", "huginn_cffi")

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
"""Finds this checkout from any folder."""

GIVING_BACK = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
}
"""For a process whose memory is measured: freed memory is given back. How much of it pyarrow's pools and
malloc would keep differs from one run to the next, whatever the process holds."""
