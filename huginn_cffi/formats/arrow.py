"""Batches as Arrow tables."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import make_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import CaptureError
from huginn_cffi.formats.arrays import numbers, texts
from huginn_cffi.formats.changes import CHANGE_TEXTS, change_texts
from huginn_cffi.formats.columns import address_texts, community_ids, event_bits, flag_bits, handshake_texts
from huginn_cffi.formats.compute import call, cast, decoded, encoded, index_in, take
from huginn_cffi.formats.hellos import HELLO_TEXTS, hello_texts
from huginn_cffi.formats.labels import Named, named, named_column
from huginn_cffi.formats.messages import MESSAGE_TEXTS, message_texts
from huginn_cffi.formats.schema import FEW_WORDS, REPEATED, SCHEMA, arrow_type, kind_schema
from huginn_cffi.names import NO_SIGNATURE
from sigcompiler.diagnostics import valid
from sigcompiler.schema.rows import (
    EVENTS,
    FIELDS,
    HANDSHAKE,
    MATCH_OBJECT,
    TEXTS_BETWEEN,
    RecordField,
    Source,
)
from sigcompiler.vocabulary import QUALITY_FUZZY

import pyarrow as pa  # isort: skip - `schema` says what is missing

if TYPE_CHECKING:
    from huginn_cffi.answers import Answer
    from huginn_cffi.batch import Batch
    from huginn_cffi.batch.handshakes import Handshakes


def record_batch(batch: Batch) -> pa.RecordBatch:
    """The records of `batch`. Numbers share its memory, which lives as long as the answer."""
    made = _Records(_Shared(batch))
    return pa.RecordBatch.from_arrays([made.column(field) for field in FIELDS], schema=SCHEMA)


def kind_records(batch: Batch, rows: int | None = None) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The first `rows` records of `batch` by kind of event, with the columns that this kind can have."""
    shared = _Shared(batch)
    kinds = pa.Array.from_buffers(pa.uint8(), len(batch), [None, pa.py_buffer(batch["event"])]).slice(0, rows)
    for event in shared.kinds:
        made = _Records(
            shared, event, call("indices_nonzero", call("equal", kinds, _KINDS[EVENTS.index(event)]))
        )
        columns = [made.column(field) for field in FIELDS if event in field.events]
        yield event, pa.RecordBatch.from_arrays(columns, schema=kind_schema(event))


def batch_table(batch: Batch) -> pa.Table:
    """The same as a table."""
    return pa.Table.from_batches([record_batch(batch)])


def reader(batches: Iterable[Batch]) -> pa.RecordBatchReader:
    """The records of batches that are made as they are asked for."""
    return pa.RecordBatchReader.from_batches(SCHEMA, _records(batches))


def event_records(stream: Any) -> Any:
    """An array of what an Arrow stream holds, a dataclass each: what pandas makes rows of."""
    import numpy as np  # whoever asks for an array has it

    table = pa.table(stream)
    columns = [column.to_pylist() for column in table.columns]
    record = make_dataclass("EventRecord", table.column_names)
    out = np.empty(len(table), dtype=object)
    for row, values in enumerate(zip(*columns, strict=True)):
        out[row] = record(*values)
    return out


def _records(batches: Iterable[Batch]) -> Iterator[pa.RecordBatch]:
    """Errors reach the reader as text, so that the remedy has to be in it."""
    try:
        yield from map(record_batch, batches)
    except CaptureError as error:
        remedy = "with on_error=print it goes on, and what came before is kept"
        raise OSError(f"{error} ({remedy})") from None


