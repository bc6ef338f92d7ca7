"""What a capture costs, and how soon its events come: python -m tools.bench.live_costs

Needs root and gcc, and tcpreplay for conversations: two network namespaces with a cable between them. SYNs
go out evenly at each rate, then conversations with hellos and requests. In each round the ways to capture
take turns, and write JSON to /dev/null; the first is libpcap's immediate mode, a packet at a time. In one
more round they write to a pipe, for the time from a packet's own to the moment when its event was read.
Prints a table in Markdown: processor time for 100,000 packets (for a second where there are none), its
ratio to the first way (the median of the rounds' ratios), those delays, and packets that were lost.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

from tests.support import flooding, needs
from tests.support import network as net
from tools.bench import traffic

ROOT = Path(__file__).resolve().parents[2]

RATES = 0, 100, 1_000, 10_000, 20_000, 100_000
"""SYNs a second; 0 is an idle interface."""
CONVERSATIONS = 1_000, 20_000
"""Packets a second."""

IMMEDIATE = """\
from huginn_cffi.capture.opening import OpenInterface

configure = OpenInterface._configure
def configure_immediate(self, options):
    self._immediate = True
    configure(self, options)
OpenInterface._configure = configure_immediate
"""
MAIN = "from huginn_cffi.cli import main; main()"
WAYS = {"immediate mode": IMMEDIATE, "default": ""}

SETTLE_S = 0.3
SAMPLES = 200
"""At most this number of lines a second are looked at, so that this program is not what is measured."""

Sender = Callable[[], object]


@dataclass(frozen=True, slots=True)
class CaptureCost:
    """What one capture did: seconds of processor, and delays of events in seconds."""

    processor: float
    seconds: float
    packets: int
    lost: int
    delays: list[float]

    @property
    def unit(self) -> float:
        """Seconds of processor for 100,000 packets; a second's where there are none."""
        return self.processor / self.packets * 1e5 if self.packets else self.processor / self.seconds

    def delay(self, part: float) -> str:
        """A quantile of the delays."""
        if not self.delays:
            return "-"
        return f"{1000 * sorted(self.delays)[int(part * (len(self.delays) - 1))]:.0f} ms"


def processor_s(process: int) -> float:
    """What it has used so far, all threads (clock_getcpuclockid(3))."""
    return time.clock_gettime(~process << 3 | 2)


def watch(process: subprocess.Popen[bytes], every: list[int], found: list[float]) -> None:
    """Add the delay of each `every[0]`-th line, until there are no more."""
    assert process.stdout is not None
    for number, line in enumerate(process.stdout):
        if number % every[0] == 0:
            now = time.time()
            when = datetime.fromisoformat(json.loads(line)["time"][:26] + "+00:00")
            found.append(now - when.timestamp())


class LiveBench:
    """Namespaces and senders of all rows."""

    def __init__(self, made: net.Network, folder: Path, seconds: float) -> None:
        self.made, self.folder, self.seconds = made, folder, seconds
        self.flood = flooding.built(folder)

    def syns(self, rate: int) -> None:
        """Send SYNs evenly."""
        if rate == 0:
            time.sleep(self.seconds)
            return
        flooding.send(self.flood, self.made.client, rate=rate, seconds=self.seconds, first=1000)

    def conversations(self, rate: int) -> None:
        """Send conversations, half with TLS and half with HTTP."""
        path = self.folder / f"{rate}.pcap"
        if not path.exists():
            half = int(rate * self.seconds / 2)
            kinds = (
                traffic.sessions(half, concurrent=40, seed=1),
                traffic.messages(half, concurrent=40, seed=2),
            )
            frames = (frame for pair in zip(*kinds, strict=False) for frame in pair)
            path.write_bytes(b"".join(traffic.pcap_records(frames)))
        words = [needs.program("tcpreplay", "tcpreplay"), "-q", "-i", "cable", f"--pps={rate}", str(path)]
        subprocess.run(net.inside(self.made.client, words), check=True, capture_output=True)

    def cost(self, way: str, rate: int, send: Sender, *, watched: bool = False) -> CaptureCost:
        """Capture what `send` sends. Delays are known when it is watched, which costs more."""
        output = "-" if watched else os.devnull
        words = [sys.executable, "-c", WAYS[way] + MAIN, "capture", "cable", "--format", "json", "-o", output]
        words = net.inside(self.made.server, [*words, "--stats-format", "json"])
        delays: list[float] = []
        every = [1]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stderr is not None
            process.stderr.readline()
            reader = threading.Thread(target=watch, args=(process, every, delays))
            reader.start()
            flooding.send(self.flood, self.made.client, packets=10, first=0)  # what is loaded only once
            time.sleep(2 * SETTLE_S)
            delays.clear()
            every[0] = max(1, 2 * rate // SAMPLES)
            before, began = processor_s(process.pid), time.monotonic()
            send()
            time.sleep(SETTLE_S)
            used, took = processor_s(process.pid) - before, time.monotonic() - began
            process.send_signal(signal.SIGTERM)
            reader.join()
            lines = process.stderr.read().splitlines()
            counted = next(json.loads(line)["total"] for line in lines if line.startswith(b"{"))
        packets = counted["packets"] - 10
        return CaptureCost(used, took, packets, counted["received"] - packets - 10, delays)

    def rows(self, what: str, rate: int, send: Sender, rounds: int) -> Iterator[str]:
        """A row for each way."""
        found: dict[str, list[CaptureCost]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way, costs in found.items():
                costs.append(self.cost(way, rate, send))
        watched = {way: self.cost(way, rate, send, watched=True) for way in WAYS}
        first = found[next(iter(WAYS))]
        for way, costs in found.items():
            ratio = median(one.unit / other.unit for one, other in zip(costs, first, strict=True))
            lost = sum(cost.lost for cost in costs) / max(1, sum(cost.lost + cost.packets for cost in costs))
            unit = median(cost.unit for cost in costs)
            delays = f"{watched[way].delay(0.5)} | {watched[way].delay(0.99)}"
            yield f"| {what} | {way} | {unit:.4f} s | {ratio:.2f} | {delays} | {lost:.1%} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print("| traffic a second | way | processor | ratio | median | 99 % | lost |", "|---" * 7 + "|", sep="\n")
    with tempfile.TemporaryDirectory() as folder, net.network() as made:
        for namespace in (made.client, made.server):
            net.silence(namespace)
        bench = LiveBench(made, Path(folder), given.seconds)
        for rate in RATES:
            for row in bench.rows(f"{rate:,} SYNs", rate, lambda r=rate: bench.syns(r), given.rounds):
                print(row, flush=True)
        for rate in CONVERSATIONS:
            what = f"{rate:,} packets of conversations"
            for row in bench.rows(what, rate, lambda r=rate: bench.conversations(r), given.rounds):
                print(row, flush=True)


if __name__ == "__main__":
    main()
