"""Writes CSV, and JSON with selected fields, without pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from huginn_cffi.formats.cells import for_people
from huginn_cffi.formats.forms import Sink
from huginn_cffi.formats.rendering import Renderer, TextWriter
from sigcompiler.schema.rows import FIELDS, FREE_TEXTS, TEXTS_BETWEEN, JsonFormat, RecordField

if TYPE_CHECKING:
    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.rows import Rows

_BETWEEN = {"words": ",", "numbers": ",", "texts": TEXTS_BETWEEN}


class CsvWriter(TextWriter):
    """Writes the same CSV as `tables.TableCsvWriter`, byte for byte, if pyarrow is not installed."""

    def __init__(
        self,
        sink: Sink,
        database: OpenDatabase | None,
        interface: str | None = None,
        fields: Sequence[RecordField] = FIELDS,
    ) -> None:
        super().__init__(Renderer("json", database, interface), sink)
        self._fields = fields
        sink.write((",".join(f'"{field.column}"' for field in fields) + "\n").encode("ascii"))

    def _converted(self, batch: Rows, piece: memoryview) -> bytes:
        capture = {} if batch._hides_private else {"capture": batch.capture}
        records = ({**json.loads(line), **capture} for line in bytes(piece).splitlines())
        lines = (
            ",".join(_cell(field, _at(record, field.json or field.column)) for field in self._fields)
            for record in records
        )
        return "".join(f"{line}\n" for line in lines).encode("utf-8")


class PickedWriter(TextWriter):
    """Writes records of a JSON format with only the selected fields."""

    def __init__(
        self,
        format: JsonFormat,
        sink: Sink,
        database: OpenDatabase | None,
        interface: str | None,
        fields: Sequence[RecordField],
    ) -> None:
        super().__init__(Renderer(format, database, interface), sink)
        self._places = frozenset(
            tuple(place.split(".")) for field in fields if (place := field.place(format))
        )

    def _converted(self, batch: Rows, piece: memoryview) -> bytes:
        lines = (
            json.dumps(dict(self._picked(json.loads(line))), separators=(",", ":"), ensure_ascii=True)
            for line in bytes(piece).splitlines()
        )
        return "".join(f"{line}\n" for line in lines).encode("ascii")

    def _picked(self, values: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
        """The selected members of an object, inside their enclosing objects."""
        for key, value in values.items():
            place = (*above, key)
            if place in self._places:
                yield key, value
            elif isinstance(value, dict):
                below = dict(self._picked(value, place))
                if below:
                    yield key, below
            elif value is None and any(place == wanted[: len(place)] for wanted in self._places):
                yield key, None  # the enclosing object is null


def _at(record: dict[str, Any], path: str) -> Any:
    found: Any = record
    for key in path.split("."):
        found = None if found is None else found.get(key)
    return found


def _cell(field: RecordField, value: Any) -> str:
    if value is None:
        return ""
    if field.type == "time":
        return str(value).replace("T", " ")
    if field.type == "bool":
        return "true" if value else "false"
    if field.type == "f64":
        return repr(value).removesuffix(".0")
    if field.type in _BETWEEN:
        value = _BETWEEN[field.type].join(map(str, value))
    if not isinstance(value, str):
        return str(value)
    shown = for_people(value) if field.column in FREE_TEXTS else value
    return '"' + shown.replace('"', '""') + '"'
