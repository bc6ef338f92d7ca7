"""Counters of a sensor: added up, as records, as metrics, and over the end of 32 bits."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest

from huginn_cffi import Analyzer
from huginn_cffi.run.stats import COUNTERS, INTERFACE_COUNTERS, Stats
from huginn_cffi.sources import interfaces, metrics
from huginn_cffi.sources.interfaces import Rising, device_drops
from huginn_cffi.sources.metrics import account
from huginn_cffi.sources.sensor import SensorStats
from tests.support import samples


def counted_by_kernel(*counts: int) -> dict[str, int]:
    """Counters of an interface; those that are not given are 0."""
    return dict(zip_longest(INTERFACE_COUNTERS, counts, fillvalue=0))


@pytest.fixture
def workers() -> tuple[Stats, Stats]:
    """Two workers that have something in every counter that a short capture fills."""
    analyzer = Analyzer(None)
    found = []
    for number in (3, 5):
        list(analyzer.batches(samples.capture(number)))
        kernel = counted_by_kernel(10 * number, number, number + 1, number + 2, number + 3)
        found.append(replace(analyzer.stats, interface=kernel))
    return found[0], found[1]


def test_sums_are_of_every_counter(workers: tuple[Stats, Stats]) -> None:
    one, two = workers
    both = one + two
    assert (both.packets, both.analysed, both.events) == (8, 8, 16)
    assert both.interface == counted_by_kernel(80, 8, 10, 12, 14)
    for name in COUNTERS:
        assert getattr(both, name) == getattr(one, name) + getattr(two, name)
    assert both.drops == {name: one.drops[name] + two.drops[name] for name in one.drops}
    assert both.events_by_kind["syn"] == 8


def test_link_types_that_several_met_are_named_once() -> None:
    one, two = Stats(unsupported_linktypes=(7, 8)), Stats(unsupported_linktypes=(8, 9))
    assert (one + two).unsupported_linktypes == (7, 8, 9)
    assert (one + two).interface == {}


@pytest.mark.parametrize("shared", [False, True])
def test_running_counters_add_up(shared: bool) -> None:
    """The kernel's counters are older than the packets read since, or newer than packets in buffers."""
    counted = SensorStats(2)
    counted.counts_exactly, counted.shared = True, shared
    counted.lost = [4, 0]
    for native, packets in zip(counted.native, (90, 6), strict=True):
        native.packets = packets
    for received in (50, 100, 101, 400):
        counted.kernel[0] = counted_by_kernel(received, 3)
        total = counted.stats()
        kernel = total.interface
        assert kernel is not None
        assert kernel["received"] == 3 + 4 + kernel["unread"] + total.packets
        assert kernel["unread"] == max(0, received - (97 if shared else 103))
    counted.counts_exactly = False
    assert counted.stats().interface == {**counted.kernel[0], "dropped_by_ring": 4}


def test_an_account_is_json_with_the_sum_and_each_worker(workers: tuple[Stats, Stats]) -> None:
    found = json.loads(json.dumps(account("eth0", "2026-01-31T00:00:00Z", 1.23456, workers, 4)))
    assert found["interface"] == "eth0"
    assert (found["seconds"], found["results_lost"]) == (1.235, 4)
    assert [item["packets"] for item in (found["total"], *found["workers"])] == [8, 3, 5]
    assert [item["dropped_by_ring"] for item in (found["total"], *found["workers"])] == [12, 5, 7]
    others = {"events", "evictions", "drops", "anomalies"}
    assert {*COUNTERS, *INTERFACE_COUNTERS, *others} <= found["total"].keys()


