"""A sensor's counters as metrics, in a file that Prometheus' node exporter collects.

Needs the official client library, which is the extra ``huginn-cffi[metrics]``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from huginn_cffi.engine.stats import COUNTERS, InterfaceStats, Stats

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import CounterMetricFamily

INSTALL = "--metrics-file needs prometheus_client: pip install 'huginn-cffi[metrics]'"

PLAIN = (
    ("received_packets", "Packets that passed the kernel's filter", "received"),
    ("packets", "Packets read", "packets"),
    ("bytes", "Captured bytes of packets read", "bytes"),
    ("analysed_packets", "Packets analysed", "analysed"),
    ("retransmissions", "Handshake packets sent again", "retransmissions"),
    ("unseen_syns", "SYN+ACKs whose SYN was not seen", "syn_acks_without_syn"),
    ("flows", "Flows opened", "flows"),
    ("hosts", "Clocks of hosts remembered", "hosts"),
)
"""Metric, help, and the counter of `Stats` or `InterfaceStats`."""

LABELLED = (
    (
        *("lost_packets", "Packets that were not read, by where they were lost", "where"),
        {"kernel": "dropped_by_kernel", "interface": "dropped_by_interface", "ring": "dropped_by_ring"}
        | {"unread": "unread"},
    ),
    (
        *("ended_flows", "Flows that ended, by how", "how"),
        {name: f"flows_{name}" for name in ("closed", "replaced", "aged")}
        | {name: f"flows_{name}" for name in ("evicted_half_open", "evicted_established")},
    ),
    (
        *("forgotten_hosts", "Clocks of hosts that were forgotten, by why", "why"),
        {"aged": "hosts_aged", "evicted": "hosts_evicted"},
    ),
)
"""Metric, help, label, and its values with their counters."""

OTHERS = tuple(
    name
    for name in COUNTERS
    if name not in {counter for _, _, counter in PLAIN}
    and name not in {counter for *_, values in LABELLED for counter in values.values()}
)
"""Counters whose metric has their own name."""


class _CaptureCollector:
    """What prometheus_client asks for the metrics."""

    def __init__(self, interface: str, workers: Sequence[Stats], results_lost: int, started: float) -> None:
        self._interface, self._workers = interface, workers
        self._results_lost, self._started = results_lost, started

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        families: dict[str, CounterMetricFamily] = {}

        def add(name: str, text: str, label: str | None, worker: int, value: str, count: int) -> None:
            labels = ["interface", "worker", *([label] if label else [])]
            family = families.setdefault(name, CounterMetricFamily(f"huginn_{name}", text, labels=labels))
            family.add_metric([self._interface, str(worker), *([value] if label else [])], count)

        for worker, stats in enumerate(self._workers):
            for name, text, label, value, count in _samples(stats):
                add(name, text, label, worker, value, count)
        yield from families.values()
        lost = CounterMetricFamily(
            "huginn_lost_results", "Results that could not be written", labels=["interface"]
        )
        lost.add_metric([self._interface], self._results_lost)
        yield lost
        started = GaugeMetricFamily(
            "huginn_start_time_seconds", "When the capture began, in seconds since 1970", labels=["interface"]
        )
        started.add_metric([self._interface], self._started)
        yield started


def _samples(stats: Stats) -> Iterator[tuple[str, str, str | None, str, int]]:
    """Metric, help, label or none, its value, count."""
    kernel = stats.interface or InterfaceStats()

    def count_of(name: str) -> int:
        return int(getattr(kernel if hasattr(kernel, name) else stats, name))

    for metric, text, counter in PLAIN:
        yield metric, text, None, "", count_of(counter)
    for counter in OTHERS:
        yield counter, f"The counter {counter}", None, "", count_of(counter)
    for metric, text, label, values in LABELLED:
        for value, counter in values.items():
            yield metric, text, label, value, count_of(counter)
    for reason, count in stats.drops.items():
        yield "dropped_packets", "Packets read and not analysed, by reason", "reason", reason, count
    for event, count in stats.events_by_kind.items():
        yield "events", "Events, by kind", "event", event, count


def check_available() -> None:
    """Load the client library; `ModuleNotFoundError` that names the extra, when it is missing."""
    try:
        import prometheus_client.core  # noqa: F401
    except ModuleNotFoundError:
        raise ModuleNotFoundError(INSTALL) from None


def registry(
    interface: str, workers: Sequence[Stats], results_lost: int, started: float
) -> CollectorRegistry:
    """Its own registry, with these counters; `started` is in seconds since the epoch."""
    from prometheus_client import CollectorRegistry

    made = CollectorRegistry(auto_describe=False)
    made.register(_CaptureCollector(interface, workers, results_lost, started))
    return made


def write_metrics(
    path: str, interface: str, workers: Sequence[Stats], results_lost: int, started: float
) -> None:
    """Replace the file in one step. `OSError` when that is not possible; the old one then stays."""
    from prometheus_client import write_to_textfile

    write_to_textfile(os.fspath(path), registry(interface, workers, results_lost, started))
