"""Twisted: the system of the client of a request. `arm` the socket ``reactor.listenTCP(…).socket``."""

from __future__ import annotations

import socket
from typing import Any

from huginn_cffi.server import clients, systems


def client(request: Any) -> systems.ClientSystem | None:
    """The client's system, from a request of ``twisted.web`` or from a protocol."""
    transport = getattr(request, "channel", request).transport
    while not isinstance(handle := _handle(transport), socket.socket):
        transport = getattr(transport, "transport", None)  # below TLS
        if transport is None:
            return None
    return clients.client(handle)


def _handle(transport: Any) -> Any:
    get = getattr(transport, "getHandle", None)
    return None if get is None else get()
