"""Tornado: the system of the client of a request. Arm what ``bind_sockets`` gives."""

from __future__ import annotations

from typing import Any

from huginn_cffi.server import clients, systems


def client(request: Any) -> systems.ClientSystem | None:
    """The client's system, from a handler's ``self.request``; ``None`` after the connection's end too."""
    stream = getattr(request.connection, "stream", None)
    connection = None if stream is None else stream.socket
    return None if connection is None else clients.client(connection)
