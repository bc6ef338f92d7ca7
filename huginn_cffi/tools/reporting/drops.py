"""What was left out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi.tools.reporting.tables import Column, Table, number, table, text

if TYPE_CHECKING:
    from huginn_cffi.stats import Stats

MEANINGS = {
    "truncated": "cut before the end of a header that is needed",
    "unsupported_linktype": "from a kind of link that is not read",
    "bad_link_header": "the link header contradicts itself",
    "not_ip": "neither IPv4 nor IPv6",
    "bad_ip_header": "the IP header contradicts itself",
    "not_tcp": "IP, but not TCP",
    "fragment": "part of a fragmented IP packet",
    "bad_tcp_header": "the TCP header contradicts itself",
    "bad_flags": "none of SYN, ACK, FIN and RST, or contradictory ones",
    "filtered": "refused by a filter",
    "encrypted": "an enciphered 802.11 frame",
}


def drops_table(stats: Stats) -> Table:
    """Packets by reason, those that were analysed first."""
    rows = [[text("analysed"), text("TCP that was looked at"), number(stats.analysed, stats.packets)]]
    ranked = sorted(stats.drops.items(), key=lambda item: (-item[1], item[0]))
    rows += [
        [text(name), text(MEANINGS.get(name, "")), number(count, stats.packets)]
        for name, count in ranked
        if count
    ]
    columns = (Column("Reason", code=True), Column("The packet is"), Column("Packets", numeric=True))
    return table("drops", "Packets by what became of them", "reason", columns, rows)
