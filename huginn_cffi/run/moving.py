"""Converts rows of a batch to bytes and back, to send them to other processes.

There is one bytes object per column: a shared column under its name, a reader's column under ``reader.name``
with values for its own events. ``texts`` holds the texts that these refer to, ``completions`` the connections
that were completed up to the last row. The senders of other packets are left out.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import DROPS, EVENTS
from huginn_cffi.run.columns import MEMBERS, READERS, TEXTS
from huginn_cffi.run.rows import new_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.rows import Rows

Kind = TypeVar("Kind", bound="Rows")

TEXT_CELLS = "texts"
COMPLETION_CELLS = "completions"
_COMPLETION_BYTES = ffi.sizeof("hg_completion")

_CELLS = {f"{one.reader}.{one.name}" if one.reader else one.name: one for one in MEMBERS}
"""Columns by the names of their cells."""


@cache
def layout() -> bytes:
    """A fingerprint of the layout: it differs between versions whose cells mean different things."""
    columns = [(column.name, column.code, column.width, column.reader) for column in MEMBERS]
    return b"cells %08x" % crc32(repr((lib.HG_ABI, columns, EVENTS, DROPS)).encode())


def cell_names() -> tuple[str, ...]:
    """The keys of the result of `cells_of`."""
    return (*_CELLS, TEXT_CELLS, COMPLETION_CELLS)


def cells_of(batch: Rows, first: int, last: int) -> dict[str, bytes]:
    """The cells of rows `first` to `last` - 1."""
    cells = batch._cells
    spans = {"": (first, last)}
    for reader, number in READERS.items():
        rows = cells.dense[reader]["row"][: batch._native.counts[number]]
        spans[reader] = bisect_left(rows, first), bisect_left(rows, last)
    start, end = _texts_of(batch, spans)
    found = {}
    for name, column in _CELLS.items():
        low, high = spans[column.reader]
        view = cells.dense[column.reader][column.name] if column.reader else getattr(cells, column.name)
        values = view[low * column.width : high * column.width]
        less = first if column.name == "row" else start if _is_place(column.reader, column.name) else 0
        found[name] = _lowered(values, less) if less else bytes(values)
    found[TEXT_CELLS] = bytes(ffi.buffer(batch._native.texts + start, end - start))
    found[COMPLETION_CELLS] = _completions_of(batch, first, last)
    return found


def joined(parts: Iterable[dict[str, bytes]]) -> dict[str, bytes]:
    """The cells of several batches, joined to the cells of one batch."""
    pieces: dict[str, list[bytes]] = {name: [] for name in cell_names()}
    rows = texts = 0
    for part in parts:
        for name, data in part.items():
            reader, _, column = name.partition(".")
            more = rows if column == "row" else texts if _is_place(reader, column) else 0
            pieces[name].append(_lowered(memoryview(data).cast("I"), -more) if more and data else data)
        rows += len(part["event"])
        texts += len(part[TEXT_CELLS])
    return {name: b"".join(found) for name, found in pieces.items()}


def checked(cells: Mapping[str, bytes], rows: int) -> None:
    """Raise `ValueError` unless each column has a value for each row, or for each event of its reader."""
    if len(cells[COMPLETION_CELLS]) % _COMPLETION_BYTES:
        raise ValueError("a completed connection is cut")
    for name, column in _CELLS.items():
        count = len(cells[f"{column.reader}.row"]) // 4 if column.reader else rows
        if count > rows:
            raise ValueError(f"{column.reader} has {count} events in {rows} rows")
        data = cells[name]
        if not isinstance(data, bytes) or len(data) != count * column.row_bytes:
            raise ValueError(f"the column {name} is not {count} values")


def filled(
    kind: type[Kind],
    cells: Mapping[str, bytes],
    database: OpenDatabase | None,
    capture: str,
    packets_before: int = 0,
) -> Kind:
    """A batch that holds these cells."""
    rows = max(len(cells["event"]), lib.HG_MIN_BATCH)
    texts, completed = len(cells[TEXT_CELLS]), len(cells[COMPLETION_CELLS]) // _COMPLETION_BYTES
    batch = kind(rows, database, capture, packets_before, new_batch(rows, texts, completed))
    for name, column in _CELLS.items():
        data = cells[name]
        batch._cells.dense[column.reader][column.name][: len(data) // column.item_bytes].cast("B")[:] = data
    for reader, number in READERS.items():
        batch._native.counts[number] = len(cells[f"{reader}.row"]) // 4
    ffi.memmove(batch._native.texts, cells[TEXT_CELLS], texts)
    batch._native.text_count = texts
    if completed:
        batch._native.completion_count = completed
        ffi.memmove(batch._native.completions, cells[COMPLETION_CELLS], completed * _COMPLETION_BYTES)
    batch._native.count = len(cells["event"])
    batch._written()
    return batch


def _texts_of(batch: Rows, spans: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Start and end of the texts of these rows; later events have later texts."""
    places = []
    for reader, name in TEXTS:
        low, high = spans[reader]
        dense = batch._cells.dense[reader]
        ends = zip(dense[f"{name}_offset"][low:high], dense[f"{name}_length"][low:high], strict=True)
        places += [(start, start + length) for start, length in ends if length]
    if not places:
        return (batch._native.text_count,) * 2  # no offset is greater than this
    return min(start for start, _ in places), max(end for _, end in places)


def _completions_of(batch: Rows, first: int, last: int) -> bytes:
    """Completions after the row before these, up to the last one; all further, if that ends the batch."""
    count, all_of, numbers = (
        batch._native.completion_count,
        batch._native.completions,
        batch._cells.packet_number,
    )
    if not count:
        return b""

    def before(row: int) -> int:
        return bisect_right(range(count), numbers[row], key=lambda at: all_of[at].packet_number)

    start = before(first - 1) if first else 0
    end = before(last - 1) if 0 < last < batch._native.count else count if last else 0
    return bytes(ffi.buffer(all_of + start, (end - start) * _COMPLETION_BYTES))


def _is_place(reader: str, column: str) -> bool:
    return column.endswith("_offset") and (reader, column.removesuffix("_offset")) in TEXTS


def _lowered(values: memoryview, by: int) -> bytes:
    """32-bit numbers, each lowered by `by`; smaller ones, the offsets of missing texts, become 0."""
    return array("I", (max(value - by, 0) for value in values)).tobytes()
