"""The counters of a call."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.arguments import MAX_U64
from huginn_cffi.base.counters import Counters
from huginn_cffi.base.handles import CData
from huginn_cffi.base.names import ANOMALIES, DROPS, EVENTS
from huginn_cffi.base.unknown import Named

COUNTERS = tuple(item.name for item in fields(Counters))
"""Names of the counters of `Stats` that are plain numbers, as ``hg_stats`` has them.

All code that adds, saves or prints counters uses this list.
"""


INTERFACE_COUNTERS = ("received", "dropped_by_kernel", "dropped_by_interface", "dropped_by_ring", "unread")
"""The keys of `Stats.interface`."""


def summed(*some: Mapping[str, int]) -> dict[str, int]:
    """The sums of counters of interfaces; without any, zeros."""
    return {name: sum(one.get(name, 0) for one in some) for name in INTERFACE_COUNTERS}


class ReadCapture(NamedTuple):
    """One of the captures that a call read: its packets are numbered from ``first_packet`` on."""

    name: str
    """Its path as given, "standard input" or "capture in memory"."""
    first_packet: int
    packets: int
    """Packets read from it so far; 0 if it could not be read."""
    out_of_order: bool = False
    """Whether it begins before the capture read before it ended."""


@dataclass(frozen=True, slots=True)
class Stats(Counters, Named):
    """Counters of one call. ``bytes`` counts captured bytes.

    ``packets == analysed + sum(drops.values())`` always holds. ``drops`` has every reason, ``events_by_kind``
    every kind of event, ``anomalies`` every reason for which a receiver may refuse a segment, even if the
    count is 0. ``unsupported_linktypes`` are the first eight LINKTYPE_ numbers that could not be read, in
    order of appearance. ``cut_at`` are the fewest and the most captured bytes of the packets in
    ``packets_cut``, usually one snap length twice; without such packets it is empty.
    ``files_out_of_order`` counts files that begin before the file read before them ended, ``lost_before``
    packets that were lost when a pcapng capture was made, by its statistics, and ``steps_back`` how often the
    time went back by a second or more, at least.
    ``left_out`` names what packets held that were not analysed, the 20 most frequent first, if
    `Analyzer(left_out=True)` asks for it.

    ``interface`` has counters if packets came from one. Its ``received`` counts packets that reached the
    kernel's filter (BSD, macOS) or passed it (Linux). Of these, ``dropped_by_kernel`` were lost because the
    kernel's buffer was full, ``dropped_by_ring`` because a worker's ring was full, and ``unread`` are in a
    buffer, or were when the capture ended (only on Linux, and not for "any"). ``dropped_by_interface`` were
    lost earlier: by the interface, its driver or its queue. On Linux ``received == dropped_by_kernel +
    dropped_by_ring + unread + packets``.
    """

    drops: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(DROPS, 0))
    anomalies: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(ANOMALIES, 0))
    events_by_kind: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(EVENTS, 0))
    unsupported_linktypes: tuple[int, ...] = ()
    cut_at: tuple[int, ...] = ()
    files_out_of_order: int = 0
    lost_before: int = 0
    steps_back: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    interface: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (
            "drops",
            "anomalies",
            "events_by_kind",
            "left_out",
            "interface",
        ):  # read-only, as all other values
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @property
    def events(self) -> int:
        """Events of all kinds."""
        return sum(self.events_by_kind.values())

    @property
    def losses(self) -> list[dict[str, Any]]:
        """What these counters show to be missing, with ``kind``, ``count`` and a sentence, ``text``."""
        out = ffi.new("char[]", lib.HG_MOST_LOSSES)
        length = lib.hg_losses_write(self._native(), out, lib.HG_MOST_LOSSES)
        return json.loads(ffi.buffer(out, length)[:])  # type: ignore[no-any-return]

    @property
    def evictions(self) -> int:
        """Flows and hosts evicted for lack of room."""
        return self.flows_evicted_half_open + self.flows_evicted_established + self.hosts_evicted

    def __add__(self, other: Stats) -> Stats:
        """The sum of both, such as of two workers."""
        drops, anomalies, events = (
            {key: count + theirs[key] for key, count in own.items()}
            for own, theirs in zip(self._by_reason(), other._by_reason(), strict=True)
        )
        linktypes = dict.fromkeys(self.unsupported_linktypes + other.unsupported_linktypes)
        cut_at = self.cut_at + other.cut_at
        return Stats(
            **{name: getattr(self, name) + getattr(other, name) for name in COUNTERS},
            drops=drops,
            anomalies=anomalies,
            events_by_kind=events,
            unsupported_linktypes=tuple(linktypes),
            files_out_of_order=self.files_out_of_order + other.files_out_of_order,
            lost_before=self.lost_before + other.lost_before,
            steps_back=self.steps_back + other.steps_back,
            cut_at=(min(cut_at), max(cut_at)) if cut_at else (),
            left_out=Counter(self.left_out) + Counter(other.left_out),
            interface=summed(self.interface, other.interface) if self.interface or other.interface else {},
        )

    def _by_reason(self) -> tuple[Mapping[str, int], ...]:
        return self.drops, self.anomalies, self.events_by_kind

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the mappings, which are read-only, as dictionaries."""
        values = (getattr(self, one.name) for one in fields(self))
        return Stats, tuple(dict(one) if isinstance(one, Mapping) else one for one in values)

    def _repr_html_(self) -> str:
        from huginn_cffi.formats.html import table

        rows = []
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Mapping):
                value = ", ".join(f"{count} {name}" for name, count in value.items() if count) or "none"
            if value not in ((), None):
                rows.append((one.name, str(value)))
        return table("", ("counter", "value"), rows)

    def _native(self) -> CData:
        native = ffi.new("hg_stats *", {name: getattr(self, name) for name in COUNTERS})
        for number, name in enumerate(DROPS, lib.HG_DROP_NONE + 1):
            native.drops[number] = self.drops[name]
        for number, name in enumerate(ANOMALIES):
            native.anomalies[number] = self.anomalies[name]
        for number, name in enumerate(EVENTS):
            native.events[number] = self.events_by_kind[name]
        for place, number in enumerate(self.unsupported_linktypes):
            native.unsupported_linktypes[place] = number
        native.cut_at = self.cut_at or (0, 0)
        native.outside.files = self.files_out_of_order
        native.outside.lost = min(self.lost_before, MAX_U64)
        native.outside.back = self.steps_back
        native.outside.dropped = sum(self.interface.get(name, 0) for name in INTERFACE_COUNTERS[1:4])
        return native


def stats_of(native: CData) -> Stats:
    """The counters of an ``hg_stats *``."""
    return Stats(
        **{name: getattr(native, name) for name in COUNTERS},
        drops={name: native.drops[number] for number, name in enumerate(DROPS, lib.HG_DROP_NONE + 1)},
        anomalies={name: native.anomalies[number] for number, name in enumerate(ANOMALIES)},
        events_by_kind={name: native.events[number] for number, name in enumerate(EVENTS)},
        unsupported_linktypes=tuple(number for number in native.unsupported_linktypes if number),
        cut_at=tuple(native.cut_at) if native.packets_cut else (),
    )
