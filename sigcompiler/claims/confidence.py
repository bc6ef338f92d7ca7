"""Confidence tables: how often answers are right, by what they rest on. The format is in docs/database.md.

`confidence` and `version_confidence` have a share for each basis: how the signature fits, how many families
the answer names, and the weight of the signature's source (``specific 1 high``). `standing` lowers both by
what labelled hosts have confirmed of a family.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import product
from typing import Any, Literal, NamedTuple, get_args

from sigcompiler.claims.flavors import MAX_FAMILIES
from sigcompiler.claims.sources import WEIGHTS, Weight

Manner = Literal["specific", "generic", "fuzzy"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
"""How a signature fits: exactly, by the kind of its label, or fuzzily."""

UNIT = 1_000_000
"""Shares are stored in millionths."""

UNPROVEN = 0.5
"""The standing of a family that no labelled host has confirmed."""


class ConfidenceError(ValueError):
    """A confidence table that does not follow the format."""


class Confidence(NamedTuple):
    """Shares from 0.0 to 1.0, by the names of bases (all of `confidence`) and of families."""

    confidence: Mapping[str, float]
    version_confidence: Mapping[str, float]
    standing: Mapping[str, float]


def basis_name(manner: Manner, families: int, weight: Weight) -> str:
    """How tables name a basis."""
    return f"{manner} {families} {weight}"


BASES = tuple(basis_name(*one) for one in product(MANNERS, range(1, MAX_FAMILIES + 1), WEIGHTS))
"""All bases, by their numbers in a database."""


def read_confidence(path: str | os.PathLike[str]) -> Confidence:
    """The tables of a file; `ConfidenceError` when it does not follow the format, else `OSError`."""
    import json

    name = os.fspath(path)
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes 5 ms to import
        try:
            found = json.load(file)
        except (ValueError, RecursionError) as error:
            raise ConfidenceError(f"{name}: not JSON: {error}") from None
    try:
        return confidence_of(found)
    except ConfidenceError as error:
        raise ConfidenceError(f"{name}: {error}") from None


def confidence_of(found: Any) -> Confidence:
    """The same of what JSON holds."""
    if not isinstance(found, Mapping):
        raise ConfidenceError("not an object with confidence, version_confidence and standing")
    made = Confidence(*(_shares(found, key) for key in Confidence._fields))
    missing = [name for name in BASES if name not in made.confidence]
    if missing:
        raise ConfidenceError(f"confidence has no share for {missing[0]!r}")
    for key in ("confidence", "version_confidence"):
        unknown = [name for name in getattr(made, key) if name not in BASES]
        if unknown:
            raise ConfidenceError(f"{key}: {unknown[0]!r} is no basis; one is {BASES[0]!r}")
    return made


def _shares(found: Mapping[str, Any], key: str) -> dict[str, float]:
    values = found.get(key)
    if not isinstance(values, Mapping):
        raise ConfidenceError(f"{key} is missing, or no object")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ConfidenceError(f"{key}: the share of {name!r} is no number from 0 to 1")
    return {name: round(value * UNIT) / UNIT for name, value in values.items()}
