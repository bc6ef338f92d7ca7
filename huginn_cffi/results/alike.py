"""The answer about a handshake: its own signature, and all others that fit as well, taken together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from huginn_cffi.labels import confidence, evidence
from huginn_cffi.labels.families import family_text, narrowest

if TYPE_CHECKING:
    from huginn_cffi.database.signatures import Label
    from huginn_cffi.results.os_match import OsMatch


class Alike:
    """The match of a row, and the labels of all signatures that fit it as well, its own among them.

    As well means in the same way: exactly and of the same kind when its own fits exactly, fuzzily when it
    fits fuzzily.
    """

    __slots__ = ("_labels", "_match", "basis", "families")

    def __init__(self, match: OsMatch, labels: Iterable[Label]) -> None:
        self._match = match
        self._labels = list(labels)
        self.families = narrowest((match.name, *(label.name for label in self._labels)))
        """Those of all labels, each once."""
        provenance = match._signature.provenance
        tool = match.userland
        self.basis = confidence.basis(match.kind, match.fuzzy, self.families, provenance, tool=tool)
        """What the confidence depends on."""

    @property
    def candidates(self) -> tuple[str, ...]:
        """The other labels, each once, in the order of the matches."""
        others = dict.fromkeys(map(str, self._labels))
        others.pop(str(self._match), None)
        return tuple(others)

    @property
    def family(self) -> str:
        """The one or two families, or "unknown"."""
        return family_text(self.families)

    @property
    def confidence(self) -> float:
        """The share of answers of this kind whose family is right."""
        return confidence.confidence(self.basis)

    @property
    def version_confidence(self) -> float | None:
        """The share of answers of this kind whose versions are right; None where that is not measured."""
        return confidence.version_confidence(self.basis, self._match.flavor)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why, in words."""
        match = self._match
        return evidence.evidence(
            match._signature, fuzzy=match.fuzzy, families=self.families, seen=match._seen()
        )
