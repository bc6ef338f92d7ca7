"""What a database says about a SYN or SYN+ACK."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import huginn_cffi as hg
from huginn_cffi.results.match import Match, match_of
from huginn_cffi.results.observables import ObservableTcp
from huginn_cffi.results.views import view
from sigcompiler.vocabulary import QUALITY, QUALITY_FUZZY

if TYPE_CHECKING:
    from huginn_cffi.labels.confidence import Basis


class OsMatch(Match):
    """The signature of the database that named a SYN or SYN+ACK."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (
        *("name", "flavor", "kind", "fuzzy", "userland", "quality", "signature", "file", "line"),
    )

    @property
    def fuzzy(self) -> bool:
        """True when the TTL or a soft quirk differs from the signature."""
        return bool(self._batch.cells.fuzzy[self._row])

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
        from huginn_cffi.results.candidates import other_labels

        return other_labels(self._batch, self._row, self._signature)

    @property
    def family(self) -> str:
        """One family, or two that send the same ("macOS or iOS"); "unknown" where more do."""
        from huginn_cffi.labels.families import family_text

        return family_text(self._families())

    @property
    def confidence(self) -> float:
        """The share of answers of this kind whose `family` is right, measured; 0.0 for "unknown"."""
        from huginn_cffi.labels.confidence import confidence

        return confidence(self._basis())

    @property
    def version_confidence(self) -> float | None:
        """The share of answers of this kind whose versions are right; None where that is not measured."""
        from huginn_cffi.labels.confidence import version_confidence

        return version_confidence(self._basis(), self.flavor)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why, in words: how the signature fits, what differs, where it comes from."""
        from huginn_cffi.labels.evidence import evidence

        seen = view(ObservableTcp, self._batch, self._row)
        return evidence(self._signature, fuzzy=self.fuzzy, families=self._families(), seen=seen)

    def _families(self) -> tuple[str, ...]:
        """The families of all labels that fit as well as this one."""
        from huginn_cffi.labels.families import narrowest
        from huginn_cffi.results.candidates import labels_alike

        alike = labels_alike(self._batch, self._row)
        return narrowest((self.name, *(label.name for label in alike)))

    def _basis(self) -> Basis:
        from huginn_cffi.labels.confidence import basis

        provenance = self._signature.provenance
        return basis(self.kind, self.fuzzy, self._families(), provenance, tool=self.userland)


def os_match(batch: hg.Batch, row: int, signature: hg.Signature) -> OsMatch:
    """The match of a row that `signature` named."""
    return match_of(OsMatch, batch, row, signature)
