"""What this process has open."""

from __future__ import annotations

import contextlib
import gc
import os
from pathlib import Path


def open_descriptors() -> set[tuple[str, str]]:
    """Each number with what it stands for. Compare sets, not sizes: libraries that other tests
    used may close theirs at any time.
    """
    gc.collect()
    found = set()
    for path in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # that of the folder itself
            found.add((path.name, os.readlink(path)))  # noqa: PTH115 - its text, no path
    return found
