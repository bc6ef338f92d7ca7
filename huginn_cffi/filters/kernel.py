"""The filter that the kernel applies on an interface, in libpcap's language.

The kernel need not copy irrelevant packets, and this program need not read them. The filter passes

- packets with SYN; for uptimes also packets with FIN or RST, and packets whose TCP header has room for a
  timestamp (a data offset of 8 words or more: the option takes 10 bytes). A packet without a timestamp shows
  nothing more about a flow. If a reader needs the data of connections, or all segments: all of TCP.
  The filter finds the IP header after the link header and, on Ethernet, up to two tags left in the packet;
- datagrams on the ports that readers name, with all later fragments of UDP, and the frames without IP that
  readers need;
- everything after extension headers of IPv6, MPLS labels, PPPoE or a third tag, and tunnels: the filter
  language cannot look inside, or that would cost more than it saves.

The core parses every passed packet again, so the filter may pass too much. On Linux an outer VLAN tag needs
no clause: the kernel removes it before filtering, and libpcap puts it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from huginn_cffi._native import lib
from huginn_cffi.base.arguments import wrappings

if TYPE_CHECKING:
    from huginn_cffi.filters.conditions import Condition
    from huginn_cffi.run.requirements import Requirements

SHIMS = tuple(number for number in wrappings(lib.HG_SPACE_ETHERTYPE) if number)
"""EtherTypes of headers before the IP header, such as VLAN tags and MPLS labels; 0 stands for LLC."""

TAGS = (0x8100, 0x88A8, 0x9100)
"""EtherTypes of the VLAN tags that the filter skips."""

MOST_TAGS = 2
"""Number of tags that the filter skips: a provider's and a customer's."""

EXTENSIONS = (0, 43, 51, 60, 135, 139, 140)
"""Extension headers of IPv6 that the core walks."""

TUNNELS = tuple(wrappings(lib.HG_SPACE_PROTOCOL))
"""IP protocols that carry packets, such as GRE."""

TUNNEL_PORTS = tuple(wrappings(lib.HG_SPACE_UDP))
"""UDP ports of tunnels."""

AUTHENTICATION = 51
"""The header that may also follow an IPv4 header."""

IP4, IP6 = 0x0800, 0x86DD
ICMP, TCP, UDP, FRAGMENT, ICMP6 = 1, 6, 17, 44, 58

ETHERNET = 1
LLC = {ETHERNET: "link[12:2] <= 1500", 113: "link[14:2] = 4", 276: "link[0:2] = 4"}
"""Link types with an EtherType (Ethernet and the two cooked ones), and each one's test for an LLC header in
its place, which may also hold IP."""

WITH_IP_ONLY = frozenset({0, 12, 14, 101, 108, 228, 229})
"""NULL, LOOP and the raw link types: no other protocol precedes the IP header."""

REDIRECT = 5
"""The type of ICMP."""

SYN = 0x02
HANDSHAKE_OR_END = 0x07
"""SYN, FIN, RST."""

ROOM_FOR_TIMESTAMP = 0x80
"""Value of the byte with the data offset, for 8 words."""

MOST_TERMS = 32
"""Most ports and networks of one condition. More would cost the kernel more time than they save, and its
programs have a limit."""


def kernel_filter(
    dlt: int, requirements: Requirements, *, decapsulate: bool = True, conditions: Sequence[Condition] = ()
) -> str:
    """The filter expression for a link of this type; empty if every packet must pass.

    `dlt` is libpcap's number. The filter passes handshakes, packets that `requirements` names, and tunnels if
    `decapsulate` is set. If TCP or UDP directly follows the IP header, the source or the destination must
    match each of the `conditions`, since a single packet does not show which end is the client.
    """
    if (dlt not in LLC and dlt not in WITH_IP_ONLY) or (requirements.senders and not conditions):
        return ""
    plain = [
        _by_flags("tcp[12]", "tcp[13]", requirements),
        f"ip6[6] = {TCP} and {_by_flags('ip6[52]', 'ip6[53]', requirements)}",
    ]
    if requirements.udp:
        plain += [_may_be_hello("udp[8]"), f"ip6[6] = {UDP} and {_may_be_hello('ip6[48]')}"]
    if requirements.udp_ports:
        plain.append(_any_of("udp port", requirements.udp_ports))
    chosen = [_joined("or", terms) for terms in map(_terms, conditions) if terms]
    clauses = [_joined("and", [_joined("or", plain), *chosen])]
    clauses.append(f"ip6 and ({_any_of('ip6[6] =', EXTENSIONS + (TUNNELS if decapsulate else ()))})")
    clauses += [f"ip proto {AUTHENTICATION}", f"ip6[6] = {FRAGMENT} and {_is_whole('ip6', 40)}"]
    if requirements.udp or requirements.udp_ports:
        clauses += [_later_fragment("ip", 0), f"ip6[6] = {FRAGMENT} and ip6[40] = {UDP}"]
    if decapsulate:
        clauses += [_any_of("ip proto", TUNNELS), _any_of("udp port", TUNNEL_PORTS)]
    if dlt in LLC:
        clauses.append(LLC[dlt])
        if lib.HG_LINK_NEIGHBOR in requirements.link_protocols:
            clauses += [_is_neighbor("ip6", 0), f"icmp[0] = {REDIRECT}"]
        if ethertypes := _ethertypes(requirements):
            clauses.append(_any_of("ether proto", ethertypes))
        clauses += _tagged(requirements, decapsulate) if dlt == ETHERNET else [_any_of("ether proto", SHIMS)]
    return _joined("or", clauses)


def _by_flags(offset: str, flags: str, requirements: Requirements) -> str:
    """Whether a TCP packet is needed; the arguments are expressions for bytes 12 and 13 of its header."""
    if requirements.stream_bytes or requirements.segments:
        return f"{flags} >= 0"
    if not (requirements.timestamps or requirements.flow_ends):
        return f"{flags} & {SYN} != 0"
    return f"({flags} & {HANDSHAKE_OR_END} != 0 or {offset} >= {ROOM_FOR_TIMESTAMP})"


def _ethertypes(requirements: Requirements) -> list[int]:
    """The EtherTypes of frames without IP; SNAP frames pass with all LLC frames."""
    return [protocol for protocol in requirements.link_protocols if protocol <= 0xFFFF]


def _may_be_hello(first: str) -> str:
    """Whether a datagram's first byte differs from a QUIC short header, which carries data."""
    return f"{first} & 0xc0 != 0x40"


