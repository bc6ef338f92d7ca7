"""``huginn audit``: checks a policy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.times import Span, parse_span, rfc3339
from huginn_cffi.cli import host_output
from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, audit_options
from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import ResultOutput, save_file
from huginn_cffi.cli.parameters import FILE, argument, command, option, parsed
from huginn_cffi.cli.standard_error import say
from huginn_cffi.cli.status import DONE
from huginn_cffi.hosts.inventory import Inventory

if TYPE_CHECKING:
    import sqlite3

    from huginn_cffi.run.stats import Stats

FAILED = 1
"""Exit status if a rule fails."""


@command()
def audit(
    policy: str = argument("POLICY", FILE),
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    analysis: AnalysisArguments = audit_options,
    traffic: TrafficOptions = traffic_options,
    local: tuple[str, ...] = local_option,
    init: bool = option("--init"),
    strict: bool = option("--strict"),
    baseline: str | None = option("--baseline FILE", type=FILE),
    store: str | None = option("--store FILE", type=FILE),
    at: Span | None = option("--at TIME", callback=parsed(parse_span, None)),
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
) -> int:
    """Check the rules of a policy against captures or a store."""
    from huginn_cffi.applications.auditing.baseline import baseline_text, read_baseline
    from huginn_cffi.applications.auditing.evaluating import NO_BASELINE, AuditSource, end_of, evaluate
    from huginn_cffi.applications.auditing.policy import read_policy

    if (store is None) is not bool(captures):
        raise click.UsageError("name captures, or a store with --store")
    if at is not None and (store is None or init or traffic.since is not None):
        raise click.UsageError("--at is for a store that is checked: omit --init and --since")
    refuse_input(analysis.output or "-", [policy])
    rules = () if init else read_policy(policy)
    accepted = NO_BASELINE if baseline is None else read_baseline(baseline)
    if init and (store is None or strict or baseline or Path(policy).exists()):
        raise click.UsageError("--init writes a new policy from --store alone")
    source = AuditSource([store] if store else captures, store is not None)
    status = DONE

    def write(connection: sqlite3.Connection, since: str, out: ResultOutput) -> None:
        nonlocal status
        from huginn_cffi.applications.auditing import output

        answers = evaluate(connection, rules, source, since, accepted or NO_BASELINE)
        host_output.add_packets(answers, captures, analysis, traffic)
        text = output.text(answers, analysis.format_, policy, end_of(connection), strict=strict)
        out.write(text.encode("utf-8", "backslashreplace"))
        if any(output.fails(one, strict=strict) for one in answers):
            status = FAILED
        if accepted is None and baseline is not None:
            save_file(baseline, baseline_text(answers, end_of(connection)))
            say(f"{named(baseline)}: written; from now on these failures are accepted")

    def write_captured(inventory: Inventory, _: Stats, out: ResultOutput) -> None:
        from huginn_cffi.applications.auditing.evaluating import store_of

        with closing(store_of(inventory)) as connection:
            write(connection, "", out)

    def write_stored(out: ResultOutput) -> int:
        from huginn_cffi.store.opening import store_errors
        from huginn_cffi.store.reading import Store

        assert store is not None
        with Store(store) as opened, store_errors(store):
            opened.keep(at)
            if init:
                from huginn_cffi.applications.auditing.initial import initial_policy

                save_file(policy, initial_policy(opened.connection, source))
                say(f"{named(policy)}: written; next: huginn audit {named(policy)} --store {named(store)}")
                return status
            write(opened.connection, "" if traffic.since is None else rfc3339(traffic.since), out)
        return status

    if store is not None:
        host_output.refuse_options_of_captures("policy", "init", "strict", "baseline", "since", "at")
        return host_output.write_hosts([store], analysis, write_stored)
    return (
        host_output.write_captured(
            *(captures, analysis, traffic, max_inventory),
            lambda analyzer: Inventory(analyzer.database, max_inventory=max_inventory, local=local),
            write_captured,
        )
        or status
    )
