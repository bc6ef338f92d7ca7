"""``huginn capture`` on a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import network as net
from tests.support.processes import ROOT, huginn, inside

TIMEOUT_S = 60


class Watched:
    """A capture whose output a terminal shows."""

    def __init__(self, namespace: str, words: tuple[str, ...]) -> None:
        self._master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "TZ": "UTC"}
        command = inside(namespace, huginn("capture", *words))
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, env=environment
        )
        os.close(slave)
        self.shown = ""
        self.wait_for("listening on")

    def wait_for(self, pattern: str) -> None:
        """Read until something is shown."""
        deadline = time.monotonic() + TIMEOUT_S
        while not re.search(pattern, self.shown):
            assert time.monotonic() < deadline, self.shown
            self._read(0.1)

    def end(self) -> str:
        """Interrupt it, and give all that was shown."""
        self.process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + TIMEOUT_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline, self.shown
            self._read(0.1)
        while self._read(0):
            pass
        return self.shown.replace("\r\n", "\n")

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait(TIMEOUT_S)
        os.close(self._master)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            return False
        self.shown += data.decode()
        return bool(data)


@contextmanager
def watching(namespace: str, *words: str) -> Iterator[Watched]:
    watched = Watched(namespace, words)
    try:
        yield watched
    finally:
        watched.close()


SCAN = """
import socket, sys
for port in range(1, 301):
    with socket.socket() as talk:
        talk.connect_ex((sys.argv[1], port))
"""


def test_a_line_for_each_host_and_the_counts() -> None:
    with net.network(tagged=False, quiet=True) as network, watching(network.server, "cable") as seen:
        network.connect(*[net.SERVER_IP4] * 4)
        seen.wait_for(net.SERVER_IP4)
        lines = seen.end().splitlines()
    assert [line.partition("  ")[0] for line in lines[1:-1]] == [net.CLIENT_IP4, net.SERVER_IP4]
    assert all("  Linux" in line for line in lines[1:-1])
    assert re.fullmatch(r"2 hosts, 0 findings; \d+ packets, 0 lost", lines[-1])


def test_a_scan_is_a_finding_and_no_flood_of_lines() -> None:
    with net.network(tagged=False, quiet=True) as network, watching(network.server, "cable") as seen:
        command = inside(network.client, [sys.executable, "-c", SCAN, net.SERVER_IP4])
        subprocess.run(command, check=True, timeout=TIMEOUT_S)
        seen.wait_for("scanned many ports of an address")
        lines = seen.end().splitlines()
    assert len(lines) <= 6
    assert any(re.fullmatch(rf"{net.CLIENT_IP4}  Linux.*", line) for line in lines)
    assert re.fullmatch(r"[12] hosts?, 1 finding; \d+ packets, 0 lost", lines[-1])


HTTP = """
from http.server import HTTPServer, SimpleHTTPRequestHandler
server = HTTPServer(("", 80), SimpleHTTPRequestHandler)
print("ready", flush=True)
server.serve_forever()
"""


@pytest.mark.parametrize("way", ["-sS", "-sT", "-sV"])
def test_nmap_gives_six_lines(way: str) -> None:
    """Of 300 ports, one of which answers."""
    if (nmap := shutil.which("nmap")) is None:
        pytest.skip("nmap is not installed")
    with net.network(tagged=False, quiet=True) as network, watching(network.server, "cable") as seen:
        with net.running(inside(network.server, [sys.executable, "-c", HTTP])):
            command = inside(network.client, [nmap, "-n", way, "-p", "1-300", net.SERVER_IP4])
            subprocess.run(command, check=True, timeout=TIMEOUT_S, stdout=subprocess.DEVNULL)
        seen.wait_for("scanned many ports of an address")
        lines = seen.end().splitlines()
    assert len(lines) <= 6, lines
    assert re.fullmatch(r"2 hosts, [12] findings?; \d+ packets, 0 lost", lines[-1])


def test_all_results_and_all_counters_on_request(tmp_path: Path) -> None:
    words = ("cable", "--all", "--color", "never", "--port", "80", "--hosts", str(tmp_path / "hosts.jsonl"))
    with net.network(tagged=False) as network, watching(network.server, *words) as seen:
        network.connect(net.SERVER_IP4)
        seen.wait_for(r"SYN\+ACK")
        shown = seen.end()
    assert re.search(rf"^\d\d:\d\d:\d\d \[TCP SYN\] {net.CLIENT_IP4}:", shown, re.MULTILINE)
    assert re.search("^received: ", shown, re.MULTILINE)
    assert not re.search("^10.90.0", shown, re.MULTILINE)


def test_filters_and_counters_beside_the_screen() -> None:
    words = ("cable", "--port", "81", "--stats")
    with net.network(tagged=False, quiet=False) as network, watching(network.server, *words) as seen:
        network.connect(net.SERVER_IP4, net.SERVER_IP6)
        seen.wait_for(f"(?m)^{net.SERVER_IP6}  ")
        shown = seen.end()
    assert net.SERVER_IP4 not in shown
    assert re.search("^received: ", shown, re.MULTILINE)


def test_text_has_the_time_of_each_event() -> None:
    words = ("cable", "--new-hosts", "--color", "never")
    with net.network() as network, watching(network.server, *words) as seen:
        network.connect(net.SERVER_IP4)
        network.connect(net.SERVER_IP4)
        seen.wait_for(r"SYN\+ACK")
        shown = seen.end()
    heads = re.findall(r"^.*→.*$", shown, re.MULTILINE)
    assert len(heads) == 2, "each once, though there were two connections"
    assert re.fullmatch(rf"\d\d:\d\d:\d\d \[TCP SYN\] {net.CLIENT_IP4}:\d+ → .*", heads[0])
    assert re.fullmatch(rf"\d\d:\d\d:\d\d \[TCP SYN\+ACK\] {net.SERVER_IP4}:80 → .*", heads[1])


def test_a_line_of_counters_where_results_go_to_a_file(tmp_path: Path) -> None:
    output = tmp_path / "results.jsonl"
    words = ("cable", "--format", "json", "-o", str(output))
    with net.network() as network, watching(network.server, *words) as seen:
        network.connect(net.SERVER_IP4)
        seen.wait_for(r"cable: [1-9]\d* packets, [\d,]+/s, [1-9]\d* results, 0 packets and 0 results lost")
        shown = seen.end()
    *_, last = shown.split("\r\x1b[K")
    assert last.startswith("time: "), "the counters at the end take the line's place"
    assert "[TCP" not in shown
    assert output.read_text()
