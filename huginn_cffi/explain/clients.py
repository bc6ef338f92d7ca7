"""Explains why a ClientHello has its name, by comparing the nearest signatures part by part."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.explain.explanation import (
    Explanation,
    FieldComparison,
    NearSignature,
    near_signature,
    none_fits,
)
from huginn_cffi.explain.fields import Outcome
from huginn_cffi.run.opened import OpenDatabase

POINTS = {"ciphers": 10, "exts": 6, "proto": 5, "version": 4, "sni": 2, "alpn": 2}
"""Points for a difference in each part. Ciphers and extensions count most, server name and ALPN least."""

_SAME_LIST = 1
"""Points if the number of extensions differs while the digest is the same."""
_COUNTED = "the digest is the same; the number also counts server name and ALPN"
_ORDER = ("proto", "version", "sni", "ciphers", "exts", "alpn")

_PLACES = {"proto": slice(0, 1), "version": slice(1, 3), "sni": slice(3, 4), "alpn": slice(8, 10)}
_CIPHERS, _EXTENSIONS = slice(4, 6), slice(6, 8)
_WORDS = {
    "t": "the hello came over TCP",
    "q": "the hello came over QUIC",
    "d": "the hello has a server name",
    "i": "the hello has no server name",
}
"""Notes for transport and server name. DTLS needs no note, since its versions imply it."""


class Parts(NamedTuple):
    """A JA4 or a signature: ten characters and two digests; an empty digest fits any."""

    start: str
    ciphers: str
    extensions: str

    def __str__(self) -> str:
        return "_".join(self)


def explain_client(
    database: OpenDatabase, ja4: str, ja4_stable: str, limit: int
) -> Explanation[NearSignature]:
    """Explain the name of a ClientHello with this JA4 and this stable JA4."""
    forms = [Parts(*one.split("_")) for one in (ja4, ja4_stable)]
    found = lib.hg_database_match_tls(database._handle, *_texts(forms))
    nearest = tuple(_nearest(database, forms, limit))
    match = None
    if found.signature != NO_SIGNATURE:
        match = _near(database, found.signature, forms[-1 if found.stable else 0], fits=True)
    if match is None:
        reason = none_fits(len(database._records.numbers("tls")), "TLS clients", _nearest(database, forms, 1))
    else:
        reason = _reason(found, match)
    observed = {"ja4": str(forms[0]), "ja4_stable": str(forms[-1])}
    return Explanation("client", observed, match, reason, nearest)


def _texts(forms: list[Parts]) -> tuple[CData, CData]:
    first, last = (ffi.new("char[]", str(form).encode("ascii")) for form in (forms[0], forms[-1]))
    return first, last


def _wanted(text: str) -> Parts:
    start, ciphers, extensions = ("" if part == "*" else part for part in text.split("_"))
    return Parts(start or "?" * 10, ciphers, extensions)


def _agrees(wanted: str, found: str) -> bool:
    return all(one in ("?", other) for one, other in zip(wanted, found, strict=True))


def _compared(wanted: Parts, seen: Parts) -> Iterator[tuple[int, FieldComparison]]:
    for part, at in _PLACES.items():
        own, asked = seen.start[at], wanted.start[at]
        outcome: Outcome = "exact" if _agrees(asked, own) else "differs"
        note = _WORDS.get(own, "") if outcome == "differs" and part in ("proto", "sni") else ""
        comparison = FieldComparison(part, own, asked if asked.strip("?") else "*", outcome, note)
        yield POINTS[part] * (outcome == "differs"), comparison
    for part, at, digest, own in (
        ("ciphers", _CIPHERS, wanted.ciphers, seen.ciphers),
        ("exts", _EXTENSIONS, wanted.extensions, seen.extensions),
    ):
        is_counted, same = _agrees(wanted.start[at], seen.start[at]), digest in ("", own)
        asked = f"{wanted.start[at]} {digest or '*'}".replace("?? ", "")
        outcome = "exact" if is_counted and same else "differs"
        note = _COUNTED if same and not is_counted else ""
        points = _SAME_LIST * (not is_counted) if same else POINTS[part]
        yield points, FieldComparison(part, f"{seen.start[at]} {own}", asked, outcome, note)


def _nearest(database: OpenDatabase, forms: list[Parts], limit: int) -> Iterator[NearSignature]:
    """First signatures that fit, in match order, then the others by distance, specific ones first."""
    numbers = database._records.numbers("tls")
    room = min(limit, len(numbers))
    out = ffi.new("hg_tls_match[]", max(room, 1))
    fitting = min(lib.hg_database_match_all_tls(database._handle, *_texts(forms), out, room), room)
    for found in out[0:fitting]:
        yield _near(database, found.signature, forms[-1 if found.stable else 0], fits=True)
    scored = []
    for number in numbers:
        signature = database._records.tls[number]
        compared = (_compared(_wanted(signature.text), seen) for seen in forms)
        points, form = min((sum(points for points, _ in one), at) for at, one in enumerate(compared))
        if points:  # more than 0: the signature does not fit
            scored.append((points, signature.kind == "generic", number, form))
    for _, _, number, form in heapq.nsmallest(room - fitting, scored):
        yield _near(database, number, forms[form], fits=False)


def _near(database: OpenDatabase, number: int, seen: Parts, *, fits: bool) -> NearSignature:
    signature = database._records.tls[number]
    wanted = _wanted(signature.text)
    compared = sorted(_compared(wanted, seen), key=lambda one: _ORDER.index(one[1].field))
    distance = float(sum(points for points, _ in compared))
    return near_signature(signature, "exact" if fits else "no", distance, (one for _, one in compared))


def _reason(found: Any, match: NearSignature) -> str:
    form = "stable JA4" if found.stable else "JA4"
    how = f"that fits the {form}, with wildcards" if found.wildcard else f"of this {form}"
    if match.kind == "generic":
        return f"no specific signature fits; the first generic one {how}"
    return f"the first specific signature {how}"
