"""Uptimes that should not be believed: told from the packets, said in words, never withheld."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.analysis.summary import Summary
from tests.support.captures import pcap
from tests.support.packets import ACK, SYN, Ip4, Tcp, packet, timestamps
from tests.support.uptimes import HOST, SECOND, START, SYN_OPTIONS, Timed, ack, connection, named, syn

TO_ANOTHER = Ip4(source="192.0.2.1", destination="198.51.100.3")
ALONE = "no second reading supports it"
LATER = "the system was not released yet at that time"
RANDOM = "each connection may have its own clock, as on most current systems"


def uptimes(packets: Sequence[Timed], database: hg.Database | None = None) -> list[hg.UptimeObservation]:
    """All client uptimes, none of them withheld."""
    results = hg.Analyzer(database).analyze_packets(packets, linktype=101)
    return [result.client_uptime for result in results if result.client_uptime]


def whys(packets: Sequence[Timed], label: str = "") -> list[str | None]:
    """What speaks against each reading, of a host with such a name."""
    found = uptimes(packets, named(label) if label else None)
    assert [uptime.reliable for uptime in found] == [uptime.why is None for uptime in found]
    return [uptime.why for uptime in found]


def test_one_reading_is_not_enough() -> None:
    (uptime,) = uptimes([syn(0, 1000, 5_000_000), ack(1, 1000, 5_001_000)])
    assert not uptime.reliable
    assert uptime.why == ALONE
    assert str(uptime).splitlines()[3] == "  Note:   unreliable: no second reading supports it"


def test_what_two_readings_support_has_no_note() -> None:
    found = uptimes([*connection(0, 1000, 5_000_000, 100), *connection(9, 2000, 5_000_900, 100)])
    assert "Note:" not in str(found[1])


@pytest.mark.parametrize("rate", [2, 10, 100, 250, 300, 1000])
def test_connections_on_one_line_are_believed(rate: int) -> None:
    clock = 7_000_000
    others = [700, 1400, 30_000, 90_000]
    packets = [*connection(0, 1000, clock, rate)]
    for at_s in others:
        packets += connection(at_s, 2000 + at_s // 100, clock + at_s * rate, rate, TO_ANOTHER)
    assert whys(packets) == [ALONE, None, None, None, None]


@pytest.mark.parametrize("label", ["s:unix:Linux:2.6", "s:unix:Android:", "s:unix:NetBSD:"])
def test_linux_has_no_clock_of_two_ticks_a_second(label: str) -> None:
    """7,292 days, which no clock shows that all connections share."""
    clock = 7292 * 86400 * 2
    packets = [*connection(0, 1, clock, 2), *connection(20, 2, clock + 40, 2, TO_ANOTHER)]
    expected = RANDOM if "NetBSD" in label else "not a clock rate of this system"
    assert whys(packets, label) == [ALONE, expected]


@pytest.mark.parametrize(
    ("label", "rate", "why"),
    [
        ("s:unix:macOS or iOS:macOS 10.14 or newer / iOS 13 or newer", 10, "not a clock rate of this system"),
        ("s:unix:macOS or iOS:macOS 10.14 or newer / iOS 13 or newer", 1000, None),
        ("s:unix:FreeBSD:", 10, None),
    ],
)
def test_clocks_of_apple_count_milliseconds(label: str, rate: int, why: str | None) -> None:
    """XNU, bsd/netinet/tcp_var.h: TCP_RETRANSHZ is 1000."""
    clock = 10_000 * rate
    packets = [*connection(0, 1, clock, rate), *connection(20, 2, clock + 20 * rate, rate, TO_ANOTHER)]
    assert whys(packets, label) == [ALONE, why]


def test_more_than_a_day_between_two_readings_says_nothing() -> None:
    day = 25 * 3600
    assert whys([*connection(0, 1, 10_000, 100), *connection(day, 2, 10_000 + 100 * day, 100)]) == [ALONE] * 2


def test_a_clock_in_milliseconds_is_believed_once_two_peers_saw_it() -> None:
    """Linux since 4.12 has one for each peer, which is no clock of the host."""
    clock = 7_000_000
    packets = [
        *connection(0, 1, clock, 1000),
        *connection(20, 2, clock + 20_000, 1000),
        *connection(40, 3, clock + 40_000, 1000, TO_ANOTHER),
        *connection(60, 4, clock + 60_000, 1000),
    ]
    assert whys(packets) == [ALONE, ALONE, None, None]


def test_a_clock_that_stops_agreeing_begins_anew() -> None:
    """The third connection is 2,000 ticks ahead, as if the clock ran at 200 Hz in between."""
    packets = [
        *connection(0, 1, 10_000, 100),
        *connection(20, 2, 12_000, 100),
        *connection(40, 3, 16_000, 100),
        *connection(60, 4, 18_000, 100),
        *connection(80, 5, 20_000, 100),
    ]
    assert whys(packets) == [ALONE, None, ALONE, ALONE, None]


def test_two_readings_at_two_rates_do_not_support_each_other() -> None:
    """7,292 days, and twice as many three seconds later: one clock of 2 Hz, rounded to 2 and to 1 Hz."""
    for days in (7292, 1000):
        clock = days * 86400 * 2 + 10
        packets = [syn(0, 1, clock), ack(2.5, 1, clock + 5), syn(2.6, 2, clock + 5), ack(5.5, 2, clock + 10)]
        found = uptimes(packets)
        assert [uptime.observed.uptime_minutes // 1440 for uptime in found] == [days, 2 * days]
        assert [uptime.why for uptime in found] == [ALONE, ALONE]


@pytest.mark.parametrize(
    ("label", "whys_wanted"),
    [
        ("s:unix:FreeBSD:11 or newer", [ALONE, LATER]),
        ("s:unix:FreeBSD or Solaris:FreeBSD 11 or newer / Solaris 10", [ALONE, None]),
        ("s:unix:FreeBSD:", [ALONE, None]),
        ("s:unix:FreeBSD:2-4", [ALONE, None]),
    ],
)
def test_no_system_runs_before_its_release(label: str, whys_wanted: list[str | None]) -> None:
    """FreeBSD 11 came in October 2016; in November 2023 the clock says 10 years."""
    clock = 10 * 365 * 86400 * 2
    packets = [*connection(0, 1, clock, 2), *connection(20, 2, clock + 40, 2)]
    assert whys(packets, label) == whys_wanted


def test_nothing_with_timestamps_started_before_there_were_any() -> None:
    clock = 40 * 365 * 86400 * 2
    packets = [*connection(0, 1, clock, 2), *connection(20, 2, clock + 40, 2)]
    assert whys(packets) == [ALONE, LATER]


def test_a_capture_whose_clock_was_not_set_says_nothing_of_releases() -> None:
    packets = [*connection(0, 1, 10_000_000, 100), *connection(20, 2, 10_002_000, 100)]
    found = uptimes([(at - START + SECOND, one) for at, one in packets])
    assert [uptime.why for uptime in found] == [ALONE, None]


STARTED = "started in the last 5 minutes: Linux begins this clock shortly before it wraps"


@pytest.mark.parametrize(("rate", "days"), [(100, 497), (250, 198), (300, 165), (1000, 49)])
def test_a_linux_that_just_started(rate: int, days: int) -> None:
    """Its counter begins at -300 * HZ (INITIAL_JIFFIES), so after a minute p0f shows its longest time."""
    clock = 2**32 - 300 * rate + 60 * rate
    packets = connection(0, 1, clock, rate)
    (uptime,) = uptimes(packets)
    assert uptime.observed.uptime_minutes in (1, 2)
    assert uptime.observed.modulo_days == days
    assert (uptime.reliable, uptime.why) == (False, STARTED)
    assert whys(packets, "s:unix:Linux:2.6") == [STARTED]
    assert whys(packets, "s:unix:Linux or Android:Linux 3 / Android 4") == [STARTED]
    assert whys(packets, "s:unix:FreeBSD:8") == [ALONE]


def test_rows_of_p0f_show_what_the_clock_of_a_linux_shows_that_just_started() -> None:
    clock = 2**32 - 200 * 250
    packets = connection(0, 1, clock, 250)
    (batch,) = hg.Analyzer(None).batches(pcap(packets, 101))
    shown = (clock + 10 * 250) // 250 // 60
    wanted = f"uptime={shown // 1440} days {shown // 60 % 24} hrs {shown % 60} min (modulo 198 days)"
    assert wanted.encode() in batch.render("p0f").splitlines()[-1]
    line = json.loads(batch.render("json").splitlines()[-1])
    assert (line["uptime_minutes"], line["reliable"]) == (1, False)


def test_before_those_five_minutes_nothing_just_started() -> None:
    assert whys(connection(0, 1, 2**32 - 311 * 100, 100)) == [ALONE]


def test_a_linux_seen_since_its_start_has_been_up_for_longer_than_its_clock_says() -> None:
    clock = 2**32 - 290 * 100
    packets = [*connection(0, 1, clock, 100), *connection(400, 2, (clock + 40_000) % 2**32, 100)]
    assert whys(packets) == [STARTED, None]


@pytest.mark.parametrize("flavor", ["4.10 or newer", "4.19-6.15"])
def test_a_new_linux_has_no_clock_of_the_host(flavor: str) -> None:
    """That two connections lie on one line is chance, or a gateway's clock."""
    packets = [*connection(0, 1, 5_000_000, 1000), *connection(20, 2, 5_020_000, 1000, TO_ANOTHER)]
    assert whys(packets, f"s:unix:Linux:{flavor}") == [ALONE, RANDOM]


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("s:unix:Linux:3.11-4.19", RANDOM),
        ("s:unix:Android or Linux:Android 5 or newer / Linux 3 or newer", RANDOM),
        ("s:unix:Linux:", RANDOM),
        ("s:unix:Linux:2.6.32-3.10", "the host's connections do not share one clock"),
        ("s:unix:FreeBSD:11 or newer", RANDOM),
        ("s:unix:macOS or iOS:macOS 10.14 or newer / iOS 13 or newer", RANDOM),
    ],
)
def test_different_clocks_are_what_a_new_linux_has(label: str, why: str) -> None:
    packets = [*connection(0, 1, 1_000_000_000, 1000), *connection(20, 2, 3_000_000_000, 1000)]
    assert whys(packets, label)[1] == why


