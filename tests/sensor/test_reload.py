"""Reloading: the latest request wins, whatever is under way when it comes."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huginn_cffi.cli.service import LiveHosts, Reporting, Service

WAIT_S = 60


class RecordingSensor:
    """Notes what it is told to use."""

    def __init__(self) -> None:
        self.used: list[Any] = []
        self.counted = SimpleNamespace(packets=0)

    def reload(self, database: Any) -> None:
        self.used.append(database)


def wait_for(served: Service, sensor: RecordingSensor, count: int) -> None:
    end = time.monotonic() + WAIT_S
    while len(sensor.used) < count:
        served.do_due()
        assert time.monotonic() < end
        time.sleep(0.001)


def test_sighup_during_a_reload_is_not_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file changes while its older content is being compiled."""
    path = tmp_path / "names.fp"
    begun, go_on = threading.Event(), threading.Event()
    loads: list[str] = []

    def slowly() -> list[str]:
        loads.append(path.read_text())
        begun.set()
        assert go_on.wait(WAIT_S)
        return [loads[-1]]

    sensor = RecordingSensor()
    output = SimpleNamespace(reopen=lambda: None, rotate_if_due=lambda: None)
    signatures = SimpleNamespace(path=str(path), open=slowly)
    served = Service(sensor, output, signatures, Reporting(), LiveHosts(None))  # type: ignore[arg-type]
    with served.on_signals():
        path.write_text("older")
        os.kill(os.getpid(), signal.SIGHUP)
        served.do_due()
        assert begun.wait(WAIT_S)
        for text in ("newer", "newest"):
            path.write_text(text)
            os.kill(os.getpid(), signal.SIGHUP)
            served.do_due()
        assert sensor.used == []
        go_on.set()
        wait_for(served, sensor, 1)
        assert sensor.used == [["newest"]], "what was compiled from the older file is never used"
        assert loads == ["older", "newest"], "requests that come meanwhile are one"
        os.kill(os.getpid(), signal.SIGHUP)
        wait_for(served, sensor, 2)
    assert capsys.readouterr().err == f"huginn: {path}: 1 signature in use\n" * 2
