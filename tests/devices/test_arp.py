"""ARP: which MAC has which address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.base.names import EVENT_PROTOCOLS, PROTOCOLS
from huginn_cffi.cli import main
from tests.support.captures import pcap
from tests.support.devices import captured
from tests.support.devices.arp import NOBODY, REPLY, arp
from tests.support.devices.made import MAC, OTHER_MAC, frame, read, rendered
from tests.support.devices.requests import AXIS, WINDOWS, request
from tests.support.devices.routers import ROUTER
from tests.support.local_hosts import saved, syn
from tests.support.packets import Ip4
from tests.support.tunnels import UDP, udp, vxlan

Device = dict[str, Any]


def devices(capsys: pytest.CaptureFixture[str], path: str, *options: str) -> list[Device]:
    assert main(["devices", "--format", "json", path, *options]) == 0
    return [*map(json.loads, capsys.readouterr().out.splitlines())]


def pairs(found: list[Device]) -> list[tuple[str | None, list[str]]]:
    return [(one["mac"], sorted(of["ip"] for of in one["addresses"])) for one in found]


@pytest.mark.parametrize(
    ("made", "operation", "ip", "target", "says"),
    [
        (arp(), "request", "10.0.0.7", "10.0.0.1", "request for"),
        (arp(operation=REPLY), "reply", "10.0.0.7", "10.0.0.1", "reply to"),
        (arp(target="10.0.0.7"), "request", "10.0.0.7", "10.0.0.7", "announcement of"),
        (arp(target="10.0.0.7", operation=REPLY), "reply", "10.0.0.7", "10.0.0.7", "announcement of"),
        (arp(NOBODY, "10.0.0.9"), "request", None, "10.0.0.9", "probe for"),
        (arp(target="224.0.0.9"), "request", "10.0.0.7", None, "request for"),
    ],
    ids=["request", "reply", "announcement", "announcing reply", "probe", "group"],
)
def test_events_of_those_who_ask_for_them(
    made: bytes, operation: str, ip: str | None, target: str | None, says: str
) -> None:
    """Records have values, EVE under the names of Suricata; only text has prose."""
    [one] = read(made, protocols=("arp",))
    assert (one["event"], one["mac"], one["source_mac"], one.get("device_ip")) == ("arp", MAC, MAC, ip)
    assert (one["operation"], one.get("target_ip"), one["unicast"]) == (operation, target, False)
    assert (one["scope"], one["router_lifetime"], "announced" in one) == ("segment", 0, False)
    hidden = json.loads(rendered(made, protocols=("arp",), hides_private=True)[0])
    assert (hidden["operation"], "target_ip" in hidden, "mac" in hidden) == (operation, False, False)
    eve = json.loads(rendered(made, form="eve", protocols=("arp",))[0])["arp"]
    ends = {"opcode": operation, "src_mac": MAC, "src_ip": ip, "dest_ip": target}
    assert eve == {key: value for key, value in ends.items() if value is not None}
    text = rendered(made, form="text", protocols=("arp",))[0]
    assert text.endswith(f"\n  Says:    {says} {target or 'an address'}\n\n")
    text = rendered(made, form="text", protocols=("arp",), hides_private=True)[0]
    assert text == f"[ARP] without addresses\n  Says:    {says} an address\n\n"


def test_frames_to_one_station() -> None:
    """A unicast request only checks a known neighbor."""
    for to, expected in (("ff:ff:ff:ff:ff:ff", False), (OTHER_MAC, True)):
        made = bytes.fromhex(to.replace(":", "")) + arp()[6:]
        assert [one["unicast"] for one in read(made, protocols=("arp",))] == [expected]


def test_single_packets_are_shown_only_if_arp_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set(PROTOCOLS) - set(EVENT_PROTOCOLS) == {"arp", "neighbor", "dns", "snmp"}
    path = saved(tmp_path, arp())
    assert main(["pcap", "--format", "json", path]) == 0
    assert capsys.readouterr().out == ""
    assert main(["pcap", "--protocols", "tcp,arp", path]) == 0
    assert capsys.readouterr().out.startswith("[ARP] without addresses\n  MAC:     00:00:5e:00:53:01\n")
    assert main(["hosts", "--protocols", "tcp", path]) == 0
    assert "[Host]" not in capsys.readouterr().out


@pytest.mark.parametrize("cut", range(28))
def test_cut_packets(cut: int) -> None:
    text, stats = rendered(arp()[: 14 + cut], protocols=("arp",))
    assert (text, stats.arp_malformed) == ("", 1)


@pytest.mark.parametrize(
    ("at", "value", "is_malformed"),
    [(1, 3, 1), (3, 1, 1), (4, 8, 1), (5, 16, 1), (7, 3, 0), (1, 6, 0)],
)
def test_other_packets(at: int, value: int, is_malformed: int) -> None:
    """Of other links and protocols, of RARP, or of nobody; IEEE 802 is Ethernet."""
    made = bytearray(arp())
    made[14 + at] = value
    text, stats = rendered(bytes(made), protocols=("arp",))
    assert stats.arp_malformed == is_malformed
    assert (text != "") is ((at, value) == (1, 6))


def test_nobody_and_groups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Systems send to a group that has an address, or to zeros, but neither is a device."""
    for mac in ("01:00:5e:00:00:01", "00:00:00:00:00:00"):
        named = arp(mac=mac, source=MAC)
        assert mac in rendered(named, protocols=("arp",))[0]
        assert pairs(devices(capsys, saved(tmp_path, named))) == []


