"""``huginn web``: the page for a browser, on this machine only."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from huginn_cffi.cli.ending import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import complain, say
from huginn_cffi.cli.status import INTERRUPTED, REFUSED
from huginn_cffi.cli.wording import ExampleCommand
from huginn_cffi.errors import named

LOOPBACK = "127.0.0.1"
PATIENCE_S = 20
"""How long somebody who asks for something may be silent."""
MOST_BYTES = 1 << 24
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"<>\r\n]+)">')


@click.command(
    cls=ExampleCommand,
    examples=(
        ("The page that the source builds", "huginn web build/web/web.html"),
        ("Always at one address, and shown at once", "huginn web --port 8421 --open web.html"),
    ),
)
@click.argument("page", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port to listen on. [default: a free one]",
)
@click.option("--open", "is_opened", is_flag=True, help="Show the page in the browser of this machine.")
def web(page: str | None, port: int, is_opened: bool) -> int:
    """Serve PAGE, which reads captures in a browser, at 127.0.0.1 until Ctrl+C.

    PAGE is the file web.html of a release, or the output of "python web/build.py". Nothing else is served;
    captures stay in the browser.

    \b
    Exit status: 2 refused, 130 interrupted.
    """  # noqa: D301 - click reads the backspace
    if page is None:
        raise click.UsageError(
            'name the page: web.html of a release, or of "python web/build.py" (docs/web.md)'
        )
    try:
        data, policy = read_page(Path(page))
        server = serving(data, policy, port)
    except (OSError, ValueError) as error:
        complain(f"{named(page)}: {error.strerror or error}" if isinstance(error, OSError) else str(error))
        return REFUSED
    with server, interrupted_by_sigterm(), suppress(KeyboardInterrupt):
        address = f"http://{LOOPBACK}:{server.server_port}/"
        say(f"{address} (Ctrl+C ends it)")
        if is_opened:
            import webbrowser

            webbrowser.open(address)
        server.serve_forever()
    return INTERRUPTED


def read_page(path: Path) -> tuple[bytes, str]:
    """The page and its content policy; `ValueError` where there is none."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES)
    found = _POLICY.search(data[:4096].decode("utf-8", "replace"))
    if found is None:
        raise ValueError(f"{named(str(path))}: not the page: it has no content policy")
    return data, unescape(found[1])


def serving(data: bytes, policy: str, port: int) -> ThreadingHTTPServer:
    """A server that gives the page alone; port 0 is any free one."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(data)),
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }

    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE_S

        def do_GET(self) -> None:
            if self._head():
                with suppress(ConnectionError):
                    self.wfile.write(data)

        def do_HEAD(self) -> None:
            self._head()

        def _head(self) -> bool:
            if self.path != "/":
                self.send_error(404)
                return False
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            return True

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody asks for a log."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        allow_reuse_address = True

    try:
        return Server((LOOPBACK, port), Handler)
    except OSError as error:
        raise ValueError(f"port {port} of {LOOPBACK}: {error.strerror}; name another with --port") from None
