"""The kinds of events that --events names: others are not written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.names import EVENTS
from huginn_cffi.hosts.completed import FINDINGS, OF_RECORDS
from sigcompiler.schema.rows import DEVICE_CHANGE, DEVICE_CHANGES

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch

FINDING = EVENTS[lib.HG_EVENT_FINDING]
SCAN = "scan"
"""Stands for all kinds of scans."""
_SCANS = ("horizontal_scan", "vertical_scan", "slow_scan")


class EventChoice(NamedTuple):
    """Kinds of events, findings, and news about devices, as bits by their numbers in the core."""

    events: int
    findings: int
    devices: int

    def has(self, event: str) -> bool:
        """Whether this kind is chosen."""
        return bool(self.events >> EVENTS.index(event) & 1)

    def of(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """The chosen rows of each batch that has some."""
        for batch in batches:
            if len(found := self._chosen(batch)):
                yield found

    def _chosen(self, batch: Batch) -> Batch:
        rows = 1 << max(batch.count, lib.HG_MIN_BATCH, 1).bit_length()  # few sizes: each has its layout
        origin = batch.database, batch.capture, batch.packets_before
        found = type(batch)(rows, *origin, batch._native.text_count, 0)
        error = ffi.new("hg_error *")
        check(lib.hg_batch_select(batch._native, *self, found._native, error), error)
        found._hides_private = batch._hides_private
        found._written()
        return found


def event_choice(names: Sequence[str]) -> EventChoice:
    """What these names mean: kinds of events, findings and news, and `SCAN`. `ValueError` for others."""
    shown = tuple(name for name in FINDINGS if name not in OF_RECORDS)
    events = findings = devices = 0
    for name in names:
        if name in shown or name in (SCAN, FINDING):
            meant = _SCANS if name == SCAN else shown if name == FINDING else (name,)
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
    from sigcompiler.diagnostics import nearest, quoted

    if name in OF_RECORDS:
        return f"{name} is no event, but in records of hosts alone; see huginn hosts"
    near = nearest(name, known)
    hint = f"; is {near} meant?" if near else ";"
    return f"no kind of event {quoted(name)}{hint} there are {', '.join(known)}"
