"""Other loops, other protocols, TLS: what stands between the socket and the application."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import sys
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer

import pytest

from huginn_cffi import server
from huginn_cffi.server.sockets import TCP_SAVE_SYN
from huginn_cffi.server.socketserver import Armed
from tests.server.connections import PATIENCE_S, armed_pair, linux
from tests.support.serving import ROOT, SERVERS, asked, free_port, served, trusting, wait_until_armed

pytestmark = linux
HOST = "127.0.0.1"


def expected() -> str:
    with armed_pair(HOST) as made:
        return str(server.client(made.accepted))


BEGIN = f"import sys; sys.path.insert(0, {str(SERVERS)!r}); from asgi_app import app; "
PREFIX = BEGIN + "from huginn_cffi.server import uvicorn; "


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("protocol", ["h11_impl:H11Protocol", "httptools_impl:HttpToolsProtocol"])
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
def test_uvicorn(loop: str, protocol: str, secure: bool, certificate: Path) -> None:
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    for name in (loop, "httptools" if protocol.startswith("httptools") else "h11"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    module, name = protocol.split(":")
    port = free_port(HOST)
    tls = f", ssl_certfile={str(certificate)!r}" if secure else ""
    code = (
        f"from uvicorn.protocols.http.{module} import {name} as base; "
        f"uvicorn.run(app, http=uvicorn.http_protocol(base), host={HOST!r}, port={port}, loop={loop!r},"
        f" lifespan='off'{tls})"
    )
    with served(["-c", PREFIX + code], HOST, port):
        found = asked(HOST, port, 2, trusting(certificate) if secure else None)
    assert found == [expected()] * 2


@pytest.mark.parametrize("settings", ["workers=2", "reload=True"])
def test_uvicorn_in_several_processes(settings: str, tmp_path: Path) -> None:
    """They share the socket; none of them is the one that was started."""
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    port = free_port(HOST)
    program = tmp_path / "serving.py"
    program.write_text(
        f"import sys; sys.path.insert(0, {str(SERVERS)!r})\n"
        "from huginn_cffi.server.uvicorn import run\n"
        "if __name__ == '__main__':\n"
        f"    run('asgi_app:app', {settings}, host={HOST!r}, port={port}, lifespan='off',\n"
        f"        reload_dirs={str(tmp_path)!r})\n"
    )
    with served([str(program)], HOST, port):
        for _ in range(5):
            assert asked(HOST, port) == [expected()] * 2


def test_uvicorn_as_it_ends_and_fails(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    from huginn_cffi.server import uvicorn

    with pytest.raises(
        ValueError, match='with workers or reload, name the application as text: "module:app"'
    ):
        uvicorn.run(object(), workers=2)
    path = tmp_path / "socket"
    code = (
        "import os, signal; from huginn_cffi.server import uvicorn\n"
        "async def app(scope, receive, send):\n"
        "    await receive()\n"
        "    if not ENDS: raise SystemError\n"
        "    os.kill(os.getpid(), signal.SIGINT); await send({'type': 'lifespan.startup.complete'})\n"
        f"uvicorn.run(app, uds={str(path)!r}, lifespan='on')\n"
    )
    for ends, status in (("True", 0), ("False", 3)):
        command = [sys.executable, "-c", code.replace("ENDS", ends)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
        assert (done.returncode, "KeyboardInterrupt" in done.stderr) == (status, False), done.stderr
        assert not path.exists()


def test_hypercorn_with_tls_and_two_versions_of_http(certificate: Path) -> None:
    """The connection of HTTP/2 is the same one; asked with curl, which speaks it."""
    pytest.importorskip("hypercorn", reason="hypercorn is not installed")
    port = free_port(HOST)
    code = (
        "import asyncio; from hypercorn.asyncio import serve; "
        "from huginn_cffi.server.hypercorn import Config, AsgiMiddleware; config = Config(); "
        f"config.bind = ['{HOST}:{port}']; config.certfile = config.keyfile = {str(certificate)!r}; "
        "asyncio.run(serve(AsgiMiddleware(app), config))"
    )
    with served(["-c", BEGIN + code], HOST, port):
        assert asked(HOST, port, 2, trusting(certificate)) == [expected()] * 2
        curl = shutil.which("curl")
        if curl is None:
            pytest.skip("curl is not installed")
        address = f"https://{HOST}:{port}/"
        words = [curl, "--silent", "--http2", "--cacert", str(certificate), "--write-out", "%{http_version} "]
        done = subprocess.run([*words, address, address], capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.stdout == f"{expected()}\n2 " * 2


def test_gunicorn_with_tls(certificate: Path) -> None:
    pytest.importorskip("gunicorn", reason="gunicorn is not installed")
    port = free_port(HOST)
    words = ["--chdir", str(SERVERS), "--config", str(SERVERS / "gunicorn_settings.py"), "--threads=2"]
    words += ["--bind", f"{HOST}:{port}", "--certfile", str(certificate), "--keyfile", str(certificate)]
    with served(["-m", "gunicorn", *words, "wsgi_app:application"], HOST, port):
        wait_until_armed(lambda: asked(HOST, port, 1, trusting(certificate)) == ["unknown"])
        assert asked(HOST, port, 2, trusting(certificate)) == [expected()] * 2


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_aiohttp_with_tls(loop: str, certificate: Path) -> None:
    for name in ("aiohttp", loop):
        pytest.importorskip(name, reason=f"{name} is not installed")
    port = free_port(HOST)
    code = (
        f"import sys, ssl, socket, {loop}; sys.path.insert(0, {str(SERVERS)!r})\n"
        "from aiohttp import web; from with_aiohttp import answer\n"
        "from huginn_cffi import server; from huginn_cffi.server.aiohttp import middleware\n"
        "app = web.Application(middlewares=[middleware]); app.router.add_get('/', answer)\n"
        f"tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); tls.load_cert_chain({str(certificate)!r})\n"
        f"listener = socket.create_server(({HOST!r}, {port})); server.arm(listener)\n"
        f"web.run_app(app, sock=listener, ssl_context=tls, loop={loop}.new_event_loop())\n"
    )
    with served(["-c", code], HOST, port):
        wait_until_armed(lambda: asked(HOST, port, 1, trusting(certificate)) == ["unknown"])
        assert asked(HOST, port, 1, trusting(certificate)) == [expected()]
        if loop == "asyncio":
            assert asked(HOST, port, 2, trusting(certificate)) == [expected()] * 2


def test_socketserver_is_armed_before_it_listens() -> None:
    """No client comes in between."""
    listening = []

    class Listening(TCPServer):
        def server_activate(self) -> None:
            listening.append(self.socket.getsockopt(socket.IPPROTO_TCP, TCP_SAVE_SYN))
            super().server_activate()

    class ArmedServer(Armed, Listening):
        pass

    with ArmedServer((HOST, 0), BaseRequestHandler) as made:
        assert listening == [1]
        socket.create_connection(made.server_address[:2], PATIENCE_S).close()


def test_wsgiref() -> None:
    port = free_port(HOST)
    code = (
        f"import sys; sys.path.insert(0, {str(SERVERS)!r}); from wsgi_app import application\n"
        "from wsgiref.simple_server import WSGIServer, make_server\n"
        "from huginn_cffi.server.socketserver import Armed, WSGIRequestHandler\n"
        "class Server(Armed, WSGIServer): pass\n"
        f"make_server({HOST!r}, {port}, application, Server, WSGIRequestHandler).serve_forever()"
    )
    with served(["-c", code], HOST, port):
        assert asked(HOST, port, 1) == [expected()]


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
def test_streams_with_another_loop_and_tls(loop: str, secure: bool, certificate: Path) -> None:
    factory = pytest.importorskip(loop, reason=f"{loop} is not installed").new_event_loop

    async def talk() -> list[object]:
        found: list[object] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.append(server.client(writer))
            found.append(server.client(writer))
            while await reader.read(1):
                writer.write(b"x")
            writer.close()

        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        listening = await asyncio.start_server(serve, HOST, ssl=tls if secure else None)
        async with listening:
            assert all(server.arm(one) for one in listening.sockets)
            address = listening.sockets[0].getsockname()
            reader, writer = await asyncio.open_connection(
                *address, ssl=trusting(certificate) if secure else None
            )
            writer.write(b"x")
            await reader.read(1)
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()
        return found

    made = factory()
    try:
        found = made.run_until_complete(asyncio.wait_for(talk(), PATIENCE_S))
    finally:
        made.close()
    assert [str(one) for one in found] == [expected()] * 2


def lines_of(port: int, times: int) -> list[str]:
    """What a server says to empty lines on one connection."""
    found = []
    with socket.create_connection((HOST, port), PATIENCE_S) as talk, talk.makefile("rw") as lines:
        for _ in range(times):
            lines.write("\n")
            lines.flush()
            found.append(lines.readline().strip())
    return found


def test_lines_with_plain_asyncio() -> None:
    port = free_port(HOST)
    with served([str(SERVERS / "plain.py"), HOST, str(port)], HOST, port):
        wait_until_armed(lambda: lines_of(port, 1) == ["not armed"])
        assert lines_of(port, 2) == [expected()] * 2
