"""What sets of versions have in common, and their text, as the core has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huginn_cffi._native import ffi, lib
from sigcompiler.claims.flavors import versions
from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.versions import (
    NEWEST,
    OLDEST,
    WINDOWS_RELEASES,
    Ranges,
    Versions,
    merged,
    version_range,
)
from tests.support.version_sets import common, versions_text

LINUX, WINDOWS = "Linux", "Windows"
GUARD = b"\xa5"

PARTS = st.sampled_from((0, 1, 2, 3, 9, 10, 255, 9999, 65533))
NUMBERS = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


def flat(ranges: Ranges) -> list[int]:
    return [end for one in ranges for end in one]


def core_common(one: Ranges, other: Ranges, capacity: int | None = None) -> Ranges | None:
    room = len(one) + len(other) if capacity is None else capacity
    out = ffi.new("uint64_t[]", [7] * (2 * room + 2))
    count = ffi.new("uint32_t *")
    sides = [ffi.new("uint64_t[]", flat(side)) for side in (one, other)]
    found = lib.hg_versions_common(sides[0], len(one), sides[1], len(other), out, room, count)
    assert list(out)[2 * room :] == [7, 7]
    if capacity is None:
        assert count[0] <= room
    written = range(min(count[0], room))
    return tuple(Versions(out[2 * i], out[2 * i + 1]) for i in written) if found else None


def core_text(family: str, ranges: Ranges, capacity: int = 4096) -> str:
    out = ffi.new("char[]", GUARD * (capacity + 8))
    numbers = ffi.new("uint64_t[]", flat(ranges))
    length = lib.hg_versions_text(family_identity(family), numbers, len(ranges), out, capacity)
    data = bytes(ffi.buffer(out))
    kept = min(length, capacity)
    assert data[kept : capacity + 8] == GUARD * (capacity + 8 - kept)
    return data[:kept].decode()


@st.composite
def ranges_of(draw: st.DrawFn, family: str) -> Ranges:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        ends = st.sampled_from(WINDOWS_RELEASES) if family == WINDOWS else NUMBERS
        one, other = (version_range(family, draw(ends)) for _ in range(2))
        assert one is not None
        assert other is not None
        first, last = min(one.first, other.first), max(one.last, other.last)
        open_at = draw(st.sampled_from(("", "", "", "first", "last")))
        found.append(Versions(OLDEST if open_at == "first" else first, NEWEST if open_at == "last" else last))
    return merged(found)


@pytest.mark.parametrize("family", [LINUX, WINDOWS])
@given(data=st.data())
def test_as_in_python(family: str, data: st.DataObject) -> None:
    one, other = data.draw(ranges_of(family)), data.draw(ranges_of(family))
    expected = common(one, other)
    assert core_common(one, other) == expected
    assert core_common(other, one) == expected
    for found in (one, other, expected or ()):
        text = versions_text(family, found)
        assert core_text(family, found) == text
        capacity = data.draw(st.integers(0, len(text)))
        assert core_text(family, found, capacity) == text[:capacity]


@pytest.mark.parametrize(
    ("family", "one", "other", "expected"),
    [
        (LINUX, "4.19-6.15", "4.19 or newer", "4.19-6.15"),
        (LINUX, "3.11-4.19", "4.12 or older", "3.11-4.12"),
        (LINUX, "3.11-4.19", "4.19-6.15", "4.19"),
        (LINUX, "2.6.32-3.10", "2.6", "2.6.32-2.6"),
        (LINUX, "2.6, 4.1-4.9 or 6.1", "2.6.8-4.4 or 5.0 or newer", "2.6.8-2.6, 4.1-4.4 or 6.1"),
        (LINUX, "", "4.19-6.15", "4.19-6.15"),
        (LINUX, "", "", ""),
        (LINUX, "3.11-4.18", "4.19-6.15", None),
        (WINDOWS, "Vista-2012", "7-10", "7, 8, 2008 R2 or 2012"),
        (WINDOWS, "10, 11 or 2025", "Vista or newer", "10, 11 or 2025"),
        (WINDOWS, "Vista or newer", "7 or newer", "7 or newer"),
        (WINDOWS, "2000-2003", "Vista or newer", None),
    ],
)
def test_by_hand(family: str, one: str, other: str, expected: str | None) -> None:
    sides = [merged(versions(family, text)) for text in (one, other)]
    for first, second in (sides, sides[::-1]):
        found = core_common(first, second)
        assert (None if found is None else core_text(family, found)) == expected


def test_more_ranges_than_there_is_room_for() -> None:
    one = merged(versions(LINUX, "2.6, 4.1 or 6.1"))
    assert core_common(one, (), 2) == one[:2]
    assert core_common(one, (Versions(OLDEST, NEWEST),), 1) == one[:1]
    assert core_common(one, one, 0) == ()


def test_numbers_that_are_no_releases_are_the_newest() -> None:
    assert core_text(WINDOWS, (Versions(500 << 48, (501 << 48) - 1),)) == WINDOWS_RELEASES[-1]
    assert core_text(WINDOWS, (Versions(500 << 48, NEWEST),)) == f"{WINDOWS_RELEASES[-1]} or newer"


@given(st.lists(st.tuples(*[st.integers(0, NEWEST)] * 2), max_size=4), st.sampled_from((LINUX, WINDOWS)))
def test_any_numbers_are_written(pairs: list[tuple[int, int]], family: str) -> None:
    ranges = tuple(Versions(*pair) for pair in pairs)
    whole = core_text(family, ranges)
    assert core_text(family, ranges, len(whole) // 2) == whole[: len(whole) // 2]
