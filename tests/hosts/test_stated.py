"""What a segment tells its hosts: each new gateway, resolver, time server, proxy or network is news once."""

from __future__ import annotations

import json
import re
import struct
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.hosts.honest import (
    NAMES,
    OTHER,
    SERVER,
    ack,
    advertised,
    answer,
    asked,
    by_mdns,
    by_netbios,
    resolvers,
)
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp6, mdns, neighbor, netbios
from tests.support.devices.made import datagram, frame
from tests.support.devices.news import SECOND, START, records
from tests.support.packets import Ip4, Ip6, checksum


def changes(*packets: Packet) -> list[tuple[str, str, str]]:
    found: list[dict[str, Any]] = records([*packets])[0]
    return [(one["mac"], one["before"], one["after"]) for one in found if one["change"] == "segment_changed"]


@pytest.mark.parametrize(
    ("code", "word"), [(3, "gateway"), (6, "resolver"), (42, "time server")], ids=["3", "6", "42"]
)
@pytest.mark.parametrize("by", [SERVER, OTHER])
def test_a_lease_that_names_another_address_is_news(code: int, word: str, by: str) -> None:
    packets = [
        ack(0, (code, "192.0.2.1")),
        ack(60, (code, "192.0.2.66"), by=by),
        ack(90, (code, "192.0.2.66")),
    ]
    assert changes(*packets, ack(120, (code, "192.0.2.1"))) == [
        (by, f"{word} 192.0.2.1", f"{word} 192.0.2.66"),
    ]


def test_addresses_made_from_macs_are_named_whole() -> None:
    """They are no MACs, which output hides."""
    one, other = "fe80::e291:f5ff:fe73:8cc2", "fe80::250:56ff:fe97:6d4e"
    found: list[dict[str, Any]] = records(
        [advertised(0, resolvers(one)), advertised(9, resolvers(other), by=OTHER, source=other)]
    )[0]
    told = {one["change"]: (one.get("before"), one.get("after")) for one in found}
    assert told["segment_changed"] == (f"resolver {one}", f"resolver {other}")
    assert told["new_router"] == ("fe80::1", other)


