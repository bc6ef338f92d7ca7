"""Events as raw columns for transport between workers; the receiver makes tables of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa

from huginn_cffi.batch.moving import cells_of, filled, joined
from huginn_cffi.database.database import Database
from huginn_cffi.engine.batch import Batch
from huginn_cffi.formats.arrow import batch_table

CODEC = "zstd"

Packed: TypeAlias = "tuple[bytes, int]"
"""Compressed bytes, and how many they were."""


def pack(data: bytes) -> Packed:
    """Compress."""
    return pa.Codec(CODEC, compression_level=1).compress(data, asbytes=True), len(data)


def unpack(packed: Packed) -> bytes:
    """The bytes again."""
    data, size = packed
    found: bytes = pa.Codec(CODEC).decompress(data, size, asbytes=True)
    return found


@dataclass(slots=True)
class PackedColumns:
    """Compressed columns, by name."""

    columns: dict[str, Packed] = field(default_factory=dict, kw_only=True)

    @property
    def nbytes(self) -> int:
        """Bytes that travel."""
        return sum(len(data) for data, _ in self.columns.values())

    def __sizeof__(self) -> int:
        """What Dask asks."""
        return self.nbytes

    def unpacked(self) -> dict[str, bytes]:
        """The columns as they were."""
        return {name: unpack(data) for name, data in self.columns.items()}


@dataclass(slots=True)
class Events(PackedColumns):
    """``count`` events of one capture. The ordered pass has no time for more than columns."""

    capture: str = ""
    count: int = 0


def packed(capture: str, batches: Iterable[Batch]) -> Events:
    """The events of batches. Columns are joined before they are compressed, which makes them smaller."""
    cells = joined(cells_of(batch, 0, len(batch)) for batch in batches)
    columns = {name: pack(data) for name, data in cells.items()}
    return Events(capture, len(cells["event"]), columns=columns)


def batch_of(events: Events, database: Database | None) -> Batch:
    """The events as a batch again."""
    cells = events.unpacked()
    return filled(Batch, cells, database, events.capture) if cells else Batch(1, database, events.capture)


def archive_table(batch: Batch) -> pa.Table:
    """The columns of `Batch.to_arrow`, and ``capture``; texts as such, not as numbers of words."""
    table = batch_table(batch)
    columns = {}
    for name in table.column_names:
        column = table[name]
        words = pa.types.is_dictionary(column.type)
        columns[name] = column.cast(column.type.value_type) if words else column
    if "capture" not in columns:
        columns["capture"] = pa.repeat(pa.scalar(batch.capture, pa.string()), table.num_rows)
    return pa.table(columns)
