"""The standard library's HTTP server: python examples/servers/with_http_server.py [HOST] [PORT]."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from huginn_cffi import server
from huginn_cffi.server.socketserver import Armed


class Server(Armed, ThreadingHTTPServer):
    """Keeps the SYNs of its clients."""


class Handler(BaseHTTPRequestHandler):
    """Tells visitors what they are."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One request."""
        text = f"{server.client(self.request) or server.why(self.request)}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def main(host: str = "127.0.0.1", port: str = "0") -> None:
    """Serve until Ctrl-C."""
    Server.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with Server((host, int(port)), Handler) as serving:
        print("port", serving.server_port, flush=True)
        serving.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
