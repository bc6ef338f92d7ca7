"""Which other labels a packet could carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.observables import LAYOUT_BYTES, LAYOUT_COUNT, LAYOUT_PAD

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.signatures import Signature

_FIRST_CAPACITY = 64


def other_labels(batch: Batch, row: int, chosen: Signature) -> tuple[str, ...]:
    """Labels other than that of `chosen` whose signatures fit the row as well.

    As well means in the same way: exactly and of the same kind when `chosen` fits exactly,
    fuzzily when it fits fuzzily. Each label is named once, in the order of the matches.
    """
    database = batch.database
    if database is None:
        return ()
    fuzzy = bool(batch.cells.fuzzy[row])
    labels: dict[str, None] = {}
    for index, match_fuzzy in _fitting(database.handle, _observation(batch, row)):
        label = database.records.tcp[index].label
        if match_fuzzy == fuzzy and (fuzzy or label.kind == chosen.label.kind):
            labels[str(label)] = None
    labels.pop(str(chosen.label), None)
    return tuple(labels)


def _fitting(database: CData, observation: CData) -> list[tuple[int, bool]]:
    """All signatures that fit, and whether fuzzily."""
    capacity = _FIRST_CAPACITY
    while True:
        matches = ffi.new("hg_match[]", capacity)
        count = lib.hg_database_match_all(database, observation, matches, capacity)
        if count <= capacity:
            return [(matches[i].signature, bool(matches[i].fuzzy)) for i in range(count)]
        capacity = count


def _observation(batch: Batch, row: int) -> CData:
    """The observation that the row was made of, as far as matching needs it."""
    cells = batch.cells
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
    for name in ("version", "ttl", "olen", "wscale", "dscp"):
        setattr(observation, name, getattr(cells, name)[row])
    return observation
