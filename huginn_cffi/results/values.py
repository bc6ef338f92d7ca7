"""Values of single fields of a row, as the core writes them into records."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import handle_of
from huginn_cffi.batch.rows import Rows

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def written(
    ask: Callable[..., int], *of: Any, capacity: int, kind: str = "char[]", count: str = "size_t *"
) -> tuple[Any, int]:
    """Call a core function with a buffer, enlarged if needed; return the buffer and the written length."""
    length, error = ffi.new(count), ffi.new("hg_error *")
    while True:
        out = _allocate(kind, capacity)
        check(ask(*of, out, capacity, length, error), error)
        if length[0] <= capacity:
            return out, length[0]
        capacity = length[0]


def value(batch: Rows, row: int, field: int) -> Any:
    """The value of a field by its index in `sigcompiler.schema.rows.FIELDS`; lists are tuples."""
    out, length, error = _allocate("char[]", lib.HG_MAX_RECORD), ffi.new("size_t *"), ffi.new("hg_error *")
    database = handle_of(batch.database)
    check(lib.hg_field_json(batch._native, database, row, field, out, length, error), error)
    found = json.loads(ffi.buffer(out, length[0])[:])
    return tuple(found) if isinstance(found, list) else found
