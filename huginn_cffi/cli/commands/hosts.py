"""``huginn hosts``: one record a host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from huginn_cffi.base.interrupts import held
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.host_selection import Selection, chosen
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, hosts_options
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import ResultOutput, results_file
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import say_untracked, warn_of_drops, warn_of_inventory
from huginn_cffi.cli.status import INTERRUPTED, REFUSED
from huginn_cffi.cli.store_merge import HostsCommand
from huginn_cffi.cli.store_options import StoreOptions, kept, store_options
from huginn_cffi.cli.store_reading import show, where_option
from huginn_cffi.engine.stats import Stats
from huginn_cffi.hosts.table import pieces_of
from sigcompiler.schema.rows import SCHEMA_VERSION
from sigcompiler.schema.summary import End

if TYPE_CHECKING:
    from huginn_cffi.analysis.summary import Summary


@click.command(
    cls=HostsCommand,
    examples=(
        ("What runs where, from all packets of each host together", "huginn hosts capture.pcap"),
        ("All that is known of one host", "huginn hosts --ip 192.0.2.10 capture.pcap"),
        ("Keep them in a store", "huginn hosts capture.pcap --store hosts.sqlite"),
        ("What the store has", "huginn hosts --store hosts.sqlite --where \"family = 'Linux'\""),
    ),
)
@captures_argument("captures", "[CAPTURE...]", required=False)
@hosts_options
@traffic_options
@local_option
@click.option("--local-only", is_flag=True, help="Show local hosts only.")
@max_inventory_option(MAX_INVENTORY, "Keep at most N hosts")
@store_options
@where_option
def hosts(
    captures: tuple[str, ...],
    analysis: AnalysisArguments,
    traffic: TrafficOptions,
    local: tuple[str, ...],
    local_only: bool,
    max_inventory: int,
    store: StoreOptions,
    where: str | None,
) -> int:
    """Show one record for each host, in order of appearance.

    A record says what the host is, how sure that is, and why. --ip, --subnet, --src-only, --dst-only and
    --deny choose the records to show; all packets of a host count. The last line of JSON,
    {"event":"summary",...}, has the findings.

    With --store, hosts are also written to the store; without captures, the store is read.
    "huginn hosts merge" joins the stores of several sensors.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused,
    130 interrupted.
    """
    traffic, selection = chosen(traffic, local_only=local_only)
    if not captures:
        if local:
            raise click.UsageError("--local is for captures; a store keeps what was local")
        return show(store, where, analysis, selection)
    if where is not None:
        raise click.UsageError("--where selects hosts of a store; it takes no captures")
    store.check(analysis)
    errors = CaptureErrors()
    with interrupted_by_sigterm(), suppress(ReaderLeftError):
        with results_file(analysis.output, [*captures, *analysis.inputs]) as out:
            out.destination.refuse_binary(analysis.format_)
            try:
                before = _stored(store.store)
                summary = _read(captures, analysis, traffic, store, local, max_inventory, errors)
                if errors.status(len(captures)) == REFUSED:
                    out.keep()
                    return REFUSED
                _write(summary, selection, analysis.format_, out, before)
            except KeyboardInterrupt:
                out.keep()
                return INTERRUPTED
        limited = warn_of_inventory(summary.left_out, len(summary.hosts), max_inventory)
        say_untracked(summary.hosts.untracked)
        return errors.status(len(captures)) or limited
    return errors.status(len(captures))


def _read(
    captures: tuple[str, ...],
    analysis: AnalysisArguments,
    traffic: TrafficOptions,
    store: StoreOptions,
    local: tuple[str, ...],
    max_inventory: int,
    errors: CaptureErrors,
) -> Summary:
    """All of the captures, into a store too if there is one."""
    with analysis.analyzer(traffic, shows_hosts=True) as analyzer:
        summary = analysis.summary(analyzer, max_inventory, local)
        with kept(store, summary.hosts):
            for batch in analysis.giving()(
                analyzer.batches(captures, workers=analysis.workers, on_error=errors)
            ):
                summary.add(batch)
            summary.hosts.conclude()
        warn_of_drops(analyzer.stats)
    return summary


def _stored(path: str | None) -> frozenset[bytes] | None:
    from huginn_cffi.store.news import stored_addresses

    return None if path is None else stored_addresses(path)


def _write(
    summary: Summary, selection: Selection, format_: str, out: ResultOutput, before: frozenset[bytes] | None
) -> None:
    if format_ == "suricata":
        from huginn_cffi.hosts.policy import policy_lines

        with held():
            lines = policy_lines(selection.values(summary.hosts))
            out.write("".join(f"{line}\n" for line in lines).encode("ascii"))
    elif format_ in ("text", "json"):
        for piece in chain(
            selection.written(summary.hosts, format_), _ending(summary, selection, format_, before)
        ):
            with held():
                out.write(piece)
    elif format_ == "ecs":
        from huginn_cffi.formats.hosts_ecs import documents

        for piece in documents(selection.written(summary.hosts, "json")):
            with held():
                out.write(piece)
    else:
        with held():
            _write_table(pieces_of(selection.values(summary.hosts)), format_, out)


def _write_table(pieces: Iterator[list[tuple[Any, ...]]], format_: str, out: ResultOutput) -> None:
    from huginn_cffi.formats import hosts as tables
    from huginn_cffi.hosts.table import texts

    try:
        if format_ == "csv":
            tables.write_csv(out, ([*map(texts, piece)] for piece in pieces))
        elif format_ == "parquet":
            tables.write_parquet(out, pieces)
        else:
            tables.write_arrow(out, pieces, stream=out.destination.path is None)
    except ModuleNotFoundError as error:
        raise click.ClickException(str(error)) from None


def _ending(
    summary: Summary, selection: Selection, format_: str, before: frozenset[bytes] | None
) -> Iterator[bytes]:
    """What follows the hosts: what is left out, and findings about all of them."""
    from huginn_cffi.cli.summary_text import answer_lines, finding_lines

    if format_ == "text" and selection:
        return
    found = _with_news(summary.as_dict(Stats()), summary, before)
    if format_ == "text":
        answers = answer_lines(found["answers"] if found["hosts"] else ())
        lines = [*answers, *finding_lines(found["findings"])][1:]
        yield "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
        return
    end = {
        "event": End.event,
        "schema_version": SCHEMA_VERSION,
        **{name: found[name] for name in ("hosts", "left_out", "untracked")},
        **{name: None if selection else found[name] for name in ("answers", "findings")},
    }
    yield f"{json.dumps(end, separators=(',', ':'))}\n".encode("ascii")


def _with_news(found: dict[str, Any], summary: Summary, before: frozenset[bytes] | None) -> dict[str, Any]:
    """The document; its answer to "new" lists hosts that the store did not have before."""
    from huginn_cffi.store.news import news

    for one in found["answers"] if before is not None else ():
        if one["topic"] == "new":
            one["answer"] = news(before or frozenset(), summary.hosts.addresses())
    return found
