"""Counts handshake packets of captures; equal packets from one sender are counted together."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable, Container, Hashable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from huginn_cffi import Analyzer, Batch, Database, Endpoint, Signature
from huginn_cffi.explain.fields import PacketFields
from huginn_workbench.arguments import Direction, OnError
from huginn_workbench.core import Matcher, RowViews
from huginn_workbench.learning.counting import Count, Counts

FilePath: TypeAlias = str | os.PathLike[str]

_DAY_S = 86400
_DAY_NS = _DAY_S * 10**9
_MEMO = 1000


_PACKED = struct.Struct("<?BBBHHBHBBIB")
_OPTIONS_AT = PacketFields._fields.index("options")


class Shown(NamedTuple):
    """The observed fields of a handshake packet, and its direction."""

    direction: Direction
    seen: PacketFields

    def packed(self) -> bytes:
        """The fields as bytes, in a tenth of the memory."""
        seen = self.seen
        numbers = (*seen[:_OPTIONS_AT], *seen[_OPTIONS_AT + 1 :])
        return _PACKED.pack(self.direction == "response", *numbers) + seen.options

    @staticmethod
    def packed_options(data: bytes) -> bytes:
        """The option layout in packed fields."""
        return data[_PACKED.size :]

    @classmethod
    def unpacked(cls, data: bytes) -> Shown:
        """Restore the fields from the bytes of `packed`."""
        is_response, *numbers = _PACKED.unpack_from(data)
        seen = PacketFields._make((*numbers[:_OPTIONS_AT], data[_PACKED.size :], *numbers[_OPTIONS_AT:]))
        return cls("response" if is_response else "request", seen)


class PacketMember(Count):
    """Packets with equal fields, from which a signature is made, and the versions of their senders.

    `unknown` holds a million of these at once, so the fields of the packets stay packed.
    """

    __slots__ = ("flavor", "packed")

    def __init__(self, packed: bytes, flavor: str = "") -> None:
        super().__init__()
        self.packed, self.flavor = packed, flavor

    @property
    def shown(self) -> Shown:
        """The fields, unpacked."""
        return Shown.unpacked(self.packed)


class Handshake(NamedTuple):
    """One SYN or SYN+ACK of a capture."""

    shown: Shown
    file: str
    packet: int
    """The packet's number in the capture, counted from 1."""
    source: Endpoint
    destination: Endpoint
    year: int


def handshakes(
    path: FilePath,
    on_error: OnError | None,
    analyzer: Analyzer | None = None,
    on_batch: Callable[[Batch], object] | None = None,
) -> Iterator[Handshake]:
    """The SYNs and SYN+ACKs of one capture, in order; damage is reported to `on_error`.

    Pass an `analyzer` to select packets; its database is not used. `on_batch` is called with each batch, so
    that other code can use the same reading pass.
    """
    memo: dict[Shown, Shown] = {}  # shares one object between equal packets to save memory
    reader = Analyzer(None, uptime=False, protocols=("tcp",)) if analyzer is None else analyzer
    for batch in reader.batches(os.fspath(path), on_error=on_error):
        if on_batch is not None:
            on_batch(batch)
        rows = RowViews(batch)
        for row, direction in rows.handshakes():
            if len(memo) > _MEMO:
                memo.clear()
            shown = Shown(direction, rows.packet(row))
            ends = rows.endpoint(row, "src"), rows.endpoint(row, "dst")
            year = _year_of(rows.time(row) // _DAY_NS)
            number = rows.place(row)[2]
            yield Handshake(memo.setdefault(shown, shown), batch.capture, number, *ends, year)


class SightingInventory(Counts[bytes]):
    """Handshake packets counted by their packed fields and senders, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._files: dict[str, int] = {}
        self._packed: dict[Hashable, bytes] = {}

    def _new(self, key: bytes) -> Count:
        return PacketMember(key)

    def add(self, batch: Batch, wanted: Container[tuple[int, int]]) -> bool:
        """Count the handshake packets that `RowViews.groups` chooses. False: the batch has no handshakes."""
        rows = RowViews(batch)
        versions, numbers, times = (batch[name] for name in ("ip_version", "packet_number", "time_ns"))
        before, file = batch.packets_before, batch.capture
        number = self._files.setdefault(file, len(self._files)) << _FILE_BITS
        words = memoryview(bytes(batch["src_ip"])).cast("I")
        row = -1
        for row, key in rows.groups(wanted):
            if (packed := self._packed.get(key)) is None:
                if len(self._packed) > _MEMO:
                    self._packed.clear()
                packed = self._packed[key] = Shown(rows.direction(row), rows.packet(row)).packed()
            sender = number | words[4 * row]
            if versions[row] != 4:
                sender |= _SIX | int.from_bytes(words[4 * row : 4 * row + 4].cast("B"), "little")
            if (count := self.count_for(packed, sender)) is not None:
                count.add(sender, file, numbers[row] - before, _year_of(times[row] // _DAY_NS))
        return row >= 0 or next(rows.handshakes(), None) is not None


_SIX, _FILE_BITS = 1 << 128, 129
"""A sender as one number, to save memory: the address, a flag for IPv6, and the capture."""


@lru_cache(maxsize=8)
def _year_of(day: int) -> int:
    return time.gmtime(day * _DAY_S).tm_year


def count_handshake(counts: dict[Shown, Count], one: Handshake) -> None:
    """Count a packet by its fields."""
    count = counts.setdefault(one.shown, Count())
    count.add((one.file, one.source.ip), one.file, one.packet, one.year)


class SignatureMatch(NamedTuple):
    """The signature that names a packet, and a flag for a fuzzy fit."""

    signature: Signature
    fuzzy: bool

    @property
    def certain(self) -> bool:
        """Whether a specific signature fits exactly."""
        return not self.fuzzy and self.signature.kind == "specific"


def named(database: Database, shown: Shown) -> SignatureMatch | None:
    """The match of a packet in `database`; ``None`` without one."""
    found = Matcher(database).packet(shown.seen, shown.direction)
    return None if found is None else SignatureMatch(*found)


def answer(match: SignatureMatch | None) -> str:
    """A match in words: ``Linux 6.1``, ``Linux (generic)``, ``???``."""
    if match is None:
        return "???"
    marks = ["generic"] * (match.signature.kind == "generic") + ["fuzzy"] * match.fuzzy
    return f"{match.signature.label} ({', '.join(marks)})" if marks else match.signature.label
