"""How soon a capture answers its clients: python -m tools.bench.asking

Needs root and gcc: two network namespaces with a cable between them. For each batch interval, a capture with
--listen sees new connections (a SYN and a ClientHello each): first without questions, then with a question
(wait=200) as each connection opens; then the same questions again, when it knows the connections. Prints a
table in Markdown: the shares that were answered and answered with a JA4; the time from the SYN to the answer
(for known connections from the question); processor time of the capture and its server, in total and per
connection or question. --profile FILE shows where the server's thread spends its time, and slows it down.

--p0f measures p0f's API instead, and needs p0f. Each of three rounds sends 10,000 SYNs/s to p0f while 20
clients ask 2,000 queries/s in total; then a capture gets five times as many of both. The table includes the
processor time of clients and sender. (tests/api/test_hostile.py has clients that connect without asking.)
"""

from __future__ import annotations

import argparse
import os
import ssl
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import builds, flooding, needs
from tests.support import network as net
from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, ethernet, packet
from tests.support.processes import huginn
from tools.bench.measure import processor_s, spent_by_children

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

COLUMNS = ("batches", "kind", "each second", "answered", "with JA4", "p50 ms", "p99 ms", "most ms")
COLUMNS += ("processor of the capture", "µs each")
API_COLUMNS = ("who answers", "queries/s", "SYNs/s", "p50 µs", "p99 µs", "most µs")
API_COLUMNS += ("its processor s", "clients'", "sender's", "packets received and lost")
CLIENTS, ADDRESSES, ROUNDS = 20, 8, 3
LINES = "128"
"""Number of connections that ask at the same time."""

MAIN = """\
import sys
from huginn_cffi.cli import sockets
sockets.COLLECT_MS = {collect_ms}
{more}
from huginn_cffi.cli import main
main()
"""
PROFILED = """\
import cProfile, pstats
from huginn_cffi.sockets.http_server import Listener
inner = Listener._run
def run(self):
    profile = cProfile.Profile()
    profile.runcall(inner, self)
    with open({path!r}, "w") as file:
        pstats.Stats(profile, stream=file).sort_stats("tottime").print_stats(25)
Listener._run = run
"""


def built(folder: Path) -> Path:
    """Compile the program that asks."""
    compiler = builds.c_compiler(needs.missing)
    return builds.program(folder / "askers", [HERE / "askers.c"], flooding.FLAGS, compiler=compiler)


def table_head(columns: Sequence[str]) -> str:
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


