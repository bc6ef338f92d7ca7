"""Shared by all rows of the report: inputs, peers, rounds, and the list of missing measurements."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from huginn_cffi import Database
from tools.bench.hotpath import CompilerAbsentError, HotPath, build
from tools.bench.inputs import BenchCapture, Inputs
from tools.bench.measure import Comparison, Sample, Sampler, alternate, best, by_processor, rate, repeat
from tools.bench.peers import AbsentPeerError, Peer


@dataclass(frozen=True, slots=True)
class BenchRow:
    """A line of the table; a cell without a value is empty."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    goal: str = ""


def per_second(value: float) -> str:
    """A rate with three digits."""
    for limit, unit in ((1e9, "G/s"), (1e6, "M/s"), (1e3, "k/s")):
        if value >= limit:
            return f"{value / limit:.3g} {unit}"
    return f"{value:.3g}/s"


def duration(seconds: float) -> str:
    """A time with three digits."""
    for limit, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= limit:
            return f"{seconds / limit:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


TIMES = "\N{MULTIPLICATION SIGN}"


def times(value: float) -> str:
    """A ratio with three digits."""
    return f"{value:.3g} {TIMES}" if value < 1000 else f"{value:,.0f} {TIMES}"


def goal_cell(bound: str, goal: str, met: bool) -> str:
    """A goal, and whether it was met; `bound` is "≥" or "≤"."""
    return f"{bound} {goal}: {'met' if met else '**missed**'}"


def both(samples: Sequence[Sample]) -> str:
    """Median and best rate."""
    return f"{per_second(rate(samples))} (best {per_second(best(samples))})"


class Bench:
    """One run of the report."""

    def __init__(
        self, inputs: Inputs, packets: int, rounds: int, *, quick: bool = False, processor: bool = False
    ) -> None:
        self.inputs = inputs
        self.packets = packets
        self.rounds = rounds
        self.quick = quick
        self.processor = processor
        self.versions: dict[str, str] = {}
        self.not_measured: dict[str, str] = {}
        self.least_busy = 1.0

    @property
    def clock(self) -> Callable[[], float]:
        """A clock in seconds: wall time, or processor time of this process."""
        return time.process_time if self.processor else time.perf_counter

    @cached_property
    def database(self) -> Database:
        return Database.compile(self.inputs.small_database)

    @cached_property
    def hotpath(self) -> HotPath | None:
        """The core without Python; None if there is no compiler, which is noted."""
        try:
            return build(self.inputs.folder)
        except CompilerAbsentError as error:
            self.not_measured["the C core alone"] = str(error)
            return None

    def has(self, peer: Peer) -> bool:
        """Whether a peer can be run; if not, the reason is noted."""
        try:
            self.versions[peer.name.partition(" (")[0]] = peer.prepare()
        except AbsentPeerError as error:
            self.not_measured[peer.name] = str(error)
            return False
        return True

    def alone(self, what: str, ours: Sampler, goal: float | None = None) -> BenchRow:
        """A row without a peer; `goal` is a rate."""
        samples = repeat(self._clocked(ours), self.rounds)
        self._note(samples)
        cell = goal_cell("≥", per_second(goal), rate(samples) >= goal) if goal else ""
        return BenchRow(what, both(samples), goal=cell)

    def against(
        self, what: str, ours: Sampler, peer: Peer, capture: BenchCapture, goal: float | None = None
    ) -> list[BenchRow]:
        """A row beside a peer that gets the same capture; no row if the peer is missing."""
        if not self.has(peer):
            return []
        part = self.inputs.slice(capture, min(peer.packets, capture.packets))
        compared = self.alternate(ours, lambda: peer.sample(part))
        return [self.compared(what, compared, peer.name, goal)]

    def alternate(self, ours: Sampler, theirs: Sampler) -> Comparison:
        """Samples of both in turn, with the clock of this run."""
        return alternate(self._clocked(ours), self._clocked(theirs), self.rounds)

    def compared(self, what: str, compared: Comparison, name: str, goal: float | None = None) -> BenchRow:
        """A row for two subjects that were timed in turn; `goal` is a ratio."""
        self._note(compared.ours)
        cell = goal_cell("≥", times(goal), compared.ratio >= goal) if goal else ""
        return BenchRow(
            what, both(compared.ours), f"{name}: {both(compared.theirs)}", times(compared.ratio), cell
        )

    def _clocked(self, sampler: Sampler) -> Sampler:
        return by_processor(sampler) if self.processor else sampler

    def _note(self, samples: Sequence[Sample]) -> None:
        self.least_busy = min([self.least_busy, *(one.busy for one in samples if one.busy is not None)])
