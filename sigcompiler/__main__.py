"""Command line: ``python -m sigcompiler check FILE...`` and ``compile FILE... -o OUT.hgdb``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sigcompiler.diagnostics import Diagnostic, visible
from sigcompiler.model import SignatureFile

CLEAN = 0
WARNINGS = 1
"""There were warnings, and --strict is set."""

REFUSED = 2
"""There were errors, or the arguments were wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _argument_parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # unencodable characters are shown as escapes
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader closed the pipe. Without this, Python reports the error again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return status


def _argument_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sigcompiler", description="Compile p0f v3 signature files."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="print everything that is wrong with signature files")
    compiling = commands.add_parser("compile", help="write a binary database")
    for command in (check, compiling):
        command.add_argument(
            "files", nargs="+", metavar="FILE", help="signature file (.fp); read in this order"
        )
        command.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings")
    compiling.add_argument("-o", "--output", required=True, metavar="OUT.hgdb", help="the binary database")
    compiling.add_argument("--header", metavar="OUT.h", help="also write the table as a C header")
    compiling.add_argument(
        "--prefix", metavar="NAME", default="huginn", help="beginning of the names in the header"
    )
    compiling.add_argument(
        "--confidence", metavar="TABLES.json", help="confidence tables to use in place of the default ones"
    )
    check.set_defaults(run=_check)
    compiling.set_defaults(run=_compile)
    return parser


def _check(options: argparse.Namespace) -> int:
    from sigcompiler.reading.parser import parse_files  # loads lark

    model, diagnostics = parse_files(options.files)
    for item in diagnostics:
        sys.stdout.write(f"{item}\n")
    sys.stderr.write(_summary(model, diagnostics))
    return _status(diagnostics, options.strict)


def _compile(options: argparse.Namespace) -> int:
    """Write the database, unless there are errors, or warnings with --strict."""
    inputs = [*options.files, *filter(None, (options.confidence,))]
    for name in filter(None, (options.output, options.header)):
        if _is_one_of(name, inputs):
            sys.stderr.write(f"{visible(name)}: is an input as well; write to another file\n")
            return REFUSED
    from sigcompiler.claims.confidence import read_confidence
    from sigcompiler.emit_binary import emit_binary
    from sigcompiler.emit_header import standalone_header
    from sigcompiler.reading.parser import parse_files  # loads lark
    from sigcompiler.table.build import build_table

    try:
        confidence = None if options.confidence is None else read_confidence(options.confidence)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return REFUSED
    model, diagnostics = parse_files(options.files)
    for item in diagnostics:
        sys.stderr.write(f"{item}\n")
    status = _status(diagnostics, options.strict)
    if status == REFUSED:
        return REFUSED
    try:
        if status == CLEAN:
            table = build_table(model, confidence)
            header = "" if options.header is None else standalone_header(table, options.prefix)
            Path(options.output).write_bytes(emit_binary(table))
            if options.header is not None:
                Path(options.header).write_text(header, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"{visible(str(error.filename))}: cannot write the file: {error.strerror}\n")
        return REFUSED
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    sys.stderr.write(_summary(model, diagnostics))
    return status


def _is_one_of(output: str, inputs: Sequence[str]) -> bool:
    """True when writing `output` would destroy one of `inputs`."""
    path = Path(output)
    return path.exists() and any(Path(name).exists() and path.samefile(name) for name in inputs)


def _status(diagnostics: Sequence[Diagnostic], strict: bool) -> int:
    if any(item.severity == "error" for item in diagnostics):
        return REFUSED
    return WARNINGS if strict and diagnostics else CLEAN


def _summary(model: SignatureFile, diagnostics: Sequence[Diagnostic]) -> str:
    errors = sum(item.severity == "error" for item in diagnostics)
    counts = ((len(model), "signature"), (errors, "error"), (len(diagnostics) - errors, "warning"))
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
