"""The one read of a connection, and what is remembered of it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

from huginn_cffi import server
from huginn_cffi.server import clients
from tests.server.connections import armed_pair, linux, listener, pair
from tests.server.strangers import CONNECTIONS
from tests.support.core import CORE

pytestmark = linux


def test_later_calls_say_the_same() -> None:
    before = server.counts()
    with armed_pair() as made:
        first = server.client(made.accepted)
        assert first is not None
        assert server.client(made.accepted) == first
        assert server.why(made.accepted) is None
        assert server.saved_syn(made.accepted) == b""
    after = server.counts()
    assert after["saved"] == before["saved"] + 1
    assert after["memo"] > before["memo"]


def test_why_there_is_none() -> None:
    before = server.counts()
    with listener() as listening:
        with pair(listening) as made:
            assert server.client(made.accepted) is None
            assert server.why(made.accepted) == "not armed"
        server.arm(listening)
        with pair(listening) as made:
            assert server.saved_syn(made.accepted)
            assert server.client(made.accepted) is None
            assert server.why(made.accepted) == "cookies or read before"
    after = server.counts()
    gained = {name: after[name] - count for name, count in before.items() if after[name] != count}
    assert gained == {"not armed": 1, "cookies or read before": 1}


def test_a_listener_that_is_not_armed_is_warned_of_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(clients._counted, "not armed", 0)
    with listener() as listening:
        for _ in range(2):
            with pair(listening) as made:
                assert server.client(made.accepted) is None
    [record] = caplog.records
    assert record.name == "huginn_cffi.server.clients"
    assert "huginn_cffi.server.arm(listener)" in record.getMessage()


def test_threads_that_ask_at_once_get_one_answer() -> None:
    with listener() as listening, ThreadPoolExecutor(8) as pool:
        server.arm(listening)
        for _ in range(20):
            with pair(listening) as made:
                found = list(pool.map(server.client, [made.accepted] * 8))
                assert found[0] is not None
                assert found == found[:1] * 8


def test_a_child_process_has_locks_of_its_own() -> None:
    with armed_pair() as made, clients._lock:
        child = os.fork()
        if child == 0:
            os._exit(0 if server.client(made.accepted) is not None else 1)
        assert os.waitpid(child, 0)[1] == 0


def test_an_option_of_the_parent_holds_in_its_children() -> None:
    with listener() as listening:
        server.arm(listening)
        child = os.fork()
        if child == 0:
            os._exit(0 if server.client(listening.accept()[0]) is not None else 1)
        with socket.create_connection(listening.getsockname()):
            assert os.waitpid(child, 0)[1] == 0


def test_each_listener_that_shares_a_port_is_armed_by_itself() -> None:
    reasons = set()
    with ExitStack() as stack:
        port = 0
        sharing = []
        for _ in range(2):
            one = stack.enter_context(socket.create_server(("127.0.0.1", port), backlog=64, reuse_port=True))
            one.setblocking(False)
            sharing.append(one)
            port = one.getsockname()[1]
        armed, _ = sharing
        server.arm(armed)
        while len(reasons) < 2:
            with socket.create_connection(("127.0.0.1", port)):
                for one in sharing:
                    with suppress(BlockingIOError), one.accept()[0] as accepted:
                        reasons.add((one is armed, server.why(accepted)))
    assert reasons == {(True, None), (False, "not armed")}


def test_asyncio_and_its_streams() -> None:
    async def talk() -> list[object]:
        found: list[object] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await reader.read(1):
                found.append(server.client(writer))
                found.append(server.client(writer.transport))
                found.append(server.client(writer.get_extra_info("socket")))
                writer.write(b"x")
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1")
        async with listening:
            assert all(server.arm(one) for one in listening.sockets)
            reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
            for _ in range(2):
                writer.write(b"x")
                await reader.read(1)
            writer.close()
            await writer.wait_closed()
        return found

    found = asyncio.run(talk())
    assert found[0] is not None
    assert found == found[:1] * 6


def test_the_address_that_middleware_puts_into_a_request() -> None:
    """A connection that is gone is not one of a Unix socket, whose clients have no address."""
    with armed_pair() as made:
        kept = clients.request_values(made.accepted)
        assert kept == {clients.KEY: server.client(made.accepted), clients.PEER: "127.0.0.1"}
        made.accepted.close()
        assert clients.PEER not in clients.request_values(made.accepted)
    first, second = socket.socketpair()
    with first, second:
        assert clients.request_values(first) == {clients.KEY: None, clients.PEER: ""}

    class ClosedTransport(asyncio.Transport):
        def get_extra_info(self, name: str, default: object = None) -> None:
            return None

    assert clients.request_values(ClosedTransport()) == {clients.KEY: None}


@pytest.mark.parametrize("half", ["silent", "cut"])
def test_strangers_leave_nothing(half: str) -> None:
    """10,000 connections that nobody asks about twice; no descriptor, no entry and no SYN remains."""
    command = [sys.executable, "-m", "tests.server.strangers", half]
    done = subprocess.run(command, cwd=CORE.parent, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found, leave_nothing, saved = json.loads(done.stdout)
    assert found == [[True, True]]
    assert leave_nothing
    assert saved == CONNECTIONS
