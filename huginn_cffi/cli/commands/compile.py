"""``huginn compile``: signature files to a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.standard_error import say
from huginn_cffi.cli.status import DONE
from huginn_cffi.cli.wording import FILE, ExampleCommand
from huginn_cffi.errors import named
from huginn_cffi.files import is_same

Command = TypeVar("Command", bound=Callable[..., Any])

with_default_option: Callable[[Command], Command] = click.option(
    "--with-default",
    is_flag=True,
    help="The default database's files after them, so that these lead.",
)


@click.command(
    "compile",
    cls=ExampleCommand,
    examples=(
        ("Compile beforehand what would be compiled each time", "huginn compile plant.fp -o plant.hgdb"),
        ("and use it", "huginn pcap --db plant.hgdb capture.pcap"),
    ),
)
@click.argument("files", metavar="FILE.fp...", type=FILE, nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE.hgdb", help="Write the database there.")
@click.option("--header", metavar="FILE.h", help="Write it as a C header there.")
@with_default_option
def compile_(files: tuple[str, ...], output: str | None, header: str | None, with_default: bool) -> int:
    """Compile signature files, read one after the other, to a database.

    It loads at once, with --db FILE.hgdb. Warnings are printed; errors end it.
    """
    from huginn_cffi.database.compiling import compile_table, read_signatures
    from sigcompiler.emit_binary import emit_binary
    from sigcompiler.emit_header import emit_header

    if output is None and header is None:
        raise click.UsageError("name the result: -o FILE.hgdb, or --header FILE.h")
    for path in filter(None, (output, header)):
        refuse_input(path, files)
    if output is not None and header is not None and is_same(output, header):
        raise click.UsageError(f"{named(output)}: -o and --header name one file; write each to its own")
    signatures, warnings = read_signatures(with_defaults(files, with_default), None)
    for warning in warnings:
        say(str(warning))
    table = compile_table(signatures)
    if output is not None:
        save_file(output, emit_binary(table))
    if header is not None:
        save_file(header, emit_header(table).encode("utf-8"))
    return DONE


def with_defaults(files: Sequence[str], wanted: bool) -> list[str]:
    """The files, and after them those of the default database where these are wanted."""
    from huginn_cffi.database.compiling import DEFAULT_FILES

    return [*files, *(str(path) for path in sorted(DEFAULT_FILES.glob("*.fp")) if wanted)]
