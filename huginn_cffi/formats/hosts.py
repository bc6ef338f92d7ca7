"""Records of hosts as tables: rows of plain values in, the names of their columns known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from huginn_cffi.formats import Sink
from huginn_cffi.formats.cells import csv_line
from sigcompiler.diagnostics import valid

Rows = Iterable[Sequence[tuple[Any, ...]]]
"""Pieces of a table."""
Kinds = Mapping[str, str]
"""The columns, with the kind of value (`huginn_cffi.hosts.table.KINDS`)."""


def write_csv(sink: Sink, columns: Sequence[str], pieces: Rows) -> None:
    """A head line and a line a host; lists have `` | `` between their texts."""
    sink.write(csv_line(columns))
    for piece in pieces:
        sink.write(b"".join(map(csv_line, piece)))


def write_parquet(sink: Sink, kinds: Kinds, pieces: Rows) -> None:
    """Parquet; `ModuleNotFoundError` without the extra, as the next ones."""
    from huginn_cffi.formats.tables import SinkFile  # which says what is missing

    from pyarrow import parquet  # isort: skip

    with parquet.ParquetWriter(SinkFile(sink), _schema(kinds), compression="snappy") as writer:
        for batch in reader(kinds, pieces):
            writer.write_batch(batch)


def write_arrow(sink: Sink, kinds: Kinds, pieces: Rows, *, stream: bool) -> None:
    """A file of Arrow's IPC format, or a stream of it."""
    from huginn_cffi.formats.tables import arrow_output

    found = reader(kinds, pieces)
    with arrow_output(sink, found.schema, stream=stream) as writer:
        for batch in found:
            writer.write_batch(batch)


def reader(kinds: Kinds, pieces: Rows) -> Any:
    """A `pyarrow.RecordBatchReader` of the hosts."""
    schema = _schema(kinds)

    import pyarrow as pa

    def batches() -> Iterator[Any]:
        for piece in pieces:
            columns = zip(zip(*piece, strict=True), schema.types, strict=True)
            arrays = [pa.array([*map(_valid, cells)], kind) for cells, kind in columns]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _valid(value: Any) -> Any:
    """Bytes of a database that were no UTF-8 cannot be in a table."""
    if isinstance(value, list):
        return [*map(_valid, value)]
    return valid(value) if isinstance(value, str) else value


def _schema(kinds: Kinds) -> Any:
    import huginn_cffi.formats.schema  # noqa: F401 - it says what is missing

    import pyarrow as pa  # isort: skip

    text, count, time = pa.string(), pa.uint32(), pa.timestamp("ns", "UTC")
    evidence = {"source": text, "name": text, "packets": count, "first_seen": time, "last_seen": time}
    types = {
        "text": text,
        "share": pa.float64(),
        "count": count,
        "time": time,
        "hops": pa.int16(),
        "flag": pa.bool_(),
        "texts": pa.list_(text),
        "ports": pa.list_(pa.uint16()),
        "evidence": pa.list_(pa.struct({**evidence, "relation": text})),
    }
    return pa.schema([(name, types[kind]) for name, kind in kinds.items()])
