"""``huginn diff``: compares two sets of signatures."""

from __future__ import annotations

import json

import click

from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import argument, command, format_option, option
from huginn_cffi.cli.standard_error import CaptureErrors

FILE = click.Path(readable=False)


@command(
    ("What does a file add?", "huginn diff default plant.fp"),
    ("And which packets get another name?", "huginn diff default plant.fp capture.pcap"),
)
def diff(
    before: str = argument("A.fp", FILE),
    after: str = argument("B.fp", FILE),
    captures: tuple[str, ...] = captures_argument("[CAPTURE]..."),
    with_default: bool = option(
        "--with-default", "Read the default database after your files, whose lines then come first."
    ),
    traffic: TrafficOptions = traffic_options,
    format_: str = format_option("text", "json"),
) -> int:
    """Show which lines B adds to A, removes and changes; with captures also which packets get another name.

    A and B are .fp or .hgdb files, folders of .fp files, or "default" for the built-in database. Against
    "default", B stands in front of it.

    Exit status: 0 done, 1 a capture could not be read to its end, 2 refused.
    """
    from huginn_workbench.diff import DEFAULT_NAME, diff_signatures, open_signatures

    errors = CaptureErrors()
    adds = before == DEFAULT_NAME and not after.endswith(".hgdb")
    found = diff_signatures(
        open_signatures(before, with_default=with_default),
        open_signatures(after, with_default=with_default or adds),
        captures,
        on_error=errors,
        analyzer=traffic.analyzer(uptime=False),
    )
    save_file("-", f"{found}\n" if format_ == "text" else json.dumps(found.as_dict(), indent=2) + "\n")
    return errors.status()
