"""The end of support for releases of systems and browsers, from ``support.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.versions import OLDEST, version_range

RELEASED = {
    "Windows": (
        *(("2000", "2000-02-17"), ("XP", "2001-08-24"), ("2003", "2003-04-24"), ("Vista", "2006-11-08")),
        *(("7", "2009-07-22"), ("8", "2012-08-01"), ("10", "2015-07-29"), ("2019", "2018-11-13")),
        *(("11", "2021-10-04"), ("2022", "2021-08-18"), ("2025", "2024-11-01")),
    ),
    "Linux": (
        *(("2.0", "1996-06-09"), ("2.2", "1999-01-26"), ("2.4", "2001-01-04"), ("2.6", "2003-12-18")),
        *(("2.6.32", "2009-12-03"), ("3", "2011-07-21"), ("3.6", "2012-09-30"), ("3.11", "2013-09-02")),
        *(("4", "2015-04-12"), ("4.10", "2017-02-19"), ("4.19", "2018-10-22"), ("5.10", "2020-12-13")),
        *(("6.1", "2022-12-11"), ("6.6", "2023-10-29"), ("6.12", "2024-11-17"), ("6.16", "2025-07-27")),
    ),
    "Android": (
        *(("1", "2008-09-23"), ("4", "2011-10-18"), ("5", "2014-11-12"), ("8", "2017-08-21")),
        *(("10", "2019-09-03"), ("13", "2022-08-15"), ("16", "2025-06-10")),
    ),
    "macOS": (
        *(("10.0", "2001-03-24"), ("10.2", "2002-08-24"), ("10.4", "2005-04-29"), ("10.8", "2012-07-25")),
        *(("10.10", "2014-10-16"), ("10.13", "2017-09-25"), ("10.14", "2018-09-24"), ("14", "2023-09-26")),
    ),
    "iOS": (
        *(("6", "2012-09-19"), ("9", "2015-09-16"), ("11", "2017-09-19"), ("12", "2018-09-17")),
        *(("13", "2019-09-19"), ("16", "2022-09-12"), ("26", "2025-09-15")),
    ),
    "FreeBSD": (
        *(("2.2", "1997-03-31"), ("4", "2000-03-14"), ("8", "2009-11-25"), ("9", "2012-01-10")),
        *(("10", "2014-01-20"), ("11", "2016-10-10"), ("13", "2021-04-13"), ("15", "2025-12-02")),
    ),
    "OpenBSD": (("2.1", "1997-06-01"), ("3", "2001-12-01"), ("4", "2006-11-01"), ("6", "2016-09-01")),
}
"""Release days by family, in the order of versions."""

NO_TIMESTAMPS_BEFORE = "1992-05-01"
"""The date of RFC 1323, which introduced TCP timestamps; used for systems that `RELEASED` lacks."""


def day_number(text: str) -> int:
    """A date as days since 1970."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def releases() -> Iterator[tuple[str, int, int]]:
    """Family, first number of the version, and release day; sorted by the family's identity."""
    for family, rows in sorted(RELEASED.items(), key=lambda one: family_identity(one[0])):
        for version, day in rows:
            found = version_range(family, version)
            assert found is not None
            yield family, found.first, day_number(day)


LIST = "endoflife.date of August 2026"
SUPPORTED = (1 << 31) - 1
"""The day for versions whose support has not ended."""

_FILE = Path(__file__).with_name("support.csv")


class VersionSupport(NamedTuple):
    """Versions of a family from `first` up to the family's next row; the last row is open-ended."""

    family: int
    first: int
    day: int
    """Days since 1970."""


def support_rows() -> list[VersionSupport]:
    """All rows. Versions before the listed ones lost support when the oldest did; later ones have support."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(line for line in lines if not line.startswith("#")))
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
