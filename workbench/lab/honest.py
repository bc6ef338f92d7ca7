"""An honest office with browsers, and attacks on its segment: python -m workbench.lab.honest [SECONDS] [SEED]

Needs root: creates two network namespaces with a cable, on which a capture listens. The office sends what
tests/hosts/honest.py describes, in real time, for SECONDS (3600). Meanwhile Chromium and Firefox,
if they are there, visit a page that does everything pages can, in turns. In the last third, hosts answer for
other names, and resolvers and a prefix change. Nothing else may be urgent, and each of these must be news
within ten seconds. Prints the results as JSON, and exits with 1 after a fault.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any

from tests.hosts.honest import ATTACKS, MOST_S, SECOND, START, URGENT, kind_of, office
from tests.live import leading
from tests.live.visiting import BROWSERS, visited
from tests.support import network as net
from tests.support.devices.sending import SENDER
from tests.support.processes import ROOT, TIMEOUT_S, huginn
from workbench.lab.outcome import report

PAUSE_S = 20.0
"""Between visits."""


class PageVisits(Thread):
    """Visits of the page, until `over` is set."""

    def __init__(self, folder: Path, namespace: str, server: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self._folder, self._namespace, self._server = folder, namespace, server
        self.over, self.counts = Event(), Counter[str]()

    def run(self) -> None:
        """Visit it with each browser in turns."""
        names = [one for one in BROWSERS if shutil.which(one)]
        while names and not self.over.is_set():
            name = names[self.counts.total() % len(names)]
            profile = Path(tempfile.mkdtemp(dir=self._folder))
            words = [name, *(one.format(profile) for one in BROWSERS[name]), f"http://{leading.SERVER}/"]
            environment = {**os.environ, "HOME": str(self._folder)}
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            inside = net.inside(self._namespace, words)
            with subprocess.Popen(inside, env=environment, **quiet) as browser:  # type: ignore[call-overload]
                assert self._server.stdout is not None
                if self._server.stdout.readline() == "done\n":
                    self.counts[name] += 1
                browser.terminate()
            self.over.wait(PAUSE_S)


class Told(Thread):
    """What a capture wrote, with the times at which it came."""

    def __init__(self, lines: IO[str]) -> None:
        super().__init__(daemon=True)
        self._lines = lines
        self.events: list[tuple[float, str, str]] = []

    def run(self) -> None:
        """Read all lines."""
        for line in self._lines:
            self.events.append((time.monotonic(), kind_of(json.loads(line)) or "", line))


def _faults(told: Told, began: dict[str, float]) -> Iterator[str]:
    signs = [sign for _, _, sign in ATTACKS.values()]
    for _, kind, line in told.events:
        if kind in URGENT and not any(sign in line for sign in signs):
            yield f"{kind} is urgent: {line}"
    for name, at in began.items():
        after = arrival(told, name, at)
        if after is None or after > MOST_S:
            yield f"{name} is news after {after} s"


def arrival(told: Told, name: str, began: float) -> float | None:
    """How long after its first frame an attack was news."""
    _, kind, sign = ATTACKS[name]
    found = (at - began for at, one, line in told.events if one == kind and sign in line and at >= began)
    return next(found, None)


def _send(wire: IO[str], seconds: int, seed: int) -> tuple[int, dict[str, float]]:
    """The number of frames, and when each attack began."""
    step = seconds / 3 / len(ATTACKS)
    attacks = {name: seconds * 2 / 3 + number * step for number, name in enumerate(ATTACKS)}
    packets = [(at, frame, "") for at, frame in office(seconds, seed) if at < START + seconds * SECOND]
    for name, at in attacks.items():
        packets += [(time_ns, frame, name) for time_ns, frame in ATTACKS[name][0](at)]
    begin, began = time.monotonic(), dict[str, float]()
    for time_ns, frame, name in sorted(packets):
        wait = begin + (time_ns - START) / SECOND - time.monotonic()
        if wait > 0:
            wire.flush()
            time.sleep(wait)
        wire.write(f"{frame.hex()}\n")
        if name:
            began.setdefault(name, time.monotonic())
    wire.flush()
    time.sleep(MOST_S)
    return len(packets), began


def live(folder: Path, seconds: int, seed: int) -> tuple[dict[str, Any], list[str]]:
    """The results and faults."""
    with ExitStack() as stack:
        network, server = stack.enter_context(visited())
        words = (
            "cable",
            "--format",
            "json",
            "--events",
            "finding,device_change",
            "--store",
            str(folder / "s"),
        )
        errors = stack.enter_context((folder / "errors").open("w+"))
        pipe = subprocess.PIPE
        capture = subprocess.Popen(
            net.inside(network.server, huginn("capture", *words)),
            cwd=ROOT,
            stdout=pipe,
            stderr=errors,
            text=True,
        )
        stack.callback(capture.kill)
        while "listening on" not in (folder / "errors").read_text():
            time.sleep(0.1)
        sender = net.inside(network.client, [sys.executable, "-uc", SENDER])
        wire = stack.enter_context(subprocess.Popen(sender, stdin=pipe, text=True))
        assert capture.stdout is not None
        assert wire.stdin is not None
        told, visits = Told(capture.stdout), PageVisits(folder, network.client, server)
        told.start()
        visits.start()
        frames, began = _send(wire.stdin, seconds, seed)
        visits.over.set()
        visits.join(TIMEOUT_S)
        capture.terminate()
        status = capture.wait(TIMEOUT_S)
        told.join(TIMEOUT_S)
        wire.stdin.close()
    result = {
        "frames": frames,
        "visits": dict(visits.counts),
        "findings": dict(Counter(kind for _, kind, _ in told.events if kind)),
        "seconds_to_news": {
            name: None if (after := arrival(told, name, at)) is None else round(after, 1)
            for name, at in began.items()
        },
    }
    return result, [*_faults(told, began), *([f"status {status}"] if status else [])]


def main() -> int:
    seconds, seed = int([*sys.argv, "3600"][1]), int([*sys.argv, "7", "7"][2])
    with tempfile.TemporaryDirectory() as folder:
        found, faults = live(Path(folder), seconds, seed)
    return report(found, faults)


if __name__ == "__main__":
    sys.exit(main())