def test_only_clocks_that_are_odd_are_a_finding() -> None:
    """An old Linux has one clock; what a single reading shows may be chance."""
    packets = [*connection(0, 1, 1_000_000_000, 1000), *connection(20, 2, 3_000_000_000, 1000)]
    more = [*packets, *connection(40, 3, 2_000_000_000, 1000)]
    cases = (
        ("s:unix:Linux:2.6", more, ["clocks"]),
        ("s:unix:Linux:2.6", packets, []),
        ("s:unix:Linux:4.19-6.15", more, []),
        ("s:unix:macOS:10.15", more, []),
        ("s:unix:Another:", connection(0, 1, 1_000, 700), []),
    )
    for label, packets, kinds in cases:
        summary = Summary(named(label))
        for batch in hg.Analyzer(named(label)).batches(pcap(packets, 101)):
            summary.add(batch)
        assert [finding["kind"] for finding in summary.findings()] == kinds


def test_a_syn_that_was_held_back_is_of_the_same_clock() -> None:
    """The clock ran for 1.39 s while 1.9 s passed, as if a radio link paused: 73 Hz, which no system has."""
    clock, label = 5_000_000, "s:unix:Linux:2.6"
    packets = [
        *connection(0, 1, clock, 100),
        *connection(10, 2, clock + 1000, 100),
        *connection(11.9, 3, clock + 1139, 100),
        *connection(30, 4, clock + 3000, 100),
    ]
    packets.sort()
    assert "the host's connections do not share one clock" not in whys(packets, label)
    summary = Summary(named(label))
    for batch in hg.Analyzer(named(label)).batches(pcap(packets, 101)):
        summary.add(batch)
    assert summary.findings() == []


