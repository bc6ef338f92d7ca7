"""How sure the name of a host is, for people."""

from __future__ import annotations

from sigcompiler.claims.flavors import family_names

EQUALLY_LIKELY = "equally likely"


def confidence_text(family: str | None, confidence: float) -> str:
    """A percentage, never rounded up to certainty; none of several families, which all fit as well."""
    if family is None or not confidence:
        return ""
    return EQUALLY_LIKELY if len(family_names(family)) > 1 else f"{int(100 * confidence)} %"
