"""The cost of a capture: that each way to capture sees all that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import network as net
from tools.bench import live_costs as costs


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[costs.LiveBench]:
    with net.network() as made:
        for namespace in (made.client, made.server):
            net.silence(namespace)
        yield costs.LiveBench(made, tmp_path, 0.5)


@pytest.mark.parametrize("way", costs.WAYS)
def test_syns(bench: costs.LiveBench, way: str) -> None:
    found = bench.cost(way, 1000, lambda: bench.syns(1000), watched=True)
    assert 0 < found.packets <= 510
    assert found.packets + found.lost >= 400
    assert found.processor > 0
    assert found.delays
    assert found.delay(0.5).endswith(" ms")


def test_rows(bench: costs.LiveBench) -> None:
    rows = list(bench.rows("conversations", 1000, lambda: bench.conversations(1000), 1))
    assert [row.split(" | ")[1] for row in rows] == list(costs.WAYS)
    idle = bench.cost("default", 0, lambda: bench.syns(0))
    assert (idle.packets, idle.lost, idle.delay(0.5)) == (0, 0, "-")
