"""Explains a handshake packet by the signature that names it and the nearest signatures."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.explain import fields
from huginn_cffi.explain.explanation import Explanation, FieldComparison, Fit, NearSignature, near_signature
from huginn_cffi.explain.fields import Outcome, PacketFields, SignatureFields
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.columns import COLUMNS
from huginn_cffi.run.match import Match, match_of
from huginn_cffi.run.observables import LAYOUT_BYTES, LAYOUT_COUNT, LAYOUT_PAD
from huginn_cffi.run.opened import OpenDatabase
from huginn_cffi.run.results import SynObservation
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.views import view
from sigcompiler.table.layout import SIGNATURE_GENERIC, SIGNATURE_RESPONSE, SIGNATURE_UNRELIABLE_TTL


def explain_observation(database: OpenDatabase, native: CData, limit: int) -> Explanation[Match]:
    """Explain an ``hg_observation *``."""
    batch = _row(database, native)
    index = batch._cells.signature[0]
    seen, ranking = seen_fields(native), rank(database, native, limit)
    if index == NO_SIGNATURE:
        match, reason = None, _no_match(database, native, ranking)
    else:
        match = match_of(batch, 0, database._records.tcp[index])
        reason = _match(database, seen, index, match)
    direction = "response" if native.response else "request"
    observed = {"direction": direction, "signature": view(SynObservation, batch, 0).signature}
    nearest = tuple(_near(database, seen, near) for near in ranking.nearest)
    return Explanation("packet", observed, match, reason, nearest)


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
    cells.ittl[0] = fields.initial_ttl(native.ttl)
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
    packet, signature = fields.seen_texts(seen), fields.wanted_texts(near.wanted)
    compared = []
    for field, judge in fields.JUDGES.items():
        outcome, _ = judge(near.wanted, seen)
        words = fields.note(field, outcome, near.wanted, seen)
        compared.append(FieldComparison(field, packet[field], signature[field], outcome, words))
    return near_signature(database._records.tcp[near.number], near.fit, near.distance, compared)


def _fields_with(seen: PacketFields, near: Near, outcome: Outcome) -> str:
    found = [field for field, judge in fields.JUDGES.items() if judge(near.wanted, seen)[0] == outcome]
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1] if found else "")))


def _match(database: OpenDatabase, seen: PacketFields, index: int, match: Match) -> str:
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


_COLUMNS = ("ip_version", "ttl", "olen", "mss", "wsize", "window_kind", "window_multiple", "wscale")
"""Columns that hold the first eight `PacketFields`, in their order."""


def fitting(database: OpenDatabase, observation: CData) -> list[tuple[int, bool]]:
    """All signatures that fit, in match order, each with a flag for a fuzzy fit."""
    most = max(1, database._records.section("signatures").count)
    matches = ffi.new("hg_match[]", most)
    count = lib.hg_database_match_all(database._handle, observation, matches, most)
    return [(one.signature, bool(one.fuzzy)) for one in matches[0:count]]


def packet_fields(batch: Rows, row: int) -> PacketFields:
    """The packet fields of a row."""
    cells = batch._cells
    layout = cells.olayout[row * LAYOUT_BYTES : (row + 1) * LAYOUT_BYTES].tobytes()
    numbers = (getattr(cells, name)[row] for name in _COLUMNS)
    options, eol_pad = layout[: layout[LAYOUT_COUNT]], layout[LAYOUT_PAD]
    return PacketFields._make((*numbers, options, eol_pad, cells.quirks[row], cells.pclass[row]))


def native_of(seen: PacketFields, *, response: bool) -> CData:
    """An ``hg_observation *`` that matches the same signatures as the packet."""
    native = ffi.new("hg_observation *")
    for name, value in zip(PacketFields._fields, seen, strict=True):
        setattr(native, name, value)
    native.response, native.option_count = response, len(seen.options)
    return native


def observation_of(batch: Rows, row: int) -> CData:
    """The row's observation, with the values that matching needs."""
    response = batch._cells.event[row] == lib.HG_EVENT_SYN_ACK
    native = native_of(packet_fields(batch, row), response=response)
    native.dscp = batch._cells.dscp[row]
    return native


class Near(NamedTuple):
    """A signature compared with a packet; `number` is its index in the database."""

    number: int
    fit: Fit
    distance: float
    wanted: SignatureFields


class Ranking(NamedTuple):
    """The nearest signatures, and how many signatures have this direction and this option layout.

    The two numbers stay 0 if enough signatures fit.
    """

    nearest: list[Near]
    of_direction: int = 0
    of_layout: int = 0


class TcpTable:
    """The TCP signatures of a database as `SignatureFields`. The database must outlive this object."""

    def __init__(self, database: OpenDatabase) -> None:
        self._records = database._records.section("signatures")
        self._at = self._records.positions
        layouts = database._records.section("layouts")
        records = map(layouts.__getitem__, range(layouts.count))
        self._layouts = [(bytes(one[: one[LAYOUT_COUNT]]), one[LAYOUT_PAD]) for one in records]

    def of_direction(self, *, response: bool) -> Iterator[tuple[int, bool, SignatureFields]]:
        """Number, a flag for generic signatures, and the signature, in file order."""
        flags_at = self._at["flags"]
        for index in range(self._records.count):
            record = self._records[index]
            flags = record[flags_at]
            if bool(flags & SIGNATURE_RESPONSE) == response:
                yield index, bool(flags & SIGNATURE_GENERIC), self._signature_fields(record)

    def __getitem__(self, index: int) -> SignatureFields:
        return self._signature_fields(self._records[index])

    def _signature_fields(self, record: tuple[int, ...]) -> SignatureFields:
        options, eol_pad = self._layouts[record[self._at["layout"]]]
        return SignatureFields(
            unreliable_ttl=bool(record[self._at["flags"]] & SIGNATURE_UNRELIABLE_TTL),
            options=options,
            eol_pad=eol_pad,
            **{name: record[self._at[name]] for name in _PLAIN},
        )


_PLAIN = ("version", "ittl", "olen", "mss", "window_kind", "window", "wscale", "quirks", "payload")
"""Fields of a signature that its record stores as numbers."""


def seen_fields(observation: CData) -> PacketFields:
    """The fields of an ``hg_observation``."""
    values = {name: getattr(observation, name) for name in PacketFields._fields}
    return PacketFields(**{**values, "options": bytes(observation.options)[: observation.option_count]})


def rank(database: OpenDatabase, observation: CData, limit: int) -> Ranking:
    """The `limit` signatures nearest to an observation.

    First the signatures that fit, in match order, then the others by distance. At equal distance
    specific signatures come first, then file order decides.
    """
    seen, table = seen_fields(observation), TcpTable(database)
    fits = fitting(database, observation)
    nearest = []
    for index, fuzzy in fits[:limit]:
        wanted = table[index]
        nearest.append(Near(index, "fuzzy" if fuzzy else "exact", fields.distance(wanted, seen), wanted))
    if fits and len(nearest) == limit:
        return Ranking(nearest)
    known = {index for index, _ in fits}
    of_direction = of_layout = 0
    scored = []
    for index, generic, wanted in table.of_direction(response=bool(observation.response)):
        of_direction += 1
        of_layout += wanted.options == seen.options and wanted.eol_pad == seen.eol_pad
        if index not in known:
            scored.append((fields.distance(wanted, seen), generic, index))
    others = heapq.nsmallest(limit - len(nearest), scored)
    nearest += [Near(index, "no", points, table[index]) for points, _, index in others]
    return Ranking(nearest, of_direction, of_layout)
