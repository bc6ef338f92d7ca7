"""Compiles signature files to a model, a table, and output files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sigcompiler.claims.confidence import Confidence
from sigcompiler.diagnostics import SignatureFileError
from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import Parsed, parse_files
from sigcompiler.reading.sources import FilePath


def parse_or_raise(paths: Iterable[FilePath]) -> Parsed:
    """Read signature files as one and return the model with its warnings.

    Raises:
        SignatureFileError: a file has an error; the exception has all diagnostics.
    """
    return without_errors(parse_files(paths))


def without_errors(parsed: Parsed) -> Parsed:
    """Return `parsed` if it has only warnings; otherwise raise `SignatureFileError` as above."""
    _, diagnostics = parsed
    if any(item.severity == "error" for item in diagnostics):
        raise SignatureFileError(diagnostics)
    return parsed


def write_database(
    model: SignatureFile,
    output: FilePath,
    header: FilePath | None = None,
    confidence: Confidence | None = None,
    prefix: str = "huginn",
) -> None:
    """Write the binary database of ``model`` to ``output``, and optionally the same table as a C header.

    The header is self-contained; its names begin with ``prefix``.

    Raises:
        ValueError: the model is too large for a table, or ``prefix`` cannot begin a C name.
        OSError: a file cannot be written.
    """
    # Imported here because checking a file does not need these modules.
    from sigcompiler.emit_binary import emit_binary
    from sigcompiler.emit_header import standalone_header
    from sigcompiler.table.build import build_table

    table = build_table(model, confidence)
    text = None if header is None else standalone_header(table, prefix)
    Path(output).write_bytes(emit_binary(table))
    if header is not None and text is not None:
        Path(header).write_text(text, encoding="utf-8")
