"""``huginn hosts``: one record per host, of captures or of a store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.later import Later
from huginn_cffi.base.times import Span, parse_span
from huginn_cffi.cli import host_output
from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import SUMMARY_FORMATS, AnalysisArguments, hosts_options
from huginn_cffi.cli.output.results import ResultOutput
from huginn_cffi.cli.parameters import FILE, argument, command, option, parsed
from huginn_cffi.cli.standard_error import complain, counted, say
from huginn_cffi.cli.status import DAMAGED, DONE
from huginn_cffi.cli.store_options import StoreOptions, kept, store_options
from huginn_cffi.cli.wording import ExampleCommand
from huginn_cffi.run.stats import Stats

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.hosts import who
else:
    who = Later("huginn_cffi.hosts.who")

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


@command()
def merge(
    out: str = argument("OUT", FILE),
    stores: tuple[str, ...] = argument("IN...", FILE, nargs=-1, required=True),
    site: str | None = option("--site NAME"),
) -> None:
    """Copy the hosts of each sensor of the stores IN to the store OUT."""
    from huginn_cffi.store.merging import merge

    found = merge(out, stores, site)
    say(f"merged {counted(found, 'sensor')}")


@command(cls=HostsCommand)
def hosts(
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    analysis: AnalysisArguments = hosts_options,
    traffic: TrafficOptions = traffic_options,
    local: tuple[str, ...] = local_option,
    lists_all: bool = option("--all"),
    peers: bool = option("--peers"),
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
    store: StoreOptions = store_options,
    site: str | None = option("--site NAME"),
    where: str | None = option("--where CONDITION"),
    summary: bool = option("--summary"),
    at: Span | None = option("--at TIME", callback=parsed(parse_span, None)),
) -> int:
    """Show one record for each host, in order of appearance."""
    traffic, selection = host_output.split_options(traffic, at)
    if site is not None and (store.store is None or not captures):
        raise click.UsageError("--site needs captures and --store")
    if not captures:
        analysis.refuse_anonymous("--store", store.store)
        host_output.refuse_options_of_captures()
        if analysis.log_folder:
            raise click.UsageError(f"{analysis.format_} is of captures; a store keeps too little of a host")
        return _show_store(store, where, analysis, selection, summarized=summary)
    if summary:
        raise click.UsageError("--summary needs --store without captures; else: huginn pcap --summary")
    if where is not None:
        raise click.UsageError("--where selects hosts of a store, and cannot be used with captures")
    store.check(analysis)
    folder = analysis.log_folder
    analysis = analysis._replace(output=None if folder else analysis.output)

    def make(analyzer: Analyzer) -> Summary:
        made = analysis.summary(analyzer, max_inventory, local)
        if lists_all:
            made.hosts.list_all()
        if peers:
            made.hosts.show_peers()
        return made

    before = None
    if store.store is not None:
        from huginn_cffi.store.reading import stored_addresses

        before = stored_addresses(store.store)

    return host_output.write_captured(
        *(captures, analysis, traffic, max_inventory),
        make,
        lambda summary, stats, out: _write(
            summary, stats, selection, analysis.format_, folder or out, before
        ),
        partial(kept, store, site),
    )


def _write(
    summary: Summary,
    stats: Stats,
    selection: host_output.Selection,
    format_: str,
    out: ResultOutput | str,
    before: frozenset[bytes] | None,
) -> None:
    if isinstance(out, str):
        from huginn_cffi.formats.zeek import HOST_LOGS

        with host_output.zeek_logs(out, HOST_LOGS) as logs:
            logs.add_hosts(selection.values(summary.hosts))
    elif format_ in ("text", "json"):
        is_any = False
        for piece in selection.written(summary.hosts, format_):
            is_any |= bool(piece)
            out.write(piece)
        for piece in _ending(summary, stats, selection, format_, before):
            out.write(piece)
        if selection and not is_any:
            selection.say_missing()
    elif format_ == "ecs":
        from huginn_cffi.formats.hosts_ecs import ecs_lines

        written = selection.written(summary.hosts, "json")
        for line in ecs_lines(json.loads(one) for piece in written for one in piece.splitlines()):
            out.write(line)
    else:
        from huginn_cffi.hosts.table import pieces_of, texts
        from sigcompiler.schema.hosts import KEYS

        pieces = pieces_of(selection.values(summary.hosts))
        rows = ([*map(texts, one)] for one in pieces) if format_ == "csv" else pieces
        host_output.write_table(rows, format_, out, KEYS)


def _ending(
    summary: Summary,
    stats: Stats,
    selection: host_output.Selection,
    format_: str,
    before: frozenset[bytes] | None,
) -> Iterator[bytes]:
    """The output after the hosts. With a store, it also answers which hosts are new to the store."""
    found = summary.as_dict(stats, devices=False)
    new = None
    if before is not None:
        new = new_hosts(before, summary.hosts.addresses())
        for one in found["answers"]:
            if one["topic"] == "new":
                one["answer"] = news(new, len(summary.hosts))
    chosen = bool(selection)
    yield host_output.ending(found, format_, are_chosen=chosen, new=new, losses=found["losses"])


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


def _show_store(
    options: StoreOptions,
    where: str | None,
    analysis: AnalysisArguments,
    selection: host_output.Selection,
    *,
    summarized: bool,
) -> int:
    """Write the hosts of a store; raises a usage error for options or a condition that do not apply."""
    from huginn_cffi.cli.stored_hosts import write_stored, write_stored_summary
    from huginn_cffi.store.reading import Store

    path = options.store
    if path is None:
        raise click.UsageError("name captures, or a store with --store")
    if options._replace(store=None) != (None,) * len(options):
        raise click.UsageError("--sensor, --keep, --forget and --max-stored are for writing: name captures")
    if selection.asks_for_ends:
        raise click.UsageError("a store does not keep who opened connections: omit --src-only and --dst-only")
    are_chosen = where is not None or bool(selection)
    if summarized and (are_chosen or analysis.format_ not in SUMMARY_FORMATS):
        raise click.UsageError("--summary is of all hosts, as text or json: omit --where and the like")

    def write(out: ResultOutput) -> int:
        try:
            if summarized:
                write_stored_summary(store, analysis.format_, out)
            else:
                hosts = store.values(where)
                if selection:
                    then = None if selection.at is None else who.present(store.values(), selection.at)
                    hosts = (one for one in hosts if selection.chooses(one["ip"]))
                    hosts = (one for one in hosts if then is None or who.identity(one) in then)
                    if not (first := [*islice(hosts, 1)]):
                        selection.say_missing(named(path))
                    hosts = chain(first, hosts)
                write_stored(hosts, store, analysis.format_, out, are_chosen=are_chosen)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--where") from None
        if not store.cut:
            return DONE
        cut = f"cut {counted(store.cut, 'text')} longer than any that huginn writes"
        complain(f"warning: {named(path)}: {cut}")
        return DAMAGED

    with Store(path) as store:
        return host_output.write_hosts([path], analysis, write)