def _is_neighbor(layer: str, start: int) -> str:
    """Whether an IPv6 packet without extension headers is Neighbor Discovery."""
    return f"{layer}[{start + 6}] = {ICMP6} and {layer}[{start + 40}] >= 133 and {layer}[{start + 40}] <= 137"


def _later_fragment(layer: str, start: int) -> str:
    """Whether an IPv4 datagram is a later fragment; only the first one has ports."""
    return f"{layer}[{start + 9}] = {UDP} and {layer}[{start + 6}:2] & 0x1fff != 0"


def _is_whole(layer: str, header: int) -> str:
    """Whether a packet is whole in spite of the fragment header that begins there (RFC 6946)."""
    return f"{layer}[{header + 2}:2] & 0xfff9 = 0"


def _tagged(requirements: Requirements, decapsulate: bool) -> list[str]:
    clauses = [_any_of("ether proto", [shim for shim in SHIMS if shim not in TAGS])]
    for tags in range(1, MOST_TAGS + 1):
        inside = [_any_of(f"link[{12 + 4 * position}:2] =", TAGS) for position in range(tags)]
        ethertype = f"link[{12 + 4 * tags}:2]"
        further = SHIMS if tags == MOST_TAGS else [shim for shim in SHIMS if shim not in TAGS]
        kinds = [
            f"{ethertype} = {IP4} and ({_inside(4, 14 + 4 * tags, requirements, decapsulate)})",
            f"{ethertype} = {IP6} and ({_inside(6, 14 + 4 * tags, requirements, decapsulate)})",
            _any_of(f"{ethertype} =", [*further, *_ethertypes(requirements)]),
            f"{ethertype} <= 1500",
        ]
        clauses.append(_joined("and", [*inside, _joined("or", kinds)]))
    return clauses


def _inside(version: int, start: int, requirements: Requirements, decapsulate: bool) -> str:
    """The clauses for an IP header that begins `start` bytes into the frame."""
    if version == 4:
        protocol, after = f"link[{start + 9}]", f"((link[{start}] & 15) << 2) + {start}"
        whole, fragment = f" and link[{start + 6}:2] & 0x1fff = 0", _later_fragment("link", start)
        others: tuple[int, ...] = (AUTHENTICATION,)
    else:
        protocol, after, others = f"link[{start + 6}]", f"{start + 40}", EXTENSIONS
        whole, fragment = "", f"{protocol} = {FRAGMENT} and link[{after}] = {UDP}"
    udp = f"{protocol} = {UDP}{whole}"
    flags = _by_flags(f"link[{after} + 12]", f"link[{after} + 13]", requirements)
    clauses = [f"{protocol} = {TCP}{whole} and {flags}"]
    if version == 6:
        clauses.append(f"{protocol} = {FRAGMENT} and {_is_whole('link', start + 40)}")
    if version == 6 and lib.HG_LINK_NEIGHBOR in requirements.link_protocols:
        clauses.append(_is_neighbor("link", start))
    if version == 4 and lib.HG_LINK_NEIGHBOR in requirements.link_protocols:
        clauses.append(f"{protocol} = {ICMP} and link[{after}] = {REDIRECT}")
    if requirements.udp:
        clauses.append(f"{udp} and {_may_be_hello(f'link[{after} + 8]')}")
    if requirements.udp_ports:
        clauses.append(f"{udp} and ({_ports(after, requirements.udp_ports)})")
    if requirements.udp or requirements.udp_ports:
        clauses.append(fragment)
    if decapsulate:
        others += TUNNELS
        clauses.append(f"{udp} and ({_ports(after, TUNNEL_PORTS)})")
    clauses.append(_any_of(f"{protocol} =", others))
    return _joined("or", clauses)


def _ports(start: str, ports: Sequence[int]) -> str:
    """Whether the source or the destination of a header that begins there is one of these ports."""
    return f"{_any_of(f'link[{start}:2] =', ports)} or {_any_of(f'link[{start} + 2:2] =', ports)}"


def _terms(condition: Condition) -> list[str]:
    """The terms of a condition, for either end; none if only the core checks it."""
    ports = [f"portrange {first}-{last}" for first, last in condition.ports]
    networks = [f"net {network}" for network in condition.networks]
    all_addresses = any(network.prefixlen == 0 for network in condition.networks)
    terms = ports + networks
    return [] if all_addresses or len(terms) > MOST_TERMS else terms


def _any_of(field: str, values: Iterable[int]) -> str:
    return " or ".join(f"{field} {value}" for value in values)


def _joined(word: str, clauses: list[str]) -> str:
    return f" {word} ".join(f"({clause})" for clause in clauses)
