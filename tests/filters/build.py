"""The same filters by the package's own classes, and strategies that make them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

from hypothesis import strategies as st

import huginn_cffi as hg
from tests.filters.plain import Ends, FilterLists


def config(wanted: FilterLists) -> hg.FilterConfig:
    """What `wanted` says, as the package is told."""
    ports = {"src": wanted.sources, "dst": wanted.destinations, "any": wanted.either}
    given = {end: [_port(*one) for one in values] for end, values in ports.items() if values}
    hosts, networks = wanted.addresses, wanted.networks
    return hg.FilterConfig(
        mode="deny" if wanted.deny else "allow",
        port=hg.PortFilter(**given) if given else None,
        ip=hg.IpFilter(**{ENDS[wanted.address_side]: hosts}) if hosts else None,
        subnet=hg.SubnetFilter(**{ENDS[wanted.network_side]: networks}) if networks else None,
    )


ENDS = {"either": "any", "source": "src", "destination": "dst"}


def _port(first: int, last: int) -> int | range:
    return first if first == last else range(first, last + 1)


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
).filter(lambda one: any((one.sources, one.destinations, one.either, one.addresses, one.networks)))


@st.composite
def conversations(draw: st.DrawFn) -> Ends:
    """Two ends of one IP version."""
    family = draw(st.sampled_from([ipv4, ipv6]))
    return Ends(draw(family), draw(ports), draw(family), draw(ports))
