"""Writes the attributes of typed results from the description of records.

Each class has the fields of some events; the classes of `huginn_cffi.results` inherit from them.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator

from sigcompiler.schema.rows import FIELDS, RecordField

HEAD = '''"""Attributes of rows, generated from the description of records by the build; do not edit."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Literal

from huginn_cffi.run.views import View, recorded, value
'''

EVERY = "EventFields"
"""The class of fields that say where an event comes from; they are no values of it, and parts without them
can be equal."""

_TYPES = {
    "time": "int",
    **dict.fromkeys(("u8", "u16", "u32", "u64", "i16"), "int"),
    "bool": "bool",
    "f64": "float",
    "words": "tuple[str, ...]",
    "numbers": "tuple[int, ...]",
    "texts": "tuple[str, ...]",
}


def views_module(columns: Container[str]) -> str:
    """The text of the module. Fields in `columns`, the columns of a batch, are read directly from cells."""
    views = dict.fromkeys(field.view for field in FIELDS if field.view)
    signature = next(number for number, field in enumerate(FIELDS) if field.column == "signature")
    return "\n".join(
        [HEAD, f"SIGNATURE = {signature}", *(line for view in views for line in _class(view, columns))]
    )


def _class(view: str, columns: Container[str]) -> Iterator[str]:
    fields = [(number, field) for number, field in enumerate(FIELDS) if field.view == view]
    names = ", ".join(json.dumps(field.column) for _, field in fields)
    shows = "" if view == EVERY else f", shows=({names},)"
    yield from ("", f"class {view}(View{shows}):", '    """Fields of rows."""')
    for number, field in fields:
        yield from ("", "    @property", f"    def {field.column}(self) -> {_type(field)}:")
        yield f'        """{_sentence(field)}"""'
        yield f"        return {_expression(number, field, columns)}"
    yield ""


def _type(field: RecordField) -> str:
    if field.type == "text" and field.words:
        found = f"Literal[{', '.join(map(json.dumps, field.words))}]"
    else:
        found = _TYPES.get(field.type, "str")
    return found if field.always else f"{found} | None"


def _sentence(field: RecordField) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    text = f"{field.meaning[0].upper()}{field.meaning[1:]}{unit}.".replace("null", "None")
    return text if field.always or "None" in text else f"{text[:-1]}; None without one."


def _expression(number: int, field: RecordField, columns: Container[str]) -> str:
    cell = f"self._batch._cells.{field.column}[self._row]"
    if field.column in columns and field.type == "bool":
        return f"bool({cell})"
    if field.column in columns and _TYPES.get(field.type) in ("int", "float") and field.source == "row":
        return cell
    if field.is_common or field.source != "row":
        return f'recorded(self, "{field.column}")'
    return f"value(self._batch, self._row, {number})"
