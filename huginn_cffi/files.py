"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(path: Path, data: bytes | memoryview) -> None:
    """Write `data` to `path` in one step: to a file beside it, which then takes its place.

    Raises `OSError`; `path` is as it was before then. What is no regular file (``/dev/null``,
    a pipe) is written to directly, because replacing it would remove it.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
