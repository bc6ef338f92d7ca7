"""The database match of a packet, a ClientHello or an HTTP message."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import attrgetter

from huginn_cffi._native import ffi, lib
from huginn_cffi.run import http_rows
from huginn_cffi.run.answers import HandshakeAnswer, answer
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.signatures import Kind, Signature
from huginn_cffi.run.views import Derived, View, view
from sigcompiler.vocabulary import QUALITY, QUALITY_FUZZY


class Match(
    View,
    shows=(
        *("name", "flavor", "kind", "fuzzy", "userland", "stable", "wildcard", "quality"),
        *("signature", "file", "line"),
    ),
):
    """The database signature that named a SYN, SYN+ACK, ClientHello or HTTP message."""

    __slots__ = ("_signature",)
    _signature: Signature

    name: Derived[str] = Derived(attrgetter("_signature.name"), "The system's, tool's or client's name.")
    flavor: Derived[str] = Derived(attrgetter("_signature.flavor"), "Its version or variant; may be empty.")
    kind: Derived[Kind] = Derived(attrgetter("_signature.kind"), "Whether the label is specific or generic.")
    signature: Derived[str] = Derived(attrgetter("_signature.text"), "The signature as written in its file.")
    file: Derived[str] = Derived(attrgetter("_signature.file"), "The file that the signature comes from.")
    line: Derived[int] = Derived(
        attrgetter("_signature.line"), "The signature's line in its file, counted from 1."
    )
    userland: Derived[bool] = Derived(
        attrgetter("_signature.userland"),
        "True when a tool made the packet, not a system's stack.",
    )

    @property
    def fuzzy(self) -> bool:
        """True when the TTL or a soft quirk of a SYN or SYN+ACK differs from the signature."""
        return bool(self._batch._cells.fuzzy[self._row])

    @property
    def stable(self) -> bool:
        """True when the stable JA4 fits the signature but the JA4 does not."""
        return bool(self._batch._cells.client_stable[self._row])

    @property
    def wildcard(self) -> bool:
        """True when the signature of a ClientHello or a message has wildcards."""
        return bool(self._batch._cells.client_wildcard[self._row])

    @property
    def quality(self) -> float:
        """Specific 1.0, generic 0.8, fuzzy or with wildcards 0.5."""
        return QUALITY_FUZZY if self.fuzzy or self.wildcard else QUALITY[self.kind]

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every other label ("name flavor") whose signature fits as well as this one, in order."""
        found, batch = self._answer(), self._batch
        if found is not None:
            return found.candidates
        assert batch.database is not None
        if self._signature.section != "tls:client":
            return self._other_labels(http_rows.fitting(batch, self._row, batch.database))
        place = slice(self._row * lib.HG_JA4_LENGTH, (self._row + 1) * lib.HG_JA4_LENGTH)
        ja4, stable = bytes(batch._cells.ja4[place]), bytes(batch._cells.ja4_stable[place])
        fitting = ffi.new("hg_tls_match[]", _MOST_FITTING)
        count = lib.hg_database_match_all_tls(batch.database._handle, ja4, stable, fitting, _MOST_FITTING)
        records = batch.database._records.tls
        return self._other_labels(
            records[one.signature]
            for one in fitting[0 : min(count, _MOST_FITTING)]
            if bool(one.wildcard) == self.wildcard
        )

    @property
    def family(self) -> str | None:
        """Of a SYN or SYN+ACK: one family, or two that send the same packet ("macOS or iOS")."""
        found = self._answer()
        return None if found is None else found.family

    @property
    def confidence(self) -> float | None:
        """The share of answers of this kind whose `family` is right, measured; 0.0 without a family.

        Of ClientHellos the share with this label that its system or browser sent, on a network 2019 to 2021;
        ``None`` for labels that were not evaluated there, and for HTTP programs.
        """
        found = self._answer()
        if found is not None:
            return found.confidence
        if self._signature.section != "tls:client":
            return None
        database = self._batch.database
        assert database is not None
        share = float(lib.hg_client_confidence(database._handle, self._batch._cells.client[self._row]))
        return None if math.isnan(share) else share

    @property
    def version_confidence(self) -> float | None:
        """The share of answers of this kind whose versions are right; None if it was not measured."""
        found = self._answer()
        return None if found is None else found.version_confidence

    @property
    def evidence(self) -> tuple[str, ...]:
        """The reasons in words: how a handshake's signature fits, which fields differ, and its source."""
        found = self._answer()
        return () if found is None else found.evidence

    def __str__(self) -> str:
        return self._signature.label

    def _answer(self) -> HandshakeAnswer | None:
        return answer(self._batch, self._row) if self._signature.section.startswith("tcp:") else None

    def _other_labels(self, fitting: Iterable[Signature]) -> tuple[str, ...]:
        """Labels of the other signatures that fit equally well, without the match's own label."""
        labels = dict.fromkeys(one.label for one in fitting if one.kind == self.kind)
        labels.pop(self._signature.label, None)
        return tuple(labels)


def match_of(batch: Rows, row: int, signature: Signature) -> Match:
    """The match of a row that `signature` named."""
    made = view(Match, batch, row)
    made._signature = signature
    return made


_MOST_FITTING = 256
"""Limit of the fitting signatures that are searched for other labels."""
