"""Answers about handshakes, drawn from all signatures that fit: families, their confidence, the reasons.

The rules are in ``csrc/answers``; this module turns the core's answers into objects.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, Literal, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData, handle_of
from huginn_cffi.base.later import Later
from huginn_cffi.results.views import written
from sigcompiler.claims.confidence import MANNERS, Manner, basis_name
from sigcompiler.claims.sources import WEIGHTS, Weight

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows
    from huginn_cffi.signatures import opened
    from sigcompiler.claims.flavors import Claim
    from sigcompiler.claims.labels import LabelClaim
else:
    opened = Later("huginn_cffi.signatures.opened")

_FIRST_BYTES = 4096
"""Holds the texts of nearly every answer; for longer texts the core is called again."""

Contradiction = Literal["families", "versions"]
CONTRADICTIONS: dict[int, Contradiction] = {
    lib.HG_CONTRADICT_STACK: "families",
    lib.HG_CONTRADICT_FAMILY: "families",
    lib.HG_CONTRADICT_VERSION: "versions",
}
"""The part in which two claims contradict each other."""


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

    def confidence(self, database: opened.OpenDatabase) -> tuple[float, float | None]:
        """The shares of right families and of right versions among answers with this basis."""
        from sigcompiler.claims.labels import family_identity

        raw = ffi.new("hg_basis *")
        raw.manner, raw.weight = MANNERS.index(self.manner), WEIGHTS.index(self.weight)
        raw.family_count, raw.counts_families = self.families, bool(self.names)
        for place, name in enumerate(self.names[: lib.HG_CLAIM_FAMILIES]):
            raw.families[place] = family_identity(name)
        share, versions = ffi.new("double *"), ffi.new("double *")
        lib.hg_confidence(database._handle, raw, share, versions)
        return share[0], _number(versions[0])


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


def agreement(one: LabelClaim, other: LabelClaim) -> int:
    """Whether two claims can describe the same system: an ``hg_agreement``."""
    kept: list[CData] = []
    return lib.hg_claims_agree(_claim(one, kept), _claim(other, kept))


@lru_cache(maxsize=4096)
def contradiction(one: tuple[Claim, ...], other: tuple[Claim, ...]) -> Contradiction | None:
    """The part in which two systems contradict each other; each is given as its possible families."""
    from sigcompiler.claims.labels import claim_of_families

    return CONTRADICTIONS.get(agreement(claim_of_families(one), claim_of_families(other)))


def _claim(claim: LabelClaim, kept: list[CData]) -> CData:
    """The claim as a C struct. `kept` holds its arrays and must live as long as the struct."""
    from sigcompiler.claims.labels import family_identity

    raw = ffi.new("hg_claim *")
    raw.kind, raw.stacks, raw.family_count = claim.kind, claim.stacks, len(claim.families)
    for place, one in enumerate(claim.families[: lib.HG_CLAIM_FAMILIES]):
        numbers = ffi.new("uint64_t[]", [end for versions in one.versions for end in versions])
        raw.families[place].identity = family_identity(one.family)
        raw.families[place].versions = numbers
        raw.families[place].version_count = len(one.versions)
        kept.append(numbers)
    return raw


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
