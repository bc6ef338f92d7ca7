"""p0f's API and huginn's, asked side by side."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import api_vectors as vectors
from tests.support import needs
from tests.support import network as net
from tests.support.api_hosts import ANSWER_BYTES, TIMEOUT_S, client, fields, query, received
from tests.support.captures import pcap
from tests.support.packets import ethernet
from tests.support.processes import CaptureProcess, capturing


def asked(path: Path, address: str) -> tuple[Any, ...]:
    with client(path) as talk:
        talk.sendall(query(address))
        return fields(received(talk, ANSWER_BYTES))


def wait_until(condition: object, capture: CaptureProcess | None = None) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        assert capture is None or capture.process.poll() is None
        time.sleep(0.05)


def listening(capture: CaptureProcess, path: Path) -> None:
    capture.wait_for(path.exists, "the socket")


@contextmanager
def p0f(namespace: str, path: Path, stock: Path, folder: Path) -> Iterator[None]:
    """p0f with a socket, answering already."""
    words = [needs.program("p0f", "p0f"), "-i", "cable", "-s", str(path), "-f", str(stock)]
    words += ["-o", str(folder / "p0f.rows")]
    log = folder / "p0f.log"
    with log.open("wb") as out:
        process = subprocess.Popen(net.inside(namespace, words), stdout=out)
    try:
        wait_until(lambda: b"Entered main event loop" in log.read_bytes())
        yield
    finally:
        process.kill()
        process.wait(TIMEOUT_S)


SENDER = """
import socket, struct, sys, time
data = open(sys.argv[1], "rb").read()[24:]
out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
out.bind(("cable", 0))
first, began = None, time.monotonic()
while data:
    second, fraction, length, _ = struct.unpack("<IIII", data[:16])
    at = second + fraction / 1e6
    first = at if first is None else first
    time.sleep(max(0, began + at - first - time.monotonic()))
    out.send(data[16:16 + length])
    data = data[16 + length:]
"""


@contextmanager
def both_listening(network: net.Network, stock: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """The sockets of p0f and of a capture with p0f's signatures, on the same cable."""
    theirs, ours = folder / "p0f", folder / "ours"
    words = ("cable", "--promiscuous", "--db", str(stock), "--api", str(ours))
    with (
        p0f(network.server, theirs, stock, folder),
        capturing(network.server, *words, folder=folder) as capture,
    ):
        listening(capture, ours)
        yield theirs, ours


def send(
    network: net.Network, packets: list[vectors.Packet], folder: Path, paths: tuple[Path, Path], last: str
) -> None:
    """Send packets at their times, until both know a browser of the last host."""
    sent = folder / "sent.pcap"
    sent.write_bytes(pcap([(time_, ethernet(data)) for time_, data in packets], linktype=1))
    command = [sys.executable, "-c", SENDER, str(sent)]
    subprocess.run(net.inside(network.client, command), check=True, timeout=TIMEOUT_S)
    for path in paths:
        wait_until(lambda path=path: asked(path, last)[14] == "Firefox")
