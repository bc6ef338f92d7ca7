"""Neighbor Discovery: which MAC has which address of IPv6, and what routers announce."""

from __future__ import annotations

import json
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from tests.devices.test_arp import devices, pairs
from tests.support.devices import captured, dhcp
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.made import MAC, OTHER_MAC, frame, read, rendered
from tests.support.devices.neighbor import (
    GLOBAL,
    LINK,
    NOBODY,
    NS,
    RA,
    SOURCE,
    TARGET,
    advertise,
    mac_option,
    message,
    option,
    prefix_option,
    route,
    search,
    solicit,
)
from tests.support.devices.routers import ROUTER
from tests.support.local_hosts import saved, syn
from tests.support.packets import Ip4, Ip6
from tests.support.tunnels import UDP, udp, vxlan


def events(*frames: bytes, **options: Any) -> list[dict[str, Any]]:
    return read(*frames, protocols=("neighbor",), **options)


@pytest.mark.parametrize(
    ("made", "operation", "ip", "target", "says"),
    [
        (solicit(), "solicitation", LINK, "fe80::1", "solicitation for fe80::1"),
        (solicit(GLOBAL, options=b""), "solicitation", GLOBAL, "fe80::1", "solicitation for fe80::1"),
        (solicit(NOBODY, GLOBAL), "solicitation", None, GLOBAL, f"probe for {GLOBAL}"),
        (advertise(GLOBAL), "advertisement", GLOBAL, None, f"advertisement of {GLOBAL}"),
        (advertise(GLOBAL, options=b""), "advertisement", GLOBAL, None, f"advertisement of {GLOBAL}"),
        (advertise(GLOBAL, destination=LINK), "advertisement", GLOBAL, LINK, f"advertisement of {GLOBAL}"),
        (advertise(GLOBAL, sender=ROUTER), "advertisement", GLOBAL, None, f"advertisement of {GLOBAL}"),
        (search(), "router_solicitation", LINK, None, "router solicitation"),
        (search(NOBODY), "router_solicitation", None, None, "router solicitation"),
        (route(), "router_advertisement", "fe80::1", None, "router advertisement"),
        (
            *(route(lifetime=0), "router_advertisement", "fe80::1", None),
            "router advertisement, forwards no packets",
        ),
    ],
)
def test_events_of_those_who_ask_for_them(
    made: bytes, operation: str, ip: str | None, target: str | None, says: str
) -> None:
    [one] = events(made)
    assert (one["event"], one["mac"], one.get("device_ip")) == ("neighbor", MAC, ip)
    assert (one["operation"], one.get("target_ip"), one["scope"]) == (operation, target, "segment")
    hidden = json.loads(rendered(made, protocols=("neighbor",), hides_private=True)[0])
    assert (hidden["operation"], "target_ip" in hidden) == (operation, False)
    assert f"\n  Says:    {says}\n\n" in rendered(made, form="text", protocols=("neighbor",))[0]


def test_single_messages_are_shown_only_if_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, solicit())
    assert main(["pcap", "--format", "json", path]) == 0
    assert capsys.readouterr().out == ""
    assert main(["pcap", "--protocols", "tcp,neighbor", path]) == 0
    assert capsys.readouterr().out.startswith("[Neighbor Discovery] without addresses\n")
    assert main(["hosts", "--protocols", "tcp", path]) == 0
    assert "[Host]" not in capsys.readouterr().out


BASE = solicit()
FAR = [f"198.51.100.{number}" for number in range(1, 20)]
HEADERS = 14 + 40


@pytest.mark.parametrize(
    "made",
    [
        solicit(hops=254),
        solicit(hops=64),
        advertise(hops=1),
        solicit(GLOBAL, hops=254),
        solicit(source="ff02::7"),
        solicit(target="ff02::1:ff00:7"),
        solicit(target=NOBODY),
        solicit(NOBODY, GLOBAL, options=mac_option(SOURCE)),
        advertise(GLOBAL, source=NOBODY),
        route(source=GLOBAL),
        solicit(options=bytes((SOURCE, 0)) + bytes(6)),
        solicit(options=bytes((SOURCE, 2)) + bytes(6)),
        solicit(options=mac_option(SOURCE) + bytes((14,))),
        solicit(options=mac_option(SOURCE)[:7]),
        message(bytes((NS, 1)) + BASE[HEADERS + 2 :]),
        message(BASE[HEADERS : HEADERS + 23]),
        message(bytes((RA, 0)) + bytes(13)),
        message(bytes((133, 0)) + bytes(5)),
        message(bytes((NS,))),
    ],
)
def test_invalid_messages(made: bytes) -> None:
    """Forwarded, of groups, of nobody, with another code, or with options that do not fit (RFC 4861)."""
    text, stats = rendered(made, protocols=("neighbor",))
    assert (text, stats.neighbor_malformed, stats.analysed) == ("", 1, 1)


