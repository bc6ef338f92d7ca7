"""aiohttp: ``request["huginn.client"]`` is the client's system, or ``None``."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from huginn_cffi.server.clients import KEY, request_values


@web.middleware
async def middleware(request: web.Request, handler: Any) -> web.StreamResponse:
    """For ``web.Application(middlewares=[middleware])``; `arm` the socket passed to ``run_app(sock=)``."""
    request.update({KEY: None} if request.transport is None else request_values(request.transport))
    response: web.StreamResponse = await handler(request)
    return response
