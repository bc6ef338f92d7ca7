"""Frequencies and limits of the uptime reading."""

from __future__ import annotations

import pytest

from tests.reference.uptime import NoReading, Reference, ReferenceUptime, measure, round_frequency

MS = 10**6
START = Reference(100_000, 0)


@pytest.mark.parametrize(
    ("ms", "ticks", "minutes", "modulo", "raw"),
    [
        (1000, 1000, 1, 49, "1000.00"),
        (25, 25, 1, 49, "1000.00"),
        (600_000, 600_000, 11, 49, "1000.00"),
        (100_000, 20_000, 10, 248, "200.00"),
        (100_000, 30_000, 7, 165, "300.00"),
        (100_000, 50_000, 5, 99, "500.00"),
        (100_000, 25_000, 8, 198, "250.00"),
        (100_000, 11_700, 12, 331, "117.00"),
        (100_000, 150_000, 2, 33, "1500.00"),
        (100_000, 70, 1667, 49710, "0.70"),
    ],
)
def test_reading(ms: int, ticks: int, minutes: int, modulo: int, raw: str) -> None:
    found = measure(START, 100_000 + ticks, ms * MS)
    assert isinstance(found, ReferenceUptime)
    assert (found.minutes, found.modulo_days, f"{found.raw_frequency:.2f}") == (minutes, modulo, raw)


@pytest.mark.parametrize(
    ("ms", "ticks", "verdict"),
    [
        (24, 24, NoReading.LATER),
        (600_001, 600_001, NoReading.LATER),
        (-1, 1000, NoReading.LATER),
        (1000, 4, NoReading.LATER),
        (1000, 0, NoReading.LATER),
        (50, -10, NoReading.LATER),
        (50, -15_000, NoReading.LATER),
        (50, -15_001, NoReading.BAD),
        (200, -10, NoReading.BAD),
        (100_000, 150_100, NoReading.BAD),
        (100_000, 69, NoReading.BAD),
    ],
)
def test_no_reading(ms: int, ticks: int, verdict: NoReading) -> None:
    assert measure(START, 100_000 + ticks, ms * MS) == verdict


def test_reference_without_timestamp() -> None:
    assert measure(Reference(0, 0), 1000, 1000 * MS) == NoReading.LATER


def test_wrap_around_forward() -> None:
    found = measure(Reference(2**32 - 500, 0), 500, 1000 * MS)
    assert isinstance(found, ReferenceUptime)
    assert found.raw_frequency == 1000.0


def test_milliseconds_are_truncated_before_they_are_subtracted() -> None:
    assert measure(Reference(1, 999_999), 1001, 25 * MS) != NoReading.LATER
    assert measure(Reference(1, 0), 1001, 25 * MS - 1) == NoReading.LATER


@pytest.mark.parametrize(
    ("hz", "rounded"),
    [
        (0, 1), (1, 1), (10, 10), (11, 10), (12, 15), (16, 15), (17, 20), (22, 25), (47, 50), (52, 50),
        (53, 60), (93, 100), (116, 100), (117, 150), (166, 150), (167, 200), (467, 500), (532, 500),
        (533, 600), (933, 1000), (1032, 1000), (1033, 1100), (1433, 1500), (1500, 1500),
    ],
)  # fmt: skip
def test_rounding(hz: int, rounded: int) -> None:
    assert round_frequency(hz) == rounded
