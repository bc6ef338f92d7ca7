"""Floods of SYNs at several rates, and the losses: python -m workbench.lab.floods [--seconds 60]

Needs root: creates two network namespaces with a cable between them. At each rate each subject gets one
flood: this package with one worker and with two, and p0f if it is installed. Prints a table in Markdown, and
exits with 1 when a packet is neither analysed nor counted as lost. (workbench.lab.soak measures memory.)
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
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.support import flooding
from tests.support import network as net
from tests.support.processes import capturing
from workbench.lab.soak import lost

RATES = (50_000, 100_000, 200_000, 400_000, 0)
"""Packets a second; 0 is as fast as the sender goes."""

SETTLE_S = 1.0
"""Waiting time after the flood, so that buffered packets are read."""

SIGNATURES = Path("/etc/p0f/p0f.fp")


class FloodOutcome(NamedTuple):
    """The result of one flood for one subject."""

    flood: flooding.Flood
    analysed: int
    unnamed: int = 0
    """Packets that are neither analysed nor named as lost."""

    def __str__(self) -> str:
        return f"{100 * (1 - self.analysed / self.flood.packets):.1f} % of {self.flood.rate:,.0f}/s"


Send = Callable[[], flooding.Flood]


def ours(network: net.Network, workers: int, send: Send, folder: Path) -> FloodOutcome:
    """This package, with p0f's log in a file."""
    out = folder / "ours.log"
    out.unlink(missing_ok=True)
    words = ("--workers", str(workers), "--format", "p0f", "-o", str(out), "--stats-format", "json")
    with capturing(network.server, "cable", *words, folder=folder) as capture:
        flood = send()
        time.sleep(SETTLE_S)
        total = json.loads(capture.stop(signal.SIGTERM).errors.splitlines()[-1])["total"]
    return FloodOutcome(flood, total["analysed"], flood.packets - total["analysed"] - lost(total))


def p0f(network: net.Network, send: Send, folder: Path) -> FloodOutcome:
    """p0f, with its log in a file; at the end it prints how many packets it has processed."""
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
    return FloodOutcome(flood, int(found[1]))


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
        for rate in chosen.rates:

            def send(rate: int = rate) -> flooding.Flood:
                return flooding.send(program, network.client, rate=rate, seconds=chosen.seconds)

            found = [ours(network, workers, send, folder) for workers in (1, 2)]
            failed |= any(item.unnamed != 0 for item in found)
            if SIGNATURES.exists():
                found.append(p0f(network, send, folder))
            cells = " | ".join(map(str, found)) + " | not installed" * (3 - len(found))
            print(f"| {f'{rate:,}' if rate else 'as many as go'} | {cells} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
