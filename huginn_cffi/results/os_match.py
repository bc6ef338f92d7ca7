"""What a database says about a SYN or SYN+ACK."""

from __future__ import annotations

from typing import ClassVar

from huginn_cffi.batch.rows import Rows
from huginn_cffi.results.answers import HandshakeAnswer, answer
from huginn_cffi.results.match import Match, match_of
from huginn_cffi.signatures.signatures import Signature
from sigcompiler.vocabulary import QUALITY, QUALITY_FUZZY


class OsMatch(Match):
    """The signature of the database that named a SYN or SYN+ACK."""

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...]] = (
        *("name", "flavor", "kind", "fuzzy", "userland", "quality", "signature", "file", "line"),
    )

    @property
    def fuzzy(self) -> bool:
        """True when the TTL or a soft quirk differs from the signature."""
        return bool(self._batch._cells.fuzzy[self._row])

    @property
    def userland(self) -> bool:
        """True when a tool made the packet, not a system's own network stack."""
        return self._signature.label.userland

    @property
    def quality(self) -> float:
        """Specific 1.0, generic 0.8, fuzzy 0.5."""
        return QUALITY_FUZZY if self.fuzzy else QUALITY[self.kind]

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every other label ("name flavor") whose signature fits as well as this one, in order."""
        return self._answer().candidates

    @property
    def family(self) -> str | None:
        """One family, or two that send the same ("macOS or iOS"); ``None`` where more do."""
        return self._answer().family

    @property
    def confidence(self) -> float:
        """The share of answers of this kind whose `family` is right, measured; 0.0 without a family."""
        return self._answer().confidence

    @property
    def version_confidence(self) -> float | None:
        """The share of answers of this kind whose versions are right; None where that is not measured."""
        return self._answer().version_confidence

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why, in words: how the signature fits, what differs, where it comes from."""
        return self._answer().evidence

    def _answer(self) -> HandshakeAnswer:
        found = answer(self._batch, self._row)
        assert found is not None  # a signature named the row
        return found


def os_match(batch: Rows, row: int, signature: Signature) -> OsMatch:
    """The match of a row that `signature` named."""
    return match_of(OsMatch, batch, row, signature)
