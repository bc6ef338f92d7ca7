"""What `--segments` costs: the same traffic with it and without, in turn.

    python -m tools.bench.segments            all kinds of traffic, and 100 to 100,000 hosts in random order
    python -m tools.bench.segments --functions HOSTS    where instructions go with so many hosts

Times are the lowest processor times of several rounds, since others may use the machine. Hosts in random
order are the worst case: each packet needs memory that the cache does not hold.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.bench.hotpath import ALL, MANY_HOSTS, SEGMENTS, TCP, HotPath, build
from tools.bench.inputs import CONCURRENT, BenchCapture, Inputs
from tools.bench.instructions import OUT, Kind, callgrind, count, small_database
from tools.bench.measure import one_core

PACKETS = 1_000_000
COUNTED = 100_000
"""Packets of which instructions are counted."""

HOSTS = (100, 10_000, 100_000)
GOAL_NS = 20


@dataclass(frozen=True, slots=True)
class SegmentCost:
    """Of a packet, without segments of hosts and with them."""

    name: str
    off_ns: float
    on_ns: float
    off_instructions: float
    on_instructions: float

    def __str__(self) -> str:
        ns = self.on_ns - self.off_ns
        more = self.on_instructions - self.off_instructions
        return f"{self.name:34}{self.off_ns:8.1f}{self.on_ns:8.1f}{ns:+8.1f} ns{more:+8.0f} instructions"


def kinds(inputs: Inputs, packets: int) -> list[Kind]:
    """What is measured: no traffic without segments, so no SYNs alone."""
    interleaved, plain = inputs.mixed(packets, concurrent=CONCURRENT), inputs.plain(packets)
    many: list[tuple[int, BenchCapture]] = [(hosts, inputs.hosts(packets, hosts)) for hosts in HOSTS]
    return [
        Kind("interleaved", interleaved, uptime=True),
        Kind("plain", plain, uptime=True),
        Kind("plain without uptimes", plain, uptime=False),
        Kind("sessions, all protocols", inputs.sessions(packets, concurrent=CONCURRENT), True, ALL),
        *(Kind(f"{hosts:,} hosts", capture, True, TCP | MANY_HOSTS) for hosts, capture in many),
        Kind("100,000 hosts, room for 10,000", many[-1][1], uptime=True),
    ]


def with_segments(kind: Kind) -> Kind:
    """The same with segments of hosts."""
    return Kind(kind.name, kind.capture, kind.uptime, kind.protocols | SEGMENTS)


def least_ns(hotpath: HotPath, database: Path, kind: Kind, rounds: int) -> tuple[float, float]:
    """The lowest processor time of a packet, without and with segments of hosts, taken in turn."""
    taken: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for one, samples in zip((kind, with_segments(kind)), taken, strict=True):
            sample, _rows = hotpath.run(
                database, one.capture.path, uptime=one.uptime, protocols=one.protocols
            )
            samples.append(sample.seconds * (sample.busy or 1) / sample.units * 1e9)
    return min(taken[0]), min(taken[1])


def costs(folder: Path, packets: int, rounds: int) -> list[SegmentCost]:
    """Of all kinds; without valgrind no instructions."""
    hotpath, inputs = build(folder), Inputs(folder)
    database = small_database(inputs, folder)
    found = []
    counted = kinds(inputs, min(packets, COUNTED))
    for kind, small in zip(kinds(inputs, packets), counted, strict=True):
        off, on = least_ns(hotpath, database, kind, rounds)
        instructions = [0.0, 0.0]
        if callgrind():
            instructions = [
                count(hotpath, database, one, folder, least=1) for one in (small, with_segments(small))
            ]
        found.append(SegmentCost(kind.name, off, on, *instructions))
    return found


def functions(folder: Path, hosts: int) -> None:
    """Print where the instructions go, function by function."""
    inputs = Inputs(folder)
    kind = Kind("hosts", inputs.hosts(COUNTED, hosts), True, TCP | MANY_HOSTS | SEGMENTS)
    count(build(folder), small_database(inputs, folder), kind, folder)
    subprocess.run(["callgrind_annotate", str(folder / OUT)], check=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packets", type=int, default=PACKETS)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--functions", type=int, metavar="HOSTS")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, one_core():
        if wanted.functions:
            functions(Path(name), wanted.functions)
            return 0
        print(f"{'':34}{'off':>8}{'on':>8}{'more':>8}, a packet; the goal is {GOAL_NS} ns")
        for cost in costs(Path(name), wanted.packets, wanted.rounds):
            print(cost, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
