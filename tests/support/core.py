"""The sources of the C core, for harnesses in C that build some of them or all."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "csrc"
CONFIDENCE = ROOT / "huginn_cffi" / "data" / "confidence.json"


def sources(*names: str) -> list[Path]:
    """The files of these names, such as ``packet/ip``."""
    return [CORE / f"{name}.c" for name in names]


def all_sources(core: Path = CORE) -> list[Path]:
    """Every C file of the core."""
    return sorted(core.rglob("*.c"))
