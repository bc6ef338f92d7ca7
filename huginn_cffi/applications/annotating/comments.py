"""Rows of batches as comments: one line per row; a row without a comment gives an empty text."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from huginn_cffi._native import ffi, lib
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.results.answers import confidences
from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.hosts.completed import Completed
    from sigcompiler.schema.rows import RecordField

BEGINNING = "huginn"
"""How every comment begins, so that a filter finds them all."""

BETWEEN = " | "

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class Comments(Protocol):
    """What makes comments of batches."""

    def lines(self, batch: Batch) -> bytes:
        """A line for each row, UTF-8, each ended by a newline; empty: no comment."""
        ...


class TextComments:
    """All that the text format says of a row but its addresses, and how sure a name is."""

    def __init__(self, database: Database | None) -> None:
        self._renderer = Renderer("text", database)
        self._database = database

    def lines(self, batch: Batch) -> bytes:
        """As `Comments` has it."""
        rows = len(batch)
        text = b"".join(map(bytes, self._renderer.views(batch, 0, rows)))
        sure = ffi.NULL if self._database is None else confidences(batch)
        out = _allocate("char[]", len(text) + rows * lib.HG_COMMENT_BYTES)
        size = lib.hg_comments_of_text(text, len(text), sure, rows, out, len(out))
        return bytes(ffi.buffer(out, size))


class FieldComments:
    """The values of some fields of records."""

    def __init__(self, database: Database | None, fields: Sequence[RecordField]) -> None:
        self._renderer = Renderer("json", database)
        self._fields = fields

    def lines(self, batch: Batch) -> bytes:
        """As `Comments` has it."""
        records = b"".join(map(bytes, self._renderer.views(batch, 0, len(batch)))).splitlines()
        return "".join(f"{self._line(json.loads(record))}\n" for record in records).encode("utf-8")

    def _line(self, record: dict[str, Any]) -> str:
        values = list(self._values(record))
        return BETWEEN.join([f"{BEGINNING} {record['event']}", *values]) if values else ""

    def _values(self, record: dict[str, Any]) -> Iterator[str]:
        for field in self._fields:
            value: Any = record
            for key in field.json.split("."):
                value = None if value is None else value.get(key)
            if value not in (None, []):
                yield f"{field.column}: {_shown(value)}"


def with_findings(numbers: bytes, lines: bytes, findings: Sequence[Completed]) -> tuple[bytes, bytes]:
    """Packet numbers (64 bits each) and comments of rows, with findings after the rows that complete them."""
    rows = list(zip(array("Q", numbers), lines.split(b"\n")[:-1], strict=True))
    noted = [(number, line) for number, line in _in_order(rows, findings) if line]
    return array("Q", [number for number, _ in noted]).tobytes(), b"".join(line + b"\n" for _, line in noted)


def _in_order(rows: list[tuple[int, bytes]], findings: Sequence[Completed]) -> Iterator[tuple[int, bytes]]:
    at = 0
    for row, kind, text in findings:
        yield from rows[at : row + 1]
        words = f"{BEGINNING} Finding | {kind}: {text}"
        yield rows[row][0], words.encode("utf-8")
        at = row + 1
    yield from rows[at:]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(str(value))
