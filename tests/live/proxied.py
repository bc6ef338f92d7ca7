"""A proxy with the settings in share/huginn between a client and an application; a capture beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from tests.support import network as net
from tests.support.core import CORE
from tests.support.processes import CaptureProcess, capturing

ROOT = CORE.parent
SETTINGS = ROOT / "share" / "huginn"
MODULES = Path("/usr/lib/apache2/modules")
SOCKETS_OF_LUA = Path("/usr/share/lua/5.3/socket.lua")
GROUP = "www-data"
"""Apache does not run as root."""

TIMEOUT_S = 60
SITE = "10.90.0.2"
FORGED = (
    *("Huginn-OS: forged", "Huginn-Status: forged", "Huginn-Tool: forged", "huginn-verdict: forged"),
    *('Huginn-Claim: "Googlebot";verdict=proven;by=address;forged', "HUGINN-CLAIM: forged"),
    *("Huginn_OS: forged", "huginn_tool: forged"),  # CGI and WSGI know no difference
)

APPLICATION = """
import http.server, json, os
class Application(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        text = json.dumps({name.lower(): value for name, value in self.headers.items()})
        os.write(1, json.dumps([self.path, text]).encode() + b"\\n")
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", 8000), Application).serve_forever()
"""
"""Answers with the headers of the request, and writes them."""


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Proxy(NamedTuple):
    """How a proxy is started with its settings; `folder` is for what it writes."""

    name: str
    command: Sequence[str]


def adapted(name: str, changes: dict[str, str], path: Path) -> Path:
    """The settings with other files and names; each place is there once or more."""
    text = (SETTINGS / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text)
    return path


def nginx(folder: Path, socket: Path, certificate: Path) -> list[str]:
    spoken = "proxy_set_header Host $host;"
    changes = {"/run/huginn/ask": str(socket), "site.pem": str(certificate)}
    changes[spoken] = f"{spoken}\n        proxy_set_header Spoken $server_protocol;"
    inner = adapted("nginx.conf", changes, folder / "site.conf")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    path = folder / "nginx.conf"
    http = f"http {{\naccess_log off;\n{folders}include {inner};\n}}\n"
    path.write_text(f"user root;\npid {folder / 'pid'};\nevents {{}}\n{http}")
    return [program("nginx"), "-e", "stderr", "-c", str(path), "-g", "daemon off;"]


def caddy(folder: Path, socket: Path, certificate: Path) -> list[str]:
    site = f"https://{SITE}, https://site.test {{\n\ttls {certificate} {certificate}\n"
    changes = {"/run/huginn/ask": str(socket), "\nlocalhost {\n": f"\n{site}"}
    application = "reverse_proxy 127.0.0.1:8000"
    changes[application] = f"{application} {{\n\t\t\theader_up Spoken {{http.request.proto}}\n\t\t}}"
    path = adapted("Caddyfile", changes, folder / "Caddyfile")
    text = path.read_text()
    assert text.count("{\n\tservers {\n") == 1
    path.write_text(text.replace("{\n\tservers {\n", "{\n\tadmin off\n\tskip_install_trust\n\tservers {\n"))
    return [program("caddy"), "run", "--config", str(path), "--adapter", "caddyfile"]


def haproxy(folder: Path, socket: Path, certificate: Path) -> list[str]:
    script = adapted("huginn.lua", {"/run/huginn/ask": str(socket)}, folder / "huginn.lua")
    changes = {"/etc/haproxy/huginn.lua": str(script), "site.pem": str(certificate)}
    path = adapted("haproxy.cfg", changes, folder / "haproxy.cfg")
    return [program("haproxy"), "-db", "-f", str(path)]


APACHE_MODULES = (
    *("mpm_event", "authz_core", "http2", "lua", "proxy", "proxy_http", "rewrite", "socache_shmcb", "ssl"),
)


def apache2(folder: Path, socket: Path, certificate: Path) -> list[str]:
    if not SOCKETS_OF_LUA.exists():
        pytest.skip("lua-socket is not installed")
    script = adapted("huginn.lua", {"/run/huginn/ask": str(socket)}, folder / "huginn.lua")
    changes = {"/etc/apache2/huginn.lua": str(script), "site.pem": str(certificate)}
    site = adapted("apache.conf", changes, folder / "site.conf")
    loaded = "".join(f"LoadModule {name}_module {MODULES / f'mod_{name}.so'}\n" for name in APACHE_MODULES)
    path = folder / "apache2.conf"
    rest = (
        f"User www-data\nGroup www-data\nPidFile {folder / 'pid'}\nErrorLog /dev/stderr\nServerName {SITE}\n"
    )
    path.write_text(f"{loaded}{rest}DefaultRuntimeDir {folder}\nInclude {site}\n")
    return [program("apache2"), "-D", "FOREGROUND", "-f", str(path)]


HTTP_1_ONLY = {
    "nginx": ("site.conf", " ssl http2;", " ssl;"),
    "caddy": ("Caddyfile", "\tservers {\n", "\tservers {\n\t\tprotocols h1\n"),
}
"""A file of theirs, a place in it, and what stands there where the site speaks HTTP/1 alone."""

CLOSES = "nginx.conf", "access_log off;", "access_log off;\nkeepalive_requests 1;"

MAKERS = {"apache2": apache2, "caddy": caddy, "haproxy": haproxy, "nginx": nginx}


@contextmanager
def running(
    namespace: str, command: Sequence[str], folder: Path, name: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a namespace, gone afterwards."""
    environment = {**os.environ, "HOME": str(folder)}
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            net.inside(namespace, list(command)), stdout=log, stderr=log, cwd=folder, env=environment
        )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait(TIMEOUT_S)


