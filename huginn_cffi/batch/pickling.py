"""What `pickle` makes batches, results and parts of.

A result is a view on its batch. Pickled it takes its own rows along, not the whole batch.
"""

from __future__ import annotations

from collections.abc import Sequence

from huginn_cffi._native import lib
from huginn_cffi.batch.batch import Batch, Origin
from huginn_cffi.batch.moving import TEXT_CELLS, cell_names, cells_of, fill, joined
from huginn_cffi.results import AnalysisResult
from huginn_cffi.results.making import fingerprint_result, results_of
from huginn_cffi.results.match import Match
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.views import View, view

Cells = tuple[bytes, ...]
"""What `cells_of` gives, without the names: they would be most of a pickled result."""


def batch_of(cells: Cells, origin: Origin) -> Batch:
    """The rows as a batch of their own."""
    capacity = max(origin.rows, lib.HG_MIN_BATCH)
    named = dict(zip(cell_names(), cells, strict=True))
    room = len(named[TEXT_CELLS])
    batch = Batch(capacity, origin.database, origin.capture, origin.packets_before, text_room=room)
    fill(batch, named)
    return batch


def picked(batch: Batch, rows: Sequence[int]) -> Batch:
    """These rows, of which there is at least one, as a batch of their own."""
    cells = joined(cells_of(batch, row, row + 1) for row in rows)
    origin = Origin(len(rows), batch.database, batch.capture, batch.packets_before)
    found = batch_of(tuple(cells.values()), origin)
    found.hides_private = batch.hides_private
    return found


def result_of(kind: type[AnalysisResult], cells: Cells, origin: Origin, drop: str | None) -> AnalysisResult:
    """A result of these rows."""
    batch = batch_of(cells, origin)
    return next(results_of(batch, kind)) if origin.rows else fingerprint_result(batch, drop)


def view_of(kind: type[View], cells: Cells, origin: Origin) -> View:
    """A view of this kind on a row."""
    batch = batch_of(cells, origin)
    if not issubclass(kind, (EventPart, Match)):
        return view(kind, batch, 0)
    (part,) = next(results_of(batch, AnalysisResult)).parts
    match: View | None = getattr(part, "match", None)
    return match if issubclass(kind, Match) and match is not None else part
