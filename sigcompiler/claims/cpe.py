"""CPE 2.3 names of systems and browsers whose name and version are exact, from ``cpe.csv``."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("cpe.csv")
_QUOTED = re.compile(r"[^a-z0-9._-]")
"""NISTIR 7695: characters with a backslash before them in a formatted string."""


@lru_cache(maxsize=1)
def _rows() -> list[tuple[str, re.Pattern[str], list[str]]]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        found = csv.DictReader(line for line in lines if not line.startswith("#"))
        return [(row["name"], re.compile(row["version"], re.ASCII), row["cpe"].split(" ")) for row in found]


@lru_cache(maxsize=4096)
def cpe_name(name: str, version: str) -> str | None:
    """The formatted string; None where the table has no such name, or the version is not exact."""
    for known, exact, (part, vendor, product, release) in _rows():
        if known == name and exact.fullmatch(version):
            given = release.replace(r"\0", _QUOTED.sub(r"\\\g<0>", version.lower()))
            return ":".join(("cpe:2.3", part, vendor, product, given, *"*" * 7))
    return None
