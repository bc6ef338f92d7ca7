"""Signatures compared one after the other, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sigcompiler.model import MtuSignature, TcpSignature
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


def guess_distance(ttl: int) -> int:
    """Hops from the nearest usual initial TTL."""
    for initial in (32, 64, 128, 255):
        if ttl <= initial:
            return initial - ttl
    raise ValueError(f"no TTL: {ttl}")


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


def distance(seen: Observation, match: ReferenceMatch | None) -> int:
    """Hops to the sender: by the signature's initial TTL where it fits, else guessed."""
    if match is None:
        return guess_distance(seen.ttl)
    hops = match.signature.ittl - seen.ttl
    near = hops <= MAX_DISTANCE or match.signature.unreliable_ttl
    return hops if hops >= 0 and near else guess_distance(seen.ttl)


def params(seen: Observation, match: ReferenceMatch | None) -> str:
    """The remarks p0f prints about a match."""
    words: list[str] = []
    if match is not None and match.signature.label.generic:
        words.append("generic")
    if match is not None and match.fuzzy:
        words.append("fuzzy")
    if match is not None and match.signature.unreliable_ttl:
        words.append("random_ttl")
    if distance(seen, match) > MAX_DISTANCE:
        words.append("excess_dist")
    if seen.tos >> 2:
        words.append(f"tos:0x{seen.tos >> 2:02x}")
    return " ".join(words) or "none"


def find_link(signatures: Iterable[MtuSignature], mtu: int) -> str | None:
    """Name of the link with this MTU: the first in the file."""
    for signature in signatures:
        if signature.mtu == mtu:
            return signature.label.name
    return None
