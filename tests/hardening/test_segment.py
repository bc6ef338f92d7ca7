"""Who may say what on a segment: what a neighbour sends hides no takeover, router or DHCP server.

What systems accept is by RFC 4861, 6980 and 2131; Linux and busybox do the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv6Address
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp, dhcp6, mdns, neighbor, smb
from tests.support.devices.arp import REPLY, REQUEST, arp
from tests.support.devices.made import ETHERNET, datagram, frame, mac_bytes
from tests.support.devices.news import GATEWAY, HSRP, RANDOM, SECOND, START, VRRP, answers, mac, news, seen
from tests.support.packets import ACK, Ip4, Ip6, Tcp, checksum, packet, reply
from tests.support.tunnels import UDP

ROUTER, ATTACKER, VICTIM = mac(1), mac(0x666), mac(7)
USUAL = [seen(0, ROUTER, GATEWAY), seen(1, VICTIM, "10.0.0.7"), seen(2, ATTACKER, "10.0.0.66")]


def fight(by: str, ip: str = GATEWAY, owner: str = ROUTER) -> list[Packet]:
    """Both take turns for five minutes."""
    return [seen(100 + 5 * turn, owner if turn % 2 else by, ip) for turn in range(60)]


def silencing(by: str, count: int) -> list[Packet]:
    """Addresses that nobody has, in the name of this MAC."""
    return [seen(10 + number, by, f"10.0.1.{number}") for number in range(count)]


@pytest.mark.parametrize(
    "first",
    [
        [],
        silencing(ROUTER, 4),
        silencing(ROUTER, 60),
        silencing(ATTACKER, 60),
        [seen(5, mac(9), "10.0.0.9"), seen(6, ATTACKER, "10.0.0.9"), *silencing(ATTACKER, 5)],
    ],
    ids=["none", "4 of the router", "60 of the router", "60 of its own", "one taken"],
)
@pytest.mark.parametrize("by", [ATTACKER, VRRP, HSRP, RANDOM])
def test_a_takeover_is_news_whatever_the_taker_states_first(by: str, first: list[Packet]) -> None:
    found = [change for change, _, ip in news([*USUAL, *first, *fight(by)]) if ip == GATEWAY]
    assert "address_claimed" in found


def leases(router: str) -> Packet:
    """A lease of another client that names a router."""
    given = dhcp.message(
        dhcp.option(1, bytes((255, 255, 255, 0))), dhcp.option(3, bytes(map(int, router.split(".")))),
        kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=VICTIM,
    )  # fmt: skip
    return START + 3 * SECOND, dhcp.from_server(given, mac=ROUTER)


OTHERS = [seen(4 + n / 10, mac(0x90 + n), f"10.0.9.{n}") for n in range(5)]
"""Devices whose addresses the attacker claims, too: one event is left for addresses that are no servers'."""


def claims(at: float, *more: str, by: str = ATTACKER) -> list[Packet]:
    return [
        *(seen(at + n / 100, by, f"10.0.9.{n}") for n in range(5)),
        *(seen(at + 1, by, ip) for ip in more),
    ]


OTHER, ROUTES = "10.0.0.2", b"\x18\xc0\0\2\x0a\0\0\3"
"""A route to 192.0.2.0/24 by 10.0.0.3."""


@pytest.mark.parametrize(
    ("option", "is_gateway"),
    [
        (dhcp.option(3, bytes((10, 0, 0, 1, 10, 0, 0, 2))), True),
        (dhcp.option(121, ROUTES + b"\0\x0a\0\0\2"), True),
        (dhcp.option(121, ROUTES + b"\x08\x0a\x0a\0\0\2"), True),
        (dhcp.option(121, b"\0\x0a\0\0"), False),
        (dhcp.option(6, bytes((10, 0, 0, 2))), False),
    ],
    ids=["the second router", "a default route", "another route", "a cut route", "a DNS server"],
)
def test_every_default_router_of_a_lease_is_a_gateway(option: bytes, is_gateway: bool) -> None:
    given = dhcp.message(option, kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=VICTIM)
    lease = START + 3 * SECOND, dhcp.from_server(given, mac=ROUTER)
    found = news([*USUAL, lease, seen(4, mac(2), OTHER), *OTHERS, *claims(50, OTHER)])
    assert (("address_claimed", ATTACKER, OTHER) in found) == is_gateway


def rogue_leases(at: float, count: int) -> list[Packet]:
    """To a device that is known, with as many routers, none of which exists."""
    mask, first = dhcp.option(1, bytes((255, 0, 0, 0))), START + round(at * SECOND)
    routers = (dhcp.option(3, bytes((10, 0, 9, number))) for number in range(count))
    made = [dhcp.message(mask, one, kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=VICTIM) for one in routers]
    return [(first + n, dhcp.from_server(one, mac=ATTACKER)) for n, one in enumerate(made)]


@pytest.mark.parametrize("count", [8, 200])
@pytest.mark.parametrize("at", [2, 40])
def test_leases_that_name_other_routers_hide_no_gateway(at: float, count: int) -> None:
    """Before or after the lease that names it, which came before its first packet or after it."""
    for first in (0, 3.5):
        known = [seen(first, ROUTER, GATEWAY), *(seen(one, ROUTER, GATEWAY) for one in (20, 30, 45))]
        other = [seen(1, VICTIM, "10.0.0.7"), *OTHERS]
        packets = [*known, *other, leases(GATEWAY), *rogue_leases(at, count), *claims(50, GATEWAY)]
        assert ("address_claimed", ATTACKER, GATEWAY) in news(sorted(packets))
        without = [one for one in packets if one != leases(GATEWAY)]
        assert ("address_claimed", ATTACKER, GATEWAY) not in news(sorted(without))


@pytest.mark.parametrize("by", [ATTACKER, RANDOM])
def test_the_address_of_a_gateway_has_no_limit(by: str) -> None:
    """Not the one of an hour, which another address has."""
    taken = [*USUAL, leases(GATEWAY), *OTHERS, *claims(50, GATEWAY, by=by)]
    moved = [ip for change, _, ip in news(taken) if change == "address_claimed"]
    assert moved == [GATEWAY]
    without = [one for one in taken if one != leases(GATEWAY)]
    assert GATEWAY not in [ip for change, _, ip in news(without) if change == "address_claimed"]


def test_moves_of_others_hide_no_takeover_of_a_gateway() -> None:
    """They use up the limit of their kind; the address that is no gateway's waits for it."""
    own = [seen(10 + n, 0x1000 + n, f"10.1.{n >> 8}.{n & 255}") for n in range(1200)]
    moved = [seen(1300 + n / 1000, 0x2000 + n, f"10.1.{n >> 8}.{n & 255}") for n in range(1200)]
    taken = [seen(1302, ATTACKER, ip) for ip in (GATEWAY, "10.0.0.7")]
    found = news(sorted([*USUAL, leases(GATEWAY), *own, *moved, *taken]))
    assert [ip for change, by, ip in found if (change, by) == ("address_claimed", ATTACKER)] == [GATEWAY]


NETWORKS = ("10.0.2.", "fd00::2:")


def stated(at: float, by: str, ip: str) -> Packet:
    """A device states its address, by ARP or Neighbor Discovery."""
    return (START + round(at * SECOND), neighbor.advertise(ip, mac=by)) if ":" in ip else seen(at, by, ip)


