"""pcapng files: sections, interfaces, clocks, every block that holds a packet, and damage."""

from __future__ import annotations

import itertools
import random
import struct
from fractions import Fraction
from math import floor

import pytest

from tests.support.captures import Order, block, enhanced, interface, obsolete, option, section, simple
from tests.support.sensor_harness import END, FORMAT, TRUNCATED, CapturedFrame, Harness, frame

MODES = ("memory", "file", "pipe")
NS = 9
"""if_tsresol of an interface that counts ns."""
EARLIEST, LATEST = -(2**63), 2**63 - 1


def one_interface(*blocks: bytes) -> bytes:
    return section() + interface(1, tsresol=NS) + b"".join(blocks)


def relabelled(whole: bytes, offset: int, value: int) -> bytes:
    """``whole`` with the number at ``offset`` replaced."""
    return whole[:offset] + struct.pack("<I", value) + whole[offset + 4 :]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("orders", [("<", "<"), (">", ">"), ("<", ">"), (">", "<")])
def test_sections_and_interfaces(harness: Harness, mode: str, orders: tuple[Order, Order]) -> None:
    first, second = orders
    capture = (
        section(first)
        + interface(101, tsresol=NS, order=first)
        + interface(1, order=first)
        + enhanced(b"raw", 5, index=0, order=first)
        + enhanced(b"ether", 5, index=1, order=first, wire=100)
        + interface(276, tsresol=3, order=first)
        + obsolete(b"cooked", 5, index=2, order=first, wire=1)
        + section(second)
        + interface(113, tsresol=NS, tsoffset=-1, order=second)
        + enhanced(b"other", 7, index=0, order=second)
    )
    reading = harness.read(capture, mode)
    assert reading.frames == [
        frame(b"raw", 5, 101),
        frame(b"ether", 5000, 1, wire=100),
        frame(b"cooked", 5_000_000, 276),
        frame(b"other", 7 - 10**9, 113),
    ]
    assert (reading.status, reading.message) == (END, "")


@pytest.mark.parametrize("order", ["<", ">"])
def test_simple_packets(harness: Harness, order: Order) -> None:
    """Cut at the snap length of interface 0; the time of the packet before, 0 for the first."""
    capture = (
        section(order)
        + interface(101, tsresol=NS, snaplen=6, order=order)
        + simple(b"first", order=order)
        + enhanced(b"second", 77, order=order)
        + simple(b"third.\0\0", wire=1000, order=order)
        + section(order)
        + interface(1, snaplen=0, order=order)
        + simple(b"no limit", order=order)
    )
    assert harness.read(capture).frames == [
        frame(b"first", 0, 101),
        frame(b"second", 77, 101),
        frame(b"third.", 77, 101, wire=1000),
        frame(b"no limit", 0, 1),
    ]


def exact_time(resolution: int, offset: int | None, ticks: int) -> int:
    base = 2 if resolution & 0x80 else 10
    seconds = Fraction(ticks, base ** (resolution & 0x7F)) + (offset or 0)
    return max(EARLIEST, min(LATEST, floor(seconds * 10**9)))


def test_every_resolution_and_offset_is_exact(harness: Harness) -> None:
    chance = random.Random(107)
    offsets = [None, 0, 1, -1, 9223372036, 9223372037, -9223372036, -9223372037, -9223372038]
    offsets += [2**63 - 1, -(2**63), 1_700_000_000]
    capture, expected = [section()], []
    for index in range(256):
        offset = chance.choice(offsets)
        capture.append(interface(tsresol=index, tsoffset=offset))
        ticks = [0, 1, 2**32, 2**63 - 1, 2**64 - 1, chance.getrandbits(64), chance.getrandbits(40)]
        if offset is not None and offset < 0:  # around the epoch, where it is reached
            base = 2 if index & 0x80 else 10
            ticks += [min(2**64 - 1, -offset * base ** (index & 0x7F) + step) for step in (-1, 0, 1)]
        for count in ticks:
            capture.append(enhanced(b"", count, index=index))
            expected.append(exact_time(index, offset, count))
    times = [item.time_ns for item in harness.read(b"".join(capture)).frames]
    assert times == expected
    assert sum(EARLIEST < time < LATEST for time in expected) > len(expected) // 2


def test_times_beyond_64_bits_become_the_ends(harness: Harness) -> None:
    capture = section() + interface(tsresol=0) + interface(tsresol=0, tsoffset=-(2**63))
    capture += enhanced(b"", 2**64 - 1) + enhanced(b"", 0, index=1)
    assert [item.time_ns for item in harness.read(capture).frames] == [LATEST, EARLIEST]


