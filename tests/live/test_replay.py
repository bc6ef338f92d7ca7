"""Real captures, sent onto a cable by tcpreplay: the handshakes seen there are those of the file."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

from huginn_cffi import Analyzer
from tests.reference.capture import Frame, read_capture
from tests.support.captures import pcap

from . import needs
from . import network as net
from .processes import ROOT

CAPTURES = 30
ETHERNET, ETHERNET_HEADER = 1, 14
MTU = 9000
MOST_PACKETS = 3000
LONGEST_NS = 600 * 10**9
"""The replay is over at once; in a longer capture flows would be forgotten, as in the replay not."""

MODULES = re.compile(r"mod=(syn|syn\+ack|mtu)\|")


def _frames(path: Path) -> list[Frame]:
    """Those that the interface takes."""
    found = read_capture(path.read_bytes())
    return [frame for frame in found if ETHERNET_HEADER <= len(frame.data) <= MTU + ETHERNET_HEADER]


def _chosen(corpus: Path) -> list[Path]:
    """Captures with both kinds of handshake packets, evenly over the corpus."""
    with (corpus / "manifest.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["linktype"] == str(ETHERNET)]
    small = [
        row for row in rows if int(row["syn"]) and int(row["synack"]) and int(row["packets"]) < MOST_PACKETS
    ]
    names = [row["file"] for row in small if row["file"].endswith(("pcap", "cap"))]
    brief = []
    for name in names[:: max(1, len(names) // (2 * CAPTURES))]:
        frames = _frames(corpus / name)
        if frames and max(f.time_ns for f in frames) - min(f.time_ns for f in frames) < LONGEST_NS:
            brief.append(corpus / name)
    return brief[:CAPTURES]


def _sendable(path: Path, folder: Path) -> Path:
    """The capture as it can be sent: what was cut off when it was taken is not there to send."""
    copy = folder / f"{path.name}.pcap"
    copy.write_bytes(pcap([(frame.time_ns, frame.data) for frame in _frames(path)], ETHERNET))
    return copy


def _handshakes(log: str) -> list[str]:
    """Lines of p0f's log without their times."""
    return [line.partition("] ")[2] for line in log.splitlines() if MODULES.search(line)]


def test_a_replay_shows_the_handshakes_of_the_capture(corpus: Path, tmp_path: Path) -> None:
    needs.program("tcpreplay", "tcpreplay")
    copies = [_sendable(path, tmp_path) for path in _chosen(corpus)]
    assert len(copies) == CAPTURES
    with net.network(MTU) as network:
        words = [network.client, "cable", *map(str, copies)]
        command = net.inside(network.server, [sys.executable, "-m", "tests.live.replay", *words])
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    assert [item["lost"] for item in seen] == [0] * CAPTURES
    total = 0
    for copy, item in zip(copies, seen, strict=True):
        offline = b"".join(batch.render("p0f") for batch in Analyzer(None).batches(str(copy))).decode()
        assert _handshakes(item["events"]) == _handshakes(offline), copy.name
        total += len(_handshakes(offline))
    assert total > 200
