"""VLANs, and the interfaces of a capture of all interfaces, are separate segments."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import PROTOCOLS
from tests.support.captures import Packet, pcap
from tests.support.devices import mdns
from tests.support.devices.made import ETHERNET, datagram
from tests.support.devices.news import SECOND, START, mac, seen
from tests.support.in_process import run_in_process_as_text as run
from tests.support.packets import Ip4
from tests.support.tunnels import UDP
from tests.support.vlans import SLL2, cooked, in_one, tagged

ROUTER, VICTIM, ATTACKER = mac(1), mac(7), mac(0x666)

OWN = [
    one
    for turn in range(12)
    for one in (seen(10 * turn, VICTIM, "10.0.0.7"), seen(10 * turn, ROUTER, "10.0.0.1"))
]


def says(at: float, by: str, ip: str, model: bytes) -> Packet:
    text = mdns.text("p", "_ipp._tcp", b"ty=" + model)
    made = datagram(mdns.message(text), 5353, 5353, ip=Ip4(ip, "224.0.0.251", protocol=UDP, ttl=255), mac=by)
    return START + round(at * SECOND), made


FORGED = [
    *(seen(at, ATTACKER, ip) for at in (60, 500, 501, 502) for ip in ("10.0.0.1", "10.0.0.7")),
    says(510, ATTACKER, "10.0.0.7", b"HP LaserJet 400"),
    *(seen(600 + 5 * turn, ATTACKER, "10.0.0.1") for turn in range(60)),
]
EQUAL = [seen(at + 1, VICTIM, "10.0.0.1") for at in range(0, 100, 10)]
"""The same MAC with another's address: a router on a stick has one MAC in all VLANs."""


