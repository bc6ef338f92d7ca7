"""Fixtures shared by all tests: where the stock database and the reference material are."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.core import SHARED, STOCK
from tests.support.guarded import guarding, guarding_chunk
from tests.support.sanitizers import SANITIZED
from tests.support.turns import turn

# No test depends on speed: an example may take as long as a busy machine needs for it.
settings.register_profile("patient", settings.default, deadline=None)
settings.load_profile("patient")

# A shell's background job ignores Ctrl-C, and so would the programs that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest.register_assert_rewrite("tests.acceptance.cases")

RUN = "HUGINN_TEST_RUN"
"""Names the folder that all processes of a test run share: locks, and what is built once a run."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the run; the processes that xdist starts inherit the variables."""
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.mkdtemp(prefix="huginn-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ[RUN] = folder
    os.environ.setdefault("CCACHE_DIR", f"{folder}/ccache")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than processors, because tests wait a fifth of the time; compilers and sanitizers do not."""
    waits = config.option.markexpr == "not builds" and not SANITIZED
    return len(os.sched_getaffinity(0)) + waits


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Tests that are marked ``alone`` run while no other process of this run has a test."""
    with turn(Path(os.environ[RUN]), alone=item.get_closest_marker("alone") is not None):
        return (yield)


@pytest.fixture(scope="session")
def stock_path() -> Path:
    """p0f's own signature file, of the Debian package p0f."""
    if not STOCK.is_file():
        pytest.skip(f"{STOCK} is absent: the Debian package p0f is not installed")
    return STOCK


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The captures with p0f's answers, a folder beside the checkout."""
    folder = SHARED / "corpus"
    if not (folder / "oracle").is_dir():
        pytest.skip(f"{folder} is absent: no captures to compare with p0f on")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _unreadable_behind_packets() -> Iterator[None]:
    """Captures and packets that tests hand over from memory end right before an unreadable page."""
    from huginn_cffi.base import arguments
    from huginn_cffi.sources import packets

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arguments, "buffer", guarding(arguments.buffer))
        patch.setattr(packets.Chunk, "memory", guarding_chunk(packets.Chunk.memory))
        yield
