"""Makes the page from captures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from huginn_cffi.analysis.analyzer import Analyzer, captures_of
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.applications.reporting.page import page, signatures_text
from huginn_cffi.base.arguments import Cancel
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.base.limits import MAX_INVENTORY, PAGE_HOSTS
from huginn_cffi.base.times import Span
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.sources.opening import Capture

TITLE = "Systems in these captures"


def report_page(
    analyzer: Analyzer,
    captures: Sequence[Capture],
    *,
    workers: int = 1,
    cancel: Cancel | None = None,
    title: str = TITLE,
    max_inventory: int = MAX_INVENTORY,
    all_hosts: bool = False,
    local: Iterable[str] = (),
    at: Span | None = None,
    judge: Callable[[Inventory], object] | None = None,
    on_error: Callable[[CaptureError], object] | None = None,
    on_left_out: Callable[[int, int], object] | None = None,
) -> bytes:
    """A self-contained page (HTML, UTF-8) with the results of `analyzer` for captures.

    `captures`, `workers`, `cancel` and exceptions are as in `Analyzer.batches`; the captures form one
    stream. `on_error` is called with each `CaptureError`, which the page also shows. `local` lists the
    networks of local hosts. The first `max_inventory` hosts are kept; if packets are left out,
    `on_left_out` is called with their number and the number of hosts, and the page shows it. With
    `all_hosts` the page has the first `PAGE_HOSTS` host records, otherwise only those of the hosts with the
    most handshakes, and of devices. `at`: what hosts showed at another time is left out, as from a store.
    `judge` returns the rows of a policy.
    """
    trouble: list[str] = []

    def note(error: CaptureError) -> None:
        trouble.append(str(error))
        if on_error is not None:
            on_error(error)

    summary = Summary(
        analyzer.database,
        max_inventory=max_inventory,
        host_names=analyzer.host_names,
        protocols=analyzer.protocols,
        local=local,
    )
    summary.hosts.find_cards(NetworkCards())
    batches = analyzer.batches(captures, workers=workers, cancel=cancel, on_error=on_error and note)
    for batch in batches:
        summary.add(batch)
    document = summary.document(analyzer.stats, captures_of(analyzer))
    if at is not None:
        from huginn_cffi.applications.auditing.evaluating import store_of
        from huginn_cffi.store.reading import Store
        from huginn_cffi.store.summary import document as stored_document

        with Store("", store_of(summary.hosts)) as store:
            store.keep(at)
            document = json.dumps(stored_document(store, all_hosts=all_hosts))
    elif all_hosts:
        count = len(summary.hosts)
        records = b"".join(summary.hosts.written("json", end=min(count, PAGE_HOSTS))).decode().splitlines()
        left_out = max(count - PAGE_HOSTS, 0)
        document = f'{document.rstrip()[:-1]},"more_hosts":[{",".join(records)}],"omitted_hosts":{left_out}}}'
    if judge is not None:
        document = f'{document.rstrip()[:-1]},"rules":{json.dumps(judge(summary.hosts))}}}'
    if summary.left_out and on_left_out is not None:
        on_left_out(summary.left_out, len(summary.hosts))
    database = analyzer.database
    named = "without signatures" if database is None else signatures_text(len(database), database.source_hash)
    return page(document, title, trouble, named)
