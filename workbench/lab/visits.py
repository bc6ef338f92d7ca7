"""What claims of honest browsers are called, and whether answers stay apart: needs root, and takes minutes.

    python -m workbench.lab.visits browsers [--visits 125]
    python -m workbench.lab.visits beside PROXY [--seconds 600]

`browsers`: Chromium and Firefox open a page behind nginx so many times each: without anything between, with
the MTU of a VPN, through a relay that ends TCP, and through a proxy that decrypts TLS. Prints a table.
`beside`: 20 clients, each with a ClientHello of its own, ask a proxy at the same time. Each answer must have
the JA4 that its client had when it was alone.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.live import proxied, visitors
from tests.live.proxied import SITE, ProxiedServer, running, stage
from tests.support import network as net

WAYS = ("direct", "VPN", "relay", "interception")
BROWSERS = ("Chromium", "Firefox")
PATIENCE_S = 600
LOCAL = "127.0.0.1"

PAGE = """
import http.server, json, os, sys
most = int(sys.argv[1])
class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        found = json.dumps({name.lower(): value for name, value in self.headers.items()})
        os.write(1, json.dumps([self.path, found]).encode() + b"\\n")
        place, _, number = self.path.rpartition("/")
        more = number.isdigit() and int(number) < most
        then = f"setTimeout(() => location = '{place}/{int(number) + 1}', 20)" if more else ""
        body = f"<title>a page</title><link rel=icon href=data:,><script>{then}</script>" if number else found
        body = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if number else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", 8000), Pages).serve_forever()
"""
"""An application whose pages lead to one another; it writes the headers of each request."""

BETWEEN = """
import asyncio, ssl, sys
address, certificate = sys.argv[1:]
inner = outer = None
if certificate != "-":
    inner = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inner.load_cert_chain(certificate)
    outer = ssl._create_unverified_context()
async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    writer.close()
async def serve(reader, writer):
    name = "site.test" if outer else None
    there = await asyncio.open_connection(address, 443, ssl=outer, server_hostname=name)
    await asyncio.gather(copy(reader, there[1]), copy(there[0], writer))
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 443, ssl=inner)
    await server.serve_forever()
asyncio.run(main())
"""
"""Ends TCP, and with a certificate TLS too."""

CLIENTS = """
import http.client, json, socket, ssl, sys, threading, time
address, seconds = sys.argv[1], float(sys.argv[2])
SUITES = [
    *("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"),
    *("ECDHE-ECDSA-AES256-SHA", "DHE-RSA-AES128-GCM-SHA256"),
]
def ask(number):
    context = ssl._create_unverified_context()
    chosen = [suite for bit, suite in enumerate(SUITES) if number >> bit & 1]
    context.set_ciphers(":".join([*chosen, "ECDHE-ECDSA-CHACHA20-POLY1305"]))
    own = f"10.90.0.{100 + number % 4}", 0
    plain = socket.create_connection((address, 443), timeout=60, source_address=own)
    talk = http.client.HTTPConnection(address)
    talk.sock = context.wrap_socket(plain)
    found = []
    for _ in range(1 + number % 3):
        talk.request("GET", "/", headers={"User-Agent": f"client{number}/1.0"})
        answer = json.loads(talk.getresponse().read())
        found.append((answer.get("huginn-ja4"), answer.get("huginn-claim", "").partition(";")[0]))
    talk.close()
    return found
alone = {}
for number in range(20):
    for _ in range(50):
        alone[number] = ask(number)[0][0]
        if alone[number]: break
        time.sleep(0.2)
assert len(set(alone.values())) == 20, alone
over, counts, lock = time.monotonic() + seconds, {}, threading.Lock()
def client(number):
    while time.monotonic() < over:
        time.sleep(0.02)
        for ja4, name in ask(number):
            fits = name == f'"client{number} 1.0"'
            none = ja4 is None and (fits or not name)
            kind = "own" if ja4 == alone[number] and fits else "without" if none else "ANOTHER'S"
            with lock:
                counts[kind] = counts.get(kind, 0) + 1