class _Shared:
    """What the tables of all kinds of a batch need, each made once."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        events = bytes(batch["event"])
        self.kinds = tuple(event for number, event in enumerate(EVENTS) if number in events)
        """Kinds of events that occur."""

    @cached_property
    def ends(self) -> dict[str, Any]:
        """The addresses of all rows, by the name of the column."""
        return {
            "src_ip": _strings(*address_texts(self.batch, destination=False)),
            "dst_ip": _strings(*address_texts(self.batch, destination=True)),
        }

    @cached_property
    def connections(self) -> Any:
        """The Community IDs of all rows."""
        return _strings(*community_ids(self.batch))

    @cached_property
    def handshakes(self) -> Handshakes:
        """Groups of equal ones."""
        return self.batch.handshakes()

    @cached_property
    def texts(self) -> dict[str, Any]:
        """What each group shows, by the name of the column."""
        found = handshake_texts(self.batch, self.handshakes)
        return {name: encoded(_strings(*text)) for name, text in found.items()}

    @cached_property
    def answers(self) -> tuple[list[Answer], Any]:
        """Those that differ, and which of them each group has; null where no signature fits."""
        from huginn_cffi.answers import answers

        found, places = answers(self.batch, self.handshakes.first_rows, self.handshakes.count)
        return found, numbers([None if place < 0 else place for place in places], pa.int32())


class _Records:
    """The columns of one batch, or of those of its rows that are of one kind.

    Rows are chosen before texts and names are looked up, which costs the more, the more rows have none.
    """

    def __init__(self, shared: _Shared, event: str | None = None, rows: Any = None) -> None:
        self._shared = shared
        self._batch = shared.batch
        self._rows = rows
        self._count = len(self._batch) if rows is None else len(rows)
        self._kinds = shared.kinds if event is None else (event,)
        self._bits: dict[tuple[str, ...], Any] = {EVENTS: None}
        self._made: dict[str, Any] = {}
        self._numbered: dict[str, Any] = {}
        self._found: dict[str, Named] = {}

    def column(self, field: RecordField) -> Any:
        """The column of a field, made once."""
        if field.column not in self._made:
            self._made[field.column] = self._make(field)
        return self._made[field.column]

    def _make(self, field: RecordField) -> Any:
        hidden = field.private and self._batch.hides_private
        if hidden or not any(kind in field.events for kind in self._kinds):
            return pa.nulls(self._count, arrow_type(field))
        made = _BY_COLUMN.get(field.column) or _BY_SOURCE.get(field.source)
        return (made or _by_type(field))(self, field)

    def _valid(self, field: RecordField) -> Any:
        """Bits of the rows whose events have a field; `None` for all, as for rows of one kind."""
        if self._rows is not None:
            return None
        if field.events not in self._bits:
            self._bits[field.events] = pa.py_buffer(event_bits(self._batch, field.events))
        return self._bits[field.events]

    def _picked(self, column: Any) -> Any:
        """Of a column of the whole batch the rows that are wanted."""
        return column if self._rows is None else take(column, self._rows)

    def _cells(self, column: str, kind: Any, valid: Any = None) -> Any:
        """A column of the batch as numbers of a type; of all rows over its own memory."""
        data = pa.py_buffer(self._batch[column])
        return self._picked(pa.Array.from_buffers(kind, len(self._batch), [valid, data]))

    def _flags(self, column: str, valid: Any = None) -> Any:
        """A column of zeros and ones as one of bits."""
        data = pa.py_buffer(flag_bits(self._batch, column))
        return self._picked(pa.Array.from_buffers(pa.bool_(), len(self._batch), [valid, data]))

    def own(self, field: RecordField) -> Any:
        """A column of numbers."""
        return self._cells(field.column, arrow_type(field), self._valid(field))

    def flags(self, field: RecordField) -> Any:
        """A column of bits."""
        return self._flags(field.column, self._valid(field))

    def few_words(self, field: RecordField) -> Any:
        """A column of numbers as the words that they stand for, from 0."""
        buffers = [self._valid(field), pa.py_buffer(self._batch[field.column])]
        words = texts(field.words)
        return self._picked(pa.DictionaryArray.from_buffers(FEW_WORDS, len(self._batch), buffers, words))

    def tunnels(self, field: RecordField) -> Any:
        """The same from 1; 0 is none."""
        places = numbers([None, *range(len(field.words))], pa.int8())
        found = take(places, self._cells(field.column, pa.uint8()))
        return pa.DictionaryArray.from_arrays(found, texts(field.words))

    def addresses(self, field: RecordField) -> Any:
        """One end of each packet."""
        return self._picked(self._shared.ends[field.column])

    def connections(self, field: RecordField) -> Any:
        """Community IDs."""
        return self._picked(self._shared.connections)

    def shown(self, field: RecordField) -> Any:
        """What the handshakes of the batch show as text, made once for each that is different."""
        found = take(self._shared.texts[field.column], self._numbers_of_groups)
        if field.events == HANDSHAKE or len(self._batch.http) == 0:
            return found
        both = (cast(one, pa.string()) for one in (found, self.messages(field)))
        return encoded(call("coalesce", *both))

    def answers(self, field: RecordField) -> Any:
        """What all signatures that fit say, made once for each handshake that is different."""
        name = field.column.removeprefix(f"{MATCH_OBJECT}_")
        different, _ = self._shared.answers
        values: list[Any] = [_cell(getattr(one, name)) for one in different]
        found = numbers(values, pa.float64()) if field.type == "f64" else encoded(texts(values))
        return take(found, self._places_of_answers)

    def capture(self, field: RecordField) -> Any:
        """The same name in each row."""
        return self._repeated(valid(self._batch.capture))

    def database(self, field: RecordField) -> Any:
        """The same hash in each row."""
        database = self._batch.database
        return self._repeated(None if database is None else database.source_hash)

    def _repeated(self, text: str | None) -> Any:
        if text is None:
            return pa.nulls(self._count, REPEATED)
        zeros = pa.Array.from_buffers(pa.int32(), self._count, [None, pa.py_buffer(bytes(4 * self._count))])
        return pa.DictionaryArray.from_arrays(zeros, texts([text]))

    def reliable(self, field: RecordField) -> Any:
        """True of uptimes that nothing speaks against."""
        return call("invert", self._flags("doubt", self._valid(field)))

    def reasons(self, field: RecordField) -> Any:
        """Why an uptime is not; on what a verdict rests."""
        uptimes = take(texts(_REASONS), self._cells("doubt", pa.uint8()))
        return encoded(call("coalesce", uptimes, self._of_clients(field)))

    def verdicts(self, field: RecordField) -> Any:
        """The verdict of each hello of a client and of each request."""
        return cast(encoded(self._of_clients(field)), arrow_type(field))

    def _of_clients(self, field: RecordField) -> Any:
        """A text of each hello and of each message of HTTP."""
        return call("coalesce", *map(decoded, (self.hellos(field), self.messages(field))))

    @cached_property
    def _numbers_of_groups(self) -> Any:
        """The group of each handshake, null in other rows."""
        data = pa.py_buffer(bytes(ffi.buffer(self._shared.handshakes.groups, 4 * len(self._batch))))
        groups = self._picked(pa.Array.from_buffers(pa.int32(), len(self._batch), [None, data]))
        return _where(call("greater_equal", groups, _FIRST_GROUP), groups)

    @cached_property
    def _places_of_answers(self) -> Any:
        """Which of the answers that differ each row has; null where no signature fits."""
        return take(self._shared.answers[1], self._numbers_of_groups)

    def downgrades(self, field: RecordField) -> Any:
        """The versions that servers say they chose."""
        chosen = self._cells("downgrade", pa.uint8())
        return cast(take(encoded(texts([None, *field.words])), chosen), FEW_WORDS)

    def hellos(self, field: RecordField) -> Any:
        """A text of each hello, null in other rows."""
        found = hello_texts(self._batch, field.column, field.events)
        return take(encoded(texts(found)), self._hello_places)

    def messages(self, field: RecordField) -> Any:
        """A text of each message of HTTP, null in other rows."""
        found = message_texts(self._batch, field.column, field.events)
        return take(encoded(texts(found)), self._message_places)

    @cached_property
    def _hello_places(self) -> Any:
        return self._places(self._batch.tls["row"])

    @cached_property
    def _message_places(self) -> Any:
        return self._places(self._batch.http["row"])

    @cached_property
    def _change_places(self) -> Any:
        return self._places(self._batch.changes["row"])

    def _places(self, rows: memoryview) -> Any:
        """The place of each row of the batch among these, null of other rows."""
        if not len(rows):
            return pa.nulls(self._count, pa.int32())
        every = self._rows
        if every is None:
            every = _numbers(array("I", range(self._count)))
        return index_in(cast(every, pa.uint32()), _numbers(rows))

    def changes(self, field: RecordField) -> Any:
        """Reasons or scores of each change, null in other rows."""
        found = change_texts(self._batch, field.column)
        return take(encoded(texts(found)), self._change_places)

    def hello_bytes(self, field: RecordField) -> Any:
        """The lengths of hellos."""
        return self._cells("hello_length", arrow_type(field), self._valid(field))

    def labels(self, field: RecordField) -> Any:
        """What the database says of the signature or link of each row."""
        return named_column(self._batch, field, self._named(field.source))

    def fuzzy(self, field: RecordField) -> Any:
        """Whether a match is fuzzy."""
        return _like(self._numbers(field.source), self._flags("fuzzy"))

    def quality(self, field: RecordField) -> Any:
        """How well a signature fits."""
        return call("if_else", self.fuzzy(field), _FUZZY, self.labels(field))

    def client_quality(self, field: RecordField) -> Any:
        """How well a signature of a TLS client fits."""
        wildcard = _like(self._numbers(field.source), self._flags("client_wildcard"))
        return call("if_else", wildcard, _FUZZY, self.labels(field))

    def _numbers(self, column: Source) -> Any:
        """Numbers of the database's records, null where there is none. The column has the source's name."""
        if column not in self._numbered:
            given = self._cells(column, pa.uint32())
            known = call("not_equal", given, _NO_SIGNATURE)
            self._numbered[column] = _where(known, given.view(pa.int32()))
        return self._numbered[column]

    def _named(self, column: Source) -> Named:
        """The records of the database that these numbers name."""
        if column not in self._found:
            self._found[column] = named(self._numbers(column))
        return self._found[column]


_NO_SIGNATURE, _FUZZY = numbers([NO_SIGNATURE], pa.uint32())[0], numbers([QUALITY_FUZZY], pa.float64())[0]

_FIRST_GROUP = numbers([0], pa.int32())[0]

_KINDS = numbers(range(len(EVENTS)), pa.uint8())

_REASONS: list[str | None] = [
    None if reason == ffi.NULL else ffi.string(reason).decode("ascii")
    for reason in map(lib.hg_doubt_reason, range(lib.HG_DOUBT_KINDS))
]

_BY_COLUMN: dict[str, Callable[[_Records, RecordField], Any]] = {
    **dict.fromkeys(HELLO_TEXTS, _Records.hellos),
    **dict.fromkeys(MESSAGE_TEXTS, _Records.messages),
    **dict.fromkeys(CHANGE_TEXTS, _Records.changes),
    "verdict": _Records.verdicts,
    "why": _Records.reasons,
    "src_ip": _Records.addresses,
    "dst_ip": _Records.addresses,
    "tunnel": _Records.tunnels,
    "community_id": _Records.connections,
    "olayout": _Records.shown,
    "quirks": _Records.shown,
    "params": _Records.shown,
    "signature": _Records.shown,
    "reliable": _Records.reliable,
    "downgrade": _Records.downgrades,
    "client_quality": _Records.client_quality,
    "hello_bytes": _Records.hello_bytes,
    "match_fuzzy": _Records.fuzzy,
    "match_quality": _Records.quality,
}
"""How columns are made that are not the batch's own under another type."""

