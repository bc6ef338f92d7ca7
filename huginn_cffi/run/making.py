"""Makes the results of a batch."""

from __future__ import annotations

from collections.abc import Iterator

from huginn_cffi._native import lib
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.run.match import Match
from huginn_cffi.run.results import (
    ANNOUNCEMENTS,
    PARTS,
    AnalysisResult,
    ChangeObservation,
    Draft,
    FindingObservation,
    MtuObservation,
    Part,
    SynAckObservation,
    SynObservation,
)
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.views import view

SYN, SYN_ACK, MTU = lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK, lib.HG_EVENT_MTU
CHANGES = frozenset((lib.HG_EVENT_HOST_CHANGE, lib.HG_EVENT_IP_SHARING))
FINDING = lib.HG_EVENT_FINDING
NO_EVENT = lib.HG_EVENT_KINDS
HANDSHAKES = frozenset((SYN, SYN_ACK))

_BEFORE = ("syn", "syn_ack", "mtu")
_ONCE = ("client_uptime", "server_uptime", "tls_client", "tls_server", "segments")
SINGLE = {event: part for event, part in PARTS.items() if part[0] in _ONCE}
MESSAGES = {event: part for event, part in PARTS.items() if part[0] not in (*_BEFORE, *_ONCE)}
MESSAGES.update({event: ("announcement", kind) for event, kind in ANNOUNCEMENTS.items()})
"""Attribute and class by event. A packet may hold several messages; each further one has its own result."""


def results_of(batch: Rows) -> Iterator[AnalysisResult]:
    """Yield one result per packet, and one more per further message in it.

    The parts, the match and the MTU, which nearly all users read, are made at once: a property that
    makes them takes longer, and on every access. Only this function makes results, and only its loop
    is time-critical in this package: therefore the loop avoids function calls.
    """
    cells = batch._cells
    events = cells.event[: batch.count].tolist()
    events.append(NO_EVENT)
    numbers, times = cells.packet_number, cells.time_ns
    signatures = cells.signature
    named = {} if batch.database is None else batch.database._records.tcp
    row = 0
    event = events[0]
    while event != NO_EVENT:
        result = Draft()
        result._batch = batch
        result._first = row
        result.packet_number = number = numbers[row]
        result.time_ns = times[row]
        result.syn = result.syn_ack = result.mtu = None
        result.client_uptime = result.server_uptime = result.drop = None
        result.tls_client = result.tls_server = None
        result.http_request = result.http_response = None
        result.ssh_client = result.ssh_server = result.greeting = result.certificate = None
        result.announcement = result.login = result.proxied = None
        result.changes = ()
        result.findings = ()
        result.segments = None
        part: Part
        if event in HANDSHAKES:
            if event == SYN:
                part = result.syn = SynObservation()
            else:
                part = result.syn_ack = SynAckObservation()
            part._batch = batch
            part._row = row
            index = signatures[row]
            if index == NO_SIGNATURE:
                part._match = None
            else:
                match = part._match = Match()
                match._batch = batch
                match._row = row
                match._signature = named[index]
            row += 1
            event = events[row]
            while event in CHANGES or (event == FINDING and numbers[row] == number):
                if event == FINDING:
                    result.findings += (view(FindingObservation, batch, row),)
                elif cells.reported[row]:
                    result.changes += (view(ChangeObservation, batch, row),)
                row += 1
                event = events[row]
        if event == MTU:  # this event follows the handshake that showed the MTU
            part = result.mtu = MtuObservation()
            part._batch = batch
            part._row = row
            row += 1
            event = events[row]
        while event != NO_EVENT and numbers[row] == number:
            if event in SINGLE:
                name, made = SINGLE[event]
                setattr(result, name, view(made, batch, row))
            elif event in MESSAGES and getattr(result, MESSAGES[event][0]) is None:
                name, made = MESSAGES[event]
                setattr(result, name, view(made, batch, row))
            elif event in CHANGES:
                if cells.reported[row]:
                    result.changes += (view(ChangeObservation, batch, row),)
            elif event == FINDING:
                result.findings += (view(FindingObservation, batch, row),)
            else:  # another message in the same packet has its own result
                break
            row += 1
            event = events[row]
        result.__class__ = AnalysisResult
        yield result  # type: ignore[misc]


def fingerprint_result(batch: Rows, drop: str | None) -> AnalysisResult:
    """The result of the only packet of `batch`; its parts are None or empty if the packet gave no event."""
    for result in results_of(batch):
        return result
    empty = Draft()
    for name in Draft.__slots__:
        setattr(empty, name, None)
    empty.changes = empty.findings = ()
    empty._batch, empty._first = batch, 0
    empty.packet_number, empty.time_ns, empty.drop = 1, 0, drop
    batch._cells.tunnel[0] = lib.HG_TUNNEL_NONE
    empty.__class__ = AnalysisResult
    return empty  # type: ignore[return-value]
