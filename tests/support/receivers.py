"""A mail server and a webhook on loopback, which note what they accept and refuse on request."""

from __future__ import annotations

import json
import socketserver
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler
from threading import Thread
from typing import Any


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.mails: list[EmailMessage] = []
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.refuses = False
        self.status: Callable[[bytes], int] = lambda body: 500 if self.refuses else 204
        """The status of a webhook's answer to a body."""
        self.headers: dict[str, str] = {}
        self.body = b""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def documents(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.calls]


class Hook(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.status(body)
        if status < 300:
            self.server.calls.append((dict(self.headers), body))
        self.send_response(status)
        for header in self.server.headers.items():
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Tarpit(socketserver.BaseRequestHandler):
    """Never ends its first answer, of which it sends a piece again and again."""

    def handle(self) -> None:
        with suppress(OSError):
            while True:
                self.request.sendall(b"220-please wait\r\n")
                time.sleep(0.05)


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender needs; QUIT has a wrong answer, which must not matter."""

    server: Server

    def answer(self, data: bytes) -> bytes:
        """The answer to a mail."""
        return b"250 done\r\n"

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA" and not self.server.refuses:
                self.wfile.write(b"354 go on\r\n")
                data = b"".join(iter(self.rfile.readline, b".\r\n"))
                found = message_from_bytes(data, policy=policy.default)
                assert isinstance(found, EmailMessage)
                answer = self.answer(data)
                if answer.startswith(b"250"):
                    self.server.mails.append(found)
                self.wfile.write(answer)
                continue
            self.wfile.write(b"451 later\r\n" if word == b"DATA" else b"250 done\r\n")
            if word == b"QUIT":
                return


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[Server]:
    with Server(handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
