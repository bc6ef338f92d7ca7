"""The cost of adversarial inputs, compared with ordinary packets of the same protocol.

    python -m tools.bench.adversarial               all entries, as a table in Markdown; a few minutes
    python -m tools.bench.adversarial QUIC 'HTTP/2' entries with one of these texts in their names

Callgrind counts instructions, which depend on the code alone. SHA-256 and large copies are counted as on a
processor with instructions for them, so that counts stay proportional to time. Each entry (see the modules
beside this one) is measured with and without its expensive packets, and the difference is divided by their
number. The limits are 10 times the instructions of the ordinary packet, and 20 times its instructions per
byte. A packet with several HTTP messages (``--http all``) counts as that many packets. Exits with 1 when an
entry exceeds a limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.bench import instructions
from tools.bench.adversarial import datagrams, devices, frames, http, others, servers, tls
from tools.bench.adversarial.measuring import ComparedCost, CostMeter
from tools.bench.adversarial.model import CostlyInput
from tools.bench.hotpath import build

PARTS = (frames, tls, http, datagrams, devices, servers, others)
BASELINES = {one.name: one for part in PARTS for one in part.BASELINES}
ENTRIES = {one.name: one for part in PARTS for one in part.ENTRIES}

COLUMNS = (
    *("input", "beside", "packets", "rows", "instructions per packet", "ratio"),
    *("per captured byte", "ratio", "within limits"),
)


def table(found: Sequence[ComparedCost]) -> str:
    return "\n".join(["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|", *map(row, found)])


def row(one: ComparedCost) -> str:
    cost, beside = one.cost, one.entry.baseline
    packets = f"{cost.packets:,} | {cost.rows:,} | {cost.per_packet:,.0f} | {one.packet_ratio:.1f}"
    per_byte = f"{cost.per_byte:,.1f} | {one.byte_ratio:.1f}"
    return f"| {one.entry.name} | {beside} | {packets} | {per_byte} | {'yes' if one.passes else '**no**'} |"


def chosen(words: Sequence[str]) -> list[CostlyInput]:
    """The entries with one of these texts in their names, or all."""
    return [one for name, one in ENTRIES.items() if not words or any(word in name for word in words)]


def measured(entries: Sequence[CostlyInput], jobs: int) -> list[ComparedCost]:
    """Measure the ordinary packets that are needed, then all entries; the worst one comes first."""
    ordinary = [one for name, one in BASELINES.items() if any(name == entry.baseline for entry in entries)]
    every = [*ordinary, *entries]
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(jobs) as pool:
        folder = Path(name)
        costs = list(pool.map(CostMeter(build(folder), folder).cost, every))
    of = {one.name: cost for one, cost in zip(ordinary, costs, strict=False)}
    found = [ComparedCost(one, cost, of[one.baseline]) for one, cost in zip(every, costs, strict=True)]
    return found[: len(ordinary)] + sorted(found[len(ordinary) :], key=lambda one: -one.excess)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("entries", nargs="*", metavar="TEXT", help="of the names of entries (all)")
    parser.add_argument("--jobs", type=int, default=1, help="entries that are measured at a time (1)")
    given = parser.parse_args(arguments)
    entries = chosen(given.entries)
    if not entries:
        parser.error(f"no entry has such a name; there are {', '.join(ENTRIES)}")
    if instructions.callgrind() is None:
        print("adversarial: valgrind is not installed (on Debian: apt-get install valgrind)", file=sys.stderr)
        return 2
    found = measured(entries, given.jobs)
    print(table(found))
    return 0 if all(one.passes for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
