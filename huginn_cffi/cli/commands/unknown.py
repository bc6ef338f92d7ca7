"""``huginn unknown``: what no signature names, ranked."""

from __future__ import annotations

import json

import click

from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.standard_error import counted, warn_of_limit
from huginn_cffi.cli.wording import ExampleCommand, OneOf
from huginn_cffi.inventory import MAX_INVENTORY


@click.command(
    cls=ExampleCommand,
    short_help="Rank what no signature names.",
    examples=(("What had no name, with its nearest relatives", "huginn unknown capture.pcap"),),
)
@captures_argument("captures", "CAPTURE...")
@click.option("--weak", is_flag=True, help="Also what only a generic signature or a fuzzy match names.")
@click.option(
    "--db", metavar="FILE", type=click.Path(), help="Signatures: a .fp or .hgdb file. [default: built in]"
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Show the first N.",
)
@click.option(
    "--relatives",
    metavar="N",
    type=click.IntRange(0, 1000),
    default=3,
    show_default=True,
    help="Show the N nearest signatures of each.",
)
@click.option("--format", "format_", type=OneOf(["text", "json"]), default="text", show_default=True)
@max_inventory_option(MAX_INVENTORY, "Keep at most N pairs of signature and sender")
def unknown(
    captures: tuple[str, ...],
    weak: bool,
    db: str | None,
    limit: int,
    relatives: int,
    format_: str,
    max_inventory: int,
) -> int:
    """Show the SYNs and SYN+ACKs that no signature names, those of most hosts first.

    Each comes with the signatures nearest to it and how they differ, and with a piece of a signature
    file that is ready but for the name. `huginn learn` writes it for you when you know the system.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused.
    """
    from huginn_cffi.tools.learning.unknown import ranked

    errors = CaptureErrors()
    left_out: list[int] = []
    found = ranked(
        captures,
        database=open_database(db),
        weak=weak,
        relatives=relatives,
        max_inventory=max_inventory,
        on_error=errors,
        on_left_out=left_out.append,
    )
    shown = found[:limit]
    if format_ == "json":
        counts = {"count": len(found), "left_out": sum(left_out)}
        text = json.dumps({**counts, "unknown": [item.as_dict() for item in shown]}, indent=2)
    else:
        head = f"{counted(len(found), 'signature')} without a name, by hosts"
        parts = [f"{number}. {item}" for number, item in enumerate(shown, 1)]
        text = "\n\n".join([head, *parts])
    print_text(f"{text}\n")
    limited = warn_of_limit(sum(left_out), "packet", "signatures and their senders", max_inventory)
    return errors.status() or limited
