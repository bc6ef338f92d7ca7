"""What a database says of its records, as columns by the record's number."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from huginn_cffi.formats.schema import arrow_type
from sigcompiler.diagnostics import valid
from sigcompiler.record import FIELDS, RecordField
from sigcompiler.vocabulary import QUALITY

import pyarrow as pa  # isort: skip - `schema` says what is missing

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database
    from huginn_cffi.database.signatures import Signature

MATCHED: dict[str, Callable[[Signature], Any]] = {
    "match_name": lambda one: valid(one.label.name),
    "match_flavor": lambda one: valid(one.label.flavor),
    "match_kind": lambda one: one.label.kind,
    "match_userland": lambda one: one.label.userland,
    "match_quality": lambda one: QUALITY[one.label.kind],
    "match_signature": lambda one: valid(one.text),
    "match_file": lambda one: valid(one.file),
    "match_line": lambda one: one.line,
}
"""Columns about TCP signatures; the quality is that of an exact match."""

LINKED: dict[str, Callable[[Signature], Any]] = {
    "link": lambda one: valid(one.label.name),
    "link_file": lambda one: valid(one.file),
    "link_line": lambda one: one.line,
}
"""Columns about MTU signatures."""


CLIENTS: dict[str, Callable[[Signature], Any]] = {
    f"client_{key}": MATCHED[f"match_{key}"]
    for key in ("name", "flavor", "kind", "quality", "signature", "file", "line")
}
"""Columns about TLS clients; the quality is that of a signature without open places."""


SOFTWARE: dict[str, Callable[[Signature], Any]] = {
    f"software_{key}": MATCHED[f"match_{key}"]
    for key in ("name", "flavor", "kind", "quality", "signature", "file", "line")
}
"""Columns about browsers and servers."""


def named_column(batch: Batch, field: RecordField, numbers: Any) -> Any:
    """What the batch's database says in `field` of the records with these numbers (null: null)."""
    if batch.database is None:
        return pa.nulls(len(numbers), arrow_type(field))
    values, words = _columns(batch.database)[field.column]
    found = values.take(numbers)
    return found if words is None else pa.DictionaryArray.from_arrays(found, words)


@lru_cache(maxsize=4)
def _columns(database: Database) -> dict[str, tuple[Any, Any]]:
    """By column the values of all records; or numbers of words, and the words. Made once a database."""
    types = {field.column: field for field in FIELDS}
    columns = (("tcp", MATCHED), ("mtu", LINKED), ("tls", CLIENTS), ("http", SOFTWARE))
    return {
        column: _column(types[column], list(map(value, found)))
        for section, values in columns
        for found in (_signatures(database, section),)
        for column, value in values.items()
    }


def _signatures(database: Database, section: str) -> list[Signature]:
    """Those of one kind, by number."""
    return [one for one in database.signatures if one.section.startswith(section)]


def _column(field: RecordField, values: list[Any]) -> tuple[Any, Any]:
    kind = arrow_type(field)
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind), None
    words = list(field.words or dict.fromkeys(values))
    places = {word: number for number, word in enumerate(words)}
    return pa.array([places[value] for value in values], kind.index_type), pa.array(words, pa.string())
