"""From signature files to a model without errors, to a table, and to the files made of it."""

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
        SignatureFileError: there is an error, in any of the files; it carries all diagnostics.
    """
    return without_errors(parse_files(paths))


def without_errors(parsed: Parsed) -> Parsed:
    """Return `parsed`, which may have warnings only; `SignatureFileError` as above."""
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
    """Write the binary database of ``model``, and the C header of the same table if asked to.

    The header compiles by itself; its names begin with ``prefix``.

    Raises:
        ValueError: the model is too large for a table, or ``prefix`` begins no name of C.
        OSError: a file cannot be written.
    """
    # Checking a file needs none of these.
    from sigcompiler.emit_binary import emit_binary
    from sigcompiler.emit_header import standalone_header
    from sigcompiler.table.build import build_table

    table = build_table(model, confidence)
    text = None if header is None else standalone_header(table, prefix)
    Path(output).write_bytes(emit_binary(table))
    if header is not None and text is not None:
        Path(header).write_text(text, encoding="utf-8")
