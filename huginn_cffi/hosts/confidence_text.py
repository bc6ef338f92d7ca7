"""How sure the name of a host is, for people."""

from __future__ import annotations

from sigcompiler.claims.flavors import family_names


def confidence_text(family: str | None, confidence: float) -> str:
    """``98 %``, cut off, so that no name looks certain; the words are those of the core."""
    if family is None or not confidence:
        return ""
    text = f"{int(100 * confidence)} %"
    return f"{text} that it is one of the two, equally likely" if is_of_several(family) else text


def is_of_several(family: str) -> bool:
    """Whether the name is that of families which send the same."""
    return len(family_names(family)) > 1
