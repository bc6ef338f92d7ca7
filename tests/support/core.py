"""The files of the project, and sources of the C core for harnesses that build some of them or all."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "csrc"
DATA = ROOT / "huginn_cffi" / "data"
CONFIDENCE = DATA / "confidence.json"
SIGNATURES = sorted(DATA.glob("*.fp"))
"""The files of the default database, in the order in which they are compiled."""

SHARED = ROOT.parent / "shared"
"""Reference material and captures; absent on most machines."""

STOCK = Path("/etc/p0f/p0f.fp")


def handshake_files() -> list[Path]:
    """The files with signatures of handshakes, which compile in a fraction of the time of all."""
    return [path for path in SIGNATURES if "\n[tcp:" in path.read_text("utf-8")]


def sources(*names: str) -> list[Path]:
    """The files of these names, such as ``packet/ip``."""
    return [CORE / f"{name}.c" for name in names]


def all_sources(core: Path = CORE) -> list[Path]:
    """Every C file of the core."""
    return sorted(core.rglob("*.c"))