def served(number: int, at: float, network: str = NETWORKS[0]) -> list[Packet]:
    """A client completes a connection to a server, which states its address before and after."""
    server, type_ = f"{network}{number}", 0x86DD if ":" in network else 0x0800
    client = Ip6("fd00::7", server) if ":" in network else Ip4("10.0.0.7", server)
    own, tcp = mac(0x200 + number), Tcp()
    last = replace(tcp, seq=tcp.seq + 1, ack=5001, flags=ACK, options=b"")
    sent = [(packet(client, tcp), VICTIM), (reply(client, tcp), own), (packet(client, last), VICTIM)]
    made = [(START + round(at * SECOND) + n, frame(one, type_, mac=of)) for n, (one, of) in enumerate(sent)]
    return [stated(at - 1, own, server), *made, *(stated(at + n, own, server) for n in range(1, 40, 10))]


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("others", [0, 1, 6])
@pytest.mark.parametrize("by", [ATTACKER, RANDOM])
def test_takeovers_of_others_hide_no_takeover_of_a_server(by: str, others: int, network: str) -> None:
    """Of addresses that only make connections, the first of an hour is news."""
    phones = [seen(n, mac(0x90 + n), f"10.0.3.{n}") for n in range(others)]
    taken = [seen(120 + n, by, f"10.0.3.{n}") for n in range(others)]
    made = [*phones, *served(1, 30, network), *OTHERS, *claims(119, by=by), *taken]
    made += [stated(140, by, f"{network}1"), seen(150, by, "10.0.0.7")]
    found = news(sorted([*USUAL, *made]), senders=True)
    assert found.count(("address_claimed", by, f"{network}1")) == 1
    assert found.count(("address_claimed", by, "10.0.0.7")) == 0


def test_who_takes_many_servers_is_eight_news() -> None:
    made = [one for n in range(1, 31) for one in [*served(n, 10 + n), seen(200 + n, ATTACKER, f"10.0.2.{n}")]]
    found = news(sorted([*USUAL, *made]))
    assert [one[:2] for one in found].count(("address_claimed", ATTACKER)) == 8


@pytest.mark.parametrize("count", [5, 20, 70, 300])
def test_addresses_stated_before_a_device_sends_hide_no_takeover(count: int) -> None:
    """Nor if the taker has no other address, or made up its MAC, or if the victim made a connection."""
    first = [
        answers(1 + number / 1000, VICTIM, f"10.9.{number >> 8}.{number & 255}") for number in range(count)
    ]
    own = [seen(20 + at, VICTIM, ADDRESS) for at in range(0, 100, 10)]
    for by in (ATTACKER, RANDOM):
        for more in ([], [seen(2, by, "10.0.0.66")], connected(VICTIM, 10)):
            taken = sorted([*first, *more, *own, seen(150, by, ADDRESS)])
            assert ("address_claimed", by, ADDRESS) in news(taken)


@pytest.mark.parametrize("count", [5, 70])
def test_an_owner_that_a_proxy_answered_for_is_no_taker(count: int) -> None:
    """It has no other address, and the proxy asks nothing in its name."""
    addresses = {number: f"10.0.0.{number}" for number in range(10, 10 + count)}
    proxied = [
        answers(turn * 20 + number / 10, ROUTER, ip) for turn in range(3) for number, ip in addresses.items()
    ]
    own = [seen(150 + number, mac(number), ip) for number, ip in addresses.items()]
    gateways = [seen(number, ROUTER, f"10.0.{number}.1") for number in range(4)]
    found = news([*gateways, *sorted([*proxied, *own])])
    assert "address_claimed" not in [change for change, *_ in found]


def sends(at: float, by: str, ip: str, ttl: int = 64) -> Packet:
    """A packet of no protocol that is read."""
    around = Ip4(ip, "10.0.0.80", ttl=ttl)
    return START + round(at * SECOND), datagram(b"hello", 5000, 6000, mac=by, ip=around)


def test_a_device_that_only_answers_is_no_proxy() -> None:
    """Others stated addresses for it. Packets sent by a proxy for others passed a router; its own did not."""
    first = [answers(1 + number / 10, VICTIM, f"10.0.1.{number}") for number in range(60)]
    first.append(seen(0, VICTIM, "10.0.1.99"))
    own = [answers(at, VICTIM, ADDRESS) for at in range(20, 100, 10)]
    for ttl, expected in ((64, 1), (63, 0)):
        packets = [*first, *own, sends(30, VICTIM, ADDRESS, ttl), seen(150, ATTACKER, ADDRESS)]
        assert news(sorted(packets), senders=True).count(("address_claimed", ATTACKER, ADDRESS)) == expected


@pytest.mark.parametrize("stated", [6, 60])
def test_a_mac_that_never_asks_is_no_proxy(stated: int) -> None:
    """Of the victim only answers are seen, and answers in its name for other addresses. A proxy asks, too."""
    first = [answers(1 + number / 10, VICTIM, f"10.0.1.{number}") for number in range(stated)]
    own = [answers(at, VICTIM, ADDRESS) for at in range(20, 100, 10)]
    taken = [*first, *own, seen(150, ATTACKER, ADDRESS)]
    for asks, expected in (([], 1), ([seen(0, VICTIM, "10.0.0.1")], 0)):
        assert news(sorted([*asks, *taken])).count(("address_claimed", ATTACKER, ADDRESS)) == expected


def named(at: float, number: int, operation: int, by: str) -> Packet:
    """The victim's MAC and an address that nobody has, in a frame of `by`."""
    made = arp(f"10.0.1.{number}", GATEWAY, mac=VICTIM, operation=operation, source=by)
    return START + round(at * SECOND), made


@pytest.mark.parametrize("count", [6, 60])
@pytest.mark.parametrize("own_request", [[], [seen(0, VICTIM, "10.0.0.70")]], ids=["answers", "asks"])
def test_frames_of_others_make_no_proxy(own_request: list[Packet], count: int) -> None:
    """Nor requests in them. A proxy sends its own frames."""
    own = [answers(at, VICTIM, ADDRESS) for at in range(20, 100, 10)]
    for by, expected in ((ATTACKER, 1), (VICTIM, 0)):
        stated = [named(1 + number / 10, number, REPLY, by) for number in range(count)]
        packets = [*own_request, named(0.5, 200, REQUEST, by), *stated, *own, seen(150, ATTACKER, ADDRESS)]
        assert news(packets).count(("address_claimed", ATTACKER, ADDRESS)) == expected


def test_an_older_capture_takes_no_address() -> None:
    """Nor does it make the MAC silent that has the address."""
    own, later = [seen(at, VICTIM, ADDRESS) for at in range(0, 100, 10)], [seen(130, ATTACKER, ADDRESS)]
    other = [seen(at - 7200, ATTACKER, ADDRESS) for at in range(0, 100, 10)]
    same = [seen(at - 7200, VICTIM, ADDRESS) for at in range(0, 100, 10)]
    silent = [seen(at, ATTACKER, ADDRESS) for at in range(7200, 7300, 10)]
    for packets, expected in (
        ([own, other], VICTIM),
        ([own, same, later], VICTIM),
        ([own, silent], ATTACKER),
    ):
        assert holder(packets) == expected
    back = [(time_ns - 3600 * SECOND, one) for time_ns, one in [*own, *silent]]
    assert holder([[*own, *back]]) == ATTACKER


