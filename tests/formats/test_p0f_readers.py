"""Programs that read p0f's log read ours: IVRE and fail2ban, where they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from huginn_cffi.cli import main

SAMPLE = Path(__file__).parents[2] / "examples" / "sample.pcap"
TIMEOUT_S = 120


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(command: list[str], home: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"HOME": str(home)}
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=TIMEOUT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "p0f.log"
    assert main(["pcap", "--format", "p0f", "-o", str(path), str(SAMPLE)]) == 0
    return path


def test_ivre(log: Path, tmp_path: Path) -> None:
    """`ivre p0f2db` takes every line of a handshake, with what it says."""
    shown = run([program("ivre"), "p0f2db", "-t", str(log)], tmp_path)
    records = [json.loads(line) for line in shown.splitlines()]
    lines = log.read_text(encoding="utf-8").splitlines()
    handshakes = [line for line in lines if "] mod=syn" in line]
    assert sum(one["count"] for one in records if one["recontype"].startswith("P0FV3_SYN")) == len(handshakes)
    values = {(one["addr"], one["recontype"]): one for one in records}
    windows = values["192.0.2.10", "P0FV3_SYN"]
    assert windows["infos"] == {"os": "Windows 10, 11, 2019, 2022 or 2025", "dist": "7"}
    assert windows["value"] == "4:121+7:0:1452:mss*44,8:mss,nop,ws,nop,nop,sok:df,id+:0"
    assert values["192.0.2.66", "P0FV3_SYN"]["infos"]["app"] == "NMap SYN scan"
    assert values["198.51.100.22", "P0FV3_SYN+ACK"]["port"] == 22


def test_fail2ban(log: Path, tmp_path: Path) -> None:
    """The expression of the manual finds the scanner's one line, and the date of every line."""
    manual = (SAMPLE.parents[1] / "docs" / "guide" / "from-p0f.md").read_text(encoding="utf-8")
    (expression,) = [line for line in manual.splitlines() if line.startswith("failregex = ")]
    words = [program("fail2ban-regex"), str(log), expression.removeprefix("failregex = ")]
    shown = run(words, tmp_path)
    total = len(log.read_text(encoding="utf-8").splitlines())
    assert f"Lines: {total} lines, 0 ignored, 1 matched, {total - 1} missed" in shown