def test_a_client_and_a_server_of_one_host_support_each_other() -> None:
    server = Ip4(source=HOST.source, destination="198.51.100.9")
    options = SYN_OPTIONS + timestamps(12_000, 1) + b"\x01\x03\x03\x07"
    reply = Tcp(sport=80, dport=7, seq=9, ack=8, flags=SYN | ACK, options=options)
    data = Tcp(sport=80, dport=7, seq=10, flags=ACK, options=b"\x01\x01" + timestamps(12_100, 1))
    later = [(START + 20 * SECOND, packet(server, reply)), (START + 21 * SECOND, packet(server, data))]
    found = hg.Analyzer(None).analyze_packets([*connection(0, 1, 10_000, 100), *later], linktype=101)
    assert [result.server_uptime.reliable for result in found if result.server_uptime] == [True]


def test_a_clock_a_connection_is_doubted() -> None:
    found = uptimes(
        [
            syn(0, 1000, 1_000_000_000),
            ack(1, 1000, 1_000_001_000),
            syn(5, 2000, 3_000_000_000),
            ack(6, 2000, 3_000_001_000),
        ]
    )
    assert [uptime.reliable for uptime in found] == [False, False]
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
    found = whys(
        [
            syn(0, 1000, 1_000_000_000),
            syn(5, 2000, 3_000_000_000),
            *connection(6, 1000, 50_000, 100, other),
            *connection(26, 1001, 52_000, 100, other),
        ]
    )
    assert found == [ALONE, None]


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
    ("rate", "is_known"), [(150, False), (117, False), (0.8, False), (1400, False), (1000, True)]
)
def test_rates_of_no_known_system_are_doubted(rate: float, is_known: bool) -> None:
    """All but 1000 Hz are further than seven percent from any rate in use."""
    clock = 900_000_000
    (uptime,) = uptimes([syn(0, 1000, clock), ack(100, 1000, clock + int(100 * rate))])
    assert uptime.why == (ALONE if is_known else "not a clock rate of this system")


