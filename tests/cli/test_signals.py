"""How long a capture may take to end after a signal."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from huginn_cffi.cli import signals as module
from huginn_cffi.cli.commands import capture
from huginn_cffi.cli.signals import StopSignals


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def stuck() -> None:
    interrupt()
    time.sleep(60)


def test_what_is_stuck_after_a_signal_ends() -> None:
    stop = StopSignals(None)
    with stop.on_signals(), pytest.raises(KeyboardInterrupt):
        stuck()
    assert stop.is_set()


def test_files_of_hosts_are_written_however_long_it_takes() -> None:
    stop = StopSignals(None)
    with stop.on_signals():
        interrupt()
        stop.take_time()
        time.sleep(0.2)
        with pytest.raises(KeyboardInterrupt):
            stuck()  # somebody is impatient
    assert stop.status == 130


def test_a_first_signal_then_changes_nothing() -> None:
    stop = StopSignals(None)
    with stop.on_signals():
        stop.take_time()
        interrupt()
        time.sleep(0.2)
    assert stop.status == 130


def test_a_capture_takes_the_time_for_its_hosts() -> None:
    """After all that a reader could leave stuck."""
    done: list[str] = []

    def noting(name: str, **more: Any) -> Any:
        return SimpleNamespace(close=lambda: done.append(name), **more)

    stop = StopSignals(None)
    hosts = noting("hosts", of=lambda batches: batches)

    def no_batches(*_: object, **__: object) -> Iterator[Any]:
        yield from ()

    sensor: Any = SimpleNamespace(batches=no_batches)
    service: Any = SimpleNamespace(do_due=None, report=lambda _: None, write_metrics=lambda: None)
    live: Any = SimpleNamespace(new_hosts=False, limit=None)

    def slow() -> None:
        time.sleep(0.2)
        done.append("hosts")

    hosts.close = slow
    with stop.on_signals():
        interrupt()
        assert capture._run(sensor, stop, service, noting("output"), live, hosts, iter) is False
    assert done == ["output", "hosts"]
