"""``huginn hosts``: one verdict a host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import results_file
from huginn_cffi.cli.standard_error import counted, warn_of_limit
from huginn_cffi.cli.wording import ExampleCommand, OneOf
from huginn_cffi.interrupts import held
from huginn_cffi.inventory import MAX_INVENTORY

if TYPE_CHECKING:
    from huginn_cffi.hosts import HostObserver, HostVerdict

PIECE_HOSTS = 1000
"""Hosts written at a time."""


@click.command(
    cls=ExampleCommand,
    short_help="Name each host by all its packets.",
    examples=(("What runs where, from all packets of each host together", "huginn hosts capture.pcap"),),
)
@captures_argument("captures", "CAPTURE...")
@click.option(
    "--db", metavar="FILE", type=click.Path(), help="Signatures: a .fp or .hgdb file. [default: built in]"
)
@click.option("--format", "format_", type=OneOf(["text", "json"]), default="text", show_default=True)
@max_inventory_option(MAX_INVENTORY, "Keep at most N hosts")
def hosts(captures: tuple[str, ...], db: str | None, format_: str, max_inventory: int) -> int:
    """Show one verdict a host, in the order in which the hosts appear.

    All SYNs and SYN+ACKs of an address count together, with the ports that its connections come
    from and the rate of its timestamps: together they tell more than each of them. JSON is one
    object a line, after the last host {"left_out": N} where the limit left packets out.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused.
    """
    from huginn_cffi.analyzer import Analyzer
    from huginn_cffi.hosts import HostObserver

    errors = CaptureErrors()
    observer = HostObserver(max_inventory=max_inventory)
    with Analyzer(open_database(db)) as analyzer:
        for result in analyzer.analyze_pcap(captures, on_error=errors):
            observer.add(result)
    with suppress(ReaderLeftError), results_file(None, captures) as out:
        for piece in _pieces(observer, format_):
            with held():
                out.write(piece.encode("utf-8", "backslashreplace"))
    limited = warn_of_limit(observer.left_out, "packet", "hosts", max_inventory)
    return errors.status(len(captures)) or limited


def _pieces(observer: HostObserver, format_: str) -> Iterator[str]:
    """Yield the output in pieces of `PIECE_HOSTS` hosts."""
    from sigcompiler.diagnostics import visible

    verdicts = iter(observer)
    while some := [*islice(verdicts, PIECE_HOSTS)]:
        if format_ == "json":
            yield "".join(f"{json.dumps(_object(one))}\n" for one in some)
        else:
            yield "".join(f"{visible(line)}\n" for one in some for line in _lines(one))
    if format_ == "json" and observer.left_out:
        yield f"{json.dumps({'left_out': observer.left_out})}\n"


def _object(one: HostVerdict) -> dict[str, object]:
    names = ("ip", "family", "flavor", "confidence", "candidates", "evidence", "tools", "syns", "syn_acks")
    found = {name: getattr(one, name) for name in names}
    return {**found, "confidence": round(one.confidence, 3)}


def _lines(one: HostVerdict) -> Iterator[str]:
    """As the text format has events: a line with the address, then values from column 11 on."""
    yield f"[Host] {one.ip}"
    yield f"  OS:     {_name(one)}"
    if one.confidence:
        yield f"  Sure:   {int(100 * one.confidence)} %"  # never rounded up to certainty
    for tool in one.tools:
        yield f"  App:    {tool}"
    yield f"  Seen:   {counted(one.syns, 'SYN')}, {counted(one.syn_acks, 'SYN+ACK')}"
    for number, words in enumerate(one.evidence):
        yield f"  {'Why:' if number == 0 else '':7} {words}"
    yield ""


def _name(one: HostVerdict) -> str:
    if one.family == "unknown":
        return "???"
    return f"{one.family} {one.flavor}".strip()
