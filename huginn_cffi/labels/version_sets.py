"""Sets of versions: what several ranges have in common, and how that is written as a flavor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from huginn_cffi.labels.families import WINDOWS_RELEASES, Key, Versions

Ranges = tuple[Versions, ...]
"""A version in any of them; none at all stands for every version, since nothing is said."""

SERVERS = frozenset(("2003", "2008", "2008 R2", "2012", "2012 R2", "2016", "2019", "2022", "2025"))
"""Releases of Windows that come after those for workstations in a list."""


def common(one: Ranges, other: Ranges) -> Ranges | None:
    """What two sets have in common; None when that is nothing."""
    if not one or not other:
        return one or other
    pairs = ((first, second) for first in one for second in other if first.overlaps(second))
    return tuple(dict.fromkeys(_overlap(first, second) for first, second in pairs)) or None


def versions_text(family: str, ranges: Iterable[Versions]) -> str:
    """A set in the grammar of flavors; empty when nothing is said about versions."""
    items = _releases(ranges) if family == "Windows" else [_item(one) for one in ranges]
    return listed(items)


def listed(items: Sequence[str]) -> str:
    """Versions as a flavor lists them: ``7, 8 or 10``."""
    return " or ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _overlap(one: Versions, other: Versions) -> Versions:
    ends = [end for end in (one.last, other.last) if end is not None]
    return Versions(max(one.first, other.first), min(ends, key=_end) if ends else None)


def _end(last: Key) -> tuple[float, ...]:
    """Where the versions that begin with `last` end: 4.19 is after 4.19.200 and before 4.20."""
    return (*last, inf)


def _item(one: Versions) -> str:
    if one.last is None:
        return f"{_number(one.first)} or newer"
    if one.first == one.last:
        return _number(one.first)
    return f"{_number(one.first)}-{_number(one.last)}" if one.first else f"{_number(one.last)} or older"


def _number(key: Key) -> str:
    return ".".join(map(str, key))


def _releases(ranges: Iterable[Versions]) -> list[str]:
    """Each release by name; where all of them are meant up to the newest, the first "or newer"."""
    found: set[int] = set()
    for one in ranges:
        first = one.first[0] if one.first else 0
        if one.last is None:
            return [f"{WINDOWS_RELEASES[min(found | {first})]} or newer"]
        found.update(range(first, one.last[0] + 1))
    names = [WINDOWS_RELEASES[number] for number in sorted(found)]
    return sorted(names, key=lambda name: name in SERVERS)
