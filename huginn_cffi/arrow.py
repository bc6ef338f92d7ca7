"""Batches as Arrow tables. The only module that imports pyarrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from huginn_cffi.columns import COLUMNS
from huginn_cffi.results import EVENTS, NO_SIGNATURE

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "to_arrow() needs pyarrow; install it with: pip install 'huginn-cffi[arrow]'", name="pyarrow"
    ) from error

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

_TYPES = {
    "q": pa.int64(),
    "Q": pa.uint64(),
    "h": pa.int16(),
    "B": pa.uint8(),
    "H": pa.uint16(),
    "I": pa.uint32(),
    "d": pa.float64(),
}


def batch_table(batch: Batch) -> pa.Table:
    """All columns of `batch`, and the labels that its numbers stand for.

    Numbers share the batch's memory, which lives as long as the table. ``time_ns`` is a
    timestamp, addresses and option layouts are fixed-size binaries, and ``signature`` and
    ``link`` are null where there is none.
    """
    arrays = {name: _array(batch, name) for name in COLUMNS}
    arrays["event"] = pa.DictionaryArray.from_arrays(arrays["event"], pa.array(EVENTS))
    for name in ("signature", "link"):
        arrays[name] = pc.if_else(pc.equal(arrays[name], NO_SIGNATURE), None, arrays[name])
    if batch.database is not None:
        records = batch.database.records
        arrays["name"] = _decoded(arrays["signature"], lambda index: records.tcp[index].label.name)
        arrays["flavor"] = _decoded(arrays["signature"], lambda index: records.tcp[index].label.flavor)
        arrays["link_name"] = _decoded(arrays["link"], lambda index: records.mtu[index].label.name)
    return pa.table(arrays)


def _array(batch: Batch, name: str) -> Any:
    """One column over the batch's own memory."""
    column = COLUMNS[name]
    kind = pa.binary(column.width) if column.width > 1 else _TYPES[column.code]
    if name == "time_ns":
        kind = pa.timestamp("ns", tz="UTC")
    return pa.Array.from_buffers(kind, len(batch), [None, pa.py_buffer(batch[name])])


def _decoded(indices: Any, text: Callable[[int], str]) -> Any:
    """A dictionary column: what `text` says of each index."""
    used = pc.drop_null(pc.unique(indices))
    words = pa.array([_valid(text(index)) for index in used.to_pylist()], type=pa.string())
    return words.dictionary_encode().take(pc.index_in(indices, value_set=used))


def _valid(text: str) -> str:
    """`text` with a replacement character for each byte that was no UTF-8, as in JSON."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
