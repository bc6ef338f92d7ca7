"""The kernel's numbers of connections: of this machine's, and of no others."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterator

import pytest

from huginn_cffi.sockets.cookies import SocketCookies
from huginn_cffi.sockets.peers import PeerAddress, Question

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


def end(address: tuple[str, int]) -> PeerAddress:
    text = address[0].removeprefix("::ffff:")
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    return PeerAddress(socket.inet_pton(family, text), address[1])


@pytest.fixture
def cookies() -> Iterator[SocketCookies]:
    made = SocketCookies()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("listens", "host", "options"),
    [("127.0.0.1", "127.0.0.1", {}), ("::1", "::1", {}), ("::", "127.0.0.1", {"dualstack_ipv6": True})],
    ids=["4", "6", "mapped"],
)
def test_a_connection_and_the_next_one(
    cookies: SocketCookies, listens: str, host: str, options: dict[str, bool]
) -> None:
    family = socket.AF_INET6 if ":" in listens else socket.AF_INET
    found = []
    with socket.create_server((listens, 0), family=family, **options) as listener:
        port, own = listener.getsockname()[1], 0
        for _ in range(2):
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.bind((host, own))
                client.connect((host, port))
                own = client.getsockname()[1]
                accepted, peer = listener.accept()
                with accepted:
                    asked = Question(end(peer[:2]), end(accepted.getsockname()[:2]))
                    found += [cookies.of(asked), cookies.of(asked)]
    assert None not in found
    assert found[0] == found[1] != found[2] == found[3]


@pytest.mark.parametrize(
    "question",
    [
        Question(end(("192.0.2.1", 9)), end(("192.0.2.2", 9))),
        Question(end(("127.0.0.1", 9)), None),
        Question(end(("127.0.0.1", 0)), end(("127.0.0.1", 9))),
        Question(end(("127.0.0.1", 9)), end(("127.0.0.1", 9)), "quic"),
        Question(end(("127.0.0.1", 9)), end(("::1", 9))),
    ],
)
def test_connections_without_a_number(cookies: SocketCookies, question: Question) -> None:
    assert cookies.of(question) is None


def test_a_system_that_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*words: object) -> socket.socket:
        raise PermissionError

    monkeypatch.setattr("huginn_cffi.sockets.cookies.socket.socket", refused)
    made = SocketCookies()
    assert made.of(Question(end(("127.0.0.1", 9)), end(("127.0.0.1", 8)))) is None
    made.close()
