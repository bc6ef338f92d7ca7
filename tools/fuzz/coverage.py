"""Which lines of the core the inputs of the fuzz targets reach, counted by clang and llvm-cov."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.core import CORE
from tools.fuzz.building import COUNT_LINES, build


class Lines(NamedTuple):
    """Lines with code in csrc or a file of it, headers included, and how many of them ran."""

    ran: int
    there: int


def _tool(clang: str, name: str) -> str | None:
    """Llvm's program of the same version as `clang`, or the one without a version."""
    version = clang.rpartition("clang")[2]
    return shutil.which(name + version) or shutil.which(name)


def measure(clang: str, folder: Path, targets: Sequence[str], *, seed: int) -> dict[str, Lines] | None:
    """Run the inputs that `folder` holds (seeds and corpora) again; ``None`` without llvm-cov.

    Gives the lines that each target reaches, those of all ("all"), and of each file that some are left of.
    """
    profdata, cov = _tool(clang, "llvm-profdata"), _tool(clang, "llvm-cov")
    if profdata is None or cov is None:
        return None
    counting = folder / "coverage"
    build(clang, counting, targets, seed=seed, instrument=COUNT_LINES)

    def run(target: str) -> Path:
        inputs = [one for kind in ("corpus", "seeds") if (one := folder / f"{target}.{kind}").is_dir()]
        raw = counting / f"{target}.profraw"
        command = [counting / target, "-runs=0", *inputs]
        environment = {**os.environ, "LLVM_PROFILE_FILE": str(raw)}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return merged(target, [raw])

    def merged(name: str, profiles: Sequence[Path]) -> Path:
        out = counting / f"{name}.profdata"
        subprocess.run([profdata, "merge", "-sparse", *profiles, "-o", out], check=True)
        return out

    def summary(profile: Path, programs: Sequence[str]) -> Any:
        first, *more = (counting / one for one in programs)
        objects = [part for one in more for part in ("-object", one)]
        command = [cov, "export", "-summary-only", f"-instr-profile={profile}", first, *objects, CORE]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["data"][0]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        profiles = list(pool.map(run, targets))
    found = {one: summary(profile, [one])["totals"] for one, profile in zip(targets, profiles, strict=True)}
    every = summary(merged("all", profiles), targets)
    found["all"] = every["totals"]
    for one in every["files"]:
        if one["summary"]["lines"]["percent"] < 100:
            found[str(Path(one["filename"]).relative_to(CORE))] = one["summary"]
    return {name: Lines(of["lines"]["covered"], of["lines"]["count"]) for name, of in found.items()}
