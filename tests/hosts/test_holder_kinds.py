"""Attacks on the question who has an address, and their look-alikes: a line each.

Expected are the holders of the address (the end of the MAC, first and last second), how many MACs besides the
gateway's are devices, and the events about addresses.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp, neighbor
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET
from tests.support.holders import FROM, GATEWAY, HOUR, SECOND, START, WINDOWS, connection, syn
from tests.support.in_process import run_in_process_as_text as run

A, B, C = "00:16:3e:00:00:0a", "00:16:3e:00:00:0b", "00:16:3e:00:00:0c"
VRRP, HSRP = "00:00:5e:00:01:0a", "00:00:0c:07:ac:01"
DAY = 24 * HOUR
OLD = {"system": WINDOWS, "ttl": 128}
Packets = list[Packet]
Kind = tuple[Callable[[int], Packets], str, int, dict[str, int]]


def uses(version: int, *turns: tuple[float, str], **more: object) -> Packets:
    """A connection each: second and MAC."""
    found = [
        connection(at, mac, version=version, port=50_000 + i, **more) for i, (at, mac) in enumerate(turns)
    ]
    return [one for turn in found for one in turn]


def mac(number: int) -> str:
    return f"00:16:3e:00:{1 + (number >> 8):02x}:{number & 255:02x}"


def states(version: int, at: float, by: str) -> Packet:
    if version == 4:
        return START + round(at * SECOND), arp(FROM[4], FROM[4], mac=by)
    return START + round(at * SECOND), neighbor.advertise(FROM[6], mac=by)


def scan(version: int, by: str) -> Packets:
    target = "203.0.113.{}" if version == 4 else "2001:db8:9::{}"
    ends = [{"target": target.format(i + 1), "dport": 445, "port": 41_000 + i} for i in range(40)]
    return [syn(10 + i / 100, by, version=version, **end) for i, end in enumerate(ends)]  # type: ignore[arg-type]


def forwarded(packets: Packets, by: str = B, hops: int = 1) -> Packets:
    """Copies of a moment later with another source MAC, and a lower TTL if a router made them."""
    found = []
    for at, data in packets:
        copy = bytearray(data)
        copy[6:12] = bytes.fromhex(by.replace(":", ""))
        ttl = 22 if copy[12:14] == b"\x08\0" else 21
        copy[ttl] -= hops
        if ttl == 22:  # its checksum
            copy[24:26] = (int.from_bytes(copy[24:26], "big") + 0x100 * hops).to_bytes(2, "big")
        found.append((at + SECOND // 5000, bytes(copy)))
    return found


def acknowledges(at: float, client: str, by: str, source: str, address: str = FROM[4]) -> Packet:
    lease = dhcp.option(51, (3600).to_bytes(4, "big"))
    message = dhcp.message(lease, kind=dhcp.ACK, op=2, mac=client, yiaddr=address)
    return START + round(at * SECOND), dhcp.from_server(message, mac=by, source=source)


def asks(at: float, client: str) -> Packet:
    wanted = dhcp.option(50, IPv4Address(FROM[4]).packed)
    return START + round(at * SECOND), dhcp.from_client(
        dhcp.message(wanted, kind=dhcp.REQUEST, mac=client), mac=client
    )


def own(packets: Packets, by: str) -> Packets:
    return [one for one in packets if one[1][6:12] == bytes.fromhex(by.replace(":", ""))]


MOVED, CLAIMED, CONFLICT = ({f"address_{what}": 1} for what in ("moved", "claimed", "conflict"))
KINDS: dict[str, Kind] = {
    # who uses an address has it
    "static address moves": (lambda v: uses(v, (0, A), (600, B)), "0a 0-0, 0b 600-600", 2, MOVED),
    "failover in seconds": (lambda v: uses(v, (0, A), (8, B)), "0a 0-0, 0b 8-8", 2, MOVED),
    "keepalived, CARP": (
        *(lambda v: uses(v, (0, A), (3600, B), (7200, A)), "0a 0-0, 0b 3600-3600, 0a 7200-7200", 2),
        {"address_moved": 2},
    ),
    "silent and back": (lambda v: uses(v, (0, A), (2 * HOUR, A)), "0a 0-7200", 1, {}),
    "back within five minutes": (
        lambda v: uses(v, (0, A), (100, B), (200, A)),
        "0a 0-200, 0b 100-100",
        2,
        MOVED,
    ),
    "duplicate address": (
        *(lambda v: uses(v, *((10 * i, (A, B)[i % 2]) for i in range(10))), "0a 0-80, 0b 10-90", 2),
        MOVED | CONFLICT,
    ),
    "a MAC for each day": (
        *(
            lambda v: uses(v, (0, "02:00:00:00:00:0a"), (DAY, "06:00:00:00:00:0b")),
            "0a 0-0, 0b 86400-86400",
            2,
        ),
        {},
    ),
    "dual boot": (
        *(lambda v: uses(v, (0, A)) + uses(v, (600, A), **OLD), "0a 0-600", 1),
        {},
    ),
    # who has it with other frames
    "VRRP": (lambda v: uses(v, (0, VRRP), (600, VRRP)), "0a 0-600", 1, {}),
    "HSRP": (lambda v: uses(v, (0, HSRP), (600, HSRP)), "01 0-600", 1, {}),
    "teamed cards": (
        lambda v: uses(v, *((i, (A, B)[i % 2]) for i in range(6)), receiver=A),
        *("0a 0-5", 1, {}),
    ),
    "load balancer": (
        lambda v: uses(v, (0, A), (2, A)) + uses(v, (1, A), (3, A), **OLD),
        *("0a 0-3", 1, {}),
    ),
    "VM migrates": (lambda v: [*uses(v, (0, A), (60, A)), states(v, 30, A)], "0a 0-60", 1, {}),
    "mirror before and after a router": (
        lambda v: uses(v, (0, A), (100, A)) + forwarded(own(uses(v, (0, A), (100, A)), A)),
        *("0a 0-100", 1, {}),
    ),
    "transparent firewall": (
        lambda v: uses(v, (0, A), (100, A)) + forwarded(own(uses(v, (0, A), (100, A)), A), hops=0),
        *("None 0-100", 0, {}),
    ),
    "carrier NAT": (
        lambda v: (
            uses(v, *((30 * i, GATEWAY) for i in range(3)), ttl=60)
            + uses(v, *((30 * i + 15, GATEWAY) for i in range(3)), ttl=124, system=WINDOWS)
        ),
        *("None 0-75", 0, {}),
    ),
    "VPN pool beyond a router": (
        lambda v: uses(v, (0, GATEWAY), ttl=60) + uses(v, (5000, GATEWAY), ttl=124, system=WINDOWS),
        *("None 0-5000", 0, {}),
    ),
    # statements and borrowed addresses
    "stated while the holder speaks": (
        lambda v: [*uses(v, (0, A), (60, A), (120, A)), states(v, 30, B)],
        *("0a 0-120", 2, CLAIMED),
    ),
    "stated while the holder sleeps": (
        lambda v: [*uses(v, (0, A), (1800, A)), states(v, 900, B)],
        *("0a 0-1800", 2, CLAIMED),
    ),
    "stated, then used": (
        lambda v: [*uses(v, (0, A), (631, B)), states(v, 630, B)],
        *("0a 0-0, 0b 631-631", 2, MOVED),
    ),
    "flood of claims": (
        lambda v: [*uses(v, (0, A), (30, A)), *(states(v, 10 + i / 200, mac(i)) for i in range(1500))],
        *("0a 0-30", 1501, {"address_claimed": 8}),
    ),
    "scan with a borrowed address": (
        lambda v: uses(v, (0, A), (60, A)) + scan(v, B),
        *("0a 0-60, 0b 10-10", 2, MOVED),
    ),
    "scan with a borrowed address and MAC": (
        lambda v: uses(v, (0, A), (60, A)) + scan(v, A),
        *("0a 0-60", 1, {}),
    ),
    "a MAC in each frame": (
        lambda v: (
            uses(v, (0, A), (60, A)) + [syn(10 + i, mac(i), version=v, port=42_000 + i) for i in range(100)]
        ),
        *("0a 0-60", 1, {}),
    ),
    "a wild clock": (
        lambda v: (
            [*uses(v, (0, A), (10, A)), syn(10 * 365 * DAY, A, version=v), *uses(v, (20, A), (4000, B))]
        ),
        *("0a 0-20, 0b 4000-4000", 2, MOVED),
    ),
    "100 holders": (
        lambda v: uses(v, *((600 * i, mac(i)) for i in range(100))),
        *("64 holders", 64, {"address_moved": 99}),
    ),
}
LEASES: dict[str, Kind] = {
    "forged lease of an address in use": (
        lambda v: [*uses(v, (0, A), (300, A)), acknowledges(30, C, B, "10.1.0.66")],
        *("0a 0-300", 2, CLAIMED),
    ),
    "forged lease of an address that sleeps": (
        lambda v: [*uses(v, (0, A), (2000, A)), acknowledges(1000, C, B, "10.1.0.66")],
        *("0a 0-2000", 2, {}),
    ),
    "a silent minute, and a renewal": (
        lambda v: [*uses(v, (0, A), (300, A)), asks(70, A), acknowledges(71, A, B, "10.1.0.66")],
        *("0a 0-300", 2, {}),
    ),
    "the server's partner renews": (
        lambda v: [
            *uses(v, (0, A), (300, A)),
            *(acknowledges(-90, A, B, "10.1.0.66"), asks(70, A), acknowledges(71, A, C, "10.1.0.67")),
        ],
        *("0a 0-300", 3, {}),
    ),
    "a lease that moves": (
        lambda v: [
            *uses(v, (0, A), (4000, C)),
            *(acknowledges(-90, mac(9), B, "10.1.0.66", "10.1.0.99"), acknowledges(-10, A, B, "10.1.0.66")),
            *(asks(3998, C), acknowledges(3999, C, B, "10.1.0.66")),
        ],
        *("0a 0-0, 0c 4000-4000", 3, {}),
    ),
}


def answer(packets: Packets, version: int, path: Path) -> tuple[str, int, dict[str, int]]:
    path.write_bytes(pcap(sorted(packets, key=lambda one: one[0]), ETHERNET, nanoseconds=True))

    def lines(*words: object) -> list[dict[str, object]]:
        return [json.loads(line) for line in run(*words, "--format", "json", path).stdout.splitlines()]

    def second(time: object) -> int:
        return int(round((_ns(str(time)) - START) / SECOND, 1))

    found = [one for one in lines("hosts", "--all") if one.get("ip") == FROM[version]]
    spans = sorted(
        (second(one["first_seen"]), second(one["last_seen"]), str(one["mac"])[-2:]) for one in found
    )
    holders = ", ".join(f"{'None' if end == 'ne' else end} {first}-{last}" for first, last, end in spans)
    news = Counter(
        str(one["change"]) for one in lines("pcap", "--events", "device_change") if "change" in one
    )
    devices = {one["mac"] for one in lines("devices") if one["mac"] not in (None, GATEWAY)}
    about = {what: count for what, count in news.items() if what.startswith("address_")}
    return (holders if len(spans) < 10 else f"{len(spans)} holders"), len(devices), about


def _ns(time: str) -> int:
    from datetime import datetime

    whole, _, rest = time.rstrip("Z").partition(".")
    return int(datetime.fromisoformat(f"{whole}+00:00").timestamp()) * SECOND + int(rest.ljust(9, "0"))


@pytest.mark.parametrize("tag", [b"", b"\x81\0\0\x4d"], ids=["untagged", "VLAN 77"])
@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("name", KINDS)
def test_kind(name: str, version: int, tag: bytes, tmp_path: Path) -> None:
    make, *expected = KINDS[name]
    packets = [(at, data[:12] + tag + data[12:]) for at, data in make(version)]
    assert answer(packets, version, tmp_path / "a.pcap") == tuple(expected)


@pytest.mark.parametrize("name", LEASES)
def test_kind_of_lease(name: str, tmp_path: Path) -> None:
    make, *expected = LEASES[name]
    assert answer(make(4), 4, tmp_path / "a.pcap") == tuple(expected)
