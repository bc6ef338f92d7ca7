"""Versions as 64-bit numbers that sort within a family, and ranges of them.

A number has four parts of 16 bits, the first part in the highest bits. Each part is stored plus one, so that
4 sorts before 4.0. Missing parts are 0 at the start of a range and `MOST` at its end: "4.19" is the range
from 4.19 to the end of 4.19.x. Windows releases are numbered by age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

PARTS, BITS = 4, 16
MOST = (1 << BITS) - 1
OLDEST, NEWEST = 0, (1 << PARTS * BITS) - 1
"""A range from `OLDEST` has no start; a range to `NEWEST` has no end."""

WINDOWS_RELEASES = (
    *("95", "98", "NT", "2000", "ME", "XP", "2003", "Vista", "2008", "7", "2008 R2"),
    *("8", "2012", "8.1", "2012 R2", "10", "2016", "2019", "11", "2022", "2025"),
)
"""From old to new. Only append: the positions are part of the identities of claims, which are stored."""

SERVERS = frozenset(("2003", "2008", "2008 R2", "2012", "2012 R2", "2016", "2019", "2022", "2025"))
"""Windows Server releases; lists put them after the releases for workstations."""

_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,18})*")
"""Longer numbers are not versions, and Python refuses to convert very long ones."""


class Versions(NamedTuple):
    """The range from `first` to `last`, both included."""

    first: int
    last: int

    def overlaps(self, other: Versions) -> bool:
        """Whether both ranges have a common version."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Versions) -> bool:
        """Whether this range is open-ended and contains `other`."""
        return self.last == NEWEST and self.first <= other.first


Ranges = tuple[Versions, ...]
"""A version belongs to these ranges if one of them has it; without ranges, every version belongs."""


def is_windows(family: str) -> bool:
    """Whether a family's versions are Windows releases; case is ignored, as for all families."""
    return family.lower() == "windows"


@lru_cache(maxsize=1 << 14)
def version_range(family: str, text: str) -> Versions | None:
    """The range of all versions that begin with `text`; None if it is no version or too large."""
    if is_windows(family):
        parts = [WINDOWS_RELEASES.index(text)] if text in WINDOWS_RELEASES else []
    else:
        parts = list(map(int, text.split("."))) if _NUMBER.fullmatch(text) else []
    if not 0 < len(parts) <= PARTS or max(parts) + 1 >= MOST:
        return None
    number = 0
    for part in parts:
        number = number << BITS | part + 1
    missing = BITS * (PARTS - len(parts))
    return Versions(number << missing, (number + 1 << missing) - 1)


def merged(ranges: Iterable[Versions]) -> Ranges:
    """The same versions as ascending ranges with gaps between them."""
    found: list[Versions] = []
    for one in sorted(ranges):
        if found and one.first <= found[-1].last + 1:
            found[-1] = Versions(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return tuple(found)


def listed(items: Sequence[str]) -> str:
    """A list of versions in the style of flavors: ``7, 8 or 10``."""
    return " or ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
