"""Hellos over UDP on a cable: DTLS of OpenSSL, and QUIC packets that are sent one by one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import needs
from tests.support import network as net
from tests.support.processes import Event, capturing
from tests.support.tls.conversation import HELLO_EXTENSIONS, client_hello, extension, server_hello
from tests.support.tls.datagram_model import Initial, crypto

pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")

QUIC_PORT, DTLS_PORT = "443", "4433"

SERVER = """
import socket, sys
port, answer = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    own.bind(("0.0.0.0", port))
    print("ready", flush=True)
    for _ in range(2):
        _, client = own.recvfrom(2000)
    own.sendto(answer, client)
"""
CLIENT = """
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
    own.settimeout(60)
    own.connect((sys.argv[1], int(sys.argv[2])))
    for datagram in sys.argv[3:]:
        own.send(bytes.fromhex(datagram))
    own.recv(2000)
"""


@pytest.fixture(scope="module")
def network() -> Iterator[net.Network]:
    with net.network() as made:
        yield made


def over_quic(network: net.Network) -> None:
    """A hello with a long key share in two datagrams, the later part first; and an answer."""
    hello = client_hello(HELLO_EXTENSIONS + extension(21, bytes(1200)))
    first = Initial(b"8 bytes.", crypto(700, hello[700:]), source=b"mine")
    second = replace(first, frames=crypto(0, hello[:700]) + bytes(500), packet_number=1)
    answer = Initial(b"mine", crypto(0, server_hello()), b"srv", server=True, key_id=b"8 bytes.")
    packets = [one.sealed().hex() for one in (first, second)]
    serve = [sys.executable, "-c", SERVER, QUIC_PORT, answer.sealed().hex()]
    with subprocess.Popen(net.inside(network.server, serve), stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            send = [sys.executable, "-c", CLIENT, net.SERVER_IP4, QUIC_PORT, *packets]
            subprocess.run(net.inside(network.client, send), check=True, timeout=net.TIMEOUT_S)
        finally:
            server.kill()


def over_dtls(network: net.Network) -> None:
    """OpenSSL with itself, a cookie included."""
    openssl = needs.program("openssl", "openssl")
    shared = ("-psk", "00112233", "-dtls1_2")
    serve = [openssl, "s_server", "-nocert", "-listen", *shared, "-accept", DTLS_PORT]
    talk = [openssl, "s_client", *shared, "-connect", f"{net.SERVER_IP4}:{DTLS_PORT}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(net.inside(network.server, serve), **pipes) as server:  # type: ignore[call-overload]
        try:
            while server.stdout.readline() not in (b"ACCEPT\n", b""):
                pass
            done = subprocess.run(
                net.inside(network.client, talk), input=b"Q\n", capture_output=True, timeout=net.TIMEOUT_S
            )
            assert b"Cipher is" in done.stdout, done.stderr
        finally:
            server.kill()


def told(events: list[Event]) -> list[tuple[str, str, int]]:
    """Of each hello: kind, transport, the server's port."""
    hellos = [event for event in events if event["event"] in ("tls_client", "tls_server")]
    ports = [event["dst_port" if event["event"] == "tls_client" else "src_port"] for event in hellos]
    return [(one["event"], one["transport"], port) for one, port in zip(hellos, ports, strict=True)]


QUIC_ROWS = [("tls_client", "quic", 443), ("tls_server", "quic", 443)]
DTLS_ROWS = [("tls_client", "dtls", 4433), ("tls_server", "dtls", 4433)]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ((), QUIC_ROWS + DTLS_ROWS),
        (("--port", QUIC_PORT), QUIC_ROWS),
        (("--port", "80"), []),
        (("--workers", "2"), QUIC_ROWS + DTLS_ROWS),
        (("--workers", "2", "--port", DTLS_PORT), DTLS_ROWS),
        (("--workers", "2", "--bpf", "udp"), QUIC_ROWS + DTLS_ROWS),
    ],
)
def test_hellos_over_udp_are_seen_live(
    words: tuple[str, ...], rows: list[object], network: net.Network, tmp_path: Path
) -> None:
    with capturing(network.server, "cable", "--format", "json", *words, folder=tmp_path) as capture:
        over_quic(network)
        over_dtls(network)
        capture.wait_for(lambda: len(capture.lines()) >= len(rows), "the hellos")
        live = capture.stop()
    assert sorted(told(live.events)) == sorted(rows)
    assert all(event["ja4"][0] in "qd" for event in live.events if event["event"] == "tls_client")
