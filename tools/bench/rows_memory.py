"""Rows of the report: memory of remembered hosts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.core import ROOT
from tools.bench.bench import Bench, BenchRow, goal_cell
from tools.bench.inputs import BenchCapture

HOSTS, HOSTS_QUICK = 1_000_000, 100_000
FLOOD = 4
"""Hosts that are seen for each that can be remembered."""

FEW = 1000
"""Hosts of the run that shows what everything else takes."""

MEGABYTE = 1_000_000
GOAL = 64 * MEGABYTE
FLAT = 0.01
"""Growth that counts as none, as a part of the memory in use."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Hosts remembered at the end; bytes resident, over those before, after a quarter, half and all."""

    packets: int
    hosts: int
    grown: list[int]

    @property
    def drift(self) -> float:
        """Growth from the half of the capture to its end, as a part."""
        return self.grown[-1] / self.grown[-2] - 1


def measure(capture: BenchCapture, hosts: int) -> Memory:
    """Analyse the capture in its own process, at most `hosts` hosts remembered."""
    command = [
        sys.executable,
        "-m",
        "tools.bench.memory",
        str(capture.path),
        str(hosts),
        str(capture.packets),
    ]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=600)
    return Memory(**json.loads(done.stdout))


def of_hosts(capture: BenchCapture, hosts: int) -> tuple[Memory, int]:
    """The memory with `hosts` hosts, and the bytes by which it exceeds that with next to none."""
    few, many = measure(capture, FEW), measure(capture, hosts)
    return many, many.grown[-1] - few.grown[-1]


def hosts(bench: Bench) -> Iterator[BenchRow]:
    """A flood of addresses, four for each that is remembered."""
    count = HOSTS_QUICK if bench.quick else HOSTS
    capture = bench.inputs.clocks(FLOOD * count)
    found, used = of_hosts(capture, count)
    bench.inputs.discard(capture)
    what = f"memory of {found.hosts:,} hosts remembered, over {FEW}"
    yield BenchRow(what, f"{used / MEGABYTE:.1f} MB", goal=goal_cell("≤", "64 MB", used <= GOAL))
    flat = f"{found.drift:+.2%}"
    more = f"its growth while {capture.packets // 2:,} further new addresses come"
    yield BenchRow(more, flat, goal=goal_cell("≤", "1 %", found.drift <= FLAT))
