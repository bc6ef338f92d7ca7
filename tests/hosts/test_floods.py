"""SYN floods, and other traffic of many clients to one server."""

from __future__ import annotations

import random
import struct
from ipaddress import IPv4Address

import pytest

import huginn_cffi as hg
from tests.hosts.test_claims_and_worms import findings, talk
from tests.support.captures import Packet, pcap
from tests.support.scans import START

TARGET = "192.0.2.80"
SECOND = 10**9


def moved(one: Packet, time_ns: int, changes: dict[int, int]) -> Packet:
    """The packet at another time, with other 16-bit words of its IP (0 to 9) or TCP header (10 on)."""
    words = list(struct.unpack_from("!20H", one[1]))
    for at, word in changes.items():
        for checksum in (5, 18) if at < 10 else (18,):
            total = (~words[checksum] & 0xFFFF) + (~words[at] & 0xFFFF) + word
            words[checksum] = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
        words[at] = word
    return time_ns, struct.pack("!20H", *words) + one[1][40:]


def flood(
    count: int = 3000,
    seconds: float = 20,
    senders: int = 1000,
    seen: str = "sc",
    first: str = "sca",
    target: str = TARGET,
) -> list[Packet]:
    """A client that is served, and then SYNs of many senders, evenly over the time."""
    packets = talk(0, ("203.0.113.1", target), 443, 1024, first)
    one = talk(1, (sender(0), target), 443, 1024, seen)
    for number in range(count):
        later = number * round(seconds * SECOND) // count
        host = int(IPv4Address(sender(number % senders)))
        for before, part in zip(one, seen, strict=True):
            ip, port = (8, 11) if part == "c" else (6, 10)
            changes = {ip: host >> 16, ip + 1: host & 0xFFFF, port: 1024 + number}
            packets.append(moved(before, before[0] + later, changes))
    return packets


def sender(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250 + 1}"


def is_flood(packets: list[Packet], workers: int = 1) -> bool:
    return (TARGET, "syn_flood") in findings(packets, workers)


@pytest.mark.parametrize("workers", [1, 3])
def test_a_flood_is_one_finding_about_its_target(workers: int) -> None:
    assert [one for one in findings(flood(), workers) if one[1] == "syn_flood"] == [(TARGET, "syn_flood")]


def test_a_fast_flood() -> None:
    """4,000 SYNs a second, when the table of flows is full after a quarter of a second."""
    assert is_flood(flood(count=28_000, seconds=7))


def test_a_flood_beside_few_clients() -> None:
    """One in 31 completes its handshake, and another server has a crowd."""
    real = [
        one
        for number in range(100)
        for one in talk(1 + number * 0.2, (sender(2000 + number), TARGET), 443, 5000 + number)
    ]
    assert is_flood([*flood(), *real])
    both = findings([*flood(), *flood(seen="sca", target="192.0.2.81")])
    assert [one for one in both if one[1] == "syn_flood"] == [(TARGET, "syn_flood")]


def busy(packets: list[Packet]) -> list[Packet]:
    """Many other packets between each answer and the client's acknowledgement."""
    other = talk(0, ("10.0.0.1", "10.0.0.2"), 80, 1024, "s")[0][1]
    others = [(START + SECOND + number * 100_000, other) for number in range(60_000)]
    return sorted([*packets, *others])


def with_lost_clients() -> list[Packet]:
    """A crowd; one client in fifty never reacts."""
    return sorted([*flood(count=60, first=""), *flood(seen="sca")])


def with_gap() -> list[Packet]:
    """A crowd of whose packets the sensor lost the clients' for three seconds."""
    begin = START + 8 * SECOND
    lost = [one for one in flood(seen="sc", first="") if begin <= one[0] < begin + 3 * SECOND]
    return sorted([*[one for one in flood(seen="sca") if not begin <= one[0] < begin + 3 * SECOND], *lost])


def to_servers(count: int, seen: str) -> list[Packet]:
    """A crowd at each of many servers, in turns."""
    return [one for n in range(count) for one in flood(900, seen=seen, target=f"192.0.2.{n + 1}")]


@pytest.mark.parametrize(
    "packets",
    [
        flood(seen="sca"),
        flood(count=9_000, seconds=6, seen="sca"),
        busy(flood(seen="sca", seconds=6)),
        with_lost_clients(),
        with_gap(),
        flood(seen="s"),
        flood(seen="c"),
        flood(first="sc"),
        flood(first="sc", seen="sa"),
        flood(senders=20),
        flood(senders=1),
        flood(count=400),
        flood(seconds=2),
        [one for one in flood(seen="sca") if one[0] < START + 15 * SECOND][900:],
    ],
    ids=[
        *("a flash crowd", "a larger crowd", "a crowd among many other packets", "a crowd with lost clients"),
        *(
            "a crowd with packets missing in the capture",
            "a server that is down",
            "asymmetric routes: answers alone",
            "a capture of SYNs and answers only",
            "the clients' direction alone",
        ),
        *("a load test by 20 machines", "one client that fails", "few SYNs"),
        *("a short burst", "a part of a crowd's capture"),
    ],
)
def test_what_is_no_flood(packets: list[Packet]) -> None:
    assert not is_flood(packets)


def test_crowds_at_many_servers() -> None:
    assert not [one for one in findings(sorted(to_servers(10, "sca"))) if one[1] == "syn_flood"]


def test_a_sampled_capture_of_a_crowd() -> None:
    """One packet in twenty, of 30,000 clients."""
    packets = sorted(flood(count=30_000, seconds=10, seen="sca"))
    chosen = random.Random(20).sample(range(3, len(packets)), len(packets) // 20)
    assert not is_flood([*packets[:3], *(packets[at] for at in sorted(chosen))])


def displaced(packets: list[Packet]) -> int:
    with hg.Analyzer(findings=True) as analyzer:
        for _ in analyzer.batches(pcap(sorted(packets))):
            pass
        return analyzer.stats.attempts_displaced


def test_what_finds_no_place_is_counted() -> None:
    """More servers at once than can be followed, of which the sample of each begins with its first answer."""
    assert displaced(flood()) == 0
    many = [one for n in range(300) for one in flood(40, target=f"192.0.{n // 250 + 2}.{n % 250 + 1}")]
    assert 0 < displaced(many) < 300 * 40
