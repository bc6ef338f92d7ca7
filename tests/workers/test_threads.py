"""Threads only add speed: however many of them fail to start, all events come, and nothing hangs.

The harness ``threads.c`` decides which starts fail, over several calls whose batches are full.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from test_workers import conversations

from tests.capture.harness import THREAD_SANITIZER, is_built_with
from tests.support.captures import pcap
from tests.support.core import CORE, all_sources, write_headers

CONVERSATIONS = 1500
FLAGS = ("-std=c11", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-O1", "-g", "-pthread")
PATIENCE_S = 60
"""A run takes a fraction of a second."""

MODES = ("engine", "reader", "sources", "held")
WORKERS = (2, 3, 8)
PATTERNS = (
    *(("-" * number) + "x-" for number in range(16)),  # one fails
    *(("-" * number) + "x" for number in range(16)),  # all from the n-th on
    "x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x",
    "--x--x--x--x--x--x--x--x--x--x--x--x--x--x",
    "-------xxxxxxx-xx-x-xxx------xxxxxxxxx----xxxxxx",
)


def c_compiler() -> str:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler (gcc or cc) to build the harness with")
    return compiler


def build(folder: Path, *sanitizer: str) -> Path:
    compiler = c_compiler()
    program = folder / "threads"
    write_headers(folder)
    files = [str(path) for path in (Path(__file__).with_name("threads.c"), *all_sources())]
    flags = [*FLAGS, *sanitizer, f"-I{CORE}", f"-I{folder}", "-Wl,--wrap=pthread_create"]
    subprocess.run([compiler, *flags, *files, "-lm", "-o", str(program)], check=True, timeout=300)
    return program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("threads"))


@pytest.fixture(scope="module")
def watched_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("watched")
    if not is_built_with(THREAD_SANITIZER, folder):
        pytest.skip("no ThreadSanitizer to build the harness with")
    return build(folder, *THREAD_SANITIZER)


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


def run(program: Path, mode: str, workers: int, failing: str, captures: list[Path]) -> tuple[list[str], int]:
    """What the harness found, and how many threads did not start."""
    command = [str(program), mode, str(workers), failing, *map(str, captures)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
    assert (done.returncode, done.stderr) == (0, "")
    *found, packets, failed = done.stdout.split()
    return [packets] if mode == "held" else [packets, *found], int(failed)


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
    """ThreadSanitizer ends the program with another status when it finds something."""
    check(watched_program, mode, 3, ("-", "x-", "-x-", "-x", "x", "x-x-x-x-x-x-x-x-"), captures)


def test_the_number_of_workers_changes_nothing(program: Path, captures: list[Path]) -> None:
    alone = run(program, "engine", 1, "-", captures[:2])[0]
    assert run(program, "engine", 5, "-x-x-x-x-x", captures[:2])[0] == alone
    assert run(program, "reader", 2, "x", captures[:1]) == (
        run(program, "engine", 1, "-", captures[:1])[0],
        3,
    )
