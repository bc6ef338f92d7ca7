"""Fuzz the C core: ``python -m tools.fuzz.run --seconds 60``. Needs clang with its sanitizers.

Builds every target with AddressSanitizer and UBSan and runs the inputs that are kept with the tests
(`regressions`). Then it continues from these inputs, from seeds (`seeds.py`) and from the results of earlier
runs (in ``--folder``). Exits with 1 when an input crashed, hung, leaked or failed a check, and keeps that
input; or when a target made no progress. With ``--runs N`` each target gets N new inputs (slow ones a tenth),
which are the same in every run, apart from the effects of threads. ``--replay FILE TARGET`` runs one input
again, ``--replay regressions`` all inputs that are kept with the tests.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from tools.fuzz import regressions
from tools.fuzz.building import build, compiler
from tools.fuzz.coverage import measure
from tools.fuzz.seeds import write_seeds
from tools.fuzz.targets import TARGETS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

SLOWEST_S = 10
"""A new input that takes longer is a finding."""

HANGING_S = 120
"""A known input that takes longer hangs. One whose allocations all fail takes seconds, and many on a busy
machine."""

MOST_MB = 2048
"""An input that takes more memory is a finding too."""

LEAST_EDGES = 40
"""A target that reaches fewer edges made no progress."""


@dataclass(frozen=True, slots=True)
class FuzzOutcome:
    """The result of a run of one target. ``edges`` is the number of control-flow edges reached."""

    target: str
    executions: int
    edges: int
    parts: dict[str, int]
    """The target's own counts, such as frames of each link type."""
    report: str
    """The failure and the fuzzer's output; empty without a failure."""


def fuzz(folder: Path, target: str, seconds: int, seed: int, runs: int | None = None) -> FuzzOutcome:
    """Run a target that `build` built in `folder`, on its kept inputs, then on others for `seconds`.

    With `runs`, on that many other inputs instead, or a tenth for a slow target. Corpus and findings are
    stored in the folder as well.
    """
    corpus, seeds = folder / f"{target}.corpus", folder / f"{target}.seeds"
    corpus.mkdir(exist_ok=True)
    write_seeds(target, seeds)
    kept = regressions.write(target, seeds)
    if kept and (failed := replay(folder, target, kept)).report:
        return failed
    if runs is None:
        begin, enough, longest = [], f"-max_total_time={seconds}", seconds + 120
    else:
        count = len(list(seeds.iterdir())) + runs // (10 if TARGETS[target].slow else 1)
        begin, enough, longest = at_fixed_addresses(), f"-runs={count}", 600
    limits = (enough, f"-timeout={SLOWEST_S}", f"-max_len={TARGETS[target].longest}", "-reload=0")
    options = (f"-seed={seed}", "-entropic=0", "-print_final_stats=1", f"-artifact_prefix={folder}/{target}-")
    done = _run([*begin, folder / target, *limits, *options, corpus, seeds], longest)
    return _that_got_anywhere(_outcome(target, done))


