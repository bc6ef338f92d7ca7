"""The event ``segments``: when it comes, what it says, and that it costs nothing where it is off."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable

import pytest

import huginn_cffi as hg
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings, requirements_of
from tests.support.saved_states import batches
from tests.support.segment_captures import HOST, capture
from tests.support.segments import (
    ACK,
    APPLE,
    LINUX,
    RST,
    SYN,
    WINDOWS,
    SegmentSender,
    segment,
    segments,
)

Told = list[tuple[int, str | None, str | None]]


def told(packets: Iterable[tuple[int, bytes]], **settings: object) -> Told:
    """Number of the packet, family and reason of each event."""
    analyzer = hg.Analyzer(segments=True, **settings)  # type: ignore[arg-type]
    found = analyzer.analyze_packets(packets)
    return [
        (one.packet_number, one.segments.family, one.segments.silence)
        for one in found
        if one.segments is not None
    ]


@pytest.mark.parametrize(
    ("sender", "family"),
    [
        (LINUX, "Linux"),
        (WINDOWS, "Windows"),
        (APPLE, "macOS or iOS"),
        (APPLE._replace(ids="random"), "macOS or iOS"),
        (SegmentSender(windows=(29200, 28960), hz=250), "Linux"),
    ],
)
def test_a_family_is_named_once(sender: SegmentSender, family: str) -> None:
    found = told(segments(60, sender))
    assert [one[1] for one in found] == [family]
    assert found[0][0] >= 5
    if sender.hz != 250:
        assert found[0][0] == 5


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        (LINUX._replace(df=False), "no_df"),
        (LINUX._replace(ttl=250), "ttl_255"),
        (LINUX._replace(ttl=30), "ttl_32"),
        (LINUX._replace(ttl=33), "far"),
        (WINDOWS._replace(windows=(2920, 5840)), "no_rule"),
        (LINUX._replace(windows=(1026,), hz=100), "no_rule"),
        (LINUX._replace(windows=(100,), hz=2), "no_rule"),
    ],
)
def test_silence_has_a_reason(sender: SegmentSender, reason: str) -> None:
    found = told(segments(60, sender))
    assert found[-1][1:] == (None, reason)


def test_too_few_segments_are_not_told() -> None:
    assert told(segments(4, LINUX)) == []


def test_a_name_that_changes_is_told_again() -> None:
    packets = [*segments(20, LINUX), *segments(3, WINDOWS, first=20)]
    assert told(packets) == [(5, "Linux", None), (21, None, "several_ttls")]


def test_handshakes_and_resets_do_not_count() -> None:
    packets = [segment(i, LINUX, flags=SYN | (ACK if i % 2 else 0)) for i in range(30)]
    assert told(packets) == []
    resets = [segment(i, LINUX._replace(ids="zero", windows=(1,)), flags=RST) for i in range(4)]
    assert told([*resets, *segments(8, LINUX, first=4)])[0][1] == "Linux"
    alone = [segment(i, LINUX, flags=RST) for i in range(40)]
    assert [one[1:] for one in told(alone)] == [(None, "too_few")]


def test_nothing_is_told_where_it_is_off() -> None:
    packets = list(segments(60, LINUX))
    analyzer = hg.Analyzer()
    assert list(analyzer.analyze_packets(packets)) == []
    assert analyzer.stats.segment_hosts == 0
    off = Settings(protocols=("tcp",), uptime=False)
    assert not requirements_of(off).segments
    assert requirements_of(off._replace(segments=True)).segments
    assert requirements_of(off._replace(segments=True)).least_snaplen == 0


def mixture(hosts: int) -> list[tuple[int, bytes]]:
    """Segments of many hosts in turn."""
    rng = random.Random(39)
    senders = [LINUX, WINDOWS, APPLE, LINUX._replace(df=False)]
    packets = []
    for number in range(hosts * 30):
        host = rng.randrange(hosts)
        packets.append(segment(number, senders[host % 4], f"10.1.{host // 250}.{host % 250 + 1}"))
    return packets


@pytest.mark.parametrize("protocols", [("tcp",), ("tcp", "tls", "http")])
def test_workers_and_pieces_change_nothing(protocols: tuple[str, ...]) -> None:
    packets = mixture(400)
    expected = told(packets, protocols=protocols)
    assert len(expected) > 350
    analyzer = hg.Analyzer(segments=True, protocols=protocols)
    whole = capture(packets)
    halves = [capture(packets[:5001]), capture(packets[5001:])]
    for source in (whole, halves):
        for workers in (1, 3):
            found = [
                (one.packet_number, one.segments.family, one.segments.silence)
                for one in analyzer.analyze_pcap(source, workers=workers)
                if one.segments is not None
            ]
            assert found == expected


def test_a_packets_rows_have_one_order_wherever_a_batch_ends() -> None:
    """A packet names its sender by segments, and its timestamp gives an uptime."""
    stamped = LINUX._replace(hz=1000)
    talk = [
        *segments(4, stamped),
        segment(40, stamped, flags=SYN, port=50000),
        segment(41, stamped, port=50000),
    ]
    how = Settings(segments=True, uptime=True)

    def rows(others: int, capacity: int) -> list[tuple[int, int]]:
        before = [segment(10, LINUX, f"10.1.0.{one + 1}", flags=SYN) for one in range(others)]
        found = batches(Run(how, hg.Database.load_default()), capture([*before, *talk]), rows=capacity)
        told = [row for one in found for row in zip(one["packet_number"], one["event"], strict=True)]
        return [(int(number) - others, int(event)) for number, event in told[others:]]

    expected = rows(0, 4096)
    assert [number for number, _ in expected[-2:]] == [6, 6]
    assert all(rows(others, 16) == expected for others in range(16))


def test_a_flood_of_invented_senders_is_bounded_and_counted() -> None:
    flood = [
        segment(i, LINUX, f"11.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}", step_ns=1000) for i in range(20000)
    ]
    packets = [*segments(4, LINUX), *flood[:1500], *segments(1, LINUX, first=4)]
    assert [one[1] for one in told(packets, max_hosts=1000)] == ["Linux"]
    analyzer = hg.Analyzer(segments=True, max_hosts=1000)
    assert list(analyzer.analyze_packets(flood)) == []
    assert analyzer.stats.segment_hosts == 20000
    assert analyzer.stats.segment_hosts_evicted == 19000


def test_segments_of_ipv6_are_counted() -> None:
    header = struct.pack(">IHBB", 6 << 28, 20, 6, 64) + bytes(15) + b"\x01" + bytes(15) + b"\x02"
    tcp = struct.pack(">HHIIBBHHH", 1, 2, 3, 4, 20 << 2, ACK, 501, 0, 0)
    analyzer = hg.Analyzer(segments=True)
    assert list(analyzer.analyze_packets([(0, header + tcp)] * 9)) == []
    assert analyzer.stats.segments_not_ipv4 == 9


def test_what_is_told_of_a_host() -> None:
    (found,) = (one for one in hg.Analyzer(segments=True).analyze_packets(segments(9, WINDOWS)))
    seen = found.segments
    assert seen is not None
    assert (seen.source.ip, seen.segments, seen.family) == (HOST, 5, "Windows")
    assert 0.9 < seen.confidence < 1
    assert seen.shows == "ttl=128,df=1,id=rises,low=1026,high=8192,window=1026,ts=0,hz=0,segments=5"
    assert found.parts == (seen,)


def test_the_verdict_of_a_host_without_a_handshake() -> None:
    table = hg.Analyzer(segments=True).read(capture(segments(9, WINDOWS))).hosts
    (host,) = table
    assert (host.family, host.flavor) == ("Windows", "")
    assert host.confidence > 0.9
    (evidence,) = host.evidence
    assert (evidence.source, evidence.name, evidence.relation) == ("segments", "Windows", "agrees")


def handshake_of_linux() -> tuple[int, bytes]:
    """A SYN of Linux 5.x."""
    options = b"\x02\x04\x05\xb4\x04\x02\x08\x0a" + struct.pack(">II", 77, 0) + b"\x01\x03\x03\x07"
    tcp = struct.pack(">HHIIBBHHH", 40001, 443, 9, 0, 40 << 2, SYN, 64240, 0, 0) + options
    ends = bytes(map(int, HOST.split("."))), bytes((192, 0, 2, 1))
    return segment(0, LINUX)[0], struct.pack(">BBHHHBBH4s4s", 0x45, 0, 60, 7, 0x4000, 61, 6, 0, *ends) + tcp


def test_segments_never_override_a_handshake() -> None:
    syn = handshake_of_linux()
    (alone,) = hg.Analyzer().read(capture([syn])).hosts
    (host,) = hg.Analyzer(segments=True).read(capture([syn, *segments(9, WINDOWS)])).hosts
    assert alone.family == "Linux"
    assert (host.family, host.flavor, host.confidence) == (alone.family, alone.flavor, alone.confidence)
    relations = {one.source: one.relation for one in host.evidence}
    assert relations == {"syn": "agrees", "segments": "contradicts"}
    (same,) = hg.Analyzer(segments=True).read(capture([syn, *segments(9, LINUX)])).hosts
    assert (same.family, same.flavor) == (alone.family, alone.flavor)
    assert {one.source: one.relation for one in same.evidence}["segments"] == "agrees"
