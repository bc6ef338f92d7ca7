"""What a packet costs as things grow: ``python -m tools.bench.curves`` prints a table for the manual.

Processor time, so that a busy machine does little harm. In each round the sizes of one row take turns;
a cell has the median of the rounds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from huginn_cffi import Analyzer, Database
from tools.bench.inputs import Inputs
from tools.bench.measure import Sampler, by_processor, rate
from tools.bench.rows_traffic import packets

Curve = Iterator[tuple[int, Sampler]]
"""Sizes, and what measures each."""

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WORKERS = (1, 2, 3, 4)
MOST_SIGNATURES = 100_000
"""A file of a million takes minutes to make."""


def of_packets(inputs: Inputs, most: int) -> Curve:
    """Captures of SYNs."""
    for size in _sizes(most)[1:]:  # the cost of a call hides that of a thousand
        yield size, packets(Analyzer(), str(inputs.syns(size).path))


def of_signatures(inputs: Inputs, most: int) -> Curve:
    """Databases, with as many different SYNs."""
    for size in _sizes(min(most, MOST_SIGNATURES)):
        path = inputs.signature_file(size)
        capture = inputs.syns(most, database=path, distinct=size)
        yield size, packets(Analyzer(Database.compile(path)), str(capture.path))


def of_hosts(inputs: Inputs, most: int) -> Curve:
    """Hosts remembered, of SYNs each from another host."""
    capture = inputs.clocks(most)
    for size in _sizes(most):
        yield size, packets(Analyzer(max_hosts=size), str(capture.path))


def of_flows(inputs: Inputs, most: int) -> Curve:
    """Conversations at a time, each with room."""
    for size in _sizes(most // 10):
        capture = inputs.mixed(most, concurrent=size)
        yield size, packets(Analyzer(max_connections=2 * size), str(capture.path))


def of_workers(inputs: Inputs, most: int) -> Curve:
    """Workers that share conversations."""
    capture = inputs.mixed(most)
    for size in WORKERS:
        yield size, packets(Analyzer(), str(capture.path), workers=size)


CURVES = {
    "packets in the capture": of_packets,
    "signatures": of_signatures,
    "hosts remembered": of_hosts,
    "flows at a time": of_flows,
    "workers": of_workers,
}


def _sizes(most: int) -> list[int]:
    return [size for size in SIZES if size <= most]


def cells(curve: Curve, rounds: int) -> list[str]:
    """``SIZE: NANOSECONDS`` for each size."""
    samplers = [(size, by_processor(sampler)) for size, sampler in curve]
    taken = [[sampler() for _, sampler in samplers] for _ in range(rounds)]
    return [
        f"{size:,}: {1e9 / rate([row[place] for row in taken]):.0f}"
        for place, (size, _) in enumerate(samplers)
    ]


def main() -> None:
    """Print one row for each curve."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else None)
    parser.add_argument("--packets", type=int, default=1_000_000, metavar="N", help="of the largest capture")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="samples of each size")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huginn-curves-") as folder:
        inputs = Inputs(Path(folder))
        print("| as these grow | ns per packet | | | |\n|---|---|---|---|---|")
        for name, curve in CURVES.items():
            found = cells(curve(inputs, wanted.packets), wanted.rounds)
            print(f"| {name} | {' | '.join(found + [''] * (len(SIZES) - len(found)))} |", flush=True)


if __name__ == "__main__":
    main()
