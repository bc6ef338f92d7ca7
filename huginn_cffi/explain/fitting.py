"""Which signatures fit an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.explain.fields import PacketFields
from huginn_cffi.results.observables import LAYOUT_BYTES, LAYOUT_COUNT, LAYOUT_PAD

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch.rows import Rows

_FIRST_CAPACITY = 64


def fitting(database: CData, observation: CData) -> list[tuple[int, bool]]:
    """All signatures that fit, in the order of the match, and whether fuzzily."""
    capacity = _FIRST_CAPACITY
    while True:
        matches = ffi.new("hg_match[]", capacity)
        count = lib.hg_database_match_all(database, observation, matches, capacity)
        if count <= capacity:
            return [(matches[i].signature, bool(matches[i].fuzzy)) for i in range(count)]
        capacity = count


def packet_fields(batch: Rows, row: int) -> PacketFields:
    """The fields of a row."""
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
    """An ``hg_observation *`` that matches as the packet did."""
    native = ffi.new("hg_observation *")
    for name, value in zip(PacketFields._fields, seen, strict=True):
        setattr(native, name, value)
    native.response, native.option_count = response, len(seen.options)
    return native


def observation_of(batch: Rows, row: int) -> CData:
    """The observation that the row was made of, as far as matching needs it."""
    response = batch._cells.event[row] == lib.HG_EVENT_SYN_ACK
    native = native_of(packet_fields(batch, row), response=response)
    native.dscp = batch._cells.dscp[row]
    return native
