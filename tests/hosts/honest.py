"""What hosts of an honest office send, what pages make browsers send, and attacks on a segment."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from ipaddress import ip_address
from typing import Any

from sigcompiler.schema.findings import FINDINGS, WEIGHTS, news_finding
from tests.support import scans
from tests.support.captures import Packet
from tests.support.devices import dhcp, mdns, neighbor, netbios
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.made import datagram, frame
from tests.support.devices.news import SECOND, START, mac
from tests.support.packets import ACK, FIN, LINUX_OPTIONS, PSH, SYN, Ip4, Tcp, packet
from tests.support.tls.conversation import client_hello, record

ISN = 0x11223344
"""Of both ends, as `Tcp` has it."""


FIRST_BYTES = {
    "b": b"GET /x.png HTTP/1.1\r\nHost: a\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n\r\n",
    "h": b"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: python-requests/2.31\r\n\r\n",
    "t": record(client_hello()),
    "r": b"*1\r\n$4\r\nINFO\r\n",
}
"""What a client sends first: a browser's request, a program's, a hello of TLS, a query of Redis."""


def talk(at: float, ends: tuple[str, str], port: int, sport: int, seen: str = "sca") -> list[Packet]:
    """The SYN (s) of a client, the server's answer (c) and the client's acknowledgement (a), 10 ms apart."""
    client, server = ends
    syn = Tcp(sport=sport, dport=port, flags=SYN, window=64240, options=LINUX_OPTIONS)
    answer = Tcp(sport=port, dport=sport, flags=SYN | ACK, ack=ISN + 1, window=65160, options=LINUX_OPTIONS)
    last = Tcp(sport=sport, dport=port, flags=ACK, seq=ISN + 1, ack=ISN + 1, options=b"")
    parts = {"s": (ends, syn, b""), "c": ((server, client), answer, b""), "a": (ends, last, b"")}
    parts |= {one: (ends, replace(last, flags=PSH | ACK), data) for one, data in FIRST_BYTES.items()}
    parts["f"] = (ends, replace(last, flags=FIN | ACK), b"")
    return [
        (scans.START + round((at + number / 100) * SECOND), packet(Ip4(*which), replace(tcp, payload=data)))
        for number, (which, tcp, data) in enumerate(parts[one] for one in seen)
    ]


SERVER, OTHER, CLIENT = mac(1), mac(2), mac(7)


def ack(
    at: float,
    *options: tuple[int, str | bytes],
    by: str = SERVER,
    relay: str = "0.0.0.0",
    source: str = "192.0.2.1",
) -> Packet:
    """A lease of 192.0.2.7 with these options."""
    made = [
        dhcp.option(code, value if isinstance(value, bytes) else ip_address(value).packed)
        for code, value in (*options, (1, "255.255.255.0"))
    ]
    found = dhcp.message(*made, kind=dhcp.ACK, op=2, yiaddr="192.0.2.7", mac=CLIENT, giaddr=relay)
    return START + round(at * SECOND), dhcp.from_server(found, mac=by, source=source)


def advertised(
    at: float, *options: bytes, by: str = SERVER, source: str = "fe80::1", lifetime: int = 1800
) -> Packet:
    frame = neighbor.route(*options, mac=by, source=source, lifetime=lifetime)
    return START + round(at * SECOND), frame


def resolvers(*addresses: str) -> bytes:
    """RFC 8106, 5.1."""
    return neighbor.option(
        25, struct.pack("!HI", 0, 600) + b"".join(ip_address(one).packed for one in addresses)
    )


def answer(at: float, name: str, source: str = "10.0.0.66") -> Packet:
    """An answer of LLMNR with the sender's own address."""
    labels = bytes([len(name)]) + name.encode() + b"\0"
    data = struct.pack("!HHHHHH", 7, 0x8000, 1, 1, 0, 0) + labels + b"\0\1\0\1"
    data += labels + struct.pack("!HHIH", 1, 1, 30, 4) + ip_address(source).packed
    frame = datagram(data, 5355, 50_000, ip=Ip4(source, "10.0.0.7", 64, protocol=17), mac=OTHER)
    return START + round(at * SECOND), frame


def by_netbios(at: float, *names: str, address: str = netbios.ADDRESS) -> Packet:
    """An answer for each name, or a status with several."""
    made = [netbios.encoded(one.upper().encode()) for one in names]
    return START + round(at * SECOND), netbios.names(netbios.answer(made[0], netbios.addresses(address)))


def by_mdns(at: float, name: str, address: str = mdns.SOURCE) -> Packet:
    made = mdns.message(mdns.address(name, address))
    return START + round(at * SECOND), mdns.sent(made)


def asked(
    at: float, *names: str, by: str = "192.0.2.99", sport: int = mdns.PORT, claims: bool = False
) -> Packet:
    """Questions for addresses of hosts; a host that claims a name adds its record as an authority."""
    questions = b"".join(mdns.name(one, "local") + struct.pack("!HH", 1, 1) for one in names)
    records = mdns.address(names[0], by) if claims else b""
    head = struct.pack("!HHHHHH", 0, 0, len(names), 0, int(claims), 0)
    six = ":" in by
    return START + round(at * SECOND), mdns.sent(
        head + questions + records, source=by, sport=sport, to=None if six else "224.0.0.251"
    )


NAMES = ("fileserver", "intranet", "printers", "sqlserver")


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
