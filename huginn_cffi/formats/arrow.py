"""Batches as Arrow tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import CaptureError
from huginn_cffi.formats.columns import address_texts, community_ids, event_bits, flag_bits, handshake_texts
from huginn_cffi.formats.labels import named_column
from huginn_cffi.formats.schema import FEW_WORDS, REPEATED, SCHEMA, arrow_type
from huginn_cffi.names import NO_SIGNATURE
from sigcompiler.record import EVENTS, FIELDS, HANDSHAKE, RecordField, Source
from sigcompiler.vocabulary import QUALITY_FUZZY

import pyarrow as pa  # isort: skip - `schema` says what is missing
import pyarrow.compute as pc  # isort: skip

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch


def record_batch(batch: Batch) -> pa.RecordBatch:
    """The records of `batch`. Numbers share its memory, which lives as long as the answer."""
    made = _Records(batch)
    return pa.RecordBatch.from_arrays([made.column(field) for field in FIELDS], schema=SCHEMA)


def batch_table(batch: Batch) -> pa.Table:
    """The same as a table."""
    return pa.Table.from_batches([record_batch(batch)])


def reader(batches: Iterable[Batch]) -> pa.RecordBatchReader:
    """The records of batches that are made as they are asked for."""
    return pa.RecordBatchReader.from_batches(SCHEMA, _records(batches))


def _records(batches: Iterable[Batch]) -> Iterator[pa.RecordBatch]:
    """Errors reach the reader as text, so that the remedy has to be in it."""
    try:
        yield from map(record_batch, batches)
    except CaptureError as error:
        remedy = "with on_error=print it goes on, and what came before is kept"
        raise OSError(f"{error} ({remedy})") from None


class _Records:
    """The columns of one batch. What several of them need is made once."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._count = len(batch)
        self._bits: dict[tuple[str, ...], Any] = {EVENTS: None}
        self._numbered: dict[str, Any] = {}

    def column(self, field: RecordField) -> Any:
        """The column of a field."""
        made = _BY_COLUMN.get(field.column) or _BY_SOURCE.get(field.source)
        return (made or _by_type(field))(self, field)

    def _valid(self, field: RecordField) -> Any:
        """Bits of the rows whose events have a field; `None` for all."""
        if field.events not in self._bits:
            self._bits[field.events] = pa.py_buffer(event_bits(self._batch, field.events))
        return self._bits[field.events]

    def own(self, field: RecordField) -> Any:
        """A column of numbers, over the batch's own memory."""
        data = pa.py_buffer(self._batch[field.column])
        return pa.Array.from_buffers(arrow_type(field), self._count, [self._valid(field), data])

    def flags(self, field: RecordField) -> Any:
        """A column of zeros and ones as one of bits."""
        data = pa.py_buffer(flag_bits(self._batch, field.column))
        return pa.Array.from_buffers(pa.bool_(), self._count, [self._valid(field), data])

    def few_words(self, field: RecordField) -> Any:
        """A column of numbers as the words that they stand for, from 0."""
        buffers = [self._valid(field), pa.py_buffer(self._batch[field.column])]
        return pa.DictionaryArray.from_buffers(FEW_WORDS, self._count, buffers, pa.array(field.words))

    def tunnels(self, field: RecordField) -> Any:
        """The same from 1; 0 is none."""
        places = pa.array([None, *range(len(field.words))], pa.int8())
        numbers = pa.Array.from_buffers(
            pa.uint8(), self._count, [None, pa.py_buffer(self._batch[field.column])]
        )
        return pa.DictionaryArray.from_arrays(places.take(numbers), field.words)

    def addresses(self, field: RecordField) -> Any:
        """One end of each packet."""
        texts, offsets = address_texts(self._batch, destination=field.column == "dst_ip")
        return _strings(texts, offsets, self._count)

    def connections(self, field: RecordField) -> Any:
        """Community IDs."""
        texts, offsets = community_ids(self._batch)
        return _strings(texts, offsets, self._count)

    def shown(self, field: RecordField) -> Any:
        """What the handshakes of the batch show as text, made once for each that is different."""
        groups, texts = self._handshakes
        text, offsets = texts[field.column]
        return _strings(text, offsets, len(offsets) // 4 - 1).dictionary_encode().take(groups)

    def database(self, field: RecordField) -> Any:
        """The same hash in each row."""
        database = self._batch.database
        if database is None:
            return pa.nulls(self._count, REPEATED)
        numbers = pa.Array.from_buffers(pa.int32(), self._count, [None, pa.py_buffer(bytes(4 * self._count))])
        return pa.DictionaryArray.from_arrays(numbers, [database.source_hash])

    def reliable(self, field: RecordField) -> Any:
        """True of uptimes that nothing speaks against."""
        doubts = pa.py_buffer(flag_bits(self._batch, "doubt"))
        found = pa.Array.from_buffers(pa.bool_(), self._count, [self._valid(field), doubts])
        return pc.invert(found)

    def reasons(self, field: RecordField) -> Any:
        """Why an uptime is not."""
        doubts = pa.Array.from_buffers(pa.uint8(), self._count, [None, pa.py_buffer(self._batch["doubt"])])
        return pa.array(_REASONS, pa.string()).dictionary_encode().take(doubts)

    @cached_property
    def _handshakes(self) -> tuple[Any, dict[str, tuple[bytes, bytes]]]:
        groups, texts = handshake_texts(self._batch)
        valid = self._bits.get(HANDSHAKE) or pa.py_buffer(event_bits(self._batch, HANDSHAKE))
        return pa.Array.from_buffers(pa.int32(), self._count, [valid, pa.py_buffer(groups)]), texts

    def labels(self, field: RecordField) -> Any:
        """What the database says of the signature or link of each row."""
        return named_column(self._batch, field, self._numbers(field.source))

    def fuzzy(self, field: RecordField) -> Any:
        """Whether a match is fuzzy."""
        bits = pa.py_buffer(flag_bits(self._batch, "fuzzy"))
        known = self._numbers(field.source).buffers()[0]
        return pa.Array.from_buffers(pa.bool_(), self._count, [known, bits])

    def quality(self, field: RecordField) -> Any:
        """How well a signature fits."""
        return pc.if_else(self.fuzzy(field), QUALITY_FUZZY, self.labels(field))

    def _numbers(self, column: Source) -> Any:
        """Numbers of the database's records, null where there is none. The column has the source's name."""
        if column not in self._numbered:
            data = pa.py_buffer(self._batch[column])
            numbers = pa.Array.from_buffers(pa.uint32(), self._count, [None, data])
            known = pc.not_equal(numbers, NO_SIGNATURE).buffers()[1]
            self._numbered[column] = pa.Array.from_buffers(pa.int32(), self._count, [known, data])
        return self._numbered[column]


_REASONS: list[str | None] = [
    None if reason == ffi.NULL else ffi.string(reason).decode("ascii")
    for reason in map(lib.hg_doubt_reason, range(lib.HG_DOUBT_KINDS))
]

_BY_COLUMN: dict[str, Callable[[_Records, RecordField], Any]] = {
    "src_ip": _Records.addresses,
    "dst_ip": _Records.addresses,
    "tunnel": _Records.tunnels,
    "community_id": _Records.connections,
    "olayout": _Records.shown,
    "quirks": _Records.shown,
    "params": _Records.shown,
    "signature": _Records.shown,
    "reliable": _Records.reliable,
    "why": _Records.reasons,
    "match_fuzzy": _Records.fuzzy,
    "match_quality": _Records.quality,
}
"""How columns are made that are not the batch's own under another type."""

_BY_SOURCE: dict[Source, Callable[[_Records, RecordField], Any]] = {
    "signature": _Records.labels,
    "link": _Records.labels,
    "database": _Records.database,
}
"""How the others are made that come from the database."""


def _by_type(field: RecordField) -> Callable[[_Records, RecordField], Any]:
    """How a column of the batch becomes one of a table."""
    if field.words:
        return _Records.few_words
    return _Records.flags if field.type == "bool" else _Records.own


def _strings(texts: bytes, offsets: bytes, count: int) -> Any:
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(texts))