def at_fixed_addresses() -> list[str]:
    """The command that runs another at fixed addresses, because the fuzzer tries addresses that it finds."""
    command = ["setarch", "--addr-no-randomize"]
    try:
        allowed = subprocess.run([*command, "true"], stderr=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        return []
    return command if allowed else []


def _that_got_anywhere(outcome: FuzzOutcome) -> FuzzOutcome:
    if outcome.report or (outcome.executions > 0 and outcome.edges >= LEAST_EDGES):
        return outcome
    few = f"{outcome.executions} executions reached {outcome.edges} edges; {LEAST_EDGES} are the least\n"
    return replace(outcome, report=few)


def replay(folder: Path, target: str, inputs: Sequence[Path]) -> FuzzOutcome:
    """Run a target on exactly these inputs. The report begins with the one that failed."""
    done = _run([folder / target, f"-timeout={HANGING_S}", *inputs], 600)
    outcome = _outcome(target, done)
    if outcome.report:
        running = re.findall(r"^Running: (.*)$", done.stderr.decode("utf-8", "replace"), re.MULTILINE)
        return replace(outcome, report=f"{[str(folder / target), *running][-1]}\n{outcome.report}")
    if outcome.executions != len(inputs):
        return replace(outcome, report=f"{outcome.executions} of {len(inputs)} inputs were executed\n")
    return outcome


def _run(command: Sequence[str | Path], timeout_s: int) -> subprocess.CompletedProcess[bytes]:
    # The limit of libFuzzer takes a thread, whose allocations move those of the target now and then.
    limits = (f"-malloc_limit_mb={MOST_MB}", "-rss_limit_mb=0", "-purge_allocator_interval=-1")
    environment = {**os.environ, "ASAN_OPTIONS": f"hard_rss_limit_mb={MOST_MB}"}
    return subprocess.run([*command, *limits], stderr=subprocess.PIPE, timeout=timeout_s, env=environment)


def _outcome(target: str, done: subprocess.CompletedProcess[bytes]) -> FuzzOutcome:
    log = done.stderr.decode("utf-8", "replace")
    return FuzzOutcome(
        target=target,
        executions=_last_number(r"number_of_executed_units: (\d+)", log) or log.count("Executed "),
        edges=_last_number(r" cov: (\d+) ", log),
        parts={name: int(count) for name, count in re.findall(r"^part (\S+) (\d+)$", log, re.MULTILINE)},
        report="" if done.returncode == 0 else log[-6000:],
    )


def _last_number(pattern: str, text: str) -> int:
    return int([0, *re.findall(pattern, text)][-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0: nothing found, 1: findings, 2: there is no clang."""
    given = _parsed(arguments)
    clang = compiler()
    if clang is None:
        print("run.py: no clang found; on Debian: apt-get install clang libclang-rt-dev", file=sys.stderr)
        return 2
    folder = given.folder.resolve()
    build(clang, folder, given.targets, seed=given.seed)
    if given.replay:
        return _replay(folder, given.targets, given.replay)
    with ThreadPoolExecutor(given.jobs) as pool:
        found = list(
            pool.map(
                lambda one: _shown(fuzz(folder, one, given.seconds, given.seed, given.runs)), given.targets
            )
        )
    print(f"{'all':10}{sum(outcome.executions for outcome in found):>12} executions")
    if not given.no_coverage:
        for name, (reached, there) in measure(folder, given.targets).items():
            print(f"{name:30}{reached:>6} of {there} edges, {reached / there:.1%}")
    return 1 if any(outcome.report for outcome in found) else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fuzz the C core.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)} (all)")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--runs", type=int, metavar="N", help="new inputs for each target, instead of a time")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's random numbers (1)")
    parser.add_argument("--jobs", type=int, default=1, help="targets that run at a time (1)")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/fuzz", help="for all that it makes")
    parser.add_argument("--no-coverage", action="store_true", help="do not count the edges of each file")
    parser.add_argument(
        "--replay", metavar="FILE", help="run the target on this input, or on the regressions"
    )
    given = parser.parse_args(arguments)
    given.targets = given.targets or list(TARGETS)
    if unknown := [name for name in given.targets if name not in TARGETS]:
        parser.error(f"no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    return given


def _replay(folder: Path, targets: Sequence[str], what: str) -> int:
    status = 0
    for target in targets:
        inputs = (
            regressions.write(target, folder / f"{target}.replay") if what == "regressions" else [Path(what)]
        )
        status |= bool(_shown(replay(folder, target, inputs)).report)
    return status


def _shown(outcome: FuzzOutcome) -> FuzzOutcome:
    verdict = "FOUND SOMETHING" if outcome.report else "nothing found"
    edges = f" {outcome.edges:>6} edges" if outcome.edges else ""
    print(f"{outcome.target:10}{outcome.executions:>12} executions{edges}  {verdict}", flush=True)
    for name, count in outcome.parts.items():
        print(f"    {count:>12} {name}")
    if outcome.report:
        print(outcome.report)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