@pytest.mark.parametrize("mode", MODES)
def test_other_blocks_are_passed_over(harness: Harness, mode: str) -> None:
    capture = one_interface(
        block(5, bytes(8)),  # statistics
        enhanced(b"one", 1),
        block(4, b"names" * 100),
        block(0x0BAD, b"custom"),
        enhanced(b"two", 2),
        block(10, b""),
        block(0x80000001, bytes(1000)),
    )
    assert harness.read(capture, mode).frames == [frame(b"one", 1, 1), frame(b"two", 2, 1)]


@pytest.mark.parametrize("mode", ["file", "pipe"])
def test_a_huge_foreign_block_is_not_held(plain_harness: Harness, mode: str) -> None:
    capture = one_interface(enhanced(b"one", 1), block(0x0BAD, bytes(40 << 20)), enhanced(b"two", 2))
    reading = plain_harness.read(capture, mode)
    assert reading.frames == [frame(b"one", 1, 1), frame(b"two", 2, 1)]
    assert reading.status == END
    assert reading.peak_kib < 8 << 10


def test_options_behind_packets_and_in_section_headers_are_passed_over(harness: Harness) -> None:
    header = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, 12345) + option(4, b"a tool" * 40))
    fields = struct.pack("<5I", 0, 0, 9, 4, 4)
    capture = header + interface(1, tsresol=NS) + block(6, fields + b"data" + option(1, b"a comment"))
    assert harness.read(capture).frames == [frame(b"data", 9, 1)]


def test_options_behind_the_last_one_are_not_read(harness: Harness) -> None:
    body = struct.pack("<HHI", 1, 0, 0) + option(0, b"") + struct.pack("<HH", 9, 60000)
    assert harness.read(section() + block(1, body) + enhanced(b"", 3)).frames == [frame(b"", 3000, 1)]


def uncounted(whole: bytes) -> bytes:
    """A block whose lengths do not count its last byte, which is padding."""
    length = len(whole) - 1
    return relabelled(relabelled(whole, 4, length), length - 3, length)


@pytest.mark.parametrize("mode", MODES)
def test_padding_that_the_length_does_not_count(harness: Harness, mode: str) -> None:
    """Wireshark reads such blocks, too."""
    blocks = uncounted(block(9, bytes(8))), uncounted(enhanced(b"abc", 3)), enhanced(b"data", 4)
    reading = harness.read(section() + uncounted(interface(1)) + b"".join(blocks), mode)
    assert reading.frames == [frame(b"abc", 3000, 1), frame(b"data", 4000, 1)]
    assert reading.status == END


SHORT_PACKET = block(6, bytes(16))
DAMAGE = [
    (relabelled(block(9, bytes(8)), 4, 8), "its block length is below 12"),
    (relabelled(block(9, bytes(8)), 4, 18), "the block lengths before and after it differ"),
    (relabelled(enhanced(b"x"), 4, 34), "the block lengths before and after it differ"),
    (relabelled(enhanced(b"x"), 4, 0xFFFFFFFD), "its block length is below 12"),
    (relabelled(block(9, bytes(8)), 16, 24), "the block lengths before and after it differ"),
    (relabelled(enhanced(b"data"), 32, 32), "the block lengths before and after it differ"),
    (relabelled(interface(), 16, 24), "the block lengths before and after it differ"),
    (relabelled(section(), 24, 24), "the block lengths before and after it differ"),
    (relabelled(section(), 8, 0x12345678), "its section header has no byte order"),
    (relabelled(section(), 4, 24), "its block is too short for a section header"),
    (relabelled(section(), 4, 30), "the block lengths before and after it differ"),
    (block(1, bytes(4)), "its block is too short for an interface description"),
    (SHORT_PACKET, "its block is too short for a packet"),
    (block(2, bytes(16)), "its block is too short for a packet"),
    (block(3, b""), "its block is too short for a packet"),
    (enhanced(b"x", index=1), "no interface description comes before this packet"),
    (enhanced(b"x", index=0xFFFFFFFF), "no interface description comes before this packet"),
    (obsolete(b"x", index=0xFFFF), "no interface description comes before this packet"),
    (relabelled(enhanced(b"data"), 20, 5), "its packet is longer than its block"),
    (relabelled(enhanced(b"data"), 20, 0xFFFFFFFF), "its packet is longer than its block"),
    (simple(b"data", wire=9), "its packet is longer than its block"),
    (relabelled(enhanced(b"data"), 4, 0xFFFFFFF0), "its block length is beyond 16 MiB"),
    (relabelled(interface(), 4, 0xFFFFFFF0), "its block length is beyond 16 MiB"),
    (
        block(1, struct.pack("<HHIHH", 1, 0, 0, 2, 5) + bytes(4)),
        "an option of its interface description is longer than its block",
    ),
    (
        block(1, struct.pack("<HHI", 1, 0, 0) + option(9, b"\x06\x06")),
        "its time resolution is not one byte",
    ),
    (block(1, struct.pack("<HHI", 1, 0, 0) + option(14, bytes(4))), "its time offset is not eight bytes"),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("damaged", "why"), DAMAGE)
