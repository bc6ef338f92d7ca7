"""Twisted: python examples/servers/with_twisted.py [HOST] [PORT]."""

import sys
from typing import Any

from twisted.internet import reactor
from twisted.web import resource
from twisted.web import server as web

from huginn_cffi import server
from huginn_cffi.server.twisted import client


class Visitor(resource.Resource):
    """Tells visitors what they are."""

    isLeaf = True  # noqa: N815 - the library's name

    def render_GET(self, request: Any) -> bytes:  # noqa: N802 - the library's name
        """One request."""
        return f"{client(request) or 'unknown'}\n".encode()


def main(host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve until Ctrl-C."""
    loop: Any = reactor
    listening = loop.listenTCP(int(port), web.Site(Visitor()), interface=host)
    server.arm(listening.socket)
    loop.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
