"""News about devices as events: each once, and no flood, proxy or virtual router makes more of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli.output.event_choice import EventChoice, event_choice
from huginn_cffi.hosts.inventory import Inventory
from sigcompiler.schema.rows import DEVICE_CHANGES
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp, neighbor, neighbours, smb, ssdp
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, datagram, frame
from tests.support.devices.news import (
    ANDROID,
    DAY,
    GATEWAY,
    HSRP,
    RANDOM,
    SECOND,
    START,
    VRRP,
    WINDOWS,
    answers,
    mac,
    news,
    records,
    records_of,
    seen,
    states,
)
from tests.support.in_process import run_in_process_as_text as run
from tests.support.packets import Ip4, Ip6
from tests.support.sanitizers import SANITIZED
from tests.support.tunnels import UDP, udp


def changes(packets: list[Packet], **options: Any) -> list[str]:
    return [change for change, *_ in news(packets, **options)]


# ---- devices ------------------------------------------------------------------------------------------


def test_a_device_is_new_once() -> None:
    packets = [seen(at, 1, ip) for at, ip in enumerate(("10.0.0.7", "10.0.0.7", "10.0.0.8"))]
    assert news(packets) == [("device_new", mac(1), "10.0.0.7")]


def probe(at: float, source: str, target: str = "fe80::7") -> Packet:
    return START + round(at * SECOND), neighbor.solicit(source, target, mac=mac(1))


def test_a_device_that_tries_an_address_is_new_with_it() -> None:
    trial = probe(0, neighbor.NOBODY)
    assert news([trial, probe(1, "fe80::7", "fe80::1")]) == [("device_new", mac(1), "fe80::7")]
    assert news([trial, seen(1, 1, "0.0.0.0"), seen(2, 1, "10.0.0.7"), seen(3, 1, "10.0.0.7")]) == [
        ("device_new", mac(1), "10.0.0.7")
    ]
    nameless = [("device_new", mac(1), None)]
    assert news([trial]) == news([trial, probe(2, neighbor.NOBODY)]) == nameless
    [first] = records([trial, seen(7, 2, "10.0.0.9")])[0][:1]
    assert (first["mac"], first["packet_number"]) == (mac(1), 1), "it has no address after five seconds"
    assert news([trial, probe(20, "fe80::7", "fe80::1")]) == nameless


def test_a_flood_of_nameless_devices_is_told_once_each() -> None:
    packets = [
        (START + at * SECOND // 100, neighbor.solicit(neighbor.NOBODY, "fe80::7", mac=mac(at % 200)))
        for at in range(400)
    ]
    assert sorted(news(packets)) == [("device_new", one, None) for one in sorted(map(mac, range(200)))]


def spoken(at: float, source: str, *, own: str = mac(1), ttl: int = 64, target: str = "10.0.0.8") -> Packet:
    """A datagram that no reader reads."""
    ip = Ip6(source, target, ttl, protocol=UDP) if ":" in source else Ip4(source, target, ttl, protocol=UDP)
    return START + round(at * SECOND), datagram(b"x", 5000, 9999, ip=ip, mac=own)


@pytest.mark.parametrize(
    ("source", "more"),
    [("10.0.0.7", {}), ("fd00::7", {"target": "fd00::8"}), ("10.0.0.7", {"target": "224.0.0.9", "ttl": 1})],
)
@pytest.mark.parametrize("at", [0, 2])
def test_a_device_that_sends_only_ip_is_new(source: str, more: dict[str, Any], at: int) -> None:
    """Before the first event of a capture, after it, and without one."""
    one = spoken(at, source, **more)
    assert news([one, spoken(at + 1, source, **more)], senders=True) == [("device_new", mac(1), source)]
    packets = sorted([one, seen(1, 2, "10.0.0.9"), spoken(3, source, **more)])
    found = [("device_new", mac(1), source), ("device_new", mac(2), "10.0.0.9")]
    assert news(packets, senders=True) == (found if at == 0 else found[::-1])
    first = next(one for one in records(packets, senders=True)[0] if one["mac"] == mac(1))
    assert first["packet_number"] == 1 + (at > 0)
    assert isinstance(first["time"], str)


@pytest.mark.parametrize(
    "packets",
    [
        [spoken(0, "10.1.0.7", ttl=63)],
        [spoken(0, "10.1.0.7", ttl=4), spoken(1, "10.1.0.7", ttl=30)],
        [spoken(0, "203.0.113.7", ttl=50)],
        [spoken(0, "10.0.0.7", own=VRRP)],
        [spoken(0, "10.0.0.7", own=RANDOM)],
        [seen(0, 1, "10.0.0.7"), spoken(1, "10.0.0.7"), spoken(2, "10.0.0.7", own=mac(2))],
    ],
    ids=["routed", "traced route", "remote", "virtual router", "random MAC", "sent again"],
)
def test_packets_that_show_no_address_name_none(packets: list[Packet]) -> None:
    """Each MAC is new once, whatever it forwards or repeats; invented ones and groups are none."""
    found = news([*packets, *((at + SECOND, frame) for at, frame in packets)], senders=True)
    expected = {mac(1), mac(2)} & {":".join(re.findall("..", data[6:12].hex())) for _, data in packets}
    assert sorted(one for change, one, _ in found if change == "device_new") == sorted(expected)
    assert {ip for *_, ip in found} <= {None, "10.0.0.7"}


def other(at: float, ethertype: int, own: str = mac(1), tags: Sequence[int] = ()) -> Packet:
    """A frame that holds neither IP nor ARP, perhaps behind VLAN tags of these types."""
    types = [*tags, ethertype]
    behind = b"".join(b"\0\x0a" + one.to_bytes(2, "big") for one in types[1:])
    return START + round(at * SECOND), frame(behind + b"\1\1" + bytes(44), types[0], mac=own)


# EAPOL, PPPoE discovery, HomePlug, GOOSE, loopback, MACsec, experimental, IPX, MPLS, and a length as in STP
@pytest.mark.parametrize(
    "ethertype", [0x888E, 0x8863, 0x88E1, 0x88B8, 0x9000, 0x88E5, 0x88B5, 0x8137, 0x8847, 38]
)
@pytest.mark.parametrize("tags", [(), (0x8100,), (0x88A8, 0x8100)], ids=["untagged", "tagged", "twice"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_station_that_sends_no_ip_is_new(ethertype: int, tags: tuple[int, ...], workers: int) -> None:
    """Once, and its address is named if a packet shows it first."""
    packets = [other(at, ethertype, tags=tags) for at in range(3)]
    assert news(packets, senders=True, workers=workers) == [("device_new", mac(1), None)]
    if not tags:
        later = sorted([*packets, seen(-1, 1, "10.0.0.7")])
        assert news(later, senders=True, workers=workers) == [("device_new", mac(1), "10.0.0.7")]
    for own in (VRRP, RANDOM, "ffffffffffff", "000000000000"):
        assert news([other(0, ethertype, own, tags)], senders=True, workers=workers) == []


NOBODYS = {
    "a probe of ARP": (0x0806, arp("0.0.0.0", "10.0.0.7", mac=mac(1))[14:]),
    "another's ARP": (0x0806, arp("0.0.0.0", "10.0.0.7", mac=RANDOM)[14:]),
    "UDP": (0x0800, Ip4("0.0.0.0", "255.255.255.255", protocol=UDP).pack(udp(6000, b"x"))),
    "a bad message of DHCP": (
        0x0800,
        Ip4("0.0.0.0", "255.255.255.255", protocol=UDP).pack(udp(67, b"x", sport=68)),
    ),
    "a source that is a group": (0x0800, Ip4("224.0.0.5", "10.0.0.1", protocol=UDP).pack(udp(2, b"x"))),
    "MLD": (0x86DD, Ip6("::", "ff02::16", 1, protocol=58).pack(b"\x8f" + bytes(7))),
    "UDP of IPv6": (0x86DD, Ip6("::", "ff02::1", protocol=UDP).pack(udp(6000, b"x"))),
    "a forwarded packet": (0x0800, Ip4("10.0.0.9", "10.0.0.7", 63, protocol=UDP).pack(udp(2, b"x"))),
    "a label": (0x8847, b"\0\1\1\x40" + Ip4("10.0.0.9", "10.0.0.7", protocol=UDP).pack(udp(2, b"x"))),
    "IGMP": (0x0800, Ip4("0.0.0.0", "224.0.0.22", 1, protocol=2).pack(bytes(8))),
    "IP of version 7": (0x0800, b"\x75" + bytes(45)),
    "a part of a header": (0x0800, b"\x45\0"),
    "a part of a header of IPv6": (0x86DD, b"\x60\0"),
}


@pytest.mark.parametrize("name", NOBODYS)
@pytest.mark.parametrize("tags", [(), (0x8100,), (0x88A8, 0x8100)], ids=["untagged", "tagged", "twice"])
def test_a_station_that_names_no_address_is_new(name: str, tags: tuple[int, ...]) -> None:
    """Once, also in another capture format."""
    ethertype, body = NOBODYS[name]
    first, *behind = [*tags, ethertype]
    data = b"".join(b"\0\x0a" + one.to_bytes(2, "big") for one in behind) + body
    packets = [(START + at * SECOND, frame(data, first, mac=mac(1))) for at in range(3)]
    assert news(packets, senders=True) == [("device_new", mac(1), None)]
    assert VRRP not in [one for _, one, _ in news([(START, frame(data, first, mac=VRRP))], senders=True)]
    used = [seen(at, 1, "10.0.0.7") for at in (3, 4)]
    if not tags and ethertype != 0x0806:
        assert news([*packets, *used], senders=True) == news(used, senders=True), "its address comes in time"
        cooked = b"\0\1\0\1\0\6" + bytes.fromhex(mac(1).replace(":", "")) + b"\0\0"
        sent = pcap([(START, cooked + ethertype.to_bytes(2, "big") + body)], 113, nanoseconds=True)
        assert [one["mac"] for one in records_of(sent)] == [mac(1)]


@pytest.mark.parametrize(
    "packets",
    [
        [spoken(0, "203.0.113.7")],
        [spoken(0, "2001:db8::99", target="2001:db8:f::9")],
        [spoken(0, "203.0.113.7", ttl=50), spoken(1, "10.0.0.7")],
    ],
    ids=["public", "unknown network", "a router"],
)
def test_a_station_with_addresses_of_elsewhere_is_new(packets: list[Packet]) -> None:
    assert news(packets, senders=True) == [("device_new", mac(1), None)]


@pytest.mark.parametrize("ttl", [63, 64])
def test_copies_hide_no_station(ttl: int) -> None:
    """A mirror port at a router shows each packet twice, wherever blocks of packets end."""
    pairs = [[spoken(at, "10.0.0.7"), spoken(at, "10.0.0.7", own=mac(9), ttl=ttl)] for at in range(1200)]
    packets = [one for pair in pairs for one in pair]
    for workers in (1, 2):
        found = [("device_new", mac(1), "10.0.0.7"), ("device_new", mac(9), None)]
        assert sorted(news(packets, senders=True, workers=workers)) == found


# Data, encrypted data, null data, and frames of management: a probe request, a beacon
@pytest.mark.parametrize(
    ("control", "is_new"), [("0801", 1), ("0841", 1), ("4801", 1), ("4000", 0), ("8000", 0), ("b400", 0)]
)
@pytest.mark.parametrize("flags", [0, 0x40], ids=["whole", "damaged"])
def test_frames_of_wi_fi(control: str, is_new: int, flags: int) -> None:
    """Management is sent to everybody around, in no network."""
    own = bytes.fromhex(mac(1).replace(":", ""))
    radio = b"\0\0\x09\0\2\0\0\0" + bytes((flags,))
    data = radio + bytes.fromhex(control) + b"\0\0" + own + own + own + bytes(20)
    found = records_of(pcap([(START, data)], 127, nanoseconds=True))
    assert [one["mac"] for one in found] == [mac(1)] * (is_new and not flags)


def test_a_device_that_sends_only_ip_is_not_back() -> None:
    days = [spoken(at * 86_400, "10.0.0.7") for at in range(1, 60, 10)]
    packets = [seen(0, 1, "10.0.0.7"), *days, seen(60 * 86_400, 1, "10.0.0.7")]
    assert changes(packets, senders=True) == ["device_new"]


def test_without_device_news_there_is_none() -> None:
    with hg.Analyzer(changes=True, protocols=PROTOCOLS) as analyzer:
        batches = list(analyzer.batches(pcap([seen(0, 1, "10.0.0.7")], ETHERNET, nanoseconds=True)))
        assert [batch.count for batch in batches] == [1]
        assert analyzer.stats.events_by_kind["device_change"] == 0


def test_the_event_shows_what_is_known_of_the_device() -> None:
    described = neighbours.lldp_frame(neighbours.tlv(6, b"HP LaserJet 400"))
    said = (START, dhcp.from_client(dhcp.message(dhcp.option(60, b"Hewlett-Packard JetDirect"))))
    [one] = records([said, (START + 1, described)])[0]
    assert (one["change"], one["device_type"], one["device_manufacturer"]) == ("device_new", "printer", "HP")
    assert "src_ip" not in one


def test_a_device_is_back_after_the_time_of_absence() -> None:
    packets = [seen(at, 1, "10.0.0.7") for at in (0, 29 * 86_400, 60 * 86_400, 60 * 86_400 + 1)]
    first, back = records(packets)[0]
    assert (first["change"], back["change"]) == ("device_new", "device_back")
    assert back["unseen_seconds"] == 31 * 86_400
    assert changes(packets, absent=86_400) == ["device_new", "device_back", "device_back"]


YEAR = 366 * 86_400


@pytest.mark.parametrize("wrong", [10 * YEAR, -20 * YEAR])
def test_a_clock_that_was_wrong_once_hides_nothing_and_brings_nobody_back(wrong: int) -> None:
    before = [seen(0, 1, "10.0.0.7"), seen(1, 2, "10.0.0.8")]
    after = [seen(at, 1 + at % 2, "10.0.0.7") for at in range(201, 210)]
    once = [*before, seen(wrong, 1, "10.0.0.7"), *after]
    assert news(once) == news([*before, *after])
    assert "address_claimed" in changes(once)


WRONG_BY = [90, 1200, 3600, DAY // SECOND, 364 * 86_400, 10 * YEAR]
BEFORE = [seen(0, 1, "10.0.0.7"), seen(1, 2, "10.0.0.8")]
TAKEN = [seen(at, 1 + at % 2, "10.0.0.7") for at in range(201, 215)]


def ahead(packets: list[Packet], seconds: float) -> list[Packet]:
    return [(time_ns + round(seconds * SECOND), one) for time_ns, one in packets]


@pytest.mark.parametrize("by", WRONG_BY)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_clock_that_is_set_back_hides_no_takeover(by: int, workers: int) -> None:
    """Nor does it limit what is reported; a few packets show that it was no stray one."""
    wrong = ahead([*BEFORE, seen(200, 1, "10.0.0.7")], by)
    expected = news([*BEFORE, *TAKEN])
    assert "address_claimed" in {change for change, *_ in expected}
    assert news([*wrong, *TAKEN], workers=workers) == expected
    assert news(wrong, [*wrong, *TAKEN], workers=workers) == expected


@pytest.mark.parametrize("by", WRONG_BY)
def test_a_flood_before_the_clock_is_set_back_limits_nothing_after_it(by: int) -> None:
    flood = [seen(2 + at / 1000, 0x10000 + at, f"10.9.{at >> 8}.{at & 255}") for at in range(1100)]
    assert ("device_new", mac(3), "10.0.0.9") in news(
        [*ahead([*BEFORE, *flood], by + 100), *TAKEN, seen(220, 3, "10.0.0.9")]
    )


@pytest.mark.parametrize("by", WRONG_BY)
def test_an_older_capture_is_no_clock_that_was_set_back(by: int) -> None:
    """Nor are one or two old packets."""
    new, later = ahead(BEFORE, by + 300), ahead(TAKEN, by + 300)
    assert [change for change, *_ in news(new, TAKEN)] == ["device_new"] * 2
    assert news(new, TAKEN, later) == news(new, later)
    assert news([*new, *TAKEN[:2], *later]) == news([*new, *later])


@pytest.mark.parametrize("days", [40, 364])
def test_a_stray_packet_brings_nobody_back(days: int) -> None:
    """A capture that pauses for as long does."""
    later = [seen(days * 86_400 + at, 1, "10.0.0.7") for at in range(3)]
    assert changes([*BEFORE, later[0], *TAKEN]) == changes([*BEFORE, *TAKEN])
    for back in (later[:1], later):
        assert changes([*BEFORE, *back]) == ["device_new", "device_new", "device_back"]


@pytest.mark.parametrize("by", WRONG_BY)
def test_hosts_were_not_seen_when_a_clock_was_wrong(by: int) -> None:
    """Hosts that were not seen later were seen until it was set back."""
    wrong = [seen(by + at, 1, "10.0.0.7") for at in range(2)] + [seen(by + 5, 3, "10.0.0.9")]
    right = [seen(at, 2, "10.0.0.8") for at in range(2, 12)]
    for packets in ([*BEFORE, *wrong, *right], [*BEFORE, *right, *wrong]):
        with hg.Analyzer(protocols=PROTOCOLS, senders=True) as analyzer:
            hosts = Inventory(analyzer.database)
            for batch in analyzer.batches(pcap(packets, ETHERNET, nanoseconds=True)):
                hosts.add(batch)
        latest = max(host.last_seen_ns for host in hosts)
        assert latest == START + (11 if packets[-1] == right[-1] else by + 5) * SECOND


def test_randomised_macs_are_no_news_unless_asked_for() -> None:
    packets = [seen(0, 1, "10.0.0.7"), seen(1, RANDOM, "10.0.0.9"), seen(3600, RANDOM, "10.0.0.7")]
    assert changes(packets) == ["device_new"], "a phone may lease the address of a device that left"
    assert changes(packets, random_macs=True) == ["device_new", "device_new", "address_claimed"]


@pytest.mark.parametrize("prefix", ["52:54:00", "fa:16:3e", "0a:00:27", "02:50:56"])
def test_macs_of_virtual_machines_are_news(prefix: str) -> None:
    machine, phone = f"{prefix}:12:34:56", f"{prefix[:-1]}c:12:34:56"
    packets = [seen(0, machine, "10.0.0.7"), seen(1, phone, "10.0.0.9")]
    assert news(packets) == [("device_new", machine, "10.0.0.7")]


def test_a_randomised_mac_that_takes_an_address_in_use_is_news() -> None:
    """Phones do not do that."""
    packets = [seen(0, 1, "10.0.0.7"), seen(2, RANDOM, "10.0.0.7"), seen(3, RANDOM, "10.0.0.7")]
    assert news(packets) == [("device_new", mac(1), "10.0.0.7"), ("address_claimed", RANDOM, "10.0.0.7")]


def test_a_connection_does_not_show_the_mac_of_its_end() -> None:
    """The frames of a host behind a router have the MAC of the router."""
    frames = smb.connection(smb.setup2(smb.authenticate()))
    packets = [(START + at * 1000, data) for at, data in enumerate(frames)]
    with hg.Analyzer(device_news=True, protocols=PROTOCOLS) as analyzer:
        list(analyzer.batches(pcap(packets, ETHERNET, nanoseconds=True)))
        assert analyzer.stats.events_by_kind["smb"] > 0
        assert analyzer.stats.events_by_kind["device_change"] == 0


# ---- addresses ----------------------------------------------------------------------------------------


def uses(at: float, number: int | str, ip: str) -> list[Packet]:
    """Two packets of no protocol that is read."""
    return [spoken(at + n / 10, ip, own=number if isinstance(number, str) else mac(number)) for n in range(2)]


def test_an_address_that_is_claimed_is_one_event() -> None:
    packets = [seen(0, 1, "10.0.0.7"), seen(1, 2, "10.0.0.8"), seen(5, 2, "10.0.0.7"), seen(6, 2, "10.0.0.7")]
    *_, moved = found = records(packets)[0]
    assert len(found) == 3
    assert (moved["change"], moved["mac"], moved["device_ip"]) == ("address_claimed", mac(2), "10.0.0.7")
    assert (moved["previous_mac"], moved["change_count"]) == (mac(1), 2)
    assert moved["unseen_seconds"] == 5
    assert moved["source_mac"] == mac(2)
    assert moved.get("claimed_role") is None


@pytest.mark.parametrize("gap", [8, 400, 3 * 86_400])
@pytest.mark.parametrize("states", [[], [seen(-1, 1, "10.0.0.7")]], ids=["only IP", "also ARP"])
def test_an_address_that_is_used_moves(gap: int, states: list[Packet]) -> None:
    """Its new station states it first, as systems do; a lease of a known server explains it."""
    first = uses(0, 1, "10.0.0.7")
    after = [seen(gap, 2, "10.0.0.7"), *uses(gap + 1, 2, "10.0.0.7")]
    lease = [
        (START + at * SECOND, dhcp.from_server(one, mac=mac(5)))
        for at, one in (
            (-2, dhcp.message(LEASED, kind=dhcp.ACK, op=2, yiaddr="10.0.0.9", mac=mac(9))),
            (gap - 1, dhcp.message(LEASED, kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=mac(2))),
        )
    ]
    for more, expected in ([], ["address_moved"]), (lease[1:], ["address_moved"]), (lease, []):
        asks = [seen(gap - 1.5, 2, "0.0.0.0"), seen(-3, 9, "10.0.0.9")]
        found = records(sorted([*states, *first, *after, *more, *asks]), senders=True)[0]
        moved = [one for one in found if one["change"].startswith("address")]
        assert [one["change"] for one in moved] == expected
        if moved:
            assert (moved[0]["mac"], moved[0]["previous_mac"]) == (mac(2), mac(1))
            assert abs(moved[0]["unseen_seconds"] - gap) <= 1


LEASED = dhcp.option(51, (1 << 20).to_bytes(4, "big"))


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("workers", [1, 2])
def test_stations_that_use_an_address_in_turns_are_a_conflict(version: int, workers: int) -> None:
    """In one source: two captures prove none."""
    ip, to = ("10.0.0.7", "10.0.0.8") if version == 4 else ("fd00::7", "fd00::8")
    own = [spoken(10 * at, ip, own=mac(1 + at // 2 % 2), target=to) for at in range(20)]
    wanted = [("address_moved", mac(2), ip), ("address_conflict", mac(2), ip)]
    found = [one for one in news(own, senders=True, workers=workers) if one[0].startswith("address")]
    assert found == wanted
    apart = [[one for at, one in enumerate(own) if at // 2 % 2 == number] for number in range(2)]
    found = [one for one in news(*apart, senders=True, workers=workers) if one[0].startswith("address")]
    assert "address_conflict" not in [change for change, *_ in found]
    once = [*uses(0, 1, "10.0.0.7"), *uses(5, 2, "10.0.0.7"), *uses(10, 1, "10.0.0.7")]
    assert "address_conflict" not in changes(once, senders=True)


def test_a_flip_flop_is_reported_once_with_a_count() -> None:
    packets = [seen(at, 1 + at % 2, "10.0.0.7") for at in range(40)]
    found = records(packets)[0]
    assert [one["change"] for one in found] == ["device_new", "device_new", "address_claimed"]
    assert found[-1]["change_count"] == 20


def test_an_address_that_returns_after_hours_moves_each_time() -> None:
    """A service address in turns. It is no conflict."""
    packets = [one for at in range(10) for one in uses(at * 3600, 1 + at % 2, "10.0.0.7")]
    assert Counter(changes(packets, senders=True)) == {"device_new": 2, "address_moved": 9}


@pytest.mark.parametrize("shared", [VRRP, HSRP])
def test_a_virtual_router_may_move(shared: str) -> None:
    """Each MAC that takes the address is one event, since anybody can send with a virtual MAC."""
    packets = [seen(at, (1, shared, 2, shared)[at % 4], "10.0.0.1") for at in range(16)]
    assert Counter(changes(packets)) == {"device_new": 3, "address_claimed": 2}


def test_a_gateway_that_answers_for_everyone_is_one_event() -> None:
    hosts = range(2, 102)
    own = [seen(number / 10, number, f"10.0.0.{number}") for number in hosts]
    proxied = [answers(20 + number / 10, mac(1), f"10.0.0.{number}") for number in hosts]
    again = [seen(40 + number / 10, number, f"10.0.0.{number}") for number in hosts]
    found = [one for one in news([*own, *proxied, *again, *proxied]) if one[0] != "device_new"]
    assert found == [("address_claimed", mac(1), "10.0.0.2")]
    asks = seen(0, mac(1), "10.0.1.1")
    assert records([asks, *proxied, *again, *proxied])[1].device_news_left_out == 59, (
        "of 64 addresses of a MAC that are followed; the first ones are its own"
    )


def test_leases_of_months_make_no_gateway() -> None:
    leases = [seen(at * 86_400, 1, f"10.0.0.{7 + at}") for at in range(8)]
    taken = [seen(9 * 86_400, 2, "10.0.0.8"), seen(9 * 86_400 + 1, 2, "10.0.0.14")]
    assert changes([*leases, *taken]).count("address_claimed") == 2
    assert changes([*leases, taken[1]]).count("address_claimed") == 1


def test_a_mac_with_100_000_addresses_displaces_nothing() -> None:
    known = [seen(number / 100, number, f"10.0.1.{number}") for number in range(2, 100)]
    many = [seen(1 + n / 1000, 1, f"11.{n >> 16}.{n >> 8 & 255}.{n & 255}") for n in range(100_000)]
    later = [seen(200 + at, at, f"10.0.1.{at}") for at in range(2, 100)]
    assert Counter(changes([*known, *many, *later])) == {"device_new": 99}


# ---- roles --------------------------------------------------------------------------------------------


def test_a_new_dhcp_server_is_one_event() -> None:
    answer = dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.8"), mac=mac(5))
    forwarded = dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.8", giaddr="192.0.2.1")
    packets = [(START, answer), (START + SECOND, answer)]
    packets.append((START + 2 * SECOND, dhcp.from_server(forwarded, mac=mac(6))))
    found = [one for one in news(packets) if one[1] in (mac(5), mac(6))]
    server = "192.0.2.1"
    expected = [(change, mac(one), server) for one in (5, 6) for change in ("device_new", "new_dhcp_server")]
    assert found == expected
    random = [(START, dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.8"), mac=RANDOM))]
    assert ("new_dhcp_server", RANDOM, server) in news(random)


def test_a_new_router_is_one_event() -> None:
    named = ssdp.alive("NT: urn:schemas-upnp-org:device:InternetGatewayDevice:1", "USN: uuid:1")
    other = ssdp.alive("NT: urn:schemas-upnp-org:device:MediaServer:1", "USN: uuid:1")
    packets = [(START + at * SECOND, ssdp.sent(data)) for at, data in enumerate((other, named, named))]
    assert [(change, ip) for change, _, ip in news(packets)] == [
        ("device_new", "192.0.2.7"),
        ("new_router", "192.0.2.7"),
    ]
    switch = neighbours.tlv(7, (0x14).to_bytes(2, "big") * 2)
    assert sorted(changes([(START, neighbours.lldp_frame(switch))])) == ["device_new", "new_router"]


# ---- what a device states -----------------------------------------------------------------------------


def test_another_system_for_long_is_a_change() -> None:
    packets = [states(at, WINDOWS) for at in (0, 60)] + [states(at, ANDROID) for at in (120, 180, 1000, 2000)]
    assert changes(packets) == ["device_new", "device_changed"]
    *_, changed = records(packets)[0]
    assert changed["device_system"] == "Android"
    assert (changed["before"], changed["after"]) == ("Windows", "Android 14")


NAMED, OFFICE_PC = b"Pixel-7", b"DESKTOP-1A2B3C4"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (b"", "Android 14"),
        (NAMED, "phone, Pixel 7, Android 14"),
        (OFFICE_PC, "Android 14"),  # it has had this name before
    ],
)
def test_what_came_with_a_change_completes_it(name: bytes, expected: str) -> None:
    """Also what was known before of fields that the new announcement lacks."""
    early = [states(at, WINDOWS, OFFICE_PC) for at in (0, 60)]
    late = [states(at, ANDROID, name) for at in (120, 180, 1000, 2000)]
    _, changed, *_ = records([*early, *late])[0]
    assert (changed["before"], changed["after"]) == ("Windows", expected)
    assert changed.get("device_type") == ("phone" if name == NAMED else None)


def test_another_device_s_values_are_not_mixed_in() -> None:
    """A phone's name that came with the change belongs neither to what was before nor to a computer."""
    early = [states(at, ANDROID) for at in (0, 60)]
    late = [states(at, WINDOWS, NAMED) for at in (120, 180, 1000, 2000)]
    _, changed, *_ = records([*early, *late])[0]
    assert (changed["before"], changed["after"]) == ("Android", "Windows")


