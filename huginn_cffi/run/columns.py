"""The columns of a batch, which are the core's memory.

Shared columns have a value for every event. Each reader adds dense columns with a value for each of its own
events; its column ``row`` has the index of that event in the shared columns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData

_CODES = {
    "int64_t": "q",
    "uint64_t": "Q",
    "int16_t": "h",
    "uint8_t": "B",
    "uint16_t": "H",
    "uint32_t": "I",
    "double": "d",
}

READERS = {
    name: getattr(lib, f"HG_READER_{name.upper()}")
    for name, field in ffi.typeof("hg_columns").fields
    if field.type.kind == "struct"
}
"""The readers' numbers in the core, by the names of their structs in ``hg_columns``."""

NONE = dict.fromkeys(
    ("signature", "link", "client", "software", "segments_rule"),
    lib.HG_NO_SIGNATURE.to_bytes(4, sys.byteorder),
)
NONE.update(dict.fromkeys(("tls_syn", "http_syn", "http_hello"), lib.HG_NOT_SEEN.to_bytes(4, sys.byteorder)))
"""The bytes for "no value" in columns where these are not zeros."""


class BatchColumn(NamedTuple):
    """One column: `width` values of `code` (as in `struct`) a row; `reader` is "" for a shared one."""

    name: str
    code: str
    item_bytes: int
    width: int
    reader: str

    @property
    def row_bytes(self) -> int:
        """Bytes that one row takes."""
        return self.item_bytes * self.width


def _described() -> Iterator[BatchColumn]:
    for name, field in ffi.typeof("hg_columns").fields:
        if field.type.kind == "struct":
            yield from (_describe(inner, one.type, name) for inner, one in field.type.fields)
        else:
            yield _describe(name, field.type, "")


def _describe(name: str, pointer: Any, reader: str) -> BatchColumn:
    item = pointer.item
    width = 1
    if item.kind == "array":
        width, item = item.length, item.item
    return BatchColumn(name, _CODES[item.cname], ffi.sizeof(item), width, reader)


MEMBERS = tuple(_described())
"""All columns, including the readers' columns, in the order of the header."""

COLUMNS: dict[str, BatchColumn] = {column.name: column for column in MEMBERS if column.name != "row"}
"""Columns that are available with a value for every event, by name."""

NAMES = {"match_index": "signature", "link_index": "link", "match_fuzzy": "fuzzy"}
"""Columns with a public name of their own; the core's name means something else in tables."""

CORE_NAMES = {core: public for public, core in NAMES.items()}


@cache
def of_tables() -> frozenset[str]:
    """The columns that tables have, and the rows of a reader's events."""
    from sigcompiler.schema.rows import FIELDS  # only for users' columns

    return frozenset(("row", *(field.column for field in FIELDS)))


def public_names(columns: Iterable[str], *, raw: bool = False) -> tuple[str, ...]:
    """The names of these columns that tables have, too; with `raw` the others: places, numbers and marks."""
    names = (CORE_NAMES.get(name, name) for name in columns)
    return tuple(name for name in names if (name not in of_tables()) == raw)


TEXTS = frozenset(
    (column.reader, column.name.removesuffix("_offset"))
    for column in MEMBERS
    if column.name.endswith("_offset")
)
"""Text columns. Each is stored as two columns: offset and length in the texts of the batch."""

GROUPS: dict[str, dict[str, BatchColumn]] = {
    reader: {column.name: column for column in MEMBERS if column.reader == reader} for reader in READERS
}
"""Each reader's columns by name."""


class _Views(dict[str, memoryview]):
    """Columns of one reader by name, each made on first access: most are never used."""

    def __init__(self, batch: CData, reader: str) -> None:
        self._batch, self._reader = batch, reader

    def __missing__(self, name: str) -> memoryview:
        batch, columns, described = self._batch, self._batch.columns, COLUMNS
        if self._reader:
            columns, described = getattr(columns, self._reader), GROUPS[self._reader]
        start = int(ffi.cast("uintptr_t", getattr(columns, name))) - int(ffi.cast("uintptr_t", batch))
        memory = memoryview(ffi.buffer(batch, start + batch.capacity * described[name].row_bytes))
        view: memoryview = memory[start:].cast(described[name].code)  # type: ignore[call-overload]
        self[name] = view
        return view


class Columns:
    """The columns as flat views: ``columns.ittl`` and so on, with a value for every event.

    Views cover the whole capacity of `batch`, an ``hg_batch *`` from the core, and keep it alive; columns
    with several values per row, such as addresses and option layouts, are flat bytes. `dense` has the
    columns of each reader as the core wrote them, and the shared columns under "".
    """

    def __init__(self, batch: CData) -> None:
        self._batch = batch
        self._counts: CData = None
        self._made: list[str] = []

    @cached_property
    def dense(self) -> dict[str, _Views]:
        """Created when needed, because many batches are only counted, or rendered by the core."""
        return {reader: _Views(self._batch, reader) for reader in ("", *READERS)}

    def texts(self, reader: str, name: str, count: int) -> list[str]:
        """The first `count` texts of a reader's column; invalid UTF-8 is replaced."""
        dense = self.dense[reader]
        places = zip(dense[f"{name}_offset"][:count], dense[f"{name}_length"][:count], strict=True)
        memory = ffi.buffer(self._batch.texts, self._batch.text_capacity)
        return [str(memory[start : start + length], "utf-8", "replace") for start, length in places]

    def written(self, batch: CData) -> None:
        """Call after the core wrote to `batch`: drops values made from the old content."""
        self._counts = batch.counts
        self._rows = batch.count
        while self._made:
            delattr(self, self._made.pop())

    def __getattr__(self, name: str) -> memoryview:
        column = COLUMNS.get(name)
        if column is None:
            raise AttributeError(name)
        reader, counts = column.reader, self._counts
        # The reader reported only some of the events.
        is_sparse = reader and counts is not None and counts[READERS[reader]] != self._rows
        view = self._spread(column) if is_sparse else self.dense[reader][name]
        if name == "outer" and counts is not None:
            tunnel, outer = (ffi.from_buffer("uint8_t[]", cells) for cells in (self.tunnel, view))
            lib.hg_clear_outer(tunnel, self._rows, outer)
        if reader or name == "outer":
            self._made.append(name)
        setattr(self, name, view)
        return view

    def _spread(self, column: BatchColumn) -> memoryview:
        """A reader's column, expanded to a value for every event."""
        name, dense, count = column.name, self.dense[column.reader], self._counts[READERS[column.reader]]
        wide = bytearray(NONE[name] if name in NONE else bytes(column.row_bytes)) * self._batch.capacity
        values, rows = ffi.from_buffer("uint8_t[]", dense[name]), ffi.from_buffer("uint32_t[]", dense["row"])
        lib.hg_spread_values(values, column.row_bytes, rows, count, ffi.from_buffer("uint8_t[]", wide))
        view: memoryview = memoryview(wide).cast(column.code)  # type: ignore[call-overload]
        return view
