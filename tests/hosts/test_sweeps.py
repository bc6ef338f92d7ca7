"""Sweeps of a link by ARP or Neighbor Discovery, and what only looks like one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import PROTOCOLS
from tests.support.captures import pcap
from tests.support.devices import captured, dhcp
from tests.support.devices.arp import NOBODY, REPLY, arp
from tests.support.devices.made import MAC, OTHER_MAC, datagram
from tests.support.devices.neighbor import advertise, route, solicit
from tests.support.in_process import run_in_process_as_text as run
from tests.support.sweeps import ASKER, Timed, asked, others, timed


def reply(ip: str) -> bytes:
    """The host answers the one that asks."""
    number = int(ip.rsplit(".", 1)[1])
    return arp(ip, ASKER, operation=REPLY, mac=f"00:00:5e:00:53:{number:02x}")


def forwarded(mac: str) -> list[bytes]:
    """A router's frames with packets from five remote addresses."""
    there = range(1, 6)
    return [datagram(b"x", 53, 5300, source=f"198.51.100.{number}", mac=mac) for number in there]


def summary(packets: Timed, workers: int = 1) -> Summary:
    analyzer = hg.Analyzer(protocols=PROTOCOLS, senders=True)
    found = Summary(analyzer.database, protocols=PROTOCOLS)
    for batch in analyzer.batches(pcap(packets, 1), workers=workers):
        found.add(batch)
    return found


def scans(packets: Timed) -> list[str]:
    """Findings about scans, and the scans of all hosts, which agree."""
    found = summary(packets)
    records = [text for one in found.hosts.values() for text in one["scans"]]
    kinds = [one["kind"] for one in found.findings() if one["kind"].endswith("_scan")]
    assert kinds == ["horizontal_scan"] * bool(records)
    return records


def test_a_sweep() -> None:
    packets = timed(asked(others(254)))
    assert scans(packets) == ["254 addresses by ARP in 3 seconds, 100 a second, none answered"]
    found = summary(packets)
    answers = {one["topic"]: one["answer"] for one in found.answers()}
    assert answers["scans"] == f"many addresses that did not answer: {ASKER}"
    [finding] = [one for one in found.findings() if one["kind"] == "horizontal_scan"]
    assert "254 addresses by ARP" in finding["text"]


def test_a_sweep_of_ipv6() -> None:
    targets = [f"fe80::{number:x}" for number in range(16, 216)]
    packets = timed([solicit("fe80::7", target) for target in targets])
    assert scans(packets) == ["200 addresses by Neighbor Discovery in 2 seconds, 100 a second, none answered"]


def test_answers_are_counted() -> None:
    """With answers in sight, as few targets as of a TCP scan are enough."""
    there = others(5)
    packets = timed([*asked(there), *map(reply, there), *asked(others(30, 6))])
    assert scans(packets) == ["35 addresses by ARP in less than 1 second, 87 a second, 5 answered"]
    six = [f"fe80::{number:x}" for number in range(16, 50)]
    answer = advertise(six[0], destination="fe80::7", mac=OTHER_MAC)
    packets = timed([solicit("fe80::7", six[0]), answer, *(solicit("fe80::7", one) for one in six[1:])])
    assert scans(packets)[0].endswith("1 answered")


def events(packets: Timed, **options: Any) -> list[dict[str, Any]]:
    analyzer = hg.Analyzer(protocols=PROTOCOLS, findings=True, senders=True)
    batches = analyzer.batches(pcap(packets, 1, nanoseconds=True), **options)
    lines = [json.loads(line) for batch in batches for line in batch.render("json").splitlines()]
    return [one for one in lines if one["event"] == "finding"]


def test_a_sweep_is_an_event() -> None:
    """After 129 requests at 100 a second, 101 had a second for an answer."""
    [one] = events(timed(asked(others(254))))
    assert (one["finding"], one["src_ip"], one["handshake"]) == ("horizontal_scan", ASKER, "none")
    assert one["finding_mac"] == MAC
    assert (one["dst_ip"], one["src_port"], one["dst_port"]) == (others(254)[one["packet_number"] - 1], 0, 0)
    six = timed([solicit("fe80::7", f"fe80::{number:x}") for number in range(16, 270)])
    assert [one["src_ip"] for one in events(six)] == ["fe80::7"]