def test_a_change_states_the_address() -> None:
    packets = [states(0, WINDOWS), states(120, ANDROID), states(1000, ANDROID)]
    *_, changed = records(packets)[0]
    assert changed["device_ip"] == "192.0.2.7"


def test_two_systems_in_turn_are_one_change() -> None:
    turns = [states(at * 700, (WINDOWS, ANDROID)[at // 3 % 2]) for at in range(24)]
    assert changes(turns) == ["device_new", "device_changed"]


def test_what_a_boot_loader_states_is_no_change() -> None:
    packets = [states(at * 3600, ANDROID if at % 3 == 1 else WINDOWS) for at in range(12)]
    assert changes(packets) == ["device_new"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([(0, WINDOWS), (60, WINDOWS), (1200, ANDROID), (2100, ANDROID)], (None, "Android", "14")),
        ([(0, ANDROID), (1200, WINDOWS), (2100, WINDOWS)], ("computer", "Windows", None)),
        ([(0, WINDOWS), (1200, ANDROID), (1500, ANDROID)], None),  # too short
        ([(0, WINDOWS), (1200, ANDROID), (2100, ANDROID), (2200, WINDOWS)], None),
    ],
)
def test_what_a_device_was_before_it_changed_does_not_count(
    stated: list[tuple[int, bytes]], expected: tuple[str | None, ...] | None
) -> None:
    packets = pcap([states(at, one) for at, one in stated], ETHERNET, nanoseconds=True)
    [host] = hg.Analyzer().read(packets).hosts
    found = host.device
    assert (found and (found.type, found.system, found.version)) == expected


# ---- floods -------------------------------------------------------------------------------------------


def test_a_flood_of_macs_is_counted_and_displaces_nothing() -> None:
    known = [seen(number / 100, number, f"10.0.1.{number}") for number in range(100)]
    flood = [
        (
            START + 2 * SECOND + number * 10**5,
            arp(f"11.{number >> 16}.{number >> 8 & 255}.{number & 255}", GATEWAY, mac=mac(1 << 20 | number)),
        )
        for number in range(100_000)
    ]
    later = [seen(20, number, f"10.0.1.{number}") for number in range(100)]
    late = [seen(5000, 200, "10.0.1.200")]
    found, stats = records([*known, *flood, *later, *late], workers=2)
    flooded = [one for one in found if one["mac"] >= mac(1 << 20)]
    assert 900 <= len(flooded) <= 1100
    assert stats.device_news_left_out == 100_000 - len(flooded)
    others = [one for one in found if one["mac"] < mac(1 << 20)]
    assert Counter(one["change"] for one in others) == {"device_new": 101, "news_left_out": 1}


def test_after_a_flood_a_device_that_was_left_out_is_news() -> None:
    flood = [seen(0, 1 << 20 | number, "10.0.0.9") for number in range(1000)]
    assert ("device_new", mac(7), "10.0.0.7") not in news([*flood, seen(0, 7, "10.0.0.7")])
    assert ("device_new", mac(7), "10.0.0.7") in news(
        [*flood, seen(0, 7, "10.0.0.7"), seen(9, 7, "10.0.0.7")]
    )


@pytest.mark.parametrize("attacker", [mac(7), RANDOM])
def test_a_flood_of_macs_hides_no_takeover(attacker: str) -> None:
    """Each kind of news has its own limit. The attacker itself is left out as a new device."""
    flood = [seen(2, 1 << 20 | number, f"10.9.{number >> 8}.{number & 255}") for number in range(1100)]
    found = news([seen(0, 1, GATEWAY), *flood, seen(4, attacker, GATEWAY), seen(9, attacker, GATEWAY)])
    assert found[-1] == ("address_claimed", attacker, GATEWAY)
    assert Counter(change for change, *_ in found) == {"device_new": len(found) - 1, "address_claimed": 1}


def test_a_flood_of_macs_hides_no_dhcp_server() -> None:
    flood = [seen(2, 1 << 20 | number, f"10.9.{number >> 8}.{number & 255}") for number in range(1100)]
    ack = dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.8"), mac=mac(7))
    assert changes([*flood, (START + 3 * SECOND, ack)])[-1] == "new_dhcp_server"


def test_news_that_a_flood_left_out_are_summed_up() -> None:
    flood = [seen(0, 1 << 20 | number, f"10.9.{number >> 8}.{number & 255}") for number in range(1200)]
    early, late, last = (seen(at, 1 << 20, "10.9.0.0") for at in (59, 61, 200))
    assert "news_left_out" not in changes([*flood, early])
    found, stats = records([*flood, early, late, last])
    [summed] = [one for one in found if one["change"] == "news_left_out"]
    assert summed["change_count"] == 200 == stats.device_news_left_out
    assert changes([*flood[:1000], late]).count("news_left_out") == 0


@pytest.mark.parametrize("first", [20, 75])
def test_claims_that_are_left_out_are_summed_up_once_a_minute(first: int) -> None:
    """They are judged a minute after their packets."""
    hosts = range(2, 62)
    own = [seen(number / 10, number, f"10.0.0.{number}") for number in hosts]
    claims = [seen(first + number, mac(1), f"10.0.0.{number}") for number in hosts]
    calm = [seen(first + at + 0.5, 2, "10.0.0.2") for at in range(240)]
    found = changes(sorted([*own, *claims, *calm]))
    assert found.count("address_claimed") == 1
    assert 1 <= found.count("news_left_out") <= 2


# ---- the command --------------------------------------------------------------------------------------


def test_events_name_what_is_news() -> None:
    assert event_choice(["device_new"]) == EventChoice(0, 0, 1)
    assert event_choice(["address_claimed", "syn"]) == EventChoice(
        1, 0, 1 << DEVICE_CHANGES.index("address_claimed")
    )
    assert event_choice(["device_change"]).devices == (1 << len(DEVICE_CHANGES)) - 1
    with pytest.raises(ValueError, match="did you mean device_new"):
        event_choice(["device_newer"])


@pytest.fixture
def path(tmp_path: Path) -> str:
    packets = [seen(0, 1, "10.0.0.7"), seen(1, 2, "10.0.0.8"), seen(5, 2, "10.0.0.7"), seen(6, 1, "10.0.0.7")]
    found = tmp_path / "in.pcap"
    found.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    return str(found)


def test_the_command_writes_the_news_that_are_asked_for(path: str) -> None:
    done = run("pcap", "--events", "device_new,address_claimed", "--format", "json", "--stats", path)
    found = [json.loads(line)["change"] for line in done.stdout.splitlines()]
    assert found == ["device_new", "device_new", "address_claimed"]
    assert run("pcap", "--events", "address_claimed", path).stdout == (
        f"[Device Change]\n  News:    address_claimed\n  MAC:     {mac(2)}\n  Address: 10.0.0.7\n"
        f"  Before:  {mac(1)}\n\n"
    )
    assert run("pcap", "--events", "syn", path).stdout == ""


def test_all_formats_have_them_but_those_of_p0f(path: str) -> None:
    fields = ("--fields", "change,mac,previous_mac")
    done = run("pcap", "--events", "address_claimed", "--format", "csv", *fields, path)
    assert list(csv.DictReader(io.StringIO(done.stdout))) == [
        {"change": "address_claimed", "mac": mac(2), "previous_mac": mac(1)}
    ]
    for form in ("eve", "ecs"):
        [line] = run("pcap", "--events", "address_claimed", "--format", form, path).stdout.splitlines()
        inner = json.loads(line)["fingerprint" if form == "eve" else "huginn"]
        assert (inner["change"], inner["previous_mac"]) == ("address_claimed", mac(1))
        assert "device_change" not in json.dumps(json.loads(line).get("network", {}))
    assert run("pcap", "--events", "device_new", "--format", "p0f", path).returncode == 2


@pytest.mark.skipif(SANITIZED, reason="pycryptodomex ends a process that has a sanitizer")
def test_anonymized_news_have_no_macs(path: str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    done = run("pcap", "--events", "address_claimed", "--format", "json", "--anonymize", str(key), path)
    [one] = map(json.loads, done.stdout.splitlines())
    assert one["change"] == "address_claimed"
    assert not {mac(1), mac(2), "10.0.0.7"} & {*one.values()}


def test_results_have_them(path: str) -> None:
    with hg.Analyzer(device_news=True, protocols=PROTOCOLS) as analyzer:
        results = list(analyzer.analyze_pcap(path))
    found = [
        part for one in results if (part := one.announcement) is not None and part.kind == "device_change"
    ]
    assert [part.change for part in found] == ["device_new", "device_new", "address_claimed"]  # type: ignore[attr-defined]


def by_virtual_router(at: float, number: int, kind: str) -> bytes:
    """What the active router of two tells the other from its own address: VRRP 2 or 3, for IPv6, HSRP."""
    own, to = (f"fe80::{number}", "ff02::12") if kind == "6" else (f"10.0.0.{number}", "224.0.0.18")
    body = bytes((0x21 if kind == "2" else 0x31, 10, 100, 1, 0, 1, 0, 0)) + bytes(16)
    if kind == "hsrp":
        hello = udp(1985, bytes((0, 0, 16, 3, 10, 100, 1, 0)) + b"cisco\0\0\0\x0a\0\0\1", sport=1985)
        return frame(Ip4(own, "224.0.0.2", 1, protocol=UDP).pack(hello), 0x0800, mac=HSRP)
    around = (Ip6 if kind == "6" else Ip4)(own, to, 255, protocol=112)
    virtual = VRRP.replace("01:07", "02:07") if kind == "6" else VRRP
    return frame(around.pack(body), 0x86DD if kind == "6" else 0x0800, mac=virtual)


@pytest.mark.parametrize("kind", ["2", "3", "6", "hsrp"])
def test_two_routers_with_a_virtual_one_are_no_claim(kind: str) -> None:
    """Each has its own address, which it also states, and takes the other's place twice."""
    own = ("fe80::2", "fe80::3") if kind == "6" else ("10.0.0.2", "10.0.0.3")
    packets = []
    for at in range(600):
        active = 3 if 200 <= at < 400 else 2
        packets.append((START + at * SECOND, by_virtual_router(at, active, kind)))
        for number, ip in enumerate(own, 2) if at % 20 == 0 else ():
            states_it = (
                neighbor.route(mac=mac(number), source=ip)
                if kind == "6"
                else arp(ip, GATEWAY, mac=mac(number))
            )
            packets.append((START + at * SECOND + number, states_it))
        if at % 20 == 0 and kind != "6":
            packets.append(seen(at + 0.5, HSRP if kind == "hsrp" else VRRP, GATEWAY))
    found = changes(packets, senders=True)
    assert not [one for one in found if one.startswith("address")]
    taken = [seen(650, 9, own[0]), seen(651, 9, own[0])] if kind != "6" else []
    assert "address_claimed" in changes([*packets, *taken], senders=True) or not taken, (
        "another that claims it"
    )
