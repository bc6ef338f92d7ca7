"""Replays captures on an interface and prints what is seen on it.

    python -m tests.live.replay SENDER CABLE WORKERS SPEED FILE...

SPEED is ``topspeed`` or ``recorded``. Prints a JSON line a file: the events as p0f's log without
times, the same as typed values where times matter, and what was lost. SENDER is the network
namespace that holds the other end, also called CABLE.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time

from huginn_cffi import Analyzer
from huginn_cffi.capture import CaptureOptions

SETTLE_S = 0.25
"""More than two waits of an idle capture: then all that was sent has been read."""

BUFFER_BYTES = 64 << 20
LONGEST_S = 120
SPEEDS = {"topspeed": ["--topspeed"], "recorded": []}


def main(sender: str, cable: str, workers: str, speed: str, paths: list[str]) -> None:
    for path in paths:
        done = threading.Event()
        sensor = Analyzer(None).sensor(
            cable, workers=int(workers), options=CaptureOptions(buffer_bytes=BUFFER_BYTES)
        )
        command = ["tcpreplay", *SPEEDS[speed], "-q", "-i", "cable", path]
        sending = threading.Thread(target=send, args=(["ip", "netns", "exec", sender, *command], done))
        sending.start()
        log, typed = b"", b""
        for batch in sensor.batches(done.is_set):
            log += batch.render("p0f")
            typed += batch.render("json")
        sending.join()
        counted = sensor.stats.interface
        assert counted is not None
        found = {
            "events": log.decode(),
            "json": typed.decode(),
            "lost": counted.dropped_by_kernel + counted.dropped_by_interface + counted.unread,
            "shared": [item.packets for item in sensor.worker_stats],
        }
        print(json.dumps(found), flush=True)


def send(command: list[str], done: threading.Event) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_S)
        time.sleep(SETTLE_S)
    finally:
        done.set()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
