"""The signatures nearest to a packet."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Literal, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.batch.rows import Rows
from huginn_cffi.explain.fields import PacketFields, SignatureFields, distance
from huginn_cffi.results.observables import LAYOUT_BYTES, LAYOUT_COUNT, LAYOUT_PAD
from huginn_cffi.signatures.opened import OpenDatabase
from sigcompiler.table.layout import SIGNATURE_GENERIC, SIGNATURE_RESPONSE, SIGNATURE_UNRELIABLE_TTL

_FIRST_CAPACITY = 64


def fitting(database: CData, observation: CData) -> list[tuple[int, bool]]:
    """All signatures that fit, in match order, each with a flag for a fuzzy fit."""
    capacity = _FIRST_CAPACITY
    while True:
        matches = ffi.new("hg_match[]", capacity)
        count = lib.hg_database_match_all(database, observation, matches, capacity)
        if count <= capacity:
            return [(one.signature, bool(one.fuzzy)) for one in matches[0:count]]
        capacity = count


def packet_fields(batch: Rows, row: int) -> PacketFields:
    """The packet fields of a row."""
    cells = batch._cells
    layout = cells.olayout[row * LAYOUT_BYTES : (row + 1) * LAYOUT_BYTES].tobytes()
    return PacketFields(
        cells.ip_version[row],
        cells.ttl[row],
        cells.olen[row],
        cells.mss[row],
        cells.wsize[row],
        cells.window_kind[row],
        cells.window_multiple[row],
        cells.wscale[row],
        layout[: layout[LAYOUT_COUNT]],
        layout[LAYOUT_PAD],
        cells.quirks[row],
        cells.pclass[row],
    )


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


Fit = Literal["exact", "fuzzy", "no"]


class Near(NamedTuple):
    """A signature, given by its number in the database."""

    number: int
    fit: Fit
    distance: float
    wanted: SignatureFields


class Ranking(NamedTuple):
    """The nearest signatures, the number for this direction, and the number with this option layout.

    The two numbers are counted only if no signature fits.
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
    fits = fitting(database._handle, observation)
    nearest = []
    for index, fuzzy in fits[:limit]:
        wanted = table[index]
        nearest.append(Near(index, "fuzzy" if fuzzy else "exact", distance(wanted, seen), wanted))
    if fits and len(nearest) == limit:
        return Ranking(nearest)
    known = {index for index, _ in fits}
    of_direction = of_layout = 0
    scored = []
    for index, generic, wanted in table.of_direction(response=bool(observation.response)):
        of_direction += 1
        of_layout += wanted.options == seen.options and wanted.eol_pad == seen.eol_pad
        if index not in known:
            scored.append((distance(wanted, seen), generic, index))
    others = heapq.nsmallest(limit - len(nearest), scored)
    nearest += [Near(index, "no", points, table[index]) for points, _, index in others]
    return Ranking(nearest, of_direction, of_layout)
