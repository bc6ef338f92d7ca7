"""The notices that the licences of JA4 and of mercury's data ask for, in one text that pages hold."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = ("LICENSE-JA4", "LICENSE-MERCURY")
NOTICES = Path("data", "notices.txt")
"""Where the build puts it, within the package."""


def notices() -> str:
    """Both, one after the other."""
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in FILES)
