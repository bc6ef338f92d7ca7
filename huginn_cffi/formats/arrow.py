"""Batches as Arrow tables: schemas, and rows. The core fills their memory; Arrow takes ownership."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import make_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import CaptureError, check
from huginn_cffi.base.handles import handle_of, made
from huginn_cffi.base.installation import to_add
from huginn_cffi.formats.forms import TYPE_NAMES
from sigcompiler.schema.rows import EVENTS, FIELDS, SCHEMA_VERSION, VARIED_TEXTS, RecordField

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"tables need pyarrow; install it with: {to_add('arrow')}", name="pyarrow"
    ) from error

if TYPE_CHECKING:
    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.rows import Rows

FEW_WORDS = pa.dictionary(pa.int8(), pa.string())
REPEATED = pa.dictionary(pa.int32(), pa.string())


def arrow_type(field: RecordField) -> Any:
    """The type of a field's column."""
    if field.type == "time":
        return pa.timestamp("ns", tz="UTC")
    if field.type in TYPE_NAMES:
        return pa.type_for_alias(TYPE_NAMES[field.type])
    if field.column in VARIED_TEXTS:
        return pa.string()
    return FEW_WORDS if field.words else REPEATED


def table_schema(fields: Iterable[RecordField] = FIELDS) -> Any:
    """The schema of a table with a column for each of these fields."""
    return pa.schema(
        [pa.field(field.column, arrow_type(field)) for field in fields],
        metadata={"huginn.schema_version": str(SCHEMA_VERSION)},
    )


@cache
def kind_schema(event: str) -> Any:
    """The schema of a table for one kind of event, without columns that this kind cannot have."""
    return table_schema(field for field in FIELDS if event in field.events)


SCHEMA = table_schema()
"""The columns of every table with all kinds of events: one per field, whichever events occur."""

_HASH_KEY = tuple(int.from_bytes(os.urandom(8), "little") for _ in range(2))
"""Random, so that senders of packets cannot cause collisions of their texts in a hash table."""


class Records:
    """Collects the records of batches in one table, or with `by_kind` in one table per kind of event."""

    def __init__(self, *, by_kind: bool = False) -> None:
        self._by_kind = by_kind
        self._error = ffi.new("hg_error *")
        self._records = made("hg_records", lib.hg_records_new, by_kind, _HASH_KEY)
        self._database: OpenDatabase | None = None

    def add(self, batch: Rows, rows: int | None = None) -> None:
        """Add the first `rows` records of a batch, by default all."""
        count = len(batch) if rows is None else min(rows, len(batch))
        database, capture = batch.database, batch.capture.encode("utf-8", "surrogateescape")
        status = lib.hg_records_add(
            *(self._records, batch._native, count, handle_of(database)),
            *(capture, batch._hides_private, self._error),
        )
        self._database = database  # keeps it alive: the core refers to it until it gets another one
        check(status, self._error)

    def waiting(self, event: str = EVENTS[0]) -> int:
        """The number of records in the table, or in the table of a kind of event."""
        return int(lib.hg_records_count(self._records, EVENTS.index(event)))

    def take(self, event: str = EVENTS[0]) -> pa.RecordBatch:
        """Return this table and begin a new one."""
        out = ffi.new("hg_arrow_array *")
        check(lib.hg_records_take(self._records, EVENTS.index(event), out, self._error), self._error)
        schema = kind_schema(event) if self._by_kind else SCHEMA
        return pa.RecordBatch._import_from_c(int(ffi.cast("uintptr_t", out)), schema)


def record_batch(batch: Rows, rows: int | None = None) -> pa.RecordBatch:
    """The first `rows` records of `batch`, by default all."""
    records = Records()
    records.add(batch, rows)
    return records.take()


def batch_table(batch: Rows) -> pa.Table:
    """All records of `batch` as a table."""
    return pa.Table.from_batches([record_batch(batch)])


def reader(batches: Iterable[Rows]) -> pa.RecordBatchReader:
    """A reader over the records of batches, which are made on demand."""
    return pa.RecordBatchReader.from_batches(SCHEMA, _records(batches))


def event_records(stream: Any) -> Any:
    """An array with a dataclass instance per row of an Arrow stream; pandas turns these into rows."""
    import numpy as np  # arrays were requested

    table = pa.table(stream)
    columns = [column.to_pylist() for column in table.columns]
    record = make_dataclass("EventRecord", table.column_names)
    out = np.empty(len(table), dtype=object)
    for row, values in enumerate(zip(*columns, strict=True)):
        out[row] = record(*values)
    return out


def _records(batches: Iterable[Rows]) -> Iterator[pa.RecordBatch]:
    """The records of batches. Arrow passes errors on as text only, so the text includes the remedy."""
    try:
        yield from map(record_batch, batches)
    except CaptureError as error:
        remedy = "with on_error=print reading continues, and earlier results are kept"
        raise OSError(f"{error} ({remedy})") from None
