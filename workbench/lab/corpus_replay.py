"""Captures of the corpus replayed on a cable, compared with the expected events.

    python -m workbench.lab.corpus_replay CORPUS [COUNT [SPEED...]]

Replays 50 captures at full speed and at their recorded speed, for a sensor with one worker and one with two
workers, and compares the events with those of the files. Prints a line per differing capture, then the sums;
exit status 1 if anything differs.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from huginn_cffi import Analyzer, Sensor
from tests.reference.capture import CaptureDamageError, ReferenceFrame, read_capture
from tests.support import network as net
from tests.support.captures import pcap
from tests.support.processes import ROOT

ETHERNET, ETHERNET_HEADER = 1, 14
MTU = 9000
MOST_PACKETS = 3000
LONGEST_S = 60
"""Longest capture for recorded speed, at which the replay takes as long as the capture."""

ALL_FLOWS_S = 600
"""Longest capture: in a longer one flows expire, but not in a replay at full speed."""

SETTLE_S = 0.25
"""Waiting time: more than twice the age of counters."""

BUFFER_BYTES = 16 << 20
LONGEST_REPLAY_S = 120
SPEEDS = {"topspeed": ["--topspeed"], "recorded": []}
WORKERS = (1, 2)
LONGEST = {"topspeed": ALL_FLOWS_S, "recorded": LONGEST_S}
MODULES = re.compile(r"mod=(syn|syn\+ack|mtu)\|")
NS = 10**9
TOLERANCE_S = 0.002


def frames_of(path: Path) -> list[ReferenceFrame]:
    """The frames that fit the interface."""
    found = read_capture(path.read_bytes())
    return [frame for frame in found if ETHERNET_HEADER <= len(frame.data) <= MTU + ETHERNET_HEADER]


def chosen(corpus: Path, count: int, longest_s: float) -> list[Path]:
    """Short captures with both kinds of handshake packets, spread evenly over the corpus."""
    with (corpus / "manifest.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["linktype"] == str(ETHERNET)]
    small = [
        row for row in rows if int(row["syn"]) and int(row["synack"]) and int(row["packets"]) < MOST_PACKETS
    ]
    names = [row["file"] for row in small if row["file"].endswith(("pcap", "cap"))]
    brief = [name for name in names if _lasts(corpus / name) < longest_s]
    step = max(1, len(brief) // count)
    return [corpus / name for name in brief[::step]][:count]


def _lasts(path: Path) -> float:
    """Seconds from the first frame to the last; infinite if times run backwards or it is damaged."""
    try:
        times = [frame.time_ns for frame in frames_of(path)]
    except CaptureDamageError:
        return float("inf")
    return (times[-1] - times[0]) / NS if times and times == sorted(times) else float("inf")


def sendable(path: Path, folder: Path) -> Path:
    """A copy of the capture without bytes that were cut off when it was taken, so that it can be sent."""
    copy = folder / f"{path.name}.pcap"
    copy.write_bytes(
        pcap([(frame.time_ns, frame.data) for frame in frames_of(path)], ETHERNET, nanoseconds=True)
    )
    return copy


def replayed(
    network: net.Network, copies: Sequence[Path], *, speed: str, workers: Sequence[int] = WORKERS
) -> list[list[dict[str, Any]]]:
    """The events of each sensor (by number of workers) for each capture: ``[sensor][capture]``."""
    words = ["--replay", network.client, ",".join(map(str, workers)), speed, *map(str, copies)]
    command = net.inside(network.server, [sys.executable, "-m", "workbench.lab.corpus_replay", *words])
    limit = 60 + len(copies) * (LONGEST_S + 10)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [[row[sensor] for row in rows] for sensor in range(len(workers))]


# ---- in the namespace of the sensors: --replay SENDER WORKERS SPEED FILE... ---------------------------


def replay(sender: str, workers: str, speed: str, *paths: str) -> None:
    """Print a JSON line per file with the events of each sensor; all watch the same replay from `sender`."""
    numbers = list(map(int, workers.split(",")))
    with ThreadPoolExecutor(len(numbers)) as pool:
        for path in paths:
            done = threading.Event()
            open_sensor = partial(Analyzer(None).sensor, "cable", buffer_bytes=BUFFER_BYTES)
            sensors = [open_sensor(workers=count) for count in numbers]
            watching = [pool.submit(watch, sensor, done) for sensor in sensors]
            replay = ["tcpreplay", *SPEEDS[speed], "-q", "-i", "cable", path]
            send(["ip", "netns", "exec", sender, *replay], sensors, done)
            print(json.dumps([item.result() for item in watching]), flush=True)


def watch(sensor: Sensor, done: threading.Event) -> dict[str, Any]:
    """The events of a sensor until `done` is set."""
    log, typed = b"", b""
    for batch in sensor.batches(done):
        log += batch.render("p0f")
        typed += batch.render("json")
    counted = sensor.stats.interface
    return {
        "events": log.decode(),
        "json": typed.decode(),
        "lost": sum(counted[name] for name in ("dropped_by_kernel", "dropped_by_interface", "unread")),
        "shared": [item.packets for item in sensor.worker_stats],
    }


def send(command: list[str], sensors: Sequence[Sensor], done: threading.Event) -> None:
    """Send the capture, and wait until everything received has been read."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_REPLAY_S)
        deadline = time.monotonic() + LONGEST_REPLAY_S
        time.sleep(SETTLE_S)
        while not all(map(has_read_all, sensors)) and time.monotonic() < deadline:
            time.sleep(SETTLE_S)
    finally:
        done.set()


