"""What a filter costs a packet: the time of a run with it less that of a run without.

Measured (2-core VM, 200,000 data segments, min of 15 runs): ports and single networks 1.4 to 2.0 ns a
packet, 10,000 networks 6 to 13 ns whatever their lengths (60 ns when all but one crowd into a small
part of their span, which takes bisection), a BPF expression 23 ns. The limits leave room for other
machines; ``pytest -m slow -s tests/benchmarks/test_filters.py`` prints the figures.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_network
from itertools import islice

import pytest

import huginn_cffi as hg
from tests.support.packets import ACK, Ip6, Tcp, ethernet, packet
from tools.bench.traffic import mixed, pcap_records, plain

PACKETS = 200_000
FRESH = 20_000
"""Frames that differ; they come again until there are enough, for the start of an analysis to cost little."""

ROUNDS = 9
NETWORKS = 10_000
NONE = "no filter"


def version_6() -> list[bytes]:
    """Data segments between hosts that a seed chooses."""
    rng = random.Random(4)
    hosts = [str(IPv6Address(rng.getrandbits(128))) for _ in range(2000)]
    segments = [
        ethernet(packet(Ip6(source=source, destination=destination), Tcp(flags=ACK)))
        for source, destination in zip(hosts, reversed(hosts), strict=True)
    ]
    return segments * (FRESH // len(segments))


FRAMES: dict[str, Callable[[], Iterable[bytes]]] = {
    "plain": lambda: plain(FRESH, seed=3),
    "mixed": lambda: mixed(FRESH, seed=2),
    "IPv6": version_6,
}


def capture(kind: str) -> bytes:
    """A capture in memory, so that no disk is measured."""
    records = b"".join(pcap_records(islice(FRAMES[kind](), FRESH)))
    header = len(b"".join(pcap_records([])))
    return records + records[header:] * (PACKETS // FRESH - 1)


def networks(shortest: int, longest: int, bits: int = 32) -> hg.SubnetFilter:
    """Random networks of these prefix lengths, of addresses with so many bits."""
    rng = random.Random(1)
    kind = IPv4Address if bits == 32 else IPv6Address
    found = [(kind(rng.getrandbits(bits)), rng.randint(shortest, longest)) for _ in range(NETWORKS)]
    return hg.SubnetFilter(any=[ip_network(item, strict=False) for item in found])


def costs(data: bytes, filters: dict[str, hg.FilterConfig]) -> dict[str, float]:
    """Processor time, as a multiple of that without a filter; in turns, so that all meet one machine."""
    analyzers = {name: hg.Analyzer(None, filter=found) for name, found in filters.items()}
    analyzers[NONE] = hg.Analyzer(None)
    best = dict.fromkeys(analyzers, float("inf"))
    for _ in range(ROUNDS):
        for name, analyzer in analyzers.items():
            began = time.process_time()
            for _batch in analyzer.batches(data):
                pass
            best[name] = min(best[name], time.process_time() - began)
    assert all(analyzer.stats.packets == PACKETS for analyzer in analyzers.values())
    return {name: best[name] / best[NONE] for name in filters}


def simple() -> dict[str, hg.FilterConfig]:
    return {
        "server port": hg.FilterConfig(port=hg.PortFilter(dst=443)),
        "any port": hg.FilterConfig(port=hg.PortFilter(any=443)),
        "address": hg.FilterConfig("deny", ip=hg.IpFilter(any="192.0.2.1")),
        "address of IPv6": hg.FilterConfig("deny", ip=hg.IpFilter(any="2001:db8::1")),
        "network": hg.FilterConfig("deny", subnet=hg.SubnetFilter(any="203.0.113.0/24")),
    }


@cache
def large() -> dict[str, hg.FilterConfig]:
    return {
        "10,000 networks /24": hg.FilterConfig("deny", subnet=networks(24, 24)),
        "10,000 networks /48 to /128": hg.FilterConfig("deny", subnet=networks(48, 128, 128)),
        "10,000 networks /128": hg.FilterConfig("deny", subnet=networks(128, 128, 128)),
        "10,000 networks /16 to /32": hg.FilterConfig("deny", subnet=networks(16, 32)),
    }


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.parametrize("kind", FRAMES)
def test_cost_of_a_packet(kind: str) -> None:
    few, many = simple(), large()
    found = costs(capture(kind), few | many)
    for name, multiple in found.items():
        print(f"{kind}: {name}: {multiple:.2f} of the time without a filter")
    assert max(found[name] for name in few) < 1.5
    assert max(found[name] for name in many) < 2.0
