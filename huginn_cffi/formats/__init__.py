"""The forms that results are written in: their names, and writers that take batches.

Text formats are made by the core, tables by pyarrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from huginn_cffi._native import lib

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database


@dataclass(frozen=True, slots=True)
class Format:
    """One form of results.

    ``summary`` says for what it is, in a few words; ``suffix`` is what its files usually end in;
    ``binary`` ones are never for a terminal; ``code`` is the number of a text format in the core.
    """

    name: str
    summary: str
    suffix: str
    binary: bool = False
    code: int | None = None


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("text", "for people", ".txt", code=lib.HG_FORMAT_TEXT),
        Format("json", "one object a line", ".jsonl", code=lib.HG_FORMAT_JSON),
        Format("p0f", "the lines of p0f's log", ".log", code=lib.HG_FORMAT_P0F),
        Format("eve", "as Suricata writes events", ".json", code=lib.HG_FORMAT_EVE),
        Format("ecs", "Elastic Common Schema", ".json", code=lib.HG_FORMAT_ECS),
        Format("csv", "comma-separated values", ".csv"),
        Format("parquet", "columns in a file", ".parquet", binary=True),
        Format("arrow", "columns in a stream (Arrow IPC)", ".arrows", binary=True),
    )
}
"""All forms by name, the usual one first."""


class Sink(Protocol):
    """Where records go: anything with `write`, such as a file opened in binary mode."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Take all of `data`, which must not be kept: its memory is written to again."""


class RecordWriter(Protocol):
    """An output that batches are written to, one record an event, in order."""

    def write(self, batch: Batch, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch; without a number all of them."""

    def close(self) -> None:
        """Write what ends the output. The sink stays open; a second call is harmless."""


def open_writer(
    format: str, sink: Sink, database: Database | None, *, interface: str | None = None
) -> RecordWriter:
    """A writer of records in this format to `sink`, which must stay open until it is closed.

    `database` is the one of the analyzer, `interface` the name of the interface when packets come
    from one. Records are handed to the sink as soon as each batch is written, but for Parquet,
    whose row groups are large. `ValueError` for an unknown format, `ModuleNotFoundError` that
    names the extra to install when a format needs one that is missing.
    """
    if known(format).code is not None:
        from huginn_cffi.formats.rendering import TextWriter

        return TextWriter(format, sink, database, interface)
    from huginn_cffi.formats.tables import ParquetWriter, StreamWriter

    return ParquetWriter(sink) if format == "parquet" else StreamWriter(format, sink)


def known(format: str) -> Format:
    """The format of this name; `ValueError` that lists them when there is none."""
    found = FORMATS.get(format)
    if found is None:
        raise ValueError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")
    return found
