"""Signatures compared one after the other, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import (
    FUZZY_GAINED,
    FUZZY_LOST,
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    MAX_DISTANCE,
    PayloadClass,
    WindowKind,
)
from tests.reference.packet import Observation, window_multiple


class Fit(Enum):
    """How well one signature describes one packet."""

    NO = 0
    FUZZY = 1
    EXACT = 2


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """The signature that won."""

    signature: TcpSignature
    fuzzy: bool


def fit(signature: TcpSignature, seen: Observation, peer_mss: int = 0) -> Fit:
    """Compare one signature with one packet of its direction."""
    if signature.version not in (None, seen.version):
        return Fit.NO
    if signature.options != seen.options or signature.eol_pad != seen.eol_pad:
        return Fit.NO
    if signature.olen != seen.olen:
        return Fit.NO
    quirks, ttl = _fit_quirks(signature, seen), _fit_ttl(signature, seen)
    if Fit.NO in (quirks, ttl):
        return Fit.NO
    if signature.mss not in (None, seen.mss) or signature.wscale not in (None, seen.wscale):
        return Fit.NO
    payload = PayloadClass.SOME if seen.payload else PayloadClass.NONE
    if signature.payload not in (PayloadClass.ANY, payload):
        return Fit.NO
    if not _fit_window(signature, seen, peer_mss):
        return Fit.NO
    return Fit.FUZZY if Fit.FUZZY in (quirks, ttl) else Fit.EXACT


def _fit_quirks(signature: TcpSignature, seen: Observation) -> Fit:
    wanted = signature.quirks
    if signature.version is None:
        wanted &= ~(IPV6_ONLY_QUIRKS if seen.version == 4 else IPV4_ONLY_QUIRKS)
    if wanted == seen.quirks:
        return Fit.EXACT
    lost, gained = wanted & ~seen.quirks, seen.quirks & ~wanted
    if lost & ~FUZZY_LOST or gained & ~FUZZY_GAINED:
        return Fit.NO
    return Fit.FUZZY


def _fit_ttl(signature: TcpSignature, seen: Observation) -> Fit:
    if signature.unreliable_ttl:
        return Fit.EXACT if seen.ttl <= signature.ittl else Fit.NO
    if 0 <= signature.ittl - seen.ttl <= MAX_DISTANCE:
        return Fit.EXACT
    return Fit.NO if signature.exact_ttl else Fit.FUZZY


def _fit_window(signature: TcpSignature, seen: Observation, peer_mss: int) -> bool:
    wanted = signature.window
    if wanted.kind == WindowKind.ANY:
        return True
    if wanted.kind == WindowKind.LITERAL:
        return wanted.value == seen.window
    if wanted.kind == WindowKind.MODULO:
        return seen.window % wanted.value == 0
    return (wanted.kind, wanted.value) == window_multiple(seen, peer_mss)


def find_match(
    signatures: Iterable[TcpSignature], seen: Observation, peer_mss: int = 0
) -> ReferenceMatch | None:
    """First exact specific signature, else first exact generic, else first fuzzy one.

    A userland signature never wins fuzzily; the search for a fuzzy one goes on behind it.
    """
    generic: TcpSignature | None = None
    fuzzy: TcpSignature | None = None
    direction = seen.direction
    for signature in signatures:
        if signature.direction != direction:
            continue
        how = fit(signature, seen, peer_mss)
        if how == Fit.EXACT and not signature.label.generic:
            return ReferenceMatch(signature, fuzzy=False)
        if how == Fit.EXACT and generic is None:
            generic = signature
        if how == Fit.FUZZY and fuzzy is None and not signature.label.userland:
            fuzzy = signature
    if generic is not None:
        return ReferenceMatch(generic, fuzzy=False)
    return None if fuzzy is None else ReferenceMatch(fuzzy, fuzzy=True)
