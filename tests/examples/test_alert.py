"""The script that sends news about devices: a mail and a webhook for each event."""

from __future__ import annotations

import json
import os
import shutil
import socketserver
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "systemd" / "alert.sh"
EVENTS = [
    {"event": "device_change", "change": "device_new", "mac": "00:16:3e:00:00:01", "device_ip": "192.0.2.7"}
    | {"device_type": "camera", "device_manufacturer": "Axis", "device_model": "P3245"},
    {"event": "device_change", "change": "new_router", "mac": "00:16:3e:00:00:02"},
]


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    received: list[str]


class Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Server)
        self.server.received.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender needs."""

    def handle(self) -> None:
        assert isinstance(self.server, Server)
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.received.append(b"".join(lines).decode())
            self.wfile.write(b"250 done\r\n")
            if line.upper().startswith(b"QUIT"):
                return


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), handler) as server:
        server.received = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.skipif(not (shutil.which("jq") and shutil.which("curl")), reason="jq or curl is not installed")
def test_each_event_is_a_mail_and_a_call_of_the_webhook() -> None:
    text = "".join(json.dumps(event) + "\n" for event in EVENTS)
    with serving(Hook) as hook, serving(Mailbox) as mailbox:
        places = {
            "MAIL_TO": "me@example.org",
            "SMTP": f"smtp://127.0.0.1:{mailbox.server_address[1]}",
            "WEBHOOK": f"http://127.0.0.1:{hook.server_address[1]}/",
        }
        command = ["sh", str(SCRIPT)]
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, env=os.environ | places, timeout=60
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(body) for body in hook.received] == EVENTS
    assert all("\n" not in one.replace("\r\n", "") for one in mailbox.received), (
        "servers refuse bare newlines"
    )
    mails = [one.replace("\r\n", "\n").partition("\n\n") for one in mailbox.received]
    assert [head.splitlines()[-1] for head, *_ in mails] == [
        "Subject: huginn: device_new 00:16:3e:00:00:01 192.0.2.7 camera Axis P3245",
        "Subject: huginn: new_router 00:16:3e:00:00:02",
    ]
    assert [json.loads(body) for *_, body in mails] == EVENTS


@pytest.mark.parametrize(
    ("settings", "message"),
    [({}, "set MAIL_TO, WEBHOOK or both"), ({"MAIL_TO": "me@example.org"}, "jq is missing")],
)
def test_a_script_that_can_send_nothing_says_so_at_once(
    tmp_path: Path, settings: dict[str, str], message: str
) -> None:
    command = [shutil.which("sh") or "/bin/sh", str(SCRIPT)]
    done = subprocess.run(
        command,
        input="{}\n",
        capture_output=True,
        text=True,
        env={"PATH": str(tmp_path)} | settings,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