@pytest.mark.parametrize("every", [0.001, 0.002, 0.005, 0.01])
@pytest.mark.parametrize("count", [110, 254, 512])
@pytest.mark.parametrize("after", [None, 0.5, 60.0])
def test_a_sweep_is_an_event_within_a_second_of_its_end(
    every: float, count: int, after: float | None
) -> None:
    """Whatever follows: the end of the capture, other hosts, or the same host a minute later."""
    packets = timed(asked(others(count)), every=every)
    end = packets[-1][0]
    if after is not None:
        later = timed([arp("10.0.0.250", "10.0.0.251", mac=OTHER_MAC), *asked(others(1))], 1.0)
        packets += [(end + round(after * 10**9) + at - later[0][0], data) for at, data in later]
    [one] = events(packets)
    assert (one["finding"], one["src_ip"]) == ("horizontal_scan", ASKER)
    assert one["packet_number"] <= count
    for workers in (2, 3):
        assert events(packets, workers=workers) == [one]


def test_a_sweep_in_two_passes_is_one_event() -> None:
    fast = timed(asked(others(254)), every=0.002)
    assert len(events([*fast, *timed(asked(others(254)), every=0.002, begin=1.1)])) == 1


def test_each_of_many_sweeps_is_an_event() -> None:
    """More hosts than wait for their judgement at once."""
    frames = [
        arp(f"10.0.7.{host}", f"10.0.{host}.{number}", mac=f"00:00:5e:00:53:{host:02x}")
        for host in range(1, 41)
        for number in range(1, 121)
    ]
    found = events(timed(frames, every=0.001))
    assert [one["src_ip"] for one in found] == [f"10.0.7.{host}" for host in range(1, 41)]


@pytest.mark.parametrize("network", ["quiet", "busy"])
def test_requests_that_are_answered_are_no_event(network: str) -> None:
    there = others(150)
    packets = timed([frame for ip in there for frame in (*asked([ip]), reply(ip))])
    more = timed(asked(others(24, 151)), begin=10.0) if network == "busy" else []
    assert events([*packets, *more]) == []


def test_the_command_reads_requests_for_findings(tmp_path: Path) -> None:
    capture = tmp_path / "sweep.pcap"
    capture.write_bytes(pcap(timed(asked(others(254))), 1))
    for name in ("scan", "finding", "horizontal_scan"):
        done = run("pcap", "--events", name, "--format", "json", str(capture))
        assert [json.loads(line)["src_ip"] for line in done.stdout.splitlines()] == [ASKER], name
        capture.with_name("router.pcap").write_bytes(pcap(LOOK_ALIKES["a router that forwards"], 1))
        done = run("pcap", "--events", name, "--format", "json", str(capture.with_name("router.pcap")))
        assert done.stdout == "", name


