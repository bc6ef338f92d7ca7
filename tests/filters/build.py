"""The same filters by the package's own classes, and strategies that make them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import TypeVar

from hypothesis import strategies as st

import huginn_cffi as hg
from tests.filters.plain import Ends, FilterLists

Addresses = TypeVar("Addresses", hg.IpFilter, hg.SubnetFilter)


def config(wanted: FilterLists) -> hg.FilterConfig:
    """What `wanted` says, as the package is told."""
    found = hg.FilterConfig(mode="deny" if wanted.deny else "allow")
    if wanted.sources or wanted.destinations or wanted.either:
        ports = hg.PortFilter()
        for first, last in wanted.sources:
            ports = ports.source(first) if first == last else ports.source_range(first, last)
        for first, last in wanted.destinations:
            ports = ports.destination(first) if first == last else ports.destination_range(first, last)
        for first, last in wanted.either:
            ports = ports.any(first) if first == last else ports.any_range(first, last)
        found = found.with_port_filter(ports)
    if wanted.addresses:
        hosts = hg.IpFilter().allow(wanted.addresses)
        found = found.with_ip_filter(_restricted(hosts, wanted.address_side))
    if wanted.networks:
        networks = hg.SubnetFilter().allow(wanted.networks)
        found = found.with_subnet_filter(_restricted(networks, wanted.network_side))
    return found


def _restricted(item: Addresses, side: str) -> Addresses:
    if side == "source":
        return item.source_only()
    return item.destination_only() if side == "destination" else item


# A small world, so that filters and packets meet: few ports, and addresses that share prefixes.
ports = st.sampled_from([0, 1, 79, 80, 81, 443, 1023, 1024, 40000, 65534, 65535])
ranges = st.tuples(ports, ports).map(lambda pair: (min(pair), max(pair)))
ipv4 = st.one_of(
    st.integers(0x0A000000, 0x0A0000FF),
    st.sampled_from([0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]),
).map(lambda number: str(IPv4Address(number)))
ipv6 = st.one_of(
    st.integers(0x20010DB8 << 96, (0x20010DB8 << 96) + 0xFF),
    st.integers(0, 3).map(lambda number: (0x20010DB8 << 96) + (number << 63) + 1),
    st.sampled_from([0, 1, 1 << 64, (1 << 64) - 1, (1 << 128) - 1, ((1 << 64) - 1) << 64]),
).map(lambda number: str(IPv6Address(number)))
addresses = st.one_of(ipv4, ipv6)


@st.composite
def networks(draw: st.DrawFn) -> str:
    """A network around an address that packets may have."""
    address = draw(addresses)
    bits = 128 if ":" in address else 32
    return str(ip_network(f"{address}/{draw(st.integers(0, bits))}", strict=False))


sides = st.sampled_from(["either", "source", "destination"])
some_ranges = st.lists(ranges, max_size=2)

wanted_filters = st.builds(
    FilterLists,
    sources=some_ranges,
    destinations=some_ranges,
    either=some_ranges,
    addresses=st.lists(addresses, max_size=4),
    networks=st.lists(networks(), max_size=6),
    address_side=sides,
    network_side=sides,
    deny=st.booleans(),
).filter(lambda one: not one.deny or bool(config(one).filters))


@st.composite
def conversations(draw: st.DrawFn) -> Ends:
    """Two ends of one IP version."""
    family = draw(st.sampled_from([ipv4, ipv6]))
    return Ends(draw(family), draw(ports), draw(family), draw(ports))
