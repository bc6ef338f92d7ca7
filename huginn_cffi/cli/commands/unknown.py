"""``huginn unknown``: what no signature names, ranked."""

from __future__ import annotations

import json

import click

from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.input_options import captures_argument
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.standard_error import counted
from huginn_cffi.cli.wording import ExampleCommand, OneOf


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
def unknown(
    captures: tuple[str, ...], weak: bool, db: str | None, limit: int, relatives: int, format_: str
) -> int:
    """Show the SYNs and SYN+ACKs that no signature names, those of most hosts first.

    Each comes with the signatures nearest to it and how they differ, and with a piece of a signature
    file that is ready but for the name. `huginn learn` writes it for you when you know the system.

    Exit status: 0 done, 1 a capture could not be read to its end, 2 refused.
    """
    from huginn_cffi.tools.learning import unknown as run

    errors = CaptureErrors()
    found = run(captures, database=open_database(db), weak=weak, relatives=relatives, on_error=errors)
    shown = found[:limit]
    if format_ == "json":
        text = json.dumps({"count": len(found), "unknown": [item.as_dict() for item in shown]}, indent=2)
    else:
        head = f"{counted(len(found), 'signature')} without a name, by hosts"
        parts = [f"{number}. {item}" for number, item in enumerate(shown, 1)]
        text = "\n\n".join([head, *parts])
    print_text(f"{text}\n")
    return errors.status()
