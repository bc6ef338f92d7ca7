"""Floods of SYNs at several rates, and what is lost: python -m tools.lab.floods [--seconds 60]

Needs root: it makes two network namespaces with a cable between them. At each rate the flood is sent
once before each subject: this package with one worker and with two, and p0f where it is installed.
Prints a table in Markdown, then how much memory each run of ours used while the flood went on. Ends
with status 1 when a packet is neither analysed nor named as lost, or memory grows.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import flooding
from tests.support import network as net
from tests.support.processes import capturing
from tools.bench.measure import resident

RATES = (50_000, 100_000, 200_000, 400_000, 0)
"""Packets a second; 0 is as fast as the sender goes."""

SETTLE_S = 1.0
"""After the flood, so that what lies in buffers is read."""

WARM_UP = 0.25
"""The part of a flood after which memory may not grow."""

MOST_GROWTH = 4 << 20
"""A burst may use places of the rings that none before it did; there are so many of them."""
SIGNATURES = Path("/etc/p0f/p0f.fp")


@dataclass(slots=True)
class FloodOutcome:
    """What came of one flood before one subject."""

    sent: int
    rate: float
    analysed: int
    unnamed: int = 0
    """Packets that are neither analysed nor named as lost."""
    memory: list[int] = field(default_factory=list)
    """Resident bytes, twice a second."""

    @property
    def loss(self) -> float:
        """Per cent of what was sent."""
        return 100 * (1 - self.analysed / self.sent)

    @property
    def growth(self) -> int:
        """Bytes that memory grew by after the warm-up."""
        warm = self.memory[int(len(self.memory) * WARM_UP) :] or [0]
        return max(warm) - warm[0]


Send = Callable[[], flooding.Flood]


def ours(network: net.Network, workers: int, send: Send, folder: Path) -> FloodOutcome:
    """This package, writing p0f's log to a file."""
    out = folder / "ours.log"
    out.unlink(missing_ok=True)
    words = ("--workers", str(workers), "--format", "p0f", "-o", str(out), "--stats-format", "json")
    with capturing(network.server, "cable", *words, folder=folder) as capture:
        memory: list[int] = []
        over = threading.Event()
        watching = threading.Thread(target=_watch_memory, args=(capture.process.pid, memory, over))
        watching.start()
        flood = send()
        over.set()
        watching.join()
        time.sleep(SETTLE_S)
        total = json.loads(capture.stop(signal.SIGTERM).errors.splitlines()[-1])["total"]
    places = ("dropped_by_kernel", "dropped_by_interface", "dropped_by_ring", "unread")
    named = sum(total[place] for place in places) + sum(total["drops"].values())
    unnamed = flood.packets - total["analysed"] - named
    return FloodOutcome(flood.packets, flood.rate, total["analysed"], unnamed, memory)


def _watch_memory(process: int, memory: list[int], over: threading.Event) -> None:
    while not over.wait(0.5):
        memory.append(resident(process))


def p0f(network: net.Network, send: Send, folder: Path) -> FloodOutcome:
    """p0f, writing its log to a file; it says at the end how many packets it has processed."""
    program = shutil.which("p0f") or "/usr/sbin/p0f"
    log, output = folder / "p0f.log", folder / "p0f.out"
    log.unlink(missing_ok=True)
    command = net.inside(network.server, [program, "-i", "cable", "-f", str(SIGNATURES), "-o", str(log)])
    with output.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        time.sleep(SETTLE_S)
        flood = send()
        time.sleep(SETTLE_S)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    found = re.search(rb"Processed (\d+) packets", output.read_bytes())
    if found is None:
        raise OSError(f"p0f: {output.read_text(errors='replace')}")
    return FloodOutcome(flood.packets, flood.rate, int(found[1]))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="length of each flood")
    parser.add_argument("--rates", type=int, nargs="*", default=RATES, help="0: as fast as it goes")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, net.network(quiet=True) as network:
        folder = Path(name)
        program = flooding.built(folder)
        failed = False
        print("| SYNs a second | lost, 1 worker | lost, 2 workers | lost, p0f |\n|---|---|---|---|")
        memory = []
        for rate in chosen.rates:

            def send(rate: int = rate) -> flooding.Flood:
                return flooding.send(program, network.client, rate=rate, seconds=chosen.seconds)

            found = [ours(network, workers, send, folder) for workers in (1, 2)]
            failed |= any(item.unnamed != 0 or item.growth > MOST_GROWTH for item in found)
            memory += [(rate, workers, item) for workers, item in enumerate(found, 1)]
            cells = [_cell(item) for item in found]
            cells.append(_cell(p0f(network, send, folder)) if SIGNATURES.exists() else "not installed")
            print(f"| {f'{rate:,}' if rate else 'as many as go'} | {' | '.join(cells)} |", flush=True)
    print()
    for rate, workers, item in memory:
        print(
            f"{rate or 'full'}/s, {workers} workers: {item.sent:,} sent = {item.analysed:,} analysed + named "
            f"losses + {item.unnamed}; memory {max(item.memory, default=0) / 2**20:.1f} MB, "
            f"{item.growth / 1024:.0f} KB more than after the warm-up"
        )
    return 1 if failed else 0


def _cell(item: FloodOutcome) -> str:
    return f"{item.loss:.1f} % of {item.rate:,.0f}/s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
