"""The database match of a packet, a ClientHello or an HTTP message."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import attrgetter
from typing import TypeVar

from huginn_cffi._native import ffi, lib
from huginn_cffi.run import http_rows
from huginn_cffi.run.answers import HandshakeAnswer, answer
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.signatures import Kind, Signature
from huginn_cffi.run.views import Derived, View, view
from sigcompiler.vocabulary import QUALITY, QUALITY_FUZZY


class Match(View):
    """The database signature that named an observation."""

    __slots__ = ("_signature",)
    _signature: Signature

    name: Derived[str] = Derived(
        attrgetter("_signature.label.name"), "The system's, tool's or client's name."
    )
    flavor: Derived[str] = Derived(
        attrgetter("_signature.label.flavor"), "Its version or variant; may be empty."
    )
    kind: Derived[Kind] = Derived(
        attrgetter("_signature.label.kind"), "Whether the label is specific or generic."
    )
    signature: Derived[str] = Derived(attrgetter("_signature.text"), "The signature as written in its file.")
    file: Derived[str] = Derived(attrgetter("_signature.file"), "The file that the signature comes from.")
    line: Derived[int] = Derived(
        attrgetter("_signature.line"), "The signature's line in its file, counted from 1."
    )

    def __str__(self) -> str:
        return str(self._signature.label)


MatchType = TypeVar("MatchType", bound=Match)


def match_of(kind: type[MatchType], batch: Rows, row: int, signature: Signature) -> MatchType:
    """The match of a row that `signature` named."""
    made = view(kind, batch, row)
    made._signature = signature
    return made


class OsMatch(
    Match, shows=("name", "flavor", "kind", "fuzzy", "userland", "quality", "signature", "file", "line")
):
    """The database signature that named a SYN or SYN+ACK."""

    @property
    def fuzzy(self) -> bool:
        """True when the TTL or a soft quirk differs from the signature."""
        return bool(self._batch._cells.fuzzy[self._row])

    userland: Derived[bool] = Derived(
        attrgetter("_signature.label.userland"),
        "True when a tool made the packet, not a system's own network stack.",
    )

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
        """One family, or two that send the same packet ("macOS or iOS"); ``None`` if more do."""
        return self._answer().family

    @property
    def confidence(self) -> float:
        """The share of answers of this kind whose `family` is right, measured; 0.0 without a family."""
        return self._answer().confidence

    @property
    def version_confidence(self) -> float | None:
        """The share of answers of this kind whose versions are right; None if it was not measured."""
        return self._answer().version_confidence

    @property
    def evidence(self) -> tuple[str, ...]:
        """The reasons in words: how the signature fits, which fields differ, and its source."""
        return self._answer().evidence

    def _answer(self) -> HandshakeAnswer:
        found = answer(self._batch, self._row)
        assert found is not None  # a match exists only if a signature named the row
        return found


_MOST_FITTING = 256
"""Limit of the fitting signatures that are searched for other labels."""


class ClientMatch(
    Match,
    shows=(
        *("name", "flavor", "kind", "stable", "wildcard", "quality", "signature", "file", "line"),
        "confidence",
    ),
):
    """The database signature that named a ClientHello or an HTTP message."""

    @property
    def stable(self) -> bool:
        """True when the stable JA4 fits the signature but the JA4 does not."""
        return bool(self._batch._cells.client_stable[self._row])

    @property
    def wildcard(self) -> bool:
        """True when the signature has wildcards."""
        return bool(self._batch._cells.client_wildcard[self._row])

    @property
    def quality(self) -> float:
        """Specific 1.0, generic 0.8, with wildcards 0.5."""
        return QUALITY_FUZZY if self.wildcard else QUALITY[self.kind]

    @property
    def confidence(self) -> float | None:
        """The share of ClientHellos with this label sent by its system or browser, on a network 2019 to 2021.

        ``None`` for labels that were not evaluated there, and for HTTP programs.
        """
        batch = self._batch
        assert batch.database is not None
        if len(batch.http) and self._row in batch.http["row"]:
            return None
        share = float(lib.hg_client_confidence(batch.database._handle, batch._cells.client[self._row]))
        return None if math.isnan(share) else share

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every other label ("name flavor") whose signature fits as well as this one, in order."""
        batch = self._batch
        assert batch.database is not None
        if len(batch.http) and self._row in batch.http["row"]:
            return self._other_labels(http_rows.fitting(batch, self._row, batch.database))
        place = slice(self._row * lib.HG_JA4_LENGTH, (self._row + 1) * lib.HG_JA4_LENGTH)
        ja4, stable = bytes(batch._cells.ja4[place]), bytes(batch._cells.ja4_stable[place])
        found = ffi.new("hg_tls_match[]", _MOST_FITTING)
        count = lib.hg_database_match_all_tls(batch.database._handle, ja4, stable, found, _MOST_FITTING)
        records = batch.database._records.tls
        return self._other_labels(
            records[one.signature]
            for one in found[0 : min(count, _MOST_FITTING)]
            if bool(one.wildcard) == self.wildcard
        )

    def _other_labels(self, fitting: Iterable[Signature]) -> tuple[str, ...]:
        """Labels of the other signatures that fit equally well, without the match's own label."""
        labels = dict.fromkeys(str(one.label) for one in fitting if one.label.kind == self.kind)
        labels.pop(str(self._signature.label), None)
        return tuple(labels)
