"""``huginn capture --api``: real connections, p0f beside it, and the end of it all. Needs root."""

from __future__ import annotations

import json
import os
import pwd
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import api_vectors as vectors
from tests.support import network as net
from tests.support.api_hosts import client, received
from tests.support.api_sockets import asked, both_listening, listening, send, wait_until
from tests.support.processes import capturing, huginn, run

OK = 0x10


@pytest.fixture
def network() -> Iterator[net.Network]:
    with net.network(quiet=True) as made:
        yield made


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
