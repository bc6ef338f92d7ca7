"""Counts which edges of the core's control flow the inputs of the fuzz targets reach, with libFuzzer."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

FUNCTION = re.compile(r"COVERED_FUNC: .* edges: (\d+)/(\d+) (\S+) \S*/csrc/(\S+):\d+$", re.MULTILINE)
"""libFuzzer's line for a function: reached edges, all edges, name, file."""


class Edges(NamedTuple):
    reached: int
    there: int


def measure(folder: Path, targets: Sequence[str]) -> dict[str, Edges]:
    """Run the inputs in `folder` (seeds and corpora) again; empty without a symbolizer.

    Returns the edges of each target, of all targets ("all"), and of each file with unreached edges. If
    several targets reach a function, the target that reaches most edges of it counts.
    """

    def run(target: str) -> dict[tuple[str, str], Edges]:
        inputs = [one for kind in ("corpus", "seeds") if (one := folder / f"{target}.{kind}").is_dir()]
        command = [folder / target, "-runs=0", "-print_coverage=1", *inputs]
        log = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True, errors="replace").stderr
        return {(file, name): Edges(int(ran), int(there)) for ran, there, name, file in FUNCTION.findall(log)}

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(targets, pool.map(run, targets), strict=True))
    every = {
        place: max(one[place] for one in found.values() if place in one)
        for place in set().union(*found.values())
    }
    sums = {name: _sum(one.values()) for name, one in {**found, "all": every}.items() if one}
    for file in sorted({file for file, _ in every}):
        sums[file] = _sum(edges for (of, _), edges in every.items() if of == file)
    return {name: one for name, one in sums.items() if name in found or one.reached < one.there}


def _sum(edges: Iterable[Edges]) -> Edges:
    return Edges(*map(sum, zip(*edges, strict=True)))