@contextmanager
def answering(
    namespace: str, words: list[str], path: Path, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is already listening on its socket."""
    errors = folder / "errors"
    with errors.open("wb") as file:
        process = subprocess.Popen(net.inside(namespace, words), cwd=ROOT, stdout=file, stderr=file)
    try:
        deadline = time.monotonic() + 60
        while not path.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(errors.read_text())
            time.sleep(0.05)
        time.sleep(1)
        yield process
        process.terminate()
        process.wait(60)
    finally:
        process.kill()
        process.wait(60)


def hello() -> bytes:
    """This Python's ClientHello."""
    context = ssl.create_default_context()
    received, sent = ssl.MemoryBIO(), ssl.MemoryBIO()
    talk = context.wrap_bio(received, sent, server_hostname="site.test")
    try:
        talk.do_handshake()
    except ssl.SSLWantReadError:
        return sent.read()
    raise AssertionError("a handshake without a server")


def frames() -> list[bytes]:
    """A connection to an address that does not exist, so that there is no reply."""
    ip = Ip4(source="10.0.0.1", destination="198.51.100.2")
    ends = {"sport": 40000, "dport": 443}
    segments = [
        Tcp(**ends, flags=SYN, seq=1000),
        Tcp(**ends, flags=ACK, seq=1001, ack=1, options=b""),
        Tcp(**ends, flags=ACK | PSH, seq=1001, ack=1, options=b"", payload=hello()),
    ]
    return [ethernet(packet(ip, one)) for one in segments]


class LookupBench:
    """Namespaces and programs shared by all rows."""

    def __init__(self, made: net.Network, folder: Path, rate: int, seconds: float) -> None:
        self.made, self.folder, self.rate, self.seconds = made, folder, rate, seconds
        self.askers = built(folder)
        self.frames = folder / "frames"
        self.frames.write_bytes(b"".join(struct.pack("<H", len(one)) + one for one in frames()))

    def rows(self, collect_ms: int, profile: Path | None = None) -> list[str]:
        """Measure new and known connections."""
        path = self.folder / "ask"
        more = PROFILED.format(path=str(profile)) if profile is not None else ""
        begin = [sys.executable, "-c", MAIN.format(collect_ms=collect_ms, more=more), "capture", "cable"]
        words = [*begin, "--promiscuous", "--format", "json", "-o", os.devnull, "--listen", f"unix:{path}"]
        asked = (self.askers, path, LINES, self.rate, self.seconds, "cable", self.frames)
        with answering(self.made.server, words, path, self.folder) as capture:
            before, found = processor_s(capture.pid), []
            asking = net.inside(self.made.client, [*map(str, asked)])
            with subprocess.Popen(asking, stdout=subprocess.PIPE, text=True) as process:
                for line in process.stdout or ():
                    used = processor_s(capture.pid)
                    found.append(_row(collect_ms, line.split(), used - before))
                    before = used
        return found


def _row(collect_ms: int, line: list[str], used: float) -> str:
    kind, asked, answered, named, p50, p99, most, seconds, _ = line
    times = " | ".join(f"{int(one) / 1000:.1f}" for one in (p50, p99, most))
    parts = " | ".join(f"{int(one) / int(asked):.2%}" for one in (answered, named))
    rate = max(int(answered), int(asked) * (kind == "unasked")) / float(seconds)
    share = f"{used / float(seconds):.0%} of a core | {used / int(asked) * 1e6:.0f}"
    return f"| {collect_ms} ms | {kind} | {rate:,.0f} | {parts} | {times} | {share} |"


# ---- p0f's API ---------------------------------------------------------------------------------------


def _asked(program: Path, path: Path, rate: int, seconds: float) -> list[str]:
    """The output of the program that asks."""
    words = [str(program), str(path), str(CLIENTS), str(rate), str(seconds), str(ADDRESSES)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()


class ApiBench:
    """Namespaces and programs shared by all rows."""

    def __init__(self, made: net.Network, folder: Path, seconds: float) -> None:
        self.made, self.folder, self.seconds = made, folder, seconds
        self.flood, self.clients = flooding.built(folder), built(folder)

    def row(self, name: str, words: list[str], queries: int, syns: int) -> str:
        path = self.folder / "socket"
        flood = flooding.command(
            self.flood, self.made.client, packets=1 << 62, rate=syns, seconds=self.seconds + 2
        )
        with answering(self.made.server, [*words, str(path)], path, self.folder) as process:
            before, children = processor_s(process.pid), spent_by_children()
            with subprocess.Popen(flood, stdout=subprocess.DEVNULL) as sending:
                time.sleep(1)
                _, _, count, _, p50, p99, most, _, own = _asked(self.clients, path, queries, self.seconds)
                sending.wait()
            used = processor_s(process.pid) - before
            spent = spent_by_children() - children - float(own)
        path.unlink(missing_ok=True)
        rate = int(count) / self.seconds
        return (
            f"| {name} | {rate:,.0f} | {syns:,} | {p50} | {p99} | {most} | {used:.1f} | {own} | {spent:.1f} |"
            f" {self.lost()} |"
        )

    def lost(self) -> str:
        """Packets lost, from the capture's own counters; p0f has none."""
        lines = [line for line in (self.folder / "errors").read_text().splitlines() if "received:" in line]
        return lines[-1].partition(":")[2].strip() if lines else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rate", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--profile", type=Path, metavar="FILE")
    parser.add_argument("--collect-ms", type=int, nargs="+", default=[2, 8, 30])
    parser.add_argument("--p0f", action="store_true")
    given = parser.parse_args()
    with net.network(tagged=given.p0f, quiet=True) as made, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for row in api_rows(made, folder, given.seconds) if given.p0f else lookup_rows(made, folder, given):
            print(row, flush=True)


def lookup_rows(made: net.Network, folder: Path, given: argparse.Namespace) -> Iterator[str]:
    yield table_head(COLUMNS)
    bench = LookupBench(made, folder, given.rate, given.seconds)
    for collect_ms in given.collect_ms:
        yield from bench.rows(collect_ms, given.profile)


def api_rows(made: net.Network, folder: Path, seconds: float) -> Iterator[str]:
    ours = huginn("capture", "cable", "--promiscuous", "--format", "json", "-o", os.devnull, "--api")
    theirs = [needs.program("p0f", "p0f"), "-p", "-i", "cable", "-s"]
    yield table_head(API_COLUMNS)
    bench = ApiBench(made, folder, seconds)
    for _ in range(ROUNDS):
        yield bench.row("p0f", theirs, 2_000, 10_000)
        yield bench.row("huginn", ours, 10_000, 50_000)


if __name__ == "__main__":
    main()
