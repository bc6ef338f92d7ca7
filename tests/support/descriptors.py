"""What this process has open, by kind: libraries that other tests used have threads of their own,
which open and close connections and files at any time.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path


def open_files(folder: Path) -> set[tuple[str, str]]:
    """Descriptors of files in `folder`, with their names."""
    return {(number, name) for number, name in _descriptors() if Path(name).parent == folder}


def packet_sockets() -> set[str]:
    """Sockets that see all packets of an interface."""
    lines = Path("/proc/net/packet").read_text().splitlines()[1:]
    known = {f"socket:[{line.split()[-1]}]" for line in lines}
    return known & {name for _, name in _descriptors()}


def _descriptors() -> Iterator[tuple[str, str]]:
    gc.collect()
    for path in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # that of the folder itself
            yield path.name, os.readlink(path)  # noqa: PTH115 - its text, no path
