"""Measures the package beside its peers and prints a table in Markdown.

    python -m tools.bench.report                 everything (about ten minutes)
    python -m tools.bench.report --quick         small inputs, to check that it works; no figures to quote
    python -m tools.bench.report --only syns     one section; --only may be repeated
    python -m tools.bench.report --cpu           processor time, for a machine that is not idle

The package and each peer are timed in turn on one core for several rounds; a ratio is the median of the
rounds' ratios. Inputs are generated in a temporary folder (set TMPDIR to choose another).
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

from huginn_cffi import __version__
from tools.bench import rows
from tools.bench.bench import Bench, BenchRow
from tools.bench.inputs import Inputs
from tools.bench.measure import one_core

SECTIONS: dict[str, Callable[[Bench], Iterator[BenchRow]]] = {
    one.__name__: one
    for one in (
        *(rows.syns, rows.mixed, rows.readers, rows.layers, rows.corpus, rows.plain, rows.workers),
        *(rows.growth, rows.results, rows.texts, rows.tables, rows.single, rows.imports, rows.small),
        *(rows.many, rows.hosts),
    )
}

HEAD = "| what | ours | peer | ratio | goal |\n|---|---|---|---|---|"
PACKETS, PACKETS_QUICK = 1_000_000, 20_000
ROUNDS, ROUNDS_QUICK = 5, 1


def processor() -> str:
    """The name of the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def surroundings(bench: Bench) -> Iterator[str]:
    """Machine, versions, inputs, and missing measurements."""
    today = datetime.now(timezone.utc).date()
    system = f"{platform.system()} {platform.release()}"
    yield f"- Machine: {processor()}, {os.cpu_count()} cores, {system}; {today}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"- huginn_cffi {__version__}, {python}, {platform.python_compiler()}"
    peers = ", ".join(f"{name} {version}" for name, version in bench.versions.items())
    yield f"- Peers: {peers or 'none'}"
    clock = "processor time" if bench.processor else "wall time"
    yield f"- Medians of {bench.rounds} rounds, taken in turn on one core, {clock}"
    yield f"- Load of the machine at the end: {os.getloadavg()[0]:.1f}"
    yield f"- Least part of the time for which this process had its core: {bench.least_busy:.0%}"
    for capture in bench.inputs.captures.values():
        yield f"- {capture}"
    for what, why in bench.not_measured.items():
        yield f"- Not measured: {what}, since {why}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packets", type=int, metavar="N", help=f"packets of a capture [{PACKETS}]")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"samples of each [{ROUNDS}]")
    parser.add_argument("--quick", action="store_true", help="small inputs, one round")
    parser.add_argument("--cpu", action="store_true", help="processor time in place of wall time")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="one section")
    return parser.parse_args()


def main() -> None:
    wanted = arguments()
    quick = bool(wanted.quick)
    packets = wanted.packets or (PACKETS_QUICK if quick else PACKETS)
    rounds = wanted.rounds or (ROUNDS_QUICK if quick else ROUNDS)
    with tempfile.TemporaryDirectory(prefix="huginn-benchmark-") as folder, one_core():
        bench = Bench(Inputs(Path(folder)), packets, rounds, quick=quick, processor=bool(wanted.cpu))
        print(HEAD, flush=True)
        for name in wanted.only or SECTIONS:
            for row in SECTIONS[name](bench):
                print(f"| {row.what} | {row.ours} | {row.peer} | {row.ratio} | {row.goal} |", flush=True)
        print()
        print("\n".join(surroundings(bench)))


if __name__ == "__main__":
    main()
