"""Uptimes that should not be believed: told from the packets, said in words, never withheld."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.packets import ACK, SYN, Ip4, Tcp, packet, timestamps

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
SYN_OPTIONS = b"\x02\x04\x05\xb4\x04\x02"
HOST = Ip4(source="192.0.2.1")

Timed = tuple[int, bytes]


def syn(at_s: float, port: int, ts: int, ip: Ip4 = HOST) -> Timed:
    """A SYN of a new connection."""
    options = SYN_OPTIONS + timestamps(ts % 2**32) + b"\x01\x03\x03\x07"
    return START + int(at_s * SECOND), packet(ip, Tcp(sport=port, seq=port, options=options))


def ack(at_s: float, port: int, ts: int, ip: Ip4 = HOST) -> Timed:
    """The segment that follows it."""
    options = b"\x01\x01" + timestamps(ts % 2**32, 1)
    segment = Tcp(sport=port, seq=port + 1, ack=1, flags=ACK, options=options)
    return START + int(at_s * SECOND), packet(ip, segment)


def uptimes(packets: Sequence[Timed]) -> list[hg.UptimeObservation]:
    """All client uptimes, none of them withheld."""
    results = hg.Analyzer(None).analyze_packets(packets, linktype=101)
    return [result.client_uptime for result in results if result.client_uptime]


def test_one_connection_gives_nothing_to_doubt() -> None:
    (uptime,) = uptimes([syn(0, 1000, 5_000_000), ack(1, 1000, 5_001_000)])
    assert uptime.reliable
    assert uptime.why is None
    assert "Note:" not in str(uptime)


@pytest.mark.parametrize("rate", [2, 10, 100, 250, 300, 1000])
def test_connections_on_one_line_are_believed(rate: int) -> None:
    clock = 7_000_000
    first, second = uptimes(
        [
            syn(0, 1000, clock),
            ack(10, 1000, clock + 10 * rate),
            syn(700, 2000, clock + 700 * rate),
            ack(710, 2000, clock + 710 * rate),
        ]
    )
    assert (first.reliable, second.reliable) == (True, True)


def test_a_clock_a_connection_is_doubted() -> None:
    found = uptimes(
        [
            syn(0, 1000, 1_000_000_000),
            ack(1, 1000, 1_000_001_000),
            syn(5, 2000, 3_000_000_000),
            ack(6, 2000, 3_000_001_000),
        ]
    )
    assert [uptime.reliable for uptime in found] == [True, False]
    assert found[1].why == "the host's connections do not share one clock"
    assert str(found[1]).splitlines()[3] == (
        "  Note:   unreliable: the host's connections do not share one clock"
    )
    assert found[1].observed.frequency_hz == 1000


def test_what_was_found_out_about_a_host_is_kept() -> None:
    found = uptimes(
        [
            syn(0, 1000, 1_000_000_000),
            syn(5, 2000, 3_000_000_000),
            syn(10, 3000, 3_000_005_000),
            ack(11, 3000, 3_000_006_000),
        ]
    )
    assert [uptime.reliable for uptime in found] == [False]


def test_another_host_is_not_doubted_for_it() -> None:
    other = Ip4(source="192.0.2.2")
    (uptime,) = uptimes(
        [
            syn(0, 1000, 1_000_000_000),
            syn(5, 2000, 3_000_000_000),
            syn(6, 1000, 50_000, other),
            ack(7, 1000, 51_000, other),
        ]
    )
    assert uptime.reliable


def test_a_clock_younger_than_the_time_the_host_was_seen_is_doubted() -> None:
    """Seen for 2000 s, the clock says 11 s; its SYNs stand too far apart in ticks for any line."""
    found = uptimes(
        [
            syn(0, 1000, 4_294_967_295 - 1_989_000 + 1),
            syn(1999, 2000, 10_000),
            ack(2000, 2000, 11_000),
        ]
    )
    assert [(uptime.reliable, uptime.why) for uptime in found] == [
        (False, "the host has been seen for longer than that")
    ]


@pytest.mark.parametrize(
    ("rate", "reliable"), [(150, False), (117, False), (0.8, False), (1400, False), (1000, True)]
)
def test_rates_of_no_known_system_are_doubted(rate: float, reliable: bool) -> None:
    """All but 1000 Hz are further than seven percent from any rate in use."""
    clock = 900_000_000
    (uptime,) = uptimes([syn(0, 1000, clock), ack(100, 1000, clock + int(100 * rate))])
    assert uptime.why == (None if reliable else "no known system ticks at this rate")


def test_a_server_is_judged_by_its_own_answers() -> None:
    def answered(at_s: float, port: int, ts: int) -> list[Timed]:
        server = Ip4(source="198.51.100.2", destination="192.0.2.1")
        options = SYN_OPTIONS + timestamps(ts, 1) + b"\x01\x03\x03\x07"
        reply = Tcp(sport=80, dport=port, seq=9, ack=port + 1, flags=SYN | ACK, options=options)
        data = Tcp(sport=80, dport=port, seq=10, flags=ACK, options=b"\x01\x01" + timestamps(ts + 1000, 1))
        at = START + int(at_s * SECOND)
        return [(at, packet(server, reply)), (at + SECOND, packet(server, data))]

    results = hg.Analyzer(None).analyze_packets(
        [*answered(0, 1, 10_000_000), *answered(5, 2, 4_000_000_000), *answered(10, 3, 4_000_005_000)],
        linktype=101,
    )
    found = [result.server_uptime for result in results if result.server_uptime]
    assert [uptime.reliable for uptime in found] == [True, False]


def test_p0f_rows_are_unchanged_and_json_says_it() -> None:
    packets = [syn(0, 1000, 1_000_000_000), syn(5, 2000, 3_000_000_000), ack(6, 2000, 3_000_001_000)]
    capture = pcap(packets, 101)
    (batch,) = hg.Analyzer(None).batches(capture)
    line = json.loads(batch.render("json").splitlines()[-1])
    assert (line["event"], line["reliable"]) == ("client_uptime", False)
    assert line["why"] == "the host's connections do not share one clock"
    assert batch.render("p0f").endswith(
        b"|uptime=34 days 17 hrs 20 min (modulo 49 days)|raw_freq=1000.00 Hz\n"
    )
