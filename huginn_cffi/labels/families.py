"""What a label says, as a program reads it: families, and the versions of each.

The grammar of flavors is that of docs/database.md. A flavor that does not follow it, as in
databases of other origin, says nothing about versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

Key: TypeAlias = tuple[int, ...]
"""A version in an order that can be compared; the empty one begins every version."""

UNKNOWN = "unknown"
"""The family of what more than `MAX_FAMILIES` families send."""

MAX_FAMILIES = 2

WINDOWS_RELEASES = (
    *("95", "98", "NT", "2000", "ME", "XP", "2003", "Vista", "2008", "7", "2008 R2"),
    *("8", "2012", "8.1", "2012 R2", "10", "2016", "2019", "11", "2022", "2025"),
)
"""By age. Elsewhere versions are numbers and order themselves."""

_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,18})*")
"""Longer numbers are no versions, and Python converts no number of any length."""

_ITEM = re.compile(
    r"(?P<first>[^-]+?)"
    r"(?:-(?P<last>.+)|(?P<newer> or newer)(?: with larger buffers)?|(?P<older> or older))?"
)
_SEPARATOR = re.compile(r", or |, | or (?!newer|older)")


class Versions(NamedTuple):
    """From `first` to all that begin with `last`, both included; ``last=None`` has no end."""

    first: Key
    last: Key | None

    def overlaps(self, other: Versions) -> bool:
        """Whether some version is in both."""
        return _reaches(self.first, other.last) and _reaches(other.first, self.last)

    def holds(self, other: Versions) -> bool:
        """Whether everything from here on that `other` has is here: ranges without an end only."""
        return self.last is None and self.first <= other.first


class Claim(NamedTuple):
    """A family and which of its versions; no versions: nothing is said about them."""

    family: str
    versions: tuple[Versions, ...]


def family_names(name: str) -> tuple[str, ...]:
    """The families in the name of a label: ``macOS or iOS`` holds two."""
    return tuple(name.split(" or "))


def narrowest(names: Iterable[str]) -> tuple[str, ...]:
    """The families of several labels, each once, in order."""
    return tuple(dict.fromkeys(family for name in names for family in family_names(name)))


def told_families(families: tuple[str, ...]) -> tuple[str, ...]:
    """Those that an answer names: none where more than `MAX_FAMILIES` fit."""
    return families if len(families) <= MAX_FAMILIES else ()


def family_text(families: tuple[str, ...]) -> str:
    """One family, or two with "or" between them; more are `UNKNOWN`."""
    told = told_families(families)
    return " or ".join(told) if told else UNKNOWN


@lru_cache(maxsize=4096)
def claims(name: str, flavor: str) -> tuple[Claim, ...]:
    """What a label claims, one claim a family, in the order of its name."""
    families = family_names(name)
    if len(families) == 1:
        return (Claim(name, versions(name, flavor)),)
    parts = flavor.split(" / ")
    if len(parts) != len(families):
        return tuple(Claim(family, ()) for family in families)
    pairs = zip(families, parts, strict=True)
    return tuple(Claim(family, versions(family, part.removeprefix(f"{family} "))) for family, part in pairs)


def flavor_items(text: str) -> list[str]:
    """The versions of a flavor's part, each as it is written: ``7, 8 or 10`` holds three."""
    return _SEPARATOR.split(text) if text else []


def versions(family: str, text: str) -> tuple[Versions, ...]:
    """The versions of a flavor's part for one family; none when it is not in the grammar."""
    found = []
    for item in flavor_items(text):
        one = _item(family, item)
        if one is None:
            return ()
        found.append(one)
    return tuple(one for one in found if not any(other != one and other.holds(one) for other in found))


def version_key(family: str, text: str) -> Key | None:
    """A version's place in the order of its family; None for what is no version."""
    if family == "Windows":
        return (WINDOWS_RELEASES.index(text),) if text in WINDOWS_RELEASES else None
    return tuple(map(int, text.split("."))) if _NUMBER.fullmatch(text) else None


def _item(family: str, text: str) -> Versions | None:
    match = _ITEM.fullmatch(text)
    first = version_key(family, match["first"]) if match else None
    if match is None or first is None:
        return None
    if match["older"]:
        return Versions((), first)
    if match["newer"]:
        return Versions(first, None)
    last = version_key(family, match["last"]) if match["last"] else first
    return None if last is None else Versions(first, last)


def _reaches(first: Key, last: Key | None) -> bool:
    """Whether `first` is not later than `last`, which stands for all that begin with it."""
    return last is None or first[: len(last)] <= last
