"""Analyses captures that were damaged on purpose, and reports how each run ended.

    python -m tools.fuzz.damage ../shared/corpus --mutations 1000
    python -m tools.fuzz.damage FILE --only 123      repeat one mutation of one capture

A mutation depends only on the seed, the capture's name and the mutation's number. Each run is checked: the
packets before the first changed byte must give the same results as in the whole capture, an error must name
its position, the counters must add up, and the run must take less than a second. Each capture is processed in
its own process, so that a crash is just another finding. Exits with 1 when there are findings.
"""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

from huginn_cffi import Analyzer, CaptureError
from tools.fuzz import mutants
from tools.fuzz.mutants import FindingError, Judge, Tally, runs_in_processes

# ---- mutations, which find the record boundaries with their own code ------------------------------

RECORD_LIMIT = 16 << 20
PCAP_MAGICS = {0xA1B2C3D4: 16, 0xA1B23C4D: 16, 0xA1B2CD34: 24}
"""Bytes of a record's header, by magic."""

FILE_HEADER = 24
SECTION = 0x0A0D0D0A
BYTE_ORDER = 0x1A2B3C4D
PACKET_BLOCKS = (2, 3, 6)

EXTREMES = (0, 1, 3, 4, 11, 12, 16, 20, 0x7FFF, 0x8000, 0xFFFF, 0x10000)
EXTREME_LENGTHS = (*EXTREMES, RECORD_LIMIT, RECORD_LIMIT + 4, 0x7FFFFFFC, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
EXTREME_TIMES = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
MOST_BYTES = 1 << 17
"""Limit of the length to which a capture is repeated."""


class CaptureRecord(NamedTuple):
    """A pcap record or a pcapng block, and whether it is a packet."""

    start: int
    end: int
    is_packet: bool


class CaptureLayout(NamedTuple):
    """The positions of the parts of a capture, up to the first invalid one."""

    order: str
    is_pcap: bool
    records: list[CaptureRecord]

    def packets_before(self, offset: int) -> int:
        """The number of packets that lie completely before `offset`."""
        return sum(item.is_packet for item in self.records if item.end <= offset)

    def start_before(self, offset: int) -> int:
        """The start of the record that contains the byte at `offset`, or 0."""
        return max((item.start for item in self.records if item.start <= offset), default=0)


def layout(data: bytes) -> CaptureLayout | None:
    """The layout of a capture, or None when its header is not one."""
    if len(data) < FILE_HEADER:
        return None
    if data[:4] == SECTION.to_bytes(4, "big"):
        return _blocks(data)
    for order in "<>":
        (magic,) = struct.unpack_from(order + "I", data)
        if magic in PCAP_MAGICS:
            return CaptureLayout(order, True, list(_pcap_records(data, order, PCAP_MAGICS[magic])))
    return None


def _pcap_records(data: bytes, order: str, header: int) -> list[CaptureRecord]:
    found, at = [], FILE_HEADER
    while at + header <= len(data):
        end = at + header + struct.unpack_from(order + "I", data, at + 8)[0]
        if end > len(data):
            break
        found.append(CaptureRecord(at, end, True))
        at = end
    return found


def _blocks(data: bytes) -> CaptureLayout | None:
    found: list[CaptureRecord] = []
    first_order, order, at = "", "<", 0
    while at + 12 <= len(data):
        if data[at : at + 4] == SECTION.to_bytes(4, "big"):
            order = ">" if data[at + 8 : at + 12] == BYTE_ORDER.to_bytes(4, "big") else "<"
            first_order = first_order or order
        kind, length = struct.unpack_from(order + "II", data, at)
        if length < 12 or length % 4 or at + length > len(data):
            break
        found.append(CaptureRecord(at, at + length, kind in PACKET_BLOCKS))
        at += length
    return CaptureLayout(first_order, False, found) if found else None


Mutation = Callable[[Random, bytes, CaptureLayout], bytes]


def flip_bits(random: Random, data: bytes, _: CaptureLayout) -> bytes:
    changed = bytearray(data)
    for _number in range(random.choice((1, 1, 1, 2, 4, 16))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(random: Random, data: bytes, _: CaptureLayout) -> bytes:
    return data[: random.randrange(len(data))]


def length_bomb(random: Random, data: bytes, where: CaptureLayout) -> bytes:
    """A wrong length, of a record or (by chance) of something in a packet."""
    changed = bytearray(data)
    if not where.records or random.random() < 0.2:
        place = random.randrange(len(data) - 1)
        struct.pack_into(">H", changed, place, random.choice((*EXTREMES[:-1], random.randrange(1 << 16))))
        return bytes(changed)
    record = random.choice(where.records)
    place = _length_place(random, record, where)
    (right,) = struct.unpack_from(where.order + "I", data, place)
    near = (right + random.choice((-1, 1, 4, -4))) % (1 << 32)
    struct.pack_into(where.order + "I", changed, place, random.choice((near, *EXTREME_LENGTHS)))
    return bytes(changed)


def _length_place(random: Random, record: CaptureRecord, where: CaptureLayout) -> int:
    if where.is_pcap:
        return record.start + random.choice((8, 8, 12))
    places = [record.start + 4, record.end - 4]
    if record.end - record.start >= 32:
        places.append(record.start + random.choice((20, 24)))
    return random.choice(places)


def swap(random: Random, data: bytes, where: CaptureLayout) -> bytes:
    if len(where.records) < 2:
        half = len(data) // 2
        return data[half:] + data[:half]
    first, second = sorted(random.sample(where.records, 2))
    pieces = (data[: first.start], data[second.start : second.end], data[first.end : second.start])
    return b"".join((*pieces, data[first.start : first.end], data[second.end :]))


def repeat(random: Random, data: bytes, where: CaptureLayout) -> bytes:
    record = random.choice(where.records) if where.records else CaptureRecord(0, len(data), False)
    piece = data[record.start : record.end]
    times = min(random.choice((1, 2, 7, 100)), max(1, MOST_BYTES // len(piece)))
    return data[: record.end] + piece * times + data[record.end :]


def byte_order(random: Random, data: bytes, where: CaptureLayout) -> bytes:
    """Four-byte fields with swapped bytes: of the file, of one record, or of all records from one on."""
    changed = bytearray(data)
    choice = random.randrange(4)
    if not where.records or choice == 0:
        words = random.choice((range(0, 4, 4), range(0, FILE_HEADER, 4), range(4, FILE_HEADER, 4)))
        _reverse(changed, words)
        return bytes(changed)
    first = random.randrange(len(where.records))
    for record in where.records[first : first + 1 if choice < 3 else None]:
        width = 16 if where.is_pcap else min(28, (record.end - record.start) // 4 * 4)
        _reverse(changed, range(record.start, record.start + width, 4))
        if not where.is_pcap:
            _reverse(changed, range(record.end - 4, record.end, 4))
    return bytes(changed)


def _reverse(changed: bytearray, words: range) -> None:
    for at in words:
        changed[at : at + 4] = changed[at : at + 4][::-1]


def jump_times(random: Random, data: bytes, where: CaptureLayout) -> bytes:
    """Times that jump at one packet or at each packet, or run backwards from one packet on."""
    packets = [item for item in where.records if item.is_packet and item.end - item.start >= 20]
    if not packets:
        return flip_bits(random, data, where)
    changed, how = bytearray(data), random.randrange(3)
    first = random.randrange(len(packets))
    backwards = packets[first:][::-1]
    for number, record in enumerate(packets[first:]):
        place = record.start + (0 if where.is_pcap else 12)
        if how == 2:
            other = backwards[number].start + (0 if where.is_pcap else 12)
            changed[place : place + 8] = data[other : other + 8]
            continue
        time = random.choice((*EXTREME_TIMES, random.randrange(1 << 32)))
        struct.pack_into(where.order + "I", changed, place + random.choice((0, 0, 4)), time)
        if how == 0:
            break
    return bytes(changed)


MUTATIONS: dict[str, Mutation] = {
    "bit flips": flip_bits,
    "cut": cut,
    "length bomb": length_bomb,
    "swapped blocks": swap,
    "repeated block": repeat,
    "wrong byte order": byte_order,
    "times that jump": jump_times,
}


def lengthened(data: bytes, where: CaptureLayout, size: int) -> bytes:
    """The capture repeated until it has `size` bytes, as records or as sections."""
    if not where.records or where.records[-1].end != len(data):
        return data
    start = FILE_HEADER if where.is_pcap else 0
    return data + data[start:] * (size // (len(data) - start))


# ---- runs ------------------------------------------------------------------------------------------

LARGEST = 50_000
"""Captures from this size on are skipped."""

SHRINKING = "file that shrinks"
KINDS = (*MUTATIONS, SHRINKING)
SHRINKING_EVERY = 50
"""Every fiftieth mutation shrinks a file while it is read, which needs a large file."""

SHRINKING_BYTES = 5 << 18
"""More than is read at once, so that the end is cut off before it is reached."""

READ, ENDED, REFUSED = "read to its end", "ended with one error", "refused"
OUTCOMES = (READ, ENDED, REFUSED)

MOST_SECONDS = 1.0
HANG_SECONDS = 20

PLACE = re.compile(r"record (\d+), byte offset (\d+)")


@dataclass(frozen=True)
class AnalysisRun:
    """One analysis: its JSON lines without the capture's name, and how it ended."""

    output: bytes
    outcome: str
    error: CaptureError | None
    packets: int


class Truncating:
    """A `cancel` that is never set, and truncates a file when it is called for the `when`-th time."""

    def __init__(self, path: Path, when: int, length: int) -> None:
        self._path, self._left, self._length = path, when, length

    def is_set(self) -> bool:
        self._left -= 1
        if self._left == 0:
            os.truncate(self._path, self._length)
        return False


def analyse(source: bytes | Path, workers: int = 1, cancel: Truncating | None = None) -> AnalysisRun:
    analyzer, lines, error = Analyzer(changes=True), [], None
    try:
        for batch in analyzer.batches(source, workers=workers, cancel=cancel):
            lines.append(batch.render("json"))
    except CaptureError as caught:
        error = caught
    stats = analyzer.stats
    if stats.packets != stats.analysed + sum(stats.drops.values()):
        raise FindingError("the counters do not add up")
    outcome = READ if error is None else REFUSED if error.refused else ENDED
    return AnalysisRun(b"".join(lines), outcome, error, stats.packets)


def kind_of(number: int) -> str:
    return SHRINKING if number % SHRINKING_EVERY == 0 else KINDS[number % len(MUTATIONS)]


class CaptureSubject:
    """A capture, its results when undamaged, and its mutations."""

    def __init__(self, name: str, data: bytes, seed: int, folder: Path) -> None:
        self.name, self._data, self._seed, self._folder = name, data, seed, folder
        self.layout = layout(data) or CaptureLayout("<", True, [])
        self._whole = analyse(data)
        self._long: tuple[bytes, CaptureLayout, AnalysisRun] | None = None

    def _random(self, number: int) -> Random:
        return Random(f"{self._seed}/{self.name}/{number}")

    def mutant(self, number: int) -> bytes:
        """The capture with this mutation; unchanged if the mutation is a file that shrinks."""
        return MUTATIONS[kind_of(number)](self._random(number), self._data, self.layout)

    def run(self, number: int) -> str:
        if kind_of(number) == SHRINKING:
            return self._run_shrinking(number)
        data = self.mutant(number)
        found = analyse(data, workers=2 if number % 64 == 1 else 1)
        self.judge(data, found)
        return found.outcome

    def judge(self, data: bytes, found: AnalysisRun) -> None:
        """Compare the run over `data` with the run over the undamaged capture."""
        pairs = enumerate(zip(self._data, data, strict=False))
        first = next((at for at, (one, other) in pairs if one != other), min(len(self._data), len(data)))
        packets = self.layout.packets_before(first)
        _check(found, self.expected(packets), packets, len(data))
        sound = self._whole.outcome == READ
        if found.error is not None and found.error.offset < self.layout.start_before(first) and sound:
            raise FindingError(f"the error is placed before the damage at byte {first}: {found.error}")

    def expected(self, packets: int) -> bytes:
        return _lines_up_to(self._whole.output, packets)

    def _run_shrinking(self, number: int) -> str:
        random = self._random(number)
        if self._long is None:
            data = lengthened(self._data, self.layout, SHRINKING_BYTES)
            self._long = (data, layout(data) or self.layout, analyse(data))
        data, where, whole = self._long
        path = self._folder / "shrinking"
        path.write_bytes(data)
        length = random.randrange(len(data))
        found = analyse(path, cancel=Truncating(path, random.choice((1, 2, 3, 4)), length))
        packets = where.packets_before(length)
        _check(found, _lines_up_to(whole.output, packets), packets, len(data))
        return found.outcome


def _lines_up_to(output: bytes, packets: int) -> bytes:
    kept = []
    for line in output.splitlines(keepends=True):
        _, _, number = line.partition(b'"packet_number":')
        if int(number.partition(b",")[0]) > packets:
            break
        kept.append(line)
    return b"".join(kept)


def _check(found: AnalysisRun, expected: bytes, packets: int, length: int) -> None:
    """Raise `FindingError` unless the run has the results before the damage and an error with a position."""
    if not found.output.startswith(expected):
        raise FindingError(f"the results of the first {packets} packets are not those of the whole capture")
    if found.packets < packets:
        raise FindingError(f"{found.packets} packets were read, {packets} are sound")
    if found.error is None:
        return
    if found.outcome == REFUSED:
        if packets:
            raise FindingError(f"refused although {packets} packets are sound: {found.error}")
        return
    check_place(str(found.error), found, length)


def check_place(message: str, found: AnalysisRun, length: int) -> None:
    """Raise `FindingError` unless the message is one line with the error's record and byte offset."""
    assert found.error is not None
    place = PLACE.search(message)
    if place is None or not message.isprintable():
        raise FindingError(f"the error has no place, or more than one line: {message!r}")
    record, offset = map(int, place.groups())
    if (record, offset) != (found.error.record, found.error.offset):
        raise FindingError(f"the message has another place than the error: {message}")
    if record != found.packets + 1 or offset > length:
        raise FindingError(f"{found.packets} packets of {length} bytes were read: {message}")


def captures(paths: Sequence[Path]) -> list[Path]:
    """The captures among `paths` and in folders among them, except large ones."""
    files = [item for path in paths for item in (sorted(path.iterdir()) if path.is_dir() else [path])]
    small = (item for item in files if item.is_file() and item.stat().st_size < LARGEST)
    return [item for item in small if layout(item.read_bytes()) is not None]


def main() -> int:
    parser = mutants.parser(__doc__)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="captures, or folders of them")
    wanted = parser.parse_args()
    numbers, files, total = mutants.chosen(wanted), captures(wanted.paths), Tally()
    for number, path in enumerate(files, 1):

        def make(folder: Path, path: Path = path) -> Judge:
            return CaptureSubject(path.name, path.read_bytes(), wanted.seed, folder).run

        total.add(runs_in_processes(make, numbers, HANG_SECONDS), kind_of, path.name, MOST_SECONDS)
        if sys.stderr.isatty():
            print(f"\r{number} of {len(files)}", end="", file=sys.stderr)
    print(f"{len(files)} captures, {len(numbers)} mutations each, seed {wanted.seed}")
    return total.show(KINDS, OUTCOMES)


if __name__ == "__main__":
    sys.exit(main())
