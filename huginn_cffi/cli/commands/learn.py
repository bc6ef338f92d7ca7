"""``huginn learn``: signatures from labelled traffic."""

from __future__ import annotations

import json

import click

from huginn_cffi.cli.capture_errors import CaptureErrors
from huginn_cffi.cli.filter_options import Traffic, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import print_text, save_file
from huginn_cffi.cli.standard_error import complain, say, warn_of_limit
from huginn_cffi.cli.wording import FILE, ExampleCommand, OneOf
from huginn_cffi.inventory import MAX_INVENTORY


@click.command(
    cls=ExampleCommand,
    examples=(
        (
            "Signatures of a system that you know",
            'huginn learn --as "Acme Meter 3.1" --host 192.0.2.31 --host 192.0.2.32 meter.pcap',
        ),
        ("Signatures of the systems that User-Agents name", "huginn learn meter.pcap -o new.fp"),
    ),
)
@captures_argument("captures", "CAPTURE...")
@click.option(
    "--as", "system", metavar="SYSTEM", help='The captures are of one host that runs this: "Windows 11".'
)
@click.option(
    "--host",
    "hosts",
    metavar="ADDRESS",
    multiple=True,
    help="With --as: its address or network; may be repeated. [default: who sends the SYNs]",
)
@click.option("--labels", metavar="LABELS.csv", help="Whose packets they are, in the format of evaluate.")
@click.option("--source", metavar="WORDS", default="captures", show_default=True, help="For the provenance.")
@click.option(
    "--db",
    metavar="FILE",
    type=FILE,
    help="What is named already: a .fp or .hgdb file. [default: built in]",
)
@click.option("-o", "--output", metavar="FILE.fp", help="Write the lines there, not to standard output.")
@click.option("--format", "format_", type=OneOf(["text", "json"]), default="text", show_default=True)
@traffic_options
@max_inventory_option(MAX_INVENTORY, "Use at most N handshake packets")
def learn(
    captures: tuple[str, ...],
    system: str | None,
    hosts: tuple[str, ...],
    labels: str | None,
    source: str,
    db: str | None,
    output: str | None,
    format_: str,
    max_inventory: int,
    traffic: Traffic,
) -> int:
    """Propose signatures for systems that are not named yet, from captures whose systems are known.

    Without --as and --labels the systems are those that the User-Agents in clear HTTP name.

    A line that would take packets from another family is refused, with the line or the hosts that
    send the same. What the lines rest on and which answers they change is reported, on
    standard error where the lines go to standard output. docs/writing-a-signature.md shows the way.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused.
    """
    from huginn_cffi.tools.learning import learn as run

    output = None if output == "-" else output
    inputs = [*captures, *filter(None, (labels, db))]
    if output is not None:
        refuse_input(output, inputs)
    errors = CaptureErrors()
    found = run(
        captures,
        labels=labels,
        system=system,
        hosts=hosts,
        database=open_database(db),
        source=source,
        max_inventory=max_inventory,
        on_error=errors,
        analyzer=traffic.handshakes(),
    )
    if output is not None and found.text:
        save_file(output, found.text.encode("utf-8"))
    elif output is not None:
        complain(f"{output}: not written, for there is no line to propose")
    if format_ == "json":
        print_text(json.dumps(found.as_dict(), indent=2) + "\n")
    elif output is not None:
        print_text(f"{found}\n")
    else:
        say(str(found))
        print_text(found.text)
    limited = warn_of_limit(found.left_out, "packet", "handshake packets", max_inventory)
    return errors.status() or limited
