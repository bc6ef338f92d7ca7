"""A page with a live table of its visitors: what each one's connection tells.

Without TLS, or with it (then visitors' programs are named, too), on a port of one's own::

    python examples/who_visits.py 8080
    python examples/who_visits.py 8443 certificate.pem key.pem
"""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from huginn_cffi import server
from huginn_cffi.server import ClientHello, ClientSystem
from huginn_cffi.server.connections import verdict
from huginn_cffi.server.socketserver import Armed

MOST = 200
"""Visitors that the table keeps."""

PAGE = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Who visits</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>
body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
tr.contradicts td { background: #fde7e7 }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #181818 } th, td { border-color: #444 }
  tr.contradicts td { background: #522 }
}
</style>
<h1>Who visits</h1>
<p>You are the one in the first line. A new connection is a new line.</p>
<table><thead><tr><th>Time<th>Address<th>System<th>Sure<th>Client<th>Hello and SYN<th>Hops<th>Link</thead>
<tbody></tbody></table>
<script>
"use strict";
const fields = ["time", "address", "system", "sure", "client", "verdict", "hops", "link"];
const numbers = new Set(["sure", "hops"]);
async function show() {
  const answer = await fetch("visitors");
  const rows = (await answer.json()).map(visitor => {
    const row = document.createElement("tr");
    row.className = visitor.contradicts ? "contradicts" : "";
    for (const field of fields) {
      const cell = row.insertCell();
      cell.textContent = visitor[field];
      cell.className = numbers.has(field) ? "number" : "";
    }
    return row;
  });
  document.querySelector("tbody").replaceChildren(...rows);
}
async function watch() {
  try { await show(); } catch { /* the server is gone, or comes back */ }
  setTimeout(watch, 2000);
}
watch();
</script>
"""

HEADERS = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline'; img-src data:",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Visitors:
    """The latest, newest first. Used by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: deque[dict[str, Any]] = deque(maxlen=MOST)

    def add(self, visitor: dict[str, Any]) -> None:
        """A connection that asked for something."""
        with self._lock:
            self._latest.appendleft(visitor)

    def as_json(self) -> bytes:
        """All, for the page."""
        with self._lock:
            return json.dumps(list(self._latest)).encode()


class Server(Armed, ThreadingHTTPServer):
    """Keeps SYNs, and looks at hellos before TLS does."""

    daemon_threads = True

    def __init__(self, port: int, context: ssl.SSLContext | None) -> None:
        self.visitors = Visitors()
        self._context = context
        super().__init__(("", port), BaseHTTPRequestHandler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In a thread of the connection's own, so that nobody waits for a slow visitor."""
        client, hello = server.client(request), None
        system = str(client) if client else f"no SYN: {server.why(request)}"
        if self._context is not None:
            request.settimeout(Handler.timeout)
            hello = server.peek_hello(request)
            request = self._context.wrap_socket(request, server_side=True)
        Handler(request, client_address, self, client, hello, system)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that left, or that does not trust the certificate, is nothing to tell of."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """The page, and the visitors as JSON."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Server

    def __init__(
        self,
        request: Any,
        address: Any,
        serving: Server,
        client: ClientSystem | None,
        hello: ClientHello | None,
        system: str,
    ) -> None:
        self._client, self._hello, self._system, self._known = client, hello, system, False
        super().__init__(request, address, serving)

    def do_GET(self) -> None:
        """One request."""
        if self.path == "/":
            self._remember()
            self._answer(200, "text/html; charset=utf-8", PAGE)
        elif self.path == "/visitors":
            self._answer(200, "application/json", self.server.visitors.as_json())
        else:
            self._answer(404, "text/plain", b"not here\n")

    def _remember(self) -> None:
        """Once a connection."""
        if self._known:
            return
        self._known = True
        client, hello = self._client, self._hello
        said = verdict(client, hello, dict(self.headers.items()))
        self.server.visitors.add(
            {
                "time": self.log_date_time_string(),
                "address": self.client_address[0],
                "system": self._system,
                "sure": f"{client.confidence:.0%}" if client and client.name else "",
                "client": str(hello) if hello else "",
                "verdict": str(said),
                "contradicts": said.verdict == "contradicts",
                "hops": client.distance if client else "",
                "link": (client.link or f"MTU {client.mtu}") if client and client.mtu else "",
            }
        )

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:
        """The page is the log."""


def main(words: list[str]) -> int:
    """Serve until Ctrl-C."""
    if len(words) not in (1, 3) or not words[0].isdigit():
        print("usage: python who_visits.py PORT [CERTIFICATE KEY]", file=sys.stderr)
        return 1
    context = None
    if len(words) == 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*words[1:])
    with Server(int(words[0]), context) as serving:
        print(f"{'https' if context else 'http'}://localhost:{serving.server_port}/", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
