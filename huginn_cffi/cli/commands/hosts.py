"""``huginn hosts``: one record per host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.host_output import Selection, chosen, ending, write_captured, write_table
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, hosts_options
from huginn_cffi.cli.output.results import ResultOutput
from huginn_cffi.cli.parameters import argument, option
from huginn_cffi.cli.standard_error import (
    counted,
    say,
)
from huginn_cffi.cli.store_options import StoreOptions, kept, store_options
from huginn_cffi.cli.store_reading import show, where_option
from huginn_cffi.cli.wording import FILE, ExampleCommand, command
from huginn_cffi.engine.stats import Stats
from huginn_cffi.hosts.table import pieces_of, texts

if TYPE_CHECKING:
    from huginn_cffi.analysis.summary import Summary


SHOWN = 3
"""Most new hosts that are listed."""


class HostsCommand(ExampleCommand):
    """``hosts``, whose first argument may be the subcommand ``merge``; a file of that name is ./merge."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """The context of ``hosts``, or of ``merge`` if that is the first argument."""
        if args and args[0] == "merge":
            return merge.make_context(f"{info_name} merge", args[1:], parent)
        return super().make_context(info_name, args, parent, **extra)


@command(
    ("The stores of two sensors in one", "huginn hosts merge all.sqlite gate.sqlite office.sqlite"),
    (
        "Add the store of another site, where equal addresses are other hosts",
        "huginn hosts merge --site Oslo all.sqlite oslo.sqlite",
    ),
)
def merge(
    out: str = argument("OUT", FILE),
    stores: tuple[str, ...] = argument("IN...", FILE, nargs=-1, required=True),
    site: str | None = option("--site NAME", "Site for sensors that have none yet."),
) -> None:
    """Copy the hosts of each sensor of the stores IN to the store OUT.

    Older data of these sensors in OUT is replaced, so merging again changes nothing. An address is one host
    within a site, and two hosts at two sites.
    """
    from huginn_cffi.store.merging import merge

    found = merge(out, stores, site)
    say(f"merged {counted(found, 'sensor')}")


@command(
    ("The system of each host, from all its packets", "huginn hosts capture.pcap"),
    ("The record of one host", "huginn hosts --ip 192.0.2.10 capture.pcap"),
    ("Keep them in a store", "huginn hosts capture.pcap --store hosts.sqlite"),
    ("The Linux hosts of the store", "huginn hosts --store hosts.sqlite --where \"family = 'Linux'\""),
    cls=HostsCommand,
)
def hosts(
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    analysis: AnalysisArguments = hosts_options,
    traffic: TrafficOptions = traffic_options,
    local: tuple[str, ...] = local_option,
    local_only: bool = option("--local-only", "Show local hosts only."),
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
    store: StoreOptions = store_options,
    where: str | None = where_option,
    summary: bool = option("--summary", "With --store alone: show a summary of its hosts, as text or JSON."),
) -> int:
    """Show one record for each host, in order of appearance.

    A record has the host's system, its confidence and the evidence. --ip, --subnet, --src-only, --dst-only
    and --deny choose the records to show; the records use all packets of a host. The last line of JSON,
    {"event":"summary",...}, has the findings.

    With --store, hosts are also written to the store; without captures, the store is read.
    "huginn hosts merge" joins the stores of several sensors.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused,
    130 interrupted.
    """
    traffic, selection = chosen(traffic, local_only=local_only)
    if not captures:
        if local:
            raise click.UsageError("--local applies to captures; a store already has which hosts are local")
        return show(store, where, analysis, selection, summarized=summary)
    if summary:
        raise click.UsageError("--summary needs --store without captures; else: huginn pcap --summary")
    if where is not None:
        raise click.UsageError("--where selects hosts of a store, and cannot be used with captures")
    store.check(analysis)
    before = None
    if store.store is not None:
        from huginn_cffi.store.reading import stored_addresses

        before = stored_addresses(store.store)
    return write_captured(
        *(captures, analysis, traffic, max_inventory),
        lambda analyzer: analysis.summary(analyzer, max_inventory, local),
        lambda summary, out: _write(summary, selection, analysis.format_, out, before),
        partial(kept, store),
    )


def _write(
    summary: Summary, selection: Selection, format_: str, out: ResultOutput, before: frozenset[bytes] | None
) -> None:
    if format_ == "suricata":
        from huginn_cffi.hosts.policy import policy_lines

        lines = policy_lines(selection.values(summary.hosts))
        out.write("".join(f"{line}\n" for line in lines).encode("ascii"))
    elif format_ in ("text", "json"):
        for piece in chain(
            selection.written(summary.hosts, format_), _ending(summary, selection, format_, before)
        ):
            out.write(piece)
    elif format_ == "ecs":
        from huginn_cffi.formats.hosts_ecs import documents

        for piece in documents(selection.written(summary.hosts, "json")):
            out.write(piece)
    else:
        pieces = pieces_of(selection.values(summary.hosts))
        write_table(([*map(texts, one)] for one in pieces) if format_ == "csv" else pieces, format_, out)


def _ending(
    summary: Summary, selection: Selection, format_: str, before: frozenset[bytes] | None
) -> Iterator[bytes]:
    """The output after the hosts. With a store, it also answers which hosts are new to the store."""
    found = summary.as_dict(Stats())
    new = None
    if before is not None:
        new = new_hosts(before, summary.hosts.addresses())
        for one in found["answers"]:
            if one["topic"] == "new":
                one["answer"] = news(new, len(summary.hosts))
    yield ending(found, format_, are_chosen=bool(selection), new=new)


def new_hosts(before: frozenset[bytes], now: Iterable[bytes]) -> list[str] | None:
    """The new addresses; None if the store had no hosts before."""
    from huginn_cffi.store.rows import unpacked

    return [*map(unpacked, dict.fromkeys(one for one in now if one not in before))] if before else None


def news(new: list[str] | None, count: int) -> str:
    """The new addresses in words; `count` is the number of all hosts."""
    if new is None:
        return "not known: the store had no hosts before"
    beyond = f" and {len(new) - SHOWN:,} more" if len(new) > SHOWN else ""
    return f"{len(new):,} of {count:,} hosts{': ' if new else ''}{', '.join(new[:SHOWN])}{beyond}"
