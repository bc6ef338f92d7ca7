"""``huginn report``: makes one HTML page from captures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.times import Span, parse_span
from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.host_output import add_packets
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, page_options
from huginn_cffi.cli.output.destination import STANDARD_OUTPUT, refuse_input
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import FILE, command, option, parsed
from huginn_cffi.cli.standard_error import CaptureErrors, counted, say, warn_of_drops, warn_of_inventory
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED

if TYPE_CHECKING:
    import sqlite3

    from huginn_cffi.hosts.inventory import Inventory


@command()
def report(
    files: tuple[str, ...] = captures_argument("[FILE...]"),
    analysis: AnalysisArguments = page_options,
    traffic: TrafficOptions = traffic_options,
    local: tuple[str, ...] = local_option,
    hosts: str = option("--hosts", type=click.Choice(("top", "all")), default="top"),
    max_inventory: int = max_inventory_option("Keep at most N hosts, signatures and links"),
    store: str | None = option("--store FILE", type=FILE),
    policy: str | None = option("--policy FILE", type=FILE),
    at: Span | None = option("--at TIME", callback=parsed(parse_span, None)),
) -> int:
    """Make one HTML page from captures, which are read as one stream, or from a store of hosts."""
    if analysis.output is None:
        raise click.UsageError("name the page to write with -o, such as -o report.html")
    if (store is None) is not bool(files):
        raise click.UsageError("name captures, or a store with --store")
    refuse_input(analysis.output, [*files, *analysis.inputs, *filter(None, [store, policy])])
    rules = None if policy is None else _Judge(policy, store, files, analysis, traffic)
    if store is not None:
        if traffic.is_limited or local:
            raise click.UsageError("--store shows all hosts: options on traffic are for captures")
        from huginn_cffi.applications.reporting.page import page as page_of
        from huginn_cffi.store.reading import Store
        from huginn_cffi.store.summary import begin_of_news, document

        with Store(store) as opened:
            opened.keep(at)
            found = document(opened, all_hosts=hosts == "all")
            found |= {} if rules is None else {"rules": rules.rows(opened.connection)}
        text = json.dumps({**found, "since": begin_of_news(found)})
        page = page_of(text, "Hosts of this store", (), "from a store of hosts")
        _save(analysis.output, page)
        return DONE
    from huginn_cffi.applications.reporting.make import report_page

    errors = CaptureErrors()
    limited = DONE

    def warn(left_out: int, hosts: int) -> None:
        nonlocal limited
        limited = warn_of_inventory(left_out, hosts, max_inventory)

    try:
        with analysis.analyzer(traffic, shows_hosts=True) as analyzer:
            progress = analysis.progress(files, analyzer)
            with progress.running():
                page = report_page(
                    analyzer,
                    progress.inputs,
                    workers=analysis.workers,
                    cancel=progress.cancel,
                    max_inventory=max_inventory,
                    all_hosts=hosts == "all",
                    local=local,
                    at=at,
                    judge=None if rules is None else rules.rows_of,
                    on_error=errors,
                    on_left_out=warn,
                )
            warn_of_drops(analyzer.stats)
    except KeyboardInterrupt:
        return INTERRUPTED
    status = errors.status(len(files))
    if status != REFUSED:
        _save(analysis.output, page)
    return status or limited


class _Judge:
    """A policy, whose answers a page shows."""

    def __init__(
        self,
        policy: str,
        store: str | None,
        files: Sequence[str],
        analysis: AnalysisArguments,
        traffic: TrafficOptions,
    ) -> None:
        from huginn_cffi.applications.auditing.evaluating import AuditSource
        from huginn_cffi.applications.auditing.policy import read_policy

        self._rules = read_policy(policy)
        self._source = AuditSource(files if store is None else [store], store is not None)
        self._add_packets = partial(add_packets, captures=files, analysis=analysis, traffic=traffic)

    def rows(self, connection: sqlite3.Connection) -> list[dict[str, str]]:
        """The rows of the hosts in a store."""
        from huginn_cffi.applications.auditing.evaluating import evaluate
        from huginn_cffi.applications.auditing.output import table_rows

        answers = evaluate(connection, self._rules, self._source)
        self._add_packets(answers)
        return table_rows(answers)

    def rows_of(self, inventory: Inventory) -> list[dict[str, str]]:
        """The rows of hosts of captures."""
        from huginn_cffi.applications.auditing.evaluating import store_of

        with closing(store_of(inventory)) as connection:
            return self.rows(connection)


def _save(output: str, page: bytes) -> None:
    save_file(output, page)
    where = STANDARD_OUTPUT if output == "-" else named(output)
    say(f"{where}: {counted(len(page), 'byte')}")
