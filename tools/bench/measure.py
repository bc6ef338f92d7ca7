"""Timing: samples of two subjects taken in turn on one core, and the ratios of each pair."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

LEAST_SECONDS = 0.2
"""Least length of a sample: jobs are repeated until then, because shorter samples vary too much."""


@dataclass(frozen=True, slots=True)
class Sample:
    """`units` (packets, results, calls) in `seconds` of wall time.

    ``busy`` is the part of that time in which the process had its core; None if unknown. A value much below
    1 means that something else ran, so the sample is too slow.
    """

    units: float
    seconds: float
    busy: float | None = None

    @property
    def rate(self) -> float:
        return self.units / self.seconds


Job = Callable[[], float]
"""Does its work once and returns how many units that were."""

Sampler = Callable[[], Sample]


def timed(job: Job, least: float = LEAST_SECONDS) -> Sampler:
    """A sampler that repeats `job` for at least `least` seconds."""

    def sample() -> Sample:
        units, began, cpu = 0.0, time.perf_counter(), time.process_time()
        while True:
            units += job()
            seconds = time.perf_counter() - began
            if seconds >= least:
                return Sample(units, seconds, (time.process_time() - cpu) / seconds)

    return sample


def by_processor(sampler: Sampler) -> Sampler:
    """The same in processor time, for a machine with other load (which still shares the caches)."""

    def sample() -> Sample:
        taken = sampler()
        if taken.busy is None:
            return taken
        return Sample(taken.units, taken.seconds * taken.busy, taken.busy)

    return sample


def processor_s(process: int) -> float:
    """Processor seconds of all threads of a process, and of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def resident(process: int | str = "self") -> int:
    """Resident memory of a process in bytes, by default of this one."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def spent_by_children() -> float:
    """Processor seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True, slots=True)
class Comparison:
    """Samples of two subjects, taken in turn: the i-th samples of both form a pair."""

    ours: Sequence[Sample]
    theirs: Sequence[Sample]

    @property
    def ratios(self) -> list[float]:
        return [one.rate / other.rate for one, other in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)


def alternate(ours: Sampler, theirs: Sampler, rounds: int) -> Comparison:
    """`rounds` samples of each in turn, after one sample of ours that is discarded."""
    ours()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Comparison([one for one, _ in pairs], [other for _, other in pairs])


def repeat(subject: Sampler, rounds: int) -> list[Sample]:
    """`rounds` samples, after one that is discarded."""
    subject()
    return [subject() for _ in range(rounds)]


def rate(samples: Sequence[Sample]) -> float:
    return median(one.rate for one in samples)


def best(samples: Sequence[Sample]) -> float:
    return max(one.rate for one in samples)


@contextmanager
def one_core() -> Iterator[int]:
    """Pin this process and its children to one core; gives its number."""
    cores = os.sched_getaffinity(0)
    core = max(cores)
    os.sched_setaffinity(0, {core})
    try:
        yield core
    finally:
        os.sched_setaffinity(0, cores)


@contextmanager
def all_cores() -> Iterator[int]:
    """Suspend the pin of `one_core`; gives the number of cores."""
    pinned = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield len(os.sched_getaffinity(0))
    finally:
        os.sched_setaffinity(0, pinned)
