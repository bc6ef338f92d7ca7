"""Shared by `damage` and `stores`: files that are damaged on purpose, each by the seed and a number."""

from __future__ import annotations

import argparse
import json
import os
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BATCH = 1000
"""Number of mutations per process."""

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A folder in memory, if the system has one."""


class FindingError(Exception):
    """A run that did not end as required."""


Judge = Callable[[int], str]
"""Gives the outcome of a mutation by its number; raises `FindingError` for a wrong result."""

Run = tuple[int, str, float, str]
"""A mutation's number, its outcome, processor time in seconds, and the finding ("" without one)."""


def runs(judge: Judge, numbers: Iterable[int], hang: float = 0) -> Iterator[Run]:
    """Judge each mutation; after `hang` seconds (0: no limit) SIGALRM kills the process."""
    for number in numbers:
        signal.setitimer(signal.ITIMER_REAL, hang)
        began = time.process_time()
        outcome, wrong = "", ""
        try:
            outcome = judge(number)
        except FindingError as error:
            wrong = str(error)
        except Exception:
            wrong = traceback.format_exc()
        signal.setitimer(signal.ITIMER_REAL, 0)
        yield number, outcome, time.process_time() - began, wrong


def runs_in_processes(make: Callable[[Path], Judge], numbers: Iterable[int], hang: float) -> Iterator[Run]:
    """The same in separate processes; a dead process is a finding, and the next one continues after it."""
    left = list(numbers)
    while left:
        with tempfile.TemporaryDirectory(dir=MEMORY) as name:
            answers = Path(name, "answers")
            answers.touch()
            child = os.fork()
            if child == 0:
                _answer(make, Path(name), left[:BATCH], answers, hang)
            _, status = os.waitpid(child, 0)
            done: list[Run] = [tuple(json.loads(line)) for line in answers.read_text().splitlines()]
        yield from done
        left = left[len(done) :]
        if status != 0 and left:
            endless = status == signal.SIGALRM
            yield left.pop(0), "", 0, "it takes for ever" if endless else f"it ends with {status}"


def _answer(
    make: Callable[[Path], Judge], folder: Path, numbers: Sequence[int], answers: Path, hang: float
) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    status = 1
    try:
        with answers.open("w", buffering=1) as file:
            file.writelines(f"{json.dumps(run)}\n" for run in runs(make(folder), numbers, hang))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


@dataclass
class Tally:
    """Results of the runs: counts of outcomes by kind of mutation, and the findings."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def add(self, found: Iterable[Run], kind: Callable[[int], str], name: str = "", limit: float = 0) -> None:
        """Add runs; those that take longer than `limit` seconds (0: no limit) are findings."""
        for number, outcome, took, wrong in found:
            self.slowest = max(self.slowest, took)
            if limit and took > limit:
                wrong = wrong or f"took {took:.1f} s"
            if wrong:
                self.findings.append(f"{name} --only {number} ({kind(number)}): {wrong}")
            else:
                self.outcomes[kind(number), outcome] += 1

    def show(self, kinds: Iterable[str], outcomes: Sequence[str]) -> int:
        """Print everything; returns the exit status."""
        print(f"| {'mutation':18} | {'runs':>9} | " + " | ".join(f"{one:>20}" for one in outcomes) + " |")
        for kind in kinds:
            counts = [self.outcomes[kind, one] for one in outcomes]
            row = " | ".join(f"{count:20,}" for count in counts)
            print(f"| {kind:18} | {sum(counts):9,} | {row} |")
        print(f"{self.outcomes.total():,} runs, the slowest {self.slowest * 1000:.0f} ms of processor time")
        print(f"{len(self.findings)} findings", *self.findings, sep="\n")
        return 1 if self.findings else 0


def parser(text: str | None) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=text, formatter_class=argparse.RawTextHelpFormatter)
    made.add_argument("--mutations", metavar="N", type=int, default=1000, help="of each file")
    made.add_argument("--seed", metavar="N", type=int, default=1)
    made.add_argument("--only", metavar="N", type=int, help="this mutation alone")
    return made


def chosen(given: argparse.Namespace) -> Sequence[int]:
    return range(given.mutations) if given.only is None else [given.only]
