"""Releases of systems, and ends of support: ``released.csv`` and ``support.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from sigcompiler.claims.flavors import versions
from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.versions import NEWEST, OLDEST, Versions, is_windows, version_range
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


LISTED = "2026-08-01"
"""Later versions may exist after this day."""
SUPPORTED = (1 << 31) - 1
"""The day for versions whose support has not ended."""


class VersionSupport(NamedTuple):
    """Versions of a family from `first` up to the family's next row; the last row is open-ended."""

    family: int
    first: int
    day: int
    """Days since 1970."""


class Release(NamedTuple):
    """A listed version of a family, with all versions that begin with it."""

    first: int
    last: int
    ended: int
    """The day when support ended, since 1970; `SUPPORTED` if no day is set."""
    released: int | None
    """The day of the release, if ``released.csv`` has it."""


_NUMBER = re.compile(r"\w*\d\w*(?:[.+:_-]\w*\d\w*)*(?:\(\w+\)\w*)?")


@cache
def _listed(family: str) -> list[Release]:
    """The listed versions of a family, the oldest first."""
    days = {first: day for name, first, day in releases() if name == family}
    found = [row for row in rows_of(_FILE) if row["family"] == family]
    made = (
        Release(*versions, day_number(row["end"]) if row["end"] else SUPPORTED, days.get(versions.first))
        for row in found
        if (versions := version_range(family, row["version"]))
    )
    return sorted(made)


@lru_cache(maxsize=1 << 12)
def _own(system: str, version: str) -> int | None:
    """The place of an exact version in the list; None if several listed versions are possible, or none."""
    found = version_range(system, version)
    fitting = [at for at, one in enumerate(_listed(system)) if found and one.first <= found.first <= one.last]
    return fitting[-1] if found and fitting and found.last <= _listed(system)[fitting[-1]].last else None


def support_end(system: str, version: str) -> str | None:
    """The day when support of a version ends, or ``supported`` if none is set; None for an unknown one."""
    at = _own(system, version)
    if at is None:
        return None
    day = _listed(system)[at].ended
    return "supported" if day == SUPPORTED else (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def is_exact(system: str, version: str) -> bool:
    """Whether a version is one release: of a listed system a listed one, else a number."""
    if _listed(system):
        return _own(system, version) is not None
    return _NUMBER.fullmatch(version) is not None


def days_behind(system: str, version: str, day: str) -> int | None:
    """Days from the release of the next version to `day`; 0 for the newest version, until `LISTED`.

    None if a day or the version is not known, and for Windows, whose editions have lines of their own.
    """
    at = None if is_windows(system) else _own(system, version)
    if at is None:
        return None
    newer = _listed(system)[at + 1 :]
    if not newer:
        return 0 if day <= LISTED else None
    return None if newer[0].released is None else max(0, day_number(day) - newer[0].released)


@lru_cache(maxsize=1 << 12)
def is_supported(system: str, flavor: str, day: str) -> bool:
    """Whether all versions that a flavor allows had support on a day; false if that is not known."""
    found = versions(system, flavor)
    rows = [*_family(system, rows_of(_FILE))] if found and _listed(system) else []
    ends = [*(row.first for row in rows[1:]), NEWEST + 1]
    lacking = (
        Versions(row.first, end - 1)
        for row, end in zip(rows, ends, strict=False)
        if row.day < day_number(day)
    )
    return bool(rows) and not any(one.overlaps(each) for one in lacking for each in found)


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
