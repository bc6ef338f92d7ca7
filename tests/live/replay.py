"""Replays captures on an interface and prints what is seen on it: python replay.py SENDER CABLE FILE...

Prints a JSON line a file: the events as p0f's log without times, and what the kernel lost. SENDER
is the network namespace that holds the other end, also called CABLE.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time

from huginn_cffi import Analyzer

SETTLE_S = 0.25
"""More than two waits of an idle capture: then all that was sent has been read."""


def main(sender: str, cable: str, paths: list[str]) -> None:
    for path in paths:
        done = threading.Event()
        analyzer = Analyzer(None)
        batches = analyzer.network_batches(cable, cancel=done)
        sending = threading.Thread(target=send, args=(sender, cable, path, done))
        sending.start()
        log = b"".join(batch.render("p0f") for batch in batches)
        sending.join()
        counted = analyzer.stats.interface
        print(json.dumps({"events": log.decode(), "lost": counted and counted.dropped_by_kernel}), flush=True)


def send(sender: str, cable: str, path: str, done: threading.Event) -> None:
    command = ["ip", "netns", "exec", sender, "tcpreplay", "--topspeed", "-q", "-i", cable, path]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=20)
        time.sleep(SETTLE_S)
    finally:
        done.set()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
