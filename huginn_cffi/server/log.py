"""A log of visitors: JSON records, written once per connection."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Protocol

from huginn_cffi.server.clients import KEY
from huginn_cffi.server.connections import json_records
from huginn_cffi.server.hellos import ClientHello
from huginn_cffi.server.systems import ClientSystem

MOST = 4096
"""Connections remembered as written; an older one may be written again."""


class _Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...


class Log:
    """Writes the records of each connection to `file` (binary), in whole lines, on its first request.

    Any number of threads may use it. A failing write raises in the request; use a file that does not fail.
    """

    def __init__(self, file: _Writable) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._written: OrderedDict[bytes, None] = OrderedDict()

    def write(self, client: ClientSystem | None, hello: ClientHello | None = None) -> None:
        """Write a connection, unless it has no SYN or was written before."""
        if client is None:
            return
        with self._lock:
            if client.raw in self._written:
                self._written.move_to_end(client.raw)
                return
            self._written[client.raw] = None
            if len(self._written) > MOST:
                self._written.popitem(last=False)
            self._file.write(json_records(client, hello))
            self._file.flush()

    def asgi(self, app: Any) -> Any:
        """An ASGI application around `app`, inside the middleware that puts the system into its scope."""

        async def around(scope: dict[str, Any], receive: Any, send: Any) -> None:
            self.write(scope.get("state", {}).get(KEY))
            await app(scope, receive, send)

        return around

    def wsgi(self, app: Any) -> Any:
        """The same as `asgi`, for WSGI."""

        def around(environ: dict[str, Any], start_response: Any) -> Any:
            self.write(environ.get(KEY))
            return app(environ, start_response)

        return around
