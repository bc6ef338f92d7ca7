"""The server: one thread for all clients, and no client waits for another."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from time import monotonic

from huginn_cffi.api.dialogue import MOST_BYTES, Dialogue
from huginn_cffi.api.protocol import Find

MOST_CLIENTS = 1000
"""Connected at a time; further ones are closed at once."""

PAUSE_S = 0.1
"""No client is taken for so long where the system has no room for one, which else is asked without end."""

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
NO_SIGNAL = getattr(socket, "MSG_NOSIGNAL", 0)


class _Client:
    """A connection, and the answer that its buffer had no room for."""

    __slots__ = ("dialogue", "socket", "unsent")

    def __init__(self, connection: socket.socket, find: Find) -> None:
        self.socket = connection
        self.dialogue = Dialogue(find)
        self.unsent = b""


class ApiServer:
    """Answers what is asked over `listener`, a listening socket that it sets to non-blocking.

    A thread of its own calls `find` with an address and begins with `start`; `stop` ends it and all
    connections. The socket is closed by whoever opened it.
    """

    def __init__(self, listener: socket.socket, find: Find, *, most_clients: int = MOST_CLIENTS) -> None:
        self.answered = 0
        """Queries."""
        self.turned_away = 0
        """Clients that found all places taken."""
        self._listener, self._find, self._most = listener, find, most_clients
        self._clients: set[_Client] = set()
        self._paused_until: float | None = None
        self._selector = selectors.DefaultSelector()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="huginn-api", daemon=True)

    def start(self) -> None:
        """Answer from now on."""
        self._listener.setblocking(False)
        self._selector.register(self._listener, READ)
        self._selector.register(self._woken, READ)
        self._thread.start()

    def stop(self) -> None:
        """End all connections. The thread is gone afterwards."""
        self._wake.send(b"x")
        self._thread.join()
        for client in list(self._clients):
            self._leave(client)
        self._selector.close()
        self._wake.close()
        self._woken.close()

    def _serve(self) -> None:
        while True:
            for key, _ in self._selector.select(self._pause()):
                if key.fileobj is self._woken:
                    return
                if key.fileobj is self._listener:
                    self._accept()
                else:
                    self._attend(key.data)

    def _pause(self) -> float | None:
        """How long to wait at most; the end of a pause takes clients again."""
        if self._paused_until is None:
            return None
        left = self._paused_until - monotonic()
        if left > 0:
            return left
        self._paused_until = None
        self._selector.register(self._listener, READ)
        return None

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError:  # no descriptors, no memory: not for ever
            self._selector.unregister(self._listener)
            self._paused_until = monotonic() + PAUSE_S
            return
        if len(self._clients) >= self._most:
            self.turned_away += 1
            connection.close()
            return
        connection.setblocking(False)
        client = _Client(connection, self._find)
        self._clients.add(client)
        self._selector.register(connection, READ, client)

    def _attend(self, client: _Client) -> None:
        try:
            if client.unsent:
                self._write(client)
            else:
                self._read(client)
        except MemoryError:  # the others go on
            self._leave(client)

    def _read(self, client: _Client) -> None:
        try:
            said = client.socket.recv(MOST_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self._leave(client)
            return
        if said:
            client.dialogue.take(said)
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
            self.answered += 1
            if not self._send(client, answer):
                if client.unsent:
                    self._selector.modify(client.socket, WRITE, client)
                return
        if client.dialogue.over:
            self._leave(client)

    def _send(self, client: _Client, answer: bytes) -> bool:
        """Send an answer, in one piece if there is room for it. False where there was none, or nobody."""
        try:
            sent = client.socket.send(answer, NO_SIGNAL)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self._leave(client)
            return False
        client.unsent = answer[sent:]
        return not client.unsent

    def _leave(self, client: _Client) -> None:
        client.unsent = b""
        self._clients.discard(client)
        with suppress(KeyError, ValueError):
            self._selector.unregister(client.socket)
        client.socket.close()
