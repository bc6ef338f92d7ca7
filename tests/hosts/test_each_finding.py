"""Each finding of the list has an example, which is reported under its own name."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.summary import Summary
from sigcompiler.schema.findings import FINDINGS, SUMMARY_FINDINGS, Topic, Weight
from tests.hosts.test_claims_and_worms import IIS_ON_LINUX, contacts
from tests.hosts.test_ended import FIREFOX_52, at
from tests.hosts.test_floods import flood
from tests.hosts.test_host_keys import ONE, TWO, ethernet
from tests.hosts.test_host_keys import talk as ssh
from tests.hosts.test_hosts import XP, syns
from tests.hosts.test_protocols import MODBUS, OUTSIDE, PLC, REPLY1, SETUP1, SITE
from tests.hosts.test_protocols import talk as spoken
from tests.hosts.test_stated import OTHER, SERVER, ack, advertised, answer
from tests.hosts.test_stations import stated
from tests.hosts.test_stealth import scan as stealth
from tests.support import logins
from tests.support.browser_requests import OWN, sent
from tests.support.captures import Packet, enhanced, interface, pcap, section
from tests.support.devices import dhcp
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.industrial import asked
from tests.support.devices.made import datagram
from tests.support.host_talks import LINUX, WINDOWS_10, talk
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.scans import address, calls
from tests.support.ssh_model import CLIENT_SAYS, connection, lists_of
from tests.support.summary_findings import CASES, START, by_scapy, three_behind_one_address
from tests.support.tls.certificate_model import certificate, rsa, served
from tests.support.tls.certificate_model import connection as tls
from tests.support.tls.certificates import lasting
from tests.support.tls.conversation import record, server_hello
from tests.support.uptimes import connection as timed_connection
from tests.support.uptimes import named

RAW_IP = 101


def at_year_2026(packets: list[Packet]) -> bytes:
    return pcap([(time + 3 * 365 * 86_400 * 10**9, one) for time, one in sorted(packets)], RAW_IP)


def clocks() -> bytes:
    """Three connections of an old Linux, which has one clock, with three clocks."""
    readings = ((0, 1, 1_000_000_000), (20, 2, 3_000_000_000), (40, 3, 2_000_000_000))
    return pcap([one for reading in readings for one in timed_connection(*reading, 1000)], RAW_IP)


def old_server() -> bytes:
    frames = connection(CLIENT_SAYS, b"SSH-2.0-OpenSSH_7.9p1 Debian-10+deb10u2\r\n", port=40000)
    return pcap([(at("2026-01-01", second), one) for second, one in enumerate(frames)], RAW_IP)


def scanner() -> bytes:
    nmap = packet(Ip4("192.0.2.3", ttl=50, fragment=0), Tcp(window=1024, options=mss(1460)))
    return pcap([(START, nmap)])


MACS = ("00:00:5e:00:53:01", "00:00:5e:00:53:02")


def claimed(*before: bytes) -> bytes:
    """An address of a MAC that another one states, ten seconds apart."""
    frames = [*before, *(arp("192.0.2.7", mac=mac, operation=REPLY) for mac in MACS)]
    return pcap([(at("2026-01-01", 10 * number), one) for number, one in enumerate(frames)], 1)


def by_two_macs(*turns: int) -> bytes:
    """An address from which MACs send in turns, ten seconds apart."""
    frames = [datagram(b"x", 5000, 9999, source="192.0.2.7", mac=MACS[turn]) for turn in turns]
    return pcap([(at("2026-01-01", 10 * number), one) for number, one in enumerate(frames)], 1)


LEASE = dhcp.from_server(
    dhcp.message(
        dhcp.option(3, bytes((192, 0, 2, 7))),
        kind=dhcp.ACK,
        op=2,
        yiaddr="192.0.2.9",
        mac="00:00:5e:00:53:09",
    ),
    mac=MACS[0],
)


SERVERS = ((0, SERVER, "192.0.2.1"), (9, OTHER, "192.0.2.2"))
EXAMPLES: dict[str, Callable[[], bytes]] = {
    "horizontal_scan": lambda: pcap(calls(((address(n), 22) for n in range(200)), 0.01)),
    "vertical_scan": lambda: pcap(calls(((address(1), port) for port in range(1, 200)), 0.01)),
    "slow_scan": lambda: pcap(calls(((address(n), 445) for n in range(60)), 60)),
    "password_guessing": lambda: logins.guesses(60, 5, logins.REFUSED),
    "refused_web_logins": lambda: logins.guesses(
        60, 5, logins.http(b"Authorization: Basic " + logins.BASIC, b"401 Unauthorized")
    ),
    "syn_flood": lambda: pcap(sorted(flood())),
    "cleartext_login": lambda: pcap(
        [(START, one) for one in logins.frames(*logins.LOGINS["ftp"][0])], RAW_IP
    ),
    "plant_outside": lambda: pcap(spoken(OUTSIDE, PLC, MODBUS)),
    "name_shared": lambda: pcap(stated(*"ABAB"), 1),
    "old_smb": lambda: pcap(spoken(SITE, PLC, asked(SETUP1, REPLY1), 445)),
    "stealth_scan": lambda: pcap(stealth(0)),
    "internal_services": lambda: pcap(contacts(101)),
    "address_disputed": lambda: by_two_macs(0, 0, 1, 1, 0, 0, 1, 1),
    "address_claimed": claimed,
    "server_claimed": lambda: claimed(arp("192.0.2.9", mac="00:00:5e:00:53:09"), LEASE),
    "foreign_names": lambda: pcap([answer(at, f"srv{at}") for at in range(3)], 1),
    "new_dhcp_server": lambda: pcap([ack(at, (3, ip), by=by, source=ip) for at, by, ip in SERVERS], 1),
    "new_router": lambda: pcap([advertised(0), advertised(1, by=OTHER, source="fe80::2")], 1),
    "segment_changed": lambda: pcap([ack(at, (6, f"192.0.2.{at + 1}")) for at in (0, 9)], 1),
    "scanner": scanner,
    "old_system": lambda: pcap([(at("2016-01-01"), one) for one in syns(XP)]),
    "old_browser": lambda: at_year_2026(list(talk(1, WINDOWS_10, FIREFOX_52, ttl=128))),
    "old_server": old_server,
    "old_tls": lambda: pcap(
        [(at("2026-01-01"), one) for one in tls(record(server_hello(version=0x0301))).packets], RAW_IP
    ),
    "weak_cipher": lambda: pcap(tls(record(server_hello(cipher=0x0005))).timed(), RAW_IP),
    "weak_ssh": lambda: ethernet(*ssh(lists=lists_of("diffie-hellman-group14-sha1", ("aes128-ctr",) * 2))),
    "ssh_key_changed": lambda: ethernet(*ssh(ONE), *ssh(TWO)),
    "ssh_key_shared": lambda: ethernet(*ssh(ONE), *ssh(ONE, server="198.51.100.7")),
    "old_certificate": lambda: pcap(served(lasting(365, -1)).timed(), RAW_IP),
    "early_certificate": lambda: pcap(served(lasting(-1, 365)).timed(), RAW_IP),
    "weak_certificate": lambda: pcap(served(certificate(key=rsa(1024))).timed(), RAW_IP),
    "client_mismatch": lambda: pcap(sent(f"{OWN}\n")),
    "server_mismatch": lambda: at_year_2026(IIS_ON_LINUX),
    "contradicts": lambda: at_year_2026(
        list(talk(1, WINDOWS_10, "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n", ttl=128))
    ),
    "several_systems": lambda: pcap(three_behind_one_address()),
    "contradicting_systems": lambda: pcap(CASES["contradicting_systems"][0]),
    "forged_packets": lambda: pcap([by_scapy("192.0.2.1")]),
    "hops": lambda: pcap(CASES["hops"][0]),
    "clocks": clocks,
}


def database(kind: str) -> hg.Database:
    return named("s:unix:Linux:2.6") if kind == "clocks" else hg.Analyzer().database


def reported(kind: str) -> tuple[list[str], list[str]]:
    """The findings of the summary, and those that are events."""
    analyzer = hg.Analyzer(database(kind), findings=True, protocols=hg.PROTOCOLS, senders=True)
    summary, events = Summary(analyzer.database), list[str]()
    for batch in analyzer.batches(EXAMPLES[kind]()):
        summary.add(batch)
        lines: list[dict[str, Any]] = [json.loads(line) for line in batch.render("json").splitlines()]
        events += [line["finding"] for line in lines if line["event"] == "finding"]
    return [one["kind"] for one in summary.findings()], events


def test_what_a_record_shows_is_an_event_while_the_capture_goes_on() -> None:
    """A host is judged within ten minutes, once; if its packets may be forged, at the end of the capture."""
    later = [one for number in (500, 700, 1400) for one in talk(number, LINUX, "", client="192.0.2.77")]
    forged = [(time, one) for time, one in talk(2, WINDOWS_10, FIREFOX_52, client="192.0.2.9", ttl=128)][:1]
    old = list(talk(1, WINDOWS_10, FIREFOX_52, ttl=128))
    analyzer = hg.Analyzer(findings=True)
    lines = [
        json.loads(line)
        for batch in analyzer.batches(at_year_2026([*old, *forged, *later]))
        for line in batch.render("json").splitlines()
    ]
    [at] = [n for n, one in enumerate(lines) if one.get("finding") == "old_browser"]
    assert (lines[at]["src_ip"], lines[at]["dst_ip"]) == (old_address := "192.0.2.1", "0.0.0.0")
    assert [one["src_ip"] for one in lines[at + 1 :] if one["event"] == "syn"] == ["192.0.2.77"] * 2
    assert old_address not in {one["src_ip"] for one in lines[at + 1 :]}


@pytest.mark.parametrize("wrong", [0, 1])
@pytest.mark.parametrize("later", [[], [900, 1600]], ids=["at the end", "before"])
def test_a_clock_that_is_set_back_delays_no_judgement(wrong: int, later: list[int]) -> None:
    calls = list(talk(2, LINUX, "", client="192.0.2.77"))
    more = [one for number in later for one in talk(number, LINUX, "", client="192.0.2.77")]
    old = list(talk(20, WINDOWS_10, FIREFOX_52, ttl=128))
    packets = [(time + 3 * 365 * 86_400 * 10**9, one) for time, one in [*calls, *old, *more]]
    packets[0] = packets[0][0] + wrong * 40 * 86_400 * 10**9, packets[0][1]
    analyzer = hg.Analyzer(findings=True)
    lines = [
        json.loads(line)
        for batch in analyzer.batches(pcap(packets, RAW_IP))
        for line in batch.render("json").splitlines()
    ]
    [at] = [n for n, one in enumerate(lines) if one.get("finding") == "old_browser"]
    assert [one["src_ip"] for one in lines[at + 1 :] if one["event"] == "syn"] == ["192.0.2.77"] * len(later)


def test_a_time_that_is_almost_the_last_one_is_judged_at_the_end() -> None:
    """Ten minutes later is no time at all, so nothing is due before."""
    packets = [*talk(1, WINDOWS_10, FIREFOX_52, ttl=128), *talk(20, LINUX, "", client="192.0.2.77")]
    late_ns = (1 << 63) - 100 * 10**9 - packets[0][0]
    capture = section() + interface(RAW_IP, tsresol=9)
    capture += b"".join(enhanced(one, time + late_ns) for time, one in packets)
    (batch,) = hg.Analyzer(findings=True).batches(capture)
    lines = [json.loads(line) for line in batch.render("json").splitlines()]
    judged = [n for n, one in enumerate(lines) if one.get("finding") == "old_browser"]
    assert [one["event"] for one in lines[judged[0] :]].count("syn") == 0


def test_every_finding_has_an_example() -> None:
    assert EXAMPLES.keys() == {one.kind for one in FINDINGS}
    assert {one.kind for one in SUMMARY_FINDINGS} <= CASES.keys()


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda one: one.kind)
def test_an_example_is_reported_as_itself(finding: Any) -> None:
    kinds, events = reported(finding.kind)
    assert finding.kind in kinds
    assert events.count(finding.kind) == finding.is_stored


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda one: one.kind)
def test_the_core_and_the_list_agree(finding: Any) -> None:
    number = FINDINGS.index(finding)
    assert ffi.string(lib.hg_host_finding_name(number)).decode() == finding.kind
    assert lib.hg_host_finding_name(len(FINDINGS)) == ffi.NULL


def test_words_of_the_list() -> None:
    """A topic without a question, or a question without words, would be lost silently."""
    topics = {one["topic"] for one in summary_answers()}
    assert set(typing.get_args(Topic)) <= topics
    for one in FINDINGS:
        assert one.weight in typing.get_args(Weight)
        assert bool(one.answer) == (one.topic not in (None, "systems"))
        assert one.is_stored >= one.is_forgeable, one.kind


def summary_answers() -> list[dict[str, str]]:
    analyzer = hg.Analyzer()
    return list(Summary(analyzer.database).as_dict(analyzer.stats)["answers"])


@pytest.mark.parametrize("kind", [one.kind for one in FINDINGS if one.topic == "out_of_date"])
def test_a_finding_is_part_of_the_answer_to_its_question(kind: str) -> None:
    analyzer = hg.Analyzer(database(kind))
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(EXAMPLES[kind]()):
        summary.add(batch)
    (words,) = (one.answer for one in FINDINGS if one.kind == kind)
    (text,) = (
        one["answer"] for one in summary.as_dict(analyzer.stats)["answers"] if one["topic"] == "out_of_date"
    )
    assert f"{words}: " in text


def test_a_mac_that_stays_takes_nothing() -> None:
    """Nor does one that is asked for, or takes another address."""
    one, other = "00:00:5e:00:53:01", "00:00:5e:00:53:02"
    frames = [
        arp("192.0.2.7", mac=one, operation=REPLY),
        arp("192.0.2.8", "192.0.2.7", mac=other),
        arp("192.0.2.7", mac=one, operation=REPLY),
    ]
    analyzer = hg.Analyzer(protocols=hg.PROTOCOLS)
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap([(START + number, frame) for number, frame in enumerate(frames)], 1)):
        summary.add(batch)
    assert summary.findings() == []
    (text,) = (
        one["answer"] for one in summary.as_dict(analyzer.stats)["answers"] if one["topic"] == "takeovers"
    )
    assert text == "no takeovers by ARP and Neighbor Discovery"
