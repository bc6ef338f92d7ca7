"""Data that no packet acknowledged are read at the end of the capture, or before their flow is evicted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import EVENTS
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, PSH, RST, SYN, Ip4, Ip6
from tests.support.web_talk import ANSWER, REQUEST, Web

SECOND = 10**9
SCOPES = {1: "remote", 4: "handshake"}
OTHER = ANSWER.replace(b"nginx/1.22.1", b"Apache/2.4.9")
IPS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])


Found = list[tuple[str, int, str, int]]


def read(capture: Iterable[bytes] | list[list[bytes]], **options: int) -> tuple[Found, hg.Stats]:
    """Kind, packet number, scope and time of requests and responses, of one capture or several."""
    captures = [list(capture)] if options.pop("one", 1) else capture
    workers, gap = options.pop("workers", 1), options.pop("gap", 0)
    start, sources = 0, []
    for packets in captures:
        timed = [((start + at) * SECOND, one) for at, one in enumerate(packets)]
        sources.append(pcap(timed))  # type: ignore[arg-type]
        start += len(timed) + gap
    analyzer, found = hg.Analyzer(None, **options), []
    for batch in analyzer.batches(sources, workers=workers):
        for at, event in enumerate(batch["event"]):
            if (kind := EVENTS[event]).startswith("http_"):
                time_s = int(batch["time_ns"][at]) // SECOND
                found.append((kind, batch["packet_number"][at], SCOPES[batch["scope"][at]], time_s))
    return found, analyzer.stats


ASKED = ("http_request", 4, "handshake", 3)
WAITED = ("http_response", 5, "remote", 4)


@IPS
def test_an_answer_at_the_end(ip: Ip4 | Ip6) -> None:
    talk = Web(ip)
    whole = [*talk.asked(), talk.answered()]
    found, stats = read(whole)
    assert found == [ASKED, WAITED]
    assert (stats.anomalies["unacknowledged"], stats.streams_disputed) == (1, 0)
    acknowledged, stats = read([*whole, talk.client(len(REQUEST), acked=len(ANSWER))])
    assert acknowledged == [ASKED, ("http_response", 6, "handshake", 5)]
    assert stats.anomalies["unacknowledged"] == 0


@IPS
def test_a_request_at_the_end(ip: Ip4 | Ip6) -> None:
    talk = Web(ip)
    sent = bytearray(talk.client(0, REQUEST, ACK | PSH))
    sent[-len(REQUEST) - 4] ^= 0x55
    found, stats = read([*talk.opened(), bytes(sent)])
    assert found == [("http_request", 4, "remote", 3)]
    assert stats.anomalies["unacknowledged"] == 1


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("left", [1, 7, 15])
def test_an_answer_before_the_damage(left: int, workers: int) -> None:
    """The error comes after it. Of the next record, `left` bytes are there: not even its header."""
    talk = Web()
    whole = [*talk.asked(), talk.answered()]
    content = pcap([(at * SECOND, one) for at, one in enumerate(whole)])
    damaged = content + pcap([(9 * SECOND, talk.client())])[24 : 24 + left]
    batches, found = hg.Analyzer(None).batches(damaged, workers=workers), list[str]()
    with pytest.raises(hg.CaptureError):
        found.extend(EVENTS[event] for batch in batches for event in batch["event"])
    assert [kind for kind in found if kind.startswith("http_")] == ["http_request", "http_response"]


@pytest.mark.parametrize("count", [1, 2, 7, 300])
def test_many_wait(count: int) -> None:
    """Their rows come in the order of packets, whichever connection began first."""
    talks = [Web(port=40000 + at) for at in range(count)]
    packets = [*chain.from_iterable(talk.asked() for talk in talks), *(one.answered() for one in talks[::-1])]
    expected, stats = read(packets)
    waited = [one for one in expected if one[0] == "http_response"]
    assert waited == [("http_response", at + 1, "remote", at) for at in range(4 * count, 5 * count)]
    assert stats.anomalies["unacknowledged"] == count
    assert read(packets, workers=2)[0] == read(packets, workers=4)[0] == expected


@pytest.mark.parametrize("at", range(1, 6))
def test_captures_in_pieces_are_read_as_one(at: int) -> None:
    """Only the last one ends the connections."""
    talk = Web()
    packets = [*talk.asked(), talk.answered(), talk.client(len(REQUEST), acked=len(ANSWER))]
    assert read([packets[:at], packets[at:]], one=0)[0] == read(packets)[0]
    assert read([packets[:at], packets[at:5]], one=0)[0] == read(packets[:5])[0]


def test_rows_belong_to_the_capture_of_their_packet(tmp_path: Path) -> None:
    first, second = Web(), Web(port=40001)
    parts = [[*first.asked(), first.answered()], second.opened(), [*second.opened()[3:], second.answered()]]
    start = 0
    for name, packets in zip(("a", "b", "c"), parts, strict=True):
        (tmp_path / f"{name}.pcap").write_bytes(
            pcap([((start + at) * SECOND, one) for at, one in enumerate(packets)])
        )
        start += len(packets)
    found = [
        (Path(result.capture or "").stem, result.packet_number, result.http_response is not None)
        for result in hg.Analyzer(None).analyze_pcap(tmp_path)
        if result.http_response is not None or result.http_request is not None
    ]
    assert found == [("a", 4, False), ("a", 5, True), ("c", 9, True)]


def test_copies_that_differ_are_not_read() -> None:
    talk = Web()
    for copies, counts in (
        ([ANSWER, OTHER], (0, 1)),
        ([OTHER, ANSWER, OTHER], (0, 1)),
        ([ANSWER] * 3, (1, 0)),
    ):
        found, stats = read([*talk.asked(), *map(talk.answered, copies)])
        assert found == [ASKED] + [("http_response", 7, "remote", 6)] * counts[0]
        assert (stats.anomalies["unacknowledged"], stats.streams_disputed) == counts


def test_data_of_a_syn_alone_are_not_read() -> None:
    """Scanners send requests in SYNs, and most servers ignore them."""
    talk = Web()
    syn = talk.client(-1, REQUEST, SYN, -5001)
    for packets in ([syn], [syn, talk.server(-1, b"", SYN | ACK)]):
        found, stats = read(packets)
        assert (found, stats.anomalies["unacknowledged"], stats.streams_disputed) == ([], 0, 1)


@IPS
@pytest.mark.parametrize("ends", ["reset", "resets", "fin", "fins"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_connection_that_ends_before(ip: Ip4 | Ip6, ends: str, workers: int) -> None:
    """The client's RST or FIN acknowledges nothing of the answer, so its doubt stays."""
    talk, asked = Web(ip), len(REQUEST)
    reset, fin = talk.client(asked, flags=RST), talk.client(asked, flags=FIN | ACK)
    after = {"reset": [reset], "resets": [reset] * 3, "fin": [fin], "fins": [fin, fin, reset]}[ends]
    found, stats = read([*talk.asked(), talk.answered(), *after], workers=workers)
    assert found == [ASKED, WAITED]
    assert (stats.anomalies["unacknowledged"], stats.streams_disputed, stats.flows_closed) == (1, 0, 1)


