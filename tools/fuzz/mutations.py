"""Damage to captures: seeded mutations that know where the records of a capture begin.

Nothing of the code under test is used here: `records` is its own walk.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random
from typing import NamedTuple

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
"""Repeating does not make a capture longer than this."""


class CaptureRecord(NamedTuple):
    """A pcap record or a pcapng block, and whether it is a packet."""

    start: int
    end: int
    is_packet: bool


class CaptureLayout(NamedTuple):
    """Where things are in a capture, as far as it is sound."""

    order: str
    is_pcap: bool
    records: list[CaptureRecord]

    def packets_before(self, offset: int) -> int:
        """Packets that lie whole in front of `offset`."""
        return sum(item.is_packet for item in self.records if item.end <= offset)

    def start_before(self, offset: int) -> int:
        """Where the record begins that holds the byte at `offset`, or 0."""
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
    """A length that lies: of a record, or one within a packet (which ones those are is luck)."""
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
    """Four-byte fields the wrong way round: of the file, of a record, or of all from one on."""
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
    """Times that jump at one packet, at each, or run backwards from one packet on."""
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


def first_difference(one: bytes, other: bytes) -> int:
    """Where two texts begin to differ; the length of the shorter one when it begins the other."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def lengthened(data: bytes, where: CaptureLayout, size: int) -> bytes:
    """The capture read again and again until it has `size` bytes: as records, or as sections."""
    if not where.records or where.records[-1].end != len(data):
        return data
    start = FILE_HEADER if where.is_pcap else 0
    return data + data[start:] * (size // (len(data) - start))
