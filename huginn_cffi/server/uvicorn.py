"""Uvicorn: ``scope["state"]["huginn.client"]`` is the client's system, or ``None``."""

from __future__ import annotations

from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from huginn_cffi.server.clients import found
from huginn_cffi.server.sockets import arm


class _Remembering:
    """Reads the SYN when a connection is made, and keeps what it says for all its requests."""

    app_state: dict[str, Any]

    def connection_made(self, transport: Any) -> None:
        """Called by asyncio."""
        super().connection_made(transport)  # type: ignore[misc]
        self.app_state = {**self.app_state, **found(transport)}


def http_protocol(base: type = AutoHTTPProtocol) -> type[Any]:
    """A class for uvicorn's setting ``http``, on top of one of its own (h11, httptools)."""
    return type("Protocol", (_Remembering, base), {})


Protocol = http_protocol()
"""On top of the one that uvicorn chooses; as a setting, ``http="huginn_cffi.server.uvicorn:Protocol"``."""


def run(app: Any, **settings: Any) -> None:
    """Serve `app` as `uvicorn.run` does, with the same settings, on a socket that keeps SYNs.

    In this process: `ValueError` for ``workers`` above 1 and for ``reload``, which start others.
    """
    settings.setdefault("http", Protocol)
    config = uvicorn.Config(app, **settings)
    if config.workers > 1 or config.should_reload:
        raise ValueError("one process only; for several workers, use gunicorn with uvicorn's worker")
    with config.bind_socket() as listener:
        arm(listener)
        uvicorn.Server(config).run(sockets=[listener])