def holder(captures: list[list[Packet]]) -> str | None:
    with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
        table = analyzer.read([pcap(one, ETHERNET, nanoseconds=True) for one in captures]).hosts
        return next(host.mac for host in table if host.ip == ADDRESS)


def test_a_gateway_s_address_that_is_taken_again_is_news_again() -> None:
    """Once a minute, whoever states it between."""
    again = [
        seen(at + more, by, GATEWAY) for at in (50, 4000, 9000) for more, by in ((0, ATTACKER), (9, ROUTER))
    ]
    for first in ([leases(GATEWAY)], []):
        found = news([*USUAL, *first, *again])
        assert found.count(("address_claimed", ATTACKER, GATEWAY)) == 3
        assert not [one for one in found if one[0] == "address_conflict"]
    both = [seen(at, ROUTER if at % 20 else ATTACKER, GATEWAY) for at in range(50, 9000, 10)]
    changes = Counter(change for change, *_ in news([*USUAL, leases(GATEWAY), *both]))
    assert (changes["address_claimed"], changes["address_conflict"]) == (149, 0), "once a minute"


def test_an_advertised_router_is_a_gateway() -> None:
    own = [
        (START, neighbor.route(mac=ROUTER)),
        (START + SECOND, neighbor.solicit("fe80::7", "fe80::1", mac=VICTIM)),
    ]
    taken = (START + 900 * SECOND, neighbor.advertise("fe80::1", mac=RANDOM))
    assert ("address_claimed", RANDOM, "fe80::1") in news([*own, taken])
    other = (START + 900 * SECOND, neighbor.advertise("fe80::7", mac=RANDOM))
    assert "address_claimed" not in [change for change, *_ in news([*own, other])]


