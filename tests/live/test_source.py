"""The live source on a libpcap that is made up (``source.c``), under sanitizers."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import builds, needs
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS

FAILING_ALLOCATIONS = "-Wl,--wrap=malloc,--wrap=calloc"

Scenario = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    out = tmp_path_factory.mktemp("source") / "source"
    builds.write_headers(out.parent)
    files = (Path(__file__).with_name("source.c"), *sources("source/live", "base/buffer", "base/error"))
    flags = [*builds.FLAGS, *SANITIZERS]
    program = builds.program(out, files, flags, [FAILING_ALLOCATIONS], builds.c_compiler(needs.missing))

    def run(name: str) -> list[str]:
        done = subprocess.run([program, name], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    return run


def test_packets_are_copied_and_cut_and_control_comes_back(scenario: Scenario) -> None:
    assert scenario("burst") == [
        "count 512",
        "count 488",
        "count 0",
        "seen 1000 wrong 0 captured 256 wire 400 linktype 1 time 7000005000",
    ]


def test_a_buffer_has_a_bound_however_large_packets_are(scenario: Scenario) -> None:
    """1 MB: that is 16 packets of 64 KB, and as many small ones as are taken at once."""
    assert scenario("large") == [
        "count 512",
        "count 488",
        "count 0",
        "seen 1000 wrong 0 captured 300 wire 400 linktype 1 time 7000005000",
        "count 16",
        "count 4",
        "count 0",
        "seen 20 wrong 0 captured 65536 wire 65536 linktype 1 time 7000005000",
    ]


def test_an_idle_source_gives_control_back(scenario: Scenario) -> None:
    assert scenario("idle") == ["status 0 count 0 within 1"]


def test_a_failure_waits_for_the_packets_before_it(scenario: Scenario) -> None:
    assert scenario("failure") == ["status 0 count 3", "failed -2 0 made-up failure", "count 0"]


def test_what_came_before_the_beginning_is_thrown_away(scenario: Scenario) -> None:
    assert scenario("discard") == ["given 1000 count 0"]


def test_odd_lengths_and_time_stamps_in_nanoseconds(scenario: Scenario) -> None:
    """DLT_RAW is 12 on this system and 101 in files."""
    assert scenario("odd") == ["captured 60 wire 60 linktype 101 time 7000000005"]


def test_refusals_on_opening(scenario: Scenario) -> None:
    assert scenario("refusals") == [
        "open -7 link type 189 is not supported",
        "open -6 snaplen must be 1 to 65536, not 0",
        "open -6 snaplen must be 1 to 65536, not 65537",
        "open -6 wait_ms must be 0 to 1000, not 1001",
        "open -1 no memory for a live capture",
        "open -1 no memory for a live capture",
        "open 0 ",
    ]