@pytest.mark.parametrize("flags", [RST, RST | ACK, FIN | ACK])
def test_what_follows_a_forged_end_counts(flags: int) -> None:
    """The receiver of the data acknowledges them, or other data."""
    talk, asked = Web(), len(REQUEST)
    begun = [*talk.asked(), talk.answered(), talk.client(asked, flags=flags)]
    last = talk.client(asked, acked=len(ANSWER))
    found, stats = read([*begun, last])
    assert (found[1:], stats.anomalies["unacknowledged"]) == ([("http_response", 7, "handshake", 6)], 0)
    found, stats = read(
        [*begun, talk.server(0, OTHER, ACK | PSH, asked), talk.client(asked, acked=len(OTHER))]
    )
    assert found[1:] == [("http_response", 7, "handshake", 6)]
    assert (stats.anomalies["unacknowledged"], stats.streams_displaced) == (0, 1)


@pytest.mark.parametrize("flags", [RST, RST | ACK, FIN | ACK])
def test_an_end_before_the_data_contradicts_them(flags: int) -> None:
    """Its sender has not sent them. An end after them, which bytes precede that wait, ends nothing."""
    talk, asked = Web(), len(REQUEST)
    begun = [*talk.asked(), talk.answered()]
    found, stats = read([*begun, talk.server(0, b"", flags, asked)])
    assert (found, stats.anomalies["unacknowledged"], stats.streams_disputed) == ([ASKED], 0, 1)
    found, stats = read([*begun, talk.server(len(ANSWER), b"", flags, asked)])
    assert (found, stats.anomalies["unacknowledged"], stats.streams_disputed) == ([ASKED, WAITED], 1, 0)


