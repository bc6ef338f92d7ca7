"""Fuzz the C core: ``python tests/fuzz/run.py --seconds 60``. Needs clang with its sanitizers.

Builds every target with AddressSanitizer and UBSan, starts from `seeds` (and from what earlier runs
found, in ``--folder``), and ends with 1 when an input crashed, hung or broke a promise; that input
is kept. ``run.py --replay FILE TARGET`` runs one again.
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

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORE = ROOT / "csrc"

if __name__ == "__main__":
    sys.path += [str(ROOT), str(HERE.parent)]

LONGEST = {"frame": 512, "capture": 1500, "database": 4096, "tracker": 1025}
"""Bytes of the longest input of each target. Short ones run often: what is to be found is near the
headers, and seeds that are longer are cut."""

SANITIZERS = "address,undefined"
FLAGS = ("-std=c11", "-O1", "-g", "-fno-omit-frame-pointer", "-fno-sanitize-recover=all", "-pthread")
SMALL_WINDOW = "-DHG_WINDOW_BYTES=64u"
"""So that records straddle the end of what was read in every possible way."""

SLOWEST_S = 10
"""An input that takes longer is a finding."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of one target came to. ``covered`` counts edges of the control flow."""

    target: str
    executions: int
    covered: int
    report: str
    """What the fuzzer printed when it found something; empty otherwise."""


def compiler() -> str | None:
    """The clang to build with, the newest where several are installed; ``None`` without one."""
    names = ["clang", *(f"clang-{version}" for version in range(30, 10, -1))]
    return next((found for found in map(shutil.which, names) if found), None)


def build(clang: str, folder: Path, targets: Sequence[str]) -> None:
    """Build `targets` into `folder`."""
    from sigcompiler.emit_header import emit_header, layout_header
    from sigcompiler.parser import parse_files
    from sigcompiler.table import build_table

    folder.mkdir(parents=True, exist_ok=True)
    signatures, _ = parse_files(sorted((ROOT / "huginn_cffi" / "data").glob("*.fp")))
    (folder / "hg_layout.h").write_text(layout_header())
    (folder / "hg_default.h").write_text(emit_header(build_table(signatures)))
    common = (*FLAGS, f"-I{CORE}", f"-I{folder}")

    def compile_one(source: Path) -> str:
        out = folder / f"{source.stem}.o"
        sanitize = f"-fsanitize=fuzzer-no-link,{SANITIZERS}"
        subprocess.run([clang, *common, SMALL_WINDOW, sanitize, "-c", source, "-o", out], check=True)
        return str(out)

    def link(target: str) -> None:
        source = HERE / f"{target}.c"
        warnings = ("-Wall", "-Wextra", "-Werror")
        command = [clang, *common, *warnings, f"-fsanitize=fuzzer,{SANITIZERS}", source, *objects]
        subprocess.run([*command, "-o", folder / target], check=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_one, sorted(CORE.glob("*.c"))))
        list(pool.map(link, targets))


def fuzz(folder: Path, target: str, seconds: int, seed: int) -> Outcome:
    """Run a target that `build` built there; its corpus and findings go into the folder as well."""
    from fuzz.seeds import write_seeds

    corpus, seeds = folder / f"{target}.corpus", folder / f"{target}.seeds"
    corpus.mkdir(exist_ok=True)
    write_seeds(target, seeds)
    limits = (f"-max_total_time={seconds}", f"-timeout={SLOWEST_S}", f"-max_len={LONGEST[target]}")
    options = (f"-seed={seed}", "-entropic=0", "-print_final_stats=1", f"-artifact_prefix={folder}/{target}-")
    command = [folder / target, *limits, *options, corpus, seeds]
    done = subprocess.run(command, stderr=subprocess.PIPE, timeout=seconds + 120)
    log = done.stderr.decode("utf-8", "replace")
    return Outcome(
        target=target,
        executions=_last_number(r"number_of_executed_units: (\d+)", log),
        covered=_last_number(r" cov: (\d+) ", log),
        report="" if done.returncode == 0 else log[-6000:],
    )


def _last_number(pattern: str, text: str) -> int:
    return int([0, *re.findall(pattern, text)][-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 nothing found, 1 something was, 2 there is no clang."""
    parser = argparse.ArgumentParser(description="Fuzz the C core.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(LONGEST)} (all)")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's random numbers (1)")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/fuzz", help="for all that it makes")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="run the target on this input alone")
    given = parser.parse_args(arguments)
    targets = given.targets or list(LONGEST)
    if unknown := [name for name in targets if name not in LONGEST]:
        parser.error(f"no target {unknown[0]!r}; there are {', '.join(LONGEST)}")
    clang = compiler()
    if clang is None:
        print("run.py: no clang found; on Debian: apt-get install clang libclang-rt-dev", file=sys.stderr)
        return 2
    folder = given.folder.resolve()
    replay = given.replay and given.replay.resolve()
    build(clang, folder, targets)
    if replay:
        return subprocess.run([folder / targets[0], replay]).returncode and 1
    found = [_shown(fuzz(folder, target, given.seconds, given.seed)) for target in targets]
    return 1 if any(outcome.report for outcome in found) else 0


def _shown(outcome: Outcome) -> Outcome:
    verdict = "FOUND SOMETHING" if outcome.report else "nothing found"
    print(f"{outcome.target:10}{outcome.executions:>12} executions {outcome.covered:>6} edges  {verdict}")
    if outcome.report:
        print(outcome.report)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
