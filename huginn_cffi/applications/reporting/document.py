"""The summary document of captures, as JSON: the core writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.inputs.opening import Capture


def summary_document(
    analyzer: Analyzer,
    captures: Sequence[Capture],
    *,
    workers: int,
    max_inventory: int,
    on_error: Callable[[CaptureError], object] | None,
) -> tuple[str, int]:
    """The document, and the number of events beyond the limit."""
    summary = Summary(analyzer.database, max_inventory=max_inventory)
    for batch in analyzer.batches(captures, workers=workers, on_error=on_error):
        summary.add(batch)
    return summary.document(analyzer.stats, analyzer.captures), summary.left_out
