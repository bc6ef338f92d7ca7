"""What `pickle` makes batches, results and parts of.

A result is a view on its batch. Pickled it takes its own rows along, not the whole batch. The functions
that pickles name (`batch_of`, `result_of` and `view_of`) refuse cells of another version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huginn_cffi._native import lib
from huginn_cffi.batch.batch import Batch, Origin
from huginn_cffi.batch.moving import TEXT_CELLS, cell_names, cells_of, fill, joined, layout
from huginn_cffi.pickled import refuse
from huginn_cffi.results import AnalysisResult
from huginn_cffi.results.making import fingerprint_result, results_of
from huginn_cffi.results.match import Match
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.views import View, view

Cells = tuple[bytes, ...]
"""`layout` and what `cells_of` gives, without the names: they would be most of a pickled result."""


def batch_of(cells: Cells, origin: Sequence[Any]) -> Batch:
    """The rows as a batch of their own."""
    if cells[0] != layout():
        refuse("result", "other columns")
    return _filled(dict(zip(cell_names(), cells[1:], strict=True)), Origin(*origin))


def _filled(named: Mapping[str, bytes], origin: Origin) -> Batch:
    capacity = max(origin.rows, lib.HG_MIN_BATCH)
    room = len(named[TEXT_CELLS])
    batch = Batch(capacity, origin.database, origin.capture, origin.packets_before, text_room=room)
    fill(batch, named)
    return batch


def picked(batch: Batch, rows: Sequence[int]) -> Batch:
    """These rows, of which there is at least one, as a batch of their own."""
    cells = joined(cells_of(batch, row, row + 1) for row in rows)
    origin = Origin(len(rows), batch.database, batch.capture, batch.packets_before)
    found = _filled(cells, origin)
    found.hides_private = batch.hides_private
    return found


def result_of(
    kind: type[AnalysisResult], cells: Cells, origin: Sequence[Any], drop: str | None
) -> AnalysisResult:
    """A result of these rows."""
    batch = batch_of(cells, origin)
    return next(results_of(batch, kind)) if batch.count else fingerprint_result(batch, drop)


def view_of(kind: type[View], cells: Cells, origin: Sequence[Any]) -> View:
    """A view of this kind on a row."""
    batch = batch_of(cells, origin)
    if not issubclass(kind, (EventPart, Match)):
        return view(kind, batch, 0)
    (part,) = next(results_of(batch, AnalysisResult)).parts
    match: View | None = getattr(part, "match", None)
    return match if issubclass(kind, Match) and match is not None else part
