"""Addresses behind which several systems speak: address translation, forwarded ports, new owners."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi._native import lib
from huginn_cffi.answers import Contradiction, contradiction
from huginn_cffi.tools.reporting.naming import Named
from huginn_cffi.tools.reporting.systems import Systems, host_cell
from huginn_cffi.tools.reporting.tables import Cell, Column, Table, number, percent, table, text, time_cell

EXAMINED = 20_000
"""Addresses with several names that are looked at, those seen first."""

SHOWN_MIXED = 300
SHOWN_PORTS = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """One system of an address: how often and when it spoke, as client or from which ports."""

    name: Named
    client: int
    ports: tuple[int, ...]
    count: int
    first_ns: int
    last_ns: int

    def __str__(self) -> str:
        """``Windows 10 (client, 12)`` or ``Linux 4.19-6.15 (ports 22, 443, 7)``."""
        parts = ["client"] if self.client else []
        if self.ports:
            more = ", …" if len(self.ports) > SHOWN_PORTS else ""
            listed = ", ".join(map(str, self.ports[:SHOWN_PORTS]))
            parts.append(f"{'port' if len(self.ports) == 1 else 'ports'} {listed}{more}")
        return f"{self.name.label} ({'; '.join(parts)}: {self.count:,})"


class Mixed(NamedTuple):
    """An address whose names cannot all be right of one system."""

    host: bytes
    by: Contradiction
    confidence: float
    overlapping: bool
    voices: tuple[Voice, ...]


class MixedHosts(NamedTuple):
    """Families that contradict each other first, then the surest; `examined` addresses of `several`."""

    found: list[Mixed]
    several: int
    examined: int


def mixed_hosts(systems: Systems) -> MixedHosts:
    """Addresses with contradictory exact names; tools are left out, they say nothing of the host."""
    telling = [index for index, name in enumerate(systems.names) if name.fit != "fuzzy" and not name.userland]
    rows = systems.rows.filter(pc.is_in(systems.rows["name"], value_set=pa.array(telling, pa.int32())))
    labels = rows.group_by(["host"]).aggregate([("label", "count_distinct"), ("first_packet", "min")])
    several = labels.filter(pc.greater(labels["label_count_distinct"], 1)).sort_by("first_packet_min")
    hosts = several["host"].combine_chunks()[:EXAMINED]
    rows = rows.filter(pc.is_in(rows["host"], value_set=hosts))
    by_host: dict[bytes, list[dict[str, Any]]] = {}
    for row in rows.select(["host", "name", "event", "port", "count", "first_ns", "last_ns"]).to_pylist():
        by_host.setdefault(row["host"], []).append(row)
    found = [one for host, sightings in by_host.items() if (one := _mixed(host, _voices(systems, sightings)))]
    found.sort(key=lambda one: (one.by != "families", -one.confidence, one.host))
    return MixedHosts(found, several.num_rows, len(hosts))


def _voices(systems: Systems, sightings: list[dict[str, Any]]) -> list[Voice]:
    by_label: dict[str, list[dict[str, Any]]] = {}
    for row in sightings:
        by_label.setdefault(systems.names[row["name"]].label, []).append(row)
    voices = [_voice(systems, rows) for rows in by_label.values()]
    return sorted(voices, key=lambda voice: (-voice.count, voice.name.label))


def _voice(systems: Systems, rows: list[dict[str, Any]]) -> Voice:
    best = max((systems.names[row["name"]] for row in rows), key=lambda name: name.confidence)
    return Voice(
        best,
        sum(row["count"] for row in rows if row["event"] == lib.HG_EVENT_SYN),
        tuple(sorted({row["port"] for row in rows if row["event"] == lib.HG_EVENT_SYN_ACK})),
        sum(row["count"] for row in rows),
        min(row["first_ns"] for row in rows),
        max(row["last_ns"] for row in rows),
    )


def _mixed(host: bytes, voices: list[Voice]) -> Mixed | None:
    """The strongest contradiction between two voices, or `None` where all can be one system."""
    best: tuple[bool, float, Contradiction, bool] | None = None
    for one, other in combinations(voices, 2):
        by = contradiction(one.name.claims, other.name.claims)
        if by is None:
            continue
        together = one.first_ns <= other.last_ns and other.first_ns <= one.last_ns
        found = (by == "families", one.name.confidence * other.name.confidence, by, together)
        if best is None or found > best:
            best = found
    return None if best is None else Mixed(host, best[2], best[1], best[3], tuple(voices))


_BY = {"families": "different systems", "versions": "different versions"}


def mixed_table(found: MixedHosts) -> Table:
    """One row an address."""
    columns = (
        Column("Address", address=True),
        Column("What differs"),
        Column("Confidence", numeric=True, hint="that both of the two surest contradictory names are right"),
        Column("When", hint="whether their times overlap"),
        Column("Systems (handshakes)", wide=True),
        Column("Number", numeric=True),
        Column("Last seen (UTC)"),
    )
    rows = [_row(one) for one in found.found[:SHOWN_MIXED]]
    return table("mixed", "Addresses with several systems", "address", columns, rows, len(found.found))


def _row(one: Mixed) -> list[Cell]:
    return [
        host_cell(one.host),
        text(_BY[one.by]),
        percent(one.confidence),
        text("side by side" if one.overlapping else "one after the other"),
        text("; ".join(map(str, one.voices))),
        number(len(one.voices)),
        time_cell(max(voice.last_ns for voice in one.voices)),
    ]
