"""The filter that the kernel applies on an interface, in libpcap's language.

It spares the kernel copying what cannot matter. It never decides: all that it passes is parsed
again, so it passes whatever might turn out to be TCP, and where its language cannot look (behind
tags, labels, extension headers) it passes everything.

An outer VLAN tag needs no clause on Linux: the kernel takes it off before it filters, and libpcap
puts it back into the packet. Tags that are still in the packet are passed by their EtherType.
"""

from __future__ import annotations

SHIMS = (0x8100, 0x88A8, 0x9100, 0x8847, 0x8848, 0x8864)
"""EtherTypes of what stands before the IP header: VLAN tags, MPLS labels, PPPoE."""

EXTENSIONS = (0, 43, 51, 60, 135, 139, 140)
"""Extension headers of IPv6 that the core walks."""

TCP = 6

WITH_ETHERTYPE = frozenset({1, 113, 276})
"""Ethernet and the two cooked ones: link headers that have an EtherType."""

WITH_IP_ONLY = frozenset({0, 12, 14, 101, 108, 228, 229})
"""NULL, LOOP and the raw ones: nothing stands before the IP header."""

HANDSHAKE_OR_END = 0x07
"""SYN, FIN, RST: without uptimes only these matter. What ends a flow does, because the next
SYN+ACK on its ports then belongs to another."""


def kernel_filter(dlt: int, *, uptime: bool) -> str:
    """What to pass on a link of this type; empty when everything is to be passed.

    `dlt` is libpcap's number. Without `uptime` only packets that open or end a flow are passed.
    """
    if dlt not in WITH_ETHERTYPE and dlt not in WITH_IP_ONLY:
        return ""
    clauses = _every_tcp() if uptime else _ends_of_flows()
    clauses.append(f"ip6 and ({_any_of('ip6[6]', EXTENSIONS)})")
    if dlt in WITH_ETHERTYPE:
        clauses.append(_any_of("ether proto", SHIMS, ""))
    return " or ".join(f"({clause})" for clause in clauses)


def _every_tcp() -> list[str]:
    return [f"ip proto {TCP}", f"ip6[6] = {TCP}"]


def _ends_of_flows() -> list[str]:
    """The flags are where the length of the IPv4 header says, and at 40 + 13 of IPv6."""
    return [
        f"tcp[13] & {HANDSHAKE_OR_END} != 0",
        f"ip6[6] = {TCP} and ip6[53] & {HANDSHAKE_OR_END} != 0",
    ]


def _any_of(field: str, values: tuple[int, ...], operator: str = "= ") -> str:
    return " or ".join(f"{field} {operator}{value}" for value in values)