@pytest.mark.parametrize("cut", range(len(BASE) - HEADERS))
def test_cut_messages(cut: int) -> None:
    text, stats = rendered(BASE[: HEADERS + cut], protocols=("neighbor",))
    assert (text, stats.neighbor_malformed, stats.analysed) == ("", 0, 0)


def test_other_addresses_of_the_link() -> None:
    """Longer ones of other links: they say nothing of a card, and are no error."""
    text, stats = rendered(solicit(options=option(SOURCE, bytes(14))), protocols=("neighbor",))
    assert (text, stats.neighbor_malformed, stats.analysed) == ("", 0, 1)


def test_other_messages_are_left_out() -> None:
    """Echo, ICMPv6 in IPv4 and in fragments; and all of it where it is not asked for."""
    echo = message(bytes((128,)) + bytes(23))
    in_ipv4 = frame(Ip4(protocol=58).pack(BASE[HEADERS:]), 0x0800)
    split = Ip6(LINK, "ff02::1", ttl=255, protocol=58, extensions=((44, bytes(7)),)).pack(BASE[HEADERS:])
    for made in (echo, in_ipv4, frame(split, 0x86DD)):
        text, stats = rendered(made, protocols=("neighbor",))
        assert (text, stats.analysed) == ("", 0)
    text, stats = rendered(solicit(), protocols=("tcp", "arp"))
    assert (text, stats.analysed, stats.drops["not_tcp"]) == ("", 0, 1)


def redirect(options: bytes) -> bytes:
    """A router names the MAC of an address (RFC 4861, 4.5)."""
    addresses = IPv6Address("fe80::2").packed + IPv6Address(GLOBAL).packed
    return message(bytes((137, 0, 0, 0, 0, 0, 0, 0)) + addresses + options, "fe80::1", mac=ROUTER)


