"""A thousand clients that are silent, slow, half-closed or gone, and one that asks."""

from __future__ import annotations

import json
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from huginn_cffi.sockets import p0f_api as api_server
from huginn_cffi.sockets.p0f_api import IDLE_S
from tests.support.api_hosts import (
    ANSWER_BYTES,
    HOST,
    KNOWN,
    TIMEOUT_S,
    client,
    is_silent,
    no_descriptors,
    received,
    resting,
    serving,
    wait_until,
)

SILENT = 996
LINE = json.dumps({"ip": HOST}).encode() + b"\n"


@pytest.fixture
def _descriptors() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] != resource.RLIM_INFINITY and before[1] < 4096:
        pytest.skip("this process may open fewer than 4,096 files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before[0], 4096), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("_descriptors")
def test_a_thousand_clients_that_ask_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with ExitStack() as stack:
        server = stack.enter_context(serving(path, most_clients=2000))  # nobody has to leave
        honest = stack.enter_context(client(path))
        silent = [stack.enter_context(client(path)) for _ in range(SILENT)]
        for number, talk in enumerate(silent):
            if number % 2:
                talk.sendall(KNOWN[: number % len(KNOWN)])
        for number in range(300):
            with client(path) as talk:  # in the middle of a query, unread, and half-closed
                talk.sendall((KNOWN[:9], KNOWN * 20, KNOWN)[number % 3])
                if number % 3 == 2:
                    talk.shutdown(socket.SHUT_WR)
        with client(path) as last:  # all before it were taken by then
            last.sendall(KNOWN)
            assert len(received(last, ANSWER_BYTES)) == ANSWER_BYTES
        wait_until(lambda: server.clients == SILENT + 1)
        with resting(server):
            assert is_silent(honest)
        honest.sendall(KNOWN)
        assert len(received(honest, ANSWER_BYTES)) == ANSWER_BYTES
        assert server.turned_away == 0


@pytest.mark.usefixtures("_descriptors")
def test_of_1100_clients_the_last_100_are_turned_away(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with ExitStack() as stack:
        server = stack.enter_context(serving(path))
        first = stack.enter_context(client(path))
        for _ in range(999):
            stack.enter_context(client(path))
        further = [stack.enter_context(client(path)) for _ in range(100)]
        for talk in further:
            assert talk.recv(1) == b""
        assert server.turned_away == 100
        first.sendall(KNOWN)
        assert len(received(first, ANSWER_BYTES)) == ANSWER_BYTES


def test_no_descriptors_left_is_no_loop(tmp_path: Path) -> None:
    """Clients wait until there is room, and those that are there are answered."""
    path = tmp_path / "s"
    with serving(path) as server, client(path) as there, socket.socket(socket.AF_UNIX) as waits:
        there.sendall(KNOWN)
        received(there, ANSWER_BYTES)
        waits.settimeout(TIMEOUT_S)
        with no_descriptors(), resting(server):
            waits.connect(str(path))
            waits.sendall(KNOWN)
            there.sendall(KNOWN)
            assert len(received(there, ANSWER_BYTES)) == ANSWER_BYTES
            assert is_silent(waits)
        waits.settimeout(TIMEOUT_S)
        assert len(received(waits, ANSWER_BYTES)) == ANSWER_BYTES


@pytest.mark.parametrize("said", [b"", KNOWN[:9], LINE], ids=["nothing", "half a query", "a line"])
def test_idle_clients_give_their_places_to_new_ones(
    said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that ask now and then stay, and so do all while nobody needs a place."""
    path, now = tmp_path / "s", 1000.0
    monkeypatch.setattr(api_server, "time", SimpleNamespace(monotonic=lambda: now))
    with ExitStack() as stack:
        server = stack.enter_context(serving(path, most_clients=4))
        idle = [stack.enter_context(client(path)) for _ in range(2)]
        for talk in idle:
            talk.sendall(said)
            assert said != LINE or talk.recv(1 << 16)
        plain, lines = (stack.enter_context(client(path)) for _ in range(2))
        for _ in range(3):
            now += IDLE_S / 2
            plain.sendall(KNOWN)
            assert len(received(plain, ANSWER_BYTES)) == ANSWER_BYTES
            lines.sendall(LINE)
            assert HOST.encode() in lines.recv(1 << 16)
        assert server.clients == 4
        for number in range(2):
            assert asked(path, stack)
            wait_until(lambda: server.idle > number)  # noqa: B023
        assert not asked(path, stack, times=1)
        assert [talk.recv(1) for talk in idle] == [b"", b""]
        plain.sendall(KNOWN)
        assert len(received(plain, ANSWER_BYTES)) == ANSWER_BYTES
        lines.sendall(LINE)
        assert HOST.encode() in lines.recv(1 << 16)


def asked(path: Path, stack: ExitStack, times: int = 100) -> bool:
    """Whether a new client gets an answer, where it tries again; it stays connected."""
    for _ in range(times):
        talk = stack.enter_context(client(path))
        with suppress(OSError):
            talk.sendall(KNOWN)
            if len(received(talk, ANSWER_BYTES)) == ANSWER_BYTES:
                return True
        time.sleep(0.05)
    return False
