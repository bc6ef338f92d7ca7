"""The core's decision on a conversation against a plain evaluation."""

from __future__ import annotations

import random
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.filters.conditions import compile_filter
from tests.filters.build import config, conversations, wanted_filters
from tests.filters.plain import Ends, FilterLists, passes


def decision(found: hg.FilterConfig, ends: Ends) -> bool:
    """The core's."""
    native = compile_filter(found)
    client, server = ip_address(ends.client), ip_address(ends.server)
    first, second = (end.packed.ljust(16, b"\0") for end in (client, server))
    found_ports = ends.client_port, ends.server_port
    return bool(lib.hg_filter_passes(native, first, second, *found_ports, client.version))


@settings(max_examples=150, deadline=None)
@given(wanted_filters, st.lists(conversations(), min_size=1, max_size=20))
def test_same_as_a_plain_evaluation(wanted: FilterLists, several: list[Ends]) -> None:
    found = config(wanted)
    for ends in several:
        assert decision(found, ends) == passes(wanted, ends)


HTTPS = Ends("10.1.2.3", 40000, "192.0.2.9", 443)
V6 = Ends("2001:db8::1", 40000, "2001:db8:1::2", 80)


@pytest.mark.parametrize(
    ("wanted", "ends", "expected"),
    [
        (FilterLists(destinations=[(443, 443)], sources=[(1024, 65535)]), HTTPS, True),
        (FilterLists(destinations=[(443, 443)], sources=[(1, 1023)]), HTTPS, False),
        (FilterLists(destinations=[(80, 80), (443, 443)]), HTTPS, True),
        (FilterLists(sources=[(443, 443)]), HTTPS, False),
        (FilterLists(either=[(443, 443)]), HTTPS, True),
        (FilterLists(addresses=["10.1.2.3"], address_side="source"), HTTPS, True),
        (FilterLists(addresses=["10.1.2.3"], address_side="destination"), HTTPS, False),
        (FilterLists(addresses=["192.0.2.9"], networks=["10.0.0.0/8"]), HTTPS, True),
        (FilterLists(addresses=["192.0.2.9"], networks=["11.0.0.0/8"]), HTTPS, False),
        (FilterLists(networks=["11.0.0.0/8"], deny=True), HTTPS, True),
        (FilterLists(networks=["0.0.0.0/0"]), V6, False),
        (FilterLists(networks=["::/0"]), V6, True),
        (FilterLists(networks=["2001:db8::/32"], network_side="destination"), V6, True),
        (FilterLists(networks=["2001:db8:2::/48", "2001:db8:0:0:8000::/65"]), V6, False),
        (FilterLists(addresses=["::ffff:10.1.2.3"]), HTTPS, False),
    ],
)
def test_examples(wanted: FilterLists, ends: Ends, expected: bool) -> None:
    assert decision(config(wanted), ends) is expected


def test_any_end_and_both_ends() -> None:
    ports = hg.FilterConfig(port=hg.PortFilter(dst=443, src=range(1, 1024)))
    either = hg.FilterConfig(port=hg.PortFilter(any=(443, range(1, 1024))))
    assert not decision(ports, HTTPS)
    assert decision(either, HTTPS)
    assert decision(either, Ends("10.1.2.3", 443, "192.0.2.9", 5000))
    assert not decision(either, Ends("10.1.2.3", 2000, "192.0.2.9", 5000))


def test_both_ends_must_be_satisfied() -> None:
    found = hg.FilterConfig(ip=hg.IpFilter(src="10.1.2.3", dst="192.0.2.9"))
    assert decision(found, HTTPS)
    assert not decision(found, Ends("10.1.2.3", 40000, "192.0.2.8", 443))


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("clustered", [False, True])
def test_thousands_of_networks(version: int, clustered: bool) -> None:
    rng = random.Random(version + 2 * clustered)
    bits, kind = (32, IPv4Address) if version == 4 else (128, IPv6Address)
    base, free = (10 << 24, 24) if version == 4 else (0x20010DB8 << 96, 96)

    def address() -> int:
        return base + rng.getrandbits(free) if clustered else rng.getrandbits(bits)

    shortest = bits - free + 4 if clustered else 8
    texts = [f"{kind(address())}/{rng.randint(shortest, bits)}" for _ in range(3000)]
    found = [ip_network(text, strict=False) for text in texts]
    config_ = hg.FilterConfig(subnet=hg.SubnetFilter(src=map(str, found)))
    native = compile_filter(config_)
    edges = [int(net.network_address) for net in found] + [int(net.broadcast_address) for net in found]
    near = [(edge + step) % (1 << bits) for edge in rng.sample(edges, 100) for step in (-1, 0, 1)]
    spans = [(int(net.network_address), int(net.broadcast_address)) for net in found]
    for number in near + [address() for _ in range(200)]:
        packed = number.to_bytes(bits // 8, "big").ljust(16, b"\0")
        expected = any(first <= number <= last for first, last in spans)
        assert bool(lib.hg_filter_passes(native, packed, bytes(16), 1, 2, version)) is expected
