"""The kept inputs of every fuzz target pass, and a second of fuzzing finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import building, regressions, run
from fuzz.seeds import write_seeds
from fuzz.targets import TARGETS

SECONDS = 1
MOST_SEEDS = 300

LEAST_EDGES = 200
"""Any target that gets anywhere reaches more."""


@pytest.fixture(scope="module")
def clang() -> str:
    found = building.compiler()
    if found is None:
        pytest.skip("clang is not installed")
    return found


@pytest.fixture(scope="module")
def built(clang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    if not building.has_sanitizers(clang, folder):
        pytest.skip("clang has no sanitizers (Debian: libclang-rt-dev)")
    building.build(clang, folder, TARGETS)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_kept_inputs_pass(built: Path, tmp_path: Path, target: str) -> None:
    inputs = regressions.write(target, tmp_path)
    outcome = run.replay(built, target, inputs)
    assert outcome.report == ""
    assert outcome.executions == len(inputs) > 0


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_found(built: Path, target: str) -> None:
    outcome = run.fuzz(built, target, SECONDS, seed=1)
    assert outcome.report == ""
    assert outcome.executions > 0
    assert outcome.edges > LEAST_EDGES


@pytest.mark.slow
def test_all_allocations_fail_once(built: Path, tmp_path: Path) -> None:
    """Of every seed: captures from memory and descriptors, with workers, filters, databases, sources."""
    write_seeds("memory", tmp_path)
    inputs = sorted(tmp_path.iterdir())
    assert len(inputs) < MOST_SEEDS
    outcome = run.replay(built, "memory", inputs)
    assert outcome.report == ""
    assert outcome.parts["failed-allocations"] > 10 * len(inputs)
