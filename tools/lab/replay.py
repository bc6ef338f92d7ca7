"""Replays captures on an interface and prints what is seen on it.

    python -m tools.lab.replay SENDER CABLE WORKERS SPEED FILE...

WORKERS are numbers, such as ``1,2``: a sensor each, all of which see the same replay. SPEED is
``topspeed`` or ``recorded``. Prints a JSON line a file, with an item for each sensor: the events as
p0f's log and as JSON lines, what was lost, and the packets of each worker. SENDER is the network
namespace that holds the other end, also called CABLE.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from huginn_cffi import Analyzer
from huginn_cffi.capture import CaptureOptions
from huginn_cffi.capture.sensor import Sensor

SETTLE_S = 0.25
"""More than twice the age that counters can have."""

OPTIONS = CaptureOptions(buffer_bytes=16 << 20)
LONGEST_S = 120
SPEEDS = {"topspeed": ["--topspeed"], "recorded": []}


def main(sender: str, cable: str, workers: str, speed: str, paths: list[str]) -> None:
    numbers = list(map(int, workers.split(",")))
    with ThreadPoolExecutor(len(numbers)) as pool:
        for path in paths:
            done = threading.Event()
            sensors = [Analyzer(None).sensor(cable, workers=count, options=OPTIONS) for count in numbers]
            watching = [pool.submit(watch, sensor, done) for sensor in sensors]
            replay = ["tcpreplay", *SPEEDS[speed], "-q", "-i", "cable", path]
            send(["ip", "netns", "exec", sender, *replay], sensors, done)
            print(json.dumps([item.result() for item in watching]), flush=True)


def watch(sensor: Sensor, done: threading.Event) -> dict[str, Any]:
    """What a sensor sees until `done` is set."""
    log, typed = b"", b""
    for batch in sensor.batches(done.is_set):
        log += batch.render("p0f")
        typed += batch.render("json")
    counted = sensor.stats.interface
    assert counted is not None
    return {
        "events": log.decode(),
        "json": typed.decode(),
        "lost": counted.dropped_by_kernel + counted.dropped_by_interface + counted.unread,
        "shared": [item.packets for item in sensor.worker_stats],
    }


def send(command: list[str], sensors: Sequence[Sensor], done: threading.Event) -> None:
    """Send the capture, and wait until all that came in has been read."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_S)
        deadline = time.monotonic() + LONGEST_S
        time.sleep(SETTLE_S)
        while not all(map(has_read_all, sensors)) and time.monotonic() < deadline:
            time.sleep(SETTLE_S)
    finally:
        done.set()


def has_read_all(sensor: Sensor) -> bool:
    """Whether nothing that the kernel took is still in its buffers."""
    stats = sensor.stats
    kernel = stats.interface
    return kernel is not None and kernel.received == stats.packets + kernel.dropped_by_kernel


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
