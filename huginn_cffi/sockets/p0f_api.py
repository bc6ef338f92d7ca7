"""The server: one thread for all clients, and no client waits for another."""

from __future__ import annotations

import json
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from ipaddress import ip_address
from operator import attrgetter

from huginn_cffi._native import lib
from huginn_cffi.base.addresses import unmapped
from huginn_cffi.base.errors import HuginnError
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import keys_of

Find = Callable[[bytes], HostRecord | None]
"""Looks up the host with an address of 4 or 16 bytes; None for an unknown one."""

FIRST = b"{"
"""First byte of a JSON line; no p0f query begins with it."""
LINE_BYTES = 256
"""Limit for an incomplete line; an address has at most 39 bytes."""

KEYS = tuple(
    one
    for one in keys_of(Host)
    if not one.inner or one.name in ("dishonest", "uptime_points", "sightings", "ports")
)
"""Keys of an answer: the keys that ``huginn hosts`` writes for a host, and more."""


def answer_line(line: bytes, find: Find) -> bytes:
    """Answer a JSON line with a JSON line, line end included. A wrong query gets an ``error`` in words."""
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        query = None
    try:
        if not isinstance(query, dict) or set(query) != {"ip"} or not isinstance(query["ip"], str):
            raise ValueError('not understood; a query is a line {"ip": "192.0.2.10"}, or p0f\'s 21 bytes')
        ip = unmapped(ip_address(query["ip"]))
    except ValueError as error:
        return _json({"error": str(error)})
    host = find(ip.packed)
    found = {"event": Host.event, "ip": str(ip), "known": host is not None}
    return _json({**found, **(host.as_dict() if host else {})})


TOO_LONG = b'{"error":"a query of more than 256 bytes; the connection is closed"}\n'


def _json(found: dict[str, object]) -> bytes:
    return f"{json.dumps(found, separators=(',', ':'))}\n".encode("ascii")


QUERY_BYTES: int = lib.HG_QUERY_BYTES

MOST_BYTES = 16 * QUERY_BYTES
"""Bytes read from one client at a time, so that a busy client does not delay the others."""


class _Client:
    """A connection. A query that begins with ``{`` is a JSON line; others have p0f's form."""

    def __init__(self, connection: socket.socket, hosts: Inventory) -> None:
        connection.setblocking(False)
        self.socket, self._hosts = connection, hosts
        self.inbox = b""
        """Received bytes: at most `MOST_BYTES` are added, and only after all answers were fetched."""
        self.unsent = b""
        """The part of an answer that did not fit into the send buffer."""
        self.asked_at = time.monotonic()
        self.over = False
        """Whether to disconnect after the next answer, or at once if no answer is pending."""

    def end(self) -> None:
        """The client sends no more: its last line needs no line end, and an incomplete query is dropped."""
        self.over = True
        self.inbox = self.inbox + b"\n" if self.inbox.startswith(FIRST) else b""

    def answer(self) -> bytes | None:
        """The answer to the next query; None if no complete query has arrived."""
        if self.inbox.startswith(FIRST):
            return self._line()
        if len(self.inbox) < QUERY_BYTES:
            return None
        query, self.inbox = self.inbox[:QUERY_BYTES], self.inbox[QUERY_BYTES:]
        return self._hosts.answer(query)

    def _line(self) -> bytes | None:
        end = self.inbox.find(b"\n", 0, LINE_BYTES + 1)
        if end >= 0:
            line, self.inbox = self.inbox[:end], self.inbox[end + 1 :]
            return answer_line(line, self._hosts.find)
        if len(self.inbox) <= LINE_BYTES:
            return None
        self.inbox, self.over = b"", True  # the start of the next query is unknown
        return TOO_LONG


MOST_CLIENTS = 1000
"""Limit for connected clients; further connections are closed at once."""

IDLE_S = 10.0
"""At the limit, a new client replaces a client that got no answer for this time."""

PAUSE_S = 0.1
"""After a failed accept (no descriptors or memory left), no client is accepted for this time."""

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
NO_SIGNAL = getattr(socket, "MSG_NOSIGNAL", 0)


