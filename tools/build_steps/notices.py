"""The notices that the licences of JA4, of mercury's data and of recog's patterns ask for, as one text."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = ("LICENSE-JA4", "LICENSE-MERCURY", "LICENSE-RECOG")
NOTICES = Path("data", "notices.txt")
"""Where the build puts it, within the package."""


def notices() -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in FILES)
