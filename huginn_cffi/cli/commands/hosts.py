"""``huginn hosts``: one verdict a host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.input_options import captures_argument
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.standard_error import counted
from huginn_cffi.cli.wording import ExampleCommand, OneOf

if TYPE_CHECKING:
    from huginn_cffi.hosts import HostVerdict


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
def hosts(captures: tuple[str, ...], db: str | None, format_: str) -> int:
    """Show one verdict a host, in the order in which the hosts appear.

    All SYNs and SYN+ACKs of an address count together, with the ports that its connections come
    from and the rate of its timestamps: together they tell more than each of them. JSON is one
    object a line.

    Exit status: 0 done, 1 a capture could not be read to its end, 2 refused.
    """
    from huginn_cffi.analyzer import Analyzer
    from huginn_cffi.hosts import HostObserver
    from sigcompiler.diagnostics import visible

    errors = CaptureErrors()
    observer = HostObserver()
    with Analyzer(open_database(db)) as analyzer:
        for result in analyzer.analyze_pcap(captures, on_error=errors):
            observer.add(result)
    verdicts = observer.verdicts()
    if format_ == "json":
        print_text("".join(f"{json.dumps(_object(one))}\n" for one in verdicts))
    else:
        print_text("".join(f"{visible(line)}\n" for one in verdicts for line in _lines(one)))
    return errors.status(len(captures))


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
