"""Packets through the whole path: what is timed is also right."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Database, Stats
from huginn_cffi.base.names import NO_SIGNATURE
from tests.benchmarks.conftest import Clock
from tests.support.all_columns import all_columns
from tools.bench.inputs import CONCURRENT, BenchCapture, Inputs
from tools.bench.subjects import columns
from tools.bench.traffic import CONVERSATION


def source(capture: BenchCapture, kind: str) -> str | bytes:
    return str(capture.path) if kind == "file" else capture.path.read_bytes()


def check_syns(stats: Stats, packets: int, events: int) -> None:
    assert stats.packets == stats.analysed == packets
    assert stats.events_by_kind["syn"] == packets
    assert events == packets + stats.events_by_kind["mtu"]


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_syns(clock: Clock, inputs: Inputs, packets: int, small_database: Database, kind: str) -> None:
    analyzer = Analyzer(small_database)
    data = source(inputs.syns(packets), kind)
    events = clock(lambda: columns(analyzer, data), packets)
    check_syns(analyzer.stats, packets, events)


def test_syns_with_the_default_database(clock: Clock, inputs: Inputs, packets: int) -> None:
    analyzer = Analyzer()
    path = str(inputs.syns(packets).path)
    events = clock(lambda: columns(analyzer, path), packets)
    check_syns(analyzer.stats, packets, events)


def test_every_syn_is_named(inputs: Inputs, packets: int, small_database: Database) -> None:
    """What is timed is a match for each packet, not the lack of one."""
    named = 0
    for batch in Analyzer(small_database).batches(inputs.syns(packets).path):
        pairs = zip(batch["event"].tolist(), batch.raw["match_index"].tolist(), strict=True)
        named += sum(event == 0 and signature != NO_SIGNATURE for event, signature in pairs)
    assert named == packets


@pytest.mark.parametrize("concurrent", [1, CONCURRENT])
def test_mixed(clock: Clock, inputs: Inputs, packets: int, small_database: Database, concurrent: int) -> None:
    analyzer = Analyzer(small_database)
    path = str(inputs.mixed(packets, concurrent=concurrent).path)
    clock(lambda: columns(analyzer, path), packets)
    stats = analyzer.stats
    begun = packets // CONVERSATION
    assert stats.analysed == packets
    assert begun <= stats.events_by_kind["syn"] <= begun + concurrent
    assert begun - concurrent <= stats.flows_closed <= begun
    assert stats.events_by_kind["server_uptime"] > 0
    assert (stats.events_by_kind["client_uptime"] > 0) == (concurrent > 1)


def test_no_syns_and_no_uptimes(clock: Clock, inputs: Inputs, packets: int, small_database: Database) -> None:
    analyzer = Analyzer(small_database, uptime=False)
    data = inputs.plain(packets).path.read_bytes()
    assert clock(lambda: columns(analyzer, data), packets) == 0
    assert analyzer.stats.analysed == packets


def contents(analyzer: Analyzer, path: str, workers: int = 1) -> bytes:
    """Some columns of all events, in their order."""
    names = ("packet_number", "event", "match_index", "src_port", "uptime_minutes")
    found = {name: bytearray() for name in names}
    for batch in analyzer.batches(path, workers=workers):
        for name in names:
            found[name] += all_columns(batch)[name]
    return b"".join(found.values())


@pytest.mark.parametrize("kind", ["syns", "mixed"])
def test_two_workers(clock: Clock, inputs: Inputs, packets: int, small_database: Database, kind: str) -> None:
    capture = inputs.syns(packets) if kind == "syns" else inputs.mixed(packets)
    analyzer, path = Analyzer(small_database), str(capture.path)
    one, of_one = contents(analyzer, path), analyzer.stats
    assert clock(lambda: columns(analyzer, path, workers=2), packets) == of_one.events
    assert (contents(analyzer, path, workers=2), analyzer.stats) == (one, of_one)


def test_ten_captures_cost_what_one_does(
    clock: Clock, inputs: Inputs, packets: int, small_database: Database
) -> None:
    analyzer = Analyzer(small_database)
    paths = [str(inputs.syns(packets).path)] * 10
    clock(lambda: columns(analyzer, paths), 10 * packets)
    assert analyzer.stats.packets == 10 * packets
    assert analyzer.stats.events_by_kind["syn"] + analyzer.stats.retransmissions == 10 * packets


def test_hundred_million_packets(clock: Clock, large: None, inputs: Inputs, small_database: Database) -> None:
    analyzer = Analyzer(small_database)
    paths: list[Path] = [inputs.syns(1_000_000).path] * 100
    clock(lambda: columns(analyzer, paths), 100_000_000)
    assert analyzer.stats.packets == 100_000_000
