"""aiohttp: python examples/servers/with_aiohttp.py [HOST] [PORT]."""

import socket
import sys

from aiohttp import web

from huginn_cffi import server
from huginn_cffi.server.aiohttp import middleware


async def answer(request: web.Request) -> web.Response:
    """One request."""
    return web.Response(text=f"{request['huginn.client'] or 'unknown'}\n")


def main(host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve until Ctrl-C."""
    app = web.Application(middlewares=[middleware])
    app.router.add_get("/", answer)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, int(port)), family=family) as listener:
        server.arm(listener)
        web.run_app(app, sock=listener, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