@pytest.mark.parametrize("ip", [NOBODY, "127.0.0.1", "224.0.0.1", "255.255.255.255", "0.0.0.1"])
def test_addresses_of_no_host(ip: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pairs(devices(capsys, saved(tmp_path, arp(ip)))) == [(MAC, [])]


def test_every_pair_is_in_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each MAC once. A host that only asks for an address is a device, too, and a local host."""
    path = saved(
        tmp_path,
        *(arp("10.0.0.7"), arp("10.0.0.8"), arp(NOBODY, "10.0.0.9", mac=OTHER_MAC)),
        *(arp("192.0.2.9", mac=ROUTER, operation=REPLY), syn("10.0.0.7"), arp("10.0.0.7")),
    )
    assert pairs(devices(capsys, path)) == [
        (MAC, ["10.0.0.7", "10.0.0.8"]),
        (OTHER_MAC, []),
        (ROUTER, ["192.0.2.9"]),
    ]
    assert main(["hosts", "--format", "json", path]) == 0
    found = [*map(json.loads, capsys.readouterr().out.splitlines())][:-1]
    assert [(one["ip"], one["mac"], one["local"], one["family"]) for one in found] == [
        ("10.0.0.7", MAC, True, "Linux"),
        ("10.0.0.8", MAC, True, None),
        (None, OTHER_MAC, True, None),
        ("192.0.2.9", ROUTER, True, None),
    ]


def test_a_forged_binding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However often it is repeated, the victim keeps its record; both claims are visible."""
    forged = [arp("10.0.0.7", mac=OTHER_MAC, operation=REPLY)] * 200
    path = saved(tmp_path, request(AXIS, ip="10.0.0.7"), syn("10.0.0.7"), *forged)
    victim, attacker = devices(capsys, path)
    assert (victim["mac"], victim["model"], victim["client_ports"]) == (MAC, "P3245", [80])
    assert (attacker["mac"], attacker["model"], attacker["client_ports"]) == (OTHER_MAC, None, [])
    for one in (victim, attacker):
        assert [(of["ip"], of["disputed"]) for of in one["addresses"]] == [("10.0.0.7", True)]


def test_an_address_moves_when_its_device_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new lease: after five minutes without the old MAC, the new one has the address."""
    frames = [(0, arp("10.0.0.7")), (301, arp("10.0.0.7", mac=OTHER_MAC)), (302, syn("10.0.0.7"))]
    path = tmp_path / "moved.pcap"
    path.write_bytes(pcap([(10**18 + second * 10**9, data) for second, data in frames], 1))
    found = {one["mac"]: one for one in devices(capsys, str(path))}
    assert {mac: one["client_ports"] for mac, one in found.items()} == {MAC: [], OTHER_MAC: [80]}


def test_proxy_arp_makes_nothing_local_and_merges_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A gateway answers for public addresses, whose packets come from behind it."""
    far = [f"198.51.100.{number}" for number in range(1, 20)]
    answers = [arp(ip, mac=ROUTER, operation=REPLY) for ip in ("10.0.0.1", *far)]
    path = saved(tmp_path, *answers, *(syn(ip, ttl=60) for ip in far))
    gateway, *others = devices(capsys, path)
    assert (gateway["mac"], len(gateway["addresses"]), gateway["client_ports"]) == (ROUTER, 20, [])
    *others, sender = others
    assert [(one["mac"], one["local"], one["client_ports"]) for one in others] == [(None, False, [80])] * 19
    assert (sender["mac"], sender["role"], sender["addresses"]) == (MAC, "gateway", [])


def test_floods_are_bounded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """MACs, addresses of a MAC, and MACs of an address; a host that uses TCP stays."""
    macs = [f"02:00:00:00:{number // 256:02x}:{number % 256:02x}" for number in range(3000)]
    some = [f"10.1.{number // 250}.{number % 250 + 1}" for number in range(3000)]
    for frames in (
        [arp(ip, mac=mac) for ip, mac in zip(some, macs, strict=True)],
        [arp(ip) for ip in some],
        [arp("10.1.0.1", mac=mac) for mac in macs],
    ):
        path = saved(tmp_path, arp("10.0.0.7", mac=ROUTER), syn("10.0.0.7"), *frames)
        assert main(["devices", "--format", "json", "--max-inventory", "100", path]) in (0, 1)
        found = [*map(json.loads, capsys.readouterr().out.splitlines())]
        assert len(found) <= 200
        assert (found[0]["mac"], found[0]["client_ports"]) == (ROUTER, [80])


def test_a_tunnel_has_no_macs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:

    outer = Ip4("10.0.0.1", "10.0.0.2", protocol=UDP)
    path = saved(tmp_path, frame(outer.pack(udp(4789, vxlan(arp("10.9.9.9")))), 0x0800))
    [one] = devices(capsys, path)
    assert [address["ip"] for address in one["addresses"]] == ["10.0.0.1"], "the outer packet's sender"


def test_a_forged_claim_stays_contradicted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """ARP of a MAC, however frequent, does not make its announcements about another host count."""
    forged = [arp("10.0.0.7", mac=OTHER_MAC)] * 50
    path = saved(
        tmp_path, request(AXIS, ip="10.0.0.7"), *forged, request(WINDOWS, ip="10.0.0.7", mac=OTHER_MAC)
    )
    victim = devices(capsys, path)[0]
    assert (victim["mac"], victim["model"]) == (MAC, "P3245")


def test_every_pair_of_captures_is_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Sender's MAC and address by tshark, without 0.0.0.0; each MAC once, virtual ones marked."""
    names = ("arp.src.hw_mac", "arp.src.proto_ipv4")
    seen = 0
    for path in captured.corpus(bytes.fromhex("0806 0001 0800 0604 0001"), 12):
        rows = captured.fields(path, "arp.src.proto_ipv4 && arp.src.hw_mac && !gre && !ip", names)
        wanted = {(row["arp.src.hw_mac"], row["arp.src.proto_ipv4"]) for row in rows}
        wanted = {(mac, ip) for mac, ip in wanted if ip != NOBODY}
        found = devices(capsys, str(path)) if wanted else []
        macs = [one["mac"] for one in found if one["mac"] is not None]
        assert len(macs) == len(set(macs)), path.name
        assert wanted <= {(one["mac"], of["ip"]) for one in found for of in one["addresses"]}, path.name
        for mac, one in zip(macs, (one for one in found if one["mac"] is not None), strict=True):
            assert (one["virtual"] == "vrrp") is mac.startswith("00:00:5e:00:01"), path.name
        seen += wanted != set()
        if seen == 5:
            return
    pytest.fail("there are no five captures with ARP")
