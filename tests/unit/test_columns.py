"""The memory of batches."""

from __future__ import annotations

import gc
import itertools
import weakref
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi import Analyzer, Batch, Database
from huginn_cffi._native import ffi, lib
from huginn_cffi.run.columns import COLUMNS, MEMBERS

CAPACITY = 100
ALIGNMENT = 64
"""A cache line."""
SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample.pcap"


@pytest.fixture
def batch() -> Batch:
    return Batch(CAPACITY, None)


def addresses(batch: Batch) -> dict[str, int]:
    return {name: int(ffi.cast("uintptr_t", pointer(batch, name))) for name in COLUMNS}


def pointer(batch: Batch, name: str) -> Any:
    """Where the core writes a column."""
    columns = batch._native.columns
    reader = COLUMNS[name].reader
    return getattr(getattr(columns, reader) if reader else columns, name)


def test_columns_are_those_of_the_header() -> None:
    assert tuple(COLUMNS)[:4] == ("time_ns", "packet_number", "flow", "event")
    assert COLUMNS["src_ip"].width == 16
    assert COLUMNS["olayout"].width == 32
    assert COLUMNS["raw_frequency_hz"].code == "d"
    assert COLUMNS["distance"].code == "h"


def test_columns_are_aligned_and_apart(batch: Batch) -> None:
    where = addresses(batch)
    assert all(address % ALIGNMENT == 0 for address in where.values())
    spans = sorted((address, COLUMNS[name].row_bytes * CAPACITY) for name, address in where.items())
    assert all(start + size <= following for (start, size), (following, _) in itertools.pairwise(spans))


def test_columns_of_a_power_of_two_spread_over_cache_sets() -> None:
    """There are 64 sets, of 8 lines or more."""
    offsets = Counter(address % 4096 for address in addresses(Batch(4096, None)).values())
    assert max(offsets.values()) <= 3


def test_the_core_and_python_see_the_same_value(batch: Batch) -> None:
    for name in (name for name, column in COLUMNS.items() if column.width == 1):
        value = 1.5 if COLUMNS[name].code == "d" else 123
        pointer(batch, name)[CAPACITY - 1] = value
        assert getattr(batch._cells, name)[CAPACITY - 1] == value, name


def test_the_core_and_python_see_the_same_address(batch: Batch) -> None:
    batch._native.columns.src_ip[2] = list(range(16))
    assert batch._cells.src_ip[32:48].tobytes() == bytes(range(16))


def test_a_view_keeps_the_memory_alive() -> None:
    database = Database.load_default()
    batch = Batch(CAPACITY, database)
    batch._cells.ttl[0] = 77
    batch.count = 1
    view = batch["ttl"]
    memory = weakref.ref(batch._native)
    del batch
    gc.collect()
    assert memory() is not None
    others = [Batch(CAPACITY, database) for _ in range(50)]
    assert view[0] == 77
    assert len(others) == 50
    del view
    gc.collect()
    assert memory() is None


def test_a_reader_has_columns_of_its_own() -> None:
    batch = next(iter(Analyzer().batches(SAMPLE)))
    kinds = [lib.hg_event_reader(event) for event in batch["event"]]
    for columns, reader, names in (
        (batch.tcp, lib.HG_READER_TCP, ("ittl", "olayout")),
        (batch.tls, lib.HG_READER_TLS, ("tls_version", "ja4")),
    ):
        rows = [row for row, kind in enumerate(kinds) if kind == reader]
        assert len(columns) == len(rows) > 0
        assert columns["row"].tolist() == rows
        for name in names:
            spread = batch[name].tolist()
            assert columns[name].tolist() == [spread[row] for row in rows]
    with pytest.raises(KeyError, match="time_ns"):
        batch.tcp["time_ns"]


def test_columns_of_a_reader_are_spread_over_all_events() -> None:
    """As if events 1 and 3 were another reader's: the dense columns keep what was written."""
    batch = Batch(CAPACITY, None)
    batch._native.count, batch._native.counts[lib.HG_READER_TCP] = 4, 2
    columns = batch._native.columns.tcp
    for place, row in enumerate((0, 2)):
        columns.row[place], columns.ttl[place], columns.link[place] = row, 50 + place, place
        columns.olayout[place] = [7 + place] * 32
    batch._written()
    assert batch.tcp["ttl"].tolist() == [50, 51]
    assert batch["ttl"].tolist() == [50, 0, 51, 0]
    assert batch.raw["link_index"].tolist() == [0, lib.HG_NO_SIGNATURE, 1, lib.HG_NO_SIGNATURE]
    assert [set(layout) for layout in batch["olayout"].tolist()] == [{7}, {0}, {8}, {0}]


def test_flow_is_the_first_packet_of_the_connection() -> None:
    """Packets 1 and 2 are one connection of the sample, 6 and 7 another, 8 to 11 a third."""
    batch = next(iter(Analyzer().batches(SAMPLE)))
    flows: dict[int, set[int]] = {}
    for flow, packet in zip(batch["flow"], batch["packet_number"], strict=True):
        flows.setdefault(flow, set()).add(packet)
    assert flows[1] == {1, 2}
    assert flows[6] == {6, 7}
    assert flows[8] == {8, 9, 10, 11}
    assert all(min(packets) == flow for flow, packets in flows.items())


def test_rows_without_a_tunnel_show_nothing_of_what_was_there(batch: Batch) -> None:
    """The core writes `outer` only of rows in tunnels, and the memory was used before."""
    width = lib.HG_TUNNEL_BYTES
    for tunnels in ((0, 1), (1, 0)):
        ffi.memmove(pointer(batch, "outer"), b"x" * (2 * width), 2 * width)
        ffi.memmove(pointer(batch, "tunnel"), bytes(tunnels), 2)
        batch._native.count = 2
        batch._written()
        found = [bytes(batch._cells.outer[row * width : (row + 1) * width]) for row in range(2)]
        assert found == [(b"x" if tunnel else b"\0") * width for tunnel in tunnels]


def test_the_allocator_keeps_the_columns_of_any_number_of_workers() -> None:
    """Larger blocks than DEFAULT_MMAP_THRESHOLD_MAX (mallopt(3)) are mapped anew for each batch."""
    most = (32 << 20) // sum(column.row_bytes for column in MEMBERS)
    counts = [1, 2, 4, 64]
    rows = [next(Analyzer().batches(SAMPLE, workers=workers))._native.capacity for workers in counts]
    assert rows[0] < rows[1] < rows[2] == rows[3] < most
