"""From signature files to the bytes of a database. Imported only when something is compiled."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from huginn_cffi.errors import DatabaseError, SignatureError
from sigcompiler.diagnostics import Diagnostic
from sigcompiler.emit_binary import emit_binary
from sigcompiler.model import SignatureFile
from sigcompiler.parser import parse_files, parse_sources, parse_text
from sigcompiler.sources import Source
from sigcompiler.table import TableLimitError, build_table

FilePath: TypeAlias = "str | os.PathLike[str]"

DEFAULT_FILES = Path(__file__).parent / "data"
"""Where the signature files of the default database lie."""


def read_signatures(
    path: FilePath | Sequence[FilePath] | None, text: str | None
) -> tuple[SignatureFile, tuple[Diagnostic, ...]]:
    """The signatures of one or several files, or of a text, and the warnings about them.

    Raises `SignatureError` when there is an error, and `TypeError` unless exactly one of
    `path` and `text` is given.
    """
    if (path is None) == (text is None):
        raise TypeError("give either path or text")
    if text is not None:
        if not isinstance(text, str):
            raise TypeError(f"text must be str, not {type(text).__name__}")
        signatures, diagnostics = parse_text(text)
    else:
        signatures, diagnostics = parse_files(path_list(path))
    errors = [item for item in diagnostics if item.severity == "error"]
    if errors:
        raise SignatureError("\n".join(map(str, errors)), diagnostics)
    return signatures, tuple(diagnostics)


def compile_image(signatures: SignatureFile) -> bytes:
    """The binary database of `signatures`."""
    try:
        return emit_binary(build_table(signatures))
    except TableLimitError as error:
        raise SignatureError(str(error)) from None


def default_image(source_hash: str) -> bytes:
    """The default database as a binary, compiled from the files that come with the package.

    The files have the names that the build gave them, wherever the package lies. Raises
    `DatabaseError` when they are not the text with this hash (SHA-256 in hex), which is built in.
    """
    package = DEFAULT_FILES.parent.parent
    paths = sorted(DEFAULT_FILES.glob("*.fp"))
    sources = [Source(path.relative_to(package).as_posix(), path.read_bytes()) for path in paths]
    signatures, _ = parse_sources(sources)
    if signatures.source_hash.hex() != source_hash:
        raise DatabaseError(
            f"{DEFAULT_FILES}: the signature files were changed after they were built in; "
            "build the package again, or compile the files themselves"
        )
    return compile_image(signatures)


def path_list(path: FilePath | Sequence[FilePath] | None) -> list[str]:
    """One path, or several, as text."""
    paths = [path] if isinstance(path, (str, os.PathLike)) else path
    if not isinstance(paths, Sequence) or isinstance(paths, (bytes, bytearray, memoryview)):
        raise TypeError(f"path must be str, os.PathLike or a sequence of these, not {type(path).__name__}")
    names = [os.fspath(item) for item in paths]
    if not names:
        raise ValueError("path names no file")
    return names
