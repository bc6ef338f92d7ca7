"""What a database says of the records that rows name, as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi.formats.arrays import numbers as array_of
from huginn_cffi.formats.arrays import texts
from huginn_cffi.formats.compute import call, index_in, take
from huginn_cffi.formats.schema import arrow_type
from sigcompiler.diagnostics import valid
from sigcompiler.schema.rows import FIELDS, RecordField
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


_SECTIONS = {"tcp": MATCHED, "mtu": LINKED, "tls": CLIENTS, "http": SOFTWARE}
_SECTION_OF = {column: section for section, values in _SECTIONS.items() for column in values}
_FIELDS = {field.column: field for field in FIELDS}


class Named(NamedTuple):
    """The records that some rows name."""

    numbers: tuple[int, ...]
    """Of the records, each once, rising."""
    places: Any
    """An array: where in `numbers` that of each row stands; null without one."""


def named(numbers: Any) -> Named:
    """Those with these numbers (null: none)."""
    used = sorted(number for number in call("unique", numbers).to_pylist() if number is not None)
    return Named(tuple(used), index_in(numbers, array_of(used, numbers.type)))


def named_column(batch: Batch, field: RecordField, found: Named) -> Any:
    """What the batch's database says in `field` of the records that were named (null: null)."""
    if batch.database is None or not found.numbers:
        return pa.nulls(len(found.places), arrow_type(field))
    values, words = _columns(batch.database, _SECTION_OF[field.column], found.numbers)[field.column]
    taken = take(values, found.places)
    return taken if words is None else pa.DictionaryArray.from_arrays(taken, words)


@lru_cache(maxsize=16)
def _columns(database: Database, section: str, numbers: tuple[int, ...]) -> dict[str, tuple[Any, Any]]:
    """By column the values of these records of a section; or numbers of words, and the words.

    Kept, as batches often name the same ones.
    """
    records: Mapping[int, Signature] = getattr(database.records, section)
    found = [records[number] for number in numbers]
    return {
        column: _column(_FIELDS[column], list(map(value, found)))
        for column, value in _SECTIONS[section].items()
    }


def _column(field: RecordField, values: list[Any]) -> tuple[Any, Any]:
    kind = arrow_type(field)
    if not pa.types.is_dictionary(kind):
        return array_of(values, kind), None
    words = list(field.words or dict.fromkeys(values))
    places = {word: number for number, word in enumerate(words)}
    return array_of([places[value] for value in values], kind.index_type), texts(words)
