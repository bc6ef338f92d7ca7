"""Memory of a batch: one block, one column after the other, as the core's header says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True, slots=True)
class Column:
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
    """The columns as flat views: ``columns.ittl`` and so on, made when first asked for.

    Views reach over the whole capacity; columns with several values a row (addresses, option
    layouts) are flat bytes. They keep the memory alive.
    """

    def __init__(self, capacity: int) -> None:
        self._offsets, size = _plan(capacity)
        self._capacity = capacity
        self._arena = _allocate("uint8_t[]", size + ALIGNMENT)
        address = int(ffi.cast("uintptr_t", self._arena))
        self._base = -address % ALIGNMENT
        self._memory = memoryview(ffi.buffer(self._arena))

    def __getattr__(self, name: str) -> memoryview:
        column = COLUMNS.get(name)
        if column is None:
            raise AttributeError(name)
        start = self._base + self._offsets[name]
        view = self._memory[start : start + self._capacity * column.row_bytes].cast(column.code)  # type: ignore[call-overload]
        setattr(self, name, view)
        return view  # type: ignore[no-any-return]

    def bind(self, target: CData) -> None:
        """Point the members of `target` (an ``hg_columns``) at the columns."""
        start = self._arena + self._base
        for column in COLUMNS.values():
            setattr(target, column.name, ffi.cast(column.pointer, start + self._offsets[column.name]))


def _plan(capacity: int) -> tuple[dict[str, int], int]:
    """Offsets of the columns for `capacity` rows, and the bytes that they take together."""
    offsets: dict[str, int] = {}
    end = 0
    for column in COLUMNS.values():
        offsets[column.name] = end
        size = capacity * column.row_bytes
        end += -(-size // ALIGNMENT) * ALIGNMENT + STAGGER
    return offsets, end
