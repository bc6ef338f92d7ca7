"""Look for packets that are expensive to read: ``python -m tools.fuzz.cost --seconds 600``. Needs clang.

libFuzzer changes lists of segments, datagrams or frames (``cost.c``) and keeps inputs that cost more, per
packet or per captured byte, than all before. The worst inputs of each family are stored in ``--folder`` as
FAMILY-packet and FAMILY-byte, with their packets as captures; the next run continues from them. Cost is
counted in edges of the control flow, which depend on the input alone, and compared with an ordinary packet of
the family. Exits with 1 when an input exceeds the limits of ``tools.bench.adversarial``. Add such an input
there: it counts instructions.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.support.core import ROOT
from tools.bench.adversarial.measuring import BYTE_LIMIT, PACKET_LIMIT
from tools.fuzz.building import build, compiler
from tools.fuzz.cost_seeds import FAMILIES
from tools.fuzz.targets import Target

COUNTED = ("-fsanitize-coverage=trace-pc",)
LONGEST = 4096
SLOWEST_S = 10
WRAPPED = ("__sanitizer_cov_trace_pc", "memcpy", "memmove", "memset", "memcmp", "memchr")
TARGETS = {
    name: Target("cost.c", LONGEST, (f"FUZZ_COST_KIND={kind}",), WRAPPED)
    for kind, name in enumerate(("streams", "datagrams", "frames"))
}
MEASURES = ("packet", "byte")


class FuzzerError(Exception):
    """An input crashed, or took more than `SLOWEST_S`; libFuzzer kept it, and its log names it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of an input, in edges."""

    work: int
    packets: int
    captured: int

    def ratios(self, ordinary: Cost) -> tuple[float, float]:
        """Cost per packet and per captured byte, relative to an ordinary packet."""
        of_packet = self.work / self.packets / (ordinary.work / ordinary.packets)
        return of_packet, self.work / self.captured / (ordinary.work / ordinary.captured)


@dataclass(frozen=True, slots=True)
class WorstInput:
    path: Path
    cost: Cost
    packet_ratio: float
    byte_ratio: float

    @property
    def passes(self) -> bool:
        return self.packet_ratio <= PACKET_LIMIT and self.byte_ratio <= BYTE_LIMIT


def cost_of(folder: Path, family: str, data: Path) -> Cost:
    """The cost of an input. Writes its packets beside it as a capture."""
    program = folder / FAMILIES[family][0]
    shown = {**os.environ, "HG_COST_SHOW": f"{data}.pcap"}
    done = subprocess.run([program, data], env=shown, capture_output=True, text=True, timeout=60, check=True)
    found = re.search(r"^cost (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
    if found is None:
        raise ValueError(f"{data}: no packets")
    return Cost(*map(int, found.groups()))


def search(folder: Path, family: str, seconds: int, seed: int) -> list[WorstInput]:
    """Run libFuzzer for `seconds`; returns the worst inputs so far."""
    target, make, ordinary = FAMILIES[family]
    corpus, starts = folder / f"{family}.corpus", folder / f"{family}.seeds"
    for one in (corpus, starts):
        one.mkdir(exist_ok=True)
    for number, data in enumerate(make(Random(f"{family} cost"))):
        (starts / f"seed-{number:03}").write_bytes(data)
    for path in (folder / f"{family}-{measure}" for measure in MEASURES):
        if path.exists():
            shutil.copy(path, corpus)
    limits = (f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-len_control=0", f"-timeout={SLOWEST_S}")
    options = (f"-seed={seed}", "-entropic=0", f"-artifact_prefix={folder}/{family}-")
    keeping = {**os.environ, "HG_COST_KEEP": str(folder / family)}
    with (folder / f"{family}.log").open("wb") as log:
        command = [folder / target, *limits, *options, corpus, starts]
        done = subprocess.run(command, env=keeping, stdout=log, stderr=log, timeout=seconds + 600)
    if done.returncode:
        raise FuzzerError(f"{family}: the fuzzer ended with {done.returncode}; see {log.name}")
    normal = folder / f"{family}.ordinary"
    normal.write_bytes(ordinary)
    return worst(folder, family, cost_of(folder, family, normal))


def worst(folder: Path, family: str, ordinary: Cost) -> list[WorstInput]:
    """The worst inputs, compared with an ordinary packet."""
    paths = [folder / f"{family}-{measure}" for measure in MEASURES]
    costs = [cost_of(folder, family, path) for path in paths]
    return [WorstInput(path, cost, *cost.ratios(ordinary)) for path, cost in zip(paths, costs, strict=True)]


def show(found: Sequence[WorstInput]) -> None:
    for one in found:
        cost = one.cost
        per_packet = f"{cost.work / cost.packets:>10,.0f} per packet ({one.packet_ratio:.1f})"
        per_byte = f"{cost.work / cost.captured:>9,.1f} per byte ({one.byte_ratio:.1f})"
        verdict = "within limits" if one.passes else "ABOVE A LIMIT"
        print(f"{one.path.name:15}{cost.packets:>5} packets {per_packet} {per_byte}  {verdict}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0: all within limits, 1: a limit is exceeded, 2: there is no clang."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)} (all)")
    parser.add_argument("--seconds", type=int, default=60, help="for each family (60)")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's random numbers (1)")
    parser.add_argument("--jobs", type=int, default=1, help="families that run at a time (1)")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/cost", help="for all that it makes")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.families if name not in FAMILIES]:
        parser.error(f"no family {unknown[0]!r}; there are {', '.join(FAMILIES)}")
    clang = compiler()
    if clang is None:
        print("cost.py: no clang found; on Debian: apt-get install clang libclang-rt-dev", file=sys.stderr)
        return 2
    folder = given.folder.resolve()
    build(clang, folder, TARGETS, instrument=COUNTED, known=TARGETS)
    families, passes = given.families or list(FAMILIES), True
    with ThreadPoolExecutor(given.jobs) as pool:
        for run in [pool.submit(search, folder, one, given.seconds, given.seed) for one in families]:
            try:
                found = run.result()
            except FuzzerError as error:
                print(f"cost.py: {error}", file=sys.stderr)
                passes = False
                continue
            show(found)
            passes = passes and all(one.passes for one in found)
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main())
