"""Rows of the report: the inventory of hosts, and their store."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from tests.support.core import ROOT
from tools.bench.bench import Bench, BenchRow, duration, goal_cell, per_second

HOSTS, HOSTS_QUICK = 1_000_000, 20_000
MEGABYTE = 1_000_000
MEMORY, LOOK_UP_NS = 256 * MEGABYTE, 1000
GOALS = {"update random /s CPU": 20_000, "update neighbours /s CPU": 60_000}


def measured(program: str, *words: str) -> dict[str, float]:
    """What a module of this package prints as JSON."""
    command = [sys.executable, "-m", f"tools.bench.{program}", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def inventory(bench: Bench) -> Iterator[BenchRow]:
    """A SYN a host; medians of the rounds, processor time."""
    count = HOSTS_QUICK if bench.quick else HOSTS
    capture = bench.inputs.clocks(count)
    rounds = [measured("inventory", str(capture.path), str(count)) for _ in range(bench.rounds)]
    bench.inputs.discard(capture)
    found = {name: median(one[name] for one in rounds) for name in rounds[0]}
    used, look_up = found["bytes"], found["look-up ns"]
    what = f"inventory: memory of {found['hosts']:,.0f} hosts of one SYN"
    goal = goal_cell("≤", "256 MB", used <= MEMORY)
    yield BenchRow(what, f"{used / MEGABYTE:.0f} MB", goal=goal)
    goal = goal_cell("≤", "1 µs", look_up <= LOOK_UP_NS)
    yield BenchRow("inventory: a look-up among them, in the core", duration(look_up * 1e-9), goal=goal)
    without, whole = found["packet ns without"], found["packet ns with"]
    cost = f"{duration((whole - without) * 1e-9)}, beside {duration(without * 1e-9)}"
    yield BenchRow("inventory: a SYN of a new host more, beside its analysis", cost)


def store(bench: Bench) -> Iterator[BenchRow]:
    """Hosts a second of processor time; medians of the rounds."""
    count = HOSTS_QUICK if bench.quick else HOSTS
    rounds = [measured("store.py", str(count)) for _ in range(bench.rounds)]
    for name in ("insert random /s CPU", *GOALS):
        rate = median(one[name] for one in rounds)
        goal = GOALS.get(name)
        cell = goal_cell("≥", per_second(goal), rate >= goal) if goal else ""
        what = name.removesuffix(" /s CPU")
        yield BenchRow(f"store of {count:,} hosts: {what}, processor time", per_second(rate), goal=cell)
