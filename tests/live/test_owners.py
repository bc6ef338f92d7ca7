"""With ``--user``, all that a capture makes belongs to that user, after rotations and restarts too."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support import network as net
from tests.support.processes import CaptureProcess, capturing, huginn, inside, run

USER = "nobody"
CONNECT = """
import socket
with socket.socket() as s:
    s.connect_ex(("127.0.0.1", 9))
"""


@pytest.fixture
def network() -> Iterator[net.Network]:
    with net.network() as made:
        yield made


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the user, below one that all may enter."""
    entry = pwd.getpwnam(USER)
    made = Path(tempfile.mkdtemp(prefix="huginn-"))
    os.chown(made, entry.pw_uid, entry.pw_gid)
    try:
        yield made
    finally:
        shutil.rmtree(made)


def owners(folder: Path) -> dict[str, tuple[int, int]]:
    """Of the files there. What is written beside its destination is renamed meanwhile."""
    found = {}
    for one in folder.iterdir():
        with suppress(FileNotFoundError):
            status = one.lstat()
            found[one.name] = (status.st_uid, status.st_gid)
    return found


def connect(network: net.Network) -> None:
    subprocess.run(inside(network.client, [sys.executable, "-c", CONNECT]), check=True, timeout=60)


def words_of(folder: Path) -> list[str]:
    """All outputs that a capture can have."""
    words = ["lo", "--user", USER, "--format", "json", "-o", str(folder / "out.jsonl"), "--rotate-size", "1"]
    words += ["--store", str(folder / "store.sqlite"), "--hosts", str(folder / "hosts.jsonl")]
    words += ["--api", str(folder / "api"), "--metrics-file", str(folder / "metrics.prom")]
    return [*words, "--stats-interval", "0.2", "--listen", f"unix:{folder / 'listen'}"]


LASTING = {"out.jsonl", "store.sqlite", "hosts.jsonl", "metrics.prom"}
SOCKETS = {"api", "listen"}


def rotated(folder: Path) -> int:
    return len(list(folder.glob("out.jsonl.*")))


def one_run(capture: CaptureProcess, network: net.Network, folder: Path, before: int) -> None:
    """Two rotations, what SIGUSR1 and SIGHUP write, and an end without complaints."""
    for count in (before + 1, before + 2):
        connect(network)
        capture.wait_for(lambda count=count: rotated(folder) >= count, "a rotation")  # type: ignore[misc]
    capture.process.send_signal(signal.SIGUSR1)
    capture.process.send_signal(signal.SIGHUP)
    made = LASTING | SOCKETS
    capture.wait_for(lambda: made <= set(owners(folder)), "all outputs")
    capture.wait_for(lambda: "outputs are open again" in capture.errors_path.read_text(), "the outputs")
    entry = pwd.getpwnam(USER)
    assert set(owners(folder).values()) == {(entry.pw_uid, entry.pw_gid)}, owners(folder)
    done = capture.stop(signal.SIGTERM)
    assert done.status == 0, done.errors
    assert "cannot" not in done.errors
    left = owners(folder)
    assert left.keys() >= LASTING
    assert not left.keys() & SOCKETS
    assert set(left.values()) == {(entry.pw_uid, entry.pw_gid)}, left


def test_all_outputs_belong_to_the_user(network: net.Network, folder: Path, tmp_path: Path) -> None:
    for before in (0, 2):  # the second run finds the files of the first
        with capturing(network.client, *words_of(folder), folder=tmp_path) as capture:
            one_run(capture, network, folder, max(before, rotated(folder)))


@pytest.mark.parametrize("option", ["-o", "--store", "--hosts"])
def test_a_file_that_the_user_cannot_write_is_refused_at_the_start(
    network: net.Network, tmp_path: Path, option: str
) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "output"
    done = run(inside(network.client, huginn("capture", "lo", "--user", USER, option, str(path))))
    assert done.status in (1, 2)
    assert str(path) in done.errors
    assert "listening" not in done.errors
    assert len(done.errors.splitlines()) == 1
    assert not path.exists()
