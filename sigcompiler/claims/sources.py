"""What the provenance of a signature says about its weight."""

from __future__ import annotations

import re
from typing import Literal, get_args

Weight = Literal["unstated", "low", "medium", "high"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""By their numbers in a database, which rise with the weight."""

_NOT_OF_THE_RELEASE = re.compile(r"\b(fixed|by a program|by setting|retransmission)\b")
"""Words of a provenance: a program or a bad line made the packet what it is, not the release."""


def weight(provenance: str) -> Weight:
    """The word that ends a provenance, after its last semicolon."""
    word = provenance.rpartition(";")[2].strip()
    return next((known for known in WEIGHTS if known == word), "unstated")


def is_last_resort(provenance: str) -> bool:
    """Whether the versions of its label count only where nothing else names any."""
    return _NOT_OF_THE_RELEASE.search(provenance) is not None
