"""A log of visitors: our records as JSON, once a connection."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Protocol

from huginn_cffi.server.clients import KEY
from huginn_cffi.server.connections import json_records
from huginn_cffi.server.hellos import ClientHello
from huginn_cffi.server.systems import ClientSystem

MOST = 4096
"""Connections that are remembered as written; one that is older may be written again."""


class _Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...


class Log:
    """Writes the records of each connection to `file` (binary), whole lines, when its first request comes.

    Used by any number of threads. A file that fails raises in the request: give one that does not.
    """

    def __init__(self, file: _Writable) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._written: OrderedDict[bytes, None] = OrderedDict()

    def write(self, client: ClientSystem | None, hello: ClientHello | None = None) -> None:
        """A connection; nothing without a SYN, and nothing if it was written before."""
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
        """The same for WSGI."""

        def around(environ: dict[str, Any], start_response: Any) -> Any:
            self.write(environ.get(KEY))
            return app(environ, start_response)

        return around