def test_metrics_hold_every_counter(workers: tuple[Stats, Stats], tmp_path: Path) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    path = tmp_path / "metrics.prom"
    gauges = {"start_time_seconds": 1234.5, **metrics.gauges_of(workers)}
    metrics.write_metrics(str(path), metrics.metrics_of('odd"name', workers, 6, gauges))
    samples = [
        sample
        for family in parser.text_string_to_metric_families(path.read_text())
        for sample in family.samples
    ]
    values = {(item.name, *sorted(item.labels.items())): item.value for item in samples}
    name = ("interface", 'odd"name')

    def value(metric: str, *labels: tuple[str, str]) -> float:
        return float(values[(metric, *sorted([name, *labels]))])

    assert value("huginn_packets_total", ("worker", "0")) == 3
    assert value("huginn_packets_total", ("worker", "1")) == 5
    assert value("huginn_lost_packets_total", ("worker", "1"), ("where", "ring")) == 7
    assert value("huginn_unread_packets") == 14
    assert value("huginn_current_flows") == 8, "a SYN each"
    assert value("huginn_peak_memory_bytes") > 1 << 20
    assert value("huginn_events_total", ("worker", "1"), ("event", "mtu")) == 5
    assert value("huginn_dropped_packets_total", ("worker", "1"), ("reason", "truncated")) == 0
    assert value("huginn_lost_results_total") == 6
    assert value("huginn_start_time_seconds") == 1234.5
    kinds = {item.name for item in samples}
    assert {"huginn_ended_flows_total", "huginn_forgotten_hosts_total", "huginn_flows_total"} <= kinds
    assert list(tmp_path.iterdir()) == [path]


def test_metrics_have_every_counter_once(tmp_path: Path) -> None:
    """Those of the core's list and of the kernel's; each count is different."""
    parser = pytest.importorskip("prometheus_client.parser")
    names = [*COUNTERS, *(name for name in INTERFACE_COUNTERS if name != "unread")]  # that is a gauge
    counts = {name: 1000 + number for number, name in enumerate(names)}
    kernel = {name: counts.get(name, 0) for name in INTERFACE_COUNTERS}
    stats = Stats(**{name: counts[name] for name in COUNTERS}, interface=kernel)
    path = tmp_path / "metrics.prom"
    metrics.write_metrics(str(path), metrics.metrics_of("eth0", [stats], 0, {}))
    families = parser.text_string_to_metric_families(path.read_text())
    samples = [sample for family in families for sample in family.samples if sample.value]
    assert sorted(item.value for item in samples) == sorted(counts.values())
    named = {item.name: item.value for item in samples}
    assert named["huginn_http_unreadable_total"] == counts["http_unreadable"]


def test_metrics_that_cannot_be_written_leave_the_old_ones(
    workers: tuple[Stats, Stats], tmp_path: Path
) -> None:
    pytest.importorskip("prometheus_client")
    path = tmp_path / "absent" / "metrics.prom"
    with pytest.raises(OSError, match="No such file"):
        metrics.write_metrics(str(path), metrics.metrics_of("eth0", workers, 0, {}))


def test_a_missing_client_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ModuleNotFoundError, match=r"\[metrics\]'"):
        metrics.check_available()


def test_a_counter_of_32_bits_goes_on() -> None:
    counter = Rising((1 << 32) - 10)
    assert [counter.read(value) for value in ((1 << 32) - 4, 5, 5, 1 << 31, 3)] == [
        *(6, 15, 15),
        (1 << 31) + 10,
        (1 << 32) + 13,
    ]


def test_what_the_system_says_of_an_interface() -> None:
    assert device_drops("lo") is not None
    assert device_drops("any") is not None
    assert device_drops("absent0") is None


def test_drops_are_those_of_the_device_and_of_the_queue_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = tmp_path / "dev"
    devices.write_bytes(
        b"Inter-|   Receive                           |  Transmit\n"
        b" face |bytes    packets errs drop fifo frame|bytes\n"
        b"    lo: 9 8 7 6 5 4 3 2 9 8 7 6 5 4 3 2\n"
        b"a:\xff:1000 200 0 30 4 0 0 0 9 8 7 6 5 4 3 2\n"
    )
    monkeypatch.setattr(interfaces, "DEVICES", str(devices))
    assert device_drops("lo") == 11
    assert device_drops("a:\udcff") == 34
    assert device_drops("any") == 45
    assert device_drops("a") is None