_BY_SOURCE: dict[Source, Callable[[_Records, RecordField], Any]] = {
    "signature": _Records.labels,
    "answer": _Records.answers,
    "link": _Records.labels,
    "client": _Records.labels,
    "server": _Records.labels,
    "capture": _Records.capture,
    "database": _Records.database,
}
"""How the others are made that come from the database."""


def _by_type(field: RecordField) -> Callable[[_Records, RecordField], Any]:
    """How a column of the batch becomes one of a table."""
    if field.words:
        return _Records.few_words
    return _Records.flags if field.type == "bool" else _Records.own


def _cell(value: object) -> object:
    """A value of an answer as a table has it."""
    if isinstance(value, tuple):
        return valid(TEXTS_BETWEEN.join(value))
    return valid(value) if isinstance(value, str) else value


def _numbers(values: Any) -> Any:
    return pa.Array.from_buffers(pa.uint32(), len(values), [None, pa.py_buffer(values)])


def _strings(data: bytes, offsets: bytes) -> Any:
    return pa.StringArray.from_buffers(len(offsets) // 4 - 1, pa.py_buffer(offsets), pa.py_buffer(data))


def _where(known: Any, values: Any) -> Any:
    """The values where it is true, else null; neither has nulls yet."""
    return pa.Array.from_buffers(values.type, len(values), [known.buffers()[1], values.buffers()[1]])


def _like(other: Any, values: Any) -> Any:
    """The values where the other column has some, else null."""
    return pa.Array.from_buffers(values.type, len(values), [other.buffers()[0], values.buffers()[1]])
