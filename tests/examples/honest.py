"""Ordinary traffic, to be run in namespaces: ``serve`` a page with pictures from many servers, or ``check``
these servers.

It has what looks like a scan: connections to many addresses that close without a byte, and services that are
down.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SERVER, *SERVERS = [f"203.0.113.{number}" for number in (2, *range(100, 140))]
DOWN = SERVERS[:10]
BROWSER, CURL, CHECKER = "203.0.113.1", "203.0.113.3", "203.0.113.4"
"""Not private addresses: CrowdSec's own allowlist has these."""

PORT, CLOSED = 8000, 8001
ROUND_S = 5
PICTURES = "".join(f'<img src="http://{address}:{PORT}/picture">' for address in SERVERS)
PAGE = f'<!doctype html><title>A page</title><meta http-equiv="refresh" content="{ROUND_S}">{PICTURES}'
PICTURE = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


class Handler(BaseHTTPRequestHandler):
    """Writes who asks; closes some connections, and keeps others open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body, kind = (PICTURE, "image/gif") if self.path == "/picture" else (PAGE.encode(), "text/html")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if self.connection.getsockname()[0] in SERVERS[::2]:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        agent = self.headers["User-Agent"]
        print(f"{self.client_address[0]} {self.path} {agent}\n", end="", flush=True)  # one write a line

    def log_message(self, format: str, *args: object) -> None:
        """Nothing more."""


class Pages(ThreadingHTTPServer):
    """Whoever goes away, goes away."""

    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing is written."""


def check_all() -> None:
    """Each server by HTTP and by a connection alone, as load balancers do, and what is down."""
    for address in SERVERS:
        own = (CHECKER, 0)
        with suppress(OSError):
            asked = http.client.HTTPConnection(address, PORT, timeout=5, source_address=own)
            asked.request("GET", "/health", headers={"User-Agent": "kube-probe/1.30"})
            asked.getresponse().read()
            asked.close()
        with suppress(OSError), socket.create_connection((address, PORT), 5, own):
            pass
        if address in DOWN:
            with suppress(OSError), socket.create_connection((address, CLOSED), 5, own):
                pass


def check() -> None:
    """Round after round, at a steady pace."""
    for number in range(sys.maxsize):
        began = time.monotonic()
        check_all()
        urls = [
            f"http://{SERVERS[number % len(SERVERS)]}:{PORT}/",
            f"http://{DOWN[number % len(DOWN)]}:{CLOSED}/",
        ]
        subprocess.run(["curl", "-s", "-o", "/dev/null", "--interface", CURL, *urls], check=False)
        print("round", number, flush=True)
        time.sleep(max(0.0, ROUND_S - (time.monotonic() - began)))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        print("ready", flush=True)
        Pages(("0.0.0.0", PORT), Handler).serve_forever()
    check()
