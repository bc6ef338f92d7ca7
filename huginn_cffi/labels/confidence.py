"""How often answers like this one are right, measured.

The file ``data/confidence.json`` was made by the command that stands in it: labelled hosts,
grouped by how they were named, and the shares of right families and of right versions in each
group. No signature counted for a host whose captures are its only support. Beside them stands what
labelled hosts have borne out of each family: no answer claims more than that of the best known one it names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from huginn_cffi.labels.families import MAX_FAMILIES

if TYPE_CHECKING:
    from huginn_cffi.database.signatures import Kind

Manner = Literal["specific", "generic", "fuzzy"]
Witness = Literal["high", "medium", "low", "unstated"]

TABLE = os.path.join(  # noqa: PTH118 - pathlib takes 5 ms to import
    os.path.dirname(os.path.dirname(__file__)),  # noqa: PTH120
    *("data", "confidence.json"),
)
UNPROVEN = 0.5
"""What a family is worth that no labelled host has borne out."""

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
    names: tuple[str, ...] = ()
    """The families, where what labelled hosts have borne out of them counts."""

    def __str__(self) -> str:
        """The key of the table: ``specific 1 high``."""
        return f"{self.manner} {self.families} {self.witness}"


def basis(
    kind: Kind, fuzzy: bool, families: tuple[str, ...], provenance: str, *, tool: bool = False
) -> Basis:
    """The basis of a match. Tools and signatures without provenance do not depend on their family."""
    word = witness(provenance)
    names = () if tool or word == "unstated" else families
    return Basis("fuzzy" if fuzzy else kind, len(families), word, names)


def witness(provenance: str) -> Witness:
    """What the last word of a provenance says about its weight."""
    word = provenance.rpartition(";")[2].strip()
    return next((known for known in WITNESSES if known == word), "unstated")


def confidence(found: Basis) -> float:
    """The share of answers of this kind that is right, 0.0 to 1.0; more than two families are none."""
    if not 0 < found.families <= MAX_FAMILIES:
        return 0.0
    return bounded(table("confidence")[str(found)], found, table("standing"))


def version_confidence(found: Basis, flavor: str) -> float | None:
    """The share of answers of this kind whose versions are right, 0.0 to 1.0.

    None for an answer without versions (an empty `flavor`), for more than two families, and where the table
    has no ``version_confidence`` for this basis.
    """
    if not flavor or not 0 < found.families <= MAX_FAMILIES:
        return None
    share = table("version_confidence").get(str(found))
    return None if share is None else bounded(share, found, table("standing"))


def bounded(share: float, found: Basis, standing: Mapping[str, float]) -> float:
    """`share`, lowered by what labelled hosts have borne out of the best known of the families."""
    return share * max((standing.get(name, UNPROVEN) for name in found.names), default=1.0)


def load_tables() -> None:
    """Read the file now, for who cannot read it later."""
    for name in ("confidence", "version_confidence", "standing"):
        table(name)


@lru_cache(maxsize=3)
def table(name: str) -> dict[str, float]:
    """One of the tables of the file, empty when it is not there."""
    import json

    with open(TABLE, encoding="utf-8") as file:  # noqa: PTH123 - as above
        cells: dict[str, float] = json.load(file).get(name, {})
    return cells
