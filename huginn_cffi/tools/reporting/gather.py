"""From batches of events to the facts that a report is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi._native import lib
from huginn_cffi.batch.columns import COLUMNS
from huginn_cffi.findings import Finding, Findings
from huginn_cffi.hello_totals import HelloTotals, Tls
from huginn_cffi.inventory import MAX_INVENTORY
from huginn_cffi.message_totals import Http, MessageTotals
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.results.os_match import os_match
from huginn_cffi.tools.reporting.facts import Facts
from huginn_cffi.tools.reporting.naming import Key, Named, named
from huginn_cffi.tools.reporting.timeline import Timeline
from huginn_cffi.verdict_totals import Verdicts

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

SYN, SYN_ACK, MTU = lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK, lib.HG_EVENT_MTU
HANDSHAKES = pa.array([SYN, SYN_ACK], pa.uint8())
UPTIMES = pa.array([lib.HG_EVENT_CLIENT_UPTIME, lib.HG_EVENT_SERVER_UPTIME], pa.uint8())

_TYPES = {"q": pa.int64(), "Q": pa.uint64(), "h": pa.int16(), "B": pa.uint8(), "H": pa.uint16()}
_TYPES |= {"I": pa.uint32(), "d": pa.float64()}

_SHAPE = ("version", "ittl", "olen", "wscale", "olayout", "quirks", "pclass", "window_kind")
"""Fields of a signature that are compared as they are; the window has its rule below."""

_USED = (
    *("time_ns", "event", "src_ip", "src_port", "ttl", "distance", "mss", "wsize", "window_multiple"),
    *("signature", "fuzzy", "mtu", "link", "uptime_minutes", "modulo_days", "frequency_hz"),
    *("raw_frequency_hz", "doubt", *_SHAPE),
)


class Gathered:
    """Facts of all batches that `take` was given; each is a `Facts` or a `Timeline`.

    ``systems`` are handshakes by sender and what named them, ``links`` MTUs by sender,
    ``clocks`` uptimes by sender, ``unknown`` handshakes without a name by signature and sender.
    ``names`` says what the numbers of signatures mean.
    """

    def __init__(self, max_inventory: int = MAX_INVENTORY) -> None:
        self.systems = Facts(
            *("event", "version", "src_ip", "port", "signature", "fuzzy", "distance"), limit=max_inventory
        )
        self.links = Facts("version", "src_ip", "mtu", "link", limit=max_inventory)
        self.clocks = Facts("event", "version", "src_ip", "doubt", last=_CLOCK, limit=max_inventory)
        self.unknown = Facts(
            *("event", *_SHAPE, "window", "src_ip"),
            first=("ttl", "mss", "wsize"),
            extremes=("mss",),
            limit=max_inventory,
        )
        self.timeline = Timeline()
        self.names: dict[Key, Named] = {}
        self._max_inventory = max_inventory
        self._findings: Findings | None = None
        self._tls: HelloTotals | None = None
        self._http: MessageTotals | None = None

    @property
    def findings(self) -> list[Finding]:
        """What is worth a look first."""
        return [] if self._findings is None else self._findings.found()

    @property
    def left_out(self) -> int:
        """Events that are not in the facts because their keys were too many."""
        totals = [self._tls, self._http, None if self._findings is None else self._findings.verdicts]
        beyond = sum(one.left_out for one in totals if one is not None)
        return beyond + sum(facts.left_out for facts in (self.systems, self.links, self.clocks, self.unknown))

    @property
    def tls(self) -> Tls | None:
        """What hellos show; `None` without any."""
        found = None if self._tls is None else self._tls.as_dict()
        return found if found is not None and any(found["hellos"].values()) else None

    @property
    def http(self) -> Http | None:
        """What messages of HTTP show; `None` without any."""
        found = None if self._http is None else self._http.as_dict()
        return found if found is not None and any(found["messages"].values()) else None

    @property
    def verdicts(self) -> Verdicts | None:
        """Whether hellos and requests can be of the system of their SYN; `None` without any."""
        found = None if self._findings is None else self._findings.verdicts.as_dict()
        return (
            found
            if found is not None and any(sum(one.values()) for one in found["counts"].values())
            else None
        )

    def take(self, batch: Batch) -> None:
        """Count the events of a batch, which may be thrown away afterwards."""
        if self._findings is None:
            self._findings = Findings(batch.database, max_inventory=self._max_inventory)
        if self._tls is None:
            self._tls = HelloTotals(batch.database, self._max_inventory)
        if self._http is None:
            self._http = MessageTotals(batch.database, self._max_inventory)
        self._findings.add(batch)
        self._tls.add(batch)
        self._http.add(batch)
        rows = batch_columns(batch)
        event = rows["event"]
        handshakes = _of_handshakes(rows.filter(_is_one_of(event, HANDSHAKES)))
        self._learn_names(batch, rows)
        self.systems.add(handshakes)
        self.timeline.add(handshakes)
        self.unknown.add(handshakes.filter(pc.equal(handshakes["signature"], NO_SIGNATURE)))
        self.links.add(rows.filter(pc.equal(event, MTU)))
        self.clocks.add(rows.filter(_is_one_of(event, UPTIMES)))

    def _learn_names(self, batch: Batch, rows: Any) -> None:
        """Name each signature by the first packet that it named."""
        if batch.database is None:
            return
        codes = pc.if_else(_is_one_of(rows["event"], HANDSHAKES), _codes(rows), None)
        for code in pc.unique(codes).to_pylist():
            key = None if code is None else Key(code >> 2, bool(code & 2), code & 1)
            if key is None or key.signature == NO_SIGNATURE or key in self.names:
                continue
            row = pc.index(codes, code).as_py()
            signature = batch.database.records.tcp[key.signature]
            self.names[key] = named(os_match(batch, row, signature), signature)


def _is_one_of(events: Any, kinds: Any) -> Any:
    return pc.is_in(events, value_set=kinds)


_CLOCK = ("uptime_minutes", "modulo_days", "frequency_hz", "raw_frequency_hz")


def batch_columns(batch: Batch) -> Any:
    """The columns that reports read, over the batch's own memory, and the packet's number."""
    arrays = {name: _array(batch, name) for name in _USED}
    arrays["packet"] = _array(batch, "packet_number")
    return pa.table(arrays)


def _array(batch: Batch, name: str) -> Any:
    column = COLUMNS[name]
    kind = pa.binary(column.width) if column.width > 1 else _TYPES[column.code]
    return pa.Array.from_buffers(kind, len(batch), [None, pa.py_buffer(batch[name])])


def _codes(rows: Any) -> Any:
    """Signature, whether fuzzy and the direction in one number."""
    wide = pc.shift_left(pc.cast(rows["signature"], pa.int64()), pa.scalar(2, pa.int64()))
    fuzzy = pc.shift_left(pc.cast(rows["fuzzy"], pa.int64()), pa.scalar(1, pa.int64()))
    return pc.add(pc.add(wide, fuzzy), pc.cast(rows["event"], pa.int64())).combine_chunks()


def _of_handshakes(rows: Any) -> Any:
    """With the columns ``port`` (of a server; 0 for clients) and ``window`` (its multiple, if any)."""
    zero = pa.scalar(0, pa.uint16())
    port = pc.if_else(pc.equal(rows["event"], SYN_ACK), rows["src_port"], zero)
    window = pc.if_else(pc.equal(rows["window_kind"], 0), rows["wsize"], rows["window_multiple"])
    return rows.append_column("port", port).append_column("window", window)
