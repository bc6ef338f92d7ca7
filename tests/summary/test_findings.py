"""Findings: each from captures made for it, and none where nothing is odd."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from tests.support.captures import Packet, pcap
from tests.support.conversations import SERVER
from tests.support.devices import dhcp
from tests.support.devices.made import MAC, capture
from tests.support.packets import (
    ACK,
    NOP,
    SOK,
    SYN,
    Ip4,
    Ip6,
    Tcp,
    mss,
    packet,
    timestamps,
    wscale,
)
from tests.support.sample import sample
from tests.support.ssh_model import CLIENT_SAYS, connection
from tests.support.summary_findings import (
    CASES,
    SECOND,
    START,
    by_scapy,
    linux,
    strange,
    three_behind_one_address,
    windows,
)


def found(packets: Sequence[Packet], max_inventory: int = 1000) -> list[dict[str, Any]]:
    return document(packets, max_inventory)["findings"]  # type: ignore[no-any-return]


def losses(packets: Sequence[Packet], max_inventory: int = 1000) -> list[dict[str, Any]]:
    return document(packets, max_inventory)["losses"]  # type: ignore[no-any-return]


def document(packets: Sequence[Packet], max_inventory: int) -> dict[str, Any]:
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database, max_inventory=max_inventory)
    for batch in analyzer.batches(pcap(packets)):
        summary.add(batch)
    return summary.as_dict(analyzer.stats)


ORDINARY = [linux(f"192.0.2.{last}", 64 - last) for last in range(1, 7)]


def test_nothing_odd() -> None:
    assert found([]) == []
    assert found(ORDINARY) == []


def test_forged_packets_are_no_scan() -> None:
    """Scapy makes packets; their addresses may be anybody's. Nmap's show a scanner."""
    (forged,) = found([by_scapy("192.0.2.1"), by_scapy("192.0.2.2")])
    assert (forged["kind"], forged["packets"]) == ("forged_packets", 2)
    assert forged["text"] == (
        "192.0.2.1, 192.0.2.2 sent hand-made packets, or somebody forged their addresses (Scapy)"
    )
    nmap = START, packet(Ip4("192.0.2.3", ttl=50, fragment=0), Tcp(window=1024, options=mss(1460)))
    kinds = {one["kind"]: one["hosts"] for one in found([by_scapy("192.0.2.1"), nmap])}
    assert kinds == {"scanner": ["192.0.2.3"], "forged_packets": ["192.0.2.1"]}


def banners(server: str, numbers: range) -> list[Packet]:
    """Connections to a server that shows another version in each."""
    old, new = (ipaddress.ip_address(one).packed for one in (SERVER, server))
    return [
        (START + 60 * SECOND, frame.replace(old, new))
        for number in numbers
        for frame in connection(CLIENT_SAYS, b"SSH-2.0-OpenSSH_9.%d\r\n" % number, port=40000 + number)
    ]


def test_packets_whose_name_was_displaced_do_not_count() -> None:
    """Names that connections show displace a forged packet's. The finding stays, without a packet."""
    # The addresses have the same sum, so checksums stay right. A full host takes only names of other hosts.
    others = [*banners("198.50.100.3", range(32)), *banners("198.52.100.1", range(32, 64))]
    packets = [by_scapy(SERVER), *others, *banners(SERVER, range(64))]
    alone, both = (
        next(one for one in found(frames) if one["kind"] == "forged_packets")
        for frames in (packets, [by_scapy("192.0.2.9"), *packets])
    )
    assert (alone["hosts"], alone["packets"]) == ([SERVER], 0)
    assert (both["hosts"], both["packets"]) == (["192.0.2.9", SERVER], 1)
    assert both["first_seen"] == both["last_seen"] == alone["first_seen"] < alone["last_seen"]


@pytest.mark.parametrize("kind", CASES)
def test_one_of_each(kind: str) -> None:
    packets, hosts = CASES[kind]
    (finding,) = found(packets)
    assert (finding["kind"], finding["hosts"], finding["host_count"]) == (kind, hosts, len(hosts))


def test_headlines_are_short_and_the_first_is_of_most_use() -> None:
    """A scan and an old system before what only has to be known; at most three hosts in a line."""
    hosts = [f"192.0.2.{last}" for last in range(1, 6)]
    packets = [packet for host in hosts for packet in (linux(host), windows(host))]
    packets += [linux("198.51.100.1", dport=port) for port in range(1, 26)]
    scan, several = found([*packets, *(by_scapy(f"203.0.113.{last}") for last in range(1, 3))])[:2]
    assert scan["headline"] == "198.51.100.1 scanned many ports of an address"
    assert several["headline"] == (
        "192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more showed systems that contradict each other"
    )
    assert several["headline"] != several["text"]


def printer() -> list[Packet]:
    """An HP printer over IPv6, whose SYN looks like DragonFly's and whose answer like Windows'."""
    options = mss(1440) + NOP + wscale(0) + NOP + NOP + SOK
    own, other = "fe80::2", "fe80::3"
    syn = Tcp(dport=5357, window=8640, options=options + NOP + NOP + timestamps(9000))
    answer = Tcp(sport=3910, window=8640, flags=SYN | ACK, ack=1, options=options)
    ip = Ip6(own, other)
    return [(START, packet(ip, answer)), (START + 1, packet(ip, syn))]


