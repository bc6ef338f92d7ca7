"""``huginn hosts``: one verdict a host."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.ending import interrupted_by_sigterm
from huginn_cffi.cli.filter_options import Traffic, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import Analysis, hosts_options
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import Results, results_file
from huginn_cffi.cli.standard_error import counted, say_unwatched, warn_of_drops, warn_of_limit
from huginn_cffi.cli.status import INTERRUPTED
from huginn_cffi.cli.store_merge import HostsCommand
from huginn_cffi.cli.store_options import StoreOptions, kept, store_options
from huginn_cffi.cli.store_reading import show, where_option
from huginn_cffi.interrupts import held
from huginn_cffi.inventory import MAX_INVENTORY
from huginn_cffi.times import moment_text
from sigcompiler.claims.flavors import label_text

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.findings import Finding, Findings
    from huginn_cffi.hosts import HostTable, HostVerdict
    from huginn_cffi.hosts.record import HostRecord

PIECE_HOSTS = 1000
"""Hosts written at a time."""


@click.command(
    cls=HostsCommand,
    examples=(
        ("What runs where, from all packets of each host together", "huginn hosts capture.pcap"),
        (
            "The clients of one network, as a table",
            "huginn hosts --subnet 192.0.2.0/24 --src-only --format csv -o hosts.csv capture.pcap",
        ),
        ("Keep them in a store", "huginn hosts capture.pcap --store hosts.sqlite"),
        ("What the store has", "huginn hosts --store hosts.sqlite --where \"family = 'Linux'\""),
    ),
)
@captures_argument("captures", "[CAPTURE...]", required=False)
@hosts_options
@traffic_options
@max_inventory_option(MAX_INVENTORY, "Keep at most N hosts")
@store_options
@where_option
def hosts(
    captures: tuple[str, ...],
    analysis: Analysis,
    traffic: Traffic,
    max_inventory: int,
    store: StoreOptions,
    where: str | None,
) -> int:
    """Show one verdict for each host, in order of appearance.

    The verdict uses all SYNs and SYN+ACKs of an address, its source ports, and the rate of its timestamps.
    JSON has one object per line. After the last host come {"left_out": N} if the limit left packets out,
    {"unwatched": N} if there were too many hosts to follow, and {"findings": [...]} if there are findings.

    With --store and captures, the hosts are also written to the store; without captures, the store is read.
    "huginn hosts merge" joins the stores of several sensors.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused,
    130 interrupted.
    """
    from huginn_cffi.findings import Findings
    from huginn_cffi.hosts.table import table_of

    if not captures:
        return show(store, where, analysis)
    if where is not None:
        raise click.UsageError("--where selects hosts of a store; it takes no captures")
    store.check(analysis)
    errors = CaptureErrors()
    with interrupted_by_sigterm(), suppress(ReaderLeftError):
        with results_file(analysis.output, [*captures, *analysis.inputs]) as out:
            out.destination.refuse_binary(analysis.format_)
            try:
                with (
                    analysis.analyzer(traffic) as analyzer,
                    kept(store, analyzer.database, max_inventory) as noted,
                ):
                    findings = Findings(analyzer.database, max_inventory=max_inventory)
                    found = analyzer.batches(captures, workers=analysis.workers, on_error=errors)
                    seen = noted(_seen(analysis.given(found), findings))
                    table = table_of(seen, "captures", analyzer.database, max_inventory)
                    warn_of_drops(analyzer.stats)
                _write(table, findings, analysis.format_, out)
            except KeyboardInterrupt:
                return INTERRUPTED
        limited = warn_of_limit(table.left_out, "packet", "hosts", max_inventory)
        say_unwatched(table.unwatched)
        return errors.status(len(captures)) or limited
    return errors.status(len(captures))


def _seen(batches: Iterable[Batch], findings: Findings) -> Iterator[Batch]:
    """The batches, of which the findings take note."""
    for batch in batches:
        findings.add(batch)
        yield batch


def _write(table: HostTable, findings: Findings, format_: str, out: Results) -> None:
    if format_ == "suricata":
        from huginn_cffi.hosts.policy import policy_lines

        with held():
            out.write("".join(f"{line}\n" for line in policy_lines(table)).encode("ascii"))
        return
    if format_ in ("text", "json"):
        for piece in chain(_pieces(table, format_), [_finding_piece(findings.found(), format_)]):
            with held():
                out.write(piece.encode("utf-8", "backslashreplace"))
        return
    from huginn_cffi.formats import hosts as tables
    from huginn_cffi.hosts.table import texts

    try:
        with held():
            if format_ == "csv":
                tables.write_csv(out, table.columns, ([*map(texts, piece)] for piece in table.pieces()))
            elif format_ == "parquet":
                tables.write_parquet(out, table.pieces())
            else:
                tables.write_arrow(out, table.pieces(), stream=out.destination.path is None)
    except ModuleNotFoundError as error:
        raise click.ClickException(str(error)) from None


def _pieces(table: HostTable, format_: str) -> Iterator[str]:
    """Yield the output in pieces of `PIECE_HOSTS` hosts."""
    from huginn_cffi.hosts.table import host_object
    from sigcompiler.diagnostics import visible

    hosts = table.hosts()
    while some := [*islice(hosts, PIECE_HOSTS)]:
        if format_ == "json":
            yield "".join(f"{json.dumps(host_object(*one))}\n" for one in some)
        else:
            yield "".join(f"{visible(line)}\n" for one in some for line in _lines(*one))
    if format_ == "json":
        for key, number in (("left_out", table.left_out), ("unwatched", table.unwatched)):
            if number:
                yield f"{json.dumps({key: number})}\n"


def _finding_piece(found: list[Finding], format_: str) -> str:
    """The findings, after the hosts; nothing where there are none."""
    from huginn_cffi.cli.summary_text import finding_lines

    values = [finding._asdict() for finding in found]
    if format_ == "json":
        return f"{json.dumps({'findings': values})}\n" if values else ""
    return "".join(f"{line}\n" for line in list(finding_lines(values))[1:])


def _lines(one: HostVerdict, record: HostRecord) -> Iterator[str]:
    """As the text format has events: a line with the address, then values from column 11 on."""
    yield f"[Host] {one.ip}"
    yield f"  OS:     {_name(one)}"
    if one.confidence:
        yield f"  Sure:   {int(100 * one.confidence)} %"  # never rounded up to certainty
    for tool in one.tools:
        yield f"  App:    {tool}"
    yield f"  Seen:   {counted(one.syns, 'SYN')}, {counted(one.syn_acks, 'SYN+ACK')}"
    if record.systems > 1:
        yield f"  Shared: {record.systems} systems or more"
    if record.changes:
        latest = record.changes[-1]
        what = f"{latest.kind.replace('_', ' ')} as {latest.role} ({', '.join(latest.reasons)})"
        yield f"  Change: {what}, {moment_text(latest.time)[:19]}"
    for number, words in enumerate((*one.evidence, *record.witnesses)):
        yield f"  {'Why:' if number == 0 else '':7} {words}"
    yield ""


def _name(one: HostVerdict) -> str:
    if one.family == "unknown":
        return "???"
    return label_text(one.family, one.flavor)
