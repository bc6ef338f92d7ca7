"""Addresses, the busiest first, with what is known of each."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

from huginn_cffi.tools.reporting.systems import UNNAMED, Systems, host_cell, host_column
from huginn_cffi.tools.reporting.tables import (
    NOTHING,
    Cell,
    Column,
    Table,
    number,
    percent,
    span,
    table,
    text,
    time_cell,
)

SHOWN_HOSTS = 300

Row = dict[str, Any]


def hosts_table(found: Systems, links: Any) -> Table:
    """The addresses with most handshakes. `links` are the rows of `Gathered.links`, or ``None``."""
    sums = found.rows.group_by(["host"]).aggregate([("count", "sum"), ("first_packet", "min")])
    ranked = sums.sort_by([("count_sum", "descending"), ("first_packet_min", "ascending")])
    chosen = ranked["host"].combine_chunks()[:SHOWN_HOSTS]
    sightings = _by_host(found.rows.filter(pc.is_in(found.rows["host"], value_set=chosen)))
    mtus: dict[bytes, list[Row]] = {}
    if links is not None:
        links = links.append_column("host", host_column(links))
        mtus = _by_host(links.filter(pc.is_in(links["host"], value_set=chosen)))
    rows = [_row(found, host, sightings[host], mtus.get(host, [])) for host in chosen.to_pylist()]
    columns = (
        Column("Address", address=True),
        Column("Systems (handshakes)", wide=True),
        Column("Confidence", numeric=True, hint="of the commonest name"),
        Column("Hops", numeric=True),
        Column("MTU", numeric=True, hint="the commonest, in bytes"),
        Column("Handshakes", numeric=True),
        Column("First seen (UTC)"),
        Column("Last seen (UTC)"),
    )
    return table("hosts", "Addresses by number of handshakes", "address", columns, rows, ranked.num_rows)


def _by_host(rows: Any) -> dict[bytes, list[Row]]:
    found: dict[bytes, list[Row]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["host"], []).append(row)
    return found


def _row(found: Systems, host: bytes, sightings: list[Row], mtus: list[Row]) -> list[Cell]:
    counts: dict[int | None, int] = {}
    for row in sightings:
        counts[row["name"]] = counts.get(row["name"], 0) + row["count"]
    ranked = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0]))
    labels: dict[str, int] = {}
    for index, count in ranked:
        label = UNNAMED if index is None else found.names[index].label
        labels[label] = labels.get(label, 0) + count
    leading = ranked[0][0]
    mtu = max(mtus, key=lambda row: (row["count"], row["mtu"]))["mtu"] if mtus else None
    return [
        host_cell(host),
        text("; ".join(f"{label} ({count:,})" for label, count in labels.items())),
        percent(None if leading is None else found.names[leading].confidence),
        _hops(sightings),
        NOTHING if mtu is None else number(mtu),
        number(sum(counts.values())),
        time_cell(min(row["first_ns"] for row in sightings)),
        time_cell(max(row["last_ns"] for row in sightings)),
    ]


def _hops(sightings: list[Row]) -> Cell:
    low, high = (end(row["distance"] for row in sightings) for end in (min, max))
    return span(low, high)
