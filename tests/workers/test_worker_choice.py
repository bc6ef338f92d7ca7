"""The engine goes on with one worker where others only cost time, and notices when that changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support import builds
from tests.support.captures import pcap
from tests.support.core import sources
from tests.support.packets import ACK, Ip4, Tcp, packet
from tests.workers import harness

pytestmark = [
    pytest.mark.no_asan("a C harness with sanitizers of its own"),
    pytest.mark.no_tsan("a C harness with sanitizers of its own"),
]

PACKETS = 8192

Group = tuple[int, int, int, int]
"""Calls, the cost of each with all workers and alone, and the noise in percent."""


@pytest.fixture(scope="module")
def pace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = [Path(__file__).with_name("worker_choice.c"), *sources("engine/worker_choice")]
    return builds.program(tmp_path_factory.mktemp("pace") / "pace", files)


def calls(program: Path, *groups: Group, packets: int = PACKETS) -> list[tuple[int, float]]:
    """Of each group the calls that went alone, and the cost in percent of the better way's."""
    arguments = [str(value) for group in groups for value in group]
    command = [program, str(packets), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return [(int(alone), float(cost)) for alone, cost in map(str.split, done.stdout.splitlines())]


def test_short_inputs_use_all_workers(pace: Path) -> None:
    assert calls(pace, (16, 100, 50, 0)) == [(0, 200.0)]


@pytest.mark.parametrize("noise", [0, 20])
@pytest.mark.parametrize(("all_workers", "alone"), [(170, 100), (100, 170), (110, 100), (100, 110)])
def test_the_better_way_is_found(pace: Path, all_workers: int, alone: int, noise: int) -> None:
    (went_alone, cost), *_ = calls(pace, (5000, all_workers, alone, noise))
    if noise == 0:
        assert (went_alone > 2500) == (alone < all_workers)
    assert cost < (102 if noise == 0 else 105)


def test_equal_ways_use_all_workers(pace: Path) -> None:
    (went_alone, cost), *_ = calls(pace, (5000, 100, 100, 0))
    assert went_alone < 100
    assert cost == 100


def test_a_change_is_noticed(pace: Path) -> None:
    first, second, third = calls(pace, (4000, 60, 100, 0), (4000, 200, 100, 0), (4000, 60, 100, 0))
    assert first[0] < 100
    assert second[0] > 3000
    assert third[0] < 1000


def test_small_calls_tell_nothing(pace: Path) -> None:
    """They wait for input, or are the last ones of theirs."""
    assert calls(pace, (5000, 100, 50, 0), packets=1000) == [(0, 200.0)]


@pytest.mark.builds
def test_the_engine_asks(tmp_path: Path) -> None:
    """No second thread starts, and each failure is counted: the second call of the trial does not try."""
    program = harness.program()
    path = tmp_path / "segments.pcap"
    segments = [(number, packet(Ip4(), Tcp(1024 + number, 80, flags=ACK))) for number in range(1200)]
    path.write_bytes(pcap(segments, 101))
    starts = [harness.run(program, "engine", 2, "x", [path] * count)[1] for count in (16, 17, 18)]
    assert starts == [16, 17, 17]
