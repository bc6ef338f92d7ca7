"""Each example does what its first line says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import needs, samples
from tests.support import network as net
from tests.support.captures import pcap
from tests.support.processes import Finished, inside, run
from tests.support.tls.conversation import Conversation

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
"""So that an example finds the package of this checkout whether or not it is installed."""


def example(name: str, *words: object) -> Finished:
    """Run an example that ends by itself."""
    return run([sys.executable, str(EXAMPLES / name), *map(str, words)], env=ENVIRONMENT)


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """A SYN and its SYN+ACK."""
    path = tmp_path / "some.pcap"
    packets = [(samples.START, samples.SYN_PACKET), (samples.START + 1000, samples.SYN_ACK_PACKET)]
    path.write_bytes(pcap(packets))
    return path


def test_hosts_in_captures(capture: Path, tmp_path: Path) -> None:
    done = example("hosts_in_captures.py", capture, capture)
    assert (done.status, done.errors) == (0, "")
    client, server = done.output.splitlines()
    assert client.split()[0] == samples.IP.source
    assert server.split()[0] == samples.IP.destination
    assert "Linux" in client
    damaged = tmp_path / "damaged.pcap"
    damaged.write_bytes(capture.read_bytes()[:-1])
    done = example("hosts_in_captures.py", damaged)
    assert done.status == 1
    assert done.errors.startswith(f"{damaged}: truncated at record 2")
    assert samples.IP.source in done.output


PARTS = (
    *("TCP SYN", "TCP SYN+ACK", "TCP MTU", "TCP Uptime - Client", "TCP Uptime - Server"),
    *("HTTP Request", "HTTP Response", "TLS Client"),
)
REQUEST = b"GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: curl/8.5\r\nAccept: */*\r\n\r\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n"


def kinds(output: str) -> set[str]:
    """What the parts of an output are."""
    return {line[1:].partition("]")[0] for line in output.splitlines() if line.startswith("[")}


def test_every_protocol(tmp_path: Path) -> None:
    web = tmp_path / "web.pcap"
    talk = Conversation(server_port=80).handshake().client(0, REQUEST).server(0, RESPONSE)
    web.write_bytes(pcap(talk.timed(), nanoseconds=True))
    shown = [example("every_protocol.py", path) for path in (EXAMPLES / "sample.pcap", web)]
    assert [(done.status, done.errors) for done in shown] == [(0, ""), (0, "")]
    assert set().union(*(kinds(done.output) for done in shown)) == set(PARTS)
    assert "  Program: curl" in shown[1].output
    kept = example("every_protocol.py", EXAMPLES / "sample.pcap", "198.51.100.0/24", 8080)
    assert (kept.status, kinds(kept.output)) == (0, {"TCP SYN"})


def test_every_protocol_says_what_is_wrong() -> None:
    needs.libpcap()
    for words, error in (
        (("nosuch0",), "nosuch0: no such device (there are: "),
        ((EXAMPLES / "sample.pcap", "x", 1), "'x' is not an IPv4 or IPv6 network"),
    ):
        done = example("every_protocol.py", *words)
        assert (done.status, done.output) == (2, "")
        assert done.errors.startswith(error)


def test_own_signatures(capture: Path, tmp_path: Path) -> None:
    signatures = tmp_path / "own.fp"
    mine = "classes = unix\n[tcp:request]\nlabel = s:unix:Mine:1\n"
    signatures.write_text(f"{mine}sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0\n")
    done = example("own_signatures.py", signatures, capture)
    assert (done.status, done.errors) == (0, "")
    first, second = done.output.splitlines()
    assert first == f"packet 1: {samples.IP.source}:{samples.CLIENT.sport} is Mine 1 ({signatures}:4)"
    assert second.startswith(f"packet 2: {samples.IP.destination}:{samples.CLIENT.dport} is unknown: 4:")
    signatures.write_text("[tcp:request]\nlabel = s:unix:Mine:1\nsig = 4:64\n")
    done = example("own_signatures.py", signatures, capture)
    assert (done.status, done.output) == (2, "")
    assert f"{signatures}:3:" in done.errors


def test_watch_interface(tmp_path: Path) -> None:
    """Connections come until one is shown: a socket is there before what it captures is let in."""
    output, errors = tmp_path / "output", tmp_path / "errors"
    with net.network() as network, output.open("wb") as shown, errors.open("wb") as said:
        command = inside(network.server, [sys.executable, str(EXAMPLES / "watch_interface.py"), "cable"])
        with subprocess.Popen(command, env=ENVIRONMENT, stdout=shown, stderr=said) as process:
            _wait_until(lambda: network.connect(net.SERVER_IP4) or output.stat().st_size > 0)
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
    assert process.returncode == 0
    assert output.read_text().startswith(f"{net.CLIENT_IP4} runs Linux")
    assert output.read_text().endswith(", 0 hops away\n")
    assert errors.read_text().endswith(" 0 packets lost\n")


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_watch_interface_says_what_is_wrong() -> None:
    needs.libpcap()
    done = example("watch_interface.py", "nosuch0")
    assert (done.status, done.output) == (2, "")
    assert done.errors.startswith("nosuch0: no such device (there are: ")


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_examples_explain_their_usage(name: str) -> None:
    done = example(name)
    assert done.status == 1
    assert done.errors.startswith(f"usage: python {name} ")
