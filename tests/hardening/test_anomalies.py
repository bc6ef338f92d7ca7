"""Each reason for which a receiver may refuse a segment: its count and its verdict.

The verdicts are those that docs/reference/counters.md shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import ANOMALIES
from tests.hardening.test_rivals import torn
from tests.hardening.test_segments import MD5, ROUTED, Talk, hello, opening, timestamps, urged, wrong
from tests.support.packets import ACK, FIN, PSH, RST, SYN, URG, Ip4, Ip6
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.tls.udp import packet_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "counters.md"
REAL, FALSE = hello(b"real.example"), hello(b"fake.example")
TALK = Talk(Ip4())
HANDSHAKE = TALK.handshake()
IPS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])


def verdicts() -> dict[str, str]:
    """The verdicts of the manual, by reason."""
    rows = PAGE.read_text(encoding="utf-8").partition("## Anomalies")[2]
    return dict(re.findall(r"^\| `(\w+)` \| (\w+) \| ", rows, re.MULTILINE))


def analyzed(packets: list[bytes]) -> tuple[list[str], dict[str, int]]:
    """The names in hellos, and the counts that are not 0."""
    analyzer = hg.Analyzer(None)
    timed = [(10**18 + at * 10**6, data) for at, data in enumerate(packets)]
    hellos = [one.tls_client for one in analyzer.analyze_packets(timed, linktype=101)]
    found = [one.signature.sni or "" for one in hellos if one is not None]
    return found, {name: count for name, count in analyzer.stats.anomalies.items() if count}


Sent = Callable[[Talk, bytes], bytes]
SEGMENTS: dict[str, Sent] = {
    "out_of_window": lambda talk, data: talk.client(2**26, data),
    "old_timestamp": lambda talk, data: talk.client(0, data, options=timestamps(90, 200)),
    "ttl_too_low": lambda talk, data: talk.client(0, data, hops=4),
    "fin_without_ack": lambda talk, data: talk.client(0, data, flags=FIN),
    "invalid_checksum": lambda talk, data: wrong(talk.client(0, data)),
    "low_ttl": lambda talk, data: talk.client(0, data, hops=6),
    "signature_option": lambda talk, data: talk.client(0, data, options=MD5),
    "ip_options": lambda talk, data: Talk(replace(talk.ip, **ROUTED[type(talk.ip)])).client(0, data),
    "no_timestamp": lambda talk, data: talk.client(0, data, options=b""),
    "invalid_ack": lambda talk, data: talk.client(0, data, acked=9000),
}
"""The segment with these data, after a handshake."""


@IPS
@pytest.mark.parametrize("reason", SEGMENTS)
def test_a_segment_of_each_kind(reason: str, ip: Ip4 | Ip6) -> None:
    talk, verdict = Talk(ip), verdicts()[reason]
    before = [*talk.handshake(), SEGMENTS[reason](talk, FALSE)]
    found, counts = analyzed([*before, talk.server(len(FALSE))])
    assert counts == {reason: 1}
    assert found == ([] if verdict == "refused" else ["fake.example"])
    found, counts = analyzed(before)
    ends = {"unacknowledged": 1} if found else {}
    assert counts == {reason: 1} | ends
    assert found == ([] if verdict == "refused" else ["fake.example"])
    assert analyzed([*before, talk.client(0, REAL)])[0] == ["real.example"]


@pytest.mark.parametrize("reason", [one for one in SEGMENTS if verdicts()[one] != "refused"])
def test_waiting_data_replace_unlikely_ones(reason: str) -> None:
    other = "no_timestamp" if reason != "no_timestamp" else "invalid_ack"
    packets = [*HANDSHAKE, SEGMENTS[reason](TALK, FALSE), SEGMENTS[other](TALK, REAL)]
    found, counts = analyzed([*packets, TALK.server(len(REAL))])
    if verdicts()[reason] == "unlikely":
        assert found == ["real.example"]
    else:
        assert (found, counts) == (["fake.example"], {reason: 1, other: 1, "different_copies": 1})


def _quic(*, damaged: bool) -> bytes:
    data = packet_of(Initial(b"2" * 8 if damaged else b"1" * 8, crypto(0, FALSE[5:])).sealed())
    return data[:26] + bytes((data[26] ^ 0x55,)) + data[27:] if damaged else data


def _short(*places: int) -> list[bytes]:
    return [*HANDSHAKE, *(wrong(TALK.client(place, b"z")) for place in places)]


OTHERS: dict[str, list[bytes]] = {
    "no_session": [
        *HANDSHAKE,
        TALK.client(0, flags=FIN | ACK),
        TALK.server(1, flags=FIN | ACK),
        TALK.client(1, acked=1, flags=ACK),
        TALK.client(1, FALSE, acked=1),
    ],
    "fin_invalid_seq": [*HANDSHAKE, TALK.client(50, flags=FIN | ACK)],
    "rst_invalid_seq": [*HANDSHAKE, TALK.client(50, flags=RST)],
    "invalid_echo": [*HANDSHAKE[:2], TALK.client(0, FALSE, options=timestamps(110, 999))],
    "beyond_window": [
        *(*HANDSHAKE, TALK.client(0, FALSE[:60]), TALK.server(60, window=0)),
        TALK.client(60, FALSE[60:]),
    ],
    "syn_data": [TALK.client(-1, FALSE, flags=SYN, options=opening(100))],
    "no_room": _short(*range(10, 40, 3)),
    "early_end": [*HANDSHAKE, wrong(TALK.client(0, FALSE)), TALK.client(0, flags=RST)],
    "different_copies": [*HANDSHAKE, wrong(TALK.client(0, FALSE)), wrong(TALK.client(0, REAL))],
    "unacknowledged": [*HANDSHAKE, wrong(TALK.client(0, FALSE))],
    "urgent_byte": [*HANDSHAKE, urged(TALK.client(0, b"!" + FALSE, ACK | PSH | URG), 1)],
    "fragment": [*HANDSHAKE, *torn(TALK.client(0, FALSE))[:1]],
    "worse_datagram": [_quic(damaged=False), _quic(damaged=True)],
}


@pytest.mark.parametrize("reason", OTHERS)
def test_other_reasons(reason: str) -> None:
    counts = analyzed(OTHERS[reason])[1]
    assert counts[reason] > 0
    before = analyzed(OTHERS[reason][:-1])[1]
    assert reason not in before or reason == "no_room"


def test_ordinary_connections_have_none() -> None:
    half = len(REAL) // 2
    late = [TALK.client(half, REAL[half:]), TALK.client(0, REAL[:half]), TALK.client(0, REAL[:half])]
    end = [TALK.client(len(REAL), flags=FIN | ACK), TALK.server(len(REAL) + 1, flags=FIN | ACK)]
    assert analyzed([*HANDSHAKE, *late, TALK.server(len(REAL)), *end]) == (["real.example"], {})


def test_the_page_lists_each_reason_and_this_file_tests_it() -> None:
    assert tuple(verdicts()) == ANOMALIES
    assert {*SEGMENTS, *OTHERS} == set(ANOMALIES)
