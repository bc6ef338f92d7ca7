"""Capture files: times, lengths, link types, and damage."""

from __future__ import annotations

import pytest

from tests.reference.capture import CaptureDamageError, ReferenceFrame, read_capture
from tests.support import captures
from tests.support.captures import Order

TIME = 1_700_000_000_123_456_789


def frames(data: bytes) -> list[ReferenceFrame]:
    return list(read_capture(data))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("nanoseconds", "modified"), [(False, False), (True, False), (False, True)])
def test_pcap(order: Order, nanoseconds: bool, modified: bool) -> None:
    data = captures.pcap(
        [(TIME, b"abc"), (TIME, b"d", 900)], 1, order=order, nanoseconds=nanoseconds, modified=modified
    )
    time_ns = TIME if nanoseconds else TIME // 1000 * 1000
    assert frames(data) == [
        ReferenceFrame(1, time_ns, 1, b"abc", 3),
        ReferenceFrame(2, time_ns, 1, b"d", 900),
    ]


@pytest.mark.parametrize("order", ["<", ">"])
def test_pcapng_sections_interfaces_and_blocks(order: Order) -> None:
    data = (
        captures.section(order)
        + captures.interface(101, order=order)
        + captures.interface(1, tsresol=9, tsoffset=100, order=order)
        + captures.enhanced(b"one", 5, order=order)
        + captures.enhanced(b"two", 5, index=1, wire=99, order=order)
        + captures.simple(b"three", order=order)
        + captures.block(0x0BAD, b"unknown", order)
        + captures.obsolete(b"four", 7, index=1, order=order)
        + captures.section("<")
        + captures.interface(113, tsresol=0x80 | 10)
        + captures.enhanced(b"five", 1024)
    )
    assert frames(data) == [
        ReferenceFrame(1, 5000, 101, b"one", 3, 0, mixed=True),
        ReferenceFrame(2, 100 * 10**9 + 5, 1, b"two", 99, 1, mixed=True),
        ReferenceFrame(3, 100 * 10**9 + 5, 101, b"three", 5, 0, mixed=True),
        ReferenceFrame(4, 100 * 10**9 + 7, 1, b"four", 4, 1, mixed=True),
        ReferenceFrame(5, 10**9, 113, b"five", 4, 2, mixed=True),
    ]


def test_simple_packets_are_cut_at_the_snap_length() -> None:
    data = captures.section() + captures.interface(snaplen=4) + captures.simple(b"abcd", wire=60)
    assert frames(data) == [ReferenceFrame(1, 0, 101, b"abcd", 60, snaplen=4)]


GOOD = captures.pcap([(0, b"x" * 60)])


@pytest.mark.parametrize(
    ("data", "good", "record", "offset"),
    [
        (b"", 0, 0, 0),
        (b"hello world, this is not a pcap", 0, 0, 0),
        (GOOD[:20], 0, 0, 0),
        (GOOD + captures.pcap([(0, b"y" * 60)])[24:-1], 1, 2, 100),
        (GOOD + b"\0" * 15, 1, 2, 100),
        (GOOD + b"\xff" * 16, 1, 2, 100),
        (captures.section()[:20], 0, 1, 0),
        (captures.section() + captures.enhanced(b"no interface"), 0, 1, 28),
        (captures.section() + b"\1\0\0\0\7\0\0\0\0\0\0\0", 0, 1, 28),
    ],
)
def test_damage(data: bytes, good: int, record: int, offset: int) -> None:
    read: list[ReferenceFrame] = []
    with pytest.raises(CaptureDamageError) as caught:
        read.extend(read_capture(data))
    assert len(read) == good
    assert (caught.value.record, caught.value.offset) == (record, offset)


def test_fraction_of_a_second_and_more_does_not_carry() -> None:
    data = bytearray(captures.pcap([(10**9, b"x")]))
    data[28:32] = (1_500_000).to_bytes(4, "little")
    frame = frames(bytes(data))[0]
    assert (frame.time_ns, frame.odd_time) == (1_999_999_000, True)


def test_header_alone_is_an_empty_capture() -> None:
    assert frames(captures.pcap([])) == []
