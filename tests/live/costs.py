"""What a capture costs, and how soon its events come: python -m tests.live.costs [--seconds 5]

Needs root: it makes two network namespaces with a cable between them. At each rate SYNs are sent before
each way to capture. Prints a table in Markdown: processor time of the capture for 100,000 SYNs, and the
time from a packet's own to the moment its event was read, at the median and at the 99th percentile.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

from . import flooding
from . import network as net
from .processes import ROOT, huginn

RATES = (100, 1_000, 10_000, 20_000, 100_000)
"""SYNs a second."""

WAYS = {"default": (), "--no-immediate": ("--no-immediate",), "--protocols tcp": ("--protocols", "tcp")}
SETTLE_S = 0.5
SAMPLE = 50
"""At most so many lines a second are looked at, so that this program is not what is measured."""


def processor_seconds(process: int) -> float:
    """What it has used so far, in steps of 10 ms."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def delays(process: subprocess.Popen[bytes], found: list[float]) -> None:
    """Add the delay of a line now and then, in seconds, until there are no more."""
    assert process.stdout is not None
    looked_at = 0.0
    for line in process.stdout:
        now = time.time()
        if now - looked_at > 1 / SAMPLE:
            when = datetime.fromisoformat(json.loads(line)["time"][:26] + "+00:00")
            found.append(now - when.timestamp())
            looked_at = now


def measured(made: net.Network, program: Path, way: tuple[str, ...], rate: int, seconds: float) -> str:
    """One row of the table."""
    words = huginn("capture", "cable", *way, "--format", "json")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    found: list[float] = []
    with subprocess.Popen(net.inside(made.server, words), cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        process.stderr.readline()
        reader = threading.Thread(target=delays, args=(process, found))
        reader.start()
        before = processor_seconds(process.pid)
        sent = flooding.send(program, made.client, rate=rate, seconds=seconds, packets=int(rate * seconds))
        time.sleep(SETTLE_S)
        used = processor_seconds(process.pid) - before
        process.send_signal(signal.SIGTERM)
        reader.join(30)
    found.sort()
    middle, late = (1000 * found[int(part * (len(found) - 1))] for part in (0.5, 0.99))
    return f"{used / sent.packets * 1e5:.3f} s | {middle:.0f} ms | {late:.0f} ms"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    seconds = parser.parse_args().seconds
    print("| SYNs/s | way | processor time for 100,000 | median | p99 |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, net.network() as made:
        program = flooding.built(Path(folder))
        for rate in RATES:
            for name, way in WAYS.items():
                print(f"| {rate:,} | {name} | {measured(made, program, way, rate, seconds)} |", flush=True)


if __name__ == "__main__":
    main()
