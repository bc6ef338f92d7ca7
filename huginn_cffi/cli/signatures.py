"""``huginn compile`` and ``huginn check``: signature files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from huginn_cffi.cli.output import print_text, refuse_input
from huginn_cffi.cli.report import counted, say
from huginn_cffi.cli.status import DAMAGED, DONE, REFUSED
from huginn_cffi.errors import named


@click.command("compile", short_help="Compile signatures to a database.")
@click.argument("files", metavar="FILE.fp...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE.hgdb", help="Write the database there.")
@click.option("--header", metavar="FILE.h", help="Write it as a C header there.")
def compile_(files: tuple[str, ...], output: str | None, header: str | None) -> int:
    """Compile signature files, read one after the other, to a database.

    It loads at once, with --db FILE.hgdb. Warnings are printed; errors end it.
    """
    from huginn_cffi.compiling import compile_table, read_signatures
    from sigcompiler.emit_binary import emit_binary
    from sigcompiler.emit_header import emit_header

    if output is None and header is None:
        raise click.UsageError("name the result: -o FILE.hgdb, or --header FILE.h")
    for path in filter(None, (output, header)):
        refuse_input(path, files)
    signatures, warnings = read_signatures(files, None)
    for warning in warnings:
        say(str(warning))
    table = compile_table(signatures)
    if output is not None:
        _save(output, emit_binary(table))
    if header is not None:
        _save(header, emit_header(table).encode("utf-8"))
    return DONE


@click.command(short_help="Check signature files.")
@click.argument("files", metavar="FILE.fp...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Exit with status 1 when there are warnings.")
def check(files: tuple[str, ...], strict: bool) -> int:
    """Print everything that is wrong with signature files.

    Exit status: 0 clean, 1 warnings with --strict, 2 errors.
    """
    from sigcompiler.parser import parse_files

    signatures, diagnostics = parse_files(files)
    lines = [str(diagnostic) for diagnostic in diagnostics]
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    counts = (("signature", len(signatures)), ("error", found["error"]), ("warning", found["warning"]))
    lines.append(
        f"{', '.join(map(named, files))}: {', '.join(counted(number, word) for word, number in counts)}"
    )
    print_text("\n".join(lines) + "\n")
    if found["error"]:
        return REFUSED
    return DAMAGED if strict and found["warning"] else DONE


def _save(path: str, data: bytes) -> None:
    from huginn_cffi.files import replace_file

    try:
        replace_file(Path(path), data)
    except OSError as error:
        raise click.ClickException(f"{named(path)}: cannot be written: {error.strerror}") from None