def answers(source: str, ttl: int, window: int, options: bytes, own: bytes) -> list[Packet]:
    """A SYN, and the SYN+ACK to an MSS alone, as Nmap sends it."""
    ip = Ip4(source, ttl=ttl, identification=0)
    answer = Tcp(sport=22, window=window, flags=SYN | ACK, ack=1, options=options)
    return [(START, packet(ip, Tcp(window=65535, options=own))), (START + 1, packet(ip, answer))]


APPLE = mss(1460) + NOP + wscale(6) + NOP + NOP + timestamps(9000) + SOK + b"\0\0"
OLD_WINDOWS = mss(1460) + NOP + NOP + SOK

FEWER = {
    "families": printer(),
    "answer of FreeBSD, macOS or Linux": answers("192.0.2.9", 64, 65535, mss(1460), APPLE),
    "versions of Windows": [
        (START, packet(Ip4("192.0.2.9", ttl=128), Tcp(window=16384, options=OLD_WINDOWS))),
        windows("192.0.2.9"),
    ],
    "ports": [linux("192.0.2.1", dport=port) for port in range(1, 25)],
    "hops": [linux("192.0.2.9", 64), linux("192.0.2.9", 61, dport=81)],
    "strangers": [strange(f"192.0.2.{last}") for last in range(4)],
    "networks": [linux(f"{net}.1.2.3", 55) for net in range(20, 29)],
    "networks at several distances": [
        *(linux(f"{net}.1.2.3", 55) for net in range(20, 30)),
        *(linux(f"{net}.1.2.3", 50) for net in range(40, 43)),
    ],
}


@pytest.mark.parametrize("case", FEWER)
def test_a_little_less_is_no_finding(case: str) -> None:
    assert found(FEWER[case]) == []


def test_one_host_far_from_its_neighbours() -> None:
    near = [linux(f"192.0.2.{last}", 60) for last in range(1, 7)]
    (finding,) = found([*near, linux("192.0.2.77", 50)])
    assert (finding["kind"], finding["hosts"]) == ("hops", ["192.0.2.77"])
    assert finding["text"] == "192.0.2.77 stood 4 hops or more away from the rest of the /24"


def test_a_text_names_the_first_hosts_and_counts_the_others() -> None:
    hosts = [f"192.0.2.{last}" for last in range(5, 0, -1)]
    (finding,) = found([made(host) for host in hosts for made in (linux, windows)])
    assert finding["hosts"] == hosts[::-1]
    assert finding["text"].startswith("192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more showed systems ")


def test_memory_is_bounded_and_what_is_left_out_is_counted() -> None:
    packets = [linux(f"192.0.2.{last}") for last in range(1, 9)]
    assert found(packets, max_inventory=3) == []
    (loss,) = losses(packets, max_inventory=3)
    assert (loss["kind"], loss["count"]) == ("limit", 5)


def test_the_sample() -> None:
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(sample()):
        summary.add(batch)
    (scanner,) = summary.findings()
    assert scanner["text"].endswith("192.0.2.66 sent packets typical of scanners (NMap SYN scan)")
    assert scanner["first_seen"] == scanner["last_seen"] == "2026-01-15T10:00:05.000000000Z"


def test_one_host_cannot_fill_the_memory() -> None:
    """What others share is still found after a host of very many signatures."""
    many = [strange("192.0.2.1", window) for window in range(1, 1031)]
    shared = [strange(f"198.51.100.{last}", 40000) for last in range(1, 6)]
    every = found([*many, *shared])
    (unknown,) = (finding["text"] for finding in every if finding["kind"] == "unknown_signature")
    assert unknown.startswith("1 signature without a name, shared by 5 hosts ")


def test_several_systems_behind_one_address() -> None:
    shared, several = found(three_behind_one_address())
    assert (shared["kind"], several["kind"]) == ("several_systems", "contradicting_systems")
    assert shared["text"] == (
        "192.0.2.7 had several systems behind one address, as behind address translation (at least 2 systems)"
    )
    assert (shared["packets"], shared["hosts"]) == (24, ["192.0.2.7"])
    assert shared["first_seen"] < shared["last_seen"]


def test_a_finding_names_its_host_where_it_is_completed() -> None:
    """As comments of captures have it: once for each host, at the row that completes it."""
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    told = []
    for batch in analyzer.batches(
        pcap([*three_behind_one_address(), linux("192.0.2.9"), windows("192.0.2.9")])
    ):
        summary.add(batch)
        told += [
            (batch._cells.packet_number[one.row], one.kind, one.text) for one in summary.hosts.completed()
        ]
    kinds = [(kind, text.split()[0]) for _, kind, text in told]
    assert kinds == [
        ("contradicting_systems", "192.0.2.7"),
        ("several_systems", "192.0.2.7"),
        ("contradicting_systems", "192.0.2.9"),
    ]
    assert told[0][0] == 2, "the second system"
    assert told == sorted(told)
    assert told[-1][0] == 26


