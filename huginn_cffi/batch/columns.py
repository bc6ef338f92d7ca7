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

    __slots__ = ("_arena", "_base", "_plan", *COLUMNS)

    def __init__(self, capacity: int) -> None:
        self._plan = _plan(capacity)
        self._arena = _allocate("uint8_t[]", self._plan.size + ALIGNMENT)
        self._base = -int(ffi.cast("uintptr_t", self._arena)) % ALIGNMENT
        memory = memoryview(ffi.buffer(self._arena))[self._base : self._base + self._plan.size]
        typed = {code: memory.cast(code) for code in _CODES.values()}  # type: ignore[call-overload]
        for name, code, start, stop in self._plan.views:
            setattr(self, name, typed[code][start:stop])

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> memoryview: ...

    def bind(self, batch: CData) -> None:
        """Point the columns of `batch` (an ``hg_batch *``, which begins with them) at the memory."""
        start = int(ffi.cast("uintptr_t", self._arena)) + self._base
        pointers = ffi.cast("uintptr_t *", batch)
        pointers[0 : len(COLUMNS)] = [start + offset for offset in self._plan.offsets]


class _Plan(NamedTuple):
    """Where the columns of a batch lie."""

    size: int
    """Bytes of all together."""
    offsets: tuple[int, ...]
    """In bytes, in the order of the header."""
    views: tuple[tuple[str, str, int, int], ...]
    """Name, code, first value and the one after the last, counted in values of that code."""


@lru_cache(maxsize=16)
def _plan(capacity: int) -> _Plan:
    """The plan for `capacity` rows."""
    offsets = []
    views = []
    end = 0
    for column in COLUMNS.values():
        offsets.append(end)
        first = end // column.item_bytes
        views.append((column.name, column.code, first, first + capacity * column.width))
        size = capacity * column.row_bytes
        end += -(-size // ALIGNMENT) * ALIGNMENT + STAGGER
    return _Plan(end, tuple(offsets), tuple(views))