class ProxiedServer(NamedTuple):
    """What stands behind the cable."""

    network: net.Network
    folder: Path
    socket: Path

    def curl(self, *words: str) -> dict[str, str]:
        """The headers that the application received of curl's request."""
        found: dict[str, str] = json.loads(self.curled(*words))
        return found

    def curled(self, *words: str) -> str:
        """What it printed."""
        command = ["curl", "-sk", "--max-time", "20", *words, f"https://{SITE}/"]
        done = subprocess.run(
            net.inside(self.network.client, command), capture_output=True, text=True, timeout=TIMEOUT_S
        )
        assert done.returncode == 0, (done, self.logs())
        assert done.stdout.startswith("{"), (done, self.logs())
        return done.stdout

    def received(self, path: str) -> list[dict[str, str]]:
        """The headers of all requests for a path so far."""
        lines = (self.folder / "application.log").read_text().splitlines()
        pairs = [json.loads(line) for line in lines if line.startswith("[")]
        return [json.loads(text) for asked, text in pairs if asked == path]

    def logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def reached(self) -> None:
        """Wait until the application answers."""
        deadline = time.monotonic() + TIMEOUT_S
        command = net.inside(self.network.client, ["curl", "-sk", "--max-time", "5", f"https://{SITE}/"])
        while not (done := subprocess.run(command, capture_output=True, timeout=TIMEOUT_S)).stdout.startswith(
            b"{"
        ):
            assert time.monotonic() < deadline, (done, self.logs())
            time.sleep(0.05)

    @contextmanager
    def capturing(self, *more: str) -> Iterator[CaptureProcess]:
        """The sidecar, answering."""
        words = (
            "cable",
            "--listen",
            f"unix:{self.socket}",
            "--socket-group",
            GROUP,
            "--format",
            "json",
            *more,
        )
        with capturing(self.network.server, *words, folder=self.folder) as capture:
            capture.wait_for(lambda: "answering on" in capture.errors_path.read_text(), "the answers")
            capture.wait_for(lambda: "huginn-status" in self.curl(), "the proxy, which forgot it for a while")
            yield capture


@contextmanager
def stage(
    name: str, network: net.Network, certificate: Path, *, http_1_only: bool = False, closes: bool = False
) -> Iterator[ProxiedServer]:
    """The application, and the proxy before it; no capture yet. All users may look into the folder.

    With `closes`, nginx ends each connection after a request.
    """
    with TemporaryDirectory(prefix="proxied-") as path:
        folder = Path(path)
        folder.chmod(0o755)
        made = ProxiedServer(network, folder, folder / "ask")
        command = MAKERS[name](folder, made.socket, certificate)
        changes = ([HTTP_1_ONLY[name]] if http_1_only else []) + ([CLOSES] if closes else [])
        for file, old, new in changes:
            text = (folder / file).read_text()
            assert old in text
            (folder / file).write_text(text.replace(old, new, 1))
        with _together(made, name, command):
            yield made


@contextmanager
def _together(made: ProxiedServer, name: str, command: Sequence[str]) -> Iterator[None]:
    network, folder = made.network, made.folder
    with (
        running(network.server, [sys.executable, "-c", APPLICATION], folder, "application"),
        running(network.server, command, folder, name),
    ):
        made.reached()
        yield
