"""A span of capture time: as if the capture had been cut there."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.times import parse_time
from huginn_cffi.cli import main
from tests.support import samples
from tests.support.captures import pcap
from tests.support.sample import START_NS, sample

SECOND = 10**9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # By date -u -d TEXT +%s%N (GNU).
        ("2026-01-15T10:00:00Z", 1768471200 * SECOND),
        ("2026-01-15 10:00:00z", 1768471200 * SECOND),
        ("2026-01-15t10:00", 1768471200 * SECOND),
        ("2026-01-15", 1768435200 * SECOND),
        ("2026-01-15T11:30:00+01:30", 1768471200 * SECOND),
        ("2026-01-15T05:00:00.25-05:00", 1768471200 * SECOND + 250_000_000),
        ("2026-01-15T10:00:00.000000001Z", 1768471200 * SECOND + 1),
        ("2016-12-31T23:59:60Z", 1483228800 * SECOND),
        ("1768471200", 1768471200 * SECOND),
        ("1768471200.5", 1768471200 * SECOND + 500_000_000),
        ("0", 0),
    ],
)
def test_forms(text: str, expected: int) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yesterday", "'yesterday' is not a time; a time is written as 2026-01-15T10:00:00Z"),
        ("2026-02-30", "'2026-02-30' is not a time: day is out of range"),
        ("2026-01-15T25:00:00Z", "is not a time: hour must be in 0..23"),
        ("2026-01-15T10:00:00+25:00", "there is no time zone +25:00"),
        ("1850-01-01", "outside of 1970 to 2262"),
        ("2300-01-01", "outside of 1970 to 2262"),
        ("-5", "is not a time"),
        ("1768471200000", "is not a time"),
        ("", "is not a time"),
    ],
)
def test_what_is_no_time(text: str, reason: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        parse_time(text)
    assert reason in str(caught.value)


def events(analyzer: hg.Analyzer, capture: bytes) -> list[tuple[object, ...]]:
    return [(result.time_ns, result.parts) for result in analyzer.analyze_pcap(capture)]


def _packets(capture: bytes) -> list[tuple[int, bytes]]:
    """Packets of a pcap in little-endian microseconds."""
    place, found = 24, []
    while place < len(capture):
        seconds, micros, length, _ = (
            int.from_bytes(capture[place + at : place + at + 4], "little") for at in (0, 4, 8, 12)
        )
        found.append((seconds * SECOND + micros * 1000, capture[place + 16 : place + 16 + length]))
        place += 16 + length
    return found


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("since", "until"), [(0, 400), (400, 7000), (401, 2440), (6000, 6001), (7001, 9000)])
def test_results_are_those_of_a_cut_capture(since: int, until: int, workers: int) -> None:
    first, last = START_NS + since * 10**6, START_NS + until * 10**6
    kept = [one for one in _packets(sample()) if first <= one[0] < last]
    analyzer = hg.Analyzer(since=first, until=last)
    assert events(analyzer, sample()) == events(hg.Analyzer(), pcap(kept, 1))
    stats = analyzer.stats
    assert stats.packets == len(_packets(sample()))
    assert stats.drops["filtered"] == stats.packets - len(kept)
    assert stats.packets == stats.analysed + sum(stats.drops.values())


def test_packets_keep_their_numbers() -> None:
    (whole,) = [r for r in hg.Analyzer().analyze_pcap(sample()) if r.syn and r.syn.source.port == 44310]
    (cut,) = [
        r
        for r in hg.Analyzer(since=START_NS + 6000 * 10**6).analyze_pcap(sample())
        if r.syn and r.syn.source.port == 44310
    ]
    assert cut.packet_number == whole.packet_number > 1


def test_order_of_packets_does_not_matter() -> None:
    """The one in time comes after one that is too late."""
    packets = [(START_NS + 10 * SECOND, samples.syn(1)), (START_NS, samples.syn(2))]
    analyzer = hg.Analyzer(until=START_NS + SECOND)
    assert [result.packet_number for result in analyzer.analyze_pcap(pcap(packets))] == [2]


def test_dates_know_their_zone() -> None:
    start = datetime(2026, 1, 15, 11, 0, tzinfo=timezone(timedelta(hours=1)))
    both = hg.Analyzer(since=start + timedelta(seconds=6), until=start + timedelta(seconds=6.5))
    assert [result.packet_number for result in both.analyze_pcap(sample())] == [
        result.packet_number
        for result in hg.Analyzer(
            since=START_NS + 6 * SECOND, until=START_NS + 6 * SECOND + SECOND // 2
        ).analyze_pcap(sample())
    ]
    assert both.stats.events == 4


def test_wrong_times_are_refused() -> None:
    with pytest.raises(ValueError, match="since must know its time zone"):
        hg.Analyzer(since=datetime(2026, 1, 1))
    with pytest.raises(TypeError, match="until must be an int"):
        hg.Analyzer(until=1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="until must be later than since"):
        hg.Analyzer(since=5, until=5)
    hg.Analyzer(since=1, until=10**8)  # ns of captures whose clock begins at 0


@pytest.mark.parametrize("seconds", [1_768_471_200, 631_152_000, 4_102_444_799])
def test_ints_that_can_only_be_seconds_are_refused(seconds: int) -> None:
    for name in ("since", "until"):
        with pytest.raises(ValueError, match=rf"{name} is in ns .* seconds: write {seconds} \* 10\*\*9"):
            hg.Analyzer(**{name: seconds})  # type: ignore[arg-type]
        hg.Analyzer(**{name: seconds * 10**9})  # type: ignore[arg-type]


def test_the_command_takes_the_first_seconds_of_1970(tmp_path: Path) -> None:
    path = tmp_path / "old.pcap"
    path.write_bytes(pcap([(10**9, samples.syn(1))]))
    assert main(["pcap", str(path), "--since", "1970-01-01T00:00:01Z", "--until", "2"]) == 0


def test_packets_of_python_too() -> None:
    analyzer = hg.Analyzer(since=START_NS)
    found = list(analyzer.analyze_packets([(START_NS - 1, samples.syn(1)), (START_NS, samples.syn(2))]))
    assert [(result.packet_number, result.number_in_capture, result.capture) for result in found] == [
        (2, 2, "packets")
    ]
