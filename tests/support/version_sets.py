"""What the core does with sets of versions, a second time: what two have in common, and a set as text."""

from __future__ import annotations

from collections.abc import Iterable

from huginn_workbench.wording import range_text
from sigcompiler.claims.versions import (
    BITS,
    NEWEST,
    PARTS,
    SERVERS,
    WINDOWS_RELEASES,
    Ranges,
    Versions,
    is_windows,
    listed,
)


def common(one: Ranges, other: Ranges) -> Ranges | None:
    """What two sets have in common; None when that is nothing."""
    if not one or not other:
        return one or other
    pairs = ((first, second) for first in one for second in other if first.overlaps(second))
    found = (Versions(max(a.first, b.first), min(a.last, b.last)) for a, b in pairs)
    return tuple(dict.fromkeys(found)) or None


def versions_text(family: str, ranges: Iterable[Versions]) -> str:
    """A set in the grammar of flavors; empty when nothing is stated about versions."""
    items = _releases(ranges) if is_windows(family) else [range_text(one) for one in ranges]
    return listed(items)


def _releases(ranges: Iterable[Versions]) -> list[str]:
    """Each release by name; where all of them are meant up to the newest, the first "or newer"."""
    found: set[int] = set()
    for one in ranges:
        first, last = (number >> BITS * (PARTS - 1) for number in one)  # of numbers that are stored plus one
        if one.last == NEWEST:
            return [f"{WINDOWS_RELEASES[min(found | {max(first - 1, 0)})]} or newer"]
        found.update(range(max(first - 1, 0), last))
    names = [WINDOWS_RELEASES[number] for number in sorted(found)]
    return sorted(names, key=lambda name: name in SERVERS)
