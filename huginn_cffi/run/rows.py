"""Events as columns: the core writes them, and all code that reads rows takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import lib
from huginn_cffi.base.handles import CData, made
from huginn_cffi.base.unknown import unknown
from huginn_cffi.run.columns import (
    COLUMNS,
    CORE_NAMES,
    GROUPS,
    NAMES,
    READERS,
    TEXTS,
    BatchColumn,
    Columns,
    of_tables,
    public_names,
)
from huginn_cffi.run.opened import OpenDatabase

TEXT_BYTES = 256
"""Bytes reserved for texts per row; the system commits memory only when it is written to."""


def new_batch(rows: int, texts: int, completions: int) -> CData:
    """An ``hg_batch *`` with room for so many rows, bytes of texts, and completed connections."""
    return made("hg_batch", lib.hg_batch_new, rows, texts, completions, 0)


def _column_named(columns: Mapping[str, BatchColumn], name: object, *, raw: bool = False) -> BatchColumn:
    if not isinstance(name, str):
        raise TypeError(f"batch[…] takes the name of a column, not {name!r}; for rows, iterate over it")
    column = None if name in CORE_NAMES else columns.get(NAMES.get(name, name))
    if column is not None and (name not in of_tables()) == raw:
        return column
    from difflib import get_close_matches  # only for the message

    there = public_names(columns, raw=raw)
    near = get_close_matches(name, there, 3)
    readers = (one for one, own in GROUPS.items() if name in own or (one, name) in TEXTS)
    reader = "" if column is not None or raw else next(readers, "")
    words = f"did you mean {', '.join(near)}?" if near else "the attribute columns lists them"
    words = f"use batch.{reader}[{name!r}]" if reader else words
    raise KeyError(f"no column {name!r}; {words if column is None or raw else f'use batch.raw[{name!r}]'}")


def _values(column: BatchColumn, cells: memoryview, count: int) -> memoryview:
    """The first `count` rows, with a second dimension if a row has several values."""
    view = cells[: count * column.width].toreadonly()
    if column.width == 1 or count == 0:
        return view
    return view.cast("B", shape=[count, column.width])


class RawColumns:
    """The columns that tables do not have: places of texts, numbers in the database, marks.

    ``batch.raw["match_index"]``; ``NO_SIGNATURE`` (all bits) is no signature. `columns` are their names.
    """

    __slots__ = ("_cells", "_columns", "_count")

    def __init__(
        self, columns: Mapping[str, BatchColumn], cells: Callable[[str], memoryview], count: int
    ) -> None:
        self._columns, self._cells, self._count = columns, cells, count

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return public_names(self._columns, raw=True)

    def __getitem__(self, name: str) -> memoryview:
        column = _column_named(self._columns, name, raw=True)
        return _values(column, self._cells(column.name), self._count)


class ReaderColumns:
    """The columns of one reader: ``batch.tcp["ittl"]``, a value for each event of this reader.

    ``len(batch.tcp)`` is the number of events, ``batch.tcp["row"]`` the row of each in the batch. They work
    as the columns of `Batch`, but a text column (``batch.http["user_agent"]``) is a list, as from `texts`.
    """

    __slots__ = ("_batch", "_reader")

    def __init__(self, batch: Rows, reader: str) -> None:
        self._batch = batch
        self._reader = reader

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        texts = (name for reader, name in TEXTS if reader == self._reader)
        return public_names((*GROUPS[self._reader], *sorted(texts)))

    @property
    def raw(self) -> RawColumns:
        """The other columns of this reader."""
        cells = self._batch._cells.dense[self._reader]
        return RawColumns(GROUPS[self._reader], cells.__getitem__, len(self))

    def texts(self, name: str) -> list[str]:
        """A text column, with one text for each event of this reader. `KeyError` for other names."""
        if (self._reader, name) not in TEXTS:
            raise KeyError(f"no texts {name!r}")
        return self._batch._cells.texts(self._reader, name, len(self))

    def __len__(self) -> int:
        return int(self._batch._native.counts[READERS[self._reader]])

    def __getitem__(self, name: str) -> Any:
        if (self._reader, name) in TEXTS:
            return self.texts(name)
        column = _column_named(GROUPS[self._reader], name)
        return _values(column, self._batch._cells.dense[self._reader][column.name], len(self))

    def __repr__(self) -> str:
        return f"<{self._reader} columns of {len(self)} events>"


class OfReader(property):
    """The columns of the reader of this name."""

    def __init__(self, meaning: str) -> None:
        super().__init__(self._columns, doc=meaning)

    def __set_name__(self, owner: type, name: str) -> None:
        self._reader = name

    def _columns(self, batch: Rows) -> ReaderColumns:
        return ReaderColumns(batch, self._reader)

    if TYPE_CHECKING:

        def __get__(self, batch: Rows, owner: type | None = None) -> ReaderColumns: ...  # type: ignore[override]


class Rows:
    """Up to a fixed number of events, in columns of the core's memory. Users get a `Batch`.

    `native` is an ``hg_batch *``; without it one for `capacity` events is made.
    """

    __slots__ = ("_cells", "_hides_private", "_native", "capture", "count", "database", "packets_before")

    _cells: Columns
    """The full columns, including unused rows."""
    _native: CData
    """An ``hg_batch *``."""
    _hides_private: bool
    """The addresses were replaced, and records leave out other personal data."""

    database: OpenDatabase | None
    """The database that named the rows."""
    capture: str
    """The source of the rows: a path, "standard input", "capture in memory", an interface, or "packets"."""
    packets_before: int
    """Packets that were read before this capture."""
    count: int
    """The number of rows."""

    def __init__(
        self,
        capacity: int,
        database: OpenDatabase | None,
        capture: str = "packets",
        packets_before: int = 0,
        native: CData | None = None,
    ) -> None:
        if native is None:
            native = new_batch(capacity, max(capacity * TEXT_BYTES, lib.HG_MIN_TEXTS), lib.HG_MIN_COMPLETIONS)
        self._native = native
        self.database = database
        self.capture = capture
        self.packets_before = packets_before
        self._hides_private = False
        self.count = native.count

    def __getattr__(self, name: str) -> Any:
        """Make `_cells` when it is needed, because many batches are only counted, or rendered by the core."""
        if name != "_cells":
            raise unknown(self, name)
        self._cells = Columns(self._native)
        self._cells.written(self._native)
        return self._cells

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, name: str) -> memoryview:
        column = _column_named(COLUMNS, name)
        return _values(column, getattr(self._cells, column.name), self.count)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, as in tables."""
        return public_names(COLUMNS)

    @property
    def raw(self) -> RawColumns:
        """The columns that tables do not have."""
        return RawColumns(COLUMNS, partial(getattr, self._cells), self.count)

    tcp: OfReader = OfReader("The columns of the TCP reader.")
    segments: OfReader = OfReader("The columns of the event ``segments``.")
    tls: OfReader = OfReader("The columns of the TLS reader.")
    http: OfReader = OfReader("The columns of the HTTP reader.")
    ssh: OfReader = OfReader("The columns of the SSH reader.")
    greetings: OfReader = OfReader("The columns of the reader of greetings.")
    certificates: OfReader = OfReader("The columns of certificates of TLS servers.")
    devices: OfReader = OfReader("The columns of announcements of devices.")
    changes: OfReader = OfReader("The columns of the changes of hosts (`Analyzer` with ``changes=True``).")

    def _written(self) -> None:
        """Call after rows were written to `_native`: takes over its counts."""
        self.count = self._native.count
        self._cells.written(self._native)

    def _pickled_result(self, first: int, rows: int, drop: str | None) -> tuple[object, ...]:
        raise NotImplementedError

    def _pickled_view(self, kind: type, row: int) -> tuple[object, ...]:
        raise NotImplementedError