@IPS
@pytest.mark.parametrize("kind", ["open", "reset", "fin", "aged"])
@pytest.mark.parametrize("most", [1, 2, 100])
@pytest.mark.parametrize("workers", [1, 3])
def test_ports_that_are_used_again(ip: Ip4 | Ip6, kind: str, most: int, workers: int) -> None:
    """The second connection is read, too."""
    first, second, asked = Web(ip), Web(ip, start=1_500_000_000), len(REQUEST)
    ends = {"fin": FIN | ACK}.get(kind, RST)
    begun = [*first.asked(), first.answered()]
    begun += [] if kind in ("open", "aged") else [first.client(asked, flags=ends)]
    later = [
        *second.asked(),
        second.server(0, OTHER, ACK | PSH, asked),
        second.client(asked, acked=len(OTHER)),
    ]
    gap, at = 901 * (kind == "aged"), len(begun) + 3
    found, stats = read([begun, later], one=0, max_connections=most, workers=workers, gap=gap)
    assert sorted(found) == sorted(
        [
            ASKED,
            WAITED,
            ("http_request", at + 1, "handshake", at + gap),
            ("http_response", at + 2, "handshake", at + 1 + gap),
        ]
    )
    assert (stats.anomalies["unacknowledged"], stats.streams_disputed) == (1, 0)


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("workers", [1, 3])
def test_evicted_connections_are_read_before(most: int, workers: int) -> None:
    """Those that wait longest go first; the others are read at the end."""
    talks = [Web(port=40000 + at) for at in range(5)]
    packets = list(chain.from_iterable([*talk.asked(), talk.answered()] for talk in talks))
    found, stats = read(packets, max_connections=most, workers=workers)
    assert sorted(found) == sorted(
        one
        for at in range(0, 25, 5)
        for one in (
            ("http_request", at + 4, "handshake", at + 3),
            ("http_response", at + 5, "remote", at + 4),
        )
    )
    at_eviction = found.index(WAITED)
    assert found[at_eviction + 1 :][0] == ("http_request", 5 * most + 4, "handshake", 5 * most + 3)
    assert (stats.anomalies["unacknowledged"], stats.flows_evicted_established) == (5, 5 - most)


def test_missing_bytes_are_counted_at_the_end() -> None:
    talk = Web()
    later = talk.server(9, ANSWER[9:], ACK | PSH, len(REQUEST))
    found, stats = read([*talk.asked(), later])
    assert (found, stats.streams_with_gap) == ([ASKED], 1)
    found, stats = read([*talk.asked(), later, talk.server(0, ANSWER[:9], ACK | PSH, len(REQUEST))])
    assert (found[1:], stats.streams_with_gap) == ([("http_response", 6, "handshake", 5)], 0)
