"""Tornado: the system of the client of a request. `arm` the sockets that ``bind_sockets`` returns."""

from __future__ import annotations

from typing import Any

from huginn_cffi.server import clients, systems


def client(request: Any) -> systems.ClientSystem | None:
    """The client's system, from a handler's ``self.request``; also ``None`` after the connection's end."""
    stream = getattr(request.connection, "stream", None)
    connection = None if stream is None else stream.socket
    return None if connection is None else clients.client(connection)
