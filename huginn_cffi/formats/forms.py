"""The forms that results are written in: their names, and what a writer is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from huginn_cffi._native import lib
from huginn_cffi.base.names import EVENTS

if TYPE_CHECKING:
    from pathlib import Path

    from huginn_cffi.batch.rows import Rows
    from sigcompiler.schema.rows import RecordField


class Format(NamedTuple):
    """One form of results.

    ``summary`` says for what it is, in a few words; ``suffix`` is what its files usually end in;
    ``binary`` ones are never for a terminal; ``code`` is the number of a text format in the core.
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
        Format("p0f-json", "these lines as objects, for T-Pot and MHN", ".json", code=lib.HG_FORMAT_P0F_JSON),
        Format("eve", "as Suricata writes events", ".json", code=lib.HG_FORMAT_EVE),
        Format("ecs", "Elastic Common Schema", ".json", code=lib.HG_FORMAT_ECS),
        Format("csv", "comma-separated values", ".csv"),
        Format("parquet", "columns in a file", ".parquet", binary=True),
        Format("arrow", "columns in a file, in a pipe a stream (Arrow IPC)", ".arrow", binary=True),
    )
}
"""All forms by name, the usual one first."""


class Sink(Protocol):
    """Where records go: anything with `write`, such as a file opened in binary mode."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Take all of `data`, which must not be kept: its memory is written to again."""


class RecordWriter(Protocol):
    """An output that batches are written to, one record an event, in order."""

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch; without a number all of them."""

    def close(self) -> None:
        """Write what ends the output. The sink stays open; a second call is harmless."""


def chosen_fields(format: str, names: Sequence[str]) -> list[RecordField]:
    """The fields of these names, which are those of columns or of JSON.

    `ValueError` for others, and for a format of text that has no names.
    """
    if format in ("text", "p0f", "p0f-json"):
        raise ValueError(f"{format} has no fields to choose from; choose another format")
    from sigcompiler.schema.rows import FIELDS

    by_name = {name: field for field in FIELDS for name in (field.json, field.column)}
    by_name.pop("", None)
    if format == "json":
        by_name = {name: field for name, field in by_name.items() if field.json}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        from sigcompiler.diagnostics import nearest, quoted

        near = nearest(unknown[0], by_name)
        columns = ", ".join(dict.fromkeys(field.column for field in by_name.values()))
        hint = f"is {near} meant?" if near else f"there are {columns}"
        raise ValueError(f"no field {quoted(unknown[0])}; {hint}")
    return list(dict.fromkeys(by_name[name] for name in names))


def refuse_folder(format: str) -> None:
    """Raise a `ValueError` that names the remedy when a format is not written to folders."""
    if known(format).code is not None:
        *others, last = (name for name, form in FORMATS.items() if form.code is None)
        tables = f"{', '.join(others)} or {last}"
        raise ValueError(f"{format} is written to one file, not to a folder; name a file, or choose {tables}")


def folder_files(format: str, folder: Path) -> list[Path]:
    """All files that `open_folder` may write in this format."""
    return [folder / f"{event}{known(format).suffix}" for event in EVENTS]


def is_folder(path: str) -> bool:
    """Whether an output of this name is a folder: it ends in a slash, or is there as one."""
    return path.endswith(("/", os.sep)) or os.path.isdir(path or ".")  # noqa: PTH112 - pathlib takes 3 ms to import


def known(format: str) -> Format:
    """The format of this name; `ValueError` that lists them when there is none."""
    found = FORMATS.get(format)
    if found is None:
        raise ValueError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")
    return found
