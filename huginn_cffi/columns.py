"""Memory of a batch: one block, one column after the other, as the core's header says."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi._native import ffi

if TYPE_CHECKING:
    from huginn_cffi._native import CData

ALIGNMENT = 64
"""Columns start at multiples of a cache line, which vector code and Arrow want."""

STAGGER = 3 * ALIGNMENT
"""Added between columns. Without it all columns would start at the same offset within a page
and a row's values would compete for one set of the first-level cache."""

_CODES = {
    "int64_t": "q",
    "uint64_t": "Q",
    "int16_t": "h",
    "uint8_t": "B",
    "uint16_t": "H",
    "uint32_t": "I",
    "double": "d",
}

# No clearing: the core writes every value of a row, and nobody sees more rows than it wrote.
_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class Column(NamedTuple):
    """One member of ``hg_columns``: `width` values of `code` (as in `struct`) a row."""

    name: str
    pointer: Any
    code: str
    item_bytes: int
    width: int

    @property
    def row_bytes(self) -> int:
        """Bytes that one row takes."""
        return self.item_bytes * self.width


def _describe(name: str, pointer: Any) -> Column:
    item = pointer.item
    width = 1
    if item.kind == "array":
        width, item = item.length, item.item
    return Column(name, pointer, _CODES[item.cname], ffi.sizeof(item), width)


COLUMNS: dict[str, Column] = {
    name: _describe(name, field.type) for name, field in ffi.typeof("hg_columns").fields
}
"""Columns by name, in the order of the header."""


class Columns:
    """The columns as flat views: ``columns.ittl`` and so on.

    Views reach over the whole capacity; columns with several values a row (addresses, option
    layouts) are flat bytes. They keep the memory alive.
    """

    __slots__ = ("_arena", "_base", "_offsets", *COLUMNS)

    def __init__(self, capacity: int) -> None:
        self._offsets, size = _plan(capacity)
        self._arena = _allocate("uint8_t[]", size + ALIGNMENT)
        self._base = -int(ffi.cast("uintptr_t", self._arena)) % ALIGNMENT
        memory = memoryview(ffi.buffer(self._arena))
        for name, column in COLUMNS.items():
            start = self._base + self._offsets[name]
            view = memory[start : start + capacity * column.row_bytes]
            setattr(self, name, view if column.code == "B" else view.cast(column.code))  # type: ignore[call-overload]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> memoryview: ...

    def bind(self, target: CData) -> None:
        """Point the members of `target` (an ``hg_columns``) at the columns."""
        start = self._arena + self._base
        for column in COLUMNS.values():
            setattr(target, column.name, ffi.cast(column.pointer, start + self._offsets[column.name]))


@lru_cache(maxsize=16)
def _plan(capacity: int) -> tuple[dict[str, int], int]:
    """Offsets of the columns for `capacity` rows, and the bytes that they take together."""
    offsets: dict[str, int] = {}
    end = 0
    for column in COLUMNS.values():
        offsets[column.name] = end
        size = capacity * column.row_bytes
        end += -(-size // ALIGNMENT) * ALIGNMENT + STAGGER
    return offsets, end
