"""Counts the instructions that an entry takes, with callgrind."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from huginn_cffi import Database
from tests.support.captures import pcap
from tools.bench.adversarial.model import Entry
from tools.bench.hotpath import HTTP_ALL, MINUTES, HotPath

PACKET_LIMIT, BYTE_LIMIT = 10, 20
"""Times the instructions of an ordinary packet, and of a byte of it."""

STEP_NS = 10_000
"""From packet to packet."""


@dataclass(frozen=True)
class Cost:
    """What packets took. ``units`` are the packets; or the rows, where more of these come of all messages."""

    instructions: int
    packets: int
    rows: int
    captured: int
    units: int

    @property
    def per_packet(self) -> float:
        return self.instructions / self.units

    @property
    def per_byte(self) -> float:
        return self.instructions / self.captured


@dataclass(frozen=True)
class Verdict:
    """An entry beside its ordinary packet."""

    entry: Entry
    cost: Cost
    ordinary: Cost

    @property
    def packet_ratio(self) -> float:
        return self.cost.per_packet / self.ordinary.per_packet

    @property
    def byte_ratio(self) -> float:
        return self.cost.per_byte / self.ordinary.per_byte

    @property
    def excess(self) -> float:
        """1 at the limit that is nearer."""
        return max(self.packet_ratio / PACKET_LIMIT, self.byte_ratio / BYTE_LIMIT)

    @property
    def passes(self) -> bool:
        return self.excess <= 1


@dataclass
class Meter:
    """Measures with a program built once, against the default database. Threads may share it."""

    hotpath: HotPath
    folder: Path
    _counts: dict[str, Future[tuple[int, int]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._database = self.folder / "default.hgdb"
        Database.load_default().save(self._database)

    def cost(self, entry: Entry) -> Cost:
        """Of the expensive packets of an entry."""
        traffic = entry.make()
        without = self._count(traffic.before, traffic.linktype, entry.protocols)
        both = self._count([*traffic.before, *traffic.costly], traffic.linktype, entry.protocols)
        packets, rows = len(traffic.costly), both[1] - without[1]
        units = max(packets, rows) if entry.protocols & HTTP_ALL else packets
        captured = sum(map(len, traffic.costly))
        return Cost(both[0] - without[0], packets, rows, captured, units)

    def _count(self, frames: Sequence[bytes], linktype: int, protocols: int) -> tuple[int, int]:
        """Instructions and rows of a capture. The same capture is measured once."""
        if not frames:
            return 0, 0
        data = pcap([(number * STEP_NS, frame) for number, frame in enumerate(frames)], linktype)
        key = f"{hashlib.sha256(data).hexdigest()}-{protocols}"
        with self._lock:
            known = self._counts.get(key)
            made = self._counts[key] = known or Future()
        if known is None:
            try:
                made.set_result(self._measured(key, data, protocols))
            except BaseException as error:
                made.set_exception(error)
        return made.result()

    def _measured(self, key: str, data: bytes, protocols: int) -> tuple[int, int]:
        capture, out = self.folder / f"{key}.pcap", self.folder / f"{key}.callgrind"
        capture.write_bytes(data)
        command = self.hotpath.command("whole", self._database, capture, uptime=True, protocols=protocols)
        options = ["--tool=callgrind", "--toggle-collect=measured*", f"--callgrind-out-file={out}"]
        done = subprocess.run(
            ["valgrind", *options, *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=10 * MINUTES,
        )
        capture.unlink()
        totals = (
            re.search(r"^totals: (\d+)", out.read_text(encoding="utf-8"), re.MULTILINE)
            if out.exists()
            else None
        )
        if done.returncode or totals is None:
            raise RuntimeError(f"hotpath failed under callgrind: {done.stderr}")
        return int(totals[1]), int(done.stdout.split()[1])
