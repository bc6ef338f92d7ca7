"""What is counted does not depend on how events are cut into tables, and memory is bounded."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="the Python package pyarrow is not installed")

from huginn_cffi.tools.reporting import facts, timeline  # noqa: E402
from huginn_cffi.tools.reporting.facts import Facts  # noqa: E402
from huginn_cffi.tools.reporting.timeline import KEPT_BINS, SHOWN_BINS, WIDTHS_MS, Timeline  # noqa: E402

Event = tuple[int, int, int]
"""Host, value, time in ns; its place is its packet."""


def table(events: list[Event], first: int) -> Any:
    hosts, values, times = zip(*events, strict=True)
    packets = range(first, first + len(events))
    return pa.table({"host": hosts, "value": values, "packet": packets, "time_ns": times})


def cut(random: Random, events: list[Event]) -> list[Any]:
    tables, at = [], 0
    while at < len(events):
        size = random.randint(1, 40)
        tables.append(table(events[at : at + size], at + 1))
        at += size
    return tables


def counted(tables: list[Any], limit: int = 1 << 20) -> tuple[list[dict[str, Any]], bool]:
    kept = Facts("host", first=("value",), extremes=("value",), limit=limit)
    latest = Facts("host", last=("value",), limit=limit)
    for one in tables:
        kept.add(one)
        latest.add(one)
    rows = [
        row | {"last": other["value"]}
        for row, other in zip(kept.table().to_pylist(), latest.table().to_pylist(), strict=True)
    ]
    return rows, kept.left_out


def plain(events: list[Event], limit: int) -> list[dict[str, Any]]:
    hosts: dict[int, list[int]] = {}
    for place, event in enumerate(events):
        hosts.setdefault(event[0], []).append(place)
    rows = []
    for host, places in list(hosts.items())[:limit]:
        values = [events[place][1] for place in places]
        times = [events[place][2] for place in places]
        seen = {"host": host, "count": len(places), "first_packet": places[0] + 1, "first_ns": min(times)}
        seen |= {"last_ns": max(times), "value": values[0], "last": values[-1]}
        rows.append(seen | {"value_min": min(values), "value_max": max(values)})
    return rows


@pytest.mark.parametrize("limit", [5, 1 << 20])
def test_facts_equal_a_plain_count(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "PENDING_ROWS", 64)
    random = Random(9)
    for _ in range(20):
        events = [(random.randint(1, 30), random.randint(0, 99), random.randint(0, 999)) for _ in range(500)]
        rows, left_out = counted(cut(random, events), limit)
        assert rows == plain(events, limit)
        assert left_out == len(events) - sum(row["count"] for row in rows)
        assert bool(left_out) == (len({event[0] for event in events}) > limit)


def test_facts_without_events() -> None:
    empty = Facts("host")
    assert empty.table() is None
    assert not empty.left_out


def test_every_width_divides_the_next() -> None:
    assert all(wide % narrow == 0 for narrow, wide in pairwise(WIDTHS_MS))


@pytest.mark.parametrize("reach_s", [0.05, 3, 500, 86_400, 40 * 365 * 86_400])
def test_timeline_equals_a_plain_count(reach_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "_PENDING_ROWS", 5000)
    random, start = Random(4), 1_700_000_000 * 10**9
    found, events = Timeline(), []
    for _ in range(20):
        batch = [(start + random.randrange(int(reach_s * 1e9)), random.randrange(2), 7) for _ in range(1000)]
        times, kinds, signatures = zip(*batch, strict=True)
        found.add(pa.table({"time_ns": times, "event": kinds, "signature": signatures}))
        events += batch
    rows, width_ns, apart = found.table()
    assert apart == 0
    wanted = Counter((time // width_ns, event, signature) for time, event, signature in events)
    got = {(row["bin"], row["event"], row["signature"]): row["count"] for row in rows.to_pylist()}
    assert got == dict(wanted)
    bins = [key[0] for key in got]
    assert max(bins) - min(bins) < SHOWN_BINS
    assert width_ns == 10**6 or (max(bins) - min(bins)) * 10 > SHOWN_BINS, "no finer width would do"


def test_timeline_keeps_few_bins_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "_PENDING_ROWS", 1)
    found = Timeline()
    for step in range(4):
        times = [(step * 3000 + place) * 10**9 for place in range(3000)]
        zeros = [0] * 3000
        found.add(pa.table({"time_ns": times, "event": zeros, "signature": zeros}))
        assert found._pending[0].num_rows <= KEPT_BINS
    assert sum(found.table()[0]["count"].to_pylist()) == 12_000
