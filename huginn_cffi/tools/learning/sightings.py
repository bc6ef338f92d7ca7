"""Handshake packets of captures, alike ones of one sender counted together."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from huginn_cffi._native import ffi, lib
from huginn_cffi.analyzer import Analyzer
from huginn_cffi.errors import CaptureError
from huginn_cffi.explain.fields import Seen
from huginn_cffi.results.observables import LAYOUT_BYTES, LAYOUT_COUNT, LAYOUT_PAD, endpoint

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database
    from huginn_cffi.database.signatures import Direction, Signature
    from huginn_cffi.results.observables import Endpoint

OnError = Callable[[CaptureError], object]
FilePath: TypeAlias = str | os.PathLike[str]

_NS = 10**9
_MEMO = 1000


class Shown(NamedTuple):
    """What a handshake packet shows, and in which direction it went."""

    direction: Direction
    seen: Seen


class Sender(NamedTuple):
    """A host of a capture; counted once whatever it sends."""

    file: str
    ip: str


class Handshake(NamedTuple):
    """One SYN or SYN+ACK of a capture."""

    shown: Shown
    sender: Sender
    packet: int
    """Its number in the capture, counted from 1."""
    source: Endpoint
    destination: Endpoint
    year: int


@dataclass(slots=True)
class Tally:
    """How often something was seen, and from whom."""

    packets: int = 0
    senders: dict[Sender, int] = field(default_factory=dict)
    """The number of the first packet of each."""
    years: set[int] = field(default_factory=set)

    def add(self, one: Handshake) -> None:
        """Count a packet."""
        self.packets += 1
        self.senders.setdefault(one.sender, one.packet)
        self.years.add(one.year)

    def merge(self, other: Tally) -> None:
        """Take in what another one counted."""
        self.packets += other.packets
        for sender, packet in other.senders.items():
            self.senders[sender] = min(packet, self.senders.get(sender, packet))
        self.years |= other.years

    @property
    def hosts(self) -> int:
        """Distinct senders."""
        return len(self.senders)


def handshakes(
    path: FilePath,
    on_error: OnError,
    analyzer: Analyzer | None = None,
    on_batch: Callable[[Batch], object] | None = None,
) -> Iterator[Handshake]:
    """The SYNs and SYN+ACKs of one capture, in order; damage is reported to `on_error`.

    `analyzer` is for who wants only some of them; its database is not asked. `on_batch` is called with each
    batch, for who wants more of the same reading.
    """
    memo: dict[Shown, Shown] = {}  # so that equal ones are one object, as far as that saves memory
    reader = Analyzer(None, uptime=False, protocols=("tcp",)) if analyzer is None else analyzer
    for batch in reader.batches(os.fspath(path), on_error=on_error):
        if on_batch is not None:
            on_batch(batch)
        for row in range(len(batch)):
            if len(memo) > _MEMO:
                memo.clear()
            if batch.cells.event[row] in (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK):
                yield _handshake(batch, row, memo)


class Inventory:
    """Handshake packets counted by what they show and who sends them, up to a limit of both together.

    Packets that show something new, or come from a new sender, once the limit is reached are left out.
    """

    def __init__(self, limit: int) -> None:
        self.tallies: dict[Shown, Tally] = {}
        """In the order of the first packet of each."""
        self.left_out = 0
        """Packets."""
        self._limit = limit
        self._kept = 0
        self._senders: dict[Sender, Sender] = {}

    def add(self, one: Handshake) -> None:
        """Count a packet, or leave it out."""
        tally = self.tallies.get(one.shown)
        if tally is None or one.sender not in tally.senders:
            if self._kept >= self._limit:
                self.left_out += 1
                return
            self._kept += 1
        if tally is None:
            tally = self.tallies[one.shown] = Tally()
        tally.add(one._replace(sender=self._senders.setdefault(one.sender, one.sender)))


def tallied(found: Iterable[Handshake]) -> dict[Shown, Tally]:
    """Handshake packets counted by what they show, in the order of the first of each."""
    tallies: dict[Shown, Tally] = {}
    for one in found:
        tallies.setdefault(one.shown, Tally()).add(one)
    return tallies


def native_of(shown: Shown) -> CData:
    """An ``hg_observation *`` that matches as the packet did."""
    seen = shown.seen
    native = ffi.new("hg_observation *")
    native.response = shown.direction == "response"
    for name in ("version", "ttl", "olen", "mss", "window", "window_kind", "window_multiple", "wscale"):
        setattr(native, name, getattr(seen, name))
    native.quirks, native.payload, native.eol_pad = seen.quirks, seen.payload, seen.eol_pad
    native.option_count = len(seen.options)
    native.options = seen.options
    return native


class Named(NamedTuple):
    """The signature that names a packet, and whether it fits fuzzily."""

    signature: Signature
    fuzzy: bool

    @property
    def certain(self) -> bool:
        """Whether a specific signature fits exactly."""
        return not self.fuzzy and self.signature.label.kind == "specific"


def named(database: Database, shown: Shown) -> Named | None:
    """What `database` makes of a packet."""
    found = lib.hg_database_match(database.handle, native_of(shown))
    if found.signature == lib.HG_NO_SIGNATURE:
        return None
    return Named(database.records.tcp[found.signature], bool(found.fuzzy))


def answer(match: Named | None) -> str:
    """A match in words: ``Linux 6.1``, ``Linux (generic)``, ``???``."""
    if match is None:
        return "???"
    label = match.signature.label
    marks = ["generic"] * (label.kind == "generic") + ["fuzzy"] * match.fuzzy
    return f"{label} ({', '.join(marks)})" if marks else str(label)


def _handshake(batch: Batch, row: int, memo: dict[Shown, Shown]) -> Handshake:
    cells = batch.cells
    shown = Shown("response" if cells.event[row] == lib.HG_EVENT_SYN_ACK else "request", _seen(batch, row))
    source = endpoint(batch, row, "src")
    return Handshake(
        shown=memo.setdefault(shown, shown),
        sender=Sender(batch.capture, source.ip),
        packet=cells.packet_number[row],
        source=source,
        destination=endpoint(batch, row, "dst"),
        year=time.gmtime(cells.time_ns[row] // _NS).tm_year,
    )


def _seen(batch: Batch, row: int) -> Seen:
    cells = batch.cells
    layout = cells.olayout[row * LAYOUT_BYTES : (row + 1) * LAYOUT_BYTES].tobytes()
    return Seen(
        cells.version[row],
        cells.ttl[row],
        cells.olen[row],
        cells.mss[row],
        cells.wsize[row],
        cells.window_kind[row],
        cells.window_multiple[row],
        cells.wscale[row],
        layout[: layout[LAYOUT_COUNT]],
        layout[LAYOUT_PAD],
        cells.quirks[row],
        cells.pclass[row],
    )
