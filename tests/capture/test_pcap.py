"""pcap files: every variant, what occurs in the wild, and damage."""

from __future__ import annotations

import itertools
import struct

import pytest

from huginn_cffi.run.heads import CAPTURE_MAGICS
from tests.support.captures import Order, pcap
from tests.support.sensor_harness import END, FORMAT, TRUNCATED, UNSUPPORTED, Harness, frame

MODES = ("memory", "file", "pipe")
DATA = (bytes(range(60)), b"", bytes(range(100, 254)))
TIMES = (1_700_000_000_999_999_999, 0, 4_294_967_295_000_001_000)
LIMIT = 16 << 20


def record(captured: int, wire: int, fields: tuple[int, int] = (1, 0), data: bytes = b"") -> bytes:
    return struct.pack("<4I", *fields, captured, wire) + data


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("order", "nanoseconds", "modified"),
    [
        ("<", False, False),
        (">", False, False),
        ("<", True, False),
        (">", True, False),
        ("<", False, True),
        (">", False, True),
    ],
)
def test_every_variant(harness: Harness, mode: str, order: Order, nanoseconds: bool, modified: bool) -> None:
    packets = list(zip(TIMES, DATA, strict=True))
    capture = pcap(packets, 113, order=order, nanoseconds=nanoseconds, modified=modified)
    reading = harness.read(capture, mode)
    unit = 1 if nanoseconds else 1000
    assert reading.frames == [frame(data, time // unit * unit, 113) for time, data in packets]
    assert (reading.status, reading.message) == (END, "")


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("version", [(2, 2), (2, 3), (543, 0)])
def test_old_versions_may_have_lengths_in_the_other_order(
    harness: Harness, version: tuple[int, int], order: Order
) -> None:
    """As tcpdump reads them: what was captured is never more than what was on the wire."""
    old = bytearray(pcap([], 1, order=order))
    old[4:8] = struct.pack(f"{order}HH", *version)
    records = b"".join(
        struct.pack(f"{order}4I", 1, 0, *lengths) + b"abcd" for lengths in ((1500, 4), (4, 1500), (4, 4))
    )
    for mode in MODES:
        reading = harness.read(bytes(old) + records, mode)
        assert [(item.captured, item.wire) for item in reading.frames] == [(4, 1500), (4, 1500), (4, 4)]
        assert reading.status == END
    assert harness.read(pcap([], 1)[:24] + record(1500, 4, data=b"abcd")).status == TRUNCATED


@pytest.mark.parametrize(
    ("version", "number", "linktype", "time_ns"),
    [
        *(((2, 2), number, linktype, 1_000_000_005) for number, linktype in ((6, 1), (9, 6), (15, 10))),
        *(((2, 2), 1, 1, 1_000_005_000), ((2, 2), 104, 104, 1_000_005_000), ((2, 3), 6, 6, 1_000_005_000)),
    ],
)
def test_links_of_aix(
    harness: Harness, version: tuple[int, int], number: int, linktype: int, time_ns: int
) -> None:
    """Version 2.2 with one of its numbers of links (as in SNMP), and look-alikes; Wireshark agrees."""
    data = struct.pack(">IHHiIII", 0xA1B2C3D4, *version, 0, 0, 65535, number)
    data += struct.pack(">4I", 1, 5, 4, 4) + b"abcd"
    for mode in MODES:
        assert harness.read(data, mode).frames == [frame(b"abcd", time_ns, linktype)]


@pytest.mark.parametrize(
    ("magic", "time_ns"), [(0x1C0001AB, 1_000_000_500_000), (0x1C0001AC, 1_000_000_000_500)]
)
@pytest.mark.parametrize("order", ["<", ">"])
def test_the_variant_of_ixia(harness: Harness, magic: int, time_ns: int, order: Order) -> None:
    """lcap: the bytes of all records follow the file header (Wireshark reads it, too)."""
    data = struct.pack(f"{order}IHHiIIII", magic, 2, 4, 0, 0, 65535, 1, 2 * 20)
    data += 2 * (struct.pack(f"{order}4I", 1000, 500, 4, 4) + b"abcd")
    for mode in MODES:
        reading = harness.read(data, mode)
        assert [(item.captured, item.time_ns) for item in reading.frames] == [(4, time_ns)] * 2
        assert reading.status == END
    assert harness.read(data[:26]).status == TRUNCATED
    assert data[:4] in CAPTURE_MAGICS  # known in folders


@pytest.mark.parametrize("capacity", [1, 2, 3, 64])
def test_frames_come_in_portions_of_any_size(harness: Harness, capacity: int) -> None:
    packets = [(i, bytes((i,)) * i) for i in range(50)]
    reading = harness.read(pcap(packets, 1, nanoseconds=True), capacity=capacity)
    assert reading.frames == [frame(data, time, 1) for time, data in packets]


def test_wire_length_is_at_least_the_captured_one(harness: Harness) -> None:
    capture = pcap([(0, b"abcd", 1500), (0, b"abcd", 2)], 101)
    assert [(item.captured, item.wire) for item in harness.read(capture).frames] == [(4, 1500), (4, 4)]


@pytest.mark.parametrize(
    ("nanoseconds", "fields", "time_ns"),
    [
        (False, (10, 999_999), 10_999_999_000),
        (False, (10, 1_000_000), 10_999_999_000),
        (False, (4_294_967_295, 4_294_967_295), 4_294_967_295_999_999_000),
        (True, (10, 999_999_999), 10_999_999_999),
        (True, (10, 4_294_967_295), 10_999_999_999),
    ],
)
def test_a_fraction_beyond_a_second_leaves_the_seconds_alone(
    harness: Harness, nanoseconds: bool, fields: tuple[int, int], time_ns: int
) -> None:
    capture = pcap([], nanoseconds=nanoseconds) + record(0, 0, fields)
    assert [item.time_ns for item in harness.read(capture).frames] == [time_ns]


@pytest.mark.parametrize("linktype", [0x4000_0001, 0xF400_0001, 0x0030_0001])
def test_bits_beside_the_link_type_are_left_out(harness: Harness, linktype: int) -> None:
    capture = pcap([(0, b"x")], linktype)
    assert [item.linktype for item in harness.read(capture).frames] == [1]


@pytest.mark.parametrize("mode", MODES)
def test_a_header_alone_is_an_empty_capture(harness: Harness, mode: str) -> None:
    reading = harness.read(pcap([]), mode)
    assert (reading.frames, reading.status, reading.message) == ([], END, "")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty capture file"),
        (b"\xd4\xc3\xb2", "not a pcap or pcapng file"),
        (b"hello world, this is not a pcap file", "not a pcap or pcapng file"),
        (b"\x1f\x8b\x08\x00\x00", "not a pcap or pcapng file (compressed with gzip: decompress it first)"),
        (b"\x28\xb5\x2f\xfd\x00", "not a pcap or pcapng file (compressed with zstd: decompress it first)"),
        (b"\xfd7zXZ\x00", "not a pcap or pcapng file (compressed with xz: decompress it first)"),
        (b"BZh91AY", "not a pcap or pcapng file (compressed with bzip2: decompress it first)"),
    ],
)
def test_other_files_are_refused(harness: Harness, mode: str, content: bytes, message: str) -> None:
    reading = harness.read(content, mode)
    assert (reading.frames, reading.status) == ([], FORMAT)
    assert reading.message.startswith(message)


