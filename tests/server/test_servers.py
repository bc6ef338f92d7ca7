"""The examples, each with its server: what a client is, over both IP versions, twice on one connection."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

from huginn_cffi import server
from tests.server.connections import LOOPBACKS, PATIENCE_S, armed_pair, linux
from tests.support.serving import SERVERS, asked, free_port, served, wait_until_armed

if TYPE_CHECKING:
    from tests.support.browser import Browser

pytestmark = linux

GUNICORN = ("gunicorn", "--chdir", str(SERVERS), "--config", str(SERVERS / "gunicorn_settings.py"))
GUNICORN += ("--graceful-timeout=1",)  # a browser keeps connections on which it asks nothing
EXAMPLES: dict[str, tuple[str, ...]] = {
    "http.server": ("with_http_server.py", "HOST", "PORT"),
    "uvicorn": ("asgi_app.py", "uvicorn", "HOST", "PORT"),
    "hypercorn": ("asgi_app.py", "hypercorn", "HOST", "PORT"),
    "gunicorn sync": (*GUNICORN, "--workers=2", "--bind", "BIND", "wsgi_app:application"),
    "gunicorn gthread": (*GUNICORN, "--threads=2", "--bind", "BIND", "wsgi_app:application"),
    "gunicorn uvicorn": (*GUNICORN, "--bind", "BIND", "--worker-class=gunicorn_asgi.Worker", "asgi_app:app"),
    "starlette uvicorn": ("with_starlette.py", "HOST", "PORT"),
    "gunicorn uvicorn fastapi": (
        *(*GUNICORN, "--bind", "BIND"),
        *("--worker-class=gunicorn_asgi.Worker", "fastapi_app:app"),
    ),
    "gunicorn flask": (*GUNICORN, "--bind", "BIND", "flask_app:app"),
    "gunicorn django": (*GUNICORN, "--bind", "BIND", "django_app:application"),
    "aiohttp": ("with_aiohttp.py", "HOST", "PORT"),
    "tornado": ("with_tornado.py", "HOST", "PORT"),
    "twisted": ("with_twisted.py", "HOST", "PORT"),
}
CLOSES = {"gunicorn sync", "gunicorn flask", "gunicorn django"}
"""Servers that end each connection after a request."""


class ServerExample(NamedTuple):
    """A server that runs, and what its clients on this machine are."""

    name: str
    host: str
    port: int
    expected: str


def place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def command(name: str, host: str, port: int) -> list[str]:
    for module in name.split():
        if module in ("sync", "gthread"):
            continue
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    first, *words = EXAMPLES[name]
    places = {"HOST": host, "PORT": str(port), "BIND": place(host, port)}
    rest = [places.get(word, word) for word in words]
    return [str(SERVERS / first), *rest] if first.endswith(".py") else ["-m", first, *rest]


def own_system(host: str) -> str:
    """What a client on this machine is."""
    with armed_pair(host) as made:
        found = str(server.client(made.accepted))
    assert "Linux" in found
    return found


@pytest.fixture(
    scope="module",
    params=[(name, host) for name in EXAMPLES for host in LOOPBACKS],
    ids=lambda example: "-".join(example),
)
def example(request: pytest.FixtureRequest) -> Iterator[ServerExample]:
    """One of them, started for all its tests."""
    name, host = request.param
    port = free_port(host)
    expected = own_system(host)
    with served(command(name, host, port), host, port):
        wait_until_armed(lambda: asked(host, port, 1) == ["unknown"])
        yield ServerExample(name, host, port, expected)


def test_servers(example: ServerExample) -> None:
    host, port, expected = example.host, example.port, example.expected
    times = 1 if example.name in CLOSES else 2
    for _ in range(3):
        assert asked(host, port, times) == [expected] * times
    if curl := shutil.which("curl"):
        address = f"http://{place(host, port)}/"
        done = subprocess.run(
            [curl, "--silent", "--globoff", address, address],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert done.stdout.split("\n") == [expected, expected, ""]


def test_in_a_browser(example: ServerExample, window: Browser) -> None:
    for _ in range(2):
        window.driver.get(f"http://{place(example.host, example.port)}/")
        assert window.run("return document.body.innerText").strip() == example.expected
