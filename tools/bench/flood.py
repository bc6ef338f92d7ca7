"""A flood of SYNs and damaged packets in ordinary traffic: memory, and counters that must be exact.

    python -m tools.bench.flood                      ten million packets
    python -m tools.bench.flood --packets 200000

The packets come through pipes, slice by slice, in one stream with one tracker. A few conversations are opened
first and closed at the end. The flood, whose SYNs all have new sources, must not evict them. Some slices end
in the middle of a record. The generator knows how many packets, events, flows and drops of each kind must be
counted. Exits with 1 when a counter differs.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from huginn_cffi import Analyzer, CaptureError
from huginn_cffi.run.stats import Stats
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, LINUX_OPTIONS, NOP, SYN, Ip4, Tcp, ethernet, packet, timestamps
from tools.bench.measure import resident

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

SLICE = 100_000
"""Approximate packets per slice, because a slice has whole units."""

RECORD, ETHERNET = 16, 14
SOURCE, DESTINATION = RECORD + ETHERNET + 12, RECORD + ETHERNET + 16
SOURCE_PORT, DESTINATION_PORT = RECORD + ETHERNET + 20, RECORD + ETHERNET + 22

PATIENT = 500
"""Conversations that stay open throughout; there is room for 1000 connections."""

CLIENT, SERVER = "10.0.0.1", "198.51.100.2"
STAMPS = NOP * 2 + timestamps(1234568, 1234567)
HOSTS = 500
"""Hosts that ordinary SYNs come from, each from many ports."""

COUNTED = ("packets", "analysed", "flows", "flows_closed", "flows_evicted_established", "flows_replaced")
COUNTED += ("flows_aged", "retransmissions")
CUT_EVERY = 7
"""Every seventh slice ends inside a record."""


Expected = Counter[str]
"""The expected counts: fields of the statistics, drops and events by name, and errors."""


class Unit:
    """Packets that belong together, as bytes of a pcap, to be repeated with other addresses and ports.

    `roles` has a letter for each packet: sent by the client (``c``), the server (``s``), or another source
    (``1``, ``2``). `cut` is the number of captured bytes of the last packet.
    """

    def __init__(self, frames: Sequence[bytes], roles: str, *, cut: int | None = None) -> None:
        stream = [(0, frame, len(frame)) for frame in frames]
        stream[-1] = (0, frames[-1][:cut], len(frames[-1]))
        self.count = len(frames)
        self._roles = roles
        self._bytes = np.frombuffer(pcap(stream, linktype=1)[24:], np.uint8)
        self._starts = np.cumsum([0, *(RECORD + len(item[1]) for item in stream[:-1])]).tolist()

    def many(self, addresses: NDArray[np.uint32], ports: NDArray[np.uint16], first_us: int) -> bytes:
        """One unit for each client address and port; packets are a microsecond apart."""
        made: Bytes = np.tile(self._bytes, (len(addresses), 1))
        port = ports.astype(">u2").view(np.uint8).reshape(-1, 2)
        moments = first_us + np.arange(len(addresses) * self.count, dtype=np.int64)
        for number, (start, role) in enumerate(zip(self._starts, self._roles, strict=True)):
            other = np.uint32(int(role) << 30 if role.isdigit() else 0)
            address = (addresses ^ other).astype(">u4").view(np.uint8).reshape(-1, 4)
            at = (DESTINATION, DESTINATION_PORT) if role == "s" else (SOURCE, SOURCE_PORT)
            made[:, start + at[0] : start + at[0] + 4] = address
            made[:, start + at[1] : start + at[1] + 2] = port
            moment = moments[number :: self.count]
            seconds = np.stack([moment // 10**6, moment % 10**6], axis=1).astype("<u4")
            made[:, start : start + 8] = seconds.view(np.uint8).reshape(-1, 8)
        return made.tobytes()


def _frame(
    flags: int, *, server: bool = False, seq: int = 0, options: bytes = STAMPS, size: int = 0
) -> bytes:
    ends = {"source": SERVER, "destination": CLIENT} if server else {"source": CLIENT, "destination": SERVER}
    ports = {"sport": 80, "dport": 1} if server else {"sport": 1, "dport": 80}
    segment = Tcp(flags=flags, seq=seq, ack=1, options=options, payload=bytes(size), **ports)
    return ethernet(packet(Ip4(**ends), segment))


SYN_FRAME = _frame(SYN, options=LINUX_OPTIONS)
OPENING = (SYN_FRAME, _frame(SYN | ACK, server=True, options=LINUX_OPTIONS), _frame(ACK, seq=1))
DATA = tuple(_frame(ACK, server=True, seq=1 + 500 * n, size=500) for n in range(6))
CLOSING = _frame(FIN | ACK, seq=1)
NO_TCP = ethernet(Ip4(protocol=1).pack(bytes(40)))
DAMAGED: dict[str, bytes] = {
    "not_tcp": NO_TCP,
    "fragment": ethernet(packet(Ip4(fragment=0x2000), Tcp())),
    "bad_ip_header": ethernet(packet(Ip4(header_words=3), Tcp())),
    "bad_tcp_header": ethernet(packet(Ip4(), Tcp(header_words=2))),
    "bad_flags": ethernet(packet(Ip4(), Tcp(flags=SYN | FIN))),
    "not_ip": ethernet(packet(Ip4(), Tcp()), ethertype=0x0806),
}
"""A frame that is dropped, by reason."""

PATIENT_START = Unit(OPENING, "csc")
PATIENT_END = Unit([CLOSING], "c")
WHOLE = (*OPENING, *DATA, CLOSING)
UNITS: dict[str, Unit] = {
    "ordinary": Unit(WHOLE, "cscssssssc"),
    "SYNs": Unit([SYN_FRAME], "c"),
    "flood": Unit([SYN_FRAME], "1"),
    "damage": Unit([*DAMAGED.values(), SYN_FRAME], "c" * 7, cut=40),
    "mixed": Unit([SYN_FRAME, *DAMAGED.values(), SYN_FRAME, *WHOLE], "1cccccc2cscssssssc"),
}
CONVERSATIONS = {"ordinary": 1, "mixed": 1}
SYNS_ALONE = {"SYNs": 1, "flood": 1, "mixed": 2}

HANDSHAKES = Counter({"syn": 1, "syn_ack": 1, "mtu": 2})
"""Events of a conversation."""


def expect(total: Expected, kind: str, units: int) -> None:
    """Add the expected counts of `units` units of a kind."""
    conversations, alone = units * CONVERSATIONS.get(kind, 0), units * SYNS_ALONE.get(kind, 0)
    total.update(packets=UNITS[kind].count * units, flows=conversations + alone, flows_closed=conversations)
    total.update({event: count * conversations for event, count in HANDSHAKES.items()})
    total.update(syn=alone, mtu=alone)
    if kind in ("damage", "mixed"):
        total.update(dict.fromkeys(DAMAGED, units))
    if kind == "damage":
        total["truncated"] += units


def slices(packets: int, size: int, total: Expected) -> Iterator[bytes]:
    """The captures of the stream; `total` becomes the expected counters."""
    random = np.random.default_rng(1)
    header = pcap([], linktype=1)
    ports = np.arange(PATIENT, dtype=np.uint16)
    patient = np.arange(PATIENT, dtype=np.uint32) + 0x0A010000
    total.update(packets=3 * PATIENT, flows=PATIENT)
    total.update({event: count * PATIENT for event, count in HANDSHAKES.items()})
    yield header + PATIENT_START.many(patient, ports, 0)
    number, now, kinds = 0, 10**6, tuple(UNITS)
    while total["packets"] < packets:
        kind = kinds[number % len(kinds)]
        unit = UNITS[kind]
        units = max(1, size // unit.count)
        data = header + unit.many(*_clients(random, kind, units, number), now)
        expect(total, kind, units)
        number, now = number + 1, now + units * unit.count
        if number % CUT_EVERY == 0:
            data += struct.pack("<4I", 0, 0, 60, 60) + bytes(59)
            total["errors"] += 1
        yield data
    total.update(packets=PATIENT, flows_closed=PATIENT)
    yield header + PATIENT_END.many(patient, ports, now)


Clients = tuple["NDArray[np.uint32]", "NDArray[np.uint16]"]


def _clients(random: np.random.Generator, kind: str, units: int, number: int) -> Clients:
    """Addresses and ports, each pair only once in a slice; ordinary SYNs come from few hosts."""
    if kind == "SYNs":
        order = random.permutation(units)
        return (0x0A020000 + order % HOSTS).astype(np.uint32), (1024 + order // HOSTS).astype(np.uint16)
    addresses = 0x20000000 + number % 64 * 0x00800000 + random.permutation(units)
    return addresses.astype(np.uint32), random.integers(1024, 65536, units, np.uint16)


def feed(folder: Path, packets: int, size: int) -> None:
    """Write every slice into its pipe; runs in its own process."""
    with suppress(BrokenPipeError):
        for number, item in enumerate(slices(packets, size, Expected())):
            with (folder / str(number)).open("wb") as pipe:
                pipe.write(item)
    os._exit(0)


class FloodMeter:
    """A `cancel` event that is never set. It records packet count and resident memory where no batch exists.

    The core also asks within batches, when a call has lasted 25 ms. How much of a batch is filled by then
    depends on the load of the machine, so these moments are left out.
    """

    def __init__(self) -> None:
        self.analyzer = Analyzer()
        self.notes: list[tuple[int, int]] = []
        self.has_batch = True

    def is_set(self) -> bool:
        if not self.has_batch:
            self.notes.append((self.analyzer.stats.packets, resident()))
        self.has_batch = True
        return False


@dataclass(frozen=True)
class FloodResult:
    stats: Stats
    memory: list[tuple[int, int]]
    """Packets so far, and bytes resident."""
    wrong: list[str]


def run(packets: int, size: int = SLICE) -> FloodResult:
    """Analyse the stream, and compare the counters with the expected ones."""
    total = Expected()
    count = sum(1 for _ in slices(packets, size, total))
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name, str(number)) for number in range(count)]
        for path in paths:
            os.mkfifo(path)
        child = os.fork()
        if child == 0:
            feed(Path(name), packets, size)
        meter, errors = FloodMeter(), list[CaptureError]()
        try:
            for batch in meter.analyzer.batches(paths, cancel=meter, on_error=errors.append):
                del batch
                meter.has_batch = False
        finally:
            os.waitpid(child, 0)
    stats = meter.analyzer.stats
    return FloodResult(stats, meter.notes, list(differences(stats, total, len(errors))))


def differences(stats: Stats, total: Expected, errors: int) -> Iterator[str]:
    """Describe every counter that differs."""
    dropped = sum(total[name] for name in stats.drops)
    wanted = total + Counter(analysed=total["packets"] - dropped)
    found = {name: getattr(stats, name) for name in COUNTED}
    found |= {"errors": errors, **stats.drops, **stats.events_by_kind}
    for name, count in found.items():
        if count != wanted[name]:
            yield f"{name}: {count:,}, should be {wanted[name]:,}"
    left = stats.flows - stats.flows_closed - stats.flows_evicted_half_open
    if not 0 <= left <= 1000:
        yield f"{left:,} flows neither closed nor evicted"


def show(outcome: FloodResult) -> None:
    stats, step = outcome.stats, max(1, len(outcome.memory) // 10)
    print(f"{stats.packets:,} packets, {stats.analysed:,} analysed, {stats.events:,} events")
    print(f"{stats.flows:,} flows, {stats.flows_closed:,} closed, {stats.flows_evicted_half_open:,} evicted")
    for packets, used in outcome.memory[step::step]:
        print(f"{used / 1e6:9.2f} MB after {packets:12,} packets")
    print("all counts are as they must be" if not outcome.wrong else "\n".join(outcome.wrong))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packets", metavar="N", type=int, default=10_000_000)
    wanted = parser.parse_args()
    outcome = run(wanted.packets, min(SLICE, wanted.packets // 8))
    show(outcome)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