@pytest.mark.parametrize(("rate", "is_known"), [(276, False), (250, True), (260, True), (290, True)])
def test_a_rate_between_250_and_300_is_doubted(rate: int, is_known: bool) -> None:
    """After 0.4 seconds, the uncertainty of two ticks would allow both."""
    clock = 900_000_000
    (uptime,) = uptimes([syn(0, 1000, clock), ack(0.4, 1000, clock + rate * 2 // 5)])
    assert uptime.why == (ALONE if is_known else "not a clock rate of this system")


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
    assert [uptime.why for uptime in found] == [ALONE, "the host's connections do not share one clock"]


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


@pytest.mark.parametrize("protocols", [("tcp",), ("tcp", "tls", "http")])
@pytest.mark.parametrize("is_answered", [False, True])
def test_who_could_have_sent_an_uptime_does_not_depend_on_protocols(
    protocols: tuple[str, ...], is_answered: bool
) -> None:
    """Who acknowledges the server's SYN+ACK is there; of an unanswered SYN the source may be forged."""
    answer = Tcp(sport=80, dport=4000, seq=0, ack=4001, flags=SYN | ACK, options=SYN_OPTIONS + b"\x01\x01")
    packets = [syn(0, 4000, 1_000_000)]
    if is_answered:
        back = Ip4(source=HOST.destination, destination=HOST.source)
        packets.append((START, packet(back, answer)))
    packets.append(ack(10, 4000, 1_010_000))
    scopes = [
        scope
        for batch in hg.Analyzer(None, protocols=protocols).batches(pcap(packets, 101))
        for event, scope in zip(batch["event"], batch["scope"], strict=True)
        if event == lib.HG_EVENT_CLIENT_UPTIME
    ]
    assert scopes == [lib.HG_SCOPE_HANDSHAKE if is_answered else lib.HG_SCOPE_REMOTE]
