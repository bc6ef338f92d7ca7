"""Which lines of the core the inputs of the fuzz targets reach, counted by clang and llvm-cov."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support.core import CORE
from tools.fuzz.building import COUNT_LINES, build


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lines with code in csrc, headers included, and how many of them ran."""

    lines: int
    total: int
    by_target: dict[str, tuple[int, int]]
    """Lines that ran and lines there are."""
    missed: dict[str, str]
    """By file: the numbers of the lines that no target reached."""

    @property
    def percent(self) -> float:
        """Lines that ran, of a hundred."""
        return 100 * self.lines / self.total if self.total else 0.0


def _tool(clang: str, name: str) -> str | None:
    """Llvm's program of the same version as `clang`, or the one without a version."""
    version = clang.rpartition("clang")[2]
    return shutil.which(name + version) or shutil.which(name)


def measure(clang: str, folder: Path, targets: Sequence[str], *, seed: int) -> Coverage | None:
    """Run the inputs that `folder` holds (seeds and corpora) again; ``None`` without llvm-cov."""
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
        merged = counting / f"{target}.profdata"
        subprocess.run([profdata, "merge", "-sparse", raw, "-o", merged], check=True)
        return merged

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        merged = list(pool.map(run, targets))
    together = counting / "all.profdata"
    subprocess.run([profdata, "merge", "-sparse", *merged, "-o", together], check=True)
    by_target = {
        target: _counts(_lines(cov, profile, [counting / target]))
        for target, profile in zip(targets, merged, strict=True)
    }
    lines = _lines(cov, together, [counting / target for target in targets])
    reached, total = _counts(lines)
    return Coverage(reached, total, by_target, _missed(lines))


Lines = dict[str, dict[int, bool]]
"""By file: lines with code, and whether they ran."""


def _lines(cov: str, profile: Path, programs: Sequence[Path]) -> Lines:
    objects = [part for program in programs[1:] for part in ("-object", str(program))]
    command = [cov, "export", "-format=lcov", f"-instr-profile={profile}", programs[0], *objects]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: Lines = {}
    name = ""
    for line in text.splitlines():
        kind, _, rest = line.partition(":")
        if kind == "SF":
            name = rest
        elif kind == "DA" and Path(name).is_relative_to(CORE):
            number, count = rest.split(",")[:2]
            file = found.setdefault(str(Path(name).relative_to(CORE)), {})
            file[int(number)] = file.get(int(number), False) or int(count) > 0
    return found


def _counts(lines: Lines) -> tuple[int, int]:
    ran = [ran for file in lines.values() for ran in file.values()]
    return sum(ran), len(ran)


def _missed(lines: Lines) -> dict[str, str]:
    missed = {name: [number for number, ran in file.items() if not ran] for name, file in lines.items()}
    return {name: ", ".join(map(str, numbers)) for name, numbers in sorted(missed.items()) if numbers}
