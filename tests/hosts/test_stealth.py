"""FIN, NULL and Xmas scans, and packets that only look like theirs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.cli.output.event_choice import event_choice
from huginn_cffi.run.changes import FINDINGS
from tests.hosts.honest import ISN, talk
from tests.hosts.test_claims_and_worms import SECOND, findings
from tests.support.captures import Packet, pcap
from tests.support.packets import ACK, FIN, PSH, Ip4, Ip6, Tcp, ethernet, packet, timestamps
from tests.support.scans import START

HOST, TARGET = "192.0.2.9", "192.0.2.1"
URG = 32
TARGETS = [(TARGET, port) for port in range(1, 101)]
FOUND = [(HOST, "stealth_scan")]


def scan(
    flags: int, targets: Iterable[tuple[str, int]] = TARGETS, every: float = 0.01, **fields: Any
) -> list[Packet]:
    """Empty packets without an acknowledgement number, one to each target, as nmap -sF, -sN and -sX send."""
    sent = [
        packet(
            Ip4(HOST, address, ttl=50),
            Tcp(**{"dport": port, "flags": flags, "window": 1024, "options": b""} | fields),
        )
        for address, port in targets
    ]
    return [(START + round((10 + number * every) * SECOND), one) for number, one in enumerate(sent)]


def servers(count: int, port: int = 443) -> list[tuple[str, int]]:
    return [(f"198.51.100.{number + 1}", port) for number in range(count)]


def web(targets: list[tuple[str, int]], seen: str = "sca") -> list[Packet]:
    """Connections to the targets before the packets of `scan`."""
    talks = [
        talk(number / 100, (HOST, address), port, 40_000, seen)
        for number, (address, port) in enumerate(targets)
    ]
    return [one for packets in talks for one in packets]


@pytest.mark.parametrize("flags", [FIN, 0, FIN | PSH | URG, PSH, URG])
def test_a_scan_is_one_finding(flags: int) -> None:
    assert findings(scan(flags)) == FOUND
    assert findings(scan(flags, servers(60))) == FOUND
    assert findings(scan(flags, every=5)) == FOUND
    assert findings(scan(flags, seq=5, ack=5)) == FOUND


def test_the_scan_of_a_host_with_other_connections() -> None:
    assert findings([*web(servers(30)), *scan(FIN)]) == FOUND
    assert findings([*web(TARGETS[:50], seen="s"), *scan(0)]).count(FOUND[0]) == 1


def test_the_event_names_the_packet_that_completes_it() -> None:
    """The same one for any number of workers, in Ethernet with a VLAN tag, and in IPv6."""
    own = scan(FIN)
    tagged = [(time, ethernet(one, tags=((0x8100, 7),))) for time, one in own]
    six = [
        (time, packet(Ip6(), Tcp(dport=port, flags=0, options=b"")))
        for (time, _), (_, port) in zip(own, TARGETS, strict=True)
    ]
    for packets, link, source in ((own, 101, HOST), (tagged, 1, HOST), (six, 101, "2001:db8::1")):
        shown = []
        for workers in (1, 3):
            batches = hg.Analyzer(findings=True).batches(pcap(packets, link), workers=workers)
            [line] = [text for batch in batches for text in batch.render("json").splitlines()]
            shown.append(json.loads(line))
        assert shown[0] == shown[1]
        assert (shown[0]["src_ip"], shown[0]["finding"], shown[0]["handshake"]) == (
            source,
            "stealth_scan",
            "none",
        )
        assert 20 <= shown[0]["packet_number"] == shown[0]["dst_port"] <= 40
        assert shown[0].get("segment") == ("VLAN 7" if link == 1 else None)


def test_the_summary_names_the_scanner() -> None:
    analyzer = hg.Analyzer(senders=True)
    found = Summary(analyzer.database)
    for batch in analyzer.batches(pcap(scan(0))):
        found.add(batch)
    [finding] = [one for one in found.findings() if one["kind"] == "stealth_scan"]
    assert HOST in finding["text"]
    assert {one["topic"]: one["answer"] for one in found.answers()}[
        "scans"
    ] == f"FIN, NULL or Xmas packets: {HOST}"


def test_events_of_scans_include_it() -> None:
    assert event_choice(["scan"]).findings >> FINDINGS.index("stealth_scan") & 1


@pytest.mark.parametrize(
    "packets",
    [
        scan(FIN | ACK, servers(60)),
        scan(FIN | ACK, servers(60), seq=ISN + 1, ack=ISN + 1),
        scan(FIN, TARGETS[:1]),
        scan(FIN, TARGETS[:10] * 20),
        scan(0, TARGETS[:15]),
        scan(FIN, every=60),
        scan(0, servers(60), payload=b"GET / HTTP/1.1\r\n\r\n"),
        [*web(servers(60)), *scan(0, servers(60), ack=ISN + 1)],
        [*web(servers(60)), *scan(FIN, servers(60), ack=ISN + 1)],
        scan(0, servers(60), options=b"\x01\x01" + timestamps(1, 2)),
        [*web(servers(60)), *scan(FIN, servers(60), seq=ISN + 1)],
        [*web(servers(60), seen="sc"), *scan(0, servers(60))],
    ],
    ids=[
        *("late FINs", "late FINs with numbers", "one odd packet", "ten targets again and again"),
        *("few targets", "25 targets in 25 minutes", "a middlebox that clears flags of data"),
        *("of acknowledgements", "of FINs", "of packets with timestamps"),
        *("a firewall that ends connections", "which it saw answered"),
    ],
)
def test_what_is_no_stealth_scan(packets: list[Packet]) -> None:
    assert FOUND[0] not in findings(packets)


def test_a_flood_of_forged_senders_is_no_scan() -> None:
    """Many senders, one packet each."""
    packets = [
        (
            START + number * 1000,
            packet(Ip4(f"203.0.{number // 250}.{number % 250 + 1}", TARGET), Tcp(flags=0, options=b"")),
        )
        for number in range(5000)
    ]
    assert findings(packets) == []
