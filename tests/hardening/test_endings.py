"""Commands that are ended from outside: by a reader who leaves, or by a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.captures import pcap
from tests.support.command import ENVIRONMENT, HUGINN
from tests.support.packets import Ip4, Tcp, packet
from tests.support.sample import sample

SYN = packet(Ip4(), Tcp())
WARNED = "[mtu]\nlabel = Ethernet\nsig = 1500\nsig = 1500\n"


def into_a_closed_pipe(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and standard error of a command whose output nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*HUGINN, *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=ENVIRONMENT,
            timeout=60,
        )
    finally:
        os.close(writing)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("--help",), 0),
        (("--version",), 0),
        (("pcap", "--help"), 0),
        (("pcap", "a.pcap"), 0),
        (("check", "good.fp"), 0),
        (("check", "--strict", "warned.fp"), 1),
        (("check", "missing.fp"), 2),
        (("explain", "--packet", "1", "a.pcap"), 0),
        (("evaluate", ".", "labels.csv"), 0),
        (("interfaces",), 0),
    ],
)
def test_reader_who_left(tmp_path: Path, command: tuple[str, ...], status: int) -> None:
    (tmp_path / "a.pcap").write_bytes(sample())
    (tmp_path / "good.fp").write_text("[mtu]\nlabel = Ethernet\nsig = 1500\n")
    (tmp_path / "warned.fp").write_text(WARNED)
    (tmp_path / "labels.csv").write_text("file,frame,direction,ip,os_family,os_version\n")
    found, said = into_a_closed_pipe(tmp_path, *command)
    if command == ("interfaces",) and "libpcap" in said:
        pytest.skip("libpcap is not installed")
    assert "tandard output" not in said
    assert "Traceback" not in said
    assert found == status


def test_sigterm_cuts_no_record(tmp_path: Path) -> None:
    """The command ends by the signal, and what it wrote is whole lines."""
    out = tmp_path / "out.jsonl"
    command = [*HUGINN, "pcap", "--format", "json", "-o", str(out), "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=ENVIRONMENT) as running:
        assert running.stdin is not None
        running.stdin.write(pcap([(0, SYN[:12] + n.to_bytes(4, "big") + SYN[16:]) for n in range(3000)]))
        running.stdin.flush()
        while not (out.exists() and out.stat().st_size):
            assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == -signal.SIGTERM
    written = out.read_bytes()
    assert written.endswith(b"}\n")
    assert all("event" in json.loads(line) for line in written.splitlines())


def test_sigterm_that_is_ignored_stays_so(tmp_path: Path) -> None:
    command = [*HUGINN, "pcap", "-"]
    quiet = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": ENVIRONMENT}
    with subprocess.Popen(
        command, **quiet, preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ) as running:
        running.send_signal(signal.SIGTERM)
        printed, _ = running.communicate(sample(), timeout=60)
    assert running.returncode == 0
    assert printed.count(b"[TCP SYN]") > 5
