"""A server that answers each visitor with a page about its own connection, and keeps nothing."""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any, NamedTuple

from huginn_cffi.server import clients, hellos
from huginn_cffi.server.socketserver import Armed
from huginn_cffi.server.visit import POLICY, Connection, page_of
from huginn_cffi.sockets.addresses import is_own_name

MOST_VISITORS, MOST_OF_ONE = 64, 16
"""Limits for connections at a time: of all clients, and of one address. Others are closed at once."""
PATIENCE_S = 10.0
"""Time for a whole visit, in seconds: TLS, the request and the answer."""
MOST_HEAD = 16384
"""Bytes of the head of a request."""

_END = b"\r\n\r\n"
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Connection": "close",
}


class Visits:
    """The connections at a time, and counters of all. Used by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        self.connections = self.pages = self.turned_away = 0

    def enter(self, address: str) -> bool:
        """Whether there is room for a connection of this address."""
        with self._lock:
            has_room = self._open.total() < MOST_VISITORS and self._open[address] < MOST_OF_ONE
            self._open[address] += has_room
            self.connections += 1
            self.turned_away += not has_room
            return has_room

    def leave(self, address: str) -> None:
        """A connection ended."""
        with self._lock:
            self._open[address] -= 1
            self._open += Counter()  # removes zeros

    def count_page(self) -> None:
        """A connection gets the page."""
        with self._lock:
            self.pages += 1


class VisitorServer(Armed, ThreadingTCPServer):
    """Listens on one address of this machine. A visit is one request on a connection of its own."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = MOST_VISITORS

    def __init__(self, address: str, port: int, context: ssl.SSLContext | None, visits: Visits) -> None:
        """`OSError` if it cannot listen there. An IPv6 link-local address has its interface: fe80::1%eth0."""
        self._address, self._context, self._visits = address, context, visits
        flags = socket.AI_NUMERICHOST
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=flags)
        self.address_family = found[0][0]
        super().__init__(found[0][4][:], _Answer)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """The page's address."""
        host = f"[{self._address.replace('%', '%25')}]" if ":" in self._address else self._address
        return f"http{'s' * (self._context is not None)}://{host}:{self.server_address[1]}/"

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether a connection is served."""
        return self._visits.enter(client_address[0])

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The whole visit, in a thread of its own."""
        try:
            # An error is a visitor that left, was too slow, or does not trust the certificate.
            with closing(request), suppress(OSError, ValueError):
                self._serve(request, client_address)
        finally:
            self._visits.leave(client_address[0])

    def _serve(self, connection: socket.socket, address: Any) -> None:
        deadline = time.monotonic() + PATIENCE_S
        client, why, hello = clients.client(connection), clients.why(connection), None
        if self._context is not None:
            hello = hellos.peek_hello(connection, timeout=PATIENCE_S / 2)
            connection.settimeout(_left(deadline))
            connection = self._context.wrap_socket(connection, server_side=True)
        with closing(connection):
            head = _head(connection, deadline)
            seen = Connection(address[0], client, why, hello, is_encrypted=self._context is not None)
            request: Any = _Request(seen, head, connection.getsockname()[0])
            answer = _Answer(request, address, self)
            if answer.is_page:
                self._visits.count_page()
            connection.settimeout(_left(deadline))
            connection.sendall(answer.wfile.getvalue())


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _head(connection: socket.socket, deadline: float) -> bytes:
    """The head of a request; more than `MOST_HEAD` bytes of one that is longer."""
    found = b""
    while len(found) <= MOST_HEAD and _END not in found:
        connection.settimeout(_left(deadline))
        data = connection.recv(MOST_HEAD)
        if not data:
            raise ConnectionError
        found += data
    head, end, _ = found.partition(_END)
    return head + end


class _Request(NamedTuple):
    """A request's head, and the connection and this machine's address at which it came."""

    seen: Connection
    head: bytes
    own: str


class _Answer(BaseHTTPRequestHandler):
    """The answer to a request, in `wfile`."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "huginn", ""
    default_request_version = "HTTP/1.0"  # not 0.9, whose answers to malformed requests have no status
    request: Any  # a `_Request`
    rfile: io.BytesIO
    wfile: io.BytesIO
    is_page = False

    def setup(self) -> None:
        """Called first."""
        self.rfile, self.wfile = io.BytesIO(self.request.head), io.BytesIO()

    def finish(self) -> None:
        """Called last; the server sends the answer."""

    def do_GET(self) -> None:
        """The page."""
        body = b""
        if len(self.request.head) > MOST_HEAD:
            self.send_error(431)
        elif not self._is_for_this_server():
            self.send_error(421, explain="This page is served at the addresses of its machine only.")
        elif self.path != "/":
            self.send_error(404)
        else:
            body = page_of(self.request.seen, self.request.head, self.headers)
            self.is_page = True
            self.send_response(200)
            for name, value in {**_HEADERS, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def do_HEAD(self) -> None:
        """The same without the page."""
        self.do_GET()

    def _is_for_this_server(self) -> bool:
        """Refuses names of other sites that resolve to this server; TLS proves a name by the certificate."""
        host, hello = self.headers.get("Host"), self.request.seen.hello
        is_proved = host and hello and hello.sni and host.partition(":")[0].lower() == hello.sni.lower()
        return bool(is_proved) or is_own_name(host, self.request.own)

    def log_message(self, format: str, *words: object) -> None:
        """Write no log."""
