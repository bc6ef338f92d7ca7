"""Packets from Python: checks, chunks, promptness."""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterator

import pytest

import huginn_cffi as hg
from huginn_cffi.sources import packets
from tests.support import samples
from tests.support.packets import ethernet


@pytest.fixture
def analyzer() -> hg.Analyzer:
    return hg.Analyzer(None)


def test_times_and_link_type(analyzer: hg.Analyzer) -> None:
    frame = ethernet(samples.SYN_PACKET)
    (result,) = analyzer.analyze_packets([(5, frame)], linktype=1)
    assert result.time_ns == 5
    assert result.syn is not None
    assert str(result.syn.signature) == samples.SYN_SIGNATURE


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, lambda data: array("B", data)])
def test_buffers(analyzer: hg.Analyzer, kind: type) -> None:
    assert len(list(analyzer.analyze_packets([(0, kind(samples.SYN_PACKET))]))) == 1


@pytest.mark.parametrize(
    ("packet", "kind", "message"),
    [
        ((0, "text"), TypeError, "data must be bytes or another buffer .*, not str"),
        ((0, None), TypeError, "data must be bytes .*, not NoneType"),
        ((0, 60), TypeError, "data must be bytes .*, not int"),
        (("0", b""), TypeError, r"time_ns must be an int \(nanoseconds since the epoch\), not str"),
        ((0.5, b""), TypeError, r"time_ns must be an int \(nanoseconds since the epoch\), not float"),
        ((math.nan, b""), ValueError, "time_ns must be a number of nanoseconds, not nan"),
        ((math.inf, b""), ValueError, "time_ns must be a number of nanoseconds, not inf"),
        ((-1, b""), ValueError, "time_ns must be 0 to 9223372036854775807, not -1"),
        ((1 << 63, b""), ValueError, "time_ns must be 0 to"),
        ("text", TypeError, r"packets must be bytes or pairs \(time_ns, data\), not str"),
        ((7, b"", b""), TypeError, r"packets must be bytes or pairs \(time_ns, data\), not tuple"),
        (7, TypeError, r"packets must be bytes or pairs \(time_ns, data\), not int"),
    ],
)
def test_wrong_packets_come_after_the_results_before_them(
    analyzer: hg.Analyzer, packet: object, kind: type[Exception], message: str
) -> None:
    found = analyzer.analyze_packets([*samples.syns(10), packet])  # type: ignore[list-item]
    assert [next(found).packet_number for _ in range(10)] == list(range(1, 11))
    with pytest.raises(kind, match=message):
        next(found)


def test_an_exception_of_the_source_comes_after_the_results_before_it(analyzer: hg.Analyzer) -> None:
    def source() -> Iterator[tuple[int, bytes]]:
        yield from samples.syns(5)
        raise LookupError("source is gone")

    found = analyzer.analyze_packets(source())
    assert len([next(found) for _ in range(5)]) == 5
    with pytest.raises(LookupError, match="source is gone"):
        next(found)


@pytest.mark.parametrize("linktype", [9999, 65536])
def test_unknown_link_type_lists_the_known_ones(analyzer: hg.Analyzer, linktype: int) -> None:
    with pytest.raises(ValueError, match=rf"linktype {linktype} is not supported; supported are .*\b1 \("):
        analyzer.analyze_packets([], linktype=linktype)


@pytest.mark.parametrize("linktype", ["1", None, 1.0])
def test_link_type_of_a_wrong_type(analyzer: hg.Analyzer, linktype: object) -> None:
    with pytest.raises(TypeError, match="linktype must be an int"):
        analyzer.analyze_packets([], linktype=linktype)  # type: ignore[arg-type]


def test_what_is_no_iterable(analyzer: hg.Analyzer) -> None:
    with pytest.raises(TypeError, match=r"packets must be an iterable of frames or of pairs .*, not int"):
        analyzer.analyze_packets(5)  # type: ignore[arg-type]


def test_no_packets(analyzer: hg.Analyzer) -> None:
    assert list(analyzer.analyze_packets([])) == []
    assert analyzer.stats.packets == 0


def test_times_may_run_backwards(analyzer: hg.Analyzer) -> None:
    (syn, syn_ack, ack) = samples.conversation()
    results = list(analyzer.analyze_packets([(10**18, syn[1]), (5, syn_ack[1]), (0, ack[1])]))
    assert [bool(result.client_uptime) for result in results] == [False, False]


def test_one_stream_across_chunks(analyzer: hg.Analyzer) -> None:
    count = 3 * packets.MAX_PACKETS
    found = [result.packet_number for result in analyzer.analyze_packets(iter(samples.syns(count)))]
    assert found == list(range(1, count + 1))
    assert analyzer.stats.packets == count


def test_the_first_result_waits_for_one_packet_only(analyzer: hg.Analyzer) -> None:
    taken = 0

    def source() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        for packet in samples.syns(100):
            taken += 1
            yield packet

    next(analyzer.analyze_packets(source()))
    assert taken == 1


def test_a_slow_source_is_answered_packet_by_packet(analyzer: hg.Analyzer) -> None:
    taken = 0

    def slow() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        for packet in samples.syns(6):
            time.sleep(0.02)
            taken += 1
            yield packet

    lag = [taken - result.packet_number for result in analyzer.analyze_packets(slow())]
    assert lag == [0] * 6


def test_chunks_grow_and_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FAST_S", "SLOW_S"):  # however busy the machine is
        monkeypatch.setattr(packets, name, 60.0)
    sizes = [len(chunk) for chunk in packets.chunks(iter(samples.syns(20000)))]
    assert sizes[0] == 1
    assert max(sizes) == packets.MAX_PACKETS
    assert sum(sizes) == 20000


def test_chunks_are_bounded_in_bytes() -> None:
    large = (0, bytes(1 << 20))
    sizes = [chunk.offsets[-1] for chunk in packets.chunks([large] * 30)]
    assert sum(sizes) == 30 << 20
    assert max(sizes) <= packets.MAX_BYTES