def test_a_redirect_names_a_mac(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or none; the device still has to send something."""
    [one] = events(redirect(b""))
    assert (one["operation"], one.get("mac"), one["device_ip"]) == ("redirect", None, "fe80::2")
    made = redirect(mac_option(TARGET, OTHER_MAC))
    [one] = events(made)
    assert (one["operation"], one["mac"], one["device_ip"]) == ("redirect", OTHER_MAC, "fe80::2")
    assert "\n  Says:    redirect to fe80::2\n\n" in rendered(made, form="text", protocols=("neighbor",))[0]
    assert pairs(devices(capsys, saved(tmp_path, made))) == [(ROUTER, ["fe80::1"])]


def test_every_pair_is_in_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each MAC once, with all its addresses; a probe binds nothing."""
    path = saved(
        tmp_path,
        *(solicit(), solicit(GLOBAL), solicit(NOBODY, "2001:db8::99", mac=OTHER_MAC)),
        *(advertise("2001:db8::1", mac=ROUTER, source="fe80::1"), solicit(GLOBAL)),
    )
    assert pairs(devices(capsys, path)) == [
        (MAC, [GLOBAL, LINK]),
        (OTHER_MAC, []),
        (ROUTER, ["2001:db8::1", "fe80::1"]),  # the second by its frame alone
    ]
    assert all(one["local"] for one in devices(capsys, path))


def test_an_address_that_is_checked_for_duplicates_is_tentative(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No host has it until its MAC uses it. What others ask for is none, nor a switch's probe by ARP."""
    checked = [solicit(NOBODY, address) for address in (LINK, GLOBAL, GLOBAL)]
    path = saved(tmp_path, *checked)
    [found] = devices(capsys, path)
    assert (found["mac"], found["addresses"], sorted(found["tentative"])) == (MAC, [], [GLOBAL, LINK])
    assert main(["devices", path]) == 0
    assert f"{GLOBAL} (tentative)" in capsys.readouterr().out
    for used in (advertise(GLOBAL), solicit(GLOBAL, "2001:db8::1")):
        [found, *_] = devices(capsys, saved(tmp_path, *checked, used, *checked))
        assert (pairs([found]), found["tentative"]) == ([(MAC, [GLOBAL])], [LINK])
    [holder, asker] = devices(capsys, saved(tmp_path, advertise(LINK, mac=OTHER_MAC), checked[0]))
    assert (pairs([holder, asker]), asker["tentative"]) == ([(OTHER_MAC, [LINK]), (MAC, [])], [LINK])
    for other in (solicit(LINK, GLOBAL), solicit(NOBODY, GLOBAL, hops=64), arp("0.0.0.0", "10.0.0.9")):
        assert [one["tentative"] for one in devices(capsys, saved(tmp_path, other))] in ([], [[]])


def test_tentative_addresses_make_no_gateway(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A flood of them displaces no address, and is bounded."""
    flood = [solicit(NOBODY, f"2001:db8::{number:x}") for number in range(1, 400)]
    [found] = devices(capsys, saved(tmp_path, advertise(LINK), *flood))
    assert (pairs([found]), found["role"], len(found["tentative"])) == ([(MAC, [LINK])], None, 255)


def test_a_forged_advertisement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However often it is repeated, the victim keeps its record; both claims are visible."""
    forged = [advertise(GLOBAL, mac=OTHER_MAC)] * 200
    path = saved(tmp_path, solicit(GLOBAL), syn(GLOBAL), *forged)
    victim, attacker = devices(capsys, path)
    assert (victim["mac"], victim["client_ports"]) == (MAC, [80])
    assert (attacker["mac"], attacker["client_ports"]) == (OTHER_MAC, [])
    for one in (victim, attacker):
        assert [(of["ip"], of["disputed"]) for of in one["addresses"]] == [(GLOBAL, True)]


def test_floods_are_bounded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    macs = [f"02:00:00:00:{number // 256:02x}:{number % 256:02x}" for number in range(3000)]
    some = [f"2001:db8::{number + 16:x}" for number in range(3000)]
    networks = [prefix_option(f"2001:db8:{number:x}::/64") for number in range(40)]
    for frames in (
        [solicit(ip, mac=mac) for ip, mac in zip(some, macs, strict=True)],
        [advertise(ip) for ip in some],
        [advertise(GLOBAL, mac=mac) for mac in macs],
        [route(*networks, source=f"fe80::{number:x}") for number in range(1, 50)],
    ):
        path = saved(tmp_path, solicit(LINK, mac=ROUTER), syn("10.0.0.7"), *frames)
        assert main(["devices", "--format", "json", "--max-inventory", "100", path]) in (0, 1)
        found = [*map(json.loads, capsys.readouterr().out.splitlines())]
        assert len(found) <= 200
        assert (found[0]["mac"], LINK) == (ROUTER, found[0]["addresses"][0]["ip"])


def test_a_tunnel_has_no_neighbors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outer = Ip4("10.0.0.1", "10.0.0.2", protocol=UDP)
    inner = Ip6(GLOBAL, "ff02::1", ttl=255, protocol=58).pack(BASE[HEADERS:])
    six_in_four = frame(Ip4("10.0.0.1", "10.0.0.2", protocol=41).pack(inner), 0x0800)
    for made in (frame(outer.pack(udp(4789, vxlan(solicit()))), 0x0800), six_in_four):
        [one] = devices(capsys, saved(tmp_path, made))
        assert [address["ip"] for address in one["addresses"]] == ["10.0.0.1"], "the outer packet's sender"


# ---- routers -----------------------------------------------------------------------------------------------


def locals_of(capsys: pytest.CaptureFixture[str], path: str, *options: str) -> dict[str, bool]:
    assert main(["hosts", "--format", "json", path, *options]) == 0
    found = [*map(json.loads, capsys.readouterr().out.splitlines())]
    return {one["ip"]: one["local"] for one in found if one["event"] == "host"}


def test_announced_networks_are_local(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever in the capture they are announced; not those off the link, expired, or larger than sites."""
    router = route(
        prefix_option("2001:db8:1::/64"),
        prefix_option("2001:db8:2::/64", flags=0x40),
        prefix_option("2001:db8:3::/64", lifetime=0),
        prefix_option("2000::/3"),
        prefix_option("::/0"),
    )
    ends = [f"2001:db8:{number}::9" for number in (1, 2, 3, 4)]
    path = saved(tmp_path, *map(syn, ends[:2]), router, *map(syn, ends[2:]))
    found = locals_of(capsys, path)
    assert [found[ip] for ip in ends] == [True, False, False, False]
    assert found["fe80::1"]
    assert locals_of(capsys, path, "--local", "2001:db8:4::/64")[ends[0]] is False


def test_the_network_of_a_lease_is_local(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mask = dhcp.option(1, bytes((255, 255, 255, 0)))
    ends = ("198.51.100.9", "203.0.113.9")
    for options, expected in (((mask,), True), ((), False), ((dhcp.option(1, bytes(4)),), False)):
        ack = dhcp.message(*options, kind=dhcp.ACK, op=2, yiaddr="198.51.100.7")
        path = saved(
            tmp_path,
            dhcp.from_client(dhcp.message(kind=dhcp.REQUEST)),
            dhcp.from_server(ack),
            *map(syn, ends),
        )
        found = locals_of(capsys, path)
        assert (found[ends[0]], found[ends[1]]) == (expected, False)


SERVER = "00:00:5e:00:53:fe"
LEASE = dhcp.from_server(
    dhcp.message(dhcp.option(3, bytes((10, 0, 0, 1))), kind=dhcp.ACK, op=2, yiaddr="10.0.0.9", mac=OTHER_MAC),
    mac=SERVER,
)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ([route()], "it announces itself as a router"),
        ([route(lifetime=0)], None),
        ([advertise("fe80::1")], None),
        ([solicit(mac="00:00:5e:00:02:01")], "its MAC is virtual"),
        ([solicit("fe80::9", mac=OTHER_MAC), LEASE, arp("10.0.0.1")], "leases name it"),
        ([solicit("fe80::9", mac=OTHER_MAC), LEASE, arp("10.0.0.2")], None),
        (
            [
                *(frame for ip in FAR for frame in (arp(ip, operation=REPLY), syn(ip, ttl=60))),
                *(arp("10.0.0.9"), syn("10.0.0.9", ttl=64)),
            ],
            "it answers for many hosts behind it",
        ),
    ],
)
def test_gateways(
    made: list[bytes], why: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A router that announces itself, a lease names or is virtual, or that has many hosts behind it."""
    path = saved(tmp_path, *made)
    roles = [one["role"] for one in devices(capsys, path) if one["mac"] not in (None, OTHER_MAC, SERVER)]
    assert roles == ["gateway" if why else None]
    assert main(["hosts", "--all", path]) == 0
    text = capsys.readouterr().out
    assert (f", gateway: {why}\n" in text) if why else (", gateway" not in text)


# ---- an independent reading --------------------------------------------------------------------------------

NAMES = (
    *("frame.number", "eth.src", "ipv6.src", "icmpv6.type", "icmpv6.opt.linkaddr"),
    *("icmpv6.nd.na.target_address", "icmpv6.opt.type"),
)


def bindings(path: Path) -> set[tuple[str, str]]:
    """MAC and address of each message, by tshark's fields."""
    wanted = (
        "icmpv6.type >= 133 && icmpv6.type <= 136 && ipv6.hlim == 255 && !_ws.malformed && eth && !ip && !gre"
    )
    found = set()
    for row in captured.fields(path, wanted, NAMES):
        kinds = row["icmpv6.opt.type"].split("|")
        asked = str(TARGET if row["icmpv6.type"] == "136" else SOURCE)
        address = row["icmpv6.nd.na.target_address"] or row["ipv6.src"]
        mac = row["icmpv6.opt.linkaddr"].split("|")[0] if asked in kinds else row["eth.src"]
        if ip_address(address).is_unspecified or int(mac[:2], 16) & 1 or not int(mac.replace(":", ""), 16):
            continue
        found.add((mac, str(ip_address(address))))
    return found


def test_the_same_as_tshark(capsys: pytest.CaptureFixture[str]) -> None:
    """Bindings of captures of the corpus; each is in the list of devices."""
    seen = 0
    for path in captured.corpus(bytes.fromhex("3aff fe80 0000 0000 0000"), 12):
        wanted = bindings(path)
        stated = {
            (one["mac"], one["device_ip"])
            for one in captured.announced(path, "neighbor")
            if ":" in one.get("device_ip", "")
        }
        assert stated == wanted, path.name
        listed = {(one["mac"], of["ip"]) for one in devices(capsys, str(path)) for of in one["addresses"]}
        assert wanted <= listed, path.name
        seen += len(wanted)
    assert seen > 5
