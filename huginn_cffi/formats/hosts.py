"""Writes host records as tables, from rows of plain values and a list of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from huginn_cffi.formats.cells import csv_line
from huginn_cffi.formats.forms import Sink
from sigcompiler.diagnostics import valid
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.objects import Key, keys_of

Rows = Iterable[Sequence[tuple[Any, ...]]]
"""Consecutive pieces of a table."""
Keys = Sequence[Key]
"""The descriptions of its columns."""


def write_table(format: str, sink: Sink, pieces: Rows, keys: Keys = KEYS) -> None:
    """Write a table as CSV or Parquet.

    CSV has a head line and one line per host; its rows are texts. Parquet raises `ModuleNotFoundError`
    without the extra.
    """
    if format == "csv":
        sink.write(csv_line([one.name for one in keys]))
        for piece in pieces:
            sink.write(b"".join(map(csv_line, piece)))
        return
    found = reader(pieces, keys)
    from pyarrow import parquet

    from huginn_cffi.formats.tables import SinkFile

    with parquet.ParquetWriter(SinkFile(sink), found.schema, compression="snappy") as writer:
        for batch in found:
            writer.write_batch(batch)


def reader(pieces: Rows, keys: Keys = KEYS) -> Any:
    """A `pyarrow.RecordBatchReader` of the hosts."""
    import huginn_cffi.formats.arrow  # noqa: F401 - it reports a missing pyarrow

    import pyarrow as pa  # isort: skip

    schema = pa.schema([(one.name, _type(one)) for one in keys])

    def batches() -> Iterator[Any]:
        for piece in pieces:
            columns = zip(zip(*piece, strict=True), schema.types, strict=True)
            arrays = [pa.array([*map(_valid, cells)], kind) for cells, kind in columns]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _valid(value: Any) -> Any:
    """The value with invalid UTF-8 from the database replaced, because a table cannot hold it."""
    if isinstance(value, list):
        return [*map(_valid, value)]
    return valid(value) if isinstance(value, str) else value


def _type(one: Key) -> Any:
    import pyarrow as pa

    if one.of is not None:
        struct = pa.struct([(part.name, _type(part)) for part in keys_of(one.of)])
        return struct if one.kind == "object" else pa.list_(struct)
    return {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "count": pa.uint32(),
        "counts": pa.list_(pa.uint32()),
        "hops": pa.int16(),
        "port": pa.uint16(),
        "ports": pa.list_(pa.uint16()),
        "share": pa.float64(),
        "rate": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("ns", "UTC"),
    }[one.kind]
