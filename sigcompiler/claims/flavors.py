"""Parses labels into families and the versions of each family.

docs/reference/signature-format.md defines the grammar of flavors. A flavor that does not follow it, as in
databases from other projects, states no versions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sigcompiler.claims.versions import NEWEST, OLDEST, Ranges, Versions, version_range

MAX_FAMILIES = 2

_ITEM = re.compile(
    r"(?P<first>[^-]+?)"
    r"(?:-(?P<last>.+)|(?P<newer> or newer)(?: with larger buffers)?|(?P<older> or older))?"
)
_SEPARATOR = re.compile(r", or |, | or (?!newer|older)")


class Claim(NamedTuple):
    """A family and its possible versions; an empty `versions` leaves the version open."""

    family: str
    versions: Ranges


def label_text(name: str, flavor: str) -> str:
    """Name and flavor as one text.

    The result is the flavor alone if it repeats the families, as "macOS 10.14 or newer / iOS 13 or newer"
    does for the name "macOS or iOS".
    """
    first, either, _ = name.partition(" or ")
    if not flavor or (either and flavor.startswith(f"{first} ")):
        return flavor or name
    return f"{name} {flavor}"


def family_names(name: str) -> tuple[str, ...]:
    """The families in a label's name: ``macOS or iOS`` has two."""
    return tuple(name.split(" or "))


def named_families(families: tuple[str, ...]) -> tuple[str, ...]:
    """The families that an answer names: none if more than `MAX_FAMILIES` fit."""
    return families if len(families) <= MAX_FAMILIES else ()


@lru_cache(maxsize=4096)
def claims(name: str, flavor: str) -> tuple[Claim, ...]:
    """The claims of a label: one for each family, in the order of the name."""
    families = tuple(dict.fromkeys(family_names(name)))
    if len(families) == 1:
        return (Claim(families[0], versions(families[0], flavor)),)
    parts = flavor.split(" / ")
    if len(parts) != len(families):
        return tuple(Claim(family, ()) for family in families)
    pairs = zip(families, parts, strict=True)
    return tuple(Claim(family, versions(family, part.removeprefix(f"{family} "))) for family, part in pairs)


def flavor_items(text: str) -> list[str]:
    """The versions in one part of a flavor, each as written: ``7, 8 or 10`` has three."""
    return _SEPARATOR.split(text) if text else []


def versions(family: str, text: str) -> Ranges:
    """The versions in one part of a flavor, for one family; empty if it does not follow the grammar."""
    found = []
    for item in flavor_items(text):
        one = _item(family, item)
        if one is None:
            return ()
        found.append(one)
    # A range within another, open-ended one adds nothing.
    return tuple(one for one in found if not any(other != one and other.holds(one) for other in found))


def _item(family: str, text: str) -> Versions | None:
    match = _ITEM.fullmatch(text)
    first = version_range(family, match["first"]) if match else None
    if match is None or first is None:
        return None
    if match["older"]:
        return Versions(OLDEST, first.last)
    if match["newer"]:
        return Versions(first.first, NEWEST)
    last = version_range(family, match["last"]) if match["last"] else first
    return None if last is None or last.last < first.first else Versions(first.first, last.last)
