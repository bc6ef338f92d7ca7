"""Packets from arrays."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from tests.support.sensor_harness import ARGUMENT, END, MEMORY, Harness, Reading, frame, parse

TIMES = (5, -(2**63), 2**63 - 1)
OFFSETS = (0, 3, 3, 10)
DATA = b"onethree.."


def arrays(offsets: Sequence[int], times: Sequence[int], data: bytes, linktype: int = 101) -> bytes:
    """The file that the harness takes the arrays from, in this machine's byte order."""
    words = struct.pack(f"=QQ{len(offsets)}Q{len(times)}q", len(times), linktype, *offsets, *times)
    return words + data


def read(harness: Harness, content: bytes, mode: str = "packets", capacity: int = 64) -> Reading:
    path = harness.folder / "arrays"
    path.write_bytes(content)
    return parse(harness.run(mode, capacity, [path]))[0]


@pytest.mark.parametrize("capacity", [1, 2, 3, 64])
def test_packets_are_cut_at_their_offsets(harness: Harness, capacity: int) -> None:
    reading = read(harness, arrays(OFFSETS, TIMES, DATA, 276), capacity=capacity)
    assert reading.frames == [
        frame(b"one", 5, 276),
        frame(b"", -(2**63), 276),
        frame(b"three..", 2**63 - 1, 276),
    ]
    assert (reading.status, reading.message) == (END, "")


def test_no_packets(harness: Harness) -> None:
    reading = read(harness, arrays([0], [], b""))
    assert (reading.frames, reading.status) == ([], END)


@pytest.mark.parametrize("offsets", [(0, 3, 2, 10), (0, 3, 3 + 2**32, 10)])
def test_offsets_without_a_length_are_refused(harness: Harness, offsets: tuple[int, ...]) -> None:
    reading = read(harness, arrays(offsets, TIMES, DATA))
    assert reading.frames == [frame(b"one", 5, 101)]
    assert (reading.status, reading.record, reading.offset) == (ARGUMENT, 2, 3)
    assert reading.message == "packet 2: its offsets do not give a length of 0 to 2^32-1"


def test_an_allocation_may_fail(harness: Harness) -> None:
    reading = read(harness, arrays(OFFSETS, TIMES, DATA), "packets,1")
    assert (reading.frames, reading.status) == ([], MEMORY)