def test_times_apart_are_told_by_day() -> None:
    early = [linux(f"192.0.2.20{last}", at=last * 400 * 86_400 * SECOND) for last in range(1, 5)]
    usual = [linux(f"198.51.{n}.1", 64 - n % 3) for n in range(1, 90)]
    (finding,) = found([*usual, *early])
    assert finding["text"] == (
        "4 handshakes with a time far from the rest (1971-02-05, 1972-03-11, 1973-04-15 and 1 more): "
        "a wrong clock or a damaged record"
    )
    assert (finding["packets"], finding["hosts"]) == (4, [])


@pytest.mark.parametrize("count", [1, 8, 9, *range(10, 300, 29), 300])
def test_leases_are_no_limit(count: int) -> None:
    """A server leases as many addresses as it has clients, which need not send anything else."""
    clients = [
        (f"02:00:00:00:{n >> 8:02x}:{n & 255:02x}", f"10.0.{n >> 8}.{n & 255}") for n in range(2, count + 2)
    ]
    frames = [
        dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr=ip, mac=mac), mac=MAC)
        for mac, ip in clients
    ]
    analyzer = hg.Analyzer(protocols=PROTOCOLS, senders=True)
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(capture(frames)):
        summary.add(batch)
    assert summary.findings() == []


@pytest.mark.parametrize("hour", range(24))
def test_a_capture_across_midnight_has_one_clock(hour: int) -> None:
    """Handshakes of two hours, of which at most an eighth is on one side of midnight."""
    midnight = START - START % (86_400 * SECOND)
    begin = midnight + hour * 3600 * SECOND
    for minutes in (*range(0, 120, 2), *range(60, 120)), (*range(60), *range(0, 120, 2)):
        times = sorted(begin + minute * 60 * SECOND for minute in minutes)
        assert found([linux("192.0.2.1", at=at) for at in times]) == []


@pytest.mark.parametrize("days", [0, 3])
def test_days_without_handshakes_make_a_time_far_from_the_rest(days: int) -> None:
    """A gap of at least a day between events, wherever midnight is."""
    for hour in range(0, 24, 5):
        first = START - START % (86_400 * SECOND) + hour * 3600 * SECOND
        usual = [linux(f"198.51.{n}.1", 64 - n % 3, at=first + n * SECOND) for n in range(1, 90)]
        late = linux("192.0.2.1", at=first + (days * 24 + 3) * 3600 * SECOND)
        assert [one["kind"] for one in found([*usual, late])] == ["time"] * (days > 2), hour


def test_no_capture_is_from_after_2100(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decades = [linux("192.0.2.1", at=year * 365 * 86_400 * SECOND) for year in range(0, 60, 4)]
    assert found(decades) == []
    damaged = [*decades, linux("192.0.2.1", at=((1 << 32) - 1) * SECOND)]
    (finding,) = found(damaged)
    assert (finding["kind"], finding["packets"]) == ("time", 1)
    assert "(2106-02-07)" in finding["text"]
    path = tmp_path / "some.pcap"
    early = linux("192.0.2.1", at=86_400 * SECOND)
    path.write_bytes(pcap([early, *(linux(f"198.51.{n}.1") for n in range(1, 90))]))
    assert main(["pcap", "--summary", str(path)]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("Time "))
    assert line.startswith("Time      1970-01-02T00:00:00.000000000Z to 2025-10-09T")
    assert line.endswith("Z, some of a wrong clock")


DAY = 86_400 * SECOND


def one_syn(address: str, day: int, port: int, is_linux: bool) -> Packet:
    ip = Ip6(address) if ":" in address else Ip4(address, ttl=64 if is_linux else 128)
    old = Tcp(sport=port, window=16384, options=mss(1460) + NOP + NOP + SOK)
    return day * DAY, packet(ip, linux_syn(port) if is_linux else old)


def linux_syn(port: int) -> Tcp:
    return Tcp(sport=port, window=64240, options=mss(1460) + SOK + timestamps(1000) + NOP + wscale(7))


@pytest.mark.parametrize("turned", [False, True])
def test_hosts_with_equal_handshakes_count_as_each_alone(turned: bool) -> None:
    """Equal SYNs of other days, networks, ports and numbers: 16,630 is the day when XP's support was over."""
    kinds = [*product((16_629, 16_630), ("10.0.0.{}", "8.8.8.{}", "fd00::{}"), (1100, 50_000), (True, False))]
    packets = [
        one_syn(place.format(2 * number + copy), day, port, is_linux)
        for copy in (1, 2)
        for number, (day, place, port, is_linux) in enumerate(kinds)
    ]
    packets.sort(reverse=turned)
    packets.sort(key=lambda one: one[0])
    whole, alone = Counter[str](), Counter[str]()
    for group in (packets, *([one] for one in packets)):
        found = document(group, 1000)
        counted = whole if group is packets else alone
        counted.update({one["kind"]: one["host_count"] for one in found["findings"] if one["host_count"]})
        counted.update(found["devices"])
    assert whole == alone
    assert whole == {"old_system": 4, "computer": 16}
