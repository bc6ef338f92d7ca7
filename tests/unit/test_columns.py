"""The memory of batches."""

from __future__ import annotations

import gc
import itertools
import weakref

import pytest

from huginn_cffi import Batch, Database
from huginn_cffi._native import ffi
from huginn_cffi.batch.columns import ALIGNMENT, COLUMNS

CAPACITY = 100


@pytest.fixture
def batch() -> Batch:
    return Batch(CAPACITY, None)


def addresses(batch: Batch) -> dict[str, int]:
    columns = batch.native.columns
    return {name: int(ffi.cast("uintptr_t", getattr(columns, name))) for name in COLUMNS}


def test_columns_are_those_of_the_header() -> None:
    assert tuple(COLUMNS)[:4] == ("time_ns", "packet_number", "event", "from_server")
    assert COLUMNS["src_ip"].width == 16
    assert COLUMNS["olayout"].width == 32
    assert COLUMNS["raw_frequency_hz"].code == "d"
    assert COLUMNS["distance"].code == "h"


def test_columns_are_aligned_and_apart(batch: Batch) -> None:
    where = addresses(batch)
    assert all(address % ALIGNMENT == 0 for address in where.values())
    spans = sorted((address, COLUMNS[name].row_bytes * CAPACITY) for name, address in where.items())
    assert all(start + size <= following for (start, size), (following, _) in itertools.pairwise(spans))


def test_columns_of_a_power_of_two_do_not_share_a_cache_set() -> None:
    offsets = {address % 4096 for address in addresses(Batch(4096, None)).values()}
    assert len(offsets) == len(COLUMNS)


@pytest.mark.parametrize("name", [name for name, column in COLUMNS.items() if column.width == 1])
def test_the_core_and_python_see_the_same_value(batch: Batch, name: str) -> None:
    value = 1.5 if COLUMNS[name].code == "d" else 123
    getattr(batch.native.columns, name)[CAPACITY - 1] = value
    assert getattr(batch.cells, name)[CAPACITY - 1] == value


def test_the_core_and_python_see_the_same_address(batch: Batch) -> None:
    batch.native.columns.src_ip[2] = list(range(16))
    assert batch.cells.src_ip[32:48].tobytes() == bytes(range(16))


def test_a_view_keeps_the_memory_alive() -> None:
    database = Database.load_default()
    batch = Batch(CAPACITY, database)
    batch.cells.ttl[0] = 77
    batch.count = 1
    view = batch["ttl"]
    arena = weakref.ref(batch.native)
    del batch
    gc.collect()
    assert arena() is None
    others = [Batch(CAPACITY, database) for _ in range(50)]
    assert view[0] == 77
    assert len(others) == 50


def test_the_core_has_the_columns_first() -> None:
    # `Columns.bind` writes them from the start of the struct on.
    first = next(iter(ffi.typeof("hg_batch").fields))
    assert first[0] == "columns"
    assert first[1].offset == 0
    assert [field.offset for _, field in ffi.typeof("hg_columns").fields] == [
        place * ffi.sizeof("uintptr_t") for place in range(len(COLUMNS))
    ]
