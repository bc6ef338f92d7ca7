"""Reads signature files into a model, then checks the whole model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sigcompiler.collector import Collector
from sigcompiler.diagnostics import Diagnostic, SignatureFileError
from sigcompiler.lint import lint
from sigcompiler.model import Place, SignatureFile
from sigcompiler.reading.reader import FileReader, SystemNames
from sigcompiler.reading.sources import (
    MAX_SOURCE_BYTES,
    FilePath,
    Source,
    fits,
    read_sources,
    source_hash,
    source_of_text,
    split_lines,
)

Parsed = tuple[SignatureFile, list[Diagnostic]]


def parse_text(text: str | bytes, file_name: str = "<text>") -> Parsed:
    """Build the model of one text and list all its diagnostics, by line.

    Bytes are read as UTF-8. If there are errors, the model has all lines that could be read.
    """
    collector = Collector()
    source = source_of_text(text, file_name)
    fitting = fits(len(source.data), MAX_SOURCE_BYTES, file_name, collector)
    return _parse([source] if fitting else [], collector)


def parse_files(paths: Iterable[FilePath]) -> Parsed:
    """Build the model of several files, read in order, and list the diagnostics of all files.

    An unreadable file becomes a diagnostic (code E001); no exception is raised.
    """
    collector = Collector()
    return _parse(read_sources(paths, collector), collector)


def parse_or_raise(paths: Iterable[FilePath]) -> Parsed:
    """As `parse_files`, but with only warnings; for an error it raises `SignatureFileError`."""
    return without_errors(parse_files(paths))


def without_errors(parsed: Parsed) -> Parsed:
    """Return `parsed` if it has only warnings; otherwise raise `SignatureFileError` with all diagnostics."""
    if any(item.severity == "error" for item in parsed[1]):
        raise SignatureFileError(parsed[1])
    return parsed


def _parse(sources: Sequence[Source], collector: Collector) -> Parsed:
    model = SignatureFile(files=[source.name for source in sources], source_hash=source_hash(sources))
    names = SystemNames()
    for source in sources:
        lines = split_lines(source, collector)
        FileReader(source.name, model, collector, names).read(lines)
    names.report_unknown(collector)
    lint(model, collector)
    if sources and not len(model) and not collector.has_errors:
        hint = "a signature is a section, a label and a sig line"
        place = Place(sources[0].name, 0, 0)
        collector.add("W003", place, "no signatures", hint)
    return model, collector.finish()
