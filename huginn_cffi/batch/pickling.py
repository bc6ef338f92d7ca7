"""What `pickle` makes batches, results and parts of.

A result is a view on its batch. Pickled it takes its own rows along, not the whole batch. The functions
that pickles name (`batch_of`, `result_of` and `view_of`) refuse cells of another version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.names import DROPS
from huginn_cffi.base.pickle_compat import refuse, refuse_damaged
from huginn_cffi.batch.batch import Batch, Origin
from huginn_cffi.batch.moving import TEXT_CELLS, cell_names, cells_of, checked, fill, joined, layout
from huginn_cffi.results import AnalysisResult
from huginn_cffi.results.making import fingerprint_result, results_of
from huginn_cffi.results.match import Match
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.views import View, view

Cells = tuple[bytes, ...]
"""`layout` and what `cells_of` gives, without the names: they would be most of a pickled result."""


@contextmanager
def _restoring() -> Iterator[None]:
    """A pickle is a file that anybody may have changed: `HuginnError` for what cannot be restored from it."""
    try:
        yield
    except (ValueError, TypeError, IndexError, StopIteration) as error:
        refuse_damaged("result", error)


def batch_of(cells: Cells, origin: Sequence[Any]) -> Batch:
    """The rows as their own batch. `HuginnError` unless they are such as the core writes."""
    with _restoring():
        if cells[0] != layout():
            refuse("result", "other columns")
        named, known = dict(zip(cell_names(), cells[1:], strict=True)), _checked(Origin(*origin))
        checked(named, known.rows)
        batch, error = _filled(named, known), ffi.new("hg_error *")
        handle = ffi.NULL if known.database is None else known.database._handle
        check(lib.hg_batch_verify(batch._native, handle, error), error)
        return batch


def _checked(origin: Origin) -> Origin:
    """An origin as pickles of this version have it; `TypeError` and `ValueError` for all else."""
    kinds: tuple[Any, ...] = (int, (hg.Database, type(None)), str, int)
    for name, value, kind in zip(Origin._fields, origin, kinds, strict=True):
        if not isinstance(value, kind):
            raise TypeError(f"{name} is of type {type(value).__name__}")
    if not (0 <= origin.rows < 1 << 31 and 0 <= origin.packets_before < 1 << 63):
        raise ValueError("rows or packets_before is out of range")
    return origin


def _filled(named: Mapping[str, bytes], origin: Origin) -> Batch:
    capacity = max(origin.rows, lib.HG_MIN_BATCH)
    room = len(named[TEXT_CELLS])
    batch = Batch(capacity, origin.database, origin.capture, origin.packets_before, text_room=room)
    fill(batch, named)
    return batch


def picked(batch: Batch, rows: Sequence[int]) -> Batch:
    """These rows, of which there is at least one, as their own batch."""
    cells = joined(cells_of(batch, row, row + 1) for row in rows)
    origin = Origin(len(rows), batch.database, batch.capture, batch.packets_before)
    found = _filled(cells, origin)
    found._hides_private = batch._hides_private
    return found


def result_of(
    kind: type[AnalysisResult], cells: Cells, origin: Sequence[Any], drop: str | None
) -> AnalysisResult:
    """A result of these rows."""
    batch = batch_of(cells, origin)
    with _restoring():
        if not issubclass(kind, AnalysisResult) or not (drop is None or drop in DROPS):
            raise TypeError("it is no result")
        return next(results_of(batch, kind)) if batch.count else fingerprint_result(batch, drop)


def view_of(kind: type[View], cells: Cells, origin: Sequence[Any]) -> View:
    """A view of this kind on a row."""
    batch = batch_of(cells, origin)
    with _restoring():
        if not issubclass(kind, View) or batch.count != 1:
            raise TypeError("it is no view of one row")
        if not issubclass(kind, (EventPart, Match)):
            return view(kind, batch, 0)
        (part,) = next(results_of(batch, AnalysisResult)).parts
        match: View | None = getattr(part, "match", None)
        found = match if issubclass(kind, Match) and match is not None else part
        if type(found) is not kind:
            raise TypeError(f"its row has no {kind.__name__}")
        return found
