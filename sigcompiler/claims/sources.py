"""Where claims come from: the weight of a signature from its provenance, the list of ends of support."""

from __future__ import annotations

import re
from typing import Literal, get_args

Weight = Literal["unstated", "low", "medium", "high"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""The weights in the order of their numbers in a database, lowest first."""

SUPPORT_LIST = "endoflife.date of August 2026"

_NOT_OF_THE_RELEASE = re.compile(r"\b(fixed|by a program|by setting|retransmission)\b")
"""Words in a provenance that mean: the packet does not depend on the release of its system."""


def weight(provenance: str) -> Weight:
    """The weight: the last word of a provenance, after its last semicolon."""
    word = provenance.rpartition(";")[2].strip()
    return next((known for known in WEIGHTS if known == word), "unstated")


def is_last_resort(provenance: str) -> bool:
    """Whether the label's versions count only if no other evidence names versions."""
    return _NOT_OF_THE_RELEASE.search(provenance) is not None