def has_read_all(sensor: Sensor) -> bool:
    """Whether the kernel's buffers have no packets left."""
    stats = sensor.stats
    kernel = stats.interface
    return kernel["received"] == stats.packets + kernel["dropped_by_kernel"]


# ---- the expected events ------------------------------------------------------------------------------


def handshakes(log: str) -> list[str]:
    """The lines of p0f's log for SYN, SYN+ACK and MTU, without their times."""
    return [line.partition("] ")[2] for line in log.splitlines() if MODULES.search(line)]


def offline(copy: Path, format_: str) -> str:
    """The events of the file itself."""
    return b"".join(batch.render(format_) for batch in Analyzer(None).batches(str(copy))).decode()


def uptimes(text: str) -> dict[tuple[Any, ...], tuple[float, float]]:
    """The uptimes among JSON records, by host and direction: frequency in Hz, and ticks of the clock.

    Ticks are counted between the host's last handshake packet of that direction and the reading. They come
    from the packets, so they do not depend on the replay speed.
    """
    found = {}
    handshake_s: dict[tuple[str, str], float] = {}
    for record in map(json.loads, text.splitlines()):
        time_s, kind, host = _seconds(record["time"]), record["event"], record["src_ip"]
        if kind.endswith("uptime"):
            frequency = record["raw_frequency_hz"]
            since_s = time_s - handshake_s["syn" if kind == "client_uptime" else "syn_ack", host]
            ends = ("event", "src_ip", "src_port", "dst_ip", "dst_port")
            found[tuple(record[name] for name in ends)] = (frequency, frequency * since_s)
        elif kind != "mtu":
            handshake_s[kind, host] = time_s
    return found


def _seconds(text: str) -> float:
    """The time of a JSON record, since the epoch."""
    return datetime.fromisoformat(text[:26] + "+00:00").timestamp()


def uptime_differences(live: str, saved: str) -> list[str]:
    """Describe uptimes of both that were not read from the same packets.

    Times are rounded to ms before a frequency is computed, at both ends of the interval and in both runs.
    """
    seen, wanted = uptimes(live), uptimes(saved)
    found = []
    for key in seen.keys() & wanted.keys():
        (frequency, ticks), (usual, expected) = seen[key], wanted[key]
        if abs(ticks - expected) > 1 + TOLERANCE_S * (frequency + usual):
            found.append(f"{key}: {ticks:.1f} ticks at {frequency:.1f} Hz, not {expected:.1f} at {usual:.1f}")
    return found


def main(corpus: Path, count: int = 50, speeds: Sequence[str] = tuple(LONGEST)) -> int:
    differing = 0
    with tempfile.TemporaryDirectory() as folder, net.network(MTU, quiet=True) as network:
        for speed in speeds:
            copies = [sendable(path, Path(folder)) for path in chosen(corpus, count, LONGEST[speed])]
            one, two = replayed(network, copies, speed=speed)
            differing += _report(copies, one, speed, 1) + _report(copies, two, speed, 2)
            same = sum(
                handshakes(first["events"]) == handshakes(second["events"])
                for first, second in zip(one, two, strict=True)
            )
            print(f"{speed}: {same} of {len(copies)} captures the same with one worker and with two")
            differing += len(copies) - same
    return 1 if differing else 0


def _report(copies: Sequence[Path], seen: Sequence[dict[str, Any]], speed: str, workers: int) -> int:
    equal = total = lost = odd = 0
    for copy, item in zip(copies, seen, strict=True):
        wanted, found = handshakes(offline(copy, "p0f")), handshakes(item["events"])
        equal += wanted == found
        total += len(wanted)
        lost += item["lost"]
        if wanted != found:
            print(f"{copy.name}: {len(found)} handshake events, not the {len(wanted)} of the file")
        # At full speed there are no uptimes: a clock is read over 25 ms or more.
        different = uptime_differences(item["json"], offline(copy, "json")) if speed == "recorded" else []
        odd += len(different)
        print(*(f"{copy.name}: {line}" for line in different), sep="\n", end="\n" if different else "")
    print(
        f"{speed}, {workers} workers: {equal} of {len(copies)} captures equal ({total} events), {lost} lost, "
        f"{odd} uptimes read from other packets"
    )
    return len(copies) - equal + odd


if __name__ == "__main__":
    if sys.argv[1] == "--replay":
        replay(*sys.argv[2:])
        sys.exit()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    sys.exit(main(Path(sys.argv[1]), count, sys.argv[3:] or tuple(LONGEST)))
