"""``huginn who``: who had an address, or which addresses a MAC had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.base.text_tables import aligned
from huginn_cffi.base.times import (
    EARLIEST_NS,
    LATEST_NS,
    SECOND_NS,
    Span,
    moment_text,
    parse_span,
    parse_time,
    span,
)
from huginn_cffi.cli import host_output
from huginn_cffi.cli.filter_options import TrafficOptions, refuse_empty_span
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, who_options
from huginn_cffi.cli.output.results import ResultOutput
from huginn_cffi.cli.parameters import FILE, argument, command, option, parsed
from huginn_cffi.cli.status import DONE
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.lines import mac_text
from huginn_cffi.hosts.record import record_of
from huginn_cffi.hosts.who import Answer, Holder, Who, asked_for, who_had

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer

ANSWERS: dict[Answer | None, str] = {
    None: "",
    "during": ": one holder",
    "lease": ": nobody was seen with it, but the holder before had it leased",
    "several": ": several holders",
    "between": ": nobody was seen with it",
    "after": ": nobody was seen with it any more",
    "before": ": nobody was seen with it yet",
    "never": ": never seen",
}
"""The words for each answer, behind an address."""

ANSWERS_OF_MAC: dict[Answer | None, str] = ANSWERS | {
    "during": ": seen",
    "lease": ": not seen, but it had a lease",
    "between": ": not seen",
    "after": ": not seen any more",
    "before": ": not seen yet",
}

UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def _asked(text: str) -> str:
    asked_for(text)
    return text


@command()
def who(
    asked: str = argument("ADDRESS|MAC", callback=parsed(_asked, "")),
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    analysis: AnalysisArguments = who_options,
    at: Span | None = option("--at TIME", callback=parsed(parse_span, None)),
    since: int | None = option("--since TIME", callback=parsed(parse_time, None)),
    until: int | None = option("--until TIME", callback=parsed(parse_time, None)),
    store: str | None = option("--store FILE", type=FILE),
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
) -> int:
    """Say who had an address, or which addresses a MAC had, and when."""
    if at is not None and (since is not None or until is not None):
        raise click.UsageError("--at is one time, --since and --until are a span: give one of them")
    refuse_empty_span(since, until)
    at = at or span(since, until)
    if (store is None) is not bool(captures):
        raise click.UsageError("name captures, or a store with --store")

    def write(found: Who, out: ResultOutput) -> None:
        if analysis.format_ == "json":
            out.write(f"{json.dumps(found.as_dict(), separators=(',', ':'))}\n".encode("ascii"))
            return
        for line in who_lines(found):
            out.write(f"{line}\n".encode("utf-8", "backslashreplace"))

    if store is not None:
        from huginn_cffi.store.reading import Store

        host_output.refuse_options_of_captures("asked", "at", "since", "until")
        with Store(store) as opened:
            answer = opened.who(asked, at)

        def write_stored(out: ResultOutput) -> int:
            write(answer, out)
            return DONE

        return host_output.write_hosts([store], analysis, write_stored)

    def make(analyzer: Analyzer) -> Inventory:
        inventory = Inventory(analyzer.database, max_inventory=max_inventory)
        inventory.list_all()
        return inventory

    return host_output.write_captured(
        *(captures, analysis, TrafficOptions(None, None), max_inventory),
        make,
        lambda inventory, _, out: write(who_had(map(record_of, inventory.values()), asked, at), out),
    )


def who_lines(found: Who) -> Iterator[str]:
    """The answer in a line, then a table of the holders."""
    from sigcompiler.diagnostics import visible

    leased = found.holders[0].lease_until_ns if found.answer == "lease" else None
    until = "" if leased is None else f" until {moment_text(leased)[:19]}"
    words = ANSWERS_OF_MAC if len(asked_for(found.asked)) == MAC_BYTES else ANSWERS
    yield f"{found.asked}{_span_text(found.span)}{words[found.answer]}{until}"
    if found.holders:
        rows = [[visible(cell) for cell in _row(one)] for one in found.holders]
        headings = ["", "address", "MAC", "device", "system", "first seen", "last seen", "proof"]
        yield from aligned([headings, *rows])


def _row(one: Holder) -> tuple[str, ...]:
    return (
        _gap_text(one.gap_ns),
        f"{one.ip or ''}{f' in {one.tunnel}' if one.tunnel else ''}{f' at {one.site}' if one.site else ''}",
        "not known" if one.mac is None else mac_text(one.mac),
        one.device,
        one.system or "",
        *(moment_text(time)[:19] for time in (one.first_seen_ns, one.last_seen_ns)),
        one.proof or "",
    )


def _gap_text(gap_ns: int) -> str:
    """``14 h 0 min before``: how long before the time in question the holder sent its last packet."""
    if gap_ns == 0:
        return ""
    rest, parts = max(abs(gap_ns) // SECOND_NS, 1), list[str]()
    for size, unit in UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append(f"{count} {unit}")
    return f"{' '.join(parts[:2])} {'before' if gap_ns > 0 else 'after'}"


def _span_text(time: Span | None) -> str:
    if time is None:
        return ""
    first, end = time
    names = {86_400 * SECOND_NS: 10, 60 * SECOND_NS: 16, SECOND_NS: 19, 1: 29}
    length = names.get(end - first)
    if length is not None and first % (end - first) == 0:
        return f" at {moment_text(first)[:length]} UTC"
    words = [f" since {moment_text(first)[:19]}"] if first != EARLIEST_NS else []
    words += [f" until {moment_text(end)[:19]}"] if end != LATEST_NS else []
    return f"{''.join(words)} UTC"
