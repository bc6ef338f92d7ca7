"""``huginn audit``: checks a policy."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.times import rfc3339
from huginn_cffi.cli import host_output
from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, audit_options
from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import ResultOutput
from huginn_cffi.cli.parameters import FILE, argument, command, option
from huginn_cffi.cli.status import DONE
from huginn_cffi.hosts.inventory import Inventory

if TYPE_CHECKING:
    import sqlite3

    from huginn_cffi.engine.stats import Stats

FAILED = 1
"""Exit status if a rule fails."""


@command()
def audit(
    policy: str = argument("POLICY", FILE),
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    analysis: AnalysisArguments = audit_options,
    traffic: TrafficOptions = traffic_options,
    local: tuple[str, ...] = local_option,
    strict: bool = option("--strict"),
    store: str | None = option("--store FILE", type=FILE),
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
) -> int:
    """Check the rules of a policy against captures or a store."""
    from huginn_cffi.applications.auditing.evaluating import AuditSource
    from huginn_cffi.applications.auditing.policy import read_policy

    if (store is None) is not bool(captures):
        raise click.UsageError("name captures, or a store with --store")
    refuse_input(analysis.output or "-", [policy])
    rules = read_policy(policy)
    source = AuditSource([store] if store else captures, store is not None)
    status = DONE

    def write(connection: sqlite3.Connection, since: str, out: ResultOutput) -> None:
        nonlocal status
        from huginn_cffi.applications.auditing import output
        from huginn_cffi.applications.auditing.evaluating import end_of, evaluate

        answers = evaluate(connection, rules, source, since)
        text = output.text(answers, analysis.format_, policy, end_of(connection), strict=strict)
        out.write(text.encode("utf-8", "backslashreplace"))
        if any(output.fails(one, strict=strict) for one in answers):
            status = FAILED

    def write_captured(inventory: Inventory, _: Stats, out: ResultOutput) -> None:
        from huginn_cffi.applications.auditing.evaluating import store_of

        with closing(store_of(inventory)) as connection:
            write(connection, "", out)

    def write_stored(out: ResultOutput) -> int:
        from huginn_cffi.store.opening import store_errors
        from huginn_cffi.store.reading import Store

        assert store is not None
        with Store(store) as opened, store_errors(store):
            write(opened.connection, "" if traffic.since is None else rfc3339(traffic.since), out)
        return status

    if store is not None:
        host_output.refuse_options_of_captures("policy", "strict", "since")
        return host_output.write_hosts([store], analysis, write_stored)
    return (
        host_output.write_captured(
            *(captures, analysis, traffic, max_inventory),
            lambda analyzer: Inventory(analyzer.database, max_inventory=max_inventory, local=local),
            write_captured,
        )
        or status
    )
