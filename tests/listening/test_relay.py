"""The relay for Traefik: answers of the capture; empty ones if it is stopped or hangs, and their count."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from huginn_cffi.sockets import relay
from huginn_cffi.sockets.socket_file import SocketFile
from tests.listening.test_server import ServerSite
from tests.support.api_vectors import ANY_LINUX
from tests.support.packets import Ip4
from tests.support.peer_rows import WINDOWS, request

TARGET = "/connection?client_header=X-Forwarded-For&wait=0"


@contextmanager
def capture(path: Path) -> Iterator[ServerSite]:
    file = SocketFile(str(path))
    made = ServerSite(file.socket)
    try:
        yield made
    finally:
        made.server.stop()
        file.remove()


@pytest.fixture
def where(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """The address of a relay for the socket `tmp_path`/ask."""
    ready: list[tuple[str, int]] = []
    begun, loop = threading.Event(), asyncio.new_event_loop()

    async def begin() -> None:
        serve = relay.Relay(str(tmp_path / "ask")).serve
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=relay.MOST_HEAD)
        ready.append(server.sockets[0].getsockname())
        begun.set()

    def run() -> None:
        loop.run_until_complete(begin())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert begun.wait(60)
    yield ready[0]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def ask(
    where: tuple[str, int], *targets: str, head: str = "Host: 127.0.0.1:8089\r\n", method: str = "GET"
) -> str:
    """The answers to requests of one connection."""
    with socket.create_connection(where, timeout=60) as talk:
        for target in targets:
            talk.sendall(f"{method} {target} HTTP/1.1\r\n{head}\r\n".encode("latin-1"))
        talk.shutdown(socket.SHUT_WR)
        answer = b""
        while more := talk.recv(65536):
            answer += more
    return answer.decode()


def asked(where: tuple[str, int]) -> str:
    """As ForwardAuth asks."""
    agent = WINDOWS.decode()
    sent = f"Host: 127.0.0.1:8089\r\nX-Forwarded-For: {Ip4().source}\r\nUser-Agent: {agent}\r\n"
    return ask(where, TARGET, head=sent)


def counted(where: tuple[str, int]) -> tuple[int, int]:
    """Answered and unanswered questions."""
    lines = dict(
        line.split(" ") for line in ask(where, "/metrics").splitlines() if line.startswith("huginn_")
    )
    return int(lines["huginn_answered_total"]), int(lines["huginn_unanswered_total"])


def test_answers_until_the_capture_stops_and_when_it_is_back(where: tuple[str, int], tmp_path: Path) -> None:
    assert asked(where).startswith("HTTP/1.1 200 ")
    assert counted(where) == (0, 1)
    for number in (1, 2):
        with capture(tmp_path / "ask") as site:
            site.take(request(Ip4(), ANY_LINUX))
            answer = asked(where)
            assert answer.startswith("HTTP/1.1 200 ")
            assert 'Huginn-OS: "Linux"\r\n' in answer
            assert '";verdict=contradicts;by=syn;' in answer
        answer = asked(where)
        assert answer.startswith("HTTP/1.1 200 ")
        assert "Huginn" not in answer
        assert counted(where) == (number, number + 1)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"220 hello\r\n\r\n"]
)
def test_a_capture_that_hangs_or_is_none(
    where: tuple[str, int], tmp_path: Path, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "ANSWER_S", 0.1)
    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(tmp_path / "ask"))
        hanging.listen()
        talks: list[socket.socket] = []

        def accept() -> None:
            talks.append(hanging.accept()[0])
            talks[0].sendall(said)

        thread = threading.Thread(target=accept)
        thread.start()
        assert asked(where) == relay.EMPTY.decode()
        thread.join()
        talks[0].close()
    assert counted(where) == (0, 1)


@pytest.mark.parametrize(
    ("target", "method", "head", "status"),
    [
        (TARGET, "GET", "Host: evil.example\r\n", "421"),
        (TARGET, "GET", "", "421"),
        (TARGET, "GET", "Host: localhost\r\nHost: evil.example\r\n", "421"),
        (TARGET, "POST", "Host: localhost\r\n", "404"),
        ("/envoy/", "GET", "Host: localhost\r\n", "404"),
        ("/host?address=192.0.2.1", "GET", "Host: localhost\r\n", "404"),
        (TARGET, "GET", f"Host: localhost\r\nA: {'x' * 40000}\r\n", "200"),
    ],
)
def test_what_is_refused(where: tuple[str, int], target: str, method: str, head: str, status: str) -> None:
    answer = ask(where, target, head=head, method=method)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "Huginn-Status: refused\r\n" in answer
    assert counted(where) == (0, 0)


def test_a_connection_asks_more_than_once(where: tuple[str, int], tmp_path: Path) -> None:
    with capture(tmp_path / "ask"):
        target = "/connection?client=192.0.2.1:9"
        assert ask(where, target, target, "/metrics").count("Huginn-Status: not_seen") == 2


@pytest.mark.parametrize("client", ["192.0.2.1, 192.0.2.2", "", "x"])
def test_a_question_that_the_capture_refuses(where: tuple[str, int], tmp_path: Path, client: str) -> None:
    """Traefik would refuse the client's request for another status than 200."""
    with capture(tmp_path / "ask"):
        answer = ask(where, TARGET, head=f"Host: localhost\r\nX-Forwarded-For: {client}\r\n")
    assert answer.startswith("HTTP/1.1 200 Refused\r\nHuginn-Status: refused\r\n")


@pytest.mark.parametrize("words", [[], ["127.0.0.1:0"], ["0.0.0.0:1", "/x"], ["unix:/a", "/x"], ["a", "/x"]])
def test_a_wrong_command_is_one_sentence(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        relay.main(words)
    assert str(ended.value).startswith(("usage: ", "huginn relay: "))
    assert "\n" not in str(ended.value)