LOOK_ALIKES: dict[str, Timed] = {
    "few without an answer": timed(asked(others(60))),
    "24 beside answers": timed([*asked(others(2)), *map(reply, others(2)), *asked(others(24, 3))]),
    "all there": timed([frame for ip in others(150) for frame in (*asked([ip]), reply(ip))]),
    "heard before": timed(
        [*(arp(ip, "10.0.0.250", mac=OTHER_MAC) for ip in others(150)), *asked(others(150))]
    ),
    "one address again and again": timed(asked(others(1) * 300)),
    "dead hosts, checked again and again": timed(asked(others(101) * 20)),
    "slow": timed(asked(others(254)), every=20.0),
    "a computer after its start": timed(asked(others(30)), every=0.066),
    "a DHCP server that probes addresses": timed(asked(others(60)), every=1.0),
    "monitoring of hosts of which some are off": [
        at
        for minute in range(5)
        for at in timed(
            [
                frame
                for i, ip in enumerate(others(100))
                for frame in (asked([ip]) + [reply(ip)] * (i % 5 > 0))
            ],
            every=0.005,
            begin=60.0 * minute,
        )
    ],
    "a router that announces itself": timed([route(mac=MAC), *asked(others(254))]),
    "a virtual router that forwards": timed(
        [*forwarded("00:00:5e:00:01:07"), *asked(others(254), mac="00:00:5e:00:01:07")]
    ),
    "announcements": timed([arp(ip, ip) for ip in others(254)]),
    "replies": timed([arp(ASKER, ip, operation=REPLY) for ip in others(254)]),
    "a router that forwards": timed([*forwarded(MAC), *asked(others(254))]),
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_is_no_sweep(name: str) -> None:
    assert scans(LOOK_ALIKES[name]) == []
    if "again and again" not in name:  # the first round may be a sweep
        assert events(LOOK_ALIKES[name]) == []


def self_made_lease() -> list[bytes]:
    """A station leases an address, and names itself as router."""
    return [
        arp("10.0.0.9", "10.0.0.1", mac=OTHER_MAC),
        dhcp.from_server(
            dhcp.message(
                dhcp.option(3, bytes((10, 0, 9, 9))), kind=dhcp.ACK, op=2, yiaddr="10.0.0.9", mac=OTHER_MAC
            )
        ),
    ]


HIDDEN: dict[str, list[bytes]] = {
    "without an address": [arp(NOBODY, ip) for ip in others(254)],
    "without an address, IPv6": [solicit("::", f"2001:db8::{number:x}") for number in range(1, 255)],
    "a virtual MAC": asked(others(254), mac="00:00:5e:00:01:07"),
    "four remote addresses": [*forwarded(MAC)[:4], *asked(others(254))],
    "a lease of its own": [*self_made_lease(), *asked(others(254))],
    "from changing addresses": [
        frame for at, ip in enumerate(others(254)) for frame in asked([ip], f"10.0.9.{1 + at // 20}")
    ],
    "from the address that it asks for next": [
        frame for at, ip in enumerate(others(254)) for frame in asked([ip], others(255)[at + 1])
    ],
    "unicast": [bytes.fromhex("00005e0053ff") + frame[6:] for frame in asked(others(254))],
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_sweep_that_hides(name: str) -> None:
    assert len(scans(timed(HIDDEN[name]))) == 1
    [event] = events(timed(HIDDEN[name]))
    assert event["finding_mac"] == ("00:00:5e:00:01:07" if name == "a virtual MAC" else MAC)


def test_requests_in_anothers_name_count_for_the_frame() -> None:
    """The address has another MAC, and its owner is not accused, whatever the request states."""
    forged = [arp(ASKER, ip, mac=MAC, source=OTHER_MAC) for ip in others(254)]
    for packets in (forged, asked(others(254), mac=OTHER_MAC)):
        found = summary(timed([*asked(["10.0.0.1"] * 3), *packets]))
        by_name = {one["ip"] or one["mac"]: one["scans"] for one in found.hosts.values()}
        assert by_name[ASKER] == []
        assert len(by_name[OTHER_MAC]) == 1
        [event] = events(timed([*asked(["10.0.0.1"] * 3), *packets]))
        assert (event.get("src_ip"), event["finding_mac"]) == (None, OTHER_MAC)


def test_workers_change_nothing() -> None:
    packets = timed([*asked(others(254)), *map(reply, others(60))])
    one, several = (summary(packets, workers) for workers in (1, 3))
    assert one.findings() == several.findings()
    assert [*one.hosts.values()] == [*several.hosts.values()]


def test_a_sweep_of_the_corpus() -> None:
    if not (path := captured.SHARED / "corpus" / "zeek__nmap-vsn.pcap").is_file():
        pytest.skip("needs ../shared")
    assert scans_of(path) == [
        ("192.168.1.71", ["245 addresses by ARP in 1 second, 270 a second, none answered"])
    ]


def scans_of(path: Path) -> list[tuple[str, list[str]]]:
    analyzer = hg.Analyzer(protocols=PROTOCOLS)
    found = Summary(analyzer.database, protocols=PROTOCOLS)
    for batch in analyzer.batches(path):
        found.add(batch)
    by_link = ((one["ip"], [text for text in one["scans"] if " by " in text]) for one in found.hosts.values())
    return [(ip, texts) for ip, texts in by_link if texts]
