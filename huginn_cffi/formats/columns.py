"""What tables need of the core beyond the columns of a batch, as bytes in Arrow's layout."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check
from sigcompiler.schema.rows import EVENTS

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.batch.handshakes import Handshakes

_TEXTS = {
    "signature": lib.HG_TEXT_SIGNATURE,
    "olayout": lib.HG_TEXT_OLAYOUT,
    "quirks": lib.HG_TEXT_QUIRKS,
    "params": lib.HG_TEXT_PARAMS,
}

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def event_bits(batch: Batch, events: tuple[str, ...]) -> bytearray:
    """A bit a row: whether its event is among these."""
    bits = bytearray((len(batch) + 7) // 8)
    wanted = sum(1 << EVENTS.index(event) for event in events)
    lib.hg_event_bits(batch.native, wanted, ffi.from_buffer("uint8_t[]", bits))
    return bits


def flag_bits(batch: Batch, column: str) -> bytearray:
    """A bit a row: whether the value in a column of bytes is not 0."""
    bits = bytearray((len(batch) + 7) // 8)
    values = ffi.from_buffer("uint8_t[]", batch[column])
    lib.hg_flag_bits(values, len(batch), ffi.from_buffer("uint8_t[]", bits))
    return bits


def address_texts(batch: Batch, *, destination: bool) -> tuple[bytes, bytes]:
    """The sources or destinations of all rows, and where each text begins (int32)."""
    out, offsets = _room(len(batch), lib.HG_MAX_ADDRESS)
    lib.hg_address_texts(batch.native, destination, out, offsets)
    return _taken(out, offsets, len(batch))


def community_ids(batch: Batch) -> tuple[bytes, bytes]:
    """The Community IDs of all rows, in the same form."""
    count, width = len(batch), lib.HG_COMMUNITY_BYTES
    out = _allocate("char[]", max(1, count * width))
    lib.hg_community_ids(batch.native, 0, count, out)
    return bytes(ffi.buffer(out, count * width)), _steps(count, width)


def handshake_texts(batch: Batch, handshakes: Handshakes) -> dict[str, tuple[bytes, bytes]]:
    """The texts of each group of equal handshakes, and where they begin, by the name of the field."""
    return {name: _row_texts(batch, code, handshakes) for name, code in _TEXTS.items()}


def _row_texts(batch: Batch, code: int, handshakes: Handshakes) -> tuple[bytes, bytes]:
    rows, count = handshakes.first_rows, handshakes.count
    out, offsets = _room(count, lib.HG_MAX_TEXT)
    error = ffi.new("hg_error *")
    database = ffi.NULL if batch.database is None else batch.database.handle
    check(lib.hg_row_texts(batch.native, database, code, rows, count, out, offsets, error), error)
    return _taken(out, offsets, count)


def _room(count: int, width: int) -> tuple[Any, Any]:
    """Memory for texts of at most this width, and for where they begin."""
    return _allocate("char[]", max(1, count * width)), _allocate("int32_t[]", count + 1)


def _taken(out: Any, offsets: Any, count: int) -> tuple[bytes, bytes]:
    return bytes(ffi.buffer(out, offsets[count])), bytes(ffi.buffer(offsets, 4 * (count + 1)))


@lru_cache(maxsize=4)
def _steps(count: int, width: int) -> bytes:
    """Where texts of one width begin."""
    return array("i", range(0, (count + 1) * width, width)).tobytes()
