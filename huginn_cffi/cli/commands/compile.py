"""``huginn compile``: compiles signature files to a database."""

from __future__ import annotations

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.files import is_same
from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import FILE, argument, command, option
from huginn_cffi.cli.signature_options import described, overriding_text, with_default_option, with_defaults
from huginn_cffi.cli.standard_error import say


@command(name="compile")
def compile_(
    files: tuple[str, ...] = argument("FILE.fp...", FILE, nargs=-1),
    output: str | None = option("-o --output FILE"),
    header: str | None = option("--header FILE.h"),
    prefix: str = option("--prefix NAME", default="huginn"),
    confidence: str | None = option("--confidence FILE.json", type=FILE),
    with_default: bool = with_default_option,
) -> None:
    """Compile one or more signature files to one database."""
    from huginn_cffi.database.compiling import compile_table, default_signatures, read_signatures, read_tables
    from sigcompiler.emit_binary import emit_binary
    from sigcompiler.emit_header import standalone_header
    from sigcompiler.table.build import NOTHING_KNOWN

    if not files and not with_default:
        raise click.UsageError("Missing argument 'FILE.fp...'.")
    if output is None and header is None:
        raise click.UsageError("name the result: -o FILE.hgdb, or --header FILE.h")
    for path in filter(None, (output, header)):
        refuse_input(path, [*files, *filter(None, (confidence,))])
    if output is not None and header is not None and is_same(output, header):
        raise click.UsageError(f"{named(output)}: -o and --header name one file; write each to its own")
    known = default_signatures() if files and with_default else NOTHING_KNOWN
    signatures, warnings = read_signatures(with_defaults(files, not files), None, known)
    for warning in warnings:
        say(str(warning))
    table = compile_table(signatures, None if confidence is None else read_tables(confidence), known)
    try:
        text = None if header is None else standalone_header(table, prefix)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--prefix") from None
    if output is not None:
        save_file(output, emit_binary(table))
    if header is not None and text is not None:
        save_file(header, text.encode("utf-8"))
    said = described(len(known.behind(signatures, whole=True)))
    if files:
        said += overriding_text(signatures)
    for path in filter(None, (output, header)):
        say(f"{named(path)}: {said}")
