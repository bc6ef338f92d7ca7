"""Sizes and inputs of the benchmarks.

Disabled (as they are by default) each benchmark runs once on small inputs, a plain test. With
``--benchmark-enable`` inputs have 1,000,000 packets, or as many as the environment variable
BENCHMARK_PACKETS says. BENCHMARK_LARGE=1 adds what takes minutes and gigabytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi import Database
from tests.support import builds
from tools.bench.hotpath import CompilerAbsentError, HotPath, build
from tools.bench.inputs import Inputs
from tools.bench.peers import AbsentPeerError, Peer

SMALL, REAL = 30_000, 1_000_000
ROUNDS = 5

Clock = Callable[[Callable[[], Any], int], Any]


@pytest.fixture(scope="session")
def enabled(pytestconfig: pytest.Config) -> bool:
    """Whether times are taken."""
    return bool(pytestconfig.getoption("benchmark_enable"))


@pytest.fixture(scope="session")
def packets(enabled: bool) -> int:
    """Packets of an input."""
    return int(os.environ.get("BENCHMARK_PACKETS", REAL if enabled else SMALL))


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return Inputs(tmp_path_factory.mktemp("benchmarks"))


@pytest.fixture(scope="session")
def small_database(inputs: Inputs) -> Database:
    """The stock p0f.fp, or as many generated signatures."""
    return Database.compile(inputs.small_database)


@pytest.fixture(scope="session")
def hotpath() -> HotPath:
    """The core with a program around it, built as the package builds it; once for all processes."""

    def make(folder: Path) -> None:
        (folder / "compiler").write_text(build(folder).compiler)

    try:
        folder = builds.once("hotpath", make)
    except CompilerAbsentError as error:
        pytest.skip(str(error))
    return HotPath(folder / "hotpath", (folder / "compiler").read_text())


@pytest.fixture
def clock(benchmark: Any) -> Clock:
    """Times a job of so many units, several rounds after one to warm up; gives its result."""

    def run(job: Callable[[], Any], units: int) -> Any:
        result = benchmark.pedantic(job, rounds=ROUNDS, warmup_rounds=0 if benchmark.disabled else 1)
        if benchmark.stats is not None:
            benchmark.extra_info["ns a unit"] = round(benchmark.stats.stats.median / units * 1e9, 2)
            benchmark.extra_info["units"] = units
        return result

    return run


@pytest.fixture
def large() -> None:
    """Skips a test that takes minutes and gigabytes unless it is asked for."""
    if os.environ.get("BENCHMARK_LARGE") != "1":
        pytest.skip("takes minutes and gigabytes; BENCHMARK_LARGE=1 runs it")


def ready(peer: Peer) -> Peer:
    """The peer, or a skip with the reason why it is not to be had."""
    try:
        peer.prepare()
    except AbsentPeerError as error:
        pytest.skip(str(error))
    return peer


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmark-files")
