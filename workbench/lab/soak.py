"""A sensor with the packets of eight hours at 10,000/s, replayed faster: python -m workbench.lab.soak

Needs root: creates two network namespaces with a cable between them. SYNs are sent in rounds, each round from
another address. In each round the sensor gets another database; its output is rotated by size, and finished
files are counted and deleted. After every third round the interface goes down and up again. Prints the
results as JSON, and exits with 1 when a packet or a result is unaccounted for, or when memory grows after the
first quarter.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.support import flooding
from tests.support import network as net
from tests.support.processes import CaptureProcess, capturing
from tools.bench.measure import resident

PACKETS = 8 * 3600 * 10_000
ROUND = 1_000_000
"""Packets of a round; a short soak has eight rounds."""

WARM_UP = 0.25
MOST_GROWTH = 8 << 20
"""Bytes. A burst may use parts of the rings for the first time, most likely on a busy machine."""

EVENTS = 2
"""Events per SYN: its system and its link. A host change is one more event."""

SIGNATURE = "sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+:0"
DATABASE = "classes = unix\n[tcp:request]\nlabel = s:unix:{}:1\n" + SIGNATURE + "\n"
CHANGES = ("host_change", "ip_sharing")
"""Events from p0f's scores. JSON has only events with new results, so they are counted separately."""
LOSSES = ("dropped_by_kernel", "dropped_by_interface", "dropped_by_ring", "unread")


@dataclass(slots=True)
class SoakOutcome:
    """The packets sent, and the results."""

    sent: int = 0
    analysed: int = 0
    lost_by_name: int = 0
    events: int = 0
    results: int = 0
    """Lines of all output files, except events in CHANGES."""
    files: int = 0
    reloads: int = 0
    returns: int = 0
    """How often the interface came back."""
    seconds: float = 0.0
    memory: list[int] = field(default_factory=list)
    """Resident bytes after each round."""

    @property
    def growth(self) -> int:
        """Growth in bytes after the warm-up: the later maximum minus the maximum in the first half."""
        rest = self.memory[int(WARM_UP * len(self.memory)) :]
        half = (len(rest) + 1) // 2
        return max(rest[half:]) - max(rest[:half])

    def faults(self) -> list[str]:
        found = []
        if self.analysed + self.lost_by_name != self.sent:
            found.append(f"{self.sent - self.analysed - self.lost_by_name} packets are not accounted for")
        if self.results != self.events or self.events < EVENTS * self.analysed:
            found.append(f"{self.analysed} SYNs gave {self.events} events and {self.results} results")
        if self.growth > MOST_GROWTH:
            found.append(f"memory grew by {self.growth} bytes")
        return found


class _Soak:
    def __init__(self, folder: Path, program: Path, network: net.Network) -> None:
        self._folder, self._program, self._network = folder, program, network
        self.outcome = SoakOutcome()
        self._out, self._names = folder / "out", folder / "names.fp"
        self._exchange()

    def run(self, packets: int, rate: int) -> SoakOutcome:
        began, size = time.monotonic(), min(ROUND, packets // 8)
        words = ["cable", "--wait", "--workers", "2", "--stats-format", "json", "--format", "json"]
        words += ["--db", str(self._names), "-o", str(self._out), "--rotate-size", f"{1 + size // 50_000}M"]
        with capturing(self._network.server, *words, folder=self._folder) as capture:
            for number in range(packets // size):
                self._round(capture, size, rate)
                if number % 3 == 1:
                    self._interface_goes_and_comes(capture)
            self._count_files(all_of_them=False)
            total = _total(capture.stop(signal.SIGTERM).errors)
        self._count_files(all_of_them=True)
        found = self.outcome
        found.analysed = total["analysed"]
        found.events = total["events"] - sum(total["events_by_kind"][name] for name in CHANGES)
        found.lost_by_name = lost(total)
        found.seconds = time.monotonic() - began
        return found

    def _round(self, capture: CaptureProcess, size: int, rate: int) -> None:
        options = {"packets": size, "rate": rate, "first": self.outcome.sent}
        command = flooding.command(self._program, self._network.client, seconds=600, **options)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as flood:
            self._exchange()
            capture.process.send_signal(signal.SIGHUP)
            self.outcome.reloads += 1
            while flood.poll() is None:
                self._count_files(all_of_them=False)
                time.sleep(0.05)
            assert flood.stdout is not None
            self.outcome.sent += int(flood.stdout.read().split()[0])
        self._await_all(capture)
        self.outcome.memory.append(resident(capture.process.pid))

    def _await_all(self, capture: CaptureProcess) -> None:
        """Wait until all packets sent are counted."""

        def counted() -> bool:
            known = len(_counters(capture.errors_path.read_text()))
            capture.process.send_signal(signal.SIGUSR1)
            capture.wait_for(lambda: len(_counters(capture.errors_path.read_text())) > known, "counters")
            total = _total(capture.errors_path.read_text())
            return int(total["analysed"]) + lost(total) >= self.outcome.sent

        capture.wait_for(counted, "the packets to be counted")

    def _interface_goes_and_comes(self, capture: CaptureProcess) -> None:
        for state, text in (("down", "waiting for it"), ("up", "listening again")):
            net.ip("-n", self._network.server, "link", "set", "cable", state)
            capture.wait_for(
                lambda text=text: capture.errors_path.read_text().count(text) > self.outcome.returns,
                text,
            )
        self.outcome.returns += 1

    def _exchange(self) -> None:
        other = self._names.with_suffix(".new")
        other.write_text(DATABASE.format("Even" if self.outcome.reloads % 2 else "Odd"))
        other.replace(self._names)

    def _count_files(self, *, all_of_them: bool) -> None:
        """Count the lines of finished output files, and delete them."""
        for path in sorted(self._folder.glob("out*")):
            if all_of_them or path != self._out:
                text = path.read_bytes()
                changes = sum(text.count(f'"event":"{name}"'.encode()) for name in CHANGES)
                self.outcome.results += text.count(b"\n") - changes
                self.outcome.files += 1
                path.unlink()


def _counters(errors: str) -> list[str]:
    return [line for line in errors.splitlines(keepends=True) if line.startswith("{") and line.endswith("\n")]


def _total(errors: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_counters(errors)[-1])
    return dict(found["total"])


def lost(total: dict[str, Any]) -> int:
    """Packets that the counters report as lost."""
    return sum(total[name] for name in LOSSES) + sum(total["drops"].values())


def soak(folder: Path, program: Path, network: net.Network, packets: int, rate: int) -> SoakOutcome:
    """Send `packets` packets at `rate` per second to a sensor; rate 0 is as fast as possible."""
    return _Soak(folder, program, network).run(packets, rate)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--packets", type=int, default=PACKETS)
    parser.add_argument("--rate", type=int, default=0, help="packets a second; 0 is as fast as it goes")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, net.network(tagged=False, quiet=True) as network:
        found = soak(Path(name), flooding.built(Path(name)), network, arguments.packets, arguments.rate)
    print(json.dumps(asdict(found) | {"growth": found.growth}))
    for fault in found.faults():
        print(fault, file=sys.stderr)
    return 1 if found.faults() else 0


if __name__ == "__main__":
    sys.exit(main())
