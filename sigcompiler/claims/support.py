"""Releases of systems, and ends of support: ``released.csv`` and ``support.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.versions import OLDEST, version_range
from sigcompiler.csv_rows import rows_of

RELEASED, _FILE = Path(__file__).with_name("released.csv"), Path(__file__).with_name("support.csv")
NO_TIMESTAMPS_BEFORE = "1992-05-01"
"""The date of RFC 1323, which introduced TCP timestamps; used for systems without a release."""


def day_number(text: str) -> int:
    """A date as days since 1970."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def releases() -> Iterator[tuple[str, int, int]]:
    """Family, first number of the version, and release day; sorted by the family's identity."""
    for row in sorted(rows_of(RELEASED), key=lambda row: family_identity(row["family"])):
        found = version_range(row["family"], row["version"])
        assert found is not None
        yield row["family"], found.first, day_number(row["day"])


LIST = "endoflife.date of August 2026"
SUPPORTED = (1 << 31) - 1
"""The day for versions whose support has not ended."""


class VersionSupport(NamedTuple):
    """Versions of a family from `first` up to the family's next row; the last row is open-ended."""

    family: int
    first: int
    day: int
    """Days since 1970."""


def support_rows() -> list[VersionSupport]:
    """All rows. Versions before the listed ones lost support when the oldest did; later ones have support."""
    found = rows_of(_FILE)
    families = dict.fromkeys(row["family"] for row in found)
    return sorted(one for family in families for one in _family(family, found))


def _family(family: str, rows: list[dict[str, str]]) -> Iterator[VersionSupport]:
    releases = []
    for row in rows:
        if row["family"] == family:
            versions = version_range(family, row["version"])
            if versions is None:
                raise ValueError(f"{_FILE.name}: {row['version']!r} is no version of {family}")
            day = day_number(row["end"]) if row["end"] else SUPPORTED
            releases.append((versions.first, versions.last, day))
    releases.sort()
    identity = family_identity(family)
    yield VersionSupport(identity, OLDEST, releases[0][2])
    for first, _, day in releases[1:]:
        yield VersionSupport(identity, first, day)
    yield VersionSupport(identity, max(last for _, last, _ in releases) + 1, SUPPORTED)


def support_header(banner: str) -> str:
    """The content of ``hg_support.h``: the rows for C."""
    lines = [banner, "#ifndef HG_SUPPORT_H", "#define HG_SUPPORT_H", ""]
    lines += [f'#define HG_SUPPORT_LIST "{LIST}"', f"#define HG_SUPPORTED {SUPPORTED}"]
    for name in ("Firefox", "Chrome", "Debian", "Ubuntu"):
        lines.append(f"#define HG_FAMILY_{name.upper()} UINT64_C({family_identity(name):#x})")
    lines.append("/* X(family, first version, day since 1970), by family and version. */")
    rows = [f"    X(UINT64_C({a:#x}), UINT64_C({b:#x}), {day})" for a, b, day in support_rows()]
    lines += [" \\\n".join(["#define HG_SUPPORT(X)", *rows]), "", "#endif", ""]
    return "\n".join(lines)
