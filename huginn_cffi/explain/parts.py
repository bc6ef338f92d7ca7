"""Explains the part of a result that a signature may name."""

from __future__ import annotations

from typing import TypeAlias

from huginn_cffi.base import arguments
from huginn_cffi.explain.clients import explain_client
from huginn_cffi.explain.explanation import Explanation, NearSignature
from huginn_cffi.explain.handshakes import explain_observation, observation_of
from huginn_cffi.explain.messages import Explainer, MessageHead
from huginn_cffi.run.http import HttpRequestObservation, HttpResponseObservation
from huginn_cffi.run.match import Match
from huginn_cffi.run.opened import OpenDatabase
from huginn_cffi.run.results import SynAckObservation, SynObservation
from huginn_cffi.run.tls import TlsClientObservation

Handshake: TypeAlias = SynObservation | SynAckObservation
Part: TypeAlias = Handshake | TlsClientObservation | HttpRequestObservation | HttpResponseObservation
Explained: TypeAlias = Explanation[Match] | Explanation[NearSignature]


def explain_part(database: OpenDatabase, part: Part, limit: int) -> Explained:
    """See `Database.explain`."""
    limit = arguments.whole("limit", limit, 0, arguments.MAX_U32)
    if isinstance(part, (SynObservation, SynAckObservation)):
        return explain_observation(database, observation_of(part._batch, part._row), limit)
    if isinstance(part, TlsClientObservation):
        found = part.signature
        if found.ja4 is None or found.ja4_stable is None:
            raise ValueError("a hello in SSL 2.0's format has no JA4")
        return explain_client(database, found.ja4, found.ja4_stable, limit)
    if isinstance(part, (HttpRequestObservation, HttpResponseObservation)):
        is_request = isinstance(part, HttpRequestObservation)
        head = MessageHead.read(str(part.signature), "request" if is_request else "response")
        return Explainer(database).explain(head, limit)
    raise TypeError(f"part must be a SYN, SYN+ACK, ClientHello or HTTP message, not {type(part).__name__}")
