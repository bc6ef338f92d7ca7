"""What the kernel keeps, and for which sockets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

import huginn_cffi as hg
from huginn_cffi import server
from huginn_cffi.server import sockets
from tests.server.connections import LOOPBACKS, armed_pair, linux, listener, pair
from tests.support.core import CORE

IPPROTO_MPTCP = 262
HEADERS = {"127.0.0.1": 60, "::1": 80}
"""Bytes of a SYN of Linux: 20 of IPv4 or 40 of IPv6, and 40 of TCP with its options."""


@linux
@pytest.mark.parametrize("address", LOOPBACKS)
def test_the_syn_is_there_once(address: str) -> None:
    with armed_pair(address) as (accepted, connecting):
        syn = server.saved_syn(accepted)
        assert len(syn) == HEADERS[address]
        seen = hg.fingerprint(syn).syn
        assert seen is not None
        assert (seen.source, seen.destination) == (connecting.getsockname()[:2], accepted.getsockname()[:2])
        assert server.saved_syn(accepted) == b""
        assert server.saved_syn(connecting) == b""


@linux
def test_version_4_on_a_socket_of_both_versions() -> None:
    with listener("::") as both:
        assert server.arm(both)
        with pair(both, "127.0.0.1") as made:
            assert made.accepted.getpeername()[0] == "::ffff:127.0.0.1"
            assert len(server.saved_syn(made.accepted)) == HEADERS["127.0.0.1"]


@linux
def test_arming_holds_from_then_on_and_through_any_descriptor() -> None:
    with listener() as listening:
        with pair(listening) as before:
            assert server.saved_syn(before.accepted) == b""
        with socket.socket(fileno=os.dup(listening.fileno())) as other:
            assert server.arm(other)
        with pair(listening) as after:
            assert len(server.saved_syn(after.accepted.fileno())) == 60
            assert after.accepted.fileno() > 0


@linux
def test_descriptors_stay_open() -> None:
    with listener() as listening:
        assert server.arm(listening.fileno())
        with pair(listening) as made:
            assert server.client(made.accepted.fileno()) is not None
            assert server.why(made.accepted.fileno()) == "cookies or read before"
            made.connecting.sendall(b"x")
            assert made.accepted.recv(1) == b"x"


@linux
def test_a_peer_that_is_gone_leaves_its_syn() -> None:
    with armed_pair() as made:
        made.connecting.sendall(b"x")
        made.connecting.close()
        assert len(server.saved_syn(made.accepted)) == 60


@linux
def test_headers_of_the_link_are_cut() -> None:
    with listener() as listening:
        listening.setsockopt(socket.IPPROTO_TCP, sockets.TCP_SAVE_SYN, 2)
        with pair(listening) as made:
            found = server.client(made.accepted)
    assert found is not None
    assert len(found.raw) == 74
    assert found.name is not None
    assert hg.fingerprint(found.raw).capture == "Ethernet frame"


def sockets_that_keep_none() -> list[tuple[str, socket.socket]]:
    first, second = socket.socketpair()
    second.close()
    return [("Unix", first), ("UDP", socket.socket(socket.AF_INET, socket.SOCK_DGRAM))]


def test_sockets_that_keep_none() -> None:
    for name, made in sockets_that_keep_none():
        with made:
            assert not server.arm(made), name
            assert server.saved_syn(made) == b""
            assert server.client(made) is None
            assert server.why(made) == "unsupported"
            with pytest.raises(OSError, match="the socket cannot keep SYNs: "):
                server.arm(made, required=True)


@linux
def test_listeners_of_multipath_tcp_keep_none_and_serve_as_before() -> None:
    with listener(protocol=IPPROTO_MPTCP) as listening:
        assert not server.arm(listening)
        with pair(listening) as made:
            assert server.client(made.accepted) is None
            assert server.why(made.accepted) in ("unsupported", "not armed")


@linux
def test_clients_of_multipath_tcp_at_a_plain_listener() -> None:
    with listener() as listening:
        assert server.arm(listening)
        try:
            connecting = socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP)
        except OSError as error:
            pytest.skip(f"no multipath TCP: {error}")
        with connecting:
            connecting.connect(listening.getsockname())
            with listening.accept()[0] as accepted:
                found = server.client(accepted)
    assert found is not None
    assert "Linux" in str(found)


def test_what_is_closed_and_what_is_no_socket() -> None:
    closed = socket.socket()
    closed.close()
    assert not server.arm(closed)
    assert not server.arm(-1)
    assert server.saved_syn(closed) == b""
    assert server.client(closed) is None
    assert server.why(closed) == "closed"
    for wrong in ("8080", None, True, 1.5):
        with pytest.raises(TypeError, match="a socket or its descriptor is needed, not "):
            server.arm(wrong)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="a socket or its descriptor is needed, not "):
            server.client(wrong)
    with open(os.devnull) as file:  # noqa: PTH123 - a file where a socket should be
        assert not server.arm(file)
        assert server.why(file) == "closed"


def test_another_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with listener() as listening:
        assert not server.supported()
        assert not server.arm(listening)
        with pytest.raises(OSError, match="only Linux keeps"):
            server.arm(listening, required=True)
        with pair(listening) as made:
            assert server.client(made.accepted) is None


@linux
def test_an_ordinary_user_may() -> None:
    """Without any right; as root, as the user 65534 and without capabilities."""
    code = (
        "import os, socket\n"
        "from huginn_cffi import server\n"
        "def name():\n"
        "    assert server.supported()\n"
        "    listener = socket.create_server(('127.0.0.1', 0))\n"
        "    assert server.arm(listener)\n"
        "    client = socket.socket()\n"
        "    client.connect(listener.getsockname())\n"
        "    return server.client(listener.accept()[0]).name\n"
        "first = name()\n"  # which loads what the user may not read
        "if os.geteuid() == 0:\n"
        "    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "    assert 'CapEff:\\t0000000000000000' in open('/proc/self/status').read()\n"
        "assert name() == first\n"
        "print(first)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CORE.parent, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "Linux" in done.stdout


def test_the_package_does_not_import_it() -> None:
    code = "import sys, huginn_cffi; print([name for name in sys.modules if 'huginn_cffi.server' in name])"
    done = subprocess.run([sys.executable, "-c", code], cwd=CORE.parent, capture_output=True, text=True)
    assert done.stdout == "[]\n"
