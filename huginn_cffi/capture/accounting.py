"""What a sensor counted, as a record that can be written as JSON or as metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huginn_cffi.engine.stats import COUNTERS, INTERFACE_COUNTERS, InterfaceStats, Stats


def counters(stats: Stats) -> dict[str, Any]:
    """All counters of one worker, or of all, under the names of `Stats` and `InterfaceStats`."""
    kernel = stats.interface or InterfaceStats()
    record: dict[str, Any] = {name: getattr(kernel, name) for name in INTERFACE_COUNTERS}
    record |= {name: getattr(stats, name) for name in COUNTERS}
    record["events"] = stats.events
    record["evictions"] = stats.evictions
    record["drops"] = dict(stats.drops)
    record["events_by_kind"] = dict(stats.events_by_kind)
    return record


def account(
    interface: str, time_text: str, seconds: float, workers: Sequence[Stats], results_lost: int
) -> dict[str, Any]:
    """Everything that was counted since the start, `seconds` ago: in sum, and a worker each."""
    total = sum(workers[1:], workers[0])
    return {
        "time": time_text,
        "interface": interface,
        "seconds": round(seconds, 3),
        "results_lost": results_lost,
        "total": counters(total),
        "workers": [counters(item) for item in workers],
    }
