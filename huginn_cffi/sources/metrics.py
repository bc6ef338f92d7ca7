"""A sensor's counters as a record, and as metrics in a file that Prometheus' node exporter collects.

Metrics need the official client library (extra ``huginn-cffi[metrics]``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.installation import to_add
from huginn_cffi.run.stats import COUNTERS, Stats, summed
from sigcompiler.csv_rows import rows_of

if TYPE_CHECKING:
    from prometheus_client import Metric
    from prometheus_client.core import CounterMetricFamily


def counters(stats: Stats) -> dict[str, Any]:
    """All counters of one worker, or of all workers, under the names of `Stats` and its `interface`."""
    record: dict[str, Any] = summed(stats.interface)
    record |= {name: getattr(stats, name) for name in (*COUNTERS, "events", "evictions")}
    return record | {name: dict(getattr(stats, name)) for name in ("drops", "anomalies", "events_by_kind")}


def account(
    interface: str, time_text: str, seconds: float, workers: Sequence[Stats], results_lost: int
) -> dict[str, Any]:
    """All counters since the start, `seconds` ago: their sums, and the counters of each worker."""
    total = sum(workers[1:], workers[0])
    return {
        "time": time_text,
        "interface": interface,
        "seconds": round(seconds, 3),
        "results_lost": results_lost,
        "total": counters(total),
        "workers": [counters(item) for item in workers],
    }


INSTALL = f"--metrics-file needs prometheus_client: {to_add('metrics')}"

_ROWS = [tuple(row.values()) for row in rows_of(Path(__file__).with_name("metrics.csv"))]
COUNTED = [row for row in _ROWS if row[4]]
"""Metrics of counters: name, help, a label and its value or empty texts, and the counter."""
GAUGES = {name: text for name, text, _, _, counter in _ROWS if not counter}
"""Names and help of gauges."""
OTHERS = tuple(name for name in COUNTERS if name not in {row[4] for row in COUNTED})
"""Counters whose metric has the counter's name."""


class _Collected:
    """A collector for prometheus_client, used once."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def metrics_text(metrics: Iterable[Metric]) -> bytes:
    """Metrics in Prometheus' format."""
    from prometheus_client import generate_latest

    return generate_latest(_Collected(metrics))


def write_metrics(path: str, metrics: Iterable[Metric]) -> None:
    """Replace the file in one step. On `OSError` the old file stays."""
    from prometheus_client import write_to_textfile

    write_to_textfile(path, _Collected(metrics))


def metrics_of(
    interface: str, workers: Sequence[Stats], results_lost: int, gauges: Mapping[str, float]
) -> Iterator[Metric]:
    """The metrics of a sensor; `gauges`: values by the names in `GAUGES`."""
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    found: dict[str, CounterMetricFamily] = {}
    for worker, stats in enumerate(workers):
        for name, text, label, value, count in _samples(stats):
            labels = {"interface": interface, "worker": str(worker)} | ({label: value} if label else {})
            family = found.setdefault(name, CounterMetricFamily(f"huginn_{name}", text, labels=[*labels]))
            family.add_metric([*labels.values()], count)
    yield from found.values()
    lost = CounterMetricFamily(
        "huginn_lost_results", "Results that could not be written", labels=["interface"]
    )
    lost.add_metric([interface], results_lost)
    yield lost
    for name, number in gauges.items():
        one = GaugeMetricFamily(f"huginn_{name}", GAUGES[name], labels=["interface"])
        one.add_metric([interface], number)
        yield one


def gauges_of(workers: Sequence[Stats]) -> dict[str, float]:
    """The gauges that follow from counters, and the memory of this process."""
    from resource import RUSAGE_SELF, getrusage

    total = sum(workers[1:], workers[0])
    ended = sum(getattr(total, counter) for name, *_, counter in COUNTED if name == "ended_flows")
    peak = getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    unread = total.interface.get("unread", 0)
    return {"current_flows": total.flows - ended, "unread_packets": unread, "peak_memory_bytes": peak}


def database_time(path: str | None) -> float:
    """When a database file was written, in seconds since 1970; of the default one, its own file."""
    from huginn_cffi import _native

    try:
        return Path(path or _native.__file__).stat().st_mtime
    except OSError:  # removed while in use
        return 0.0


def _samples(stats: Stats) -> Iterator[tuple[str, str, str | None, str, int]]:
    """Yields metric, help, label (or None), label value, count."""
    kernel = summed(stats.interface)

    def count_of(name: str) -> int:
        return int(kernel[name] if name in kernel else getattr(stats, name))

    others = [(name, f"The counter {name}", "", "", name) for name in OTHERS]
    labelled = (one for one in COUNTED if one[2])
    for name, text, label, value, counter in (*(one for one in COUNTED if not one[2]), *others, *labelled):
        yield name, text, label or None, value, count_of(counter)
    for reason, count in stats.drops.items():
        yield "dropped_packets", "Packets read and not analysed, by reason", "reason", reason, count
    for reason, count in stats.anomalies.items():
        yield (
            "segment_anomalies",
            "Segments that their receiver may refuse, by reason",
            "reason",
            reason,
            count,
        )
    for event, count in stats.events_by_kind.items():
        yield "events", "Events, by kind", "event", event, count


def check_available() -> None:
    """Load the client library. If it is missing, `ModuleNotFoundError` names the extra to install."""
    try:
        import prometheus_client.core  # noqa: F401
    except ModuleNotFoundError:
        raise ModuleNotFoundError(INSTALL) from None
