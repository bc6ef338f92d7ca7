"""The requests that browsers send for a page and everything on it: ``python -m workbench.lab.browsers``.

Runs the installed browsers and writes requests.csv. WebKitGTK (MiniBrowser) and Epiphany need a display
(`Xvfb`). Over HTTP/2 Firefox refuses the certificate.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.lab.tools import LoopbackServer, package_version, write_table

TABLE = Path(__file__).resolve().parent / "requests.csv"
LONGEST_S = 15
SHOWN = ("user-agent", "sec-ch-ua", "sec-ch-ua-platform")
"""Headers whose values are kept."""

MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors")

PAGE = b"""<!doctype html><html><head><link rel=stylesheet href=/style.css><script src=/script.js></script>
<link rel=prefetch href=/later><link rel=icon href=/icon.png></head><body><img src=/picture.png>
<iframe src=/frame></iframe>
<video src=/film.mp4 autoplay muted></video><audio src=/sound.ogg autoplay></audio>
<object data=/object.svg></object><form id=form method=post action=/form><input name=a value=b></form><script>
document.cookie = 'c=1';
fetch('/fetch'); fetch('/none', {cache: 'no-cache'}); fetch('/range', {headers: {Range: 'bytes=0-5'}});
fetch('/head', {method: 'HEAD', headers: {'Accept-Language': 'de'}});
fetch('/post', {method: 'POST', body: '{}', headers: {'Content-Type': 'application/json', 'X-Own': '1'}});
const old = new XMLHttpRequest(); old.open('POST', '/old');
old.setRequestHeader('X-Requested-With', 'XMLHttpRequest'); old.send('q=1');
navigator.sendBeacon('/beacon', 'z'); new EventSource('/events'); new Worker('/worker.js');
try { new WebSocket(location.origin.replace('http', 'ws') + '/socket') } catch (refused) {}
if (location.pathname === '/') setTimeout(() => document.getElementById('form').submit(), 1500);
</script></body></html>"""


@dataclass(frozen=True, slots=True)
class BrowserRequest:
    """A request. `headers` are their names in order, some with values, separated by |."""

    program: str
    version: str
    http: str
    path: str
    headers: str


def kept(headers: Iterable[tuple[str, str]]) -> str:
    return "|".join(f"{name}:{value}" if name.lower() in SHOWN else name for name, value in headers)


def _answer_to(path: str) -> tuple[bytes, str]:
    return (PAGE, "text/html") if path in ("/", "/form") else (b"ok", "text/plain")


def _read_plain(connection: socket.socket) -> Iterator[tuple[str, str, str]]:
    """Version, path and headers of each HTTP/1 request."""
    held = b""
    while True:
        while b"\r\n\r\n" not in held:
            if not (more := connection.recv(65536)):
                return
            held += more
        head, _, held = held.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        length = int({name.lower(): value for name, value in headers}.get("content-length", "0"))
        while len(held) < length:
            held += connection.recv(65536)
        held = held[length:]
        method, path, _ = first.split(" ")
        yield "1.1", path, kept(headers)
        body, kind = _answer_to(path)
        start = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(start.encode() + (b"" if method == "HEAD" else body))


def _read_h2(connection: socket.socket) -> Iterator[tuple[str, str, str]]:
    """The same for HTTP/2, with pseudo-headers."""
    import h2.config
    import h2.connection
    import h2.events
    import h2.exceptions

    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="latin-1"))
    talk.initiate_connection()
    connection.sendall(talk.data_to_send())
    while more := connection.recv(65536):
        try:
            events = talk.receive_data(more)
        except h2.exceptions.ProtocolError:
            return  # WebSocket needs HTTP/1
        for event in events:
            if not isinstance(event, h2.events.RequestReceived) or event.headers is None:
                continue
            headers = [(str(name), str(value)) for name, value in event.headers]
            path = dict(headers)[":path"]
            yield "2", path, kept(headers)
            body, kind = _answer_to(path)
            talk.send_headers(event.stream_id, [(":status", "200"), ("content-type", kind)])
            talk.send_data(event.stream_id, body, end_stream=True)
        connection.sendall(talk.data_to_send())


class RequestServer(LoopbackServer):
    """Records all requests; with a `context` over HTTP/2 with a self-signed certificate."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self.context = context
        self.seen: list[tuple[str, str, str]] = []
        super().__init__()
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.port}/"

    def _answer(self, connection: socket.socket) -> None:
        try:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            for one in (_read_h2 if self.context else _read_plain)(connection):
                self.seen.append(one)
        except (OSError, ValueError):
            return


def own_certificate(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    files = ("-keyout", key, "-out", certificate)
    subprocess.run((*words, "-subj", "/CN=127.0.0.1", *files), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.set_alpn_protocols(["h2"])
    return context


def browsers(folder: Path) -> Iterator[tuple[str, str, bool, tuple[str, ...]]]:
    """Name, version, whether it accepts any certificate, and command."""
    mini, profile = package_version("libwebkit2gtk-4.1-0"), str(folder)
    yield "Chromium", package_version("chromium"), True, (*CHROMIUM, f"--user-data-dir={folder}/c", "URL")
    firefox = ("firefox-esr", "--headless", "--no-remote", "--profile", profile, "URL")
    yield "Firefox", package_version("firefox-esr"), False, firefox
    yield "WebKitGTK", mini, True, (MINI_BROWSER, "--ignore-tls-errors", "URL")
    epiphany = ("dbus-run-session", "epiphany", "--private-instance", "URL")
    yield "Epiphany", package_version("epiphany-browser"), False, epiphany


def measure(is_h2: bool) -> Iterator[BrowserRequest]:
    """The requests of each installed browser for a page and everything on it."""
    with TemporaryDirectory() as folder:
        context = own_certificate(Path(folder)) if is_h2 else None
        for name, version, takes_any, command in browsers(Path(folder)):
            if shutil.which(command[0]) is None or (is_h2 and not takes_any):
                print(f"  left out: {name}")
                continue
            server = RequestServer(context)
            words = [word.replace("URL", server.url) for word in command]
            own = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder}
            with subprocess.Popen(
                words, env=own, start_new_session=True, stderr=subprocess.DEVNULL
            ) as running:
                time.sleep(LONGEST_S)
                if running.poll() is None:
                    os.killpg(running.pid, signal.SIGKILL)
            server.socket.close()
            yield from (BrowserRequest(name, version, *one) for one in server.seen)


def main() -> None:
    found = dict.fromkeys((*measure(False), *measure(True)))
    unlike = {(one.program, one.http, one.headers): one for one in reversed(found)}
    write_table(TABLE, sorted(unlike.values(), key=astuple), BrowserRequest)
    print(f"{len(unlike)} requests")


if __name__ == "__main__":
    main()
