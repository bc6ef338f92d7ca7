"""For `socketserver` and the modules built on it: `http.server`, `wsgiref`.

In a handler ``huginn_cffi.server.client(self.request)`` is the client's system.
"""

from __future__ import annotations

import wsgiref.simple_server
from typing import Any

from huginn_cffi.server.clients import request_values
from huginn_cffi.server.sockets import arm


class Armed:
    """Mixin, named before the server's class: ``class Server(Armed, ThreadingHTTPServer): ...``."""

    socket: Any

    def server_activate(self) -> None:
        """Called by the server to listen. Arms the socket first, so that no client comes before."""
        arm(self.socket)
        super().server_activate()  # type: ignore[misc]


class WSGIRequestHandler(wsgiref.simple_server.WSGIRequestHandler):
    """For ``make_server(handler_class=)``: ``environ["huginn.client"]``."""

    def get_environ(self) -> dict[str, Any]:
        """Called once per request."""
        return {**super().get_environ(), **request_values(self.request)}
