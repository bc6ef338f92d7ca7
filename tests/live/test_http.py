"""Messages of HTTP on a cable, between Python's own server and client."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import network as net
from tests.support.processes import capturing

PORT = "8080"

SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3000")
        self.end_headers()
        self.wfile.write(b"x" * 3000)
with http.server.HTTPServer(("0.0.0.0", int(sys.argv[1])), Answer) as server:
    print("ready", flush=True)
    server.serve_forever()
"""
CLIENT = """
import http.client, sys
own = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]), timeout=60)
for path in ("/one", "/two"):
    own.request("GET", path, headers={"User-Agent": "tester/1", "X-Long": "y" * 3000})
    own.getresponse().read()
own.close()
"""


def talk(network: net.Network) -> None:
    """Two requests over one connection, the heads of which take several segments."""
    serve = net.inside(network.server, [sys.executable, "-c", SERVER, PORT])
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            ask = net.inside(network.client, [sys.executable, "-c", CLIENT, net.SERVER_IP4, PORT])
            subprocess.run(ask, check=True, timeout=net.TIMEOUT_S)
        finally:
            server.kill()


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        ((), ["http_request", "http_response"]),
        (("--http", "all", "--workers", "2"), ["http_request", "http_response"] * 2),
        (("--port", "80"), []),
    ],
)
def test_messages_are_seen_live(words: tuple[str, ...], messages: list[str], tmp_path: Path) -> None:
    with (
        net.network() as network,
        capturing(network.server, "cable", "--format", "json", *words, folder=tmp_path) as capture,
    ):
        talk(network)
        capture.wait_for(
            lambda: sum('"http_' in line[:200] for line in capture.lines()) >= len(messages), "the messages"
        )
        events = [one for one in capture.stop().events if one["event"].startswith("http_")]
    assert [one["event"] for one in events] == messages
    assert all(one["user_agent"] == "tester/1" for one in events if one["event"] == "http_request")
    assert all(one["status"] == 200 for one in events if one["event"] == "http_response")