def test_the_routers_of_routes_are_news() -> None:
    """Of halves of all addresses, of a network, in Microsoft's option; networks on the link have none."""

    def routes(*rows: tuple[int, str, str]) -> bytes:
        return b"".join(
            bytes((bits,)) + ip_address(net).packed[: (bits + 7) // 8] + ip_address(router).packed
            for bits, net, router in rows
        )

    usual = (3, "192.0.2.1"), (121, routes((8, "10.0.0.0", "192.0.2.2"), (16, "172.20.0.0", "0.0.0.0")))
    halves = routes((1, "0.0.0.0", "192.0.2.66"), (1, "128.0.0.0", "192.0.2.66"))
    for by in (SERVER, OTHER):
        for code, value in ((121, halves), (249, halves), (121, routes((24, "203.0.113.0", "192.0.2.66")))):
            [(_, _, after)] = changes(
                ack(0, *usual), ack(60, *usual), ack(120, usual[0], (code, value), by=by)
            )
            assert after == "gateway 192.0.2.66"
    assert changes(*(ack(60 * at, *usual) for at in range(5))) == []


def test_a_proxy_and_a_network_are_news() -> None:
    old, new = b"http://192.0.2.1/wpad.dat", b"http://192.0.2.66/wpad.dat"
    assert changes(ack(0, (252, old)), ack(60, (252, new))) == [
        (SERVER, f"proxy {old.decode()}", f"proxy {new.decode()}")
    ]
    prefixes = [neighbor.prefix_option(one) for one in ("2001:db8:1::/64", "2001:db8:66::/64")]
    for by, source, lifetime, more in (
        (SERVER, "fe80::1", 9, " of the same router"),
        (OTHER, "fe80::66", 0, ""),
    ):
        second = advertised(1, prefixes[1], by=by, source=source, lifetime=lifetime)
        assert changes(advertised(0, prefixes[0]), second) == [
            (by, "network 2001:db8:1::/64", f"network 2001:db8:66::/64{more}")
        ]
    names = [resolvers(one) for one in ("2001:db8::53", "fe80::66")]
    assert changes(*(advertised(at, one) for at, one in enumerate(names))) == [
        (SERVER, "resolver 2001:db8::53", "resolver fe80::66")
    ]


def test_a_long_proxy_that_is_kept_in_part_is_marked() -> None:
    """32 bytes are kept."""
    first = b"http://proxy.example.com/0123456"
    packets = [ack(at, (252, first + end)) for at, end in enumerate((b"", b"7/a", b"7/b"))]
    short, old, new = (f"proxy {first.decode()}{end}" for end in ("", "7/a", "7/b"))
    assert changes(*packets) == [(SERVER, short, old), (SERVER, f"{short[:-3]}…", new)]


def test_clients_ignore_whether_a_relay_passed_the_message_on() -> None:
    packets = [ack(0, (3, "192.0.2.1")), ack(60, (3, "192.0.2.66"), by=OTHER, relay="192.0.2.2")]
    assert changes(*packets) == [(OTHER, "gateway 192.0.2.1", "gateway 192.0.2.66")]


@pytest.mark.parametrize(
    "packets",
    [
        [ack(at, (3, "192.0.2.1"), (6, b"\xc0\0\2\1\xc0\0\2\2")) for at in (0, 43_200, 86_400)],
        [ack(at, (6, "192.0.2.53"), by=one) for at, one in enumerate((SERVER, OTHER, SERVER))],
        [ack(0, (3, "192.0.2.1")), advertised(1, resolvers("2001:db8::53"))],
        [advertised(at, resolvers("2001:db8::53", "2001:db8::54")) for at in range(3)],
    ],
    ids=["a lease that is renewed at night", "a failover pair", "IPv4 and IPv6", "two resolvers"],
)
def test_what_is_no_news(packets: list[Packet]) -> None:
    assert changes(*packets) == []


def redirect(at: float, target: str, destination: str, by: str) -> Packet:
    """RFC 4861, 4.5."""
    body = ip_address(target).packed + ip_address(destination).packed
    frame = neighbor.message(b"\x89" + bytes(7) + body, "fe80::1", destination="fe80::7", mac=by)
    return START + round(at * SECOND), frame


def test_a_redirect_in_the_name_of_the_gateway_is_news_once() -> None:
    asked = [redirect(at, "fe80::66", "2001:db8:f::9", SERVER) for at in (5, 6)]
    assert changes(advertised(0), *asked) == [(SERVER, "gateway", "redirected to fe80::66")]
    assert changes(advertised(0), redirect(5, "2001:db8::9", "2001:db8::9", SERVER)) == [], (
        "it is on the link"
    )
    known = advertised(0), advertised(1, by=OTHER, source="fe80::66"), advertised(2)
    assert changes(*known, asked[0]) == [], "a redirect to another router"


def roles(*packets: Packet) -> list[tuple[str, str | None, str | None]]:
    found: list[dict[str, Any]] = records([*packets])[0]
    named = [one for one in found if one["change"] in ("new_dhcp_server", "new_router")]
    return [(one["mac"], one.get("before"), one.get("after")) for one in named]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_second_server_or_router_of_a_segment_has_the_one_before(turn: int) -> None:
    """And only that is a finding: most segments have one."""
    ends = [(SERVER, "192.0.2.1", "fe80::1"), (OTHER, "192.0.2.66", "fe80::66")][::turn]
    leases = [ack(at, (3, ip), by=by, source=ip) for at, (by, ip, _) in enumerate((*ends, *ends))]
    routes = [advertised(10 + at, by=by, source=ip) for at, (by, _, ip) in enumerate((*ends, *ends))]
    (one, old, old6), (two, new, new6) = ends
    assert roles(*leases, *routes) == [
        (one, None, None),
        (two, old, new),
        (one, None, None),
        (two, old6, new6),
    ]


def test_a_router_that_first_states_another_gateway_is_news() -> None:
    """As in the name of a known server; a router that states itself is none."""
    assert changes(advertised(0), ack(5, (3, "192.0.2.66"))) == [
        (SERVER, "gateway 192.0.2.1", "gateway 192.0.2.66")
    ]
    assert changes(advertised(0), ack(5, (3, "192.0.2.1"))) == []
    assert changes(advertised(0), ack(5, (3, "192.0.2.66"), by=OTHER)) == [], "a server that is no router"


def findings(*packets: Packet) -> list[tuple[str, str]]:
    batches = hg.Analyzer(findings=True, protocols=hg.PROTOCOLS).batches(pcap([*packets], 1))
    lines = [json.loads(line) for one in batches for line in one.render("json").splitlines()]
    return [(one["src_ip"], one["finding"]) for one in lines if one["event"] == "finding"]


def test_answers_for_several_names_are_a_finding() -> None:
    def found(*names: str) -> list[tuple[str, str]]:
        return findings(*(answer(at, name) for at, name in enumerate(names)))

    assert found("srv1", "srv2", "srv3", "srv4") == [("10.0.0.66", "foreign_names")]
    assert found("pc", "PC", "pc", "new-pc") == [], "one that was renamed"


FOREIGN = [(netbios.ADDRESS, "foreign_names")]


def test_answers_in_netbios_and_for_proxies_are_a_finding() -> None:
    """A system has one name, which NetBIOS cuts; in mDNS it may have many."""
    names = ["fileserver", "intranet", "printers", "sqlserver"]
    assert findings(*(by_netbios(at, one) for at, one in enumerate(names))) == FOREIGN
    assert findings(by_netbios(0, "wpad")) == FOREIGN
    assert findings(answer(0, "WPAD")) == [("10.0.0.66", "foreign_names")]
    assert findings(by_mdns(0, "wpad")) == [(mdns.SOURCE, "foreign_names")]
    assert findings(*(by_mdns(at, one) for at, one in enumerate(names))) == []
    assert findings(*(by_netbios(at, one, address="192.0.2.99") for at, one in enumerate(names))) == [], (
        "a name server answers for others"
    )
    cut = "a-very-long-computer-name"
    both = [answer(0, cut, netbios.ADDRESS), by_netbios(1, cut[:15]), by_netbios(2, "new-name")]
    assert findings(*both, answer(3, cut[:16], netbios.ADDRESS)) == []


def routers(
    at: float, *entries: tuple[str, int], by: str = SERVER, lifetime: int = 1800, source: str = ""
) -> Packet:
    """Routers of ICMP (RFC 1256): addresses with preferences."""
    body = b"".join(ip_address(one).packed + struct.pack("!i", level) for one, level in entries)
    head = struct.pack("!BBHBBH", 9, 0, 0, len(entries), 2, lifetime)
    data = head[:2] + checksum(head + body).to_bytes(2, "big") + head[4:] + body
    packet = Ip4(source or entries[0][0], "224.0.0.1", 1, protocol=1).pack(data)
    return START + round(at * SECOND), frame(packet, 0x0800, mac=by)


def test_routers_of_icmp_are_news() -> None:
    """Those without a lifetime, or with the least preference, are no gateways."""
    rogue = routers(60, ("192.0.2.66", 9), by=OTHER)
    assert changes(ack(0, (3, "192.0.2.1")), rogue) == [(OTHER, "gateway 192.0.2.1", "gateway 192.0.2.66")]
    assert changes(routers(0, ("192.0.2.1", 0)), rogue) == [
        (OTHER, "gateway 192.0.2.1", "gateway 192.0.2.66")
    ]
    assert roles(routers(0, ("192.0.2.1", 0)), rogue)[1] == (OTHER, "192.0.2.1", "192.0.2.66")
    for harmless in (
        routers(60, ("192.0.2.66", 9), by=OTHER, lifetime=0),
        routers(60, ("192.0.2.66", -(1 << 31)), by=OTHER),
        routers(60, ("192.0.2.1", 9)),
        (rogue[0], rogue[1][:-1] + b"\7"),
    ):
        assert changes(ack(0, (3, "192.0.2.1")), harmless) == []


@pytest.mark.parametrize("source", [mdns.SOURCE, mdns.SOURCE6])
@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("sport", [mdns.PORT, 40_000])
def test_answers_of_mdns_for_names_that_others_ask_for_are_a_finding(
    source: str, turn: int, sport: int
) -> None:
    asker = "fe80::99" if ":" in source else "192.0.2.99"

    def found(
        *, after: float = 0.2, by: str = asker, claims: bool = False, own: str = source
    ) -> list[tuple[str, str]]:
        packets = []
        for at, name in enumerate(NAMES[::turn]):
            packets.append(asked(20 * at, name, by=by, sport=sport, claims=claims))
            made = mdns.message(mdns.address(name.upper(), own))
            packets.append((START + round((20 * at + after) * SECOND), mdns.sent(made, source=source)))
        return findings(*packets)

    assert found() == [(source, "foreign_names")]
    assert found(after=11) == [], "nobody waits so long"
    assert found(by=source) == [], "it asked itself"
    assert found(claims=True) == [], "somebody claims the name, and it defends it"
    other = "fe80::77" if ":" in source else "192.0.2.77"
    assert found(own=other) == [], "a reflector, or a proxy of a host that sleeps"


def test_a_host_may_have_several_names_in_mdns() -> None:
    """It announces them, also those that it takes when it is renamed."""
    told = [by_mdns(at, one) for at, one in enumerate(NAMES)]
    later = [one for at, name in enumerate(NAMES) for one in (asked(20 + at, name), by_mdns(20.5 + at, name))]
    assert findings(*told, *later) == []
    assert findings(*later) == [(mdns.SOURCE, "foreign_names")]
    two = [one for at in range(9) for one in (asked(at, NAMES[at % 2]), by_mdns(at + 0.1, NAMES[at % 2]))]
    assert findings(*two) == []
    many = [by_mdns(at, f"service-{at}") for at in range(8)]
    assert findings(*many, *later) == [], "a bridge, of which not all names are known"
    renamed = [
        one
        for at in range(5)
        for one in (by_mdns(at, f"pr-{at}"), asked(at + 0.1, f"pr-{at}"), by_mdns(at + 0.2, f"pr-{at}"))
    ]
    assert findings(*renamed) == []


# ---- the table of the manual ---------------------------------------------------------------------------


def redirect_4(target: str, source: str, by: str) -> bytes:
    """A redirect of IPv4 (RFC 792) with the packet that it is about."""
    body = bytes((5, 1, 0, 0)) + ip_address(target).packed + Ip4("192.0.2.7", "198.51.100.9").pack(bytes(8))
    made = body[:2] + checksum(body).to_bytes(2, "big") + body[4:]
    return frame(Ip4(source, "192.0.2.7", protocol=1).pack(made), 0x0800, mac=by)


PAGE = Path(__file__).resolve().parents[2] / "docs/reference/findings.md"


def table() -> list[list[str]]:
    block = PAGE.read_text(encoding="utf-8").partition("## What a segment states")[2].split("```")[1]
    return [re.split("  +", line) for line in block.splitlines()[2:]]


def stated(at: float, what: str, by: str) -> Packet:
    """A message that states a value."""
    kind, name, value = what.split(" ")
    source = {SERVER: ("192.0.2.1", "fe80::1"), OTHER: ("192.0.2.66", "fe80::66")}[by]
    if kind == "lease":
        codes = {"gateway": 3, "resolver": 6, "clock": 42, "route": 121, "proxy": 252}
        made = {"proxy": value.encode, "route": lambda: b"\0" + ip_address(value).packed}
        return ack(at, (codes[name], made[name]() if name in made else value), by=by, source=source[0])
    if kind == "icmp" and name == "gateway":
        return routers(at, (value, 0), by=by, source=source[0])
    time = START + round(at * SECOND)
    if kind == "icmp":
        return time, redirect_4(value, source[0], by)
    if kind == "router" and name == "redirect":
        return redirect(at, value, "2001:db8:f::9", by)
    if kind == "router":
        is_network = name == "network"
        return advertised(
            at, neighbor.prefix_option(value) if is_network else resolvers(value), by=by, source=source[1]
        )
    packed = dhcp6.option(23 if name == "resolver" else 31, ip_address(value).packed)
    sent = dhcp6.message(dhcp6.duid(), packed, kind=dhcp6.REPLY)
    return time, datagram(sent, 547, 546, ip=Ip6(source[1], dhcp6.LINK_LOCAL, protocol=17), mac=by)


@pytest.mark.parametrize("by", [SERVER, OTHER])
@pytest.mark.parametrize("row", table(), ids=" ".join)
@pytest.mark.parametrize("gap", [1, 5000])
def test_the_table_of_the_manual(row: list[str], by: str, gap: int) -> None:
    first, then, before, *rest = row
    wanted = [] if before == "none" or rest[1:] == ["+" if by == SERVER else "="] else [(by, before, rest[0])]
    packets = [stated(0, first, SERVER), stated(gap, then, by), stated(gap + 1, then, by)]
    shown = [one for one in changes(*packets) if not one[2].endswith(" of the same router")]
    assert shown == wanted
    assert changes(packets[0], stated(gap, first, by)) == [], "the same again"
