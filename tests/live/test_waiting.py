"""Data that wait for an acknowledgement when a live capture ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import needs
from tests.support import network as net
from tests.support.packets import ethernet
from tests.support.processes import capturing
from tests.support.web_talk import Web

SEND = """
import socket, sys
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as link:
    link.bind(("cable", 0))
    for frame in sys.argv[1:]:
        link.send(bytes.fromhex(frame))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_they_are_read_when_a_signal_ends_it(number: int, tmp_path: Path) -> None:
    needs.root()
    talk = Web()
    frames = [ethernet(one).hex() for one in (*talk.asked(), talk.answered())]
    with (
        net.network(quiet=True) as network,
        capturing(network.server, "cable", "--format", "json", folder=tmp_path) as capture,
    ):
        subprocess.run(
            net.inside(network.client, [sys.executable, "-c", SEND, *frames]), check=True, timeout=20
        )
        capture.wait_for(lambda: any('"http_request"' in one for one in capture.lines()), "the request")
        assert not any('"http_response"' in one for one in capture.lines())
        done = capture.stop(number)
    assert [one["event"] for one in done.events if one["event"].startswith("http_")] == [
        "http_request",
        "http_response",
    ]
