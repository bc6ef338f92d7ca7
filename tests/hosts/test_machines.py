"""Devices are machines: one MAC in several segments, copies of frames, and hosts behind a bridge."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp, mdns, neighbor
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, datagram
from tests.support.devices.news import SECOND, START, VRRP
from tests.support.holders import LINUX, WINDOWS, frame
from tests.support.in_process import run_in_process_as_text as run
from tests.support.packets import Ip4, Ip6, Tcp, mss, packet
from tests.support.tunnels import UDP
from tests.support.vlans import SLL2, cooked, in_one, tagged

ROUTER = "00:16:3e:00:00:01"
Record = dict[str, Any]


def mac(number: int, first: str = "00") -> str:
    return f"{first}:16:3e:01:{number >> 8:02x}:{number & 255:02x}"


def at(seconds: float) -> int:
    return START + round(seconds * SECOND)


def states(when: float, ip: str, by: str) -> Packet:
    return at(when), arp(ip, mac=by)


def ip(source: str, target: str, ttl: int) -> Ip4 | Ip6:
    return Ip6(source, target, ttl) if ":" in source else Ip4(source, target, ttl)


def handshake(
    when: float, ends: tuple[str, str], by: str, to: str, *, ttl: int = 64, system: Record = LINUX
) -> list[Packet]:
    """Of a client with a server that answers from the MAC `to`."""
    (one, other), port = ends, 40_000 + round(when) % 20_000
    there, back = ip(one, other, ttl), ip(other, one, ttl)
    answer = Tcp(sport=80, dport=port, seq=7, ack=2, flags=0x12, window=65535, options=mss(1460))
    said = [
        (there, Tcp(sport=port, dport=80, seq=1, **system), by, to),
        (back, answer, to, by),
        (there, Tcp(sport=port, dport=80, seq=2, ack=8, flags=0x10, window=500), by, to),
    ]
    frames = (frame(0, packet(around, tcp), own, next_) for around, tcp, own, next_ in said)
    return [(at(when + 0.01 * turn), data) for turn, (_, data) in enumerate(frames)]


def announces(when: float, source: str, by: str, service: str, *texts: bytes) -> Packet:
    around = ip(source, "ff02::fb" if ":" in source else "224.0.0.251", 255)
    made = mdns.message(mdns.text("one", service, *texts))
    if isinstance(around, Ip4):
        around = Ip4(source, "224.0.0.251", protocol=UDP, ttl=255)
    return at(when), datagram(made, 5353, 5353, ip=around, mac=by)


def cast(when: float, source: str, by: str) -> Packet:
    return announces(when, source, by, "_googlecast._tcp", b"md=Chromecast Ultra")


def printer(when: float, source: str, by: str) -> Packet:
    return announces(when, source, by, "_ipp._tcp", b"ty=HP LaserJet Pro M404dn", b"usb_MFG=HP")


def phone(when: float, source: str, by: str) -> Packet:
    return announces(when, source, by, "_companion-link._tcp", b"rpMd=iPhone17,1", b"rpVr=630.7")


def asks(when: float, by: str) -> Packet:
    """The machine with this MAC asks for an address."""
    options = dhcp.option(60, b"udhcp 1.36.1"), dhcp.option(50, bytes((192, 0, 2, 50)))
    return at(when), dhcp.from_client(dhcp.message(*options, kind=dhcp.REQUEST, mac=by), mac=by)


class Views:
    """All views of a capture."""

    def __init__(self, packets: Iterable[Packet], folder: Path, link: int = ETHERNET) -> None:
        self.path, self.store = str(folder / "made.pcap"), str(folder / "hosts.sqlite")
        made = pcap(sorted(packets, key=lambda one: one[0]), link, nanoseconds=True)
        Path(self.path).write_bytes(made)

    def devices(self) -> list[Record]:
        """The local devices; all views have the same number."""
        lines = run("devices", "--format", "json", self.path).stdout.splitlines()
        found = [one for one in map(json.loads, lines) if one["local"]]
        run("hosts", "--store", self.store, self.path)
        stored = run("devices", "--format", "json", "--store", self.store).stdout.splitlines()
        shown = [one for one in map(json.loads, stored) if one["local"]]
        assert sorted(map(key, shown)) == sorted(map(key, found))
        summary = json.loads(run("pcap", "--summary", "--format", "json", self.path).stdout)
        assert [one["mac"] for one in summary["local_devices"]] == [one["mac"] for one in found]
        for source in ([self.path], ["--store", self.store]):
            rows = [*csv.DictReader(run("devices", "--format", "netbox", *source).stdout.splitlines())]
            assert len({row["name"] for row in rows}) == len(rows) == len(found)
        return found

    def hosts(self) -> list[Record]:
        lines = map(json.loads, run("hosts", "--format", "json", self.path).stdout.splitlines())
        return [one for one in lines if one["event"] == "host"]


def key(device: Record) -> tuple[str, ...]:
    ips = sorted(one["ip"] for one in device["addresses"])
    return device["mac"] or "", device["behind"] or "", *ips


def enterprise(order: int = 1) -> list[Packet]:
    """The SPAN port of a core: 40 hosts in four VLANs, of which each talks to a server of the next VLAN."""
    packets = []
    for vlan in range(4):
        here, there = tagged(10 * (vlan + 1)), tagged(10 * ((vlan + 1) % 4 + 1))
        packets += in_one([states(vlan, f"10.0.{vlan}.1", ROUTER)], here)
        for host in range(10)[::order]:
            number, when = 10 * vlan + host, 10 + 10 * vlan + host
            ends = f"10.0.{vlan}.{10 + host}", f"10.0.{(vlan + 1) % 4}.{10 + host}"
            other = mac(10 * ((vlan + 1) % 4) + host)
            packets += in_one([states(when - 1, ends[0], mac(number))], here)
            own = handshake(when, ends, mac(number), ROUTER)
            routed = handshake(when, ends, ROUTER, other, ttl=63)
            back = ip(ends[1], ends[0], 64)
            sent = Tcp(sport=80, dport=40_000 + when, seq=7, ack=2, flags=0x12, options=mss(1460))
            packets += in_one([own[0], own[2]], here) + in_one([routed[0], routed[2]], there)
            packets += in_one([(own[1][0], frame(0, packet(back, sent), other, ROUTER)[1])], there)
    return packets


@pytest.mark.parametrize("order", [1, -1])
def test_the_span_port_of_a_core(order: int, tmp_path: Path) -> None:
    devices = Views(enterprise(order), tmp_path).devices()
    assert len(devices) == 41
    [router] = [one for one in devices if one["mac"] == ROUTER]
    assert router["segments"] == [f"VLAN {number}" for number in (10, 20, 30, 40)]
    assert {one["ip"] for one in router["addresses"]} == {f"10.0.{vlan}.1" for vlan in range(4)}
    assert all(len(one["segments"]) == len(one["addresses"]) == 1 for one in devices if one is not router)


COPIES: dict[str, tuple[int, list[Callable[[bytes], bytes]]]] = {
    "untagged and tagged": (ETHERNET, [bytes, tagged(10)]),
    "tagged and untagged": (ETHERNET, [tagged(10), bytes]),
    "two VLANs": (ETHERNET, [tagged(10), tagged(20)]),
    "all interfaces": (SLL2, [cooked(number) for number in (7, 8, 9, 3, 2)]),
}


@pytest.mark.parametrize("ends", [("192.0.2.10", "198.51.100.80"), ("2001:db8::10", "2001:db8:1::80")])
@pytest.mark.parametrize("name", COPIES)
def test_copies_of_frames_count_once(name: str, ends: tuple[str, str], tmp_path: Path) -> None:
    """As of a guest of Proxmox, whose frames pass five interfaces."""
    link, ways = COPIES[name]
    sent = [*handshake(5, ends, mac(10), ROUTER), phone(8, "192.0.2.10", mac(10))]
    sent += [states(when, "192.0.2.1", ROUTER) for when in (1, 20)]
    copies = [(when + 1000 * turn, wrap(data)) for when, data in sent for turn, wrap in enumerate(ways)]
    views = Views(copies, tmp_path, link)
    assert {one["mac"] for one in views.devices()} - {None} == {mac(10), ROUTER}
    listed = [one for one in views.hosts() if one["ip"] == ends[0]]
    assert [(one["syns"], one["packets"], one["mac"]) for one in listed] == [
        (1, 2 + (ends[0] == "192.0.2.10"), mac(10))
    ]


def test_what_one_segment_alone_shows_is_listed(tmp_path: Path) -> None:
    """Somebody else in another VLAN sends with a borrowed MAC and address."""
    own = [*handshake(5, ("10.0.0.7", "10.0.0.9"), mac(7), mac(9)), states(90, "10.0.0.7", mac(7))]
    borrowed = handshake(50, ("10.0.0.7", "10.0.0.8"), mac(7), mac(8), system=WINDOWS, ttl=128)
    views = Views(in_one(own, tagged(10)) + in_one(borrowed, tagged(99)), tmp_path)
    hosts = [one for one in views.hosts() if one["ip"] == "10.0.0.7"]
    assert {(one["tunnel"], one["family"]) for one in hosts} == {("VLAN 10", "Linux"), ("VLAN 99", "Windows")}
    devices = [one for one in views.devices() if one["mac"] == mac(7)]
    assert [(one["segments"], one["system"]) for one in devices] == [
        (["VLAN 10"], "Linux"),
        (["VLAN 99"], "Windows"),
    ]


def test_equal_addresses_and_virtual_routers_are_not_folded(tmp_path: Path) -> None:
    packets = []
    for number, vlan in enumerate((10, 20)):
        virtual, host = states(1, "192.168.0.1", VRRP), states(2, "192.168.0.7", mac(number))
        packets += in_one([virtual, host], tagged(vlan))
    found = [(one["mac"], *one["segments"]) for one in Views(packets, tmp_path).devices()]
    assert sorted(found) == [
        *((VRRP, f"VLAN {vlan}") for vlan in (10, 20)),
        *((mac(number), f"VLAN {10 + 10 * number}") for number in (0, 1)),
    ]


def test_stations_show_what_they_agree_on(tmp_path: Path) -> None:
    other = announces(9, "10.0.1.7", mac(7), "_ipp._tcp", b"ty=HP OfficeJet 8010", b"usb_MFG=HP")
    packets = in_one([printer(1, "10.0.0.7", mac(7)), printer(20, "10.0.0.7", mac(7))], tagged(10))
    [one] = Views(packets + in_one([other], tagged(20)), tmp_path).devices()
    assert (one["type"], one["manufacturer"], one["model"]) == ("printer", "HP", None)


HOME = [cast(14, "192.0.2.51", mac(50)), printer(15, "192.0.2.52", mac(50)), phone(16, "192.0.2.53", mac(50))]
ARPS = [states(when + last / 10, f"192.0.2.{last}", mac(50)) for when in (1, 30) for last in (50, 51, 52, 53)]


@pytest.mark.parametrize("order", [1, -1])
def test_machines_behind_a_repeater(order: int, tmp_path: Path) -> None:
    packets = [asks(0.5, mac(50)), *ARPS[::order], *HOME[::order]]
    views = Views(packets, tmp_path)
    found = {one["addresses"][0]["ip"]: one for one in views.devices()}
    assert {ip: (one["mac"], one["behind"], one["type"]) for ip, one in found.items()} == {
        "192.0.2.50": (mac(50), None, None),
        "192.0.2.51": (None, mac(50), "media-player"),
        "192.0.2.52": (None, mac(50), "printer"),
        "192.0.2.53": (None, mac(50), "phone"),
    }
    for host in views.hosts():
        assert host["behind"] == (host["ip"] != "192.0.2.50")
        said = [one["type"] for one in host["device"]["evidence"] if one["type"]]
        assert {*said} <= {found[host["ip"]]["type"]}
    assert f"behind {mac(50)}" in run("devices", views.path).stdout


def test_a_guest_that_is_bridged_on_its_host(tmp_path: Path) -> None:
    own, guest = ("10.0.0.5", "10.0.0.9"), ("10.0.0.6", "10.0.0.9")
    packets = [
        *(one for when in (1, 40) for one in handshake(when, own, mac(5), mac(9))),
        *(one for when in (9, 60) for one in handshake(when, guest, mac(5), mac(9), system=WINDOWS, ttl=128)),
    ]
    found = {one["addresses"][0]["ip"]: one for one in Views(packets, tmp_path).devices()}
    assert {ip: found[ip]["system"] for ip in ("10.0.0.5", "10.0.0.6")} == {
        "10.0.0.5": "Linux",
        "10.0.0.6": "Windows",
    }


BOOTS: dict[int, Record] = {5: {"system": LINUX}, 6: {"system": WINDOWS, "ttl": 128}}
ONE = {
    "another system later": [
        states(0, "10.0.0.5", mac(5)),
        states(8990, "10.0.0.6", mac(5)),
        *handshake(1, ("10.0.0.5", "10.0.0.9"), mac(5), mac(9)),
        *handshake(9000, ("10.0.0.6", "10.0.0.9"), mac(5), mac(9), system=WINDOWS, ttl=128),
    ],
    "another system in between": [
        one
        for hour, host in enumerate((5, 6, 5, 6))
        for start in (3600.0 * hour, 3600.0 * hour + 400)
        for one in (
            states(start, f"10.0.0.{host}", mac(5)),
            *handshake(start + 1, (f"10.0.0.{host}", "10.0.0.9"), mac(5), mac(9), **BOOTS[host]),
        )
    ],
    "another system in between, in IPv6": [
        one
        for hour, host in enumerate((5, 6, 5))
        for one in (
            (at(3600.0 * hour), neighbor.advertise(f"fd00::{host}", mac=mac(5))),
            *handshake(3600.0 * hour + 1, (f"fd00::{host}", "fd00::9"), mac(5), mac(9), **BOOTS[host]),
        )
    ],
    "two addresses": [phone(1, "10.0.0.5", mac(5)), phone(3, "10.0.0.6", mac(5))],
    "a computer that shares a printer": [
        announces(1, "10.0.0.5", mac(5), "_device-info._tcp", b"model=Mac16,12"),
        printer(1.5, "10.0.0.5", mac(5)),
        printer(2, "fe80::5", mac(5)),
        announces(3, "10.0.0.5", mac(5), "_device-info._tcp", b"model=Mac16,12"),
    ],
}


@pytest.mark.parametrize("name", ONE)
def test_one_machine(name: str, tmp_path: Path) -> None:
    found = [one for one in Views(ONE[name], tmp_path).devices() if mac(5) in (one["mac"], one["behind"])]
    assert [one["behind"] for one in found] == [None]


def test_what_a_router_answers_for_is_not_behind_a_bridge(tmp_path: Path) -> None:
    """Proxy ARP, and address translation."""
    packets = [states(1, "10.0.0.1", ROUTER)]
    for last, system in ((60, LINUX), (61, WINDOWS)):
        packets.append(states(2, f"203.0.113.{last}", ROUTER))
        packets += handshake(last, (f"203.0.113.{last}", "10.0.0.9"), ROUTER, mac(9), system=system, ttl=62)
        packets += handshake(last + 100, ("10.0.0.1", "10.0.0.9"), ROUTER, mac(9), system=system, ttl=63)
    lines = run("devices", "--format", "json", Views(packets, tmp_path).path).stdout.splitlines()
    assert {one["behind"] for one in map(json.loads, lines)} == {None}


def test_many_hosts_in_many_segments_are_judged_in_time(tmp_path: Path) -> None:
    """Anybody can send from one MAC in all VLANs."""
    frames = [
        (at(number / 1000), tagged(vlan)(arp(f"10.{vlan}.0.{host}", mac=mac(5))))
        for number, (vlan, host) in enumerate((vlan, host) for vlan in range(1, 200) for host in range(100))
    ]
    path = tmp_path / "many.pcap"
    path.write_bytes(pcap(frames, ETHERNET, nanoseconds=True))
    lines = run("devices", "--format", "json", str(path)).stdout.splitlines()
    assert all(len(json.loads(one)["addresses"]) <= 256 for one in lines)
