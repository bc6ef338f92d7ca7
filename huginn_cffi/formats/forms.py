"""Output formats by name, and the interface of writers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from huginn_cffi._native import lib

if TYPE_CHECKING:
    from huginn_cffi.run.rows import Rows
    from sigcompiler.schema.rows import RecordField


class Format(NamedTuple):
    """One output format.

    ``summary`` describes it in a few words; ``suffix`` is the usual end of file names; ``binary``
    formats are never written to a terminal; ``code`` is the number of a text format in the core.
    """

    name: str
    summary: str
    suffix: str
    binary: bool = False
    code: int | None = None

    @property
    def ending(self) -> bytes | None:
        """The bytes that end a record; ``None`` for files that have a header or footer."""
        if self.code is None:
            return None
        return b"\n\n" if self.code == lib.HG_FORMAT_TEXT else b"\n"


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
    )
}
"""All formats by name, the default first."""

EVENTS_OCSF = "ocsf"
"""OCSF's events, made from JSON; ``pcap`` writes them."""
ZEEK = "zeek"
"""Zeek's logs, tab-separated: several files in a folder."""

TextFormat: TypeAlias = Literal["text", "json", "p0f", "eve", "ecs"]
"""The text formats, which `huginn_cffi.Batch.render` writes."""

TYPE_NAMES = {
    "time": "timestamp",
    "bool": "bool",
    "u8": "uint8",
    "u16": "uint16",
    "u32": "uint32",
    "u64": "uint64",
    "i16": "int16",
    "f64": "double",
}
"""Arrow's names for types of fields that are no texts."""


class Sink(Protocol):
    """The destination of records: any object with `write`, such as a file opened in binary mode."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Write all of `data`. Do not keep it, because its memory is reused."""


class RecordWriter(Protocol):
    """An output for batches: one record per event, in order."""

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch, by default all."""

    def close(self) -> None:
        """Write the end of the output. The sink stays open; a second call is harmless."""


def chosen_fields(format: str, names: Sequence[str]) -> list[RecordField]:
    """The fields with these names; names of columns and of JSON keys are accepted.

    `ValueError` for other names, and for text formats without field names.
    """
    if format in ("text", "p0f", EVENTS_OCSF):
        raise ValueError(f"{format} has no fields to choose from; choose another format")
    from sigcompiler.schema.rows import FIELDS

    by_name = {name: field for field in FIELDS for name in (field.json, field.column)}
    by_name.pop("", None)
    if format == "json":
        by_name = {name: field for name, field in by_name.items() if field.json}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        from sigcompiler.diagnostics import near_names, quoted

        hint = near_names(unknown[0], [*by_name])
        raise ValueError(f"no field {quoted(unknown[0])}; {hint}")
    return list(dict.fromkeys(by_name[name] for name in names))


def refuse_folder(format: str) -> None:
    """Raise a `ValueError` that names the remedy if a format cannot be written to a folder."""
    if format == ZEEK:
        return
    if format == EVENTS_OCSF or format_named(format).code is not None:
        *others, last = (name for name, form in FORMATS.items() if form.code is None)
        tables = f"{', '.join(others)} or {last}"
        raise ValueError(f"{format} is written to one file, not to a folder; name a file, or choose {tables}")


def is_folder(path: str) -> bool:
    """Whether an output is a folder: its name ends in a slash, or the folder exists."""
    return path.endswith(("/", os.sep)) or os.path.isdir(path or ".")  # noqa: PTH112 - pathlib takes 3 ms to import


def format_named(format: str) -> Format:
    """The format with this name; otherwise a `ValueError` that lists all formats."""
    found = FORMATS.get(format)
    if found is None:
        raise ValueError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")
    return found
