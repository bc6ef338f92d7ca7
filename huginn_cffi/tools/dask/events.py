"""Events on their way: the raw columns of batches, which become tables where they are wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from huginn_cffi._native import lib
from huginn_cffi.batch import Batch
from huginn_cffi.batch.columns import COLUMNS
from huginn_cffi.formats.arrow import batch_table
from huginn_cffi.tools.dask.packing import Packed, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from huginn_cffi.database import Database


@dataclass(slots=True)
class Events:
    """``count`` events of one capture as compressed columns. The ordered pass has no time for more."""

    capture: str = ""
    count: int = 0
    columns: dict[str, Packed] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """Bytes that travel."""
        return sum(len(data) for data, _ in self.columns.values())

    def __sizeof__(self) -> int:
        """What Dask asks."""
        return self.nbytes


def collected(batches: Iterable[Batch]) -> tuple[int, dict[str, bytes]]:
    """The rows of batches, and their columns one after the other."""
    count = 0
    parts: dict[str, list[bytes]] = {name: [] for name in COLUMNS}
    for batch in batches:
        count += len(batch)
        for name, pieces in parts.items():
            pieces.append(bytes(batch[name]))
    return count, {name: b"".join(pieces) for name, pieces in parts.items()}


def packed(capture: str, count: int, columns: dict[str, bytes]) -> Events:
    """Events of collected columns."""
    return Events(capture, count, {name: pack(data) for name, data in columns.items()})


def table_of(events: Events, database: Database | None) -> pa.Table:
    """The columns of `Batch.to_arrow`, and ``capture``; texts as such, not as numbers of words."""
    batch = Batch(max(events.count, lib.HG_MIN_BATCH), database, events.capture)
    for name, data in events.columns.items():
        cells: memoryview = getattr(batch.cells, name)
        cells[: events.count * COLUMNS[name].width].cast("B")[:] = unpack(data)
    batch.filled(events.count)
    return archive_table(batch)


def archive_table(batch: Batch) -> pa.Table:
    """The table of a batch, as an archive gives it."""
    table = batch_table(batch)
    columns = {}
    for name in table.column_names:
        column = table[name]
        words = pa.types.is_dictionary(column.type)
        columns[name] = column.cast(column.type.value_type) if words else column
    if "capture" not in columns:
        columns["capture"] = pa.repeat(pa.scalar(batch.capture, pa.string()), table.num_rows)
    return pa.table(columns)
