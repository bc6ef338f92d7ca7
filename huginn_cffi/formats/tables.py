"""Writers of tables: CSV, Parquet, and folders of these."""

from __future__ import annotations

import io
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.files import write_all
from huginn_cffi.base.names import ANY, with_interface_names
from huginn_cffi.formats.arrow import SCHEMA, Records, kind_schema, record_batch
from huginn_cffi.formats.cells import FORMULA, for_people
from huginn_cffi.formats.folders import OutputFolder
from huginn_cffi.formats.forms import Sink, format_named
from sigcompiler.schema.rows import EVENTS, FREE_TEXTS

import pyarrow as pa  # isort: skip - `arrow` reports a missing pyarrow
import pyarrow.compute as pc  # isort: skip

if TYPE_CHECKING:
    from huginn_cffi.run.rows import Rows

ROW_GROUP_ROWS = 1 << 17
"""Rows in a Parquet row group. This many are held in memory, about 50 MB."""

_ALL_DIFFERENT = "community_id"


class SinkFile(io.RawIOBase):
    """A file object for pyarrow that writes to a sink. Closing it leaves the sink open."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: Any) -> int:
        """Write to the sink."""
        self._sink.write(data)
        return len(data)

    def writable(self) -> bool:
        """Always true."""
        return True


class _Pieces(list[bytes]):
    def write(self, data: bytes | memoryview, /) -> None:
        self.append(bytes(data))


class TableCsvWriter:
    """Writes CSV, each batch at once; a `RecordWriter`."""

    def __init__(self, sink: Sink, schema: Any = SCHEMA, *, interface: str | None = None) -> None:
        self._names, self._interface = schema.names, interface
        self._plain = plain_schema(schema)
        self._output: Any = _csv(sink, self._plain)

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch, by default all."""
        self.write_records(_with_names(record_batch(batch, rows).select(self._names), self._interface))

    def write_records(self, records: pa.RecordBatch) -> None:
        """Write records that have the columns of the writer's schema."""
        if self._output is not None:
            self._output.write_batch(_for_people(records).cast(self._plain))

    def close(self) -> None:
        """Write the end of the output; a second call is harmless."""
        output, self._output = self._output, None
        if output is not None:
            output.close()


def parquet_settings(schema: Any) -> dict[str, Any]:
    """Settings for pyarrow to write columns of this schema."""
    texts = [field.name for field in plain_schema(schema) if pa.types.is_string(field.type)]
    return {
        "compression": "snappy",
        "use_dictionary": [name for name in texts if name != _ALL_DIFFERENT],
        "write_statistics": [name for name in ("time_ns", "packet_number") if name in schema.names],
        "store_schema": False,
    }


class ParquetWriter:
    """Writes Parquet in row groups of `ROW_GROUP_ROWS`; a `RecordWriter`.

    Its own thread encodes a row group while the next one is analysed; only the caller's thread
    writes to the sink. `close` writes the remaining rows and the footer, without which the file
    cannot be read.
    """

    def __init__(self, sink: Sink, schema: Any = SCHEMA, *, interface: str | None = None) -> None:
        from pyarrow import parquet

        self._sink, self._interface = sink, interface
        self._names = schema.names
        self._pieces = _Pieces()
        self._records = Records()
        self._encoded: Future[None] | None = None
        self._thread: ThreadPoolExecutor | None = ThreadPoolExecutor(1, "parquet")
        self._file = parquet.ParquetWriter(SinkFile(self._pieces), schema, **parquet_settings(schema))

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Take the first `rows` events of a batch, by default all."""
        self._records.add(batch, rows)
        if self._records.waiting() >= ROW_GROUP_ROWS:
            self.write_records(self._records.take())

    def write_records(self, records: pa.RecordBatch) -> None:
        """Wait for the previous row group, then let the thread encode records with the schema's columns."""
        self._settle()
        if self._thread is not None:
            named = _with_names(records.select(self._names), self._interface)
            table = pa.Table.from_batches([named])
            self._encoded = self._thread.submit(self._file.write_table, table, row_group_size=len(records))

    def close(self) -> None:
        """Write the remaining rows and the footer; a second call is harmless."""
        thread = self._thread
        if thread is None:
            return
        try:
            if self._records.waiting():
                self.write_records(self._records.take())
            self._thread = None
            self._settle()
            self._file.close()
            self._deliver()
        finally:
            self._thread = None
            thread.shutdown()

    def _settle(self) -> None:
        """Wait for the previous row group and write it."""
        encoded, self._encoded = self._encoded, None
        if encoded is not None:
            encoded.result()
        self._deliver()

    def _deliver(self) -> None:
        for piece in self._pieces:
            self._sink.write(piece)
        self._pieces.clear()


