"""An hour of an office with browsers: nothing is urgent; attacks on its segment are news in ten seconds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.times import parse_time
from sigcompiler.schema.findings import FINDINGS, WEIGHTS, news_finding
from tests.hosts.test_claims_and_worms import talk
from tests.hosts.test_stated import NAMES, ack, advertised, answer, asked, by_mdns, by_netbios, resolvers
from tests.support import scans
from tests.support.captures import Packet, pcap
from tests.support.devices import mdns, neighbor, netbios
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.made import ETHERNET, frame
from tests.support.devices.news import SECOND, START, mac

HOUR, ATTACK, MOST_S = 3600, 2500, 10
ROUTER, SPARE, BACKUP = mac(1), mac(2), mac(3)
PEOPLE = {f"192.0.2.{number}": mac(number) for number in range(20, 32)}
SERVERS = {f"192.0.2.{number}": mac(number) for number in range(40, 65)}
URGENT = {one.kind for one in FINDINGS if one.weight == WEIGHTS[0]}


def called(at: float, ends: tuple[str, str], port: int, sport: int, seen: str) -> Iterator[Packet]:
    """A connection in frames: through the router, or to a server of the office."""
    stations = PEOPLE | SERVERS | {"192.0.2.66": mac(66)}
    for time, data in talk(at, ends, port, sport, seen):
        source = ".".join(map(str, data[12:16]))
        made = frame(data, 0x0800, mac=stations.get(source, ROUTER))
        yield time - scans.START + START, made


def browsers(draw: random.Random, hour: int) -> Iterator[Packet]:
    """Pages with images of many servers and hints, and mails with images."""
    for number, ip in enumerate(PEOPLE):
        for at in range(30 + number, hour, 300):
            page = draw.randrange(200)
            for part in range(25):
                there = f"203.0.{page}.{part + 1}"
                yield from called(at + part / 50, (ip, there), 443, 20_000 + at + part, "scaf")
                yield from called(
                    at + 1 + part / 50, (ip, f"198.51.{page}.{part + 1}"), 80, 30_000 + at + part, "scab"
                )
            for port in (8080, 9200):
                for part in range(8):
                    yield from called(
                        at + 2 + part / 9, (ip, f"203.1.{page}.{part}"), port, 40_000 + at + part, "scab"
                    )


def machines(hour: int) -> Iterator[Packet]:
    """Monitoring of 25 servers a minute, of which three are off; a crawler; antivirus that looks around."""
    for at in range(0, hour, 60):
        for number, ip in enumerate(SERVERS):
            seen = "s" if number < 3 else "scah"
            yield from called(at + number / 10, ("192.0.2.20", ip), 443, 10_000 + at + number, seen)
    for number in range(300):
        there = f"198.18.{number // 200}.{number % 200 + 1}"
        yield from called(
            hour / 4 + number * hour / HOUR,
            ("192.0.2.21", there),
            443,
            1024 + number,
            "s" if number % 4 == 0 else "scat",
        )
    for number, ip in enumerate(PEOPLE):
        for part, port in enumerate((80, 135, 139, 443, 445, 3389, 8080)):
            yield from called(
                hour * 0.55 + number + part / 10, ("192.0.2.22", ip), port, 5000 + 9 * number + part, "s"
            )


def segment(hour: int = HOUR) -> Iterator[Packet]:
    """Two DHCP servers, a router, hosts that say who they are, and an administrator's new resolver."""
    for at in range(0, hour, 20):
        for number, (ip, own) in enumerate((PEOPLE | SERVERS).items()):
            time = START + round((at + number / 10) * SECOND)
            yield time, arp(ip, "192.0.2.1", mac=own)
            yield time + 10**6, arp("192.0.2.1", ip, mac=ROUTER, operation=REPLY)
    for at in range(0, hour, 100):
        server, source = ((ROUTER, "192.0.2.1"), (SPARE, "192.0.2.2"))[at // 100 % 2]
        resolver = "192.0.2.53" if at < hour / 2 else "192.0.2.54"
        yield ack(at + 3, (3, "192.0.2.1"), (6, resolver), (42, "192.0.2.1"), by=server, source=source)
        prefix = neighbor.prefix_option("2001:db8:1::/64")
        yield advertised(at + 4, prefix, resolvers("2001:db8::53"), by=ROUTER)
    for at in range(5, hour, 90):
        for number, name in enumerate(("printer", "printer-2", "airplay")):
            yield by_mdns(at + number / 10, name)
            yield asked(at + 5 + number, name)
            yield by_mdns(at + 5.1 + number, name)
        yield answer(at, "desktop-1", "192.0.2.20")
        yield by_netbios(at, "desktop-7")


@cache
def office(hour: int = HOUR, seed: int = 7) -> list[Packet]:
    """An hour, or what of it there is in a shorter time."""
    return [*browsers(random.Random(seed), hour), *machines(hour), *segment(hour)]


def kind_of(event: dict[str, Any]) -> str | None:
    """The finding that the event is."""
    news = news_finding(*map(event.get, ("change", "before", "after", "claimed_role")))
    return event.get("finding") or (news.kind if news else None)


def told(packets: Sequence[Packet], workers: int = 1) -> list[tuple[float, str]]:
    """The time and kind of each finding."""
    analyzer = hg.Analyzer(findings=True, device_news=True, senders=True, protocols=hg.PROTOCOLS)
    found: list[tuple[float, str]] = []
    for batch in analyzer.batches(pcap(sorted(packets), ETHERNET, nanoseconds=True), workers=workers):
        for line in batch.render("json").splitlines():
            one: dict[str, Any] = json.loads(line)
            if kind := kind_of(one):
                found.append(((parse_time(one["time"]) - START) / SECOND, kind))
    return found


def test_nothing_is_urgent() -> None:
    """The second DHCP server and the new resolver are checks."""
    found = told(office())
    assert [kind for _, kind in found if kind in URGENT] == []
    assert sorted({kind for _, kind in found} & {"new_dhcp_server", "segment_changed"}) == [
        *("new_dhcp_server", "segment_changed")
    ]


def by_llmnr(at: float) -> Iterator[Packet]:
    for number, name in enumerate(NAMES):
        yield answer(at + 2 * number, name)


def by_names_of_netbios(at: float) -> Iterator[Packet]:
    for number, name in enumerate(NAMES):
        yield by_netbios(at + 2 * number, name)


def by_names_of_mdns(at: float) -> Iterator[Packet]:
    for number, name in enumerate(NAMES):
        yield asked(at + 2 * number, name)
        made = mdns.message(mdns.address(name, "192.0.2.66"))
        yield (
            START + round((at + 2 * number + 0.1) * SECOND),
            mdns.sent(made, source="192.0.2.66", mac=mac(66)),
        )


def resolver_of(by: str, source: str, named: str) -> Callable[[float], Iterator[Packet]]:
    def made(at: float) -> Iterator[Packet]:
        yield ack(at, (3, "192.0.2.1"), (6, named), by=by, source=source)

    return made


def prefix_of(by: str, source: str) -> Callable[[float], Iterator[Packet]]:
    def made(at: float) -> Iterator[Packet]:
        yield advertised(at, neighbor.prefix_option("2001:db8:66::/64"), by=by, source=source)

    return made


ATTACKS = {
    "LLMNR": (by_llmnr, "foreign_names", "10.0.0.66"),
    "NetBIOS": (by_names_of_netbios, "foreign_names", netbios.ADDRESS),
    "mDNS": (by_names_of_mdns, "foreign_names", "192.0.2.66"),
    "a resolver, as another server": (
        resolver_of(mac(66), "192.0.2.66", "192.0.2.66"),
        "segment_changed",
        "192.0.2.66",
    ),
    "a resolver, as the server": (
        resolver_of(ROUTER, "192.0.2.1", "192.0.2.67"),
        "segment_changed",
        "192.0.2.67",
    ),
    "a prefix": (prefix_of(mac(66), "fe80::66"), "segment_changed", "2001:db8:66::/64"),
}
"""Each with the finding, and a text in its event."""


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_news_within_ten_seconds(name: str) -> None:
    attack, kind, _ = ATTACKS[name]
    around = [one for one in office() if 1900 <= (one[0] - START) / SECOND <= 2600]
    before = [one for one in segment() if one[0] < START + 1900 * SECOND]
    usual = [*before, *around]
    assert kind not in [one for at, one in told(usual) if at >= ATTACK]
    found = [at for at, one in told([*usual, *attack(ATTACK)]) if one == kind and at >= ATTACK]
    assert min(found) <= ATTACK + MOST_S
