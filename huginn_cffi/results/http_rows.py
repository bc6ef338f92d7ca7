"""Reads values of an HTTP message on access: from its row in a batch, and from its head.

`row` is the index of a row with an HTTP event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import handle_of
from huginn_cffi.base.names import NO_SIGNATURE

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows
    from huginn_cffi.signatures.opened import OpenDatabase
    from huginn_cffi.signatures.signatures import Signature

VERSIONS = ("1.0", "1.1", "2")

_MOST_FITTING = 256
_SIGNATURE_BYTES = 4096
"""Enough for nearly every message; longer ones are asked for again."""

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def cell(batch: Rows, row: int, name: str) -> int:
    """The number in a column."""
    return int(getattr(batch._cells, name)[row])


def text(batch: Rows, row: int, column: str) -> str | None:
    """A text, cut at 512 bytes; what is no UTF-8 in it is replaced. ``None``: there is none."""
    start = cell(batch, row, f"{column}_offset")
    length = min(cell(batch, row, f"{column}_length"), lib.HG_MOST_HTTP_TEXT)
    if not length:
        return None
    return bytes(ffi.buffer(batch._native.texts + start, length)).decode("utf-8", "replace")


def record_of(batch: Rows, row: int) -> Signature | None:
    """The signature of the database that names the message."""
    return signature_of(batch.database, cell(batch, row, "software"))


def signature_of(database: OpenDatabase | None, number: int) -> Signature | None:
    """The signature with a number of the column ``software``."""
    return None if number == NO_SIGNATURE or database is None else database._records.http[number]


def fitting(batch: Rows, row: int, database: OpenDatabase) -> list[Signature]:
    """All signatures of a database that fit the message, in order, 256 at most."""
    found, count, error = (
        ffi.new("hg_http_match[]", _MOST_FITTING),
        ffi.new("uint32_t *"),
        ffi.new("hg_error *"),
    )
    check(
        lib.hg_http_match_row(batch._native, database._handle, row, found, _MOST_FITTING, count, error),
        error,
    )
    records = database._records.http
    return [records[one.signature] for one in found[0 : min(count[0], _MOST_FITTING)]]


def signature(batch: Rows, row: int) -> str:
    """The headers in p0f's notation."""
    shown = lib.HG_HTTP_SHOW_PRIVATE if batch._hides_private else lib.HG_HTTP_SHOW_COMMON
    database = handle_of(batch.database)
    length, error = ffi.new("size_t *"), ffi.new("hg_error *")
    capacity = _SIGNATURE_BYTES
    while True:
        out = _allocate("char[]", capacity)
        check(lib.hg_http_write(batch._native, database, row, shown, out, capacity, length, error), error)
        if length[0] <= capacity:
            return bytes(ffi.buffer(out, length[0])).decode("utf-8", "replace")
        capacity = length[0]


def headers(batch: Rows, row: int) -> tuple[str, ...]:
    """The names of the headers, as on the wire."""
    name, length, error = ffi.new("uint8_t **"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    found: list[str] = []
    while True:
        check(lib.hg_http_header(batch._native, row, len(found), name, length, error), error)
        if name[0] == ffi.NULL:
            return tuple(found)
        found.append(bytes(ffi.buffer(name[0], length[0])).decode("utf-8", "replace"))
