"""Until when releases of systems and browsers were supported, from ``support.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.versions import OLDEST, version_range

LIST = "endoflife.date of August 2026"
SUPPORTED = (1 << 31) - 1
"""In place of a day: support has not ended."""

_FILE = Path(__file__).with_name("support.csv")
_EPOCH = date(1970, 1, 1)


class VersionSupport(NamedTuple):
    """Versions of a family from `first` to the next row of the family; the last row has no end."""

    family: int
    first: int
    day: int
    """Days since 1970."""


def support_rows() -> list[VersionSupport]:
    """What is older than the list ended with its first release; what is newer has not ended."""
    found = []
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            found.append(row)
    families = dict.fromkeys(row["family"] for row in found)
    return sorted(one for family in families for one in _family(family, found))


def _family(family: str, rows: list[dict[str, str]]) -> Iterator[VersionSupport]:
    releases = []
    for row in rows:
        if row["family"] == family:
            versions = version_range(family, row["version"])
            if versions is None:
                raise ValueError(f"{_FILE.name}: {row['version']!r} is no version of {family}")
            releases.append((versions.first, versions.last, _day(row["end"])))
    releases.sort()
    identity = family_identity(family)
    yield VersionSupport(identity, OLDEST, releases[0][2])
    for first, _, day in releases[1:]:
        yield VersionSupport(identity, first, day)
    yield VersionSupport(identity, max(last for _, last, _ in releases) + 1, SUPPORTED)


def _day(text: str) -> int:
    return (date.fromisoformat(text) - _EPOCH).days if text else SUPPORTED


def support_header(banner: str) -> str:
    """``hg_support.h``: the rows for C."""
    lines = [banner, "#ifndef HG_SUPPORT_H", "#define HG_SUPPORT_H", ""]
    lines += [f'#define HG_SUPPORT_LIST "{LIST}"', f"#define HG_SUPPORTED {SUPPORTED}"]
    for name in ("Firefox", "Chrome"):
        lines.append(f"#define HG_FAMILY_{name.upper()} UINT64_C({family_identity(name):#x})")
    lines.append("/* X(family, first version, day since 1970), by family and version. */")
    rows = [f"    X(UINT64_C({a:#x}), UINT64_C({b:#x}), {day})" for a, b, day in support_rows()]
    lines += [" \\\n".join(["#define HG_SUPPORT(X)", *rows]), "", "#endif", ""]
    return "\n".join(lines)
