"""The tools. An adapter is a module with `NAME` and two functions, as docs/reference/benchmark.md shows.

``version()`` returns the tool's version, or raises `ToolMissingError`. ``answers(capture)`` runs the tool on
one file and yields a `ToolAnswer` for each of its answers.
"""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from huginn_cffi import HuginnError

BUILT_IN = {"huginn": "huginn", "p0f": "p0f", "huginn-net": "huginn_net", "ndpi": "ndpi"}
TIMEOUT_S = 120


class ToolMissingError(HuginnError):
    """A tool is not installed."""


class ToolAnswer(NamedTuple):
    """One answer about a host; an empty text says nothing."""

    host: str
    """Address."""
    seen: str
    """``syn`` or ``syn+ack`` for an answer from such a packet alone; otherwise ``host``."""
    family: str = ""
    """One family, or two joined by " or "."""
    version: str = ""
    """In the grammar of flavors (docs/reference/signature-format.md)."""
    type: str = ""
    maker: str = ""
    model: str = ""
    confidence: str = ""
    """From 0 to 1, for the family; or empty."""
    mac: str = ""


class Adapter(Protocol):
    """What an adapter's module has."""

    NAME: str

    def version(self) -> str:
        """The tool's version. Raises `ToolMissingError`."""

    def answers(self, capture: Path) -> Iterator[ToolAnswer]:
        """The tool's answers about a capture; any exception means that the tool failed on it."""


def adapter_of(tool: str) -> Adapter:
    """The adapter with this name, or in this Python file. Raises `ToolMissingError`."""
    if tool in BUILT_IN:
        return cast(Adapter, importlib.import_module(f"huginn_workbench.benchmark.adapters.{BUILT_IN[tool]}"))
    spec = importlib.util.spec_from_file_location("benchmark_adapter", tool) if tool[-3:] == ".py" else None
    if spec is None or spec.loader is None or not Path(tool).is_file():
        raise ToolMissingError(f"{tool}: is neither {', '.join(BUILT_IN)} nor the Python file of an adapter")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Adapter, module)


def printed(*command: str | Path) -> str:
    """The standard output of a command; raises an exception if it fails or takes too long."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_S, check=True
    )
    return done.stdout.decode("utf-8", "replace")