def test_damage_ends_the_capture_at_its_place(harness: Harness, mode: str, damaged: bytes, why: str) -> None:
    good = one_interface(enhanced(b"one", 1), enhanced(b"two", 2))
    reading = harness.read(good + damaged + enhanced(b"never", 3), mode)
    assert reading.frames == [frame(b"one", 1, 1), frame(b"two", 2, 1)]
    assert (reading.status, reading.record, reading.offset) == (FORMAT, 3, len(good))
    assert reading.message == f"damaged at record 3, byte offset {len(good)}: {why}"


def test_a_simple_packet_needs_an_interface(harness: Harness) -> None:
    reading = harness.read(section() + simple(b"x"))
    assert (reading.frames, reading.status, reading.record, reading.offset) == ([], FORMAT, 1, 28)


def test_a_section_forgets_the_interfaces_before_it(harness: Harness) -> None:
    reading = harness.read(one_interface() + section() + enhanced(b"x"))
    assert (reading.frames, reading.status, reading.offset) == ([], FORMAT, len(one_interface()) + 28)


def test_a_section_has_a_bounded_number_of_interfaces(harness: Harness) -> None:
    most = section() + interface(1) * 65536
    reading = harness.read(most + enhanced(b"x", 1, index=65535) + interface(1))
    assert reading.frames == [frame(b"x", 1000, 1)]
    assert (reading.status, reading.record) == (FORMAT, 2)
    assert reading.message.endswith("its section has more than 65536 interfaces")


def test_a_first_section_of_a_foreign_version_is_skipped(harness: Harness) -> None:
    header = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 2, 1, -1))
    for after, frames in ((b"", []), (one_interface(enhanced(b"one", 1)), [frame(b"one", 1, 1)])):
        reading = harness.read(header + interface(1) + enhanced(b"no", 2) + after)
        assert (reading.frames, reading.status, reading.record, reading.offset) == (frames, FORMAT, 1, 0)
        assert reading.message.endswith("an unsupported version, and was skipped; only 1.x is read")


@pytest.mark.parametrize("mode", MODES)
def test_a_later_section_of_a_foreign_version_is_skipped(harness: Harness, mode: str) -> None:
    """What is after it is read, and the end is an error, because its packets are missing."""
    foreign = (
        block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 2, 0, -1)) + interface(1) + enhanced(b"no", 2)
    )
    first = one_interface(enhanced(b"one", 1))
    reading = harness.read(first + foreign + foreign + one_interface(enhanced(b"two", 3)), mode)
    assert reading.frames == [frame(b"one", 1, 1), frame(b"two", 3, 1)]
    assert (reading.status, reading.record, reading.offset) == (FORMAT, 2, len(first))
    assert reading.message.endswith("an unsupported version, and was skipped; only 1.x is read")


@pytest.mark.parametrize("mode", MODES)
def test_a_cut_at_every_byte(harness: Harness, mode: str) -> None:
    blocks = [section(), interface(1, tsresol=NS), enhanced(b"one", 1), block(4, bytes(90))]
    blocks += [simple(b"two"), section(">"), interface(101, order=">"), obsolete(b"x", 3, order=">")]
    packets = {2: frame(b"one", 1, 1), 4: frame(b"two", 1, 1), 7: frame(b"x", 3000, 101)}
    starts = list(itertools.accumulate(map(len, blocks), initial=0))
    capture = b"".join(blocks)
    for length in range(4, len(capture)) if mode == "memory" else range(4, len(capture), 13):
        reading = harness.read(capture[:length], mode)
        cut = sum(start <= length for start in starts) - 1
        frames: list[CapturedFrame] = [packets[i] for i in range(cut) if i in packets]
        assert reading.frames == frames
        if length == starts[cut]:
            assert reading.status == END
        elif length < 12:
            assert (reading.status, reading.message) == (TRUNCATED, "truncated inside the file header")
        else:
            place = f"truncated at record {len(frames) + 1}, byte offset {starts[cut]}"
            assert (reading.status, reading.message) == (TRUNCATED, place)
            assert (reading.record, reading.offset) == (len(frames) + 1, starts[cut])


@pytest.mark.parametrize("mode", ["file", "pipe"])
def test_a_foreign_block_longer_than_the_file(harness: Harness, mode: str) -> None:
    good = one_interface(enhanced(b"one", 1))
    reading = harness.read(good + relabelled(block(9, bytes(500)), 4, 0xFFFFFFF0), mode)
    assert reading.frames == [frame(b"one", 1, 1)]
    assert (reading.status, reading.record, reading.offset) == (TRUNCATED, 2, len(good))
