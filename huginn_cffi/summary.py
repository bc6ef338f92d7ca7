"""What captures tell in all: systems, links, uptimes, what has no name, and which hosts speak most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any, NamedTuple

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.findings import Findings
from huginn_cffi.hello_totals import HelloTotals
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.inventory import SUMMARY_INVENTORY
from huginn_cffi.message_totals import MessageTotals
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.results import SynAckObservation, SynObservation
from huginn_cffi.results.views import view
from huginn_cffi.stats import ReadCapture, Stats
from huginn_cffi.tallies import Bound, Tallies, Tally, host_text, items, ranked, sender
from huginn_cffi.times import rfc3339
from sigcompiler.claims.flavors import label_text

VERSION = 1
"""Of `Summary.as_dict`. It changes when a key changes its meaning or goes; keys may be added."""

SYN, SYN_ACK, MTU = lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK, lib.HG_EVENT_MTU
UPTIMES = (lib.HG_EVENT_CLIENT_UPTIME, lib.HG_EVENT_SERVER_UPTIME)
UNIT = "packets"
_SIGNATURE_COLUMNS = (
    *("version", "ittl", "olen", "mss", "wsize", "window_kind", "window_multiple", "wscale", "quirks"),
    "pclass",
)


class _Uptime(NamedTuple):
    """The latest reading of a host."""

    host: bytes
    role: str
    minutes: int
    modulo_days: int
    frequency_hz: int
    reliable: bool


class Summary:
    """Totals of batches: systems, links, uptimes, programs and findings.

    Hosts are addresses. The first `max_inventory` of them are told apart, as many signatures without
    a name, and as many links; `left_out` counts the events beyond. They count as packets where
    what they show is known; numbers of hosts are lower bounds then (``hosts_complete`` is false).
    """

    def __init__(self, database: hg.Database | None, *, max_inventory: int = SUMMARY_INVENTORY) -> None:
        self.left_out = 0
        """Events whose host, or what it shows, is not told apart."""
        self._limit = max_inventory
        self._findings = Findings(database, max_inventory=max_inventory)
        self._tls = HelloTotals(database, max_inventory)
        self._http = MessageTotals(database, max_inventory)
        self._database = database
        self._inventory = Inventory(database, max_inventory=max_inventory)
        self._bound = Bound(max_inventory)
        self._systems: Tallies = {}
        self._links: Tallies = {}
        self._unknown: Tallies = {}
        self._unknown_texts: dict[tuple[int, tuple[Any, ...]], str] = {}
        self._uptimes: dict[tuple[bytes, str], _Uptime] = {}
        self._first_ns: int | None = None
        self._last_ns: int | None = None

    def __repr__(self) -> str:
        return f"<Summary of {len(self._inventory)} hosts>"

    @property
    def inventory(self) -> Inventory:
        """The hosts."""
        return self._inventory

    def findings(self) -> list[dict[str, Any]]:
        """What is worth a look."""
        return [finding._asdict() for finding in self._findings.found()]

    def add(self, batch: hg.Batch) -> None:
        """Take the events of a batch."""
        self._findings.add(batch)
        for totals in (self._tls, self._http):
            beyond = totals.left_out
            totals.add(batch)
            self.left_out += totals.left_out - beyond
        self._inventory.add(batch)
        is_full = len(self._inventory) >= self._limit
        cells, count = batch.cells, len(batch)
        times = cells.time_ns[:count].tolist()
        self._first_ns = min(times) if self._first_ns is None else min(self._first_ns, *times)
        self._last_ns = max(times) if self._last_ns is None else max(self._last_ns, *times)
        for row, event in enumerate(cells.event[:count].tolist()):
            host = sender(batch, row)
            known = host
            taken = known is not None
            if event in (SYN, SYN_ACK):
                taken = self._add_handshake(batch, row, event, known)
            elif event == MTU:
                taken = self._bound.count(self._links, (cells.mtu[row], cells.link[row]), known)
            elif known is not None and event in UPTIMES:
                self._add_uptime(batch, row, event, known)
            self.left_out += not taken

    def _add_handshake(self, batch: hg.Batch, row: int, event: int, known: bytes | None) -> bool:
        cells, index = batch.cells, batch.cells.signature[row]
        if index != NO_SIGNATURE:
            return self._bound.count(self._systems, (event, index), known)
        layout = bytes(cells.olayout[32 * row : 32 * row + 32])
        key = (event, (layout, *(getattr(cells, name)[row] for name in _SIGNATURE_COLUMNS)))
        taken = self._bound.count(self._unknown, key, known)
        if key in self._unknown and key not in self._unknown_texts:
            self._unknown_texts[key] = _signature_text(batch, row, event)
        return taken

    def _add_uptime(self, batch: hg.Batch, row: int, event: int, host: bytes) -> None:
        cells = batch.cells
        role = "client" if event == lib.HG_EVENT_CLIENT_UPTIME else "server"
        self._uptimes[host, role] = _Uptime(
            *(host, role, cells.uptime_minutes[row], cells.modulo_days[row], cells.frequency_hz[row]),
            cells.doubt[row] == lib.HG_DOUBT_NONE,
        )

    def as_dict(
        self, stats: Stats, captures: Iterable[ReadCapture] = (), *, top: int | None = None
    ) -> dict[str, Any]:
        """All of it as plain values, for JSON; lists are sorted, and cut after `top` entries.

        `stats` and `captures` are those of the analyzer that made the batches.
        """
        found = {
            "version": VERSION,
            "captures": [capture._asdict() for capture in captures],
            "packets": stats.packets,
            "bytes": stats.bytes,
            "analysed": stats.analysed,
            "first_event": None if self._first_ns is None else rfc3339(self._first_ns),
            "last_event": None if self._last_ns is None else rfc3339(self._last_ns),
            "events": dict(stats.events_by_kind),
            "hosts": len(self._inventory),
            "hosts_complete": not self.left_out,
            "left_out": self.left_out,
            "findings": [finding._asdict() for finding in self._findings.found()],
            "systems": self._system_rows(),
            "links": self._link_rows(),
            "uptimes": self._uptime_rows(),
            "unknown": self._unknown_rows(),
            "tls": self._tls.as_dict(),
            "http": self._http.as_dict(),
            "verdicts": self._findings.verdicts.as_dict(),
            "top_hosts": self._host_rows(),
            "drops": dict(stats.drops),
        }
        return {name: _cut(value, top) for name, value in found.items()}

    def _system_rows(self) -> list[dict[str, Any]]:
        merged: dict[tuple[str, str, str, bool], Tally] = {}
        for (event, index), tally in items(self._systems):
            assert self._database is not None
            label = self._database.records.tcp[index].label
            key = ("client" if event == SYN else "server", label.name, label.flavor, label.userland)
            merged.setdefault(key, Tally()).take(tally)
        names = ("role", "name", "flavor", "tool")
        rows = [
            {**dict(zip(names, key, strict=True)), **tally.numbers(UNIT)} for key, tally in merged.items()
        ]
        return ranked(rows, UNIT)

    def _link_rows(self) -> list[dict[str, Any]]:
        rows = []
        for (mtu, link), tally in items(self._links):
            named = None
            if self._database is not None and link != NO_SIGNATURE:
                named = self._database.records.mtu[link].label.name
            rows.append({"link": named, "mtu": mtu, **tally.numbers(UNIT)})
        return ranked(rows, UNIT)

    def _unknown_rows(self) -> list[dict[str, Any]]:
        rows = [
            {
                "direction": "request" if key[0] == SYN else "response",
                "signature": self._unknown_texts[key],
                **tally.numbers(UNIT),
            }
            for key, tally in items(self._unknown)
        ]
        return ranked(rows, UNIT)

    def _uptime_rows(self) -> list[dict[str, Any]]:
        """Reliable ones first, the longest of them at the top."""
        ranked = sorted(
            self._uptimes.values(), key=lambda one: (not one.reliable, -one.minutes, one.host, one.role)
        )
        return [{**one._asdict(), "host": host_text(one.host)} for one in ranked]

    def _host_rows(self) -> list[dict[str, Any]]:
        rows = map(_host_row, self._inventory)
        return sorted(rows, key=lambda row: (-(row["syns"] + row["syn_acks"]), _address_order(row["host"])))


def _host_row(record: HostRecord) -> dict[str, Any]:
    """A host, with the handshakes of tools that ran on it."""
    named = [one for one in record.sightings if one.kind in ("system", "tool")]
    systems: Counter[str] = Counter()
    for one in named:
        systems[label_text(one.name, one.flavor)] += one.packets
    tools = sum(one.packets for one in named if (one.kind, one.role) == ("tool", "client"))
    return {
        "host": record.ip,
        "syns": record.syns + tools,
        "syn_acks": record.syn_acks,
        "systems": sorted(systems, key=lambda name: (-systems[name], name)),
    }


def _address_order(text: str) -> tuple[int, bytes]:
    packed = ip_address(text).packed
    return len(packed), packed


def _cut(value: Any, top: int | None) -> Any:
    """The first entries of a list, and of those that a part of the summary has."""
    if isinstance(value, dict):
        return {name: _cut(one, top) for name, one in value.items()}
    return value[:top] if isinstance(value, list) else value


def _signature_text(batch: hg.Batch, row: int, event: int) -> str:
    """The signature with its initial TTL, as a line of a signature file wants it."""
    kind = SynObservation if event == SYN else SynAckObservation
    fields = str(view(kind, batch, row).signature).split(":")
    fields[1] = str(batch.cells.ittl[row])
    return ":".join(fields)
