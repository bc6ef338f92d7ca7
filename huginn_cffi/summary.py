"""What captures tell in all: systems, links, uptimes, what has no name, and who speaks most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.findings import Findings
from huginn_cffi.hello_totals import HelloTotals
from huginn_cffi.inventory import MOST_OF_EACH, SUMMARY_INVENTORY
from huginn_cffi.message_totals import MessageTotals
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.results import SynAckObservation, SynObservation
from huginn_cffi.results.observables import address_text
from huginn_cffi.results.views import view
from huginn_cffi.stats import ReadCapture, Stats
from huginn_cffi.times import rfc3339

VERSION = 1
"""Of `Summary.as_dict`. It changes when a key changes its meaning or goes; keys may be added."""

SYN, SYN_ACK, MTU = lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK, lib.HG_EVENT_MTU
UPTIMES = (lib.HG_EVENT_CLIENT_UPTIME, lib.HG_EVENT_SERVER_UPTIME)
_SIGNATURE_COLUMNS = (
    *("version", "ittl", "olen", "mss", "wsize", "window_kind", "window_multiple", "wscale", "quirks"),
    "pclass",
)


@dataclass(slots=True)
class _Tally:
    """How often something was met, and from whom."""

    packets: int = 0
    hosts: set[int] = field(default_factory=set)
    """Their numbers, in the order of appearance."""


class _Uptime(NamedTuple):
    """The latest reading of a host."""

    host: bytes
    role: str
    minutes: int
    modulo_days: int
    frequency_hz: int
    reliable: bool


@dataclass(slots=True)
class _Host:
    """A host: handshakes it sent, and the systems they named."""

    number: int
    syns: int = 0
    syn_acks: int = 0
    systems: dict[str, int] | None = None


class Summary:
    """Takes batches, and says in the end what they tell together.

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
        self._pairs = 0  # of something and a host that showed it
        self._database = database
        self._systems: dict[tuple[int, int], _Tally] = {}
        self._links: dict[tuple[int, int], _Tally] = {}
        self._unknown: dict[tuple[int, tuple[Any, ...]], _Tally] = {}
        self._unknown_texts: dict[tuple[int, tuple[Any, ...]], str] = {}
        self._uptimes: dict[tuple[bytes, str], _Uptime] = {}
        self._hosts: dict[bytes, _Host] = {}
        self._first_ns: int | None = None
        self._last_ns: int | None = None

    def __repr__(self) -> str:
        return f"<Summary of {len(self._hosts)} hosts>"

    def add(self, batch: hg.Batch) -> None:
        """Take the events of a batch."""
        self._findings.add(batch)
        for totals in (self._tls, self._http):
            beyond = totals.left_out
            totals.add(batch)
            self.left_out += totals.left_out - beyond
        count = len(batch)
        cells = batch.cells
        addresses = bytes(cells.src_ip[: count * 16])
        versions, events = cells.version[:count].tolist(), cells.event[:count].tolist()
        times = cells.time_ns[:count].tolist()
        self._first_ns = min(times) if self._first_ns is None else min(self._first_ns, *times)
        self._last_ns = max(times) if self._last_ns is None else max(self._last_ns, *times)
        for row, event in enumerate(events):
            host = addresses[16 * row : 16 * row + (4 if versions[row] == 4 else 16)]
            known = self._hosts.get(host)
            if known is None and len(self._hosts) < self._limit:
                known = self._hosts[host] = _Host(len(self._hosts))
            taken = known is not None
            if event in (SYN, SYN_ACK):
                taken = self._add_handshake(batch, row, event, known)
            elif event == MTU:
                taken = self._count(self._links, (cells.mtu[row], cells.link[row]), known)
            elif known is not None and event in UPTIMES:
                self._add_uptime(batch, row, event, host)
            self.left_out += not taken

    def _add_handshake(self, batch: hg.Batch, row: int, event: int, known: _Host | None) -> bool:
        index = batch.cells.signature[row]
        if known is not None:
            known.syns += event == SYN
            known.syn_acks += event == SYN_ACK
        if index != NO_SIGNATURE:
            taken = self._count(self._systems, (event, index), known)
            if taken and known is not None:
                known.systems = known.systems or {}
                name = self._system(index)
                known.systems[name] = known.systems.get(name, 0) + 1
            return taken
        cells = batch.cells
        layout = bytes(cells.olayout[32 * row : 32 * row + 32])
        key = (event, (layout, *(getattr(cells, name)[row] for name in _SIGNATURE_COLUMNS)))
        taken = self._count(self._unknown, key, known)
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

    def _count(self, tallies: dict[Any, _Tally], key: Any, known: _Host | None) -> bool:
        """Count a packet and its host. False where either is beyond the limit."""
        tally = tallies.get(key)
        if tally is None:
            if len(tallies) >= self._limit:
                return False
            tally = tallies[key] = _Tally()
        tally.packets += 1
        if known is None:
            return False
        if known.number not in tally.hosts:
            if self._pairs >= MOST_OF_EACH * self._limit:
                return False
            self._pairs += 1
            tally.hosts.add(known.number)
        return True

    def _system(self, index: int) -> str:
        assert self._database is not None
        return str(self._database.records.tcp[index].label)

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
            "hosts": len(self._hosts),
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
        merged: dict[tuple[str, str, str, bool], _Tally] = {}
        for (event, index), tally in self._systems.items():
            assert self._database is not None
            label = self._database.records.tcp[index].label
            key = ("client" if event == SYN else "server", label.name, label.flavor, label.userland)
            _merge(merged, key, tally)
        names = ("role", "name", "flavor", "tool")
        return _ranked(
            {**dict(zip(names, key, strict=True)), **_numbers(tally)} for key, tally in merged.items()
        )

    def _link_rows(self) -> list[dict[str, Any]]:
        rows = []
        for (mtu, link), tally in self._links.items():
            named = None
            if self._database is not None and link != NO_SIGNATURE:
                named = self._database.records.mtu[link].label.name
            rows.append({"link": named, "mtu": mtu, **_numbers(tally)})
        return _ranked(rows)

    def _unknown_rows(self) -> list[dict[str, Any]]:
        return _ranked(
            {
                "direction": "request" if key[0] == SYN else "response",
                "signature": self._unknown_texts[key],
                **_numbers(tally),
            }
            for key, tally in self._unknown.items()
        )

    def _uptime_rows(self) -> list[dict[str, Any]]:
        """Reliable ones first, the longest of them at the top."""
        ranked = sorted(
            self._uptimes.values(), key=lambda one: (not one.reliable, -one.minutes, one.host, one.role)
        )
        return [{**one._asdict(), "host": _address(one.host)} for one in ranked]

    def _host_rows(self) -> list[dict[str, Any]]:
        ranked = sorted(
            self._hosts.items(), key=lambda one: (-(one[1].syns + one[1].syn_acks), len(one[0]), one[0])
        )
        return [
            {
                "host": _address(address),
                "syns": host.syns,
                "syn_acks": host.syn_acks,
                "systems": [name for name, _ in _by_count(host.systems or {})],
            }
            for address, host in ranked
        ]


def _cut(value: Any, top: int | None) -> Any:
    """The first entries of a list, and of those that a part of the summary has."""
    if isinstance(value, dict):
        return {name: _cut(one, top) for name, one in value.items()}
    return value[:top] if isinstance(value, list) else value


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _merge(tallies: dict[Any, _Tally], key: Any, tally: _Tally) -> None:
    whole = tallies.setdefault(key, _Tally())
    whole.packets += tally.packets
    whole.hosts |= tally.hosts


def _numbers(tally: _Tally) -> dict[str, int]:
    return {"hosts": len(tally.hosts), "packets": tally.packets}


def _ranked(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Most hosts first, then most packets, then by their words, so that the order is fixed."""
    return sorted(map(dict, rows), key=lambda row: (-row["hosts"], -row["packets"], str(list(row.values()))))


def _signature_text(batch: hg.Batch, row: int, event: int) -> str:
    """The signature with its initial TTL, as a line of a signature file wants it."""
    kind = SynObservation if event == SYN else SynAckObservation
    fields = str(view(kind, batch, row).signature).split(":")
    fields[1] = str(batch.cells.ittl[row])
    return ":".join(fields)


def _address(packed: bytes) -> str:
    return address_text(4 if len(packed) == 4 else 6, packed)
