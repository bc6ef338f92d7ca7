"""The server: the core answers p0f's queries, and a thread here answers those that are lines of JSON."""

from __future__ import annotations

import os
import selectors
import socket
import threading
import time
from contextlib import ExitStack, suppress
from operator import attrgetter
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.api.dialogue import MOST_BYTES, Dialogue
from huginn_cffi.base.errors import HuginnError, check

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.hosts.inventory import Inventory

MOST_CLIENTS = 1000
"""Connected at a time; further ones are closed at once."""

IDLE_S = lib.HG_API_IDLE_MS / 1000
"""A client that has got no answer for so long is closed when another one finds all places taken."""

LOOKING_S = 1.0
"""So often it is looked whether somebody was turned away."""

WELCOMED_AT_ONCE = 64
"""Clients taken over before others have a turn."""

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
NO_SIGNAL = getattr(socket, "MSG_NOSIGNAL", 0)


class _Client:
    """A connection, and the answer that its buffer had no room for."""

    __slots__ = ("asked_at", "dialogue", "socket", "unsent")

    def __init__(self, descriptor: int, hosts: Inventory) -> None:
        self.dialogue = Dialogue(hosts)
        self.unsent = b""
        self.asked_at = time.monotonic()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=descriptor)  # owned from here


class ApiServer:
    """Answers what is asked over `listener`, a listening socket that it sets to non-blocking.

    It begins with `start`; `stop` ends it and all connections. The listener is closed by whoever opened it.
    The core's thread needs no interpreter, so that a query of p0f's does not wait for Python code.
    The first line of JSON brings a client here, for good.
    """

    def __init__(
        self, listener: socket.socket, hosts: Inventory, *, most_clients: int = MOST_CLIENTS
    ) -> None:
        self._listener, self._hosts, self._most = listener, hosts, most_clients
        self._lines = self._idle = self._seen_turned_away = 0
        self._clients: set[_Client] = set()
        self._opened = ExitStack()
        self._over = False
        self._process = os.getpid()
        self._native: CData = ffi.NULL
        self._counts = ffi.new("hg_api_counts *")
        self._thread = threading.Thread(target=self._serve, name="huginn-api", daemon=True)

    @property
    def answered(self) -> int:
        """Queries."""
        return int(self._counted().answered) + self._lines

    @property
    def turned_away(self) -> int:
        """Clients that found all places taken."""
        return int(self._counted().turned_away)

    @property
    def idle(self) -> int:
        """Clients that were closed for others, as they had asked nothing for `IDLE_S`."""
        return int(self._counted().idle) + self._idle

    @property
    def clients(self) -> int:
        """Clients that are connected."""
        return int(self._counted().clients)

    def _is_forked(self) -> bool:
        """Whether this is a copy in a forked process, which has neither thread."""
        return os.getpid() != self._process

    def _counted(self) -> CData:
        if self._native and not self._is_forked():
            lib.hg_api_server_count(self._native, self._counts)
        return self._counts

    def start(self) -> None:
        """Answer from now on. `HuginnError` where the system has no thread or no descriptors left."""
        try:
            self._start()
        except (OSError, RuntimeError) as error:
            self.stop()
            why = error.strerror if isinstance(error, OSError) else error
            raise HuginnError(f"clients cannot be served: {why}") from None
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self._selector = self._opened.enter_context(selectors.DefaultSelector())
        self._wake, self._woken = map(self._opened.enter_context, socket.socketpair())
        for end in (self._listener, self._wake, self._woken):
            end.setblocking(False)
        self._selector.register(self._woken, READ)
        out, error = ffi.new("hg_api_server **"), ffi.new("hg_error *")
        listener, wake = self._listener.fileno(), self._wake.fileno()
        status = lib.hg_api_server_start(self._hosts.handle, listener, wake, self._most, out, error)
        check(status, error)
        self._native = out[0]
        self._thread.start()

    def stop(self) -> None:
        """End all connections. The threads are gone afterwards. A second call does nothing.

        In a forked process this closes its descriptors, and ends nothing.
        """
        self._over = True
        if self._thread.is_alive():
            self._wake_up()
            self._thread.join()
        for client in list(self._clients):
            self._leave(client)
        native, self._native = self._native, ffi.NULL
        if native:
            lib.hg_api_server_stop(native, self._counts)
        self._opened.close()

    def _wake_up(self) -> None:
        with suppress(BlockingIOError):  # it is awake already
            self._wake.send(b"x")

    def _serve(self) -> None:
        while not self._over:
            self._make_room()
            for key, _ in self._selector.select(LOOKING_S if self._clients else None):
                if key.fileobj is self._woken:
                    with suppress(BlockingIOError):
                        self._woken.recv(MOST_CLIENTS)
                    self._welcome()
                else:
                    self._attend(key.data)

    def _make_room(self) -> None:
        """If all places are taken, leave an idle client for each that was turned away since."""
        before, self._seen_turned_away = self._seen_turned_away, self.turned_away
        if before == self._seen_turned_away or self.clients < self._most:
            return
        idle_since = time.monotonic() - IDLE_S
        for client in sorted(self._clients, key=attrgetter("asked_at"))[: self._seen_turned_away - before]:
            if client.asked_at <= idle_since:
                self._idle += 1
                self._leave(client)

    def _welcome(self) -> None:
        """Take some whose next query is a line; where there are more, the others have a turn before them."""
        received, length = ffi.new("uint8_t[]", MOST_BYTES), ffi.new("size_t *")
        for _ in range(WELCOMED_AT_ONCE):
            descriptor = lib.hg_api_server_next(self._native, received, length)
            if descriptor < 0:
                return
            self._take_over(descriptor, bytes(ffi.buffer(received, length[0])))
        self._wake_up()

    def _take_over(self, descriptor: int, received: bytes) -> None:
        client = None
        try:
            client = _Client(descriptor, self._hosts)
            client.socket.setblocking(False)
            self._clients.add(client)
            self._selector.register(client.socket, READ, client)
            client.dialogue.take(received)
            self._answer(client)
        except (OSError, MemoryError):  # the others continue
            if client is not None:
                self._leave(client)
            else:
                os.close(descriptor)
                lib.hg_api_server_left(self._native)

    def _attend(self, client: _Client) -> None:
        try:
            if client.unsent:
                self._write(client)
            else:
                self._read(client)
        except (OSError, MemoryError):  # the others continue
            self._leave(client)

    def _read(self, client: _Client) -> None:
        try:
            received = client.socket.recv(MOST_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        if received:
            client.dialogue.take(received)
        else:
            client.dialogue.end()
        self._answer(client)

    def _write(self, client: _Client) -> None:
        """There is room again: first for what found none."""
        if self._send(client, client.unsent):
            self._selector.modify(client.socket, READ, client)
            self._answer(client)

    def _answer(self, client: _Client) -> None:
        """Answer what was asked, until there is no room; a client without room is not read further."""
        while (answer := client.dialogue.answer()) is not None:
            self._lines += 1
            client.asked_at = time.monotonic()
            if not self._send(client, answer):
                self._selector.modify(client.socket, WRITE, client)
                return
        if client.dialogue.over:
            self._leave(client)

    def _send(self, client: _Client, answer: bytes) -> bool:
        """Send an answer, in one piece if there is room for it. False where there was none."""
        try:
            sent = client.socket.send(answer, NO_SIGNAL)
        except (BlockingIOError, InterruptedError):
            sent = 0
        client.unsent = answer[sent:]
        return not client.unsent

    def _leave(self, client: _Client) -> None:
        self._clients.discard(client)
        if client.socket.fileno() < 0:
            return  # already
        if not self._is_forked():  # which shares what the selector watches
            with suppress(KeyError, ValueError):
                self._selector.unregister(client.socket)
            lib.hg_api_server_left(self._native)
        client.socket.close()
