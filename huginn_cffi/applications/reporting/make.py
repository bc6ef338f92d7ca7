"""From captures to the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.applications.reporting.page import page, signatures_text
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.database.database import Database
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
    summary = Summary(
        analyzer.database,
        max_inventory=max_inventory,
        host_names=analyzer.host_names,
        protocols=analyzer.protocols,
    )
    for batch in analyzer.batches(captures, workers=workers, on_error=on_error):
        summary.add(batch)
    return summary.document(analyzer.stats, analyzer.captures), summary.left_out


TITLE = "Systems in these captures"


def report_page(
    analyzer: Analyzer,
    captures: Sequence[Capture],
    *,
    workers: int = 1,
    title: str = TITLE,
    max_inventory: int = MAX_INVENTORY,
    on_error: Callable[[CaptureError], object] | None = None,
    on_left_out: Callable[[int], object] | None = None,
) -> bytes:
    """A page (HTML, UTF-8) of what `analyzer` finds in captures; it needs no other file.

    `captures` are several for `Analyzer.batches`, read as one stream; its `workers` and its exceptions
    are the same here. With `on_error` that is called with each `CaptureError`; the page shows it too.
    The first `max_inventory` hosts are kept; with `on_left_out` that is called with the number of
    events beyond, when there are any, and the page shows it.
    """
    trouble: list[str] = []

    def note(error: CaptureError) -> None:
        trouble.append(str(error))
        if on_error is not None:
            on_error(error)

    document, left_out = summary_document(
        analyzer, captures, workers=workers, max_inventory=max_inventory, on_error=on_error and note
    )
    if left_out and on_left_out is not None:
        on_left_out(left_out)
    return page(document, title, trouble, _signatures(analyzer.database))


def _signatures(database: Database | None) -> str:
    if database is None:
        return "without signatures"
    return signatures_text(len(database), database.source_hash)
