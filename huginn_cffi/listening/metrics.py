"""Metrics of the questions, added to those of the capture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huginn_cffi.listening.peers import PeerCounts


class _Collector:
    """What prometheus_client asks for the metrics."""

    def __init__(self, counts: PeerCounts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        yield GaugeMetricFamily(
            "huginn_connections", "Connections that are remembered", value=self._counts.connections
        )
        yield CounterMetricFamily(
            "huginn_evicted_connections",
            "Connections that made room for others before their time",
            value=self._counts.evicted,
        )
        answers = CounterMetricFamily(
            "huginn_connection_answers", "Questions about connections, by status", labels=["status"]
        )
        for status, count in self._counts.answers.items():
            answers.add_metric([status], count)
        yield answers


def metrics_of(counts: PeerCounts) -> bytes:
    """The text of the metrics."""
    from prometheus_client import CollectorRegistry, generate_latest

    made = CollectorRegistry(auto_describe=False)
    made.register(_Collector(counts))
    return generate_latest(made)
