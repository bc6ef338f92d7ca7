"""Listeners with clients of this machine's kernel."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import pytest

from huginn_cffi import server
from tests.support.serving import PATIENCE_S as PATIENCE_S

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps SYNs")
LOOPBACKS = ("127.0.0.1", "::1")


class ConnectionPair(NamedTuple):
    """Both ends of a connection."""

    accepted: socket.socket
    connecting: socket.socket


def listener(address: str = "127.0.0.1", protocol: int = 0) -> socket.socket:
    """A socket that listens, not armed."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        made = socket.socket(family, socket.SOCK_STREAM, protocol)
        made.bind((address, 0))
    except OSError as error:
        pytest.skip(f"no listener at {address}, protocol {protocol}: {error}")
    made.listen(1024)
    made.settimeout(PATIENCE_S)
    return made


@contextmanager
def pair(listening: socket.socket, address: str | None = None) -> Iterator[ConnectionPair]:
    """A connection to a listener."""
    host, port = listening.getsockname()[:2]
    with ExitStack() as stack:
        connecting = stack.enter_context(socket.create_connection((address or host, port), PATIENCE_S))
        accepted = stack.enter_context(listening.accept()[0])
        yield ConnectionPair(accepted, connecting)


@contextmanager
def armed_pair(address: str = "127.0.0.1") -> Iterator[ConnectionPair]:
    """A connection to a listener that keeps SYNs."""
    with listener(address) as listening:
        assert server.arm(listening)
        with pair(listening) as made:
            yield made