@pytest.mark.parametrize(("addresses", "rounds", "is_at_once"), [(1000, 6, False), (1200, 12, True)])
def test_few_claims_wait_in_a_flood(addresses: int, rounds: int, is_at_once: bool) -> None:
    """Those beyond the limit are reported at once: waiting ones take memory until their minute is over."""
    ips = [f"10.2.{number >> 8}.{number & 255}" for number in range(addresses)]
    own = [seen(number / 10_000, mac(0x1000 + number // 40), ip) for number, ip in enumerate(ips)]
    claimed = [seen(20 + number / 20_000, mac(0x4000 + number), ip) for number, ip in enumerate(ips * rounds)]
    later = [seen(40, mac(5), "10.3.0.1"), seen(130, mac(6), "10.3.0.2")]
    found = [(change, of) for change, of, *_ in news([*own, *claimed, *later])]
    before = Counter(change for change, _ in found[: found.index(("device_new", mac(5)))])
    assert (before["address_claimed"] > 0) == is_at_once
    assert Counter(change for change, _ in found)["address_claimed"] > 100


def test_a_flood_hides_no_takeover_of_a_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of hosts forgot the gateway. Another address has its limit of an hour."""
    monkeypatch.setattr("huginn_cffi.run.run.CHANGES_INVENTORY", 64)
    own = [*USUAL, leases(GATEWAY), (START + SECOND, neighbor.route(mac=ROUTER)), seen(4, mac(9), "10.0.0.9")]
    flood = [
        seen(20 + number / 1000, mac(0x8000 + number), f"10.1.{number >> 8}.{number & 255}")
        for number in range(300)
    ]
    own += OTHERS
    taken = claims(50, "10.0.0.7", GATEWAY)
    taken.append((START + 51 * SECOND, neighbor.advertise("fe80::1", mac=ATTACKER)))
    moved = [ip for change, _, ip in news(sorted([*own, *flood, *taken])) if change == "address_claimed"]
    assert moved == [GATEWAY, "fe80::1"]
    group = START + 60 * SECOND, arp(GATEWAY, mac=GROUP, source=ATTACKER)
    for more, by in ((forged(60), ATTACKER), (group, GROUP)):
        found = news(sorted([*own, *flood, more]))
        assert [who for change, who, _ in found if change == "address_claimed"] == [by]


GROUP, NOBODY = "01:00:5e:00:00:01", "00:00:00:00:00:00"


@pytest.mark.parametrize("by", [GROUP, NOBODY])
def test_a_gateway_s_address_at_a_mac_of_no_station_is_news(by: str) -> None:
    """Linux takes it from ARP and from advertisements: every station or none receives the packets."""
    own = [*USUAL, leases(GATEWAY), (START + SECOND, neighbor.route(mac=ROUTER))]
    made = (START + 900 * SECOND, arp(GATEWAY, mac=by, source=ATTACKER))
    assert ("address_claimed", by, GATEWAY) in news([*own, made])
    option = neighbor.mac_option(neighbor.TARGET, by)
    made6 = (START + 900 * SECOND, neighbor.advertise("fe80::1", options=option, mac=ATTACKER))
    assert ("address_claimed", by, "fe80::1") in news([*own, made6])
    others = [(time_ns, one.replace(bytes((10, 0, 0, 1)), bytes((10, 0, 0, 7)))) for time_ns, one in [made]]
    assert news([*own, *others]) == news(own)
    assert by not in macs([*own, made, *others]).values()


CHANGED = ("segment_changed", ROUTER, GATEWAY)  # it names another way


@pytest.mark.parametrize(
    ("target", "by", "is_news"),
    [("fe80::1", ATTACKER, 1), ("fe80::7", ATTACKER, 1), ("fe80::1", ROUTER, 0), ("fe80::99", mac(0x99), 0)],
)
def test_a_redirect_that_names_another_mac_is_news(target: str, by: str, is_news: int) -> None:
    """Linux takes it from the gateway's address. What a redirect names is no device."""
    solicit = neighbor.solicit("fe80::7", "fe80::1", mac=VICTIM)
    own = [*USUAL, (START + SECOND, neighbor.route(mac=ROUTER)), (START + SECOND, solicit)]
    option = neighbor.mac_option(neighbor.TARGET, by)
    for sender in (ATTACKER, ROUTER):
        sent = (START + 90 * SECOND, redirect(target, option, by=sender))
        found = [one for one in news([*own, sent]) if one not in news(own)]
        route = [("new_router", ATTACKER, None)] if sender == ATTACKER else [CHANGED] * (target != "fe80::1")
        assert sorted(found, key=str) == sorted([("address_claimed", by, target)] * is_news + route, key=str)


def redirect(
    target: str, option: bytes = b"", *, by: str = ATTACKER, of: str = "2001:db8::1", hops: int = 255
) -> bytes:
    """It sends the packets of a victim for `of` to a target, in the router's name."""
    body = bytes((137, 0, 0, 0, 0, 0, 0, 0)) + IPv6Address(target).packed + IPv6Address(of).packed + option
    return neighbor.message(body, "fe80::1", destination="fe80::7", mac=by, hops=hops)


@pytest.mark.parametrize("option", [b"", neighbor.mac_option(neighbor.TARGET, ATTACKER)], ids=["none", "MAC"])
@pytest.mark.parametrize("target", ["fe80::66", "2001:db8::1"])
def test_who_redirects_is_a_router(target: str, option: bytes) -> None:
    """Also to itself, and to a destination on the link. The known router may change the segment."""
    own = [*USUAL, (START + SECOND, neighbor.route(mac=ROUTER))]
    changed = [CHANGED] if target == "fe80::66" else []  # the other one is the destination: it is on the link
    for by, expected in ((ATTACKER, [("new_router", ATTACKER, None)]), (ROUTER, changed)):
        sent = (START + 90 * SECOND, redirect(target, option, by=by))
        assert [one for one in news([*own, sent]) if one not in news(own)] == expected
        with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
            assert not list(analyzer.read(pcap([sent], ETHERNET)).hosts)


def redirect_4(
    gateway: str = "10.0.0.66", *, by: str = ATTACKER, code: int = 1, quoted: int = 28, wrong: int = 0,
    ttl: int = 64, source: str = GATEWAY,
) -> bytes:  # fmt: skip
    """The same in IPv4 (RFC 792)."""
    body = (
        bytes((5, code, 0, 0, *map(int, gateway.split("."))))
        + Ip4("10.0.0.7", "192.0.2.9").pack(bytes(8))[:quoted]
    )
    check = (checksum(body) + wrong) & 0xFFFF
    body = body[:2] + check.to_bytes(2, "big") + body[4:]
    return frame(Ip4(source, "10.0.0.7", protocol=1, ttl=ttl).pack(body), 0x0800, mac=by)


def test_who_redirects_in_ipv4_is_a_router() -> None:
    """Whatever its number of hops. Those of the router that leases name are no news."""
    own = [*USUAL, leases(GATEWAY)]
    for made in (redirect_4(), redirect_4(ttl=63), redirect_4("192.0.2.9", code=0)):
        sent = (START + 90 * SECOND, made)
        assert [one for one in news([*own, sent]) if one not in news(own)] == [("new_router", ATTACKER, None)]
        assert "10.0.0.66" not in macs([sent])
    for by in (ROUTER, ATTACKER):
        assert ("new_router", ROUTER, None) not in news([*own, (START + 90 * SECOND, redirect_4(by=by))])
    assert ("new_router", ROUTER, None) in news([*USUAL, (START + 90 * SECOND, redirect_4(by=ROUTER))])


@pytest.mark.parametrize(
    "made",
    [
        redirect_4(code=4),
        redirect_4("0.0.0.0"),
        redirect_4("224.0.0.1"),
        redirect_4(source="0.0.0.0"),
        redirect_4(GATEWAY),
        redirect_4(quoted=27),
        redirect_4(wrong=1),
        redirect_4()[:14] + Ip4("10.0.0.66", "10.0.0.7", protocol=4).pack(redirect_4()[14:]),
        frame(Ip4(protocol=1).pack(bytes((8, 0, 0xF7, 0xFF)) + bytes(40)), 0x0800, mac=ATTACKER),
    ],
    ids=[
        "code 4",
        "to nobody",
        "to a group",
        "of nobody",
        "to itself",
        "short",
        "checksum",
        "in a tunnel",
        "echo",
    ],
)
def test_redirects_in_ipv4_that_systems_drop_are_no_news(made: bytes) -> None:
    assert "new_router" not in [change for change, *_ in news([(START, made)])]


@pytest.mark.parametrize(
    "made",
    [
        redirect("fe80::66", hops=254),
        redirect("fe80::66", of="ff02::1"),
        redirect("2001:db8::66"),
        redirect("fe80::66", neighbor.option(neighbor.TARGET, bytes(14))),
    ],
    ids=["a hop", "of a group", "to a global address", "16 bytes"],
)
def test_redirects_that_systems_drop_are_no_news(made: bytes) -> None:
    assert news([(START, made)]) == []


def test_a_cluster_that_shares_an_address_by_a_group_is_no_news() -> None:
    sent = [
        (START + at * SECOND, arp("10.0.0.20", mac=GROUP, source=mac(at % 2 + 20)))
        for at in range(100, 400, 5)
    ]
    found = news([*USUAL, leases(GATEWAY), seen(9, 20, "10.0.0.20"), *sent])
    assert {change for change, *_ in found} == {"device_new", "new_dhcp_server"}


def repeated(by: str, **changed: int) -> list[Packet]:
    """A station's announcements, each of which `by` sends again after 4 ms."""
    found = []
    for turn in range(6):
        for number, one in enumerate((VICTIM, by)):
            number_of_ip = 500 + turn + number * changed.get("identification", 0)
            ip = Ip4("10.0.0.7", "224.0.0.251", protocol=UDP, ttl=255, identification=number_of_ip)
            text = mdns.text("x", "_x._tcp", b"md=Model %d" % (number * changed.get("content", 0)))
            after = number * (4_000_000 + changed.get("later", 0))
            made = datagram(mdns.message(text), 5353, 5353, ip=ip, mac=one)
            found.append((START + 20 * turn * SECOND + after, made))
    return found


def test_a_repeater_owns_nothing() -> None:
    assert news(repeated(ATTACKER)) == [("device_new", VICTIM, "10.0.0.7")]
    for changed in ({"identification": 1}, {"content": 1}, {"later": 2 * SECOND}):
        found = [change for change, *_ in news(repeated(ATTACKER, **changed), senders=True)]
        assert {"address_moved", "address_conflict"} < {*found}


# ---- routers


def advertised(
    *options: bytes, by: str = ATTACKER, source: str = "fe80::66", code: int = 0,
    chain: tuple[tuple[int, bytes], ...] = (), to: str = neighbor.ALL, lives: int = 1800,
) -> bytes:  # fmt: skip
    body = bytes((neighbor.RA, code, 0, 0, 64, 0, *lives.to_bytes(2, "big"))) + bytes(8) + b"".join(options)
    made = neighbor.message(body, source, destination=to, mac=by)
    header = Ip6(source, to, ttl=255, protocol=neighbor.ICMP6, extensions=chain)
    return made[:14] + header.pack(made[14 + 40 :])


HOP_BY_HOP, ROUTING, DESTINATION = 0, 43, 60
PADDED = (DESTINATION, b"\0\1\4\0\0\0\0")


def after(kind: int, content: bytes, to: str = neighbor.ALL) -> bytes:
    """A router's advertisement after an extension header."""
    return advertised(chain=((kind, content),), to=to)


def own(address: str) -> bytes:
    return neighbor.mac_option(neighbor.SOURCE, address)


RESOLVERS = b"\x19\3\0\0\0\0\x0e\x10" + IPv6Address("fe80::66").packed
DOMAINS = b"\x1f\2\0\0\0\0\x0e\x10\4evil\0\0\0"
IPV4 = b"\x26\2\x0e\x10\0\x64\xff\x9b" + bytes(8)
TAKEN = {
    "no option": advertised(),
    "its own": advertised(own(ATTACKER)),
    "of the router": advertised(own(ROUTER)),
    "virtual": advertised(own(VRRP)),
    "zeros": advertised(own("00:00:00:00:00:00")),
    "a group": advertised(own("33:33:00:00:00:01")),
    "16 bytes": advertised(neighbor.option(neighbor.SOURCE, bytes(14))),
    "two, the router's last": advertised(own(ATTACKER), own(ROUTER)),
    "two, the router's first": advertised(own(ROUTER), own(ATTACKER)),
    "a default route": advertised(b"\x18\1\0\0\0\0\7\x08", lives=0),
    "a half": advertised(b"\x18\2\1\0\0\0\7\x08" + bytes(8), lives=0),
    "a sixteenth": advertised(b"\x18\2\4\0\0\0\7\x08\x20" + bytes(7), lives=0),
    "a registry's addresses on the link": advertised(neighbor.prefix_option("2a00::/12"), lives=0),
    "DNS servers": advertised(RESOLVERS, lives=0),
    "DNS domains": advertised(DOMAINS, lives=0),
    "a captive portal": advertised(neighbor.option(37, b"http://portal.example/"), lives=0),
    "a prefix for IPv4": advertised(IPV4, lives=0),
    "a route to one public network": advertised(b"\x18\2\x30\0\0\0\7\x08\x20\1\x0d\xb8" + bytes(4), lives=0),
    "a public network on the link": advertised(neighbor.prefix_option("2001:db8::/64"), lives=0),
    "10 extension headers": advertised(chain=(PADDED,) * 10),
    "100 extension headers": advertised(chain=(PADDED,) * 100),
    "a group for which others ask": advertised(to="ff02::1:ff00:7"),
    "devices with SSDP": advertised(to="ff05::c"),
    "hop-by-hop": advertised(chain=((HOP_BY_HOP, b"\0\5\2\0\0\1\0"), PADDED)),
    "an unknown option": after(DESTINATION, b"\0\x1e\4\1\2\3\4"),
    "8 options and padding": after(DESTINATION, b"\2" + b"\x1e\0" * 8 + b"\0" * 6),
    "a route that has ended, to one station": after(ROUTING, bytes(7), "fe80::7"),
}
REFUSED = {
    "no lifetime": advertised(lives=0),
    "DNS servers that end": advertised(RESOLVERS[:4] + bytes(4) + RESOLVERS[8:], lives=0),
    "DNS domains that end": advertised(DOMAINS[:4] + bytes(4) + DOMAINS[8:], lives=0),
    "a prefix for IPv4 that ends": advertised(IPV4[:2] + b"\0\1" + IPV4[4:], lives=0),
    "a route that ends": advertised(b"\x18\1\0\0\0\0\0\0", lives=0),
    "a route without a valid preference": advertised(b"\x18\1\0\x10\0\0\7\x08", lives=0),
    "a route to one network": advertised(b"\x18\2\x40\0\0\0\7\x08\xfd" + bytes(7), lives=0),
    "a route to all private addresses": advertised(b"\x18\2\x07\0\0\0\7\x08\xfc" + bytes(7), lives=0),
    "private addresses on the link": advertised(neighbor.prefix_option("fd00::/8"), lives=0),
    "one private network on the link": advertised(neighbor.prefix_option("fd00::/64"), lives=0),
    "a public network elsewhere": advertised(neighbor.prefix_option("2001:db8::/64", flags=0x40), lives=0),
    "a registry's addresses elsewhere": advertised(neighbor.prefix_option("2a00::/12", flags=0x40), lives=0),
    "a registry's addresses that end": advertised(neighbor.prefix_option("2a00::/12", lifetime=0), lives=0),
    "code 1": advertised(code=1),
    "global source": advertised(source="2001:db8::66"),
    "empty option": advertised(b"\x19\0\0\0\0\0\0\0"),
    "wrong checksum": advertised()[:-1] + b"\x01",
    "a group of the sender": advertised(to="ff01::1"),
    "a group of no scope": advertised(to="ff00::fb"),
    "all nodes of the site": advertised(to="ff05::1"),
    "mobility": after(135, bytes(7)),
    "HIP": after(139, bytes(7)),
    "Shim6": after(140, bytes(7)),
    "authentication": after(51, b"\4" + bytes(22)),
    "hop-by-hop as the second": advertised(chain=(PADDED, (HOP_BY_HOP, PADDED[1]))),
    "a routing header to a group": after(ROUTING, bytes(7)),
    "a route that goes on": after(ROUTING, b"\0\0\1" + bytes(4), "fe80::7"),
    "segments": after(ROUTING, b"\2\4" + bytes(21), "fe80::7"),
    "an option that must be known": after(DESTINATION, b"\0\x45\4\0\0\0\0"),
    "a cut option": after(DESTINATION, b"\0\x1e\x09\0\0\0\0"),
    "a long router alert": after(HOP_BY_HOP, b"\0\5\4\0\0\0\0"),
    "9 options": after(DESTINATION, b"\2" + b"\x1e\0" * 9 + b"\0" * 4),
    "8 bytes of padding": after(DESTINATION, b"\1" + b"\0" * 8 + b"\x1e\4" + bytes(4)),
    "padding with content": after(DESTINATION, b"\0\1\4\0\0\0\1"),
}


@pytest.mark.parametrize("made", TAKEN)
def test_a_router_is_the_sender_of_the_frame(made: str) -> None:
    real = (START, advertised(own(ROUTER), by=ROUTER, source="fe80::1"))
    routers = [
        who for change, who, _ in news([real, (START + SECOND, TAKEN[made])]) if change == "new_router"
    ]
    assert routers == [ROUTER, ATTACKER]


@pytest.mark.parametrize("made", REFUSED)
def test_what_systems_drop_is_no_router(made: str) -> None:
    assert "new_router" not in [change for change, *_ in news([(START, REFUSED[made])])]


LABEL = bytes.fromhex("8847 00001140")


@pytest.mark.parametrize(
    ("around", "is_ours"),
    [(LABEL, False), (b"\x81\0\0\7" + LABEL, False), (b"\x81\0\0\7\x86\xdd", True)],
    ids=["MPLS", "VLAN and MPLS", "VLAN"],
)
def test_a_label_carries_no_neighbour(around: bytes, is_ours: bool) -> None:
    """A router sends it on behalf of hosts elsewhere, whatever the hop limit says."""
    for made in (advertised(own(ATTACKER)), neighbor.advertise("fe80::66", mac=ATTACKER)):
        sent = (START, made[:12] + around + made[14:])
        analyzer = hg.Analyzer(senders=True, protocols=PROTOCOLS)
        hosts = Inventory(analyzer.database)
        for batch in analyzer.batches(pcap([sent], ETHERNET)):
            hosts.add(batch)
        shown = [one.mac for one in hosts if one.ip == "fe80::66"]
        assert (shown == [ATTACKER], bool(news([sent]))) == (is_ours, is_ours)


@pytest.mark.parametrize("by", [GROUP, NOBODY])
def test_an_advertisement_from_a_mac_of_no_station_is_a_router(by: str) -> None:
    """Linux takes its route. There is no new device."""
    for option in (b"", own(by)):
        assert news([(START, advertised(option, by=by))]) == [("new_router", by, "fe80::66")]
    assert news([(START, advertised(by=by, lives=0))]) == []
    assert news([(START, neighbor.advertise("fe80::66", options=b"", mac=by))]) == []


def test_who_states_dns_servers_is_no_gateway() -> None:
    for lives, role in ((0, None), (1800, "gateway")):
        with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
            made = advertised(RESOLVERS, own(ATTACKER), lives=lives)
            (host,) = analyzer.read(pcap([(START, made)], ETHERNET)).hosts
            assert (host.mac, host.role) == (ATTACKER, role)


def test_a_virtual_router_is_news() -> None:
    assert ("new_router", VRRP, "fe80::66") in news([(START, advertised(own(VRRP), by=VRRP))])


# ---- DHCP servers


def answer(
    by: str = ATTACKER, *, kind: int | None = dhcp.ACK, source: str = "10.0.0.66",
    to: str = "255.255.255.255", frame_to: str = "ff:ff:ff:ff:ff:ff", ttl: int = 64,
    relay: str = "0.0.0.0", given: str = "10.0.0.7", hardware: bytes = b"\1\6", port: int = 67,
) -> bytes:  # fmt: skip
    data = dhcp.message(kind=kind, op=2, yiaddr=given, giaddr=relay, mac=VICTIM)
    data = data[:1] + hardware + data[3:]
    made = datagram(data, port, 68, mac=by, ip=Ip4(source, to, ttl=ttl, protocol=UDP))
    return mac_bytes(frame_to) + made[6:]


def answer6(source: str = "fe80::1", to: str = "fe80::7", hops: int = 64, port: int = 547) -> bytes:
    ip = Ip6(source, to, ttl=hops, protocol=UDP)
    return mac_bytes(VICTIM) + datagram(dhcp6.message(kind=dhcp6.REPLY), port, 546, ip=ip, mac=ATTACKER)[6:]


SERVES: dict[str, Callable[[], bytes]] = {
    "ACK": answer,
    "OFFER": lambda: answer(kind=dhcp.OFFER),
    "TTL 63": lambda: answer(ttl=63),
    "relay": lambda: answer(relay="10.0.0.66"),
    "virtual MAC": lambda: answer(VRRP),
    "unicast frame": lambda: answer(frame_to=VICTIM),
    "unicast": lambda: answer(frame_to=VICTIM, to="10.0.0.7"),
    "unicast without an address": lambda: answer(frame_to=VICTIM, to="10.0.0.7", given="0.0.0.0"),
    "unicast OFFER": lambda: answer(kind=dhcp.OFFER, frame_to=VICTIM, to="10.0.0.7"),
    "frame to all, packet to the client": lambda: answer(to="10.0.0.7", ttl=63),
    "unicast to another address": lambda: answer(frame_to=VICTIM, to="10.99.1.1"),
    "unicast to a remote address": lambda: answer(frame_to=VICTIM, to="203.0.113.9"),
    "unicast from no address": lambda: answer(source="0.0.0.0", frame_to=VICTIM, to="10.0.0.7"),
    "unicast from a link-local address": lambda: answer(source="169.254.0.9", frame_to=VICTIM, to="10.0.0.7"),
    "unicast to a group": lambda: answer(frame_to=VICTIM, to="224.0.0.1", ttl=9),
    "unicast, IEEE 802": lambda: answer(frame_to=VICTIM, to="10.0.0.7", hardware=b"\6\6"),
    "unicast, 16 bytes of hardware": lambda: answer(frame_to=VICTIM, to="10.0.0.7", hardware=b"\1\x10"),
    "NAK": lambda: answer(kind=6, given="0.0.0.0"),
    "FORCERENEW": lambda: answer(kind=9, given="0.0.0.0", frame_to=VICTIM, to="10.0.0.7"),
    "BOOTP": lambda: answer(kind=None),
    "DHCPv6": lambda: dhcp6.from_server(dhcp6.message(kind=2)),
    "RECONFIGURE": lambda: dhcp6.from_server(dhcp6.message(kind=10)),
    "DHCPv6, 57 hops left": lambda: answer6(hops=57),
    "from the port of DNS": lambda: answer(port=53),
    "from the port of LLMNR": lambda: answer(port=5355),
    "DHCPv6 from the port of DNS": lambda: answer6(port=53),
    "DHCPv6 to a link-local address": lambda: answer6("2001:db8::66"),
    "a group": lambda: answer(GROUP),
}
ROUTED: dict[str, Callable[[], bytes]] = {
    "from afar": lambda: answer(ROUTER, source="203.0.113.9", frame_to=VICTIM, to="10.0.0.7"),
    "OFFER from afar": lambda: answer(
        ROUTER, kind=dhcp.OFFER, source="203.0.113.9", frame_to=VICTIM, to="10.0.0.7"
    ),
    "from afar without an address": lambda: answer(
        ROUTER, source="203.0.113.9", frame_to=VICTIM, to="10.0.0.7", given="0.0.0.0"
    ),
    "from afar to another address": lambda: answer(
        ROUTER, source="203.0.113.9", frame_to=VICTIM, to="203.0.113.20"
    ),
    "NAK from afar": lambda: answer(
        ROUTER, kind=6, source="203.0.113.9", frame_to=VICTIM, to="10.0.0.7", given="0.0.0.0"
    ),
    "from afar with private addresses": lambda: answer(
        ROUTER, source="192.168.0.9", frame_to=VICTIM, to="10.0.0.7"
    ),
    "through a router": lambda: answer(ROUTER, ttl=63, frame_to=VICTIM, to="10.0.0.7"),
    "between relay and server": lambda: answer(
        ROUTER, source="203.0.113.9", frame_to=ROUTER, to="10.0.0.1", relay="10.0.0.1"
    ),
    "BOOTP from afar": lambda: answer(
        ROUTER, kind=None, source="203.0.113.9", frame_to=VICTIM, to="10.0.0.7"
    ),
    "BOOTP without an address": lambda: answer(ROUTER, kind=None, given="0.0.0.0"),
}


@pytest.mark.parametrize("made", SERVES)
def test_every_server_on_the_link_is_news(made: str) -> None:
    frame = SERVES[made]()
    sender = ":".join(f"{byte:02x}" for byte in frame[6:12])
    assert ("new_dhcp_server", sender) in [(change, mac) for change, mac, _ in news([(START, frame)])]


@pytest.mark.parametrize(("by", "is_server"), [(GROUP, 1), (NOBODY, 0)])
def test_a_server_with_the_mac_of_no_station_is_no_device(by: str, is_server: int) -> None:
    """Clients take its leases. The device that has its address keeps it.

    No switch passes frames of zeros: captures of servers have them before the MAC is filled in.
    """
    own = [seen(at, ATTACKER, "10.0.0.66") for at in range(0, 50, 10)]
    packets = [*own, (START + 60 * SECOND, answer(by))]
    assert news(packets)[1:] == [("new_dhcp_server", by, "10.0.0.66")] * is_server
    with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
        found = analyzer.read(pcap(packets, ETHERNET, nanoseconds=True)).hosts
        assert [(one.ip, one.mac, one.claimed_by) for one in found] == [("10.0.0.66", ATTACKER, None)]


@pytest.mark.parametrize("made", ROUTED)
def test_no_server_beyond_a_router_is_one_of_the_link(made: str) -> None:
    found = news([*USUAL, (START + 5 * SECOND, ROUTED[made]())])
    assert Counter(change for change, *_ in found) == {"device_new": 3}


def test_a_dhcpv6_server_beyond_a_router_is_none_of_the_link() -> None:
    assert "new_dhcp_server" not in [
        one for one, *_ in news([(START, answer6("2001:db8::66", "2001:db8::7"))])
    ]


# ---- which MAC has an address


def macs(packets: list[Packet]) -> dict[str, str | None]:
    with hg.Analyzer(protocols=PROTOCOLS, senders=True) as analyzer:
        found = analyzer.read(pcap(sorted(packets), ETHERNET, nanoseconds=True)).hosts
        return {host.ip: host.mac for host in found if host.ip is not None}


OWN = [seen(at, VICTIM, "10.0.0.7") for at in range(0, 100, 10)]
PUSHED = [seen(95 + number / 1000, VICTIM, f"10.9.{number >> 8}.{number & 255}") for number in range(300)]


def leased(to: str, count: int = 70) -> list[Packet]:
    given = dhcp.message(kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=to)
    return [(START + (96 * SECOND) + number, dhcp.from_server(given)) for number in range(count)]


def announced(count: int = 70) -> list[Packet]:
    sent = datagram(mdns.message(mdns.address("printer")), 5353, 5353, source="10.0.0.7", mac=ATTACKER)
    return [(START + 97 * SECOND + number, sent) for number in range(count)]


@pytest.mark.parametrize(
    "first", [[], PUSHED, leased(ATTACKER), announced()], ids=["none", "pushed", "leased", "mdns"]
)
def test_statements_take_no_address_from_a_mac_that_sends(first: list[Packet]) -> None:
    """Until it is silent for five minutes; a jump of the clock back begins anew."""
    known = seen(1, ATTACKER, "10.0.0.66")
    taken = [*OWN, known, *first, seen(98, ATTACKER, "10.0.0.7")]
    assert macs(taken)["10.0.0.7"] == VICTIM
    assert macs([*taken, seen(500, ATTACKER, "10.0.0.7")])["10.0.0.7"] == ATTACKER


def test_who_acknowledges_has_the_address_and_who_states_it_has_not() -> None:
    """One frame that states another MAC, before or after the connection."""
    ip, client = "10.0.0.9", bytes((10, 0, 0, 9))
    made = smb.connection(smb.setup2(smb.authenticate()))
    frames = [one.replace(made[0][26:30], client) for one in made]
    own = [one[:6] + mac_bytes(ATTACKER) + one[12:] if one[26:30] == client else one for one in frames]
    connection = [(START + (50 + at) * SECOND, one) for at, one in enumerate(own)]
    for at in (40, 49, 51, 80):
        assert macs([*OWN, *connection, seen(at, VICTIM, ip)])[ip] == ATTACKER


ADDRESS, CLIENT, SERVER = "10.0.0.7", mac(0x99), mac(0x50)


def connected(by: str, at: float = 1) -> list[Packet]:
    """A connection from the address, the frames of which one MAC sends."""
    ip, tcp = Ip4(ADDRESS, "10.0.0.80"), Tcp()
    last = replace(tcp, seq=tcp.seq + 1, ack=5001, flags=ACK, options=b"")
    sent = [(packet(ip, tcp), by), (reply(ip, tcp), SERVER), (packet(ip, last), by)]
    return [(START + round(at * SECOND) + n, frame(one, 0x0800, mac=of)) for n, (one, of) in enumerate(sent)]


def leases_to_client(at: float) -> list[Packet]:
    asks = dhcp.from_client(dhcp.message(mac=CLIENT), mac=CLIENT)
    gives = dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr=ADDRESS, mac=CLIENT))
    return [(START + round(at * SECOND), asks), (START + round(at * SECOND) + 1, gives)]


def owners(packets: list[Packet]) -> tuple[str | None, str | None]:
    """The MAC of the address, and another one that claims it."""
    with hg.Analyzer(protocols=PROTOCOLS, senders=True) as analyzer:
        found = analyzer.read(pcap(sorted(packets), ETHERNET, nanoseconds=True)).hosts
        (own,) = (host for host in found if host.ip == ADDRESS)
        return own.mac, own.claimed_by


@pytest.mark.parametrize(
    "claims",
    [
        [seen(5, CLIENT, ADDRESS)],
        [seen(0, CLIENT, ADDRESS)],
        [seen(0, VICTIM, "10.0.0.70"), seen(5, CLIENT, ADDRESS)],
        [(START, datagram(b"x", 9, 9, source="10.0.0.70", mac=VICTIM)), seen(5, CLIENT, ADDRESS)],
        leases_to_client(5),
        leases_to_client(0),
        [*leases_to_client(0), seen(5, CLIENT, ADDRESS)],
    ],
    ids=[
        "arp",
        "arp before",
        "another address in its name",
        "two addresses",
        "lease",
        "lease before",
        "lease and arp",
    ],
)
def test_who_connects_has_the_address_and_who_claims_it_is_shown(claims: list[Packet]) -> None:
    """None of its ARP frames was captured."""
    assert owners([*connected(VICTIM), *claims, *connected(VICTIM, 9)]) == (VICTIM, CLIENT)


def test_an_address_that_another_mac_claimed_first_is_listed_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packets = [seen(0, CLIENT, ADDRESS), seen(5, VICTIM, ADDRESS), *connected(VICTIM, 9)]
    path = tmp_path / "in.pcap"
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    assert main(["devices", "--format", "json", str(path)]) == 0
    listed = [
        (one["mac"], each["disputed"])
        for one in map(json.loads, capsys.readouterr().out.splitlines())
        for each in one["addresses"]
        if each["ip"] == ADDRESS
    ]
    assert sorted(listed) == [(VICTIM, True), (CLIENT, True)]


def test_a_virtual_router_keeps_its_address() -> None:
    assert owners([seen(0, VRRP, ADDRESS), *connected(VICTIM)]) == (VRRP, None)


def test_new_addresses_push_out_no_description() -> None:
    described = dhcp.message(dhcp.option(60, b"android-dhcp-14"), ciaddr="10.0.0.7", mac=VICTIM)
    said = (START + SECOND, dhcp.from_client(described, mac=VICTIM, source="10.0.0.7"))
    with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
        found = analyzer.read(pcap(sorted([*OWN, said, *PUSHED]), ETHERNET, nanoseconds=True)).hosts
    (own,) = (host for host in found if host.ip == "10.0.0.7")
    assert own.device is not None
    assert own.device.system == "Android"


def test_what_another_mac_announces_decides_nothing() -> None:
    """The victim says only its system: it gets no type from a neighbour that uses its address."""
    described = dhcp.message(dhcp.option(60, b"android-dhcp-14"), ciaddr="10.0.0.7", mac=VICTIM)
    said = (START + SECOND, dhcp.from_client(described, mac=VICTIM, source="10.0.0.7"))
    printer = dhcp.message(dhcp.option(60, b"Hewlett-Packard JetDirect"), ciaddr="10.0.0.7", mac=ATTACKER)
    forged = (START + 97 * SECOND, dhcp.from_client(printer, mac=ATTACKER, source="10.0.0.7"))
    with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
        found = analyzer.read(pcap(sorted([*OWN, said, forged]), ETHERNET, nanoseconds=True)).hosts
    (own,) = (host.device for host in found if host.ip == "10.0.0.7")
    assert own is not None
    assert (own.type, own.system) == (None, "Android")


def advertises(at: float, lifetime: int = 1800, by: str = ROUTER) -> Packet:
    return START + round(at * SECOND), neighbor.route(mac=by, lifetime=lifetime)


def forged(at: float, lifetime: int = 0, by: str = ATTACKER) -> Packet:
    """In the router's name, and with its MAC in the option."""
    return START + round(at * SECOND), advertises(0, lifetime)[1].replace(
        mac_bytes(ROUTER) + b"\x86\xdd", mac_bytes(by) + b"\x86\xdd"
    )


def routes(at: float) -> Packet:
    """A router of another network, as those of Thread are: never a gateway."""
    network = neighbor.option(24, bytes((64, 0, 0, 0, 7, 8)) + b"\xfd" + bytes(7))
    return START + round(at * SECOND), neighbor.route(network, source="fe80::9", mac=mac(9), lifetime=0)


def asks(at: float) -> Packet:
    return START + round(at * SECOND), neighbor.solicit("fe80::1", "fe80::7", mac=ROUTER)


def withdrawals(packets: list[Packet]) -> list[tuple[str, str, str | None]]:
    """What is news beyond a router and a device that are new."""
    own = [*USUAL, advertises(3), advertises(300)]
    found = news(sorted([*own, *packets]))
    for one in news(own):
        found.remove(one)
    return found


@pytest.mark.parametrize("lifetime", [0, 1])
def test_a_router_that_others_withdraw_is_news(lifetime: int) -> None:
    """Linux drops its default route. The router goes on, as it does not know of it."""
    for by in (ATTACKER, RANDOM):
        assert ("address_claimed", by, "fe80::1") in withdrawals([forged(400, lifetime, by)])
        turns = [forged(at, lifetime, by) for at in range(410, 800, 100)]
        found = withdrawals([*turns, *(advertises(at) for at in range(450, 800, 100))])
        assert ("new_router" if lifetime else "address_claimed", by, "fe80::1") in found
    back = [("new_router", ROUTER, "fe80::1")]
    assert withdrawals([advertises(400, lifetime), asks(450), advertises(600)]) == back
    often = [advertises(400 + 5 * at, lifetime) for at in range(120)]
    assert withdrawals([*often, *(advertises(at) for at in range(402, 1000, 100))]) == back


@pytest.mark.parametrize(
    "option", [neighbor.mac_option(neighbor.TARGET, ROUTER), None], ids=["its MAC", "none"]
)
@pytest.mark.parametrize("to", [neighbor.ALL, "fe80::7"])
def test_a_router_that_others_call_a_host_is_news(option: bytes | None, to: str) -> None:
    """Its own advertisement without the flag of a router ends routes by it (RFC 4861, 7.2.5)."""

    def states(by: str, flags: int, address: str = "fe80::1") -> Packet:
        body = bytes((136, 0, 0, 0, flags, 0, 0, 0)) + IPv6Address(address).packed
        made = body + (neighbor.mac_option(neighbor.TARGET, by) if option is None else option)
        return START + 400 * SECOND, neighbor.message(made, address, destination=to, mac=by)

    for by in (ATTACKER, RANDOM):
        assert ("address_claimed", by, "fe80::1") in withdrawals([states(by, 0x20)])
    assert withdrawals([states(ROUTER, 0x20)]) == []
    if option is not None:
        assert withdrawals([states(ATTACKER, 0xA0)]) == []
        assert withdrawals([forged(380, 1800), states(ATTACKER, 0x20)]) == withdrawals([forged(380, 1800)])
        known = seen(350, 0x99, "10.0.0.99"), states(ATTACKER, 0x20, "fe80::99")
        assert "address_claimed" not in [change for change, *_ in withdrawals([*known])]


@pytest.mark.parametrize(
    "packets",
    [
        [advertises(400, 0), advertises(408, 0), asks(410)],
        [advertises(400, 0), asks(402), asks(495), advertises(500), advertises(516)],
        [advertises(400, 0), advertises(401), advertises(417), asks(450), advertises(600)],
        [advertises(400, 0), advertises(402), advertises(420, 0), advertises(440)],
        [
            *(advertises(at, 0) for at in range(400, 1000, 200)),
            *(asks(at) for at in range(410, 1000, 20)),
            advertises(1000),
        ],
        [routes(at) for at in range(400, 900, 50)],
        [forged(4, 1800), forged(400), advertises(401, 0)],
    ],
    ids=[
        "it stops",
        "it starts again",
        "its daemon does",
        "twice",
        "its uplink fails",
        "it was none",
        "a repeater sends it",
    ],
)
def test_a_router_that_withdraws_itself_is_no_news(packets: list[Packet]) -> None:
    found = withdrawals(packets)
    assert [one for one in found if one[0] != "device_new" and one[1] == ROUTER] == []
    assert {change for change, *_ in found} <= {"device_new", "new_router"}


def spoken(at: float, own: str, source: str, target: str = "10.0.0.99", *, ttl: int = 64) -> Packet:
    """A packet of a station."""
    ip = Ip4(source, target, ttl, protocol=UDP)
    return START + round(at * SECOND), datagram(b"x", 5000, 9999, ip=ip, mac=own)


@pytest.mark.parametrize("shared", [VRRP, HSRP])
def test_two_routers_with_one_virtual_router_take_nothing(shared: str) -> None:
    """The active one sends its advertisements from its own address with the virtual MAC (RFC 5798, 7.3)."""
    packets = []
    for at in range(0, 600, 5):
        active = 1 if at < 200 or at >= 400 else 2
        packets += [seen(at + number / 10, mac(number), f"10.0.0.{number + 1}") for number in (1, 2)]
        packets += [seen(at + 0.3, shared, "10.0.0.1"), spoken(at + 0.4, shared, "10.0.0.1")]
        packets.append(spoken(at + 0.5, shared, f"10.0.0.{active + 1}", "224.0.0.18", ttl=255))
        packets.append(spoken(at + 0.6, mac(active), "203.0.113.9", ttl=50))
    assert {change for change, *_ in news(packets, senders=True)} == {"device_new"}
    for by in (ATTACKER, "00:00:5e:00:01:63"):
        taken = [seen(300 + turn, by, "10.0.0.2") for turn in range(5)]
        found = news(sorted([*packets, *taken]), senders=True)
        assert ("address_claimed", by, "10.0.0.2") in found


def test_a_guest_that_is_bridged_over_wi_fi_takes_nothing() -> None:
    """Its host puts its own MAC in place of the guest's, except in the guest's messages of DHCP."""
    host, guest = mac(5), "52:54:00:00:00:50"
    asks = dhcp.message(dhcp.option(12, b"guest"), kind=dhcp.REQUEST, mac=guest)
    given = dhcp.message(dhcp.option(54, b"\n\0\0\1"), kind=dhcp.ACK, op=2, yiaddr="10.0.0.50", mac=guest)
    packets = [
        (START + 30 * SECOND, dhcp.from_client(asks, mac=host)),
        (START + 31 * SECOND, dhcp.from_server(given, mac=ROUTER, source=GATEWAY)),
    ]
    for at in range(0, 300, 3):
        packets += [seen(at, host, "10.0.0.5"), spoken(at + 0.1, host, "10.0.0.5")]
        if at > 31:
            packets += [seen(at + 0.2, host, "10.0.0.50"), spoken(at + 0.3, host, "10.0.0.50")]
    assert {change for change, *_ in news(sorted(packets), senders=True)} == {"device_new", "new_dhcp_server"}
    taken = [spoken(320 + turn, ATTACKER, "10.0.0.50") for turn in range(5)]
    assert ("address_moved", ATTACKER, "10.0.0.50") in news(sorted([*packets, *taken]), senders=True)
