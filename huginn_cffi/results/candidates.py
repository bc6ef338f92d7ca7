"""Which other labels a packet could carry."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check
from huginn_cffi.results.observables import LAYOUT_BYTES, LAYOUT_COUNT, LAYOUT_PAD

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database
    from huginn_cffi.database.signatures import Label

_FIRST_CAPACITY = 64

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def basis_of(batch: Batch, row: int) -> bytes:
    """That of `bases` for one row."""
    (basis,) = bases(batch, ffi.new("uint32_t[1]", [row]), 1)
    return basis


def labels_alike(database: Database | None, basis: bytes) -> Iterator[Label]:
    """The labels of all signatures that fit a row as well as its own, which is one of them, by `bases`."""
    if database is not None:
        records = database.records.tcp
        yield from (records[number].label for number in memoryview(basis).cast("I")[lib.HG_ALIKE_HEAD :])


def bases(batch: Batch, rows: CData, count: int) -> list[bytes]:
    """All that words about the match rest on, for each of these handshakes; see ``hg_row_alike``.

    Rows that no signature names give empty ones.
    """
    database = batch.database
    if database is None or not count:
        return [b""] * count
    capacity = _FIRST_CAPACITY * count + lib.HG_ALIKE_HEAD + len(database)
    out, ends = _allocate("uint32_t[]", capacity), _allocate("uint32_t[]", count)
    done, error = ffi.new("uint32_t *"), ffi.new("hg_error *")
    found: list[bytes] = []
    while len(found) < count:
        here = rows + len(found)
        left = count - len(found)
        status = lib.hg_row_alike(batch.native, database.handle, here, left, out, capacity, ends, done, error)
        check(status, error)
        limits = [0, *ends[0 : done[0]]]
        data = bytes(ffi.buffer(out, 4 * limits[-1]))
        found += [data[4 * start : 4 * end] for start, end in pairwise(limits)]
    return found


def fitting(database: CData, observation: CData) -> list[tuple[int, bool]]:
    """All signatures that fit, in the order of the match, and whether fuzzily."""
    capacity = _FIRST_CAPACITY
    while True:
        matches = ffi.new("hg_match[]", capacity)
        count = lib.hg_database_match_all(database, observation, matches, capacity)
        if count <= capacity:
            return [(matches[i].signature, bool(matches[i].fuzzy)) for i in range(count)]
        capacity = count


def observation_of(batch: Batch, row: int) -> CData:
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
