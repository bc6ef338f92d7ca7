"""``huginn capture --api``: real connections, p0f beside it, and the end of it all. Needs root."""

from __future__ import annotations

import json
import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support import api_vectors as vectors
from tests.support import needs
from tests.support import network as net
from tests.support.api_hosts import ANSWER_BYTES, TIMEOUT_S, client, fields, query, received
from tests.support.captures import pcap
from tests.support.packets import ethernet
from tests.support.processes import CaptureProcess, capturing, huginn, run

OK = 0x10


@pytest.fixture
def network() -> Iterator[net.Network]:
    with net.network(quiet=True) as made:
        yield made


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


def test_real_connections_are_asked_for_while_the_capture_goes_on(
    network: net.Network, tmp_path: Path
) -> None:
    path = tmp_path / "s"
    with capturing(network.server, "cable", "--api", str(path), folder=tmp_path) as capture:
        listening(capture, path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        assert asked(path, net.CLIENT_IP4)[1] == 0x20
        network.connect(net.SERVER_IP4)
        wait_until(lambda: asked(path, net.CLIENT_IP4)[1] == OK, capture)
        found = asked(path, net.CLIENT_IP4)
        assert (found[4], found[9], found[12], found[16]) == (1, 0, "Linux", "Ethernet")
        capture.process.send_signal(signal.SIGHUP)
        network.connect(net.SERVER_IP4)
        wait_until(lambda: asked(path, net.CLIENT_IP4)[4] == 2, capture)
        with client(path) as talk:
            talk.sendall(json.dumps({"ip": net.CLIENT_IP4}).encode() + b"\n")
            line = b""
            while not line.endswith(b"\n"):
                line += received(talk, 1)
        assert json.loads(line)["connections"] == 2
        capture.process.send_signal(signal.SIGUSR1)
        capture.wait_for(lambda: " answered" in capture.errors_path.read_text(), "what was counted")
        done = capture.stop(signal.SIGTERM)
    assert done.status == 0
    assert not path.exists()


@pytest.mark.parametrize("may_remove", [True, False])
def test_the_socket_is_made_before_rights_are_given_up(
    network: net.Network, tmp_path: Path, may_remove: bool
) -> None:
    """It belongs to the user, who removes it where the folder allows that; where not, the next start does."""
    user = pwd.getpwnam("nobody")
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    folder.chmod(0o755)
    path = folder / "s"
    if may_remove:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        words = ("cable", "--api", str(path), "--user", "nobody", "--wait")
        with capturing(network.server, *words, folder=tmp_path) as capture:
            listening(capture, path)
            assert (path.stat().st_uid, path.stat().st_gid) == (user.pw_uid, user.pw_gid)
            assert asked(path, net.CLIENT_IP4)[1] == 0x20
            done = capture.stop(signal.SIGTERM)
        assert done.status == 0
        assert path.exists() is not may_remove
        assert ("cannot be removed: Permission denied; the next start takes its place" in done.errors) is (
            not may_remove
        )
        with capturing(network.server, "cable", "--api", str(path), folder=tmp_path) as capture:
            wait_until(lambda: answers(path), capture)
            capture.stop(signal.SIGTERM)
        assert not path.exists()
    finally:
        path.unlink(missing_ok=True)
        folder.rmdir()


def answers(path: Path) -> bool:
    try:
        return asked(path, net.CLIENT_IP4)[1] in (OK, 0x20)
    except OSError:
        return False


def test_a_refusal_later_leaves_no_socket(network: net.Network, tmp_path: Path) -> None:
    path = tmp_path / "s"
    words = ["-o", str(tmp_path / "nowhere" / "out"), "--api", str(path)]
    done = run(net.inside(network.server, huginn("capture", "cable", *words)))
    assert done.status == 2
    assert not path.exists()


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


def test_p0f_on_the_same_traffic_says_the_same(
    network: net.Network, tmp_path: Path, stock_path: Path
) -> None:
    """Every field of every host, but times, which may differ by a second."""
    hosts = ["10.77.0.2", "fd77::2", "10.77.0.1", "fd77::1", "192.0.2.77"]
    hosts += [f"10.88.0.{number}" for number in (10, 11, 12, 13, 14, 15, 16)]
    hosts += [f"10.77.3.{number}" for number in (1, 2, 3, 4)]
    with both_listening(network, stock_path, tmp_path) as (theirs, ours):
        send(network, vectors.both_runs(), tmp_path, (theirs, ours), "10.77.3.4")
        for host in hosts:
            one, other = asked(theirs, host), asked(ours, host)
            assert [*one[:2], *one[4:7], *one[9:]] == [*other[:2], *other[4:7], *other[9:]], host
            for number in (2, 3):
                assert abs(one[number] - other[number]) <= 1, host
