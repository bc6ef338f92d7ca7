"""WSGI: ``environ["huginn.client"]`` is the client's system, or ``None``."""

from __future__ import annotations

from typing import Any

from huginn_cffi.server.clients import KEY, request_values

SOCKETS = ("gunicorn.socket", "werkzeug.socket")
"""Keys under which servers store the connection; other servers give ``None``."""


class WsgiMiddleware:
    """Wraps an application. A value already stored under the key stays."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """One request."""
        if KEY not in environ:
            connection = next((environ[name] for name in SOCKETS if name in environ), None)
            environ.update({KEY: None} if connection is None else request_values(connection))
        return self.app(environ, start_response)
