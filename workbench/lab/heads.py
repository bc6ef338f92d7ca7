"""Measure HTTP clients and servers: ``python -m workbench.lab.heads [NAME ...]``.

Each installed client sends a request to a server here, which records the head of the first request and
answers. Each installed server gets a request like curl's. Results are added to the table beside this file;
existing rows stay. Values that vary between runs (times, host names) are left out.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.lab.tools import LoopbackServer, Program, add_rows, version_of

TABLE = Path(__file__).resolve().parent / "heads.csv"
LONGEST_S = 30
HIDDEN = {"host", "date", "last-modified", "etag", "content-length", "set-cookie", "sec-ch-ua"}
NODE_SERVER = "require('http').createServer((q, s) => s.end('ok')).listen(PORT)"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
QUESTION = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n\r\n"


@dataclass(frozen=True, slots=True)
class CapturedHead:
    """A head. ``kind`` is request or response; ``head`` is version and headers, separated by |."""

    program: str
    version: str
    kind: str
    command: str
    head: str
    date: str


Run = Callable[[list[str], int], bytes]


def described(head: bytes, response: bool) -> str:
    """The digit of the version, then the headers as sent; varying values are left out."""
    first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    version = (first.split(" ")[0] if response else first.rsplit(" ", 1)[-1])[-1]
    shown = []
    for line in lines:
        name, _, value = line.partition(":")
        shown.append(name if name.lower() in HIDDEN else f"{name}:{value}")
    return "|".join((version, *shown))


class HeadServer(LoopbackServer):
    """Records the heads of requests, one per connection."""

    def __init__(self, port: int) -> None:
        self.heads: list[bytes] = []
        super().__init__(port)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(LONGEST_S)
            try:
                head = read_head(connection)
                if b"favicon" not in head and head:
                    self.heads.append(head)
                connection.sendall(ANSWER)
            except OSError:
                return


def read_head(connection: socket.socket) -> bytes:
    """The bytes up to the empty line."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(65536)
        if not more:
            break
        head += more
    return head


GO, JAVA = "go version", "java --version"
PYTHON_CALLS = {
    "urllib.request": ("", "urlopen('URL')"),
    "http.client": ("", "HTTPConnection('127.0.0.1', PORT).request('GET', '/')"),
    "requests": ("requests", "get('URL')"),
    "urllib3": ("urllib3", "request('GET', 'URL')"),
    "httpx": ("httpx", "get('URL')"),
}
AIOHTTP = "async def f():\n async with m.ClientSession() as s:\n  await s.get('URL')\n"
CHROMIUM = "chromium --headless --no-sandbox --disable-gpu --user-data-dir=FOLDER/c --dump-dom URL"
FIREFOX = "firefox-esr --headless --no-remote --profile FOLDER --screenshot FOLDER/shot.png URL"
CLIENTS: tuple[Program, ...] = (
    *(("curl", "curl", f"curl -s {words} URL") for words in ("", "-I", "--compressed", "-d a=b")),
    ("wget", "wget", "wget -q -t 1 -O - URL"),
    ("git", "git", "git ls-remote URL"),
    ("aria2", "aria2", "aria2c -q -d FOLDER URLa"),
    ("Lynx", "lynx", "lynx -dump URL"),
    ("w3m", "w3m", "w3m -dump URL"),
    ("apt", "apt", "/usr/lib/apt/apt-helper download-file URL FOLDER/apt"),
    *(
        (module, package, "python -c", f"import {module} as m; m.{call}")
        for module, (package, call) in PYTHON_CALLS.items()
    ),
    ("aiohttp", "aiohttp", "python -c", f"import aiohttp as m, asyncio\n{AIOHTTP}asyncio.run(f())"),
    ("Node http", "nodejs", "node -e", "require('http').get('URL')"),
    ("Node fetch", "nodejs", "node -e", "fetch('URL')"),
    ("PHP", "php-cli", "php -r", "file_get_contents('URL');"),
    ("Ruby Net::HTTP", "ruby", "ruby -rnet/http -e", "Net::HTTP.get(URI('URL'))"),
    ("Perl HTTP::Tiny", "perl", "perl -MHTTP::Tiny -e", "HTTP::Tiny->new->get('URL')"),
    ("Perl LWP", "libwww-perl", "perl -MLWP::UserAgent -e", "LWP::UserAgent->new->get('URL')"),
    ("Go net/http", GO, "go run FOLDER/ask.go"),
    *((f"Java {way}", JAVA, f"java FOLDER/Ask.java {way} URL") for way in ("client", "connection")),
    ("Chromium", "chromium", CHROMIUM),
    ("Firefox", "firefox-esr", FIREFOX),
)
"""All that may be installed."""

