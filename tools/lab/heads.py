"""Measure HTTP clients and servers: ``python -m tools.lab.heads [NAME ...]``.

Each client that is installed asks a server here, which notes the head of the first request and answers;
each server that is installed is asked as curl asks. What was seen goes into the table beside this file; what
is in the table stays there. Values that differ from run to run (times, names of hosts) are left out.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.lab.tables import read_table, write_table
from tools.lab.tools import LoopbackServer, package_version

TABLE = Path(__file__).resolve().parent / "heads.csv"
LONGEST_S = 30
HIDDEN = {"host", "date", "last-modified", "etag", "content-length", "set-cookie", "sec-ch-ua"}
NODE_SERVER = "require('http').createServer((q, s) => s.end('ok')).listen(PORT)"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
QUESTION = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n\r\n"


@dataclass(frozen=True, slots=True)
class CapturedHead:
    """A head: ``kind`` is request or response, ``head`` its version and its headers, with | between."""

    program: str
    version: str
    kind: str
    command: str
    head: str
    date: str


@dataclass(frozen=True, slots=True)
class HeadProgram:
    """One way of using a program; PORT and FOLDER are filled in."""

    name: str
    version: str
    command: tuple[str, ...]


Run = Callable[[HeadProgram, Path], Iterator[str]]


def described(head: bytes, response: bool) -> str:
    """The digit of the version, then the headers as sent, those that vary without their values."""
    first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    version = (first.split(" ")[0] if response else first.rsplit(" ", 1)[-1])[-1]
    shown = []
    for line in lines:
        name, _, value = line.partition(":")
        shown.append(name if name.lower() in HIDDEN else f"{name}:{value}")
    return "|".join((version, *shown))


class HeadServer(LoopbackServer):
    """Notes the heads of requests, each of its own connection."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        super().__init__()

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
    """What was sent up to the empty line."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(65536)
        if not more:
            break
        head += more
    return head


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def clients(folder: Path) -> Iterator[HeadProgram]:
    """All that may be installed."""
    url = "http://127.0.0.1:PORT/"
    deb, own = package_version, sys.version.split()[0]
    for words in ("", "-I", "--compressed", "-d a=b"):
        yield HeadProgram("curl", deb("curl"), ("curl", "-s", *words.split(), url))
    yield HeadProgram("wget", deb("wget"), ("wget", "-q", "-t", "1", "-O", "-", url))
    yield HeadProgram("git", deb("git"), ("git", "ls-remote", url))
    yield HeadProgram("aria2", deb("aria2"), ("aria2c", "-q", "-d", str(folder), url + "a"))
    yield HeadProgram("Lynx", deb("lynx"), ("lynx", "-dump", url))
    yield HeadProgram("w3m", deb("w3m"), ("w3m", "-dump", url))
    yield HeadProgram(
        "apt", deb("apt"), ("/usr/lib/apt/apt-helper", "download-file", url, str(folder / "apt"))
    )
    for module, call in (
        ("urllib.request", "urlopen(URL)"),
        ("http.client", "HTTPConnection('127.0.0.1', PORT).request('GET', '/')"),
        ("requests", "get(URL)"),
        ("urllib3", "request('GET', URL)"),
        ("httpx", "get(URL)"),
    ):
        version = own if "." in module else deb(module)
        call = call.replace("URL", f"'{url}'")
        yield HeadProgram(module, version, python(f"import {module} as m; m.{call}"))
    ask = f"async def f():\n async with m.ClientSession() as s:\n  await s.get('{url}')\n"
    yield HeadProgram(
        "aiohttp", deb("aiohttp"), python(f"import aiohttp as m, asyncio\n{ask}asyncio.run(f())")
    )
    yield HeadProgram("Node http", deb("nodejs"), ("node", "-e", f"require('http').get('{url}')"))
    yield HeadProgram("Node fetch", deb("nodejs"), ("node", "-e", f"fetch('{url}')"))
    yield HeadProgram("PHP", deb("php-cli"), ("php", "-r", f"file_get_contents('{url}');"))
    yield HeadProgram(
        "Ruby Net::HTTP", deb("ruby"), ("ruby", "-rnet/http", "-e", f"Net::HTTP.get(URI('{url}'))")
    )
    yield HeadProgram(
        "Perl HTTP::Tiny", deb("perl"), ("perl", "-MHTTP::Tiny", "-e", f"HTTP::Tiny->new->get('{url}')")
    )
    lwp = ("perl", "-MLWP::UserAgent", "-e", f"LWP::UserAgent->new->get('{url}')")
    yield HeadProgram("Perl LWP", deb("libwww-perl"), lwp)
    yield HeadProgram("Go net/http", version_of("go", "version"), ("go", "run", str(go_client(folder))))
    for way in ("client", "connection"):
        words = ("java", str(java_client(folder)), way, url)
        yield HeadProgram(f"Java {way}", version_of("java", "--version"), words)
    chromium = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/c")
    yield HeadProgram("Chromium", deb("chromium"), (*chromium, "--dump-dom", url))
    firefox = ("firefox-esr", "--headless", "--no-remote", "--profile", str(folder), "--screenshot")
    yield HeadProgram("Firefox", deb("firefox-esr"), (*firefox, str(folder / "shot.png"), url))


def go_client(folder: Path) -> Path:
    path = folder / "ask.go"
    text = 'package main\nimport "net/http"\nfunc main() { http.Get("http://127.0.0.1:PORT/") }\n'
    path.write_text(text)
    return path


def java_client(folder: Path) -> Path:
    path = folder / "Ask.java"
    path.write_text(
        """
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
"""
    )
    return path


def servers(folder: Path) -> Iterator[HeadProgram]:
    """All that may be installed; they serve FOLDER, or say ok."""
    deb, own = package_version, sys.version.split()[0]
    (folder / "index.html").write_text("ok")
    wsgi = "def app(e, s):\n s('200 OK', [('Content-Type', 'text/plain')])\n return [b'ok']\n"
    asgi = (
        "async def app(c, r, s):\n"
        " if c['type'] == 'lifespan':\n  return\n"
        " h = [(b'content-type', b'text/plain')]\n"
        " await s({'type': 'http.response.start', 'status': 200, 'headers': h})\n"
        " await s({'type': 'http.response.body', 'body': b'ok'})\n"
    )
    (folder / "wsgiapp.py").write_text(wsgi)
    (folder / "asgiapp.py").write_text(asgi)
    at, place = "127.0.0.1:PORT", str(folder)
    yield HeadProgram("http.server", own, (sys.executable, "-m", "http.server", "PORT", "-d", place))
    yield HeadProgram(
        "wsgiref",
        own,
        python(
            "import sys; sys.path.insert(0, 'FOLDER'); from wsgiapp import app\n"
            "from wsgiref.simple_server import make_server as m; m('', PORT, app).serve_forever()"
        ),
    )
    yield HeadProgram(
        "gunicorn",
        deb("gunicorn"),
        (sys.executable, "-m", "gunicorn", "--chdir", place, "-b", at, "wsgiapp:app"),
    )
    yield HeadProgram(
        "uvicorn",
        deb("uvicorn"),
        (sys.executable, "-m", "uvicorn", "--app-dir", place, "--port", "PORT", "asgiapp:app"),
    )
    yield HeadProgram(
        "hypercorn",
        deb("hypercorn"),
        (sys.executable, "-m", "hypercorn", "-b", at, f"file:{place}/asgiapp.py:app"),
    )
    yield HeadProgram(
        "Werkzeug",
        deb("werkzeug"),
        python(
            "import sys; sys.path.insert(0, 'FOLDER'); from wsgiapp import app\n"
            "from werkzeug.serving import run_simple as r; r('127.0.0.1', PORT, app)"
        ),
    )
    yield HeadProgram(
        "Twisted",
        deb("twisted"),
        (sys.executable, "-m", "twisted", "web", "--listen", "tcp:PORT", "--path", place),
    )
    yield HeadProgram(
        "Tornado",
        deb("tornado"),
        python(
            "import asyncio, tornado.web as w\n"
            "class H(w.RequestHandler):\n def get(self):\n  self.write('ok')\n"
            "async def f():\n w.Application([('/', H)]).listen(PORT)\n await asyncio.Event().wait()\n"
            "asyncio.run(f())"
        ),
    )
    yield HeadProgram(
        "aiohttp",
        deb("aiohttp"),
        python(
            "from aiohttp import web\nasync def h(r):\n return web.Response(text='ok')\n"
            "a = web.Application(); a.add_routes([web.get('/', h)])\n"
            "web.run_app(a, host='127.0.0.1', port=PORT)"
        ),
    )
    yield HeadProgram("Node http", deb("nodejs"), ("node", "-e", NODE_SERVER))
    yield HeadProgram("PHP", deb("php-cli"), ("php", "-S", at, "-t", place))
    yield HeadProgram(
        "Ruby WEBrick", deb("ruby-webrick"), ("ruby", "-run", "-e", "httpd", place, "-p", "PORT")
    )
    yield HeadProgram(
        "Java jwebserver", version_of("java", "--version"), ("jwebserver", "-p", "PORT", "-d", place)
    )
    (folder / "serve.go").write_text(
        'package main\nimport "net/http"\nfunc main() {\n'
        ' http.ListenAndServe("127.0.0.1:PORT", http.FileServer(http.Dir("FOLDER")))\n}\n'
    )
    yield HeadProgram("Go net/http", version_of("go", "version"), ("go", "run", str(folder / "serve.go")))
    (folder / "nginx.conf").write_text(
        "daemon off; pid FOLDER/nginx.pid; events {} user root;\n"
        "http { access_log off; server { listen 127.0.0.1:PORT; root FOLDER; } }\n"
    )
    yield HeadProgram("nginx", deb("nginx"), ("nginx", "-c", str(folder / "nginx.conf"), "-e", "/dev/null"))
    (folder / "lighttpd.conf").write_text(
        'server.document-root="FOLDER"\nserver.port=PORT\nindex-file.names=("index.html")\n'
    )
    yield HeadProgram("lighttpd", deb("lighttpd"), ("lighttpd", "-D", "-f", str(folder / "lighttpd.conf")))
    (folder / "apache.conf").write_text(
        "ServerRoot FOLDER\nServerName a\nListen 127.0.0.1:PORT\n"
        "PidFile FOLDER/apache.pid\nErrorLog /dev/null\n"
        "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\n"
        "LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n"
        "LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so\n"
        "LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so\nTypesConfig /etc/mime.types\n"
        "DocumentRoot FOLDER\nDirectoryIndex index.html\nServerTokens OS\nDefaultRuntimeDir FOLDER\n"
    )
    yield HeadProgram(
        "Apache", deb("apache2"), ("/usr/sbin/apache2", "-X", "-f", str(folder / "apache.conf"))
    )
    yield HeadProgram("Caddy", deb("caddy"), ("caddy", "file-server", "--listen", at, "--root", place))


def version_of(program: str, word: str) -> str:
    """The first line that a program prints of itself."""
    if shutil.which(program) is None:
        return ""
    return subprocess.run([program, word], capture_output=True, text=True, check=False).stdout.splitlines()[0]


def filled(program: HeadProgram, folder: Path, port: int) -> list[str]:
    for path in folder.iterdir():
        if path.suffix in (".go", ".conf"):
            path.write_text(path.read_text().replace("FOLDER", str(folder)).replace("PORT", str(port)))
    return [word.replace("PORT", str(port)).replace("FOLDER", str(folder)) for word in program.command]


def shown(program: HeadProgram, folder: Path) -> str:
    """The command as the table has it."""
    return (
        " ".join(program.command)
        .replace(sys.executable, "python")
        .replace(str(folder), "FOLDER")
        .replace("\n", "; ")
    )


def asked_by(program: HeadProgram, folder: Path) -> Iterator[str]:
    server = HeadServer()
    command = filled(program, folder, server.port)
    try:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            deadline = time.monotonic() + LONGEST_S
            while not server.heads and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(0.2)
            running.kill()
    finally:
        server.socket.close()
    yield from (described(head, False) for head in server.heads[:1])


def answered_by(program: HeadProgram, folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = filled(program, folder, port)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        deadline = time.monotonic() + LONGEST_S
        head = b""
        while not head and running.poll() is None and time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
                    connection.sendall(QUESTION)
                    head = read_head(connection)
            except OSError:
                time.sleep(0.2)
        running.kill()
    if head:
        yield described(head, True)


def measure(names: Iterable[str]) -> Iterator[CapturedHead]:
    """What the programs whose names begin so send; all without names. Each has its own folder."""
    wanted = tuple(names) or ("",)
    for kind, programs, run in (("request", clients, asked_by), ("response", servers, answered_by)):
        with TemporaryDirectory() as folder:
            known = [program.name for program in programs(Path(folder))]
        for number, name in enumerate(known):
            if name.startswith(wanted):
                with TemporaryDirectory() as made:
                    folder_of_it = Path(made)
                    yield from _measured(list(programs(folder_of_it))[number], kind, run, folder_of_it)


def _measured(program: HeadProgram, kind: str, run: Run, folder: Path) -> Iterator[CapturedHead]:
    if shutil.which(program.command[0]) is None:
        print(f"  left out: {program.name}: {program.command[0]} is absent")
        return
    heads = list(run(program, folder))
    print(f"{kind:9}{program.name:20}{heads[0] if heads else 'nothing'}")
    today = date.today().isoformat()
    for head in heads:
        yield CapturedHead(program.name, program.version, kind, shown(program, folder), head, today)


def read() -> list[CapturedHead]:
    return read_table(TABLE, CapturedHead)


def main() -> None:
    every = (*read(), *measure(sys.argv[1:]))
    known = {(one.program, one.version, one.kind, one.command): one for one in every}
    write_table(TABLE, sorted(known.values(), key=astuple), CapturedHead)


if __name__ == "__main__":
    main()
