"""Captures reduced to the headers of their TCP packets, which the core returns piece by piece, in columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData, made
from huginn_cffi.run.settings import Settings, engine_config

COLUMNS = {"time_ns": 8, "number": 8, "wire": 4, "length": 4, "linktype": 4, "bytes": 1}
"""Columns of ``hg_reduction``, with the bytes of a value."""

_PACKETS, _BYTES = 1 << 16, 1 << 23
"""Limits of packets and bytes for one call of the core. The headers of 512 packets always fit."""

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def new_reducer(settings: Settings) -> CData:
    """An ``hg_reducer *``, which borrows the settings' filter."""
    return made("hg_reducer", lib.hg_reducer_new, engine_config(settings, 1))


def reductions(reducer: CData, source: CData, name: str, limit: CData = ffi.NULL) -> Iterator[CData]:
    """All packets of a source that begin before `limit`; each ``hg_reduction *`` holds until the next one.

    If the source is damaged, the packets before the damage are returned first, then `CaptureError` is raised.
    """
    reduced, error = ffi.new("hg_reduction *"), ffi.new("hg_error *")
    sizes = {column: _PACKETS * width for column, width in COLUMNS.items()} | {"bytes": _BYTES}
    memory = {column: _allocate("uint8_t[]", size) for column, size in sizes.items()}
    point(reduced, memory)
    reduced.capacity, reduced.byte_capacity = _PACKETS, _BYTES
    status = lib.HG_OK
    while status != lib.HG_END:
        status = lib.hg_reducer_run(reducer, source, limit, reduced, error)
        yield reduced
        check(status, error, subject=name)


def point(reduced: CData, memory: Mapping[str, CData]) -> None:
    """Point the columns of an ``hg_reduction *`` at `memory`, which must stay alive."""
    for column, start in memory.items():
        setattr(reduced, column, ffi.cast(ffi.typeof(getattr(reduced, column)), start))
