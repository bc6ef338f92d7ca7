"""What a signature's number stands for, as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from sigcompiler.claims.flavors import Claim, claims, label_text
from sigcompiler.diagnostics import valid

if TYPE_CHECKING:
    from huginn_cffi.database.signatures import Signature
    from huginn_cffi.results.os_match import OsMatch

Fit = Literal["specific", "generic", "fuzzy"]


class Key(NamedTuple):
    """What a name depends on."""

    signature: int
    fuzzy: bool
    event: int


@dataclass(frozen=True, slots=True)
class Named:
    """A match as a report shows it; texts are valid UTF-8.

    ``system`` and ``version`` are the label's name and flavor, ``family`` and ``confidence`` (0.0
    to 1.0) are those of the first packet that was named so.
    """

    system: str
    version: str
    family: str
    confidence: float
    fit: Fit
    userland: bool
    unreliable_ttl: bool
    text: str

    @property
    def label(self) -> str:
        """System and version."""
        return label_text(self.system, self.version)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The families that it may be, and which of their versions."""
        return claims(self.system, self.version)


def named(match: OsMatch, signature: Signature) -> Named:
    """What a report keeps of a match."""
    return Named(
        system=valid(match.name),
        version=valid(match.flavor),
        family=valid(match.family),
        confidence=match.confidence,
        fit="fuzzy" if match.fuzzy else match.kind,
        userland=match.userland,
        unreliable_ttl=signature.unreliable_ttl,
        text=valid(signature.text),
    )
