"""Confidence tables: how often answers are right. The format is in docs/reference/signature-format.md.

`confidence` and `version_confidence` have a share for each basis: how the signature fits, the number of
families in the answer, and the weight of the signature's source (``specific 1 high``). `standing` has a
factor for each family that labelled hosts confirmed. `clients` has shares for ClientHellos, by label;
`segments` for answers without a handshake, by family; `devices` by announcement and value (``mac model``);
`assumed` names the shares of `devices` that no labelled device measured.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Literal, NamedTuple, get_args

from sigcompiler.claims.flavors import MAX_FAMILIES
from sigcompiler.claims.sources import WEIGHTS, Weight
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, DeviceField

Manner = Literal["specific", "generic", "fuzzy"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
"""How a signature fits: exactly, with a specific or a generic label, or fuzzily."""

UNIT = 1_000_000
"""Shares are stored in millionths."""

ASSUMED = 1 << 31
"""Marks a share that no labelled device measured."""

MOST_BYTES = 1 << 20
"""Size limit of a confidence file."""

UNPROVEN = 0.5
"""The share for claims that no labelled host has confirmed."""

NEW_FAMILY = 0.833
"""The standing of a family that no labelled host has confirmed. In a test that left out the only source of
four hosts' families, all four were still named correctly: (4 + 1) / (4 + 2)."""


class ConfidenceError(ValueError):
    """A confidence table that does not follow the format."""


class Confidence(NamedTuple):
    """Shares from 0.0 to 1.0: the first two by basis, `standing` by family. `confidence` has every basis."""

    confidence: Mapping[str, float]
    version_confidence: Mapping[str, float]
    standing: Mapping[str, float]
    clients: Mapping[str, float] = {}
    """By label of a TLS client; empty if the file has no such table."""
    segments: Mapping[str, float] = {}
    """By family, for answers without a handshake; empty if the file has no such table."""
    devices: Mapping[str, float] = {}
    """By the names in `ANNOUNCED`; empty if the file has no such table."""
    assumed: Sequence[str] = ()
    """The names in `devices` whose share no labelled device has measured."""


def basis_name(manner: Manner, families: int, weight: Weight) -> str:
    """The name of a basis in the tables."""
    return f"{manner} {families} {weight}"


BASES = tuple(basis_name(*one) for one in product(MANNERS, range(1, MAX_FAMILIES + 1), WEIGHTS))
"""All bases, in the order of their numbers in a database."""

ANNOUNCED = tuple(f"{kind} {field.name.lower()}" for kind, field in product(ANNOUNCEMENT_WORDS, DeviceField))
"""The names of announced values in the tables, in the order of their numbers in a database."""


def read_confidence(path: str | os.PathLike[str]) -> Confidence:
    """Read the tables from a file; `ConfidenceError` for a wrong format, `OSError` if it cannot be read."""
    import json

    name = os.fspath(path)
    try:
        return confidence_of(json.loads(_read(path), object_pairs_hook=_unique))
    except ConfidenceError as error:
        raise ConfidenceError(f"{name}: {error}") from None
    except (ValueError, RecursionError) as error:
        raise ConfidenceError(f"{name}: not JSON: {error}") from None


def _read(path: str | os.PathLike[str]) -> bytes:
    """Read a regular file of limited size; pipes and devices are refused because they may have no end."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - pathlib takes 5 ms to import
        raise ConfidenceError("not a regular file")
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ConfidenceError(f"has more than {MOST_BYTES >> 20} MiB")
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ConfidenceError(f"{next(name for name in names if names.count(name) > 1)!r} stands twice")
    return found


def confidence_of(found: Any) -> Confidence:
    """The tables from parsed JSON."""
    if not isinstance(found, Mapping):
        raise ConfidenceError("not an object with confidence, version_confidence and standing")
    keys = [key for key in Confidence._fields if key in found or key not in Confidence._field_defaults]
    assumed = found.get("assumed", [])
    if not isinstance(assumed, Sequence) or not all(name in ANNOUNCED for name in assumed):
        raise ConfidenceError("assumed is no list of keys of devices")
    made = Confidence(**{key: _shares(found, key) for key in keys if key != "assumed"}, assumed=assumed)
    missing = [name for name in BASES if name not in made.confidence]
    if missing:
        raise ConfidenceError(f"confidence has no share for {missing[0]!r}")
    for key, names in (("confidence", BASES), ("version_confidence", BASES), ("devices", ANNOUNCED)):
        unknown = [name for name in getattr(made, key) if name not in names]
        if unknown:
            raise ConfidenceError(f"{key}: {unknown[0]!r} is not a known key; an example is {names[0]!r}")
    return made


def _shares(found: Mapping[str, Any], key: str) -> dict[str, float]:
    values = found.get(key)
    if not isinstance(values, Mapping):
        raise ConfidenceError(f"{key} is missing, or no object")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ConfidenceError(f"{key}: the share of {name!r} is no number from 0 to 1")
        if not isinstance(name, str) or not name.isprintable():
            raise ConfidenceError(f"{key}: {name!r} is no name")
    if len({name.lower() for name in values}) < len(values):
        raise ConfidenceError(f"{key}: two names differ in the case of letters alone")
    return {name: round(value * UNIT) / UNIT for name, value in values.items()}
