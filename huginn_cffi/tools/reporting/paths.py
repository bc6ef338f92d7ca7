"""How far away hosts are, and over what links."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi._native import lib
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.tools.reporting.charts import Chart, Series
from huginn_cffi.tools.reporting.systems import Systems, host_column
from huginn_cffi.tools.reporting.tables import Column, Table, counted, number, table, text
from sigcompiler.diagnostics import valid
from sigcompiler.vocabulary import MAX_DISTANCE

if TYPE_CHECKING:
    from huginn_cffi.database import Database

SHOWN_LINKS = 200
CHARTED_LINKS = 12


class Distances:
    """Addresses by hops, clients and servers apart.

    An address that was seen at several distances counts at each. Senders of a random TTL are
    left out: their distance is only a bound.
    """

    def __init__(self, found: Systems) -> None:
        bounds = [index for index, name in enumerate(found.names) if name.unreliable_ttl]
        exact = found.only(pc.invert(pc.is_in(found.rows["name"], value_set=pa.array(bounds, pa.int32()))))
        self.clients: Counter[int] = Counter()
        self.servers: Counter[int] = Counter()
        for (event, hops), hosts in exact.hosts_by("event", "distance").items():
            side = self.clients if event == lib.HG_EVENT_SYN else self.servers
            side[min(hops, MAX_DISTANCE + 1)] += hosts
        self.hops = range(max((*self.clients, *self.servers), default=0) + 1)

    def label(self, hops: int) -> str:
        """The number, or what stands for all beyond."""
        return str(hops) if hops <= MAX_DISTANCE else f"> {MAX_DISTANCE}"


def distance_chart(found: Distances) -> Chart:
    """Addresses by hops."""
    series = (
        Series("clients", tuple(found.clients[hops] for hops in found.hops), "client"),
        Series("servers", tuple(found.servers[hops] for hops in found.hops), "server"),
    )
    said = []
    for side, counts in (("clients", found.clients), ("servers", found.servers)):
        if counts:
            most = max(counts, key=lambda hops: (counts[hops], -hops))
            said.append(f"most {side} are {found.label(most)} hops away ({counts[most]:,})")
    labels = tuple(map(found.label, found.hops))
    words = "; ".join(said) or "no address"
    return Chart("distance-chart", "Addresses by distance", words, labels, series, "addresses", "hops")


def distance_table(found: Distances) -> Table:
    """The same as a table."""
    rows = [
        [
            number(hops)._replace(text=found.label(hops)),
            number(found.clients[hops]),
            number(found.servers[hops]),
        ]
        for hops in found.hops
        if found.clients[hops] or found.servers[hops]
    ]
    columns = (Column("Hops", numeric=True), Column("Clients", numeric=True), Column("Servers", numeric=True))
    return table("distances", "Addresses by hops to the capture", "distance", columns, rows)


class Links:
    """Addresses and handshakes by MTU."""

    def __init__(self, rows: Any, database: Database | None) -> None:
        rows = rows.append_column("host", host_column(rows))
        grouped = rows.group_by(["mtu", "link"])
        sums = grouped.aggregate([("host", "count_distinct"), ("count", "sum")])
        ranked = sums.sort_by([("host_count_distinct", "descending"), ("mtu", "ascending")])
        self.rows = [
            (row["mtu"], _link(row["link"], database), row["host_count_distinct"], row["count_sum"])
            for row in ranked.to_pylist()
        ]
        self.hosts = int(pc.count_distinct(rows["host"]).as_py())


def _link(index: int, database: Database | None) -> str:
    if database is None or index == NO_SIGNATURE:
        return ""
    return valid(str(database.records.mtu[index].label))


def link_chart(found: Links) -> Chart:
    """Addresses by link, the commonest."""
    shown = found.rows[:CHARTED_LINKS]
    labels = tuple(f"{mtu:,} {link}".strip() for mtu, link, _, _ in shown)
    words = "; ".join(
        f"MTU {label}: {counted(row[2], 'address')}" for label, row in zip(labels, shown, strict=True)
    )
    series = (Series("addresses", tuple(row[2] for row in shown)),)
    return Chart(
        "link-chart", "Addresses by MTU", words or "no MTU", labels, series, "addresses", across=True
    )


def link_table(found: Links) -> Table:
    """One row an MTU."""
    rows = [
        [number(mtu), text(link), number(hosts, found.hosts), number(count)]
        for mtu, link, hosts, count in found.rows[:SHOWN_LINKS]
    ]
    columns = (
        Column("MTU", numeric=True, hint="bytes"),
        Column("Link"),
        Column("Addresses", numeric=True),
        Column("Handshakes", numeric=True),
    )
    return table("links", "Links by number of addresses", "MTU", columns, rows, len(found.rows))
