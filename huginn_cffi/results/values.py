"""The values of single fields of a row, as the core writes them into records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import handle_of

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def value(batch: Rows, row: int, field: int) -> Any:
    """The value of a field, which is counted as in `sigcompiler.schema.rows.FIELDS`; lists are tuples."""
    out, length, error = _allocate("char[]", lib.HG_MAX_RECORD), ffi.new("size_t *"), ffi.new("hg_error *")
    database = handle_of(batch.database)
    check(lib.hg_field_json(batch._native, database, row, field, out, length, error), error)
    found = json.loads(ffi.buffer(out, length[0])[:])
    return tuple(found) if isinstance(found, list) else found
