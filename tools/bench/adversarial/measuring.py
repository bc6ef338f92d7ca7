"""Counts the instructions of an entry with callgrind."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from huginn_cffi import Database
from tests.support.captures import pcap
from tools.bench.adversarial.model import CostlyInput
from tools.bench.hotpath import HTTP_ALL, HotPath
from tools.bench.instructions import profiled, total

PACKET_LIMIT, BYTE_LIMIT = 10, 20
"""Limits as multiples of the instructions per ordinary packet, and per byte of it."""

SHA256 = "hg_sha256_portable"
SHA_SAVES = 20
"""Instructions of this function per instruction with the SHA extension, which valgrind lacks."""

NO_REP = "glibc.cpu.x86_rep_movsb_threshold=1073741824:glibc.cpu.x86_rep_stosb_threshold=1073741824"
"""Makes glibc move and fill memory by vectors, because valgrind counts each byte of ``rep movsb``."""

STEP_NS = 10_000
"""Time between two packets."""


@dataclass(frozen=True)
class PacketCost:
    """The cost of packets. ``units`` is the number of packets, or of rows if all messages give more rows."""

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
class ComparedCost:
    """An entry compared with its ordinary packet."""

    entry: CostlyInput
    cost: PacketCost
    ordinary: PacketCost

    @property
    def packet_ratio(self) -> float:
        return self.cost.per_packet / self.ordinary.per_packet

    @property
    def byte_ratio(self) -> float:
        return self.cost.per_byte / self.ordinary.per_byte

    @property
    def excess(self) -> float:
        """1 at the limit, for the ratio that is closer to its limit."""
        return max(self.packet_ratio / PACKET_LIMIT, self.byte_ratio / BYTE_LIMIT)

    @property
    def passes(self) -> bool:
        return self.excess <= 1


@dataclass
class CostMeter:
    """Measures with a program built once, against the default database. Threads may share it."""

    hotpath: HotPath
    folder: Path
    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    _locks: dict[str, Lock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._database = self.folder / "default.hgdb"
        Database.load_default().save(self._database)

    def cost(self, entry: CostlyInput) -> PacketCost:
        """The cost of an entry's expensive packets."""
        traffic = entry.make()
        without = self._count(traffic.before, traffic.linktype, entry.protocols)
        both = self._count([*traffic.before, *traffic.costly], traffic.linktype, entry.protocols)
        packets, rows = len(traffic.costly), both[1] - without[1]
        units = max(packets, rows) if entry.protocols & HTTP_ALL else packets
        captured = sum(map(len, traffic.costly))
        return PacketCost(both[0] - without[0], packets, rows, captured, units)

    def _count(self, frames: Sequence[bytes], linktype: int, protocols: int) -> tuple[int, int]:
        """Instructions and rows of a capture. Each capture is measured only once."""
        if not frames:
            return 0, 0
        data = pcap([(number * STEP_NS, frame) for number, frame in enumerate(frames)], linktype)
        key = f"{hashlib.sha256(data).hexdigest()}-{protocols}"
        with self._locks.setdefault(key, Lock()):
            if key not in self._counts:
                self._counts[key] = self._measured(key, data, protocols)
        return self._counts[key]

    def _measured(self, key: str, data: bytes, protocols: int) -> tuple[int, int]:
        capture, out = self.folder / f"{key}.pcap", self.folder / f"{key}.callgrind"
        capture.write_bytes(data)
        command = self.hotpath.command("whole", self._database, capture, uptime=True, protocols=protocols)
        printed = profiled(command, out, {"GLIBC_TUNABLES": NO_REP})
        capture.unlink()
        return counted(out.read_text(encoding="utf-8")), int(printed.split()[1])


def counted(profile: str) -> int:
    """Instructions in a profile of callgrind, with hashing as on a processor that has instructions for it."""
    hashing = own(profile, SHA256)
    return total(profile) - hashing + hashing // SHA_SAVES


def own(profile: str, function: str) -> int:
    """Instructions of a function itself, without the functions that it calls.

    A line has a position and a count; the line after ``calls=`` has the count of the called function. Names
    are written once and later referred to by number.
    """
    named = re.search(rf"^c?fn=(\(\d+\)) {function}$", profile, re.MULTILINE)
    found, is_its, of_call = 0, False, False
    for line in profile.splitlines() if named else ():
        if line.startswith("fn="):
            is_its = named is not None and line[3:].split(" ")[0] == named[1]
        elif is_its and not of_call and line[:1] in tuple("0123456789+-*"):
            found += int(line.split()[1])
        of_call = line.startswith("calls=")
    return found
