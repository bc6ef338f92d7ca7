"""The kept inputs of every fuzz target pass, and a second of fuzzing finds nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.core import CORE
from tools.fuzz import building, regressions, run
from tools.fuzz.seeds import write_seeds
from tools.fuzz.targets import TARGETS

SECONDS = 1
MOST_SEEDS = 300

LEAST_EDGES = 40
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
    assert outcome.parts["went-on-without"] > len(inputs) / 2


BREAKAGES = {
    "tcp/template.c": ("& template->mss_mask)", "& template->mss_mask & 0xFFFE)"),
    "packet/sieve.h": ("(HG_SEGMENT_TYPES >>", "((HG_SEGMENT_TYPES | HG_HANDSHAKE_TYPES) >>"),
    "packet/detect.c": ("each(~HG_SEGMENT_TYPES)", "each(~HG_SEGMENT_TYPES & ~4u)"),
    "database/database.c": ("length < HEADER_BYTES", "length < AT_DIRECTORY"),
    "source/packets.c": ("|| end - start > UINT32_MAX", ""),
    "record/escape.c": ("code < 0x20 ||", "code < 0x0a ||"),
    "filter/filter.c": ("orders & orders_of(packet)", "orders"),
    "source/pcapng.c": ("if (larger == NULL)", "if (capacity == 0)"),
    "tls/dtls.c": ("hg_connections_drop(c, one, 1);", ""),
}
"""By file: what is done to it, each something that the reader of a change might overlook."""

SEEING = (
    "frame",
    "detect",
    "pcap",
    "database",
    "table",
    "sources",
    "render",
    "filter",
    "memory",
    "datagrams",
)
"""The targets whose kept inputs come upon one of them."""


@pytest.fixture(scope="module")
def broken(clang: str, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    core = folder / "csrc"
    shutil.copytree(CORE, core)
    for name, (before, after) in BREAKAGES.items():
        text = (core / name).read_text()
        assert before in text, name
        (core / name).write_text(text.replace(before, after))
    building.build(clang, folder, TARGETS, core=core)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_kept_inputs_come_upon_breakages(broken: Path, tmp_path: Path, target: str) -> None:
    outcome = run.replay(broken, target, regressions.write(target, tmp_path))
    assert bool(outcome.report) == (target in SEEING), outcome.report


def test_what_runs_came_to_adds_up_in_their_folder(tmp_path: Path) -> None:
    path = tmp_path / "totals.json"
    assert run.add_up(path, {"frame": 10}, 60)["frame"] == {"executions": 10, "seconds": 60}
    run.add_up(path, {"frame": 5, "pcap": 1}, 30)
    assert run.add_up(path, {}, 60) == {
        "frame": {"executions": 15, "seconds": 90},
        "pcap": {"executions": 1, "seconds": 30},
    }
    assert list(tmp_path.iterdir()) == [path]
