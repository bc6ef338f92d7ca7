"""A proxy and its capture under floods of SYNs and of questions. Needs root."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.live.proxied import ProxiedServer, stage
from tests.live.test_flood import _resident, counters
from tests.support import flooding
from tests.support import network as net
from tests.support.processes import CaptureProcess
from tests.support.server_certificate import certificate

__all__ = ["certificate"]

ASKERS, SYNS, ROUNDS = 64, 100_000, 12
LITTLE = 16 << 20
"""Bytes that a process may grow by without anything being kept."""


def asked(path: Path, target: str) -> str:
    """The body of an answer."""
    with socket.socket(socket.AF_UNIX) as talk:
        talk.settimeout(60)
        talk.connect(str(path))
        talk.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        held = b""
        while more := talk.recv(65536):
            held += more
    return held.partition(b"\r\n\r\n")[2].decode()


def metric(path: Path, name: str) -> int:
    found = re.search(rf"^{name} (\S+)$", asked(path, "/metrics"), re.MULTILINE)
    assert found is not None
    return int(float(found[1]))


@contextmanager
def questions(path: Path) -> Iterator[None]:
    """As many as are answered, about connections that nobody opened; each is waited for."""
    over = threading.Event()

    def ask(number: int) -> None:
        with socket.socket(socket.AF_UNIX) as talk, suppress(OSError):
            talk.connect(str(path))
            talk.settimeout(60)
            port = 1024
            while not over.is_set():
                port = port % 60000 + 1
                target = f"/connection?client=192.0.2.{number}:{port}&wait=20"
                talk.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                talk.recv(65536)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(ASKERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


class Flooded:
    """Rounds of SYNs, of connections that were never there before, and a request after each."""

    def __init__(self, staged: ProxiedServer, program: Path) -> None:
        self._staged, self._program, self._sent = staged, program, 0

    def round(self) -> None:
        flooding.send(self._program, self._staged.network.client, packets=SYNS, first=self._sent)
        self._sent += SYNS
        self._staged.curl()

    def until_full(self) -> None:
        for _ in range(ROUNDS):
            self.round()
            if metric(self._staged.socket, "huginn_evicted_connections_total") > 0:
                return
        raise AssertionError("the table is not full")


@pytest.fixture
def staged(certificate: Path) -> Iterator[ProxiedServer]:
    with net.network(tagged=False) as network, stage("nginx", network, certificate) as made:
        yield made


def is_known(staged: ProxiedServer) -> bool:
    return staged.curl().get("huginn-status") == "found"


def test_floods(staged: ProxiedServer, flood_program: Path) -> None:
    """The site answers, memory stays, what the capture loses is counted, and it answers again afterwards."""
    with staged.capturing("--stats-format", "json") as capture:
        flooded = Flooded(staged, flood_program)
        with questions(staged.socket):
            flooded.until_full()
            before = _resident(capture.process.pid)
            flooded.round()
            flooded.round()
        assert _resident(capture.process.pid) < before + LITTLE
        most = metric(staged.socket, "huginn_connections")
        capture.wait_for(lambda: is_known(staged), "an answer after the floods")
        check_counts(capture)
    assert most == 262_144


def check_counts(capture: CaptureProcess) -> None:
    total = counters("\n".join(line for line in capture.stop().errors.splitlines() if _is_json(line)))[
        "total"
    ]
    lost = total["dropped_by_kernel"] + total["dropped_by_ring"] + total["unread"]
    assert total["received"] == total["packets"] + lost


def _is_json(line: str) -> bool:
    with suppress(ValueError):
        return isinstance(json.loads(line), dict)
    return False
