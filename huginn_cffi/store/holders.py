"""Which holder of an address a record belongs to.

A holder is an address in the hands of one station (a MAC, or none that is known). A store keeps it in
parts, one for each run of a sensor that saw it, so that the order of runs does not matter. Parts of one
station are one holder, unless another station used the address between them.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from huginn_cffi.hosts.record import HostRecord

_Owner = TypeVar("_Owner")
SKEW_NS = 60 * 1_000_000_000
"""Clocks of two machines that are both right may differ by so much."""

SILENCE_NS = 300 * 1_000_000_000
"""A holder ends if another station uses the address in a longer silence, as in csrc/stations/holder.h."""

HOLDERS_KEPT = 64
"""Holders of an address at a site that a store keeps, as HG_ADDRESS_HOLDERS of csrc/hosts/holders.h."""

JOINED = 0
"""The run of a part that was of several runs."""

COLUMNS = "sensor, part, run, mac, forgotten, first_seen, last_seen, holder, connections"
"""Columns of the table ``host`` from which a `HolderPart` is made, in its order."""


@dataclass(slots=True, eq=False)
class HolderPart:
    """What a run saw of a holder."""

    sensor: int
    number: int
    run: int
    """`JOINED` for parts of several runs."""
    mac: str | None
    forgotten: int | None
    """Of a holder whose MAC was erased: tells it apart from others of its address."""
    first: int
    last: int
    holder: int = 0
    """0 for the latest holder of the address at a site, 1 for the one before it, and so on."""
    connections: int = 0

    @property
    def station(self) -> str | int | None:
        """What tells stations apart; None: no station is known."""
        return self.mac or self.forgotten

    def has_more_than(self, one: HostRecord) -> bool:
        """Whether a record of the same run tells less: it is of an earlier moment, or of fewer captures."""
        return (self.last - self.first, self.connections) > (
            one.last_seen_ns - one.first_seen_ns,
            one.connections,
        )


def continued(one: HostRecord, parts: Sequence[HolderPart]) -> list[HolderPart]:
    """The parts of a run that a record replaces, unless they tell more; none: it begins a part.

    The core writes a host again and again with the same begin, and may learn, change or take back its MAC.
    """
    same = [part for part in parts if part.first == one.first_seen_ns]
    found = [part for part in same if part.station == one.mac][:1] or same[:1]
    own = [part for part in parts if part.station == one.mac and part not in found]
    found += [part for part in own if part.first <= one.last_seen_ns and one.first_seen_ns <= part.last]
    if (
        not found and one.first_seen_ns > time.time_ns() + SKEW_NS
    ):  # from a clock that is wrong: see retention.py
        return sorted(own, key=lambda part: part.last)[-1:]
    return found


@dataclass(slots=True, eq=False)
class _Span:
    parts: list[HolderPart]
    first: int
    last: int


def number_holders(parts: Sequence[HolderPart]) -> None:
    """Set `holder` of all parts of an address at a site.

    A part without a station belongs to a holder that had the address at the same time, if there is just one.
    """
    if len({part.station for part in parts}) == 1 and parts[0].station is not None:
        for part in parts:
            part.holder = 0
        return
    stations: defaultdict[str | int | None, list[HolderPart]] = defaultdict(list)
    for part in parts:
        stations[part.station].append(part)
    strangers = stations.pop(None, [])
    known = (part for some in stations.values() for part in some)
    uses = _Uses((part.first, part.last, part.station) for part in known)
    spans = [span for some in stations.values() for span in _spans(some, uses)]
    span_uses = _Uses((span.first, span.last, span) for span in spans)
    left: list[HolderPart] = []
    for part in strangers:
        span, last, other_last = span_uses.before(part.last + SILENCE_NS + 1)
        is_only_near = last >= part.first - SILENCE_NS > other_last
        (span.parts if span is not None and is_only_near else left).append(part)
    spans += _spans(left, uses)
    for span in spans:
        span.first, span.last = min(one.first for one in span.parts), max(one.last for one in span.parts)
    spans.sort(key=lambda span: (span.last, span.first, str(span.parts[0].station)), reverse=True)
    for number, span in enumerate(spans):
        for part in span.parts:
            part.holder = number


def surplus(parts: Iterable[HolderPart]) -> list[HolderPart]:
    """The parts of too many holders of an address: those with the fewest connections, then the earliest.

    Anybody can send from an address with any number of MACs. The latest holder stays.
    """
    holders: defaultdict[int, list[HolderPart]] = defaultdict(list)
    for part in parts:
        holders[part.holder].append(part)
    weakest = sorted(
        (holder for holder in holders if holder > 0),
        key=lambda holder: (sum(part.connections for part in holders[holder]), -holder),
    )
    return [part for holder in weakest[: max(len(holders) - HOLDERS_KEPT, 0)] for part in holders[holder]]


class _Uses(Generic[_Owner]):
    """Times of uses by owners, each with begin and end. A foreign store may have any number of them."""

    def __init__(self, uses: Iterable[tuple[int, int, _Owner]]) -> None:
        self._begins: list[int] = []
        self._before: list[tuple[_Owner | None, float, float]] = [(None, -inf, -inf)]
        for begin, end, owner in sorted(uses, key=lambda use: use[0]):
            last_owner, last, other_last = self._before[-1]
            if owner != last_owner:
                other_last = max(other_last, min(last, end))
            self._begins.append(begin)
            self._before.append((owner if end > last else last_owner, max(last, end), other_last))

    def before(self, time: int) -> tuple[_Owner | None, float, float]:
        """Of uses that began before a time: the owner of the last to end, its end, and that of others."""
        return self._before[bisect_left(self._begins, time)]

    def is_between(self, owner: object, after: int, before: int) -> bool:
        """Whether a use by another owner began before one time and ended after another."""
        last_owner, last, other_last = self.before(before)
        return (other_last if last_owner == owner else last) > after


def _spans(parts: Iterable[HolderPart], uses: _Uses[str | int | None]) -> list[_Span]:
    """Times of one station, each without a use by others in a silence of more than five minutes."""
    found: list[_Span] = []
    for part in sorted(parts, key=lambda one: (one.first, one.last)):
        span = found[-1] if found else None
        if span is None or (
            part.first - span.last > SILENCE_NS and uses.is_between(part.station, span.last, part.first)
        ):
            found.append(_Span([part], part.first, part.last))
        else:
            span.parts.append(part)
            span.last = max(span.last, part.last)
    return found
