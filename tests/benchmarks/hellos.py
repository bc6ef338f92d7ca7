"""Flows with the hellos of TLS, beside huginn-net 2.2.1: ``python tests/benchmarks/hellos.py``.

The flows have a handshake, a hello (every third of a client that resists quantum computers, in two
segments), the server's answer, data and an end. All run in turn on one core; rates are by processor time,
so that what else the machine does counts little. Beside them stands the floor: read(2) of the file alone.
The Rust program is built where cargo and the packages of huginn-net are to be had.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.path += [str(HERE.parents[1]), str(HERE.parent)]

from benchmarks.inputs import Capture, Inputs  # noqa: E402
from huginn_cffi import Analyzer  # noqa: E402

GOAL = 20
MINUTES = 60
PROTOCOLS: dict[str, tuple[str, ...]] = {
    "all": ("tcp", "tls", "http"),
    "TLS alone": ("tls",),
    "TCP alone": ("tcp",),
}
PEERS = {"huginn-net": "all", "huginn-net-tls": "tls"}

READ_AT_ONCE = 1 << 20
"""Bytes, as the package reads a capture."""

Job = Callable[[], tuple[float, int]]
"""One run over the capture: processor seconds, and the hellos of clients."""


def ours(capture: Capture, protocols: tuple[str, ...]) -> tuple[float, int]:
    """From the file to columns."""
    analyzer = Analyzer(protocols=protocols)  # type: ignore[arg-type]
    began = process_time()
    for _ in analyzer.batches(str(capture.path)):
        pass
    return process_time() - began, analyzer.stats.events_by_kind["tls_client"]


def floor(capture: Capture) -> tuple[float, int]:
    """The bytes of the file, and nothing else."""
    buffer = bytearray(READ_AT_ONCE)
    began = process_time()
    with capture.path.open("rb", buffering=0) as file:
        while file.readinto(buffer):
            continue
    return process_time() - began, 0


def theirs(program: Path, mode: str, capture: Capture) -> tuple[float, int]:
    """From the file to results, which a second thread counts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [program, mode, capture.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10 * MINUTES)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(done.stdout.split()[1])


def build(folder: Path) -> Path | None:
    """The Rust program, or None."""
    cargo = shutil.which("cargo")
    if cargo is None:
        return None
    source = folder / "source"
    shutil.copytree(HERE / "huginn_net", source)  # so that no lock file is left here
    command = [cargo, "build", "--release", "--quiet", "--manifest-path", str(source / "Cargo.toml")]
    done = subprocess.run(
        [*command, "--target-dir", str(folder / "target")], check=False, timeout=20 * MINUTES
    )
    return None if done.returncode else folder / "target" / "release" / "huginn_net_benchmark"


def jobs(capture: Capture, program: Path | None) -> Iterator[tuple[str, Job]]:
    """All that is timed."""
    for name, protocols in PROTOCOLS.items():
        yield name, lambda protocols=protocols: ours(capture, protocols)
    yield "read alone", lambda: floor(capture)
    if program is not None:
        for name, mode in PEERS.items():
            yield name, lambda mode=mode: theirs(program, mode, capture)


def run(inputs: Inputs, packets: int, rounds: int, program: Path | None) -> dict[str, tuple[float, int]]:
    """Packets a second of processor time, the middle of all rounds, and the hellos, by what was timed."""
    capture = inputs.sessions(packets)
    found = {}
    for name, job in jobs(capture, program):
        seconds, hellos = zip(*(job() for _ in range(rounds)), strict=True)
        found[name] = (packets / median(seconds), hellos[0])
    return found


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Flows with the hellos of TLS, beside huginn-net.")
    parser.add_argument("--packets", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = build(folder)
        if program is None:
            print("huginn-net cannot be built here", file=sys.stderr)
        found = run(Inputs(folder), given.packets, given.rounds, program)
    for name, (rate, hellos) in found.items():
        print(f"{name:<16}{rate:>12,.0f} packets/s {hellos:>8,} hellos")
    ratios = {}
    for own, peer in (("all", "huginn-net"), ("all", "huginn-net-tls"), ("TLS alone", "huginn-net-tls")):
        if peer in found:
            ratios[own, peer] = found[own][0] / found[peer][0]
            print(f"{own} is {ratios[own, peer]:.1f} times as fast as {peer}")
    return 0 if all(ratio >= GOAL for ratio in ratios.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