SEGMENTS: dict[str, tuple[int, Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "two VLANs": (ETHERNET, tagged(10), tagged(99)),
    "a VLAN and none": (ETHERNET, tagged(10), tagged()),
    "none and a VLAN": (ETHERNET, tagged(), tagged(99)),
    "inner tags": (ETHERNET, tagged(5, 10), tagged(5, 99)),
    "outer tags": (ETHERNET, tagged(5, 10), tagged(6, 10)),
    "old outer tags": (ETHERNET, tagged(5, 10, type_=0x9100), tagged(6, 10, type_=0x9100)),
    "two interfaces": (SLL2, cooked(2), cooked(5)),
}


def read(packets: list[Packet], link: int, path: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """Devices, hosts and news."""
    path.write_bytes(pcap(sorted(packets, key=lambda one: one[0]), link, nanoseconds=True))
    arguments = (["devices"], ["hosts"], ["pcap", "--events", "device_change"])
    done = (run(*words, "--format", "json", str(path)).stdout for words in arguments)
    devices, hosts, news = ([json.loads(line) for line in out.splitlines()] for out in done)
    hosts = [one for one in hosts if one["event"] == "host"]
    for one in news:
        del one["packet_number"], one["flow"]
    return devices, hosts, news


@pytest.mark.parametrize("other", [FORGED, EQUAL], ids=["forged", "equal"])
@pytest.mark.parametrize("name", SEGMENTS)
def test_nothing_of_a_segment_depends_on_another(name: str, other: list[Packet], tmp_path: Path) -> None:
    link, own, others = SEGMENTS[name]
    alone = read(in_one(OWN, own), link, tmp_path / "alone.pcap")
    apart = read(in_one(other, others), link, tmp_path / "apart.pcap")
    both = read([*in_one(OWN, own), *in_one(other, others)], link, tmp_path / "both.pcap")
    folded = [one["mac"] for one in (*alone[0], *apart[0]) if other is EQUAL and one["mac"] == VICTIM]
    for part in range(3):
        kept = [one for one in (*alone[part], *apart[part]) if part > 0 or one["mac"] not in folded]
        assert all(one in both[part] for one in kept)
        assert len(both[part]) == len(kept) + (part == 0 and len(folded) > 0)
    if folded:
        [device] = [one for one in both[0] if one["mac"] == VICTIM]
        assert {one["ip"] for one in device["addresses"]} == {"10.0.0.7", "10.0.0.1"}
        assert len(device["segments"]) == 2


@pytest.mark.parametrize(
    ("numbers", "is_same"),
    [((10, 0), True), ((0, 10), True), ((10, 0, 0), True), ((10, 5), False), ((0, 5), False), ((0,), False)],
)
def test_a_tag_without_a_vlan_is_no_segment(numbers: tuple[int, ...], is_same: bool, tmp_path: Path) -> None:
    """It states a priority: a station of the VLAN takes the frame."""
    packets = [*in_one(OWN, tagged(10)), *in_one(FORGED, tagged(*numbers))]
    _, _, news = read(packets, ETHERNET, tmp_path / "priority.pcap")
    assert ("address_claimed" in [one["change"] for one in news]) == is_same


def test_one_segment_is_told_of_a_takeover(tmp_path: Path) -> None:
    devices, _, news = read(in_one([*OWN, *FORGED], tagged(10)), ETHERNET, tmp_path / "one.pcap")
    assert "address_claimed" in [one["change"] for one in news]
    assert {
        *(one["segment"] for one in news),
        *(within for one in devices for within in one["segments"]),
    } == {"VLAN 10"}


@pytest.mark.parametrize(
    ("name", "segment"), [("inner tags", "VLAN 5.10"), ("two interfaces", "interface 2")]
)
def test_findings_name_the_segment(name: str, segment: str, tmp_path: Path) -> None:
    """As events, and in the summaries of a capture and of a store."""
    link, own, _ = SEGMENTS[name]
    path, store = str(tmp_path / "one.pcap"), str(tmp_path / "hosts.sqlite")
    _, _, news = read(in_one([*OWN, *FORGED], own), link, Path(path))
    assert {one["segment"] for one in news} == {segment}
    run("hosts", path, "--store", store, "-o", str(tmp_path / "hosts.txt"))
    for words in (["pcap", "--summary", path], ["hosts", "--summary", "--store", store]):
        [summary] = map(json.loads, run(*words, "--format", "json").stdout.splitlines())
        [hosts] = [one["hosts"] for one in summary["findings"] if one["kind"] == "address_claimed"]
        assert hosts == [f"{ip} in {segment}" for ip in ("10.0.0.1", "10.0.0.7")], "now the claimer's"
    for words in ([path], ["--store", store]):
        text = run("hosts", *words).stdout
        assert f"[Host] 10.0.0.1\n  In:     {segment}\n" in text
        assert "Tunnel:" not in text


def test_an_address_alone_is_found_in_its_segment() -> None:
    analyzer = hg.Analyzer(protocols=PROTOCOLS, senders=True)
    found = Summary(analyzer.database, protocols=PROTOCOLS)
    for batch in analyzer.batches(pcap(in_one(OWN, tagged(10)), ETHERNET, nanoseconds=True)):
        found.add(batch)
    record = found.hosts.find("10.0.0.7")
    assert record is not None
    assert (record.mac, record.tunnel) == (VICTIM, "VLAN 10")


@pytest.mark.parametrize("workers", [1, 3])
def test_datagrams_of_other_protocols_have_a_segment(workers: int) -> None:
    frames = [
        datagram(b"x", 5000, 9999, ip=Ip4("10.0.0.7", "10.0.0.9", protocol=UDP, ttl=64), mac=VICTIM)
    ] * 4
    packets = [
        (START + 9 * number * SECOND, tagged(number % 2)(frame)) for number, frame in enumerate(frames)
    ]
    analyzer = hg.Analyzer(protocols=PROTOCOLS, senders=True)
    found = Summary(analyzer.database, protocols=PROTOCOLS)
    for batch in analyzer.batches(pcap(packets, ETHERNET), workers=workers):
        found.add(batch)
    found.hosts.conclude()
    by_place = {one["tunnel"]: (one["mac"], one["packets"]) for one in found.hosts.values()}
    assert by_place == {None: (VICTIM, 2), "VLAN 1": (VICTIM, 2)}


def test_below_a_label_no_mac_is_known(tmp_path: Path) -> None:
    """The frame's MAC is a router's."""
    label = bytes((0, 1, 1, 64))
    forged = [
        (at, frame[:12] + b"\x88\x47" + label + frame[14:])
        for at, frame in (says(500 + n, ROUTER, "10.0.0.7", b"HP LaserJet 400") for n in range(3))
    ]
    alone = read(OWN, ETHERNET, tmp_path / "alone.pcap")
    devices, _, news = read([*OWN, *forged], ETHERNET, tmp_path / "both.pcap")
    assert ([one["mac"] for one in devices], news) == ([one["mac"] for one in alone[0]], alone[2])
