"""Rows of the report that are worked out from others."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Database
from tools.bench.bench import Bench
from tools.bench.inputs import Inputs
from tools.bench.measure import Comparison, Sample
from tools.bench.rows import beside_copy, besides, packets
from tools.bench.subjects import READ_AT_ONCE, drain


def test_what_a_packet_takes_beside_its_copy() -> None:
    """Rounds of 200 and 50, 90 and 50, 300 and 50 ms a packet: 150, 40 and 250 more."""
    ours = [Sample(10, 2.0), Sample(10, 0.9), Sample(10, 3.0)]
    copy = [Sample(10, 0.5)] * 3
    assert besides(Comparison(ours, copy)) == pytest.approx(0.15)


def test_the_copy_is_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(bytes(READ_AT_ONCE + 7))
    assert drain(path) == READ_AT_ONCE + 7


def test_the_floor_stands_beside_the_figure(inputs: Inputs, small_database: Database) -> None:
    capture = inputs.mixed(2000)
    ours = packets(Analyzer(small_database), str(capture.path))
    floor, rest = beside_copy(Bench(inputs, 2000, 1, quick=True), "mixed", ours, capture, goal=1e-12)
    assert floor.peer.startswith("the floor, read(2) of the file alone: ")
    assert rest.goal == "≤ 0.001 ns: **missed**"
