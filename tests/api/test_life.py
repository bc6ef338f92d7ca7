"""A server that cannot begin, or meets trouble, and what it leaves behind."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.base.errors import HuginnError
from huginn_cffi.cli.sockets import Api, ApiOptions
from huginn_cffi.sockets.p0f_api import ApiServer, _Client
from huginn_cffi.sockets.socket_file import SocketFile
from tests.support.api_hosts import (
    ANSWER_BYTES,
    HOST,
    KNOWN,
    TIMEOUT_S,
    client,
    no_descriptors,
    one_host,
    received,
    resting,
    serving,
    wait_until,
)
from tests.support.forks import in_a_child

LINE = json.dumps({"ip": HOST}).encode() + b"\n"


def held() -> list[int]:
    """Descriptors and threads."""
    return [len(list(Path("/proc/self", name).iterdir())) for name in ("fd", "task")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s"


def test_without_descriptors_it_does_not_begin(path: Path) -> None:
    api = Api(ApiOptions(str(path), None, "0660"), one_host())
    before = held()
    with no_descriptors(), pytest.raises(HuginnError, match="clients cannot be served: "):
        api.do_due()
    wait_until(lambda: held() == before)
    api.close()
    assert not path.exists()


def test_without_a_thread_it_does_not_begin(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    file = SocketFile(str(path))
    server, before = ApiServer(file.socket, one_host()), held()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fails)
        with pytest.raises(HuginnError, match="clients cannot be served: can't start new thread"):
            server.start()
    wait_until(lambda: held() == before)
    server.stop()
    file.remove()


def test_it_may_be_stopped_twice_and_before_it_began(path: Path) -> None:
    file = SocketFile(str(path))
    server = ApiServer(file.socket, one_host())
    server.stop()
    file.remove()
    with serving(path) as other:
        other.stop()


def test_one_client_that_cannot_be_taken_over_costs_the_others_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As often as there are places: each is free again."""
    with serving(path, most_clients=3) as server:
        register = server._selector.register

        def fails(*arguments: Any) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(server._selector, "register", fails)
            for _ in range(5):
                with client(path) as talk:
                    assert received(talk, 1) == b""
        assert server._selector.register == register
        with client(path) as talk:
            talk.sendall(LINE + KNOWN)
            talk.shutdown(socket.SHUT_WR)
            line, _, rest = received(talk, 1 << 20).partition(b"\n")
            assert json.loads(line)["known"]
            assert len(rest) == ANSWER_BYTES
        assert server.turned_away == 0


def test_a_client_of_lines_that_vanishes_costs_the_others_nothing(path: Path) -> None:
    """With queries that were not answered yet and answers that it never read; its place is free again."""
    with serving(path, most_clients=2) as server, client(path) as stays:
        stays.sendall(LINE)
        assert json.loads(stays.recv(1 << 16))["known"]
        for _ in range(3):
            with client(path) as greedy:
                greedy.sendall(LINE)
                greedy.settimeout(0.2)
                with suppress(TimeoutError):
                    while True:
                        greedy.sendall(100 * LINE)
            wait_until(lambda: server.clients == 1)
            stays.sendall(LINE)
            assert json.loads(stays.recv(1 << 16))["known"]
        assert server.turned_away == 0


def test_being_woken_for_nothing_is_no_end(path: Path) -> None:
    """The system may say that there is something to read where there is nothing."""
    with serving(path) as server:
        here, there = socket.socketpair(socket.AF_UNIX)
        with here:
            here.settimeout(TIMEOUT_S)
            one = _Client(there, server._hosts)
            with one.socket:
                server._attend(one)
                assert one.socket.fileno() >= 0
                here.sendall(LINE)
                server._attend(one)
                assert json.loads(here.recv(1 << 16))["known"]


def test_the_default_timeout_of_sockets_makes_nobody_wait(path: Path) -> None:
    socket.setdefaulttimeout(30)
    try:
        with serving(path) as server, client(path) as talk:
            talk.sendall(LINE)
            received(talk, 1)
            assert [one.socket.gettimeout() for one in server._clients] == [0]
    finally:
        socket.setdefaulttimeout(None)


def test_a_listener_that_was_shut_down_takes_no_processor(path: Path) -> None:
    with serving(path) as server, client(path) as talk:
        talk.sendall(KNOWN)
        received(talk, ANSWER_BYTES)
        with resting(server):
            server._listener.shutdown(socket.SHUT_RDWR)
            time.sleep(0.5)
        talk.sendall(KNOWN)
        assert len(received(talk, ANSWER_BYTES)) == ANSWER_BYTES


def test_all_answers_are_counted(path: Path) -> None:
    """Also those that were sent while it was stopped."""
    for _ in range(20):
        with serving(path) as server, client(path) as talk:
            talk.sendall(KNOWN * 100)  # there is room for all answers
            received(talk, ANSWER_BYTES)
            server.stop()
            count = 1
            with suppress(ConnectionResetError):
                while received(talk, ANSWER_BYTES):
                    count += 1
        assert server.answered == count
        assert server.clients == 0


def test_a_forked_process_stops_at_once_and_ends_nothing(path: Path) -> None:
    """The selector is shared with it."""
    with serving(path) as server, client(path) as plain, client(path) as lines:
        lines.sendall(LINE)
        assert lines.recv(1 << 16)
        assert in_a_child(server.stop) == ""
        assert in_a_child(lambda: server.answered) == ""
        for _ in range(2):
            plain.sendall(KNOWN)
            assert len(received(plain, ANSWER_BYTES)) == ANSWER_BYTES
            lines.sendall(LINE)
            assert HOST.encode() in lines.recv(1 << 16)