threads = [threading.Thread(target=client, args=(number,)) for number in range(20)]
for one in threads: one.start()
for one in threads: one.join()
print(json.dumps(counts))
"""


@contextmanager
def between(way: str, network: net.Network, site: visitors.KeyFiles, folder: Path) -> Iterator[str]:
    """The address to which a browser connects."""
    net.ip("-n", network.client, "link", "set", "lo", "up")
    net.ip("-n", network.client, "link", "set", "cable", "mtu", "1420" if way == "VPN" else "1500")
    if way in ("direct", "VPN"):
        yield SITE
        return
    words = [sys.executable, "-c", BETWEEN, SITE, str(site.both) if way == "interception" else "-"]
    with running(network.client, words, folder, way):
        time.sleep(1)
        yield LOCAL


def opened(made: ProxiedServer, browser: str, way: str, site: visitors.KeyFiles, visits: int) -> Counter[str]:
    """The verdicts on the visits of one browser, with the reasons of those that are not consistent."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visits-")))
        address = stack.enter_context(between(way, made.network, site, folder))
        path = f"/{browser.lower()}-{way.lower()}"
        command = visitors.VISITORS[browser]("2", site, folder, f"{path}/1", address)
        kept = [
            word for word in command if word not in ("--dump-dom", "--screenshot", str(folder / "shot.png"))
        ]
        kept += ["--remote-debugging-port=0"] if browser == "Chromium" else []
        with (folder / "log").open("wb") as log:
            inside = net.inside(made.network.client, kept)
            process = subprocess.Popen(
                inside,
                stdout=log,
                stderr=log,
                env={**os.environ, "HOME": str(folder)},
                start_new_session=True,
            )
            deadline = time.monotonic() + PATIENCE_S
            while not made.received(f"{path}/{visits}") and time.monotonic() < deadline:
                time.sleep(0.5)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
            process.wait(60)
    found: Counter[str] = Counter()
    for number in range(1, visits + 1):
        for headers in made.received(f"{path}/{number}"):
            claim = headers.get("huginn-claim", "no answer")
            found[re.sub(r'^".*?";verdict=', "", claim)] += 1
    return found


@contextmanager
def pages(network: net.Network, site: visitors.KeyFiles, visits: int) -> Iterator[ProxiedServer]:
    """The application with its pages behind nginx, which ends each connection after a request."""
    before, proxied.APPLICATION = proxied.APPLICATION, PAGE.replace("int(sys.argv[1])", str(visits))
    try:
        with stage("nginx", network, site.both, closes=True) as made, made.capturing():
            yield made
    finally:
        proxied.APPLICATION = before


def browsers(visits: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, net.network(tagged=False) as network:
        site = visitors.make_site(Path(name))
        with pages(network, site, visits) as made:
            print("| way | browser | visits | called |\n|---|---|---|---|", flush=True)
            for way, browser in itertools.product(WAYS, BROWSERS):
                found = opened(made, browser, way, site, visits)
                words = "; ".join(f"{count} `{claim}`" for claim, count in found.most_common())
                print(f"| {way} | {browser} | {found.total()} | {words} |", flush=True)


def beside(proxy: str, seconds: float) -> None:
    """Print how many answers were the client's own, another's, or had no JA4."""
    with tempfile.TemporaryDirectory() as name, net.network(tagged=False) as network:
        site = visitors.make_site(Path(name))
        for number in range(4):
            net.ip("-n", network.client, "addr", "add", f"10.90.0.{100 + number}/24", "dev", "cable")
        with stage(proxy, network, site.both) as made, made.capturing():
            words = net.inside(network.client, [sys.executable, "-c", CLIENTS, SITE, str(seconds)])
            done = subprocess.run(words, capture_output=True, text=True, timeout=seconds + PATIENCE_S)
        counts: dict[str, int] = json.loads(done.stdout) if done.returncode == 0 else sys.exit(done.stderr)
        print(f"{proxy}: {counts}")
        sys.exit("ANOTHER'S" in counts)


def main() -> None:
    """Read the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("browsers")
    one.add_argument("--visits", type=int, default=125)
    one.set_defaults(run=lambda words: browsers(words.visits))
    other = commands.add_parser("beside")
    other.add_argument("proxy", choices=sorted(proxied.MAKERS))
    other.add_argument("--seconds", type=float, default=600)
    other.set_defaults(run=lambda words: beside(words.proxy, words.seconds))
    words = parser.parse_args()
    words.run(words)


if __name__ == "__main__":
    main()
