"""``huginn web``: the page for a browser, on this machine only."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

import huginn_cffi
from huginn_cffi.base.errors import named
from huginn_cffi.base.installation import setup
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import command, option
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import say
from huginn_cffi.cli.status import DONE, INTERRUPTED

LOOPBACK = "127.0.0.1"
PATIENCE_S = 20
"""How long a client may be silent within a request, in seconds."""
PAGE = Path(huginn_cffi.__file__).parent / "data" / "web.html"
MISSING = f"this copy lacks the page; to build it: {setup('with web')}"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"<>\r\n]+)">')


@command()
def web(
    port: int = option("--port", type=click.IntRange(0, 65535), default=0, show_default=False),
    output: str | None = option("-o --output FILE"),
) -> int:
    """Serve the page that reads captures in a browser, at 127.0.0.1 until Ctrl-C."""
    try:
        data, policy = read_page(PAGE)
    except FileNotFoundError:
        raise click.ClickException(MISSING) from None
    if output is not None:
        save_file(output, data)
        return DONE
    server = serving(data, policy, port)
    with server, interrupted_by_sigterm(), suppress(KeyboardInterrupt):
        say(f"http://{LOOPBACK}:{server.server_port}/ (Ctrl-C ends it)")
        server.serve_forever()
    return INTERRUPTED


def read_page(path: Path) -> tuple[bytes, str]:
    """The page and its content policy; `click.ClickException` if the file has no policy."""
    data = path.read_bytes()
    found = _POLICY.search(data[:4096].decode("utf-8", "replace"))
    if found is None:
        raise click.ClickException(f"{named(str(path))}: not the page: it has no content policy")
    return data, unescape(found[1])


def serving(data: bytes, policy: str, port: int) -> ThreadingHTTPServer:
    """A server that serves only the page; port 0 means any free port."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(data)),
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }

    class PageHandler(BaseHTTPRequestHandler):
        timeout = PATIENCE_S

        def do_GET(self) -> None:
            if self.path != "/":
                self.send_error(404)
                return
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                with suppress(ConnectionError):
                    self.wfile.write(data)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            """Write no log."""

    try:
        return ThreadingHTTPServer((LOOPBACK, port), PageHandler)
    except OSError as error:
        reason = f"port {port} of {LOOPBACK}: {error.strerror}; name another with --port"
        raise click.ClickException(reason) from None
