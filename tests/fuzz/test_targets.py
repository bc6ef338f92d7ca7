"""Kept inputs of fuzz targets come upon faults that are planted; the fuzzer itself runs in CI."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.builds import once
from tests.support.core import CORE
from tests.support.sanitizers import can_link
from tools.fuzz import building, regressions, run
from tools.fuzz.seeds import write_seeds
from tools.fuzz.targets import TARGETS

MOST_SEEDS = 300


@pytest.fixture(scope="module")
def clang() -> str:
    found = building.compiler()
    if found is None:
        pytest.skip("clang is not installed")
    return found


@pytest.fixture(scope="module")
def built(clang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not can_link(clang, tmp_path_factory.mktemp("probe"), "-fsanitize=fuzzer,address,undefined"):
        pytest.skip("clang has no sanitizers (Debian: libclang-rt-dev)")
    return once("fuzz", lambda folder: building.build(clang, folder, ("http1", "memory")))


def test_every_target_has_kept_inputs() -> None:
    assert [target for target in TARGETS if not list(regressions.inputs(target))] == []


FUZZER = """\
#!/bin/sh
for one in "$@"; do
    case $one in
    */regression-{failing}) echo "Running: $one" >&2; exit 77 ;;
    */regression-*) [ -z "{skips}" ] && echo "Executed $one in 0 ms" >&2 ;;
    esac
done
case $* in
*-seed=*) echo "#9 DONE cov: {edges} ft: 1" >&2; echo "stat::number_of_executed_units: {executions}" >&2 ;;
esac
exit 0
"""
"""A target as the runner sees it."""


@pytest.mark.parametrize(
    ("outcome", "report"),
    [
        ({}, ""),
        ({"executions": 0}, "0 executions reached 500 edges"),
        ({"edges": 39}, "9 executions reached 39 edges"),
        ({"edges": 40}, ""),
        ({"failing": "0003"}, "frame.seeds/regression-0003\n"),
        ({"skips": "yes"}, "0 of "),
    ],
)
def test_a_target_that_fails_or_gets_nowhere_is_reported(
    tmp_path: Path, outcome: dict[str, object], report: str
) -> None:
    values = {"failing": "none", "skips": "", "edges": 500, "executions": 9, **outcome}
    program = tmp_path / "frame"
    program.write_text(FUZZER.format(**values))
    program.chmod(0o755)
    found = run.fuzz(tmp_path, "frame", 1, seed=1).report
    assert report in found
    assert bool(found) == bool(report)


@pytest.mark.builds
def test_the_same_new_inputs_in_every_run(built: Path) -> None:
    if not run.at_fixed_addresses():
        pytest.skip("setarch is absent or may not fix addresses here")
    kept = built / "http1.corpus"
    names = []
    for seed in (1, 1, 2):
        shutil.rmtree(kept, ignore_errors=True)
        assert run.fuzz(built, "http1", 0, seed, runs=1000).report == ""
        names.append({one.name for one in kept.iterdir()})
    assert names[0] == names[1] != names[2]


@pytest.mark.builds
def test_all_allocations_fail_once(built: Path, tmp_path: Path) -> None:
    """Of every seed: captures from memory and descriptors, with workers, databases, sources."""
    write_seeds("memory", tmp_path)
    inputs = sorted(tmp_path.iterdir())
    assert len(inputs) < MOST_SEEDS
    outcome = run.replay(built, "memory", inputs)
    assert outcome.report == ""
    assert outcome.parts["failed-allocations"] > 10 * len(inputs)
    assert outcome.parts["went-on-without"] > len(inputs) / 2


BREAKAGES = {
    "tcp/matcher.c": ("& template->mss_mask)", "& template->mss_mask & 0xFFFE)"),
    "packet/sieve.h": ("(HG_SEGMENT_TYPES >>", "((HG_SEGMENT_TYPES | HG_HANDSHAKE_TYPES) >>"),
    "database/database.c": ("length < HEADER_BYTES", "length < AT_DIRECTORY"),
    "base/escape.c": ("code < 0x20 ||", "code < 0x0a ||"),
    "source/pcapng.c": ("if (larger == NULL)", "if (capacity == 0)"),
    "tls/dtls.c": ("hg_connections_drop(c, one, 1);", ""),
    "handshakes/systems.c": (
        "own->syns > 1 && systems->families[i].syns > 1",
        "systems->families[i].syns > 1",
    ),
}
"""By file: what is done to it, each something that the reader of a change might overlook."""

SEEING = (
    "frame",
    "pcap",
    "database",
    "table",
    "render",
    "memory",
    "datagrams",
    "systems",
)
"""The targets whose kept inputs come upon one of them."""


@pytest.fixture(scope="module")
def broken(clang: str, built: Path) -> Path:  # built first: most objects are then in the cache
    def build(folder: Path) -> None:
        core = folder / "csrc"
        shutil.copytree(CORE, core)
        for name, (before, after) in BREAKAGES.items():
            text = (core / name).read_text()
            assert before in text, name
            (core / name).write_text(text.replace(before, after))
        building.build(clang, folder, SEEING, core=core)

    return once("fuzz-broken", build)


@pytest.mark.builds
@pytest.mark.parametrize("target", SEEING)
def test_kept_inputs_come_upon_breakages(broken: Path, tmp_path: Path, target: str) -> None:
    outcome = run.replay(broken, target, regressions.write(target, tmp_path))
    assert outcome.report
