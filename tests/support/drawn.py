"""Captures whose dimensions are drawn: hour, address family, acknowledgements, first bytes, leases, order.

The traffic is plain, so that other programs count the same in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp
from tests.support.devices.arp import arp
from tests.support.devices.made import frame, mac_of
from tests.support.packets import ACK, FIN, LINUX_OPTIONS, PSH, RST, Ip, Ip4, Ip6, Tcp, packet, reply
from tests.support.tls.conversation import client_hello, record

DAY = 1_768_435_200
"""2026-01-15, midnight UTC, in seconds."""
KINDS = ("connections", "requests", "hellos", "arp", "dhcp", "modbus")
COUNTED = {"http": "requests", "tls": "hellos", "modbus": "modbus"}
PORTS = {"http": 80, "tls": 443, "modbus": 502, "other": 9000}


@dataclass(slots=True)
class Drawn:
    """A capture, and its totals, as `tests.readers.totals` counts them."""

    packets: list[Packet] = field(default_factory=list)
    totals: dict[str, Counter[tuple[str, ...]]] = field(
        default_factory=lambda: {kind: Counter() for kind in KINDS}
    )
    completed: int = 0

    def written(self) -> bytes:
        return pcap(sorted(self.packets), linktype=1)


def capture(random: Random, most: int = 40) -> Drawn:
    """Connections of a few clients with a few servers, ARP requests and leases, from a drawn hour on."""
    found = Drawn()
    start = (DAY + 3600 * random.randrange(24) + random.randrange(3600)) * 10**9
    for number in range(random.randrange(1, most)):
        _connect(random, found, start + number * random.randrange(1, 400) * 10**8, number)
    for number in range(random.choice([0, 1, 9, 300])):
        leased = dhcp.message(kind=dhcp.ACK, op=2, yiaddr=f"10.9.{number >> 7}.{(number & 127) + 100}")
        found.packets.append((start + number * 10**9, dhcp.from_server(leased)))
        found.totals["dhcp"][("192.0.2.1",)] += 1
    for number in range(random.randrange(5)):
        asked = arp(f"10.9.3.{number + 1}", f"10.9.3.{random.randrange(1, 255)}", mac=mac_of(number))
        found.packets.append((start + number * 10**7, asked))
        found.totals["arp"][(mac_of(number),)] += 1
    return found


def _connect(random: Random, found: Drawn, time: int, number: int) -> None:
    client, server = random.randrange(1, 6), random.randrange(101, 105)
    ip: Ip = Ip4(f"10.9.0.{client}", f"10.9.0.{server}")
    if random.random() < 0.3:
        ip = Ip6(f"fd00::{client}", f"fd00::{server}")
    service = random.choice([*PORTS])
    syn = Tcp(30000 + number, PORTS[service], random.randrange(2**32), window=64240, options=LINUX_OPTIONS)
    theirs = random.randrange(2**32)
    outcome = random.choice(["answered", "answered", "acknowledged", "acknowledged", "refused", "silent"])
    parts = [packet(ip, syn)] * random.choice([1, 1, 1, 2, *([0] if outcome == "acknowledged" else [])])
    if outcome == "refused":
        parts = [packet(ip, syn), reply(ip, syn, flags=RST | ACK, seq=0, window=0, options=b"")]
    elif outcome != "silent":
        parts += [reply(ip, syn, seq=theirs)] * random.choice([1, 1, 1, 3])
        found.totals["connections"][(ip.source, ip.destination)] += 1
    if outcome == "acknowledged":
        found.completed += 1
        if service in COUNTED:
            found.totals[COUNTED[service]][_ends(ip, syn)] = 1
        parts += _conversation(
            random, ip, replace(syn, seq=syn.seq + 1, ack=theirs + 1, options=b""), service
        )
    for at, one in enumerate(parts):
        found.packets.append((time + at * 10**6, frame(one, 0x86DD if isinstance(ip, Ip6) else 0x0800)))


def _ends(ip: Ip, tcp: Tcp) -> tuple[str, ...]:
    ends = sorted([(ip.source, str(tcp.sport)), (ip.destination, str(tcp.dport))])
    return tuple(part for end in ends for part in end)


def _conversation(random: Random, ip: Ip, tcp: Tcp, service: str) -> list[bytes]:
    """The client's acknowledgement, its data in one segment or two, an answer, and an end."""
    data = _data(random, service)
    cut = random.choice([0, random.randrange(1, len(data))])
    parts = [packet(ip, replace(tcp, flags=ACK))]
    for at, piece in ((0, data[:cut]), (cut, data[cut:])):
        if piece:
            parts.append(packet(ip, replace(tcp, seq=tcp.seq + at, flags=ACK | PSH, payload=piece)))
    if service == "modbus":
        answer = data[:2] + bytes.fromhex("0000 0005 01 03 02 0007")
        parts.append(reply(ip, tcp, seq=tcp.ack, ack=tcp.seq + len(data), flags=ACK | PSH, payload=answer))
    ended = replace(tcp, seq=tcp.seq + len(data), flags=random.choice([ACK, FIN | ACK, RST | ACK]))
    return [*parts, packet(ip, ended)]


def _data(random: Random, service: str) -> bytes:
    """The client's first bytes, which begin with any byte if the protocol allows it."""
    if service == "http":
        return random.choice([b"GET", b"POST", b"HEAD"]) + b" / HTTP/1.1\r\nHost: a.example\r\n\r\n"
    if service == "tls":
        return record(client_hello())
    if service == "modbus":
        return random.randbytes(2) + bytes.fromhex("0000 0006 01 03 0000 0001")
    return bytes((random.randrange(256),)) + bytes(20)
