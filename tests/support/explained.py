"""Explanations of packets, hellos and messages that a test writes as signatures."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.explain import Explanation, NearSignature
from huginn_cffi.explain.clients import explain_client
from huginn_cffi.explain.fields import PacketFields
from huginn_cffi.explain.handshakes import explain_observation, native_of
from huginn_cffi.explain.messages import Explainer, MessageHead
from huginn_cffi.explain.reading import read_signature
from huginn_cffi.run.observations import Match
from huginn_cffi.run.signatures import Direction
from sigcompiler.model import Section
from sigcompiler.reading.signatures import build_tcp
from sigcompiler.vocabulary import WindowKind

SECTIONS = {"request": Section.TCP_REQUEST, "response": Section.TCP_RESPONSE}


def of_packet(
    database: hg.Database, text: str, direction: Direction = "request", *, limit: int = 5
) -> Explanation[Match]:
    """A SYN or SYN+ACK, from its raw signature as results show it; a multiple is one of its MSS."""
    signature = read_signature(text, SECTIONS[direction], build_tcp)
    version, mss, wscale, window = signature.version, signature.mss, signature.wscale, signature.window
    assert version is not None
    assert mss is not None
    assert wscale is not None
    size = mss * window.value if window.kind == WindowKind.MSS else window.value
    factor = 0 if window.kind == WindowKind.LITERAL else window.value
    seen = PacketFields(
        *(version, int(text.split(":")[1].partition("+")[0]), signature.olen, mss),
        *(size, window.kind, factor, wscale),
        *(bytes(signature.options), signature.eol_pad, signature.quirks, signature.payload),
    )
    return explain_observation(database, native_of(seen, response=direction == "response"), limit)


def of_client(
    database: hg.Database, ja4: str, stable: str | None = None, *, limit: int = 5
) -> Explanation[NearSignature]:
    return explain_client(database, ja4, ja4 if stable is None else stable, limit)


def of_message(
    database: hg.Database, text: str, direction: Direction = "request", *, limit: int = 5
) -> Explanation[NearSignature]:
    return Explainer(database).explain(MessageHead.read(text, direction), limit)
