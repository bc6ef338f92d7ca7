"""Whether two names can be of one system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from huginn_cffi.labels.families import Claim, Versions

Contradiction = Literal["families", "versions"]


def contradiction(one: Sequence[Claim], other: Sequence[Claim]) -> Contradiction | None:
    """Whether two names cannot both be right of one system, and by what."""
    shared = {claim.family for claim in one} & {claim.family for claim in other}
    if not shared:
        return "families"
    pairs = ((_versions(one, family), _versions(other, family)) for family in shared)
    return None if any(_may_agree(first, second) for first, second in pairs) else "versions"


def _versions(claims: Sequence[Claim], family: str) -> tuple[Versions, ...]:
    return next(claim.versions for claim in claims if claim.family == family)


def _may_agree(first: tuple[Versions, ...], second: tuple[Versions, ...]) -> bool:
    """True when some version is in both, or one side says nothing about versions."""
    if not first or not second:
        return True
    return any(a.overlaps(b) for a in first for b in second)
