"""Servers that systemd starts when the first client comes: the socket is there before they are."""

from __future__ import annotations

import importlib.util
import shutil
import sys

import pytest

from huginn_cffi import server
from tests.server.connections import LOOPBACKS, armed_pair, linux
from tests.server.test_servers import GUNICORN
from tests.support.serving import ROOT, SERVERS, asked, asked_over, free_port, reached, running

pytestmark = linux

BEGIN = f"import socket, sys; sys.path.insert(0, {str(SERVERS)!r})\n"
ACTIVATED: dict[str, tuple[str, ...]] = {
    "http.server": (
        "-c",
        BEGIN + "from with_http_server import Handler, Server\n"
        "serving = Server(('', 0), Handler, bind_and_activate=False)\n"
        "serving.socket.close(); serving.socket = socket.socket(fileno=3)\n"
        "serving.server_activate(); serving.serve_forever()\n",
    ),
    "uvicorn": (
        "-c",
        BEGIN + "from asgi_app import app; from huginn_cffi.server.uvicorn import run\n"
        "run(app, fd=3, lifespan='off')\n",
    ),
    "gunicorn": ("-m", *GUNICORN, "--threads=2", "wsgi_app:application"),
}


@pytest.mark.parametrize("host", LOOPBACKS)
@pytest.mark.parametrize("name", ACTIVATED)
def test_activation(name: str, host: str) -> None:
    """The connection that starts it has no SYN, those after the first answer have."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    program = shutil.which("systemd-socket-activate")
    if program is None:
        pytest.skip("systemd-socket-activate is not installed")
    with armed_pair(host) as made:
        expected = str(server.client(made.accepted))
    port = free_port(host)
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [program, f"--setenv=PYTHONPATH={ROOT}", f"--listen={place}", sys.executable, *ACTIVATED[name]]
    with running(command) as process:
        with reached(process, host, port) as first:
            assert asked_over(first) == ["not armed" if name == "http.server" else "unknown"] * 2
        assert asked(host, port) == [expected] * 2
