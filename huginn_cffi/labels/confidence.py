"""How often answers like this one are right, measured.

The table ``data/confidence.json`` was made by the command that stands in it: labelled hosts,
grouped by how they were named, and the share of right families in each group. No signature
counted for a host whose captures are its only support.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from huginn_cffi.labels.families import MAX_FAMILIES

if TYPE_CHECKING:
    from huginn_cffi.database.signatures import Kind

Manner = Literal["specific", "generic", "fuzzy"]
Witness = Literal["high", "medium", "low", "unstated"]

TABLE = Path(__file__).parents[1] / "data" / "confidence.json"
WITNESSES: tuple[Witness, ...] = get_args(Witness)
"""From the strongest to none."""


class Basis(NamedTuple):
    """What a confidence depends on."""

    manner: Manner
    """How the signature fits: fuzzily, or exactly, by the kind of its label."""
    families: int
    """How many families the answer names."""
    witness: Witness
    """The confidence that ends the provenance of the signature."""

    def __str__(self) -> str:
        """The key of the table: ``specific 1 high``."""
        return f"{self.manner} {self.families} {self.witness}"


def basis(kind: Kind, fuzzy: bool, families: int, provenance: str) -> Basis:
    """The basis of a match."""
    return Basis("fuzzy" if fuzzy else kind, families, witness(provenance))


def witness(provenance: str) -> Witness:
    """What the last word of a provenance says about its weight."""
    word = provenance.rpartition(";")[2].strip()
    return next((known for known in WITNESSES if known == word), "unstated")


def confidence(found: Basis) -> float:
    """The share of answers of this kind that is right, 0.0 to 1.0; more than two families are none."""
    if not 0 < found.families <= MAX_FAMILIES:
        return 0.0
    return _table()[str(found)]


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    """Shares by basis."""
    import json

    cells: dict[str, float] = json.loads(TABLE.read_text(encoding="utf-8"))["confidence"]
    return cells
