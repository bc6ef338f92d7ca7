"""Hellos of real clients and made ones, whole and in pieces, and what is none."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import ssl
import threading
from pathlib import Path

import pytest

from huginn_cffi import server
from huginn_cffi.server import hellos
from tests.server.connections import PATIENCE_S, listener, pair
from tests.support.serving import trusting
from tests.support.tls import conversation, hello_model

MESSAGE = conversation.client_hello()
HELLO = conversation.record(MESSAGE)
JA4 = hello_model.read_hello(MESSAGE).ja4()


def test_what_a_hello_tells() -> None:
    found = server.read_hello(HELLO)
    assert found is not None
    assert (found.ja4, found.sni, found.raw) == (JA4, "example.com", HELLO)
    assert str(found) == (found.name or "unknown")
    assert repr(found) == f"ClientHello(name={found.name!r}, ja4={JA4!r}, sni='example.com')"


@pytest.mark.parametrize("sizes", [(), (1, 1, 1, 1, 1), (3, 100), (4,), (200,)])
def test_hellos_in_several_records(sizes: tuple[int, ...]) -> None:
    stream = conversation.records(MESSAGE, sizes)
    found = server.read_hello(stream)
    assert found is not None
    assert found.ja4 == JA4
    for end in range(len(stream)):
        assert server.read_hello(stream[:end]) is None
        assert end < hellos._needed(stream[:end]) <= len(stream)


@pytest.mark.parametrize("version", [0x0300, 0x0303, 0x0305, 0x03FF])
def test_the_version_of_a_record_is_ignored(version: int) -> None:
    """RFC 8446, 5.1."""
    found = server.read_hello(conversation.record(MESSAGE, version=version))
    assert found is not None
    assert found.ja4 == JA4


@pytest.mark.parametrize(
    "stream",
    [
        *(b"", b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", b"\x16\3\1\0\0" * 3),
        *(conversation.record(b"x", kind=23), conversation.record(conversation.server_hello())),
        *(conversation.record(b"\1\0\xff\xff" + bytes(5000)) * 9, conversation.records(MESSAGE, [1] * 100)),
        *(conversation.record(b"\1\0\0\2\3\3"), HELLO[:50]),
    ],
)
def test_what_is_none(stream: bytes) -> None:
    assert server.read_hello(stream) is None


def test_any_damage_has_an_answer() -> None:
    dice = random.Random(5)
    for _ in range(500):
        damaged = bytearray(HELLO)
        for _ in range(dice.randrange(1, 4)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        found = server.read_hello(bytes(damaged))
        assert found is None or found.raw == bytes(damaged)


@pytest.mark.parametrize("end", ["whole", "in pieces"])
def test_peeking_takes_nothing(end: str) -> None:
    with listener() as listening, pair(listening) as made:
        pieces = [HELLO] if end == "whole" else [HELLO[at : at + 20] for at in range(0, len(HELLO), 20)]
        made.connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.connecting.sendall(pieces[0])
        later = threading.Thread(target=lambda: [made.connecting.sendall(one) for one in pieces[1:]])
        later.start()
        found = server.peek_hello(made.accepted, timeout=PATIENCE_S)
        later.join()
        assert found is not None
        assert found.ja4 == JA4
        assert made.accepted.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) == 1
        assert made.accepted.recv(1000, socket.MSG_WAITALL | socket.MSG_DONTWAIT) == HELLO


def test_clients_that_wait_end_or_speak_something_else() -> None:
    with listener() as listening:
        with pair(listening) as made:
            assert server.peek_hello(made.accepted, timeout=0) is None
            made.connecting.sendall(HELLO[:100])
            assert server.peek_hello(made.accepted, timeout=0.05) is None
            made.connecting.shutdown(socket.SHUT_WR)
            assert server.peek_hello(made.accepted, timeout=PATIENCE_S) is None
        with pair(listening) as made:
            made.connecting.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert server.peek_hello(made.accepted, timeout=PATIENCE_S) is None
            assert made.accepted.recv(3) == b"GET"
        with pair(listening) as made:
            made.accepted.close()
            assert server.peek_hello(made.accepted) is None


def ja4_of(context: ssl.SSLContext) -> str:
    """Of the hello that a context sends, by the tests' own reader."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    talk = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
    with contextlib.suppress(ssl.SSLWantReadError):
        talk.do_handshake()
    message = hello_model.message_in_records(outgoing.read())
    assert message is not None
    return hello_model.read_hello(message).ja4()


def test_a_handshake_goes_on(certificate: Path) -> None:
    """Peeked at, then wrapped: both ends speak TLS, and the SYN's system is there as well."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    asking = trusting(certificate)
    asking.check_hostname = False
    answers: list[bytes] = []

    def ask(address: tuple[str, int]) -> None:
        plain = socket.create_connection(address, PATIENCE_S)
        with asking.wrap_socket(plain, server_hostname="localhost") as secure:
            answers.append(secure.recv(5))

    with listener() as listening:
        server.arm(listening)
        client = threading.Thread(target=ask, args=(listening.getsockname(),))
        client.start()
        accepted, _ = listening.accept()
        found = server.peek_hello(accepted, timeout=PATIENCE_S)
        with serving.wrap_socket(accepted, server_side=True) as secure:
            secure.sendall(b"hello")
            assert (server.client(secure) is not None) == server.supported()
        client.join()
    assert answers == [b"hello"]
    assert found is not None
    assert (found.ja4, found.sni) == (ja4_of(asking), "localhost")


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_asyncio(loop: str) -> None:
    made_loop = pytest.importorskip(loop, reason=f"{loop} is not installed").new_event_loop()

    async def talk() -> tuple[object, object]:
        with listener() as listening, pair(listening) as made:
            made.accepted.setblocking(False)
            early = await server.peek_hello_async(made.accepted, timeout=0.05)
            made.connecting.sendall(HELLO[:50])
            waiting = asyncio.ensure_future(server.peek_hello_async(made.accepted, timeout=PATIENCE_S))
            await asyncio.sleep(0)
            made.connecting.sendall(HELLO[50:])
            found = await waiting
            assert made.accepted.recv(1000) == HELLO
            return early, found and found.ja4

    try:
        assert made_loop.run_until_complete(talk()) == (None, JA4)
    finally:
        made_loop.close()
