"""How soon p0f's clients are answered, by a capture and by p0f itself: python -m tools.bench.api

Needs root, gcc and p0f: two network namespaces with a cable between them. In each round p0f answers 20
clients with 2,000 queries/s together beside 10,000 SYNs/s, then a capture five times as many of both. Prints
a table in Markdown, with the processor time of those who ask and send. (tests/api/test_hostile.py has
clients that ask nothing.)
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import builds, flooding, needs
from tests.support import network as net
from tests.support.processes import huginn
from tools.bench.measure import processor_s, spent_by_children

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

CLIENTS, ADDRESSES = 20, 8
COLUMNS = ("who answers", "queries/s", "SYNs/s", "p50 µs", "p99 µs", "most µs")
COLUMNS += ("its processor s", "clients'", "sender's", "packets received and lost")


def built(folder: Path) -> Path:
    """The program that asks, compiled."""
    compiler = builds.c_compiler(needs.missing)
    return builds.program(folder / "askers", [HERE / "askers.c"], flooding.FLAGS, compiler=compiler)


def print_head(columns: Sequence[str]) -> None:
    """The head of a table in Markdown."""
    print(f"| {' | '.join(columns)} |", "|" + "---|" * len(columns), sep="\n")


@contextmanager
def answering(
    namespace: str, words: list[str], path: Path, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program with a socket, listening already."""
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


def asked(program: Path, path: Path, rate: int, seconds: float) -> list[str]:
    """What the program prints of its questions."""
    words = [str(program), str(path), str(CLIENTS), str(rate), str(seconds), str(ADDRESSES)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()


class ApiBench:
    """Namespaces and programs of all rows."""

    def __init__(self, made: net.Network, folder: Path, seconds: float) -> None:
        self.made, self.folder, self.seconds = made, folder, seconds
        self.flood, self.clients = flooding.built(folder), built(folder)

    def row(self, name: str, words: list[str], queries: int, syns: int) -> str:
        """Measure one row."""
        path = self.folder / "socket"
        flood = flooding.command(
            self.flood, self.made.client, packets=1 << 62, rate=syns, seconds=self.seconds + 2
        )
        with answering(self.made.server, [*words, str(path)], path, self.folder) as process:
            before, children = processor_s(process.pid), spent_by_children()
            with subprocess.Popen(flood, stdout=subprocess.DEVNULL) as sending:
                time.sleep(1)
                _, _, count, _, p50, p99, most, _, own = asked(self.clients, path, queries, self.seconds)
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
        """What the capture's own counters say; p0f has none."""
        lines = [line for line in (self.folder / "errors").read_text().splitlines() if "received:" in line]
        return lines[-1].partition(":")[2].strip() if lines else "-"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    ours = huginn("capture", "cable", "--promiscuous", "--format", "json", "-o", os.devnull, "--api")
    theirs = [needs.program("p0f", "p0f"), "-p", "-i", "cable", "-s"]
    with net.network(quiet=True) as made, tempfile.TemporaryDirectory() as folder:
        bench = ApiBench(made, Path(folder), given.seconds)
        print_head(COLUMNS)
        for _ in range(given.rounds):
            print(bench.row("p0f", theirs, 2_000, 10_000), flush=True)
            print(bench.row("huginn", ours, 10_000, 50_000), flush=True)


if __name__ == "__main__":
    main()
