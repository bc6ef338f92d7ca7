"""Threads only add speed: however many of them fail to start, all events come, and nothing hangs or races.

The harness ``threads.c`` decides which starts fail, over several calls whose batches are full.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.captures import pcap
from tests.workers import harness
from tests.workers.harness import run
from tests.workers.traffic import conversations

pytestmark = pytest.mark.builds

CONVERSATIONS = 130
"""More than the harness's engines hold, in several batches."""

MODES = ("engine", "reader", "sources", "held")
WORKERS = (2, 3, 8)
MIXED = (
    "x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x",
    "--x--x--x--x--x--x--x--x--x--x--x--x--x--x",
    "-------xxxxxxx-xx-x-xxx------xxxxxxxxx----xxxxxx",
)


def patterns(mode: str, workers: int) -> list[str]:
    """One start fails, or all from one on. A sensor starts at most one more than it has workers, an engine
    as many with each call: its first two are gone through."""
    starts = 2 * workers if mode == "engine" else workers + 1
    return ["-" * number + ending for number in range(starts) for ending in ("x-", "x")] + [*MIXED]


@pytest.fixture(scope="module")
def program() -> Path:
    return harness.program()


@pytest.fixture(scope="module")
def captures(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """No two packets of them have the same time: their order would be anybody's."""
    folder = tmp_path_factory.mktemp("captures")
    paths = []
    for number in range(8):
        paths.append(folder / f"{number}.pcap")
        packets = [(time + number * 1000, data) for time, data in conversations(CONVERSATIONS, number)]
        paths[-1].write_bytes(pcap(packets, 101))
    return paths


def inputs(mode: str, workers: int, captures: list[Path]) -> list[Path]:
    return captures[: {"engine": 2, "reader": 1}.get(mode, workers)]


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("mode", MODES)
def test_threads_that_do_not_start(program: Path, captures: list[Path], mode: str, workers: int) -> None:
    used = inputs(mode, workers, captures)
    expected, none = run(program, mode, workers, "-", used)
    assert none == 0
    assert int(expected[0]) > 300 * len(used)
    failures = 0
    for failing in patterns(mode, workers):
        found, failed = run(program, mode, workers, failing, used)
        assert found == expected, failing
        failures += failed
    assert failures > workers


def test_the_number_of_workers_changes_nothing(program: Path, captures: list[Path]) -> None:
    alone = run(program, "engine", 1, "-", captures[:2])[0]
    assert run(program, "engine", 5, "-x-x-x-x-x", captures[:2])[0] == alone
    assert run(program, "reader", 2, "x", captures[:1]) == (
        run(program, "engine", 1, "-", captures[:1])[0],
        3,
    )