class FolderWriter:
    """Writes one file for each kind of event that occurs; a `RecordWriter`.

    They replace the files of this format from earlier runs, even for kinds that do not occur this time, so
    that all files of a folder describe the same packets. `OSError` as in `OutputFolder`.
    """

    def __init__(self, format: str, folder: Path) -> None:
        self._format = format
        self._names = {event: f"{event}{format_named(format).suffix}" for event in EVENTS}
        self._folder = OutputFolder(folder, self._names.values())
        self._writers: dict[str, ParquetWriter | TableCsvWriter] = {}
        self._open = ExitStack()
        self._records = Records(by_kind=True)
        self._least = ROW_GROUP_ROWS if format == "parquet" else 1

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch, by default all."""
        self._records.add(batch, rows)
        self._hand_over(self._least)

    def close(self) -> None:
        """Write the ends of the files and close them; a second call is harmless."""
        with closing(self._folder):
            with self._open:
                self._hand_over(1)
            self._folder.publish(self._names.values())

    def _hand_over(self, least: int) -> None:
        for event in EVENTS:
            if self._records.waiting(event) >= least:
                self._writer(event).write_records(self._records.take(event))

    def _writer(self, event: str) -> ParquetWriter | TableCsvWriter:
        """The writer for a kind of event; the file is created at the first event."""
        if event not in self._writers:
            file = self._open.enter_context(_NamedFile(self._folder.unfinished(self._names[event])))
            schema = kind_schema(event)
            writer = (
                ParquetWriter(file, schema) if self._format == "parquet" else TableCsvWriter(file, schema)
            )
            self._open.callback(writer.close)
            self._writers[event] = writer
        return self._writers[event]


class _NamedFile:
    """A new, unbuffered file. Its errors name the path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("xb", buffering=0)

    def write(self, data: bytes | memoryview, /) -> None:
        try:
            write_all(self._file.fileno(), data)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self._path)) from None

    def __enter__(self) -> _NamedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _with_names(records: pa.RecordBatch, interface: str | None) -> pa.RecordBatch:
    """The records; those of all interfaces with the names of these."""
    at = records.schema.get_field_index("segment")
    if interface != ANY or at < 0:
        return records
    column = records.column(at)
    named = [with_interface_names(word.encode()).decode() for word in column.dictionary.to_pylist()]
    shown = pa.DictionaryArray.from_arrays(column.indices, pa.array(named, pa.string()))
    return records.set_column(at, records.schema.field(at), shown)


def _for_people(records: pa.RecordBatch) -> pa.RecordBatch:
    """The records with texts that are safe for terminals, break no line and are no spreadsheet formula.

    Only `FREE_TEXTS` need this; all other fields are numbers, addresses and fixed words.
    """
    names = records.schema.names
    columns = zip(names, records.columns, strict=True)
    shown = [_safe_column(column) if name in FREE_TEXTS else column for name, column in columns]
    return pa.RecordBatch.from_arrays(shown, names)


def _safe_column(column: Any) -> Any:
    if not pa.types.is_dictionary(column.type):
        return column
    words = column.dictionary
    printable = pc.all(pc.utf8_is_printable(words)).as_py() is not False
    if printable and not pc.any(pc.match_substring_regex(words, FORMULA)).as_py():
        return column
    shown = pa.array([for_people(word) for word in words.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(column.indices, shown)


def plain_schema(schema: Any) -> Any:
    """The same columns without dictionary encoding, which CSV does not have."""
    return pa.schema(
        [field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in schema],
        metadata=schema.metadata,
    )


def _csv(sink: Sink, schema: Any) -> Any:
    from pyarrow import csv

    return csv.CSVWriter(SinkFile(sink), schema, write_options=csv.WriteOptions(quoting_style="needed"))
