"""Tornado: python examples/servers/with_tornado.py [HOST] [PORT]."""

import asyncio
import sys

from tornado import httpserver, netutil, web

from huginn_cffi import server
from huginn_cffi.server.tornado import client


class Visitor(web.RequestHandler):
    """Tells visitors what they are."""

    def get(self) -> None:
        """One request."""
        self.write(f"{client(self.request) or 'unknown'}\n")


async def main(host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve until Ctrl-C."""
    serving = httpserver.HTTPServer(web.Application([("/", Visitor)]))
    listeners = netutil.bind_sockets(int(port), host)
    for listener in listeners:
        server.arm(listener)
    serving.add_sockets(listeners)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
