"""One verdict per host, from all its packets together. The core makes it (``csrc/hosts/verdict.c``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.results.results import AnalysisResult

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch

HostVerdict = HostRecord
"""Its public name: a record is a verdict with what it rests on."""


def host_verdicts(results: Iterable[AnalysisResult]) -> list[HostVerdict]:
    """One verdict per host of whatever `Analyzer.analyze_…` gives, in the order of appearance."""
    from huginn_cffi.hosts.inventory import Inventory

    inventory = Inventory(None)
    for batch in _batches(results):
        inventory.add(batch)
    inventory.conclude()
    return [*inventory]


def _batches(results: Iterable[AnalysisResult]) -> Iterator[Batch]:
    """The rows of results as their own batches."""
    from huginn_cffi.batch.moving import TEXT_CELLS, cells_of, fill, joined

    places = ((part._batch, part._row) for result in results for part in result.parts)
    for batch, rows in groupby(places, key=lambda place: place[0]):
        cells = joined(cells_of(batch, row, row + 1) for _, row in rows)
        count, texts = len(cells["event"]), len(cells[TEXT_CELLS])
        found = type(batch)(max(count, 1), batch.database, batch.capture, batch.packets_before, texts)
        fill(found, cells)
        yield found