class ApiServer:
    """Answers queries of clients of `listener`, a listening socket that it sets to non-blocking.

    It runs from `start` to `stop`, which ends all connections. The caller closes the listener.
    """

    def __init__(
        self, listener: socket.socket, hosts: Inventory, *, most_clients: int = MOST_CLIENTS
    ) -> None:
        self._listener, self._hosts, self._most = listener, hosts, most_clients
        self.answered: int = 0
        """Number of answered queries."""
        self.turned_away: int = 0
        """Clients refused because the limit was reached."""
        self.idle: int = 0
        """Clients closed to make room for others after `IDLE_S` without a query."""
        self._clients: set[_Client] = set()
        self._opened = ExitStack()
        self._paused = self._over = False
        self._process = os.getpid()
        self._thread = threading.Thread(target=self._serve, name="huginn-api", daemon=True)

    @property
    def clients(self) -> int:
        """Clients that are connected."""
        return len(self._clients)

    def start(self) -> None:
        """Start answering. `HuginnError` if the system has no threads or descriptors left."""
        try:
            self._selector = self._opened.enter_context(selectors.DefaultSelector())
            self._wake, woken = map(self._opened.enter_context, socket.socketpair())
            self._listener.setblocking(False)
            self._selector.register(woken, READ)
            self._selector.register(self._listener, READ)
            self._thread.start()
        except (OSError, RuntimeError) as error:
            self.stop()
            why = error.strerror if isinstance(error, OSError) else error
            raise HuginnError(f"clients cannot be served: {why}") from None
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End all connections and the thread. A second call does nothing.

        In a forked process this only closes that process's descriptors.
        """
        self._over = True
        if self._thread.is_alive():
            self._wake.send(b"x")
            self._thread.join()
        for client in list(self._clients):
            self._leave(client)
        self._opened.close()

    def _serve(self) -> None:
        while not self._over:
            ready = self._selector.select(PAUSE_S if self._paused else None)
            if self._paused:
                self._paused = False
                self._selector.register(self._listener, READ)
            for key, _ in ready:
                if key.fileobj is self._listener:
                    self._accept()
                elif key.data is not None:
                    self._attend(key.data)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except (InterruptedError, ConnectionAbortedError):
            return
        except OSError:  # out of descriptors or memory, or the listener is closed: pause
            self._selector.unregister(self._listener)
            self._paused = True
            return
        if len(self._clients) >= self._most and not self._make_room():
            self.turned_away += 1  # counted before the client can notice
            connection.close()
            return
        client = _Client(connection, self._hosts)
        self._clients.add(client)
        try:
            self._selector.register(connection, READ, client)
        except (OSError, MemoryError):  # drop only this client
            self._leave(client)

    def _make_room(self) -> bool:
        """Disconnect the client that has been idle longest, if it is idle for `IDLE_S`."""
        oldest = min(self._clients, key=attrgetter("asked_at"))
        if time.monotonic() - oldest.asked_at < IDLE_S:
            return False
        self.idle += 1
        self._leave(oldest)
        return True

    def _attend(self, client: _Client) -> None:
        if client.socket.fileno() < 0:
            return  # already closed to make room for a new client
        try:
            if client.unsent:
                if self._send(client, client.unsent):
                    self._selector.modify(client.socket, READ, client)
                    self._answer(client)
            else:
                self._read(client)
        except (OSError, MemoryError):  # drop only this client
            self._leave(client)

    def _read(self, client: _Client) -> None:
        try:
            received = client.socket.recv(MOST_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        if received:
            client.inbox += received
        else:
            client.end()
        self._answer(client)

    def _answer(self, client: _Client) -> None:
        """Answer queries until the send buffer is full; then stop reading from the client."""
        while (answer := client.answer()) is not None:
            self.answered += 1
            client.asked_at = time.monotonic()
            if not self._send(client, answer):
                self._selector.modify(client.socket, WRITE, client)
                return
        if client.over:
            self._leave(client)

    def _send(self, client: _Client, answer: bytes) -> bool:
        """Send an answer; return False if a part of it is left in ``client.unsent``."""
        try:
            sent = client.socket.send(answer, NO_SIGNAL)
        except (BlockingIOError, InterruptedError):
            sent = 0
        client.unsent = answer[sent:]
        return not client.unsent

    def _leave(self, client: _Client) -> None:
        """Free the client's place before closing its connection, so that it can reconnect at once."""
        self._clients.discard(client)
        if os.getpid() == self._process:  # a forked process shares the selector
            with suppress(KeyError, ValueError):
                self._selector.unregister(client.socket)
        client.socket.close()
