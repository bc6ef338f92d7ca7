"""A file system whose files named ``late…`` cannot be read until somebody writes ``go`` beside them.

Whoever waits writes ``waiting`` with the number of its process. Workers load this module first.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

PATIENCE_S = 120


class GateFileSystem(LocalFileSystem):
    protocol = ("gate",)

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        return super()._strip_protocol(os.fspath(path).removeprefix("gate://"))

    def unstrip_protocol(self, name: str) -> str:
        return f"gate://{name}"

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: Any) -> bytes:
        name = Path(self._strip_protocol(path))
        if name.name.startswith("late"):
            beside = name.with_name(f".waiting-{os.getpid()}")
            beside.write_text(str(os.getpid()))
            beside.replace(name.with_name("waiting"))
            deadline = time.monotonic() + PATIENCE_S
            while not name.with_name("go").exists() and time.monotonic() < deadline:
                time.sleep(0.02)
        return name.read_bytes()[start or 0 : end]


fsspec.register_implementation("gate", GateFileSystem, clobber=True)
