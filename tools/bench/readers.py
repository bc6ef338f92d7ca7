"""Flows with TLS or HTTP, beside huginn-net 2.2.1: ``python -m tools.bench.readers tls`` (or ``http``).

Those of TLS have a handshake, a hello (every third of a client that resists quantum computers, in two
segments), the server's answer, data and an end; those of HTTP a handshake, a request, a response of three
segments and an end. All run in turn on one core; rates are by processor time, so that what else the machine
does counts little. Beside them stands the floor: read(2) of the file alone. The Rust program is built where
cargo and the packages of huginn-net are to be had.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

from huginn_cffi import Analyzer
from tools.bench.inputs import BenchCapture, Inputs
from tools.bench.peers import AbsentPeerError, build
from tools.bench.subjects import drain

HERE = Path(__file__).resolve().parent

GOAL = 20
MINUTES = 60
KINDS = {"tls": "tls_client", "http": "http_request"}
"""What is counted, by protocol."""

Job = Callable[[], tuple[float, int]]
"""One run over the capture: processor seconds, and the hellos of clients or the requests."""


def ours(capture: BenchCapture, what: str, protocols: tuple[str, ...]) -> tuple[float, int]:
    """From the file to columns."""
    analyzer = Analyzer(protocols=protocols)  # type: ignore[arg-type]
    began = process_time()
    for _ in analyzer.batches(str(capture.path)):
        pass
    return process_time() - began, analyzer.stats.events_by_kind[KINDS[what]]


def floor(capture: BenchCapture) -> tuple[float, int]:
    """The bytes of the file, and nothing else."""
    began = process_time()
    drain(capture.path)
    return process_time() - began, 0


def theirs(program: Path, reader: str, what: str, capture: BenchCapture) -> tuple[float, int]:
    """From the file to results, which a second thread counts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [program, reader, what, capture.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10 * MINUTES)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(done.stdout.split()[1])


def jobs(capture: BenchCapture, what: str, program: Path | None) -> Iterator[tuple[str, Job]]:
    """All that is timed."""
    for name, protocols in (
        ("all", ("tcp", "tls", "http")),
        (f"{what} alone", (what,)),
        ("tcp alone", ("tcp",)),
    ):
        yield name, lambda protocols=protocols: ours(capture, what, protocols)
    yield "read alone", lambda: floor(capture)
    if program is not None:
        for name, reader in (("huginn-net", "all"), (f"huginn-net-{what}", what)):
            yield name, lambda reader=reader: theirs(program, reader, what, capture)


def run(
    inputs: Inputs, what: str, packets: int, rounds: int, program: Path | None
) -> dict[str, tuple[float, int]]:
    """Packets a second of processor time, the middle of all rounds, and what was found, by what was timed."""
    capture = inputs.sessions(packets) if what == "tls" else inputs.messages(packets)
    found = {}
    for name, job in jobs(capture, what, program):
        seconds, counts = zip(*(job() for _ in range(rounds)), strict=True)
        found[name] = (packets / median(seconds), counts[0])
    return found


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Flows with TLS or HTTP, beside huginn-net.")
    parser.add_argument("what", choices=KINDS)
    parser.add_argument("--packets", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            program = build("huginn_net")
        except AbsentPeerError as error:
            program = None
            print(error, file=sys.stderr)
        found = run(Inputs(folder), given.what, given.packets, given.rounds, program)
    for name, (rate, count) in found.items():
        print(f"{name:<16}{rate:>12,.0f} packets/s {count:>8,} {KINDS[given.what]}")
    ratios = {}
    for own in ("all", f"{given.what} alone"):
        for peer in ("huginn-net", f"huginn-net-{given.what}"):
            if peer in found and (own, peer) != (f"{given.what} alone", "huginn-net"):
                ratios[own, peer] = found[own][0] / found[peer][0]
                print(f"{own} is {ratios[own, peer]:.1f} times as fast as {peer}")
    return 0 if all(ratio >= GOAL for ratio in ratios.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
