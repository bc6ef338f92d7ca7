"""Batches: events as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import huginn_cffi as hg
from huginn_cffi._native import ffi
from huginn_cffi.batch.columns import COLUMNS, GROUPS, NAMES, READERS, TEXTS, Column, Columns, public_names

if TYPE_CHECKING:
    from huginn_cffi._native import CData
else:
    CData = Any


class Origin(NamedTuple):
    """What pickled rows need beside their columns."""

    rows: int
    database: hg.Database | None
    capture: str
    packets_before: int


def _known(columns: Mapping[str, Column], name: object) -> Column:
    column = columns.get(NAMES.get(name, name)) if isinstance(name, str) else None
    if column is None:
        raise KeyError(f"no column {name!r}; there are {', '.join(public_names(columns))}")
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
    the columns of `Batch`. A column of texts (``batch.http["user_agent"]``) is a list, as `texts` gives it.
    """

    __slots__ = ("_batch", "_reader")

    def __init__(self, batch: Batch, reader: str) -> None:
        self._batch = batch
        self._reader = reader

    @property
    def columns(self) -> tuple[str, ...]:
        """The names."""
        return public_names(GROUPS[self._reader])

    def texts(self, name: str) -> list[str]:
        """A column of texts, one for each event of this reader. `KeyError` when there is none."""
        if (self._reader, name) not in TEXTS:
            raise KeyError(f"no texts {name!r}")
        return self._batch._cells.texts(self._reader, name, len(self))

    def __len__(self) -> int:
        return int(self._batch._native.counts[READERS[self._reader]])

    def __getitem__(self, name: str) -> Any:
        if (self._reader, name) in TEXTS:
            return self.texts(name)
        column = _known(GROUPS[self._reader], name)
        return _values(column, self._batch._cells.dense[self._reader][column.name], len(self))

    def __repr__(self) -> str:
        return f"<{self._reader} columns of {len(self)} events>"