WSGI = "import sys; sys.path.insert(0, 'FOLDER'); from wsgiapp import app\n"
TORNADO = """import asyncio, tornado.web as w
class H(w.RequestHandler):
 def get(self):
  self.write('ok')
async def f():
 w.Application([('/', H)]).listen(PORT)
 await asyncio.Event().wait()
asyncio.run(f())"""
AIOHTTP_SERVER = """from aiohttp import web
async def h(r):
 return web.Response(text='ok')
a = web.Application(); a.add_routes([web.get('/', h)])
web.run_app(a, host='127.0.0.1', port=PORT)"""
SIMPLE, WERKZEUG = (
    f"{WSGI}from wsgiref.simple_server import make_server as m; m('', PORT, app).serve_forever()",
    f"{WSGI}from werkzeug.serving import run_simple as r; r('127.0.0.1', PORT, app)",
)
SERVERS: tuple[Program, ...] = (
    ("http.server", "", "python -m http.server PORT -d FOLDER"),
    ("wsgiref", "", "python -c", SIMPLE),
    ("gunicorn", "gunicorn", "python -m gunicorn --chdir FOLDER -b 127.0.0.1:PORT wsgiapp:app"),
    ("uvicorn", "uvicorn", "python -m uvicorn --app-dir FOLDER --port PORT asgiapp:app"),
    ("hypercorn", "hypercorn", "python -m hypercorn -b 127.0.0.1:PORT file:FOLDER/asgiapp.py:app"),
    ("Werkzeug", "werkzeug", "python -c", WERKZEUG),
    ("Twisted", "twisted", "python -m twisted web --listen tcp:PORT --path FOLDER"),
    ("Tornado", "tornado", "python -c", TORNADO),
    ("aiohttp", "aiohttp", "python -c", AIOHTTP_SERVER),
    ("Node http", "nodejs", "node -e", NODE_SERVER),
    ("PHP", "php-cli", "php -S 127.0.0.1:PORT -t FOLDER"),
    ("Ruby WEBrick", "ruby-webrick", "ruby -run -e httpd FOLDER -p PORT"),
    ("Java jwebserver", JAVA, "jwebserver -p PORT -d FOLDER"),
    ("Go net/http", GO, "go run FOLDER/serve.go"),
    ("nginx", "nginx", "nginx -c FOLDER/nginx.conf -e /dev/null"),
    ("lighttpd", "lighttpd", "lighttpd -D -f FOLDER/lighttpd.conf"),
    ("Apache", "apache2", "/usr/sbin/apache2 -X -f FOLDER/apache.conf"),
    ("Caddy", "caddy", "caddy file-server --listen 127.0.0.1:PORT --root FOLDER"),
)
"""All that may be installed; they serve FOLDER, or say ok."""

FILES = {
    "index.html": "ok",
    "ask.go": 'package main\nimport "net/http"\nfunc main() { http.Get("http://127.0.0.1:PORT/") }\n',
    "Ask.java": """
import java.net.URI;
import java.net.http.*;
public class Ask {
    public static void main(String[] words) throws Exception {
        URI address = URI.create(words[1]);
        if (words[0].equals("client"))
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.ofString());
        else
            address.toURL().openStream().read();
    }
}
""",
    "wsgiapp.py": "def app(e, s):\n s('200 OK', [('Content-Type', 'text/plain')])\n return [b'ok']\n",
    "asgiapp.py": """async def app(c, r, s):
 if c['type'] == 'lifespan':
  return
 h = [(b'content-type', b'text/plain')]
 await s({'type': 'http.response.start', 'status': 200, 'headers': h})
 await s({'type': 'http.response.body', 'body': b'ok'})
""",
    "serve.go": """package main
import "net/http"
func main() {
 http.ListenAndServe("127.0.0.1:PORT", http.FileServer(http.Dir("FOLDER")))
}
""",
    "nginx.conf": """daemon off; pid FOLDER/nginx.pid; events {} user root;
http { access_log off; server { listen 127.0.0.1:PORT; root FOLDER; } }
""",
    "lighttpd.conf": 'server.document-root="FOLDER"\nserver.port=PORT\nindex-file.names=("index.html")\n',
    "apache.conf": """ServerRoot FOLDER
ServerName a
Listen 127.0.0.1:PORT
PidFile FOLDER/apache.pid
ErrorLog /dev/null
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
TypesConfig /etc/mime.types
DocumentRoot FOLDER
DirectoryIndex index.html
ServerTokens OS
DefaultRuntimeDir FOLDER
""",
}
"""Files that the programs run or read, in FOLDER."""


def first_head(command: list[str], look: Callable[[], bytes]) -> bytes:
    """The first result of `look` while a program runs."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        deadline = time.monotonic() + LONGEST_S
        while not (head := look()) and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(0.2)
        head = head or look()
        running.kill()
    return head


def asked_by(command: list[str], port: int) -> bytes:
    server = HeadServer(port)
    with server.socket:
        return first_head(command, lambda: b"".join(server.heads[:1]))


def answered_by(command: list[str], port: int) -> bytes:
    def ask() -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
                connection.sendall(QUESTION)
                return read_head(connection)
        except OSError:
            return b""

    return first_head(command, ask)


def measure(names: Iterable[str]) -> Iterator[CapturedHead]:
    """Heads of the programs whose names begin with `names` (default: all). Each has its own folder."""
    wanted = tuple(names) or ("",)
    for kind, programs, run in (("request", CLIENTS, asked_by), ("response", SERVERS, answered_by)):
        for name, package, words, *more in programs:
            if name.startswith(wanted):
                with TemporaryDirectory() as folder:
                    yield from _measured((name, package, kind), [*words.split(), *more], run, Path(folder))


def _measured(what: tuple[str, str, str], words: list[str], run: Run, folder: Path) -> Iterator[CapturedHead]:
    name, package, kind = what
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def filled(text: str) -> str:
        return text.replace("PORT", str(port)).replace("FOLDER", str(folder))

    words = [word.replace("URL", "http://127.0.0.1:PORT/") for word in words]
    command = [sys.executable if word == "python" else filled(word) for word in words]
    if shutil.which(command[0]) is None:
        print(f"  left out: {name}: {command[0]} is absent")
        return
    for file, text in FILES.items():
        (folder / file).write_text(filled(text))
    head = run(command, port)
    seen = described(head, kind == "response") if head else ""
    print(f"{kind:9}{name:20}{seen or 'nothing'}")
    if seen:
        shown = " ".join(words).replace("\n", "; ")
        yield CapturedHead(name, version_of(package), kind, shown, seen, date.today().isoformat())


def main() -> None:
    add_rows(TABLE, CapturedHead, measure(sys.argv[1:]), ("program", "version", "kind", "command"))


if __name__ == "__main__":
    main()
