"""Selects events: the kinds that --events names; with --new-hosts, each name of a host once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.base.names import EVENTS, NO_SIGNATURE
from huginn_cffi.run.batch import Batch, picked, selected
from huginn_cffi.run.changes import FINDINGS, OF_RECORDS
from sigcompiler.schema.findings import SCANS
from sigcompiler.schema.rows import DEVICE_CHANGE, DEVICE_CHANGES

FINDING = EVENTS[lib.HG_EVENT_FINDING]
SCAN = "scan"
"""Name in --events for all kinds of scans."""


class EventChoice(NamedTuple):
    """Chosen kinds of events, findings, and news about devices, as bit sets of the core's numbers."""

    events: int
    findings: int
    devices: int

    def has(self, event: str) -> bool:
        """Whether this kind is chosen."""
        return bool(self.events >> EVENTS.index(event) & 1)

    def of(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """The chosen rows of each batch; skips batches without any."""
        for batch in batches:
            if len(found := selected(batch, *self)):
                yield found


def event_choice(names: Sequence[str]) -> EventChoice:
    """Parse names of events, findings and news, or `SCAN`. `ValueError` for unknown names."""
    shown = tuple(name for name in FINDINGS if name not in OF_RECORDS)
    events = findings = devices = 0
    for name in names:
        if name in shown or name in (SCAN, FINDING):
            meant = (*SCANS, "stealth_scan") if name == SCAN else shown if name == FINDING else (name,)
            findings |= sum(1 << FINDINGS.index(one) for one in meant)
        elif name in (*DEVICE_CHANGES, *DEVICE_CHANGE):
            meant = DEVICE_CHANGES if name in DEVICE_CHANGE else (name,)
            devices |= sum(1 << DEVICE_CHANGES.index(one) for one in meant)
        elif name in EVENTS:
            events |= 1 << EVENTS.index(name)
        else:
            raise ValueError(_refusal(name, (*EVENTS, *DEVICE_CHANGES, SCAN, *shown)))
    return EventChoice(events, findings, devices)


def _refusal(name: str, known: Sequence[str]) -> str:
    from sigcompiler.diagnostics import near_names, quoted

    if name in OF_RECORDS:
        return f"{name} is not an event; only records of hosts have it (see huginn hosts)"
    return f"no kind of event {quoted(name)}; {near_names(name, known)}"


SYSTEMS = (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK)
CLIENT = lib.HG_EVENT_TLS_CLIENT


class NewHosts:
    """Passes only handshakes and ClientHellos that give their sender a new name.

    A missing name counts as a name. The last `limit` names of hosts are remembered; a name that was
    `forgotten` for lack of room passes again.
    """

    def __init__(self, limit: int = MAX_INVENTORY) -> None:
        self.forgotten: int = 0
        """Number of forgotten names."""
        self._limit = limit
        self._seen: OrderedDict[tuple[bytes, bool, str], None] = OrderedDict()

    def of(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """The rows with new names of each batch; skips batches without any."""
        for batch in batches:
            rows = [row for row, event in enumerate(batch["event"]) if self._is_new(batch, row, event)]
            if rows:
                yield picked(batch, rows)

    def _is_new(self, batch: Batch, row: int, event: int) -> bool:
        if event not in SYSTEMS and event != CLIENT:
            return False
        key = (_host(batch, row), event == CLIENT, _name(batch, row, event))
        if key in self._seen:
            return False
        if len(self._seen) >= self._limit:
            self._seen.popitem(last=False)
            self.forgotten += 1
        self._seen[key] = None
        return True


def _host(batch: Batch, row: int) -> bytes:
    length = 4 if batch._cells.ip_version[row] == 4 else 16
    return bytes(batch._cells.src_ip[16 * row : 16 * row + length])


def _name(batch: Batch, row: int, event: int) -> str:
    """The database's name of the sender; empty if unknown."""
    index = batch._cells.client[row] if event == CLIENT else batch._cells.signature[row]
    if index == NO_SIGNATURE or batch.database is None:
        return ""
    records = batch.database._records
    return str((records.tls if event == CLIENT else records.tcp)[index].label)
