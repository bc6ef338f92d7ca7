"""Threads only add speed: however many of them fail to start, all events come, and nothing hangs.

The harness ``threads.c`` decides which starts fail, over several calls whose batches are full.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.captures import pcap
from tests.workers import harness
from tests.workers.harness import run
from tests.workers.traffic import conversations

CONVERSATIONS = 400

MODES = ("engine", "reader", "sources", "held")
WORKERS = (2, 3, 8)
PATTERNS = (
    *(("-" * number) + "x-" for number in range(16)),  # one fails
    *(("-" * number) + "x" for number in range(16)),  # all from the n-th on
    "x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x",
    "--x--x--x--x--x--x--x--x--x--x--x--x--x--x",
    "-------xxxxxxx-xx-x-xxx------xxxxxxxxx----xxxxxx",
)


@pytest.fixture(scope="module")
def program() -> Path:
    return harness.plain()


@pytest.fixture(scope="module")
def watched_program() -> Path:
    return harness.watched()


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


def check(program: Path, mode: str, workers: int, patterns: tuple[str, ...], captures: list[Path]) -> None:
    used = inputs(mode, workers, captures)
    expected, none = run(program, mode, workers, "-", used)
    assert none == 0
    assert int(expected[0]) > 1000 * len(used)
    failures = 0
    for failing in patterns:
        found, failed = run(program, mode, workers, failing, used)
        assert found == expected, failing
        failures += failed
    assert failures > len(WORKERS)


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("mode", MODES)
def test_threads_that_do_not_start(program: Path, captures: list[Path], mode: str, workers: int) -> None:
    check(program, mode, workers, PATTERNS, captures)


@pytest.mark.parametrize("mode", MODES)
def test_the_others_do_not_race(watched_program: Path, captures: list[Path], mode: str) -> None:
    check(watched_program, mode, 3, ("-", "x-", "-x-", "-x", "x", "x-x-x-x-x-x-x-x-"), captures)


def test_the_number_of_workers_changes_nothing(program: Path, captures: list[Path]) -> None:
    alone = run(program, "engine", 1, "-", captures[:2])[0]
    assert run(program, "engine", 5, "-x-x-x-x-x", captures[:2])[0] == alone
    assert run(program, "reader", 2, "x", captures[:1]) == (
        run(program, "engine", 1, "-", captures[:1])[0],
        3,
    )
