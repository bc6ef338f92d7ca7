"""Hypercorn: ``scope["state"]["huginn.client"]`` is the client's system, or ``None``.

Hypercorn has no hook for new connections. So the listener reads the SYN when it accepts, and the request
finds the connection by the addresses of both ends. That works in one process, with
``hypercorn.asyncio.serve`` and asyncio's own loop; uvloop and trio accept connections themselves.
"""

from __future__ import annotations

import socket
from typing import Any
from weakref import WeakValueDictionary

import hypercorn.config

from huginn_cffi.server.clients import KEY, client, request_values
from huginn_cffi.server.sockets import arm

_Ends = tuple[str, int, str, int]
_open: WeakValueDictionary[_Ends, socket.socket] = WeakValueDictionary()
"""Connections by the addresses of client and server. Weak: kept only while something else refers to them."""


class ArmedSocket(socket.socket):
    """Reads the SYN of each connection that it accepts."""

    def accept(self) -> tuple[socket.socket, Any]:
        """The connection, and the client's address."""
        connection, address = super().accept()
        if self.family != socket.AF_UNIX:
            client(connection)
            _open[(*address[:2], *connection.getsockname()[:2])] = connection
        return connection, address


class Config(hypercorn.config.Config):
    """Hypercorn's settings, with listeners that keep SYNs."""

    def create_sockets(self) -> hypercorn.config.Sockets:
        """Called by hypercorn."""
        made = super().create_sockets()
        for listeners in (made.secure_sockets, made.insecure_sockets):
            listeners[:] = [_listener(one) for one in listeners]
        return made


def _listener(bound: socket.socket) -> ArmedSocket:
    arm(bound)
    timeout = bound.gettimeout()
    made = ArmedSocket(fileno=bound.detach())
    made.settimeout(timeout)
    return made


class AsgiMiddleware:
    """ASGI middleware. It must be the outermost, because others may rewrite the client's address."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Handles a request, or the server's start and end."""
        if scope["type"] in ("http", "websocket"):
            scope.setdefault("state", {}).update(self._found(scope))
        await self.app(scope, receive, send)

    def _found(self, scope: dict[str, Any]) -> dict[str, Any]:
        connection = None
        if scope.get("client") and scope.get("server"):
            connection = _open.get((*scope["client"][:2], *scope["server"][:2]))
        return {KEY: None} if connection is None else request_values(connection)
