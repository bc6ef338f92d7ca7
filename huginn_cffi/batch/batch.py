"""Batches: events as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi
from huginn_cffi.batch.columns import COLUMNS, GROUPS, READERS, TEXTS, Column, Columns
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.results import Part, TcpAnalysisResult
from huginn_cffi.results.making import results_of

if TYPE_CHECKING:
    import pyarrow

    from huginn_cffi._native import CData
    from huginn_cffi.database import Database
    from huginn_cffi.results.views import View


def _known(columns: Mapping[str, Column], name: object) -> Column:
    column = columns.get(name) if isinstance(name, str) else None
    if column is None:
        raise KeyError(f"no column {name!r}; there are {', '.join(columns)}")
    return column


def _values(column: Column, cells: memoryview, count: int) -> memoryview:
    """The first `count` rows, with a dimension more where a row has several values."""
    view = cells[: count * column.width].toreadonly()
    if column.width == 1 or count == 0:
        return view
    return view.cast("B", shape=[count, column.width])


class ReaderColumns:
    """The columns of one reader: ``batch.tcp["ittl"]``, a value for each event of this reader.

    ``len(batch.tcp)`` is their number, ``batch.tcp["row"]`` the row of each in the batch. Else as
    the columns of `Batch`.
    """

    __slots__ = ("_batch", "_reader")

    def __init__(self, batch: Batch, reader: str) -> None:
        self._batch = batch
        self._reader = reader

    @property
    def columns(self) -> tuple[str, ...]:
        """The names."""
        return tuple(GROUPS[self._reader])

    def texts(self, name: str) -> list[str]:
        """A column of texts, one for each event of this reader. `KeyError` when there is none."""
        if (self._reader, name) not in TEXTS:
            raise KeyError(f"no texts {name!r}")
        return self._batch.cells.texts(self._reader, name, len(self))

    def __len__(self) -> int:
        return int(self._batch.native.counts[READERS[self._reader]])

    def __getitem__(self, name: str) -> memoryview:
        column = _known(GROUPS[self._reader], name)
        return _values(column, self._batch.cells.dense[self._reader][name], len(self))

    def __repr__(self) -> str:
        return f"<{self._reader} columns of {len(self)} events>"


class Batch:
    """Up to a fixed number of events, in columns of C memory that the batch owns.

    ``len(batch)`` is the number of rows, ``batch["ittl"]`` one column as a read-only
    `memoryview` (two-dimensional for ``src_ip``, ``dst_ip`` and ``olayout``), `columns` the
    names. A column has a value for every row, zero where the event has none. Views stay valid for as
    long as they are kept, whatever happens to the batch. ``signature`` and ``link`` are indices into
    the database (``NO_SIGNATURE`` for none). ``flow`` is the ``packet_number`` of the first packet
    of the event's connection: events of one connection are joined by it. A name that is none of
    `columns` raises `KeyError`.

    `tcp` has the columns of one reader, with values for its own events only.

    All rows come from one capture: `capture` is its name (its path, "standard input", "capture in
    memory", an interface, or "packets"), and `packets_before` the number of packets that were read
    before it, so that ``packet_number - packets_before`` counts within the capture.

    `count` is the number of rows too, and `database` the one that named them. `cells` (whole
    columns, rows that are not in use included) and `native` (an ``hg_batch *``) are the package's own.
    """

    __slots__ = ("capture", "cells", "count", "database", "native", "packets_before")

    columns: tuple[str, ...] = tuple(COLUMNS)

    def __init__(
        self, capacity: int, database: Database | None, capture: str = "packets", packets_before: int = 0
    ) -> None:
        self.cells = Columns(capacity)
        self.native: CData = ffi.new("hg_batch *")
        self.native.capacity = capacity
        self.cells.bind(self.native)
        self.database = database
        self.capture = capture
        self.packets_before = packets_before
        self.count = 0

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, name: str) -> memoryview:
        column = _known(COLUMNS, name)
        return _values(column, getattr(self.cells, name), self.count)

    @property
    def tcp(self) -> ReaderColumns:
        """The columns of the TCP reader."""
        return ReaderColumns(self, "tcp")

    def written(self) -> None:
        """The core wrote to `native`: take over what it says."""
        self.count = self.native.count
        self.cells.written(self.native)

    def filled(self, count: int) -> None:
        """`count` rows were written to `cells` here, all of them events of the TCP reader."""
        self.count = self.native.count = count
        self.cells.told_by_tcp(self.native)

    def __iter__(self) -> Iterator[Part]:
        """The rows as typed parts, made one by one."""
        for result in self.results():
            yield from result.parts

    def results(self) -> Iterator[TcpAnalysisResult]:
        """One result a packet, made one by one."""
        return results_of(self, TcpAnalysisResult)

    def render(self, format: str = "text") -> bytes:
        """All rows as "text", "json" (one object a line) or another format of text, UTF-8."""
        return b"".join(self.rendered(format))

    def rendered(self, format: str = "text") -> Iterator[bytes]:
        """The same in pieces of bounded size, each of whole records. `ValueError` for other formats."""
        return Renderer(format, self.database).pieces(self, 0, self.count)

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a `pyarrow.Table` of records; `ImportError` without the extra ``huginn_cffi[arrow]``.

        There is a column for each field of a record (docs/record-fields.md), null where an event has
        no value: texts and names in place of the numbers that stand for them here. Numbers share the
        batch's memory.
        """
        from huginn_cffi.formats.arrow import batch_table

        return batch_table(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The same for whoever takes streams of Arrow's C interface, such as polars and DuckDB."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __reduce__(self) -> tuple[object, ...]:
        from huginn_cffi.batch.pickling import batch_of, packed

        return batch_of, (packed(self, 0, self.count), self.count, self.database)

    def pickled_result(
        self, kind: type[TcpAnalysisResult], first: int, rows: int, drop: str | None
    ) -> tuple[object, ...]:
        """What `pickle` keeps of a result of this kind: its own rows."""
        from huginn_cffi.batch.pickling import packed, result_of

        return result_of, (kind, packed(self, first, first + rows), rows, self.database, drop)

    def pickled_view(self, kind: type[View], row: int) -> tuple[object, ...]:
        """What `pickle` keeps of a view of this kind: its row."""
        from huginn_cffi.batch.pickling import packed, view_of

        return view_of, (kind, packed(self, row, row + 1), self.database)

    def __repr__(self) -> str:
        return f"<Batch of {self.count} events>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the first events."""
        from huginn_cffi.formats.html import batch_html

        return batch_html(self)
