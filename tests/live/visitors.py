"""Programs that visit the site behind a proxy of `proxied`, each over one version of HTTP."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.live.proxied import SITE, TIMEOUT_S, ProxiedServer, program
from tests.support import network as net

NAME = "site.test"
HTTPS = "https://" + NAME

# With the ciphers of Python's Modules/_ssl.c: Debian builds its Python with the list of OpenSSL.
PYTHON = """
import http.client, socket, ssl, sys
plain = socket.create_connection((sys.argv[1], 443), timeout=60)
talk = http.client.HTTPConnection(sys.argv[2])
context = ssl._create_unverified_context()
context.set_ciphers(
    "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"
)
context.minimum_version = ssl.TLSVersion.TLSv1_2
talk.sock = context.wrap_socket(plain, server_hostname=sys.argv[2])
talk.request("GET", sys.argv[3])
talk.getresponse().read()
"""

AIOQUIC = """
import asyncio, ssl, sys
from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
class Client(QuicConnectionProtocol):
    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        self.http, self.done = H3Connection(self._quic), asyncio.get_running_loop().create_future()
    def quic_event_received(self, event):
        for one in self.http.handle_event(event):
            if isinstance(one, HeadersReceived) and not self.done.done():
                self.done.set_result(None)
    async def get(self, name, path):
        pairs = ((":method", "GET"), (":scheme", "https"), (":authority", name), (":path", path))
        headers = [(key.encode(), value.encode()) for key, value in pairs]
        self.http.send_headers(self._quic.get_next_available_stream_id(), headers, end_stream=True)
        self.transmit()
        await self.done
async def main(address, name, path):
    configuration = QuicConfiguration(alpn_protocols=H3_ALPN, server_name=name, verify_mode=ssl.CERT_NONE)
    async with connect(address, 443, configuration=configuration, create_protocol=Client) as client:
        await client.get(name, path)
asyncio.run(main(*sys.argv[1:]))
"""


class KeyFiles(NamedTuple):
    """A key with a certificate of `NAME` for the proxy, and who signed it."""

    both: Path
    authority: Path


def make_site(folder: Path) -> KeyFiles:
    """Of an authority of its own."""
    openssl = program("openssl")
    made = KeyFiles(folder / "both.pem", folder / "authority.pem")
    key, own, signer = folder / "site.key", folder / "site.pem", folder / "authority.key"
    new = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    new += ["-days", "2"]
    authority = ["-subj", "/CN=authority", "-keyout", signer, "-out", made.authority]
    site = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:{SITE}"]
    site += [
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-CA",
        str(made.authority),
        "-CAkey",
        str(signer),
    ]
    for command in ([*new, *authority], [*new, *site, "-keyout", key, "-out", own]):
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)
    made.both.write_bytes(key.read_bytes() + own.read_bytes())
    return made


def _key_hash(site: KeyFiles) -> str:
    """What Chromium takes for an exception: for QUIC it takes no general one."""
    command = f"{program('openssl')} x509 -pubkey -noout | openssl pkey -pubin -outform der"
    done = subprocess.run(
        ["sh", "-c", command], input=site.both.read_bytes(), capture_output=True, check=True
    )
    return base64.b64encode(hashlib.sha256(done.stdout).digest()).decode()


def _curl(http: str, site: KeyFiles, folder: Path, path: str, address: str) -> list[str]:
    flag = {"1": "--http1.1", "2": "--http2"}[http]
    return [
        program("curl"),
        "-sk",
        flag,
        "--resolve",
        f"{NAME}:443:{address}",
        "-o",
        "/dev/null",
        HTTPS + path,
    ]


def _python(http: str, site: KeyFiles, folder: Path, path: str, address: str) -> list[str]:
    return [sys.executable, "-c", PYTHON, address, NAME, path]


def _aioquic(http: str, site: KeyFiles, folder: Path, path: str, address: str) -> list[str]:
    if find_spec("aioquic") is None:
        pytest.skip("aioquic is not installed")
    return [sys.executable, "-c", AIOQUIC, address, NAME, path]


def _chromium(http: str, site: KeyFiles, folder: Path, path: str, address: str) -> list[str]:
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--dump-dom"]
    flags += [f"--user-data-dir={folder}", f"--host-resolver-rules=MAP {NAME} {address}"]
    flags += [f"--ignore-certificate-errors-spki-list={_key_hash(site)}"]
    flags += [f"--origin-to-force-quic-on={NAME}:443"] if http == "3" else ["--disable-quic"]
    return [program("chromium"), *flags, HTTPS + path]


def _firefox(http: str, site: KeyFiles, folder: Path, path: str, address: str) -> list[str]:
    words: dict[str, str] = {"network.dns.forceResolve": f'"{address}"'}
    if http == "3":
        words["network.http.http3.alt-svc-mapping-for-testing"] = f'"{NAME};h3=:443"'
        words["network.http.http3.disable_when_third_party_roots_found"] = "false"
        words["network.http.http3.parallel_fallback_conn_limit"] = "0"
    lines = [f'user_pref("{name}", {value});\n' for name, value in words.items()]
    (folder / "user.js").write_text("".join(lines))
    store = f"sql:{folder}"
    for more in (("-N", "--empty-password"), ("-A", "-n", "it", "-t", "C,,", "-i", str(site.authority))):
        command = [program("certutil"), more[0], "-d", store, *more[1:]]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)
    shot = ["--headless", "--no-remote", "--screenshot", str(folder / "shot.png"), "--profile", str(folder)]
    return [program("firefox"), *shot, HTTPS + path]


VISITORS: dict[str, Callable[[str, KeyFiles, Path, str, str], list[str]]] = {
    "curl": _curl,
    "Python": _python,
    "aioquic": _aioquic,
    "Chromium": _chromium,
    "Firefox": _firefox,
}


def visit(name: str, http: str, stage: ProxiedServer, site: KeyFiles, folder: Path) -> dict[str, str]:
    """What the application received when a program asked for a page."""
    path = f"/{name.lower()}-{http}"
    command = VISITORS[name](http, site, folder, path, SITE)
    environment = {**os.environ, "HOME": str(folder)}
    done = subprocess.run(
        net.inside(stage.network.client, command), capture_output=True, timeout=2 * TIMEOUT_S, env=environment
    )
    found = stage.received(path)
    assert found, (done, stage.logs())
    return found[-1]
