"""Explains a handshake packet, given as a signature or as an observation."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.base import arguments
from huginn_cffi.base.handles import CData
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.batch.columns import COLUMNS
from huginn_cffi.engine.batch import Batch
from huginn_cffi.explain.explanation import Explanation, FieldComparison, NearSignature, near_signature
from huginn_cffi.explain.fields import JUDGES, PacketFields, Verdict
from huginn_cffi.explain.nearest import Near, Ranking, TcpTable, observation_of, rank, seen_fields
from huginn_cffi.explain.words import initial_ttl, note, seen_texts, wanted_texts
from huginn_cffi.results.match import OsMatch, match_of
from huginn_cffi.results.observables import LAYOUT_COUNT, LAYOUT_PAD, ObservableTcp
from huginn_cffi.results.results import SynAckObservation, SynObservation
from huginn_cffi.results.views import view
from huginn_cffi.signatures.opened import OpenDatabase
from huginn_cffi.signatures.signatures import Direction

LIMIT = 5
"""Number of nearest signatures that are listed by default."""


def explain(
    database: OpenDatabase,
    signature: str | SynObservation | SynAckObservation,
    direction: Direction | None,
    limit: int,
) -> Explanation[OsMatch]:
    """See `Database.explain`."""
    limit = arguments.whole("limit", limit, 0, arguments.MAX_U32)
    if direction not in (None, "request", "response"):
        raise ValueError(f'direction must be "request" or "response", not {direction!r}')
    if isinstance(signature, (SynObservation, SynAckObservation)):
        native = observation_of(signature._batch, signature._row)
        own: Direction = "response" if native.response else "request"
        if direction not in (None, own):
            raise ValueError(f'the observation is a {own}; leave direction away, or give "{own}"')
        return explain_observation(database, native, limit)
    if not isinstance(signature, str):
        raise TypeError(f"signature must be str or an observation, not {type(signature).__name__}")
    from huginn_cffi.explain.raw_signature import read_raw_signature

    native, notes = read_raw_signature(signature, direction or "request")
    return explain_observation(database, native, limit, notes)


def explain_observation(
    database: OpenDatabase, native: CData, limit: int, notes: tuple[str, ...] = ()
) -> Explanation[OsMatch]:
    """Explain an ``hg_observation *``; `notes` lists values that were assumed for it."""
    batch = _row(database, native)
    index = batch._cells.signature[0]
    seen, ranking = seen_fields(native), rank(database, native, limit)
    if index == NO_SIGNATURE:
        match, reason = None, _no_match(database, native, ranking)
    else:
        match = match_of(OsMatch, batch, 0, database._records.tcp[index])
        reason = _match(database, seen, index, match)
    direction = "response" if native.response else "request"
    observed = {"direction": direction, "signature": view(ObservableTcp, batch, 0)}
    nearest = tuple(_near(database, seen, near) for near in ranking.nearest)
    return Explanation("packet", observed, match, reason, nearest, notes)


def _row(database: OpenDatabase, native: CData) -> Batch:
    """A batch with the observation as its only row, matched against this database."""
    batch = Batch(1, database)
    for name in COLUMNS:
        column: memoryview = getattr(batch._cells, name)
        for place in range(len(column)):
            column[place] = 0
    cells = batch._cells
    for name in ("ttl", "olen", "mss", "wscale", "quirks", "dscp", "window_kind", "window_multiple"):
        getattr(cells, name)[0] = getattr(native, name)
    cells.ip_version[0] = native.version
    cells.event[0] = lib.HG_EVENT_SYN_ACK if native.response else lib.HG_EVENT_SYN
    cells.ittl[0] = initial_ttl(native.ttl)
    cells.wsize[0], cells.pclass[0] = native.window, native.payload
    cells.olayout[: lib.HG_MAX_OPTIONS] = bytes(native.options)
    cells.olayout[LAYOUT_COUNT], cells.olayout[LAYOUT_PAD] = native.option_count, native.eol_pad
    found = lib.hg_database_match(database._handle, native)
    cells.signature[0], cells.fuzzy[0] = found.signature, found.fuzzy
    cells.dense["tcp"]["row"][0] = 0
    batch._native.count = batch._native.counts[lib.HG_READER_TCP] = 1
    batch._written()
    return batch


def _near(database: OpenDatabase, seen: PacketFields, near: Near) -> NearSignature:
    packet, signature = seen_texts(seen), wanted_texts(near.wanted)
    fields = []
    for field, judge in JUDGES.items():
        verdict, _ = judge(near.wanted, seen)
        words = note(field, verdict, near.wanted, seen)
        fields.append(FieldComparison(field, packet[field], signature[field], verdict, words))
    return near_signature(database._records.tcp[near.number], near.fit, near.distance, fields)


def _fields_with(seen: PacketFields, near: Near, verdict: Verdict) -> str:
    found = [field for field, judge in JUDGES.items() if judge(near.wanted, seen)[0] == verdict]
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1] if found else "")))


def _match(database: OpenDatabase, seen: PacketFields, index: int, match: OsMatch) -> str:
    if not match.fuzzy and match.kind == "specific":
        return "the first specific signature that fits exactly"
    if not match.fuzzy:
        return "no specific signature fits exactly; the first generic one that does"
    near = Near(index, "fuzzy", 0, TcpTable(database)[index])
    soft = _fields_with(seen, near, "tolerated")
    return f"no signature fits exactly; the first that fits but for a tolerated difference in {soft}"


def _no_match(database: OpenDatabase, native: CData, ranking: Ranking) -> str:
    packet = "SYN+ACK" if native.response else "SYN"
    if not ranking.of_direction:
        return f"the database has no {packet} signatures"
    if not ranking.of_layout:
        return f"none of the {ranking.of_direction} {packet} signatures has this option layout"
    near = ranking.nearest[0] if ranking.nearest else rank(database, native, 1).nearest[0]
    different = _fields_with(seen_fields(native), near, "differs")
    if not different:
        return "only a tool's signature would fit, and not exactly; tools are never named so"
    fails = f"of the {ranking.of_layout} {packet} signatures with this option layout none fits"
    if ranking.of_layout == 1:
        fails = f"the one {packet} signature with this option layout does not fit"
    return f"{fails}; the nearest of all differs in {different}"