@pytest.mark.parametrize("length", range(4, 24))
def test_a_cut_file_header(harness: Harness, length: int) -> None:
    reading = harness.read(pcap([])[:length])
    assert (reading.status, reading.message) == (TRUNCATED, "truncated inside the file header")
    assert (reading.record, reading.offset) == (0, length)


def test_a_foreign_version_is_refused(harness: Harness) -> None:
    capture = bytearray(pcap([(0, b"x")]))
    capture[4:8] = struct.pack("<HH", 3, 1)
    reading = harness.read(bytes(capture))
    assert (reading.status, reading.message) == (UNSUPPORTED, "pcap version 3.1 is not read, only 2.x")


@pytest.mark.parametrize("mode", MODES)
def test_a_cut_at_every_byte(harness: Harness, mode: str) -> None:
    packets = list(zip(TIMES, DATA, strict=True))
    capture = pcap(packets, 1, nanoseconds=True)
    ends = list(itertools.accumulate((16 + len(data) for data in DATA), initial=24))
    frames = [frame(data, time, 1) for time, data in packets]
    for length in range(24, len(capture)) if mode == "memory" else range(24, len(capture), 11):
        whole = sum(end <= length for end in ends) - 1
        reading = harness.read(capture[:length], mode)
        assert reading.frames == frames[:whole]
        if length in ends:
            assert reading.status == END
            continue
        assert (reading.status, reading.record, reading.offset) == (TRUNCATED, whole + 1, ends[whole])
        assert reading.message == f"truncated at record {whole + 1}, byte offset {ends[whole]}"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("claimed", [LIMIT + 1, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_an_absurd_length_is_damage_and_costs_no_memory(
    plain_harness: Harness, mode: str, claimed: int
) -> None:
    good = pcap([(0, b"good")])
    reading = plain_harness.read(good + record(claimed, claimed, data=bytes(60)), mode)
    assert reading.frames == [frame(b"good", 0, 101)]
    assert (reading.status, reading.record, reading.offset) == (FORMAT, 2, len(good))
    assert reading.message == "damaged at record 2, byte offset 44: its captured length is beyond 16 MiB"
    assert reading.peak_kib < 8 << 10


@pytest.mark.parametrize("mode", MODES)
def test_a_large_length_that_is_not_there_costs_no_memory(plain_harness: Harness, mode: str) -> None:
    reading = plain_harness.read(pcap([]) + record(LIMIT, LIMIT, data=bytes(60)), mode)
    assert (reading.frames, reading.status, reading.record, reading.offset) == ([], TRUNCATED, 1, 24)
    assert reading.peak_kib < 8 << 10


@pytest.mark.parametrize("mode", MODES)
def test_a_record_beyond_the_limit_is_refused_even_when_it_is_there(
    plain_harness: Harness, mode: str
) -> None:
    reading = plain_harness.read(pcap([(0, bytes(LIMIT + 1)), (0, b"never")]), mode)
    assert (reading.frames, reading.status, reading.record, reading.offset) == ([], FORMAT, 1, 24)


@pytest.mark.parametrize("mode", MODES)
def test_the_largest_record(plain_harness: Harness, mode: str) -> None:
    data = bytes(range(256)) * (LIMIT // 256)
    reading = plain_harness.read(pcap([(5, b"before"), (6, data), (7, b"after")], 1, nanoseconds=True), mode)
    assert reading.frames == [frame(b"before", 5, 1), frame(data, 6, 1), frame(b"after", 7, 1)]
    assert reading.status == END
