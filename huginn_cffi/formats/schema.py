"""Arrow schemas of tables, derived from the descriptions of record fields."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sigcompiler.schema.rows import FIELDS, SCHEMA_VERSION, VARIED_TEXTS, RecordField

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "tables need pyarrow; install it with: pip install 'huginn-cffi[arrow]'", name="pyarrow"
    ) from error

_TYPES = {
    "time": pa.timestamp("ns", tz="UTC"),
    "bool": pa.bool_(),
    "u8": pa.uint8(),
    "u16": pa.uint16(),
    "u32": pa.uint32(),
    "u64": pa.uint64(),
    "i16": pa.int16(),
    "f64": pa.float64(),
}
FEW_WORDS = pa.dictionary(pa.int8(), pa.string())
REPEATED = pa.dictionary(pa.int32(), pa.string())


def arrow_type(field: RecordField) -> Any:
    """The type of a field's column."""
    if field.type in _TYPES:
        return _TYPES[field.type]
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
