"""How soon a capture answers a proxy: python -m tools.bench.asking

Needs root and gcc: two network namespaces with a cable between them. For each interval of batches a capture
with --listen sees new connections (a SYN and a ClientHello each) that nobody asks about; then ones that it is
asked about as they open, with wait=200; then again about the same ones, which it then knows. Prints a table
in Markdown: the part that was answered, and answered with a JA4, times from the SYN to the answer (of known
ones from the question on), and processor time of the capture with its server, all in all and for each
connection or question. --profile FILE writes where the server's thread spends its time; it costs time itself.
"""

from __future__ import annotations

import argparse
import os
import ssl
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support import network as net
from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, ethernet, packet
from tools.bench.api import answering, built, print_head
from tools.bench.measure import processor_s

COLUMNS = ("batches", "kind", "each second", "answered", "with JA4", "p50 ms", "p99 ms", "most ms")
COLUMNS += ("processor of the capture", "µs each")
LINES = "128"
"""Connections to ask over."""

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
from huginn_cffi.listening.server import Listener
inner = Listener._run
def run(self):
    profile = cProfile.Profile()
    profile.runcall(inner, self)
    with open({path!r}, "w") as file:
        pstats.Stats(profile, stream=file).sort_stats("tottime").print_stats(25)
Listener._run = run
"""


def hello() -> bytes:
    """What this Python sends first."""
    context = ssl.create_default_context()
    received, sent = ssl.MemoryBIO(), ssl.MemoryBIO()
    talk = context.wrap_bio(received, sent, server_hostname="site.test")
    try:
        talk.do_handshake()
    except ssl.SSLWantReadError:
        return sent.read()
    raise AssertionError("a handshake without a server")


def frames() -> list[bytes]:
    """A connection to a machine that is not there, so that nobody answers."""
    ip = Ip4(source="10.0.0.1", destination="198.51.100.2")
    ends = {"sport": 40000, "dport": 443}
    segments = [
        Tcp(**ends, flags=SYN, seq=1000),
        Tcp(**ends, flags=ACK, seq=1001, ack=1, options=b""),
        Tcp(**ends, flags=ACK | PSH, seq=1001, ack=1, options=b"", payload=hello()),
    ]
    return [ethernet(packet(ip, one)) for one in segments]


class LookupBench:
    """Namespaces and programs of all rows."""

    def __init__(self, made: net.Network, folder: Path, rate: int, seconds: float) -> None:
        self.made, self.folder, self.rate, self.seconds = made, folder, rate, seconds
        self.askers = built(folder)
        self.frames = folder / "frames"
        self.frames.write_bytes(b"".join(struct.pack("<H", len(one)) + one for one in frames()))

    def rows(self, collect_ms: int, profile: Path | None = None) -> list[str]:
        """New connections, and known ones."""
        path = self.folder / "ask"
        more = PROFILED.format(path=str(profile)) if profile is not None else ""
        begin = [sys.executable, "-c", MAIN.format(collect_ms=collect_ms, more=more), "capture", "cable"]
        words = [*begin, "--promiscuous", "--format", "json", "-o", os.devnull, "--listen", f"unix:{path}"]
        asking = [
            str(self.askers),
            str(path),
            LINES,
            str(self.rate),
            str(self.seconds),
            "cable",
            str(self.frames),
        ]
        with answering(self.made.server, words, path, self.folder) as capture:
            before, found = processor_s(capture.pid), []
            asking = net.inside(self.made.client, asking)
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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rate", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--profile", type=Path, metavar="FILE")
    parser.add_argument("--collect-ms", type=int, nargs="+", default=[2, 8, 30])
    given = parser.parse_args()
    with net.network(tagged=False, quiet=True) as made, tempfile.TemporaryDirectory() as folder:
        bench = LookupBench(made, Path(folder), given.rate, given.seconds)
        print_head(COLUMNS)
        for collect_ms in given.collect_ms:
            for row in bench.rows(collect_ms, given.profile):
                print(row, flush=True)


if __name__ == "__main__":
    main()
