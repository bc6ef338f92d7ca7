"""All columns of a batch, also those that no table has."""

from __future__ import annotations

from huginn_cffi import Batch


def all_columns(batch: Batch) -> dict[str, memoryview]:
    """The values of each column by its name."""
    raw = {name: batch.raw[name] for name in batch.raw.columns}
    return {name: batch[name] for name in batch.columns} | raw
