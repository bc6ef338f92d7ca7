"""Texts of fields of records, as tables have them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

_BYTES = 1024
"""Enough for nearly every text; longer ones are asked for again."""

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


@cache
def _number(column: str) -> int:
    from sigcompiler.schema.rows import FIELDS

    return [field.column for field in FIELDS].index(column)


def field_text(batch: Batch, row: int, column: str) -> str:
    """The text that a table has in a column of row `row`, "" for none. Invalid UTF-8 is replaced."""
    database = ffi.NULL if batch.database is None else batch.database.handle
    length, error, capacity = ffi.new("size_t *"), ffi.new("hg_error *"), _BYTES
    while True:
        out = _allocate("char[]", capacity)
        status = lib.hg_field_text(
            *(batch.native, database, row, _number(column), batch.hides_private),
            *(out, capacity, length, error),
        )
        check(status, error)
        if length[0] <= capacity:
            return bytes(ffi.buffer(out, length[0])).decode("utf-8", "replace")
        capacity = length[0]
