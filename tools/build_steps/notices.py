"""Joins the notices that the licences of JA4, mercury's data and recog's patterns require."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = ("LICENSE-JA4", "LICENSE-MERCURY", "LICENSE-RECOG")
NOTICES = Path("data", "notices.txt")
"""The place of the text within the package."""


def notices() -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in FILES)
