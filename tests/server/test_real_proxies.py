"""HAProxy and nginx with the settings of the manual, between a client and a server."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from huginn_cffi import server
from tests.server.connections import LOOPBACKS, PATIENCE_S, linux, listener
from tests.server.test_hellos import ja4_of
from tests.server.test_systems import WINDOWS
from tests.support.manual_blocks import blocks_of
from tests.support.serving import ROOT, free_port, program_served, served, trusting

pytestmark = linux
HERE = "127.0.0.1"
FORGED_JA4 = "t13d1516h2_8daaf6152771_d8a2da3f94cd"
FORGED = {"X-TCP-SYN": "00", "X-JA4": FORGED_JA4, "Ssl-JA4": FORGED_JA4, "X-Forwarded-For": "192.0.2.1"}


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def shown(first: str) -> str:
    """The block of the manual that begins with this line."""
    blocks = blocks_of((ROOT / "docs" / "reference" / "web-servers.md").read_text(encoding="utf-8"))
    (found,) = [block.text for block in blocks if block.text.startswith(f"{first}\n")]
    return found


def changed(text: str, changes: dict[str, str]) -> str:
    """Addresses and files are others here; each place is there once or more."""
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@contextmanager
def backend() -> Iterator[int]:
    """A server that believes a proxy of this machine; each answer has the system, the JA4 and the counts."""
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    port = free_port(HERE)
    code = (
        "from huginn_cffi.server.proxies import Proxies; from huginn_cffi.server.uvicorn import run\n"
        "async def app(scope, receive, send):\n"
        "    state = scope['state']; told = [state['huginn.client'], state['huginn.ja4'], named.counts]\n"
        "    text = ' '.join(map(str, told)).encode()\n"
        "    headers = [(b'content-length', str(len(text)).encode())]\n"
        "    await send({'type': 'http.response.start', 'status': 200, 'headers': headers})\n"
        "    await send({'type': 'http.response.body', 'body': text})\n"
        f"named = Proxies([{HERE!r}])\n"
        f"run(named.asgi(app), host={HERE!r}, port={port}, lifespan='off')\n"
    )
    with served(["-c", code], HERE, port):
        yield port


def asked(host: str, port: int, certificate: Path) -> list[str]:
    """Two answers over one connection with TLS, to somebody who writes the proxy's headers himself."""
    tls = trusting(certificate)
    tls.check_hostname = False
    talk = http.client.HTTPSConnection(host, port, timeout=PATIENCE_S, context=tls)
    answers = []
    for _ in range(2):
        talk.request("GET", "/", headers=FORGED)
        answers.append(talk.getresponse().read().decode())
    talk.close()
    return answers


def haproxy(text: str, folder: Path) -> tuple[list[str], bool]:
    """The command for these settings, and whether this version takes them."""
    path = folder / "haproxy.cfg"
    path.write_text(text)
    start = [program("haproxy"), "-f", str(path)]
    done = subprocess.run([*start, "-c"], capture_output=True, text=True, timeout=PATIENCE_S)
    return [*start, "-db"], done.returncode == 0


@pytest.mark.parametrize("host", LOOPBACKS)
def test_haproxy(host: str, certificate: Path, tmp_path: Path) -> None:
    """One before 3.4 does not keep SYNs: then a SYN of Windows stands in its place."""
    program("haproxy")
    port = free_port(host)
    with backend() as behind:
        text = changed(
            shown("defaults"),
            {
                "bind :443": f"bind {host}:{port}",
                "site.pem": str(certificate),
                f"{HERE}:8000": place(HERE, behind),
            },
        )
        command, fits = haproxy(text, tmp_path)
        if not fits:
            text = changed(text, {" tcp-ss 1": "", "fc_saved_syn": f"bin({WINDOWS.hex()})"})
            command, newer = haproxy(text, tmp_path)
            assert newer
        with program_served(command, host, port):
            answers = asked(host, port, certificate)
    for times, answer in enumerate(answers, 1):
        system, counts = re.fullmatch(r"(.+) None (\{.+\})", answer).groups()  # type: ignore[union-attr]
        assert system.startswith("Linux" if fits else "Windows")
        assert counts == str({"read": times, "absent": 0, "unreadable": 0, "forged": 0})


def test_haproxy_that_passes_tls_through(certificate: Path, tmp_path: Path) -> None:
    """The hello is the client's, the SYN the proxy's."""
    program("haproxy")
    port = free_port(HERE)
    asking = trusting(certificate)
    with listener() as listening:
        server.arm(listening)
        text = changed(
            shown("defaults"),
            {
                "mode http": "mode tcp",
                "bind :443 ssl crt site.pem tcp-ss 1": f"bind {place(HERE, port)}",
                f"{HERE}:8000": place(HERE, listening.getsockname()[1]),
            },
        )
        text = "".join(line for line in text.splitlines(True) if "-request " not in line)
        command, fits = haproxy(text, tmp_path)
        assert fits

        def ask() -> None:
            plain = socket.create_connection((HERE, port), PATIENCE_S)
            with plain, contextlib.suppress(OSError):  # nobody speaks TLS
                asking.wrap_socket(plain, server_hostname="localhost")

        with program_served(command, HERE, port):
            asker = threading.Thread(target=ask)
            asker.start()
            hello = None
            while hello is None:  # who waited until the proxy listens may come before, and says nothing
                with listening.accept()[0] as accepted:
                    hello = server.peek_hello(accepted, timeout=PATIENCE_S)
                    system = server.client(accepted)
            asker.join()
    assert hello.ja4 == ja4_of(asking)
    assert system is not None


@pytest.mark.parametrize("host", LOOPBACKS)
@pytest.mark.parametrize("pitfall", [False, True], ids=["as shown", "a variable without its module"])
def test_nginx(host: str, pitfall: bool, certificate: Path, tmp_path: Path) -> None:
    """It hands on nothing: neither what clients write, nor its own SYN as theirs."""
    port = free_port(host)
    with backend() as behind:
        text = changed(
            shown("server {"),
            {
                "listen 443": f"listen {place(host, port)}",
                "site.pem": str(certificate),
                f"{HERE}:8000": place(HERE, behind),
            },
        )
        if pitfall:
            text = changed(text, {'X-JA4 ""': "X-JA4 $http_ssl_ja4"})
        folders = "".join(
            f"{kind}_temp_path {tmp_path / kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        path = tmp_path / "nginx.conf"
        path.write_text(
            f"pid {tmp_path / 'pid'};\nevents {{}}\nhttp {{\naccess_log off;\n{folders}{text}}}\n"
        )
        command = [program("nginx"), "-e", "stderr", "-c", str(path)]
        subprocess.run([*command, "-t"], check=True, capture_output=True, timeout=PATIENCE_S)
        with program_served([*command, "-g", "daemon off;"], host, port):
            answers = asked(host, port, certificate)
    for times, answer in enumerate(answers, 1):
        ja4 = FORGED_JA4 if pitfall else None
        assert answer == f"None {ja4} " + str({"read": 0, "absent": times, "unreadable": 0, "forged": 0})