class Batch:
    """Up to a fixed number of events, in columns of C memory that the batch owns.

    ``len(batch)`` is the number of rows, ``batch["ittl"]`` one column as a read-only
    `memoryview` (two-dimensional for ``src_ip``, ``dst_ip`` and ``olayout``), `columns` the
    names. A column has a value for every row, zero where the event has none. Views stay valid for as
    long as they are kept, whatever happens to the batch. Names that tables have mean the same as there.
    ``match_index`` and ``link_index`` are indices into the database (``NO_SIGNATURE`` for none);
    ``signature``, ``link`` and ``fuzzy`` are older names of these and of ``match_fuzzy``. ``flow`` is the
    ``packet_number`` of the first packet of the event's connection: events of one connection are joined by
    it. A name that is none of `columns` raises `KeyError`.

    `tcp`, `tls`, `http`, `devices` and `changes` have the columns of one reader, with values for its own
    events only.

    All rows come from one capture: `capture` is its name (its path, "standard input", "capture in
    memory", an interface, or "packets"), and `packets_before` the number of packets that were read
    before it, so that ``packet_number - packets_before`` counts within the capture.

    `count` is the number of rows too, and `database` the one that named them.
    """

    __slots__ = ("_cells", "_hides_private", "_native", "capture", "count", "database", "packets_before")

    _cells: Columns
    """Whole columns, rows that are not in use included."""
    _native: CData
    """An ``hg_batch *``."""
    _hides_private: bool
    """The addresses were replaced, and records leave out other personal data."""

    columns: tuple[str, ...] = public_names(COLUMNS)

    def __init__(
        self,
        capacity: int,
        database: hg.Database | None,
        capture: str = "packets",
        packets_before: int = 0,
        text_room: int | None = None,
    ) -> None:
        self._cells = Columns(capacity, text_room)
        self._native = ffi.new("hg_batch *")
        self._native.capacity = capacity
        self._cells.bind(self._native)
        self.database = database
        self.capture = capture
        self.packets_before = packets_before
        self._hides_private = False
        self.count = 0

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, name: str) -> memoryview:
        column = _known(COLUMNS, name)
        return _values(column, getattr(self._cells, column.name), self.count)

    @property
    def tcp(self) -> ReaderColumns:
        """The columns of the TCP reader."""
        return ReaderColumns(self, "tcp")

    @property
    def segments(self) -> ReaderColumns:
        """The columns of the event ``segments``."""
        return ReaderColumns(self, "segments")

    @property
    def tls(self) -> ReaderColumns:
        """The columns of the TLS reader."""
        return ReaderColumns(self, "tls")

    @property
    def http(self) -> ReaderColumns:
        """The columns of the HTTP reader."""
        return ReaderColumns(self, "http")

    @property
    def devices(self) -> ReaderColumns:
        """The columns of announcements of devices."""
        return ReaderColumns(self, "devices")

    @property
    def changes(self) -> ReaderColumns:
        """The columns of the changes of hosts (`Analyzer` with ``changes=True``)."""
        return ReaderColumns(self, "changes")

    def _handshakes(self) -> hg.Handshakes:
        """What its SYNs and SYN+ACKs show, each that is different once."""
        from huginn_cffi.batch.handshakes import Handshakes

        return Handshakes(self)

    def _written(self) -> None:
        """Rows were written to `_native`: take over what it says."""
        self.count = self._native.count
        self._cells.written(self._native)

    def __iter__(self) -> Iterator[hg.Part]:
        """The rows as typed parts, made one by one."""
        for result in self.results():
            yield from result.parts

    def results(self) -> Iterator[hg.AnalysisResult]:
        """One result a packet, made one by one."""
        from huginn_cffi.results import AnalysisResult
        from huginn_cffi.results.making import results_of

        return results_of(self, AnalysisResult)

    def render(self, format: str = "text") -> bytes:
        """All rows as "text", "json" (one object a line) or another format of text, UTF-8."""
        return b"".join(self.rendered(format))

    def rendered(self, format: str = "text") -> Iterator[bytes]:
        """The same in pieces of bounded size, each of whole records. `ValueError` for other formats."""
        from huginn_cffi.formats.rendering import Renderer

        return Renderer(format, self.database).pieces(self, 0, self.count)

    def to_arrow(self) -> Any:
        """The rows as a `pyarrow.Table` of records; `ImportError` without the extra ``huginn_cffi[arrow]``.

        There is a column for each field of a record (docs/record-fields.md), null where an event has
        no value: texts and names in place of the numbers that stand for them here. The table has memory
        of its own, which the core fills.
        """
        from huginn_cffi.formats.arrow import batch_table

        return batch_table(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The same for whoever takes streams of Arrow's C interface, such as polars and DuckDB."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __reduce__(self) -> tuple[object, ...]:
        from huginn_cffi.batch.pickling import batch_of

        return batch_of, (self._packed(0, self.count), self._origin(self.count))

    def _pickled_result(
        self, kind: type[hg.AnalysisResult], first: int, rows: int, drop: str | None
    ) -> tuple[object, ...]:
        """What `pickle` keeps of a result of this kind: its own rows."""
        from huginn_cffi.batch.pickling import result_of

        return result_of, (kind, self._packed(first, rows), self._origin(rows), drop)

    def _pickled_view(self, kind: type[hg.View], row: int) -> tuple[object, ...]:
        """What `pickle` keeps of a view of this kind: its row."""
        from huginn_cffi.batch.pickling import view_of

        return view_of, (kind, self._packed(row, 1), self._origin(1))

    def _packed(self, first: int, rows: int) -> tuple[bytes, ...]:
        from huginn_cffi.batch.moving import cells_of, layout

        return (layout(), *cells_of(self, first, first + rows).values())

    def _origin(self, rows: int) -> tuple[object, ...]:
        return tuple(Origin(rows, self.database, self.capture, self.packets_before))

    def __repr__(self) -> str:
        return f"<Batch of {self.count} events>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the first events."""
        from huginn_cffi.formats.html import batch_html

        return batch_html(self)
