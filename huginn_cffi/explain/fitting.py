"""Which signatures fit an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
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


def observation_of(batch: Rows, row: int) -> CData:
    """The observation that the row was made of, as far as matching needs it."""
    cells = batch._cells
    layout = cells.olayout[row * LAYOUT_BYTES : (row + 1) * LAYOUT_BYTES]
    observation = ffi.new("hg_observation *")
    observation.quirks = cells.quirks[row]
    observation.mss = cells.mss[row]
    observation.window = cells.wsize[row]
    observation.window_kind = cells.window_kind[row]
    observation.window_multiple = cells.window_multiple[row]
    observation.response = cells.event[row] == lib.HG_EVENT_SYN_ACK
    observation.payload = cells.pclass[row]
    observation.option_count = layout[LAYOUT_COUNT]
    observation.eol_pad = layout[LAYOUT_PAD]
    observation.options = layout[: lib.HG_MAX_OPTIONS].tobytes()
    for name in ("ttl", "olen", "wscale", "dscp"):
        setattr(observation, name, getattr(cells, name)[row])
    observation.version = cells.ip_version[row]
    return observation
