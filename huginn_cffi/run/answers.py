"""Answers about handshakes, drawn from all signatures that fit: families, their confidence, the reasons.

The rules are in ``csrc/names``; this module turns the core's answers into objects.
"""

from __future__ import annotations

from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData, handle_of
from huginn_cffi.run.views import written
from sigcompiler.claims.confidence import MANNERS, Manner, basis_name
from sigcompiler.claims.sources import WEIGHTS, Weight

if TYPE_CHECKING:
    from huginn_cffi.run.rows import Rows

_FIRST_BYTES = 4096
"""Holds the texts of nearly every answer; for longer texts the core is called again."""


class Basis(NamedTuple):
    """The facts that the confidence of an answer depends on."""

    manner: Manner
    """How the signature fits: fuzzily, or exactly; exact fits differ by the kind of the label."""
    families: int
    """How many families the answer names."""
    weight: Weight
    """The weight of the signature's source."""
    names: tuple[str, ...] = ()
    """The families; empty unless confirmations by labelled hosts affect the confidence."""

    def __str__(self) -> str:
        """The key of the table: ``specific 1 high``."""
        return basis_name(self.manner, self.families, self.weight)


class HandshakeAnswer(NamedTuple):
    """The joint answer of the signature that named a handshake and all others that fit equally well."""

    family: str | None
    """One family, or two joined by "or"; None if more than two fit."""
    confidence: float
    """The share of answers of this kind whose family is right; 0.0 without a family."""
    version_confidence: float | None
    """The share whose versions are right; None without versions, or if it was not measured."""
    candidates: tuple[str, ...]
    """The other labels."""
    evidence: tuple[str, ...]
    """The reasons, in words."""
    families: tuple[str, ...]
    """All families that fit."""
    version_share: float | None
    """`version_confidence`, whether or not versions are named."""
    basis: Basis


def answer(batch: Rows, row: int) -> HandshakeAnswer | None:
    """The answer for one handshake; None if no signature fits."""
    raw, handle = ffi.new("hg_answer *"), handle_of(batch.database)
    out, length = written(lib.hg_row_answer, batch._native, handle, row, raw, capacity=_FIRST_BYTES)
    return _answer(raw, bytes(ffi.buffer(out, length))) if length else None


def _answer(raw: CData, texts: bytes) -> HandshakeAnswer:
    ends = [0, *raw.ends]
    family, families, candidates, evidence = (
        tuple(line.decode("utf-8", "surrogateescape") for line in texts[start:end].split(b"\n")[:-1])
        for start, end in pairwise(ends)
    )
    basis = Basis(
        MANNERS[raw.basis.manner],
        raw.basis.family_count,
        WEIGHTS[raw.basis.weight],
        families if raw.basis.counts_families else (),
    )
    return HandshakeAnswer(
        family=family[0] if family else None,
        confidence=raw.confidence,
        version_confidence=_number(raw.version_confidence),
        candidates=candidates,
        evidence=evidence,
        families=families,
        version_share=_number(raw.version_share),
        basis=basis,
    )


def _number(value: float) -> float | None:
    return None if isnan(value) else value
