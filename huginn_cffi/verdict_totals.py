"""Whether the hellos and requests of captures can be of the systems that their SYNs show."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, TypedDict, get_args

from huginn_cffi import hellos
from huginn_cffi._native import lib
from huginn_cffi.results.tls import Verdict
from huginn_cffi.tallies import Bound, Tallies, host_text, items, ranked, sender

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

JUDGED = {"tls": (lib.HG_EVENT_TLS_CLIENT, "hellos"), "http": (lib.HG_EVENT_HTTP_REQUEST, "requests")}
"""By the reader: the event that has a verdict, and what such events are."""

VERDICTS: tuple[str, ...] = get_args(Verdict)
CONTRADICTS: Verdict = "contradicts"


class Verdicts(TypedDict):
    """All of it as plain values.

    ``counts`` are those of each verdict, of "hellos" and "requests". ``contradictions`` are hosts with what
    is seen of them (``of``, ``host``, ``why``, ``events``).
    """

    counts: dict[str, dict[str, int]]
    contradictions: list[dict[str, Any]]


class VerdictTotals:
    """Takes batches. The first `max_inventory` contradictions are told apart."""

    def __init__(self, max_inventory: int) -> None:
        self.left_out = 0
        """Contradictions that are counted alone."""
        self._bound = Bound(max_inventory)
        self._counts = {of: dict.fromkeys(VERDICTS, 0) for _, of in JUDGED.values()}
        self._contradictions: Tallies = {}

    def add(self, batch: Batch) -> None:
        """Take the events of a batch."""
        for reader, (event, of) in JUDGED.items():
            for row in getattr(batch, reader)["row"]:
                if batch.cells.event[row] == event:
                    self._take(batch, row, of)

    def _take(self, batch: Batch, row: int, of: str) -> None:
        verdict, why = hellos.verdict(batch, row)
        self._counts[of][verdict] += 1
        if verdict == CONTRADICTS:
            host = sender(batch, row)
            self.left_out += not self._bound.count(self._contradictions, (of, host, why), host)

    @property
    def contradicting(self) -> Collection[bytes]:
        """The hosts with contradictions."""
        return {host for (_, host, _), _ in items(self._contradictions)}

    def as_dict(self) -> Verdicts:
        """What they show."""
        rows = [
            {"of": of, "host": host_text(host), "why": why, **tally.numbers("events")}
            for (of, host, why), tally in items(self._contradictions)
        ]
        return {
            "counts": {of: dict(counts) for of, counts in self._counts.items()},
            "contradictions": ranked(rows, "events"),
        }
