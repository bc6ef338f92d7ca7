"""Reads values of an HTTP message on access, from its row in a batch and from its head.

`row` is the index of a row with an HTTP event.
"""

from __future__ import annotations

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import handle_of
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.run.opened import OpenDatabase
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.signatures import Direction, Signature
from huginn_cffi.run.views import written

_SIGNATURE_BYTES = 4096
"""Holds nearly every text; for longer ones the core is called again."""


def record_of(batch: Rows, row: int) -> Signature | None:
    """The database signature that names the message; ``None`` without one."""
    number, database = batch._cells.software[row], batch.database
    return None if number == NO_SIGNATURE or database is None else database._records.http[number]


def direction(batch: Rows, row: int) -> Direction:
    """Whether it is a request or a response."""
    return "request" if batch._cells.event[row] == lib.HG_EVENT_HTTP_REQUEST else "response"


def fitting(batch: Rows, row: int, database: OpenDatabase, most: int = 256) -> list[Signature]:
    """All signatures of a database that fit the message, in their order, at most `most`."""
    found, count, error = ffi.new("hg_http_match[]", most), ffi.new("uint32_t *"), ffi.new("hg_error *")
    check(lib.hg_http_match_row(batch._native, database._handle, row, found, most, count, error), error)
    records = database._records.http
    return [records[one.signature] for one in found[0 : min(count[0], most)]]


def signature(batch: Rows, row: int, database: OpenDatabase | None) -> str:
    """The message's signature in p0f's notation, with the values that signatures of `database` have."""
    shown = lib.HG_HTTP_SHOW_PRIVATE if batch._hides_private else lib.HG_HTTP_SHOW_COMMON
    found = written(
        lib.hg_http_write, batch._native, handle_of(database), row, shown, capacity=_SIGNATURE_BYTES
    )
    return bytes(ffi.buffer(*found)).decode("utf-8", "replace")


def headers(batch: Rows, row: int) -> tuple[str, ...]:
    """The header names, as on the wire."""
    name, length, error = ffi.new("uint8_t **"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    found: list[str] = []
    while True:
        check(lib.hg_http_header(batch._native, row, len(found), name, length, error), error)
        if name[0] == ffi.NULL:
            return tuple(found)
        found.append(bytes(ffi.buffer(name[0], length[0])).decode("utf-8", "replace"))
