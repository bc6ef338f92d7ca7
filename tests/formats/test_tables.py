"""Tables that the core fills: what JSON says, whatever was added before and however often."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi import Analyzer, Batch, Database
from huginn_cffi._native import ffi, lib
from sigcompiler.schema.rows import EVENTS, FIELDS
from tests.formats.inputs import SIGNATURES, Row, capture, rows_of_json
from tests.support import samples
from tests.support.captures import pcap
from tests.support.tls.conversation import Conversation

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

from huginn_cffi.formats.arrow import Records, record_batch  # noqa: E402 - it is there

DATABASE = Database.compile(text=SIGNATURES)

EVERY = 8
"""Captures of the corpus, one of so many."""


def rows_of(table: Any) -> list[Row]:
    """A table's rows; times as numbers."""
    at = table.schema.get_field_index("time_ns")
    found: list[Row] = table.set_column(at, "time_ns", table.column(at).cast(pa.int64())).to_pylist()
    return found


def said(batch: Batch) -> list[Row]:
    """What JSON says of a batch; its capture and its database stand in the renderer's own call."""
    found = rows_of_json(batch.render("json").splitlines(), "json")
    for row in found:
        row["capture"] = batch.capture
    return found


def batches(database: Database | None = None) -> list[Batch]:
    return list(Analyzer(database, http_paths=True).batches(capture()))


def corpus_batches(folder: Path) -> Iterator[Batch]:
    files = sorted(path for path in folder.iterdir() if path.is_file())[::EVERY]
    yield from Analyzer().batches(files, on_error=lambda error: None)


def test_the_corpus(corpus: Path) -> None:
    rows = 0
    for batch in corpus_batches(corpus):
        table = record_batch(batch)
        table.validate(full=True)
        assert rows_of(table) == said(batch)
        rows += len(batch)
    assert rows > 1000


def test_batches_in_one_table_and_by_kind() -> None:
    """Groups of rows are known to later batches, unless the database or what is hidden changes."""
    first, second = batches(DATABASE), batches(None)
    hidden = batches(DATABASE)
    for batch in hidden:
        batch._hides_private = True
    every = [*first, *first, *second, *hidden, *first]
    expected = [row for batch in every for row in rows_of(record_batch(batch))]
    together, apart = Records(), Records(by_kind=True)
    for batch in every:
        together.add(batch)
        apart.add(batch)
    assert together.waiting() == len(expected)
    table = together.take()
    table.validate(full=True)
    assert rows_of(table) == expected
    for event in EVENTS:
        kind = apart.take(event)
        kind.validate(full=True)
        names = [field.column for field in FIELDS if event in field.events]
        of_kind = [{name: row[name] for name in names} for row in expected if row["event"] == event]
        assert rows_of(kind) == of_kind
    assert together.waiting() == apart.waiting() == 0
    assert rows_of(together.take()) == []


def test_private_fields_are_null() -> None:
    for batch in batches(DATABASE):
        batch._hides_private = True
        for row in rows_of(record_batch(batch)):
            assert {row[field.column] for field in FIELDS if field.private} == {None}


def test_the_first_rows() -> None:
    (batch, *_) = batches(DATABASE)
    rows = rows_of(record_batch(batch))
    for count in (0, 1, 7, 8, 9, len(batch), len(batch) + 1):
        assert rows_of(record_batch(batch, count)) == rows[:count]


def test_a_table_outlives_all_that_it_was_made_of() -> None:
    records = Records(by_kind=True)
    for batch in batches(DATABASE):
        records.add(batch)
    found = [records.take(event) for event in EVENTS]
    del records
    columns = [table.column(number) for table in found for number in range(table.num_columns)]
    expected = [row for batch in batches(DATABASE) for row in rows_of(record_batch(batch))]
    events = [table.column(table.schema.get_field_index("event")) for table in found]
    del found
    assert sorted(event for one in events for event in one.to_pylist()) == sorted(
        row["event"] for row in expected
    )
    for column in columns:
        column.validate(full=True)


@pytest.mark.parametrize(
    "name", [b"caf\xc3\xa9", b"\xff", b"a\xc3(b", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xe2\x82\xac\xe2\x82"]
)
def test_what_is_no_utf8(name: bytes, tmp_path: Path) -> None:
    """As Python replaces it."""
    request = b"GET / HTTP/1.1\r\nHost: " + name + b"\r\nUser-Agent: " + name + b"/1\r\n\r\n"
    talk = Conversation(server_port=80).handshake().client(0, request)
    signatures = tmp_path / "in.fp"
    signatures.write_bytes(samples.SIGNATURES.encode().replace(b"3.11 and newer", name))
    packets = [*talk.timed(), *samples.conversation()]
    found = Analyzer(Database.compile(signatures)).batches(pcap(packets))
    rows = [row for batch in found for row in rows_of(record_batch(batch))]
    shown = name.decode("utf-8", "replace")
    assert shown in {row["match_flavor"] for row in rows}
    (message,) = (row for row in rows if row["event"] == "http_request")
    assert (message["http_host"], message["user_agent"]) == (shown, f"{shown}/1")


def seconds_of(count: int) -> float:
    """Processor time of a table of so many rows, each with another long text."""
    (batch,) = Analyzer(DATABASE).batches(samples.capture(1))
    records = Records()
    began = time.process_time()
    for number in range(count):
        batch.capture = f"{number:0200}"
        records.add(batch, 1)
    found = records.take().column("capture")
    spent = time.process_time() - began
    assert len(found.dictionary) == count
    return spent


def test_many_texts_take_time_in_proportion() -> None:
    few, many = seconds_of(1000), seconds_of(8000)
    assert many < 32 * few, "64 times were quadratic"


def test_rows_that_no_engine_made_are_refused() -> None:
    (batch, *_) = batches(DATABASE)
    batch._cells.dense["tcp"]["signature"][0] = 1 << 20
    with pytest.raises(ValueError, match="refers to signature 1048576"):
        record_batch(batch)


def test_tables_of_c() -> None:
    """What the header says, without pyarrow: nothing has to be imported to be released."""
    (batch, *_) = batches(DATABASE)
    records, table, error = ffi.new("hg_records **"), ffi.new("hg_arrow_array *"), ffi.new("hg_error *")
    assert lib.hg_records_new(False, (1, 2), records, error) == lib.HG_OK
    handle = batch.database._handle if batch.database else ffi.NULL
    assert lib.hg_records_add(records[0], batch._native, len(batch), handle, b"x", False, error) == lib.HG_OK
    assert lib.hg_records_take(records[0], 1, table, error) == lib.HG_E_ARGUMENT
    assert lib.hg_records_take(records[0], 0, table, error) == lib.HG_OK
    lib.hg_records_free(records[0])
    assert (table.length, table.n_children) == (len(batch), len(FIELDS))
    table.release(table)
    assert table.release == ffi.NULL
