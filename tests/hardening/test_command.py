"""The command where it can neither speak nor go on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from huginn_cffi.cli import app, main
from huginn_cffi.cli.standard_error import say
from tests.support.sample import sample

FULL = Path("/dev/full")


def run(*arguments: str | Path) -> int:
    """The exit status where standard error is full."""
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "huginn_cffi", *map(str, arguments)]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=full, timeout=60).returncode


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
def test_full_standard_error_changes_no_status(tmp_path: Path) -> None:
    capture = tmp_path / "sample.pcap"
    capture.write_bytes(sample())
    assert run("pcap", tmp_path / "missing.pcap") == 2
    assert run("pcap", "--stats", capture) == 0
    capture.write_bytes(sample()[:-1])
    assert run("pcap", capture) == 1


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
def test_nothing_is_left_for_a_full_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would try once more at its end, and change the exit status to 120."""
    with FULL.open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stderr", full)
        say("a message")
        full.flush()


def test_interrupt_outside_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """While modules are imported, say."""

    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "run", interrupted)
    assert main([]) == 130
