"""Receivers that change their behaviour: they stall, lie, refuse, or end a connection in its middle."""

from __future__ import annotations

import socket
import socketserver
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock

from tests.support.receivers import Hook, Mailbox, Server

LATE_S = 25.0
"""An answer after this time comes after any sender's patience."""
HTML = b"<!DOCTYPE html><title>Log in</title>"
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 36\r\n\r\n" + HTML


def _status(line: str, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "", "")).encode()


def _drip(data: bytes) -> Callable[[socket.socket], None]:
    """Send it byte by byte, without an end."""

    def talk(to: socket.socket) -> None:
        while True:
            for at in range(len(data)):
                to.sendall(data[at : at + 1])
                time.sleep(0.1)

    return talk


def _flood(data: bytes) -> Callable[[socket.socket], None]:
    """Send it without a pause."""

    def talk(to: socket.socket) -> None:
        while True:
            to.sendall(data * 100)

    return talk


def _answer(*data: bytes, after: float = 0.0) -> Callable[[socket.socket], None]:
    """Read something before each of these answers, then end the connection."""

    def talk(to: socket.socket) -> None:
        for one in data:
            if not to.recv(1 << 20):
                return
            time.sleep(after)
            to.sendall(one)
        time.sleep(0.1)

    return talk


def _greet(*data: bytes, then: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    def talk(to: socket.socket) -> None:
        to.sendall(b"220 ready\r\n")
        _answer(*data)(to)
        then(to)

    return talk


def _stall(to: socket.socket) -> None:
    """Neither read nor say anything, until the other end gives up."""
    while to.recv(1, socket.MSG_PEEK):
        time.sleep(0.1)


_OK = b"250 ok\r\n"
_MAIL = (_OK, _OK, _OK, b"354 go on\r\n")
"""The answers to EHLO, MAIL, RCPT and DATA."""

MAIL_SERVERS: Mapping[str, Callable[[socket.socket], None]] = {
    "says nothing": _stall,
    "greets and stops": _greet(then=_stall),
    "never ends its greeting": _drip(b"220-please wait\r\n"),
    "floods its greeting": _flood(b"220-" + b"x" * 500 + b"\r\n"),
    "floods an answer": _greet(then=_flood(b"250-x\r\n")),
    "stalls in STARTTLS": _greet(b"250-x\r\n250 STARTTLS\r\n", b"220 go on\r\n", then=_stall),
    "is busy": _greet(b"421 4.7.0 later\r\n", then=_stall),
    "closes after half a message": _greet(*_MAIL, then=lambda to: to.recv(1) and None),
    "answers after the deadline": _greet(*_MAIL, then=_answer(b"250 ok\r\n", after=LATE_S)),
    "talks of something else": lambda to: to.sendall(b"HTTP/1.1 200 OK\r\n\r\n"),
    "closes": lambda to: None,
}
WEBHOOKS: Mapping[str, Callable[[socket.socket], None]] = {
    "says nothing": _stall,
    "answers after the deadline": _answer(_status("204 No Content"), after=LATE_S),
    "closes after half a message": lambda to: to.recv(10) and None,
    "closes after half an answer": _answer(b"HTTP/1.1 20"),
    "closes after its status": _answer(b"HTTP/1.1 200 OK\r\n"),
    "closes in a header": _answer(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX"),
    "drips headers": lambda to: to.sendall(b"HTTP/1.1 200 OK\r\n") or _drip(b"X-Y: z\r\n")(to),
    "floods headers": _flood(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 1000),
    "continues for ever": _flood(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "redirects": _answer(_status("302 Found", "Location: /")),
    "redirects for good": _answer(_status("308 Permanent Redirect", "Location: https://192.0.2.9/")),
    "is busy": _answer(_status("429 Too Many Requests", "Retry-After: 1")),
    "is a captive portal": _answer(PORTAL),
    "needs a login of the network": _answer(_status("511 Network Authentication Required")),
    "is broken": _answer(_status("500 Internal Server Error")),
    "closes": lambda to: None,
}


class Changing(Server):
    """A mail server or webhook that accepts messages while `mode` is "", and else behaves as it says."""

    def __init__(self, usual: type[Mailbox] | type[Hook]) -> None:
        self._usual, self._open, self._alone = usual, set[socket.socket](), Lock()
        self.mode = ""
        super().__init__(_ChangingTalk)

    def change(self, mode: str) -> None:
        """Behave so from now on, also towards those that are connected."""
        with self._alone:
            self.mode = mode
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def talk(self, to: socket.socket, address: object) -> None:
        """Serve a connection."""
        with self._alone:
            mode = self.mode
            if mode:
                self._open.add(to)
        try:
            if not mode:
                self._usual(to, address, self)
            else:
                with suppress(OSError):
                    (MAIL_SERVERS if issubclass(self._usual, Mailbox) else WEBHOOKS)[mode](to)
        finally:
            with self._alone:
                self._open.discard(to)


class _ChangingTalk(socketserver.BaseRequestHandler):
    server: Changing

    def handle(self) -> None:
        self.server.talk(self.request, self.client_address)
