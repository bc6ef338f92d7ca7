"""What the core says of handshakes beyond their own signature: families, how sure they are, and why.

The rules are in ``csrc/answers``; here its answers become objects.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, Literal, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData, handle_of
from huginn_cffi.results.values import written
from sigcompiler.claims.confidence import MANNERS, Manner, basis_name
from sigcompiler.claims.sources import WEIGHTS, Weight

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows
    from huginn_cffi.signatures.opened import OpenDatabase
    from sigcompiler.claims.flavors import Claim
    from sigcompiler.claims.labels import LabelClaim

_FIRST_BYTES = 4096
"""Enough for the texts of nearly every answer; longer ones are asked for again."""

Contradiction = Literal["families", "versions"]
CONTRADICTIONS: dict[int, Contradiction] = {
    lib.HG_CONTRADICT_STACK: "families",
    lib.HG_CONTRADICT_FAMILY: "families",
    lib.HG_CONTRADICT_VERSION: "versions",
}
"""By what two claims contradict each other."""


class Basis(NamedTuple):
    """What the confidence of an answer depends on."""

    manner: Manner
    """How the signature fits: fuzzily, or exactly, by the kind of its label."""
    families: int
    """How many families the answer names."""
    weight: Weight
    """The weight of the signature's source."""
    names: tuple[str, ...] = ()
    """The families, if confirmations by labelled hosts count for them."""

    def __str__(self) -> str:
        """The key of the table: ``specific 1 high``."""
        return basis_name(self.manner, self.families, self.weight)


class HandshakeAnswer(NamedTuple):
    """What all signatures that fit a handshake as well as its own say together."""

    family: str | None
    """One or two with "or" between them; None where more fit."""
    confidence: float
    """The share of answers of this kind whose family is right; 0.0 without a family."""
    version_confidence: float | None
    """The same of versions; None where none are named, or it is not measured."""
    candidates: tuple[str, ...]
    """The other labels."""
    evidence: tuple[str, ...]
    """Why, in words."""
    families: tuple[str, ...]
    """All that fit."""
    version_share: float | None
    """`version_confidence`, whether or not versions are named."""
    basis: Basis


def answer(batch: Rows, row: int) -> HandshakeAnswer | None:
    """The answer to one handshake; None where no signature fits."""
    raw, handle = ffi.new("hg_answer *"), handle_of(batch.database)
    out, length = written(lib.hg_row_answer, batch._native, handle, row, raw, capacity=_FIRST_BYTES)
    return _answer(raw, bytes(ffi.buffer(out, length))) if length else None


def confidence(database: OpenDatabase, basis: Basis) -> tuple[float, float | None]:
    """The shares of right families and of right versions among answers of this kind."""
    from sigcompiler.claims.labels import family_identity

    raw = ffi.new("hg_basis *")
    raw.manner, raw.weight = MANNERS.index(basis.manner), WEIGHTS.index(basis.weight)
    raw.family_count, raw.counts_families = basis.families, bool(basis.names)
    for place, name in enumerate(basis.names[: lib.HG_CLAIM_FAMILIES]):
        raw.families[place] = family_identity(name)
    share, versions = ffi.new("double *"), ffi.new("double *")
    lib.hg_confidence(database._handle, raw, share, versions)
    return share[0], _number(versions[0])


def agreement(one: LabelClaim, other: LabelClaim) -> int:
    """Whether two claims can be of one system: an ``hg_agreement``."""
    kept: list[CData] = []
    return lib.hg_claims_agree(_claim(one, kept), _claim(other, kept))


@lru_cache(maxsize=4096)
def contradiction(one: tuple[Claim, ...], other: tuple[Claim, ...]) -> Contradiction | None:
    """By what two systems, each with the families that it may be, contradict each other."""
    from sigcompiler.claims.labels import claim_of_families

    return CONTRADICTIONS.get(agreement(claim_of_families(one), claim_of_families(other)))


def _claim(claim: LabelClaim, kept: list[CData]) -> CData:
    """The claim for the core; `kept` must live as long."""
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
