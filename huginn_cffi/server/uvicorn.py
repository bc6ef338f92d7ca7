"""Uvicorn: ``scope["state"]["huginn.client"]`` is the client's system, or ``None``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from socket import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.supervisors import ChangeReload, Multiprocess

from huginn_cffi.server.clients import request_values
from huginn_cffi.server.sockets import arm

STARTUP_FAILURE = 3
"""uvicorn's exit status for an application that does not start."""


class _Remembering:
    """Reads the SYN of each new connection, and keeps the system for all its requests."""

    app_state: dict[str, Any]

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)  # type: ignore[misc]
        self.app_state = {**self.app_state, **request_values(transport)}


def http_protocol(base: type = AutoHTTPProtocol) -> type[Any]:
    """A class for uvicorn's setting ``http``, on top of one of its own (h11, httptools)."""
    return type("Protocol", (_Remembering, base), {})


Protocol: type[Any] = http_protocol()
"""Extends the class that uvicorn chooses; as a setting, ``http="huginn_cffi.server.uvicorn:Protocol"``."""


def run(app: Any, **settings: Any) -> None:
    """Serve `app` as `uvicorn.run` does, with the same settings, on a socket that keeps SYNs.

    With ``workers`` above 1 or ``reload`` the processes share it; `app` must then be a text such as
    ``"module:app"``, which other processes can import (else `ValueError`). `SystemExit` if the application
    does not start.
    """
    settings.setdefault("http", Protocol)
    config = uvicorn.Config(app, **settings)
    several = config.should_reload or config.workers > 1
    if several and not isinstance(app, str):
        raise ValueError('with workers or reload, name the application as text: "module:app"')
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt), _listening(config) as listener:
        arm(listener)
        if several:
            kind: Any = ChangeReload if config.should_reload else Multiprocess
            target = {"target": server.run} if "target" in signature(kind).parameters else {}
            kind(config, sockets=[listener], **target).run()  # until Ctrl-C, in other processes
        else:
            server.run(sockets=[listener])
            if not server.started:
                raise SystemExit(STARTUP_FAILURE)


@contextlib.contextmanager
def _listening(config: uvicorn.Config) -> Iterator[socket]:
    """The socket that the settings describe; a Unix socket's path is removed afterwards."""
    with config.bind_socket() as listener:
        try:
            yield listener
        finally:
            if config.uds:
                Path(config.uds).unlink(missing_ok=True)
