"""Rows of a batch as bytes, so that results, parts and batches can be pickled.

A result is a view on its batch. Pickled it takes its own rows along, not the whole batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import lib
from huginn_cffi.batch.batch import Batch
from huginn_cffi.batch.columns import COLUMNS
from huginn_cffi.results import TcpAnalysisResult
from huginn_cffi.results.making import fingerprint_result, results_of
from huginn_cffi.results.os_match import OsMatch
from huginn_cffi.results.results import EventPart
from huginn_cffi.results.views import View, view

if TYPE_CHECKING:
    from huginn_cffi.database import Database


def packed(batch: Batch, first: int, last: int) -> bytes:
    """All columns of rows `first` to `last` - 1, one after the other."""
    pieces = []
    for column in COLUMNS.values():
        cells: memoryview = getattr(batch.cells, column.name)
        pieces.append(cells[first * column.width : last * column.width].tobytes())
    return b"".join(pieces)


def batch_of(data: bytes, rows: int, database: Database | None) -> Batch:
    """The rows as a batch of their own."""
    batch = Batch(max(rows, lib.HG_MIN_BATCH), database)
    at = 0
    for column in COLUMNS.values():
        size = rows * column.row_bytes
        cells: memoryview = getattr(batch.cells, column.name)
        cells[: rows * column.width].cast("B")[:] = data[at : at + size]
        at += size
    batch.filled(rows)
    return batch


def result_of(
    kind: type[TcpAnalysisResult], data: bytes, rows: int, database: Database | None, drop: str | None
) -> TcpAnalysisResult:
    """A result of these rows."""
    batch = batch_of(data, rows, database)
    return next(results_of(batch, kind)) if rows else fingerprint_result(batch, drop)


def view_of(kind: type[View], data: bytes, database: Database | None) -> View:
    """A view of this kind on a row."""
    batch = batch_of(data, 1, database)
    if not issubclass(kind, (EventPart, OsMatch)):
        return view(kind, batch, 0)
    (part,) = next(results_of(batch, TcpAnalysisResult)).parts
    match: OsMatch | None = getattr(part, "match", None)
    return match if issubclass(kind, OsMatch) and match is not None else part
