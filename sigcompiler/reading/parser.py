"""Reads signature files as text, line by line into a model, then checks the whole model."""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sigcompiler.collector import Collector
from sigcompiler.diagnostics import Diagnostic, SignatureFileError
from sigcompiler.lint import lint, lint_flavors
from sigcompiler.model import Place, SignatureFile
from sigcompiler.reading.reader import FileReader, SystemNames
from sigcompiler.table.layout import MAGIC

FilePath: TypeAlias = "str | os.PathLike[str]"

MAX_SOURCE_BYTES = 64 * 1024 * 1024
"""Limit of the total bytes of all signature files in one compilation."""

Parsed = tuple[SignatureFile, list[Diagnostic]]


def parse_text(text: str | bytes, file_name: str = "<text>", *, names: SystemNames | None = None) -> Parsed:
    """Build the model of one text and list all its diagnostics, by line.

    Bytes are read as UTF-8. If there are errors, the model has all lines that could be read. `names` are
    systems that other signatures name.
    """
    collector = Collector()
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)
    fitting = fits(len(data), MAX_SOURCE_BYTES, file_name, collector)
    return _parse([Source(file_name, data)] if fitting else [], collector, names)


def parse_files(
    paths: Iterable[FilePath], *, checks_flavors: bool = False, names: SystemNames | None = None
) -> Parsed:
    """Build the model of several files, read in order, and list the diagnostics of all files.

    An unreadable file becomes a diagnostic (code E001); no exception is raised. `checks_flavors` adds W014.
    """
    collector = Collector()
    return _parse(read_sources(paths, collector), collector, names, checks_flavors=checks_flavors)


def without_errors(parsed: Parsed) -> Parsed:
    """Return `parsed` if it has only warnings; otherwise raise `SignatureFileError` with all diagnostics."""
    if any(item.severity == "error" for item in parsed[1]):
        raise SignatureFileError(parsed[1])
    return parsed


def _parse(
    sources: Sequence[Source],
    collector: Collector,
    names: SystemNames | None = None,
    *,
    checks_flavors: bool = False,
) -> Parsed:
    model = SignatureFile(files=[source.name for source in sources], source_hash=source_hash(sources))
    names = names or SystemNames()
    for source in sources:
        lines = split_lines(source, collector)
        FileReader(source.name, model, collector, names).read(lines)
    names.report_unknown(collector)
    lint(model, collector)
    if checks_flavors:
        lint_flavors(model, collector)
    if sources and not len(model) and not collector.errors:
        hint = "a signature is a section, a label and a sig line"
        place = Place(sources[0].name, 0, 0)
        collector.add("W003", place, "no signatures", hint)
    return model, collector.finish()


@dataclass(frozen=True, slots=True)
class Source:
    """A signature file's content, and its name in diagnostics."""

    name: str
    data: bytes


def read_sources(paths: Iterable[FilePath], collector: Collector) -> list[Source]:
    """Read all readable files; others become errors. Stop at the size limit."""
    sources = []
    left = MAX_SOURCE_BYTES
    for path in paths:
        name = os.fspath(path)
        try:
            with Path(path).open("rb") as file:
                data = file.read(left + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            collector.begin_file(name, ())
            collector.add("E001", Place(name, 0, 0), f"cannot read the file: {reason}")
            continue
        if data.startswith(MAGIC):
            collector.begin_file(name, ())
            message = "a compiled database, not a signature file"
            hint = "--db takes it as it is; name the .fp files that it was compiled from"
            collector.add("E001", Place(name, 0, 0), message, hint)
            continue
        if not fits(len(data), left, name, collector):
            break
        left -= len(data)
        sources.append(Source(name, data))
    return sources


def fits(size: int, left: int, name: str, collector: Collector) -> bool:
    """Return whether ``size`` bytes fit into the ``left`` ones; otherwise report an error."""
    if size <= left:
        return True
    collector.begin_file(name, ())
    hint = "split the database, or leave out files that you do not need"
    message = f"more than {MAX_SOURCE_BYTES // (1024 * 1024)} MiB of signature files"
    collector.add("E002", Place(name, 0, 0), message, hint)
    return False


def source_hash(sources: Iterable[Source]) -> bytes:
    """SHA-256 over all texts in order, the same as ``cat FILE... | sha256sum``."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.data)
    return digest.digest()


def split_lines(source: Source, collector: Collector) -> Sequence[str]:
    """Split a source into lines without line ends; encoding problems become warnings.

    Bytes that are not UTF-8 are replaced, so that later stages can write every text.
    A binary file has no lines.
    """
    data = source.data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        before = data[: data.index(b"\0")]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        collector.begin_file(source.name, ())
        message = "a NUL byte, so this is not a text file; it is not read"
        hint = "give a signature file in UTF-8; huginn pcap FILE reads a capture"
        collector.add("E004", Place(source.name, line, column), message, hint)
        return ()
    bad_at = None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad_at = error.start
        text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    collector.begin_file(source.name, lines)
    if len(data) != len(source.data):
        message = "the file starts with a byte order mark, which is dropped"
        collector.add("W001", Place(source.name, 1, 1), message, "save it as UTF-8 without a mark")
    if bad_at is not None:
        line_start = data.rfind(b"\n", 0, bad_at) + 1
        column = len(data[line_start:bad_at].decode("utf-8")) + 1
        place = Place(source.name, data.count(b"\n", 0, bad_at) + 1, column)
        message = "not valid UTF-8; bad bytes are replaced, here and further down"
        collector.add("W002", place, message, "save the file as UTF-8")
    return lines
