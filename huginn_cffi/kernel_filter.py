"""The filter that the kernel applies on an interface, in libpcap's language.

It spares the kernel copying what cannot matter. It never decides: all that it passes is parsed
again, so it passes whatever might turn out to be TCP, and where its language cannot look (behind
tags, labels, extension headers, tunnels) it passes everything.

An outer VLAN tag needs no clause on Linux: the kernel takes it off before it filters, and libpcap
puts it back into the packet. Tags that are still in the packet are passed by their EtherType.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huginn_cffi.filters import Condition

SHIMS = (0x8100, 0x88A8, 0x9100, 0x8847, 0x8848, 0x8864)
"""EtherTypes of what stands before the IP header: VLAN tags, MPLS labels, PPPoE."""

EXTENSIONS = (0, 43, 51, 60, 135, 139, 140)
"""Extension headers of IPv6 that the core walks."""

TUNNELS = (4, 41, 47)
"""IP protocols that carry packets: IPv4, IPv6, GRE (and so ERSPAN)."""

TUNNEL_PORTS = (4789, 8472, 6081, 2152, 3544)
"""UDP ports of VXLAN (and what Linux took before it had one), GENEVE, GTP-U, Teredo."""

TCP = 6

LLC = {1: "link[12:2] <= 1500", 113: "link[14:2] = 4", 276: "link[0:2] = 4"}
"""Link types that have an EtherType (Ethernet and the two cooked ones), and how each says that an
LLC header follows in its place, which may hold IP too."""

WITH_IP_ONLY = frozenset({0, 12, 14, 101, 108, 228, 229})
"""NULL, LOOP and the raw ones: nothing stands before the IP header."""

HANDSHAKE_OR_END = 0x07
"""SYN, FIN, RST: without uptimes only these matter. What ends a flow does, because the next
SYN+ACK on its ports then belongs to another."""


MOST_TERMS = 32
"""Ports and networks of one condition. With more, the kernel's walk through them would cost more
than it spares, and its programs have a limit."""


def kernel_filter(dlt: int, *, uptime: bool, conditions: Sequence[Condition] = ()) -> str:
    """What to pass on a link of this type; empty when everything is to be passed.

    `dlt` is libpcap's number. Without `uptime` only packets that open or end a flow are passed.
    Of TCP that can be seen without looking behind anything, only what fulfils the `conditions`
    at either end is passed: which end is the client, a packet alone does not tell.
    """
    if dlt not in LLC and dlt not in WITH_IP_ONLY:
        return ""
    tcp = _joined("or", _every_tcp() if uptime else _ends_of_flows())
    chosen = [_joined("or", terms) for terms in map(_terms, conditions) if terms]
    clauses = [
        _joined("and", [tcp, *chosen]),
        f"ip6 and ({_any_of('ip6[6] =', EXTENSIONS + TUNNELS)})",
        _any_of("ip proto", TUNNELS),
        _any_of("udp port", TUNNEL_PORTS),
    ]
    if dlt in LLC:
        clauses += [_any_of("ether proto", SHIMS), LLC[dlt]]
    return _joined("or", clauses)


def _every_tcp() -> list[str]:
    return [f"ip proto {TCP}", f"ip6[6] = {TCP}"]


def _ends_of_flows() -> list[str]:
    """The flags are where the length of the IPv4 header says, and at 40 + 13 of IPv6."""
    return [
        f"tcp[13] & {HANDSHAKE_OR_END} != 0",
        f"ip6[6] = {TCP} and ip6[53] & {HANDSHAKE_OR_END} != 0",
    ]


def _terms(condition: Condition) -> list[str]:
    """The condition at either end; none when it is better left to the core."""
    ports = [f"portrange {first}-{last}" for first, last in condition.ports]
    networks = [f"net {network}" for network in condition.networks]
    all_addresses = any(network.prefixlen == 0 for network in condition.networks)
    terms = ports + networks
    return [] if all_addresses or len(terms) > MOST_TERMS else terms


def _any_of(field: str, values: tuple[int, ...]) -> str:
    return " or ".join(f"{field} {value}" for value in values)


def _joined(word: str, clauses: list[str]) -> str:
    return f" {word} ".join(f"({clause})" for clause in clauses)
