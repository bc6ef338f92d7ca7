"""Compiles signature files to the bytes of a database. Imported only when needed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from huginn_cffi._native import lib
from huginn_cffi.base.errors import DatabaseError, SignatureError, named
from huginn_cffi.run.records import known_signatures
from sigcompiler.claims.confidence import Confidence, read_confidence
from sigcompiler.diagnostics import Diagnostic, SignatureFileError
from sigcompiler.emit_binary import emit_binary
from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_files, parse_text, without_errors
from sigcompiler.reading.reader import SystemNames
from sigcompiler.table.build import NOTHING_KNOWN, TableLimitError, build_table
from sigcompiler.table.known import KnownSignatures
from sigcompiler.table.layout import Table

FilePath: TypeAlias = str | os.PathLike[str]

DEFAULT_FILES = Path(__file__).parents[1] / "data"
"""Folder of the default database's signature files."""


def default_signatures() -> KnownSignatures:
    """The built-in database's signatures, which can stand behind others without being compiled again."""
    return known_signatures(lib.hg_database_default())


def read_signatures(
    path: FilePath | Sequence[FilePath] | None, text: str | None, known: KnownSignatures = NOTHING_KNOWN
) -> tuple[SignatureFile, tuple[Diagnostic, ...]]:
    """The signatures of one or several files, or of a text, and the warnings about them.

    The lines may name systems of the `known` signatures, which are to stand behind them. Raises
    `SignatureError` if the signatures have an error, and `TypeError` unless exactly one of `path` and `text`
    is given.
    """
    if (path is None) == (text is None):
        raise TypeError("give either path or text")
    if text is not None and not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}")
    systems = (*(one.name for one in known.labels), *(one.name for one in known.systems))
    names = SystemNames({name.lower(): name for name in systems})
    try:
        signatures, warnings = without_errors(
            parse_files(path_list(path), names=names) if text is None else parse_text(text, names=names)
        )
    except SignatureFileError as error:
        raise SignatureError(str(error), error.diagnostics) from None
    return signatures, tuple(warnings)


def read_tables(path: FilePath) -> Confidence:
    """The confidence tables of a file; `DatabaseError` if it holds none."""
    try:
        return read_confidence(path)
    except OSError as error:
        raise DatabaseError(f"{named(os.fspath(path))}: {error.strerror}") from None
    except ValueError as error:
        raise DatabaseError(str(error)) from None


def compile_table(
    signatures: SignatureFile, confidence: Confidence | None = None, known: KnownSignatures = NOTHING_KNOWN
) -> Table:
    """The table of `signatures`, then the `known` ones; `SignatureError` when there are too many for one."""
    try:
        return build_table(signatures, confidence, known)
    except TableLimitError as error:
        raise SignatureError(str(error)) from None


def compile_image(
    signatures: SignatureFile, confidence: Confidence | None = None, known: KnownSignatures = NOTHING_KNOWN
) -> bytes:
    """The binary database of `signatures`; `SignatureError` as for `compile_table`."""
    return emit_binary(compile_table(signatures, confidence, known))


def files_of(path: FilePath) -> list[str]:
    """The file, or all ``.fp`` files of a folder in the order of their names; `DatabaseError` without one."""
    name = os.fspath(path)
    if not name or not Path(name).is_dir():
        return [name]
    files = sorted(map(str, Path(name).glob("*.fp")))
    if not files:
        raise DatabaseError(f"{named(name)}: Is a directory, with no .fp file in it")
    return files


def path_list(path: FilePath | Sequence[FilePath] | None) -> list[str]:
    """One path, or several, as text."""
    paths = [path] if isinstance(path, (str, os.PathLike)) else path
    if not isinstance(paths, Sequence) or isinstance(paths, (bytes, bytearray, memoryview)):
        raise TypeError(f"path must be str, os.PathLike or a sequence of these, not {type(path).__name__}")
    if wrong := [type(item).__name__ for item in paths if not isinstance(item, (str, os.PathLike))]:
        raise TypeError(f"each path must be str or os.PathLike, not {wrong[0]}")
    names = [os.fspath(item) for item in paths]
    if not names:
        raise ValueError("path names no file")
    return names
