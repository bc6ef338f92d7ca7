"""Counts observations in captures, and the hosts behind them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from huginn_workbench.wording import counted

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Support:
    """The evidence for a line: distinct hosts, packets, and the first packet as an example."""

    hosts: int
    packets: int
    file: str
    packet: int

    def __str__(self) -> str:
        """``2 hosts, 14 packets``."""
        return f"{counted(self.hosts, 'host')}, {counted(self.packets, 'packet')}"

    @property
    def example(self) -> str:
        """The place of the example: ``a.pcap, packet 7``."""
        return f"{self.file}, packet {self.packet}"


MOST_NAMED = 5
"""Limit of names in a message."""


def first_of(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """``a, b and 3 more``."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _with_value(held: Hashable | set[Hashable], value: Hashable) -> Hashable | set[Hashable]:
    if isinstance(held, set):
        held.add(value)
    elif held is None:
        return value
    elif held != value:
        return {held, value}
    return held


def _with_all(held: Hashable | set[Hashable], values: frozenset[Any] | set[Any]) -> Hashable | set[Hashable]:
    if len(values) == 1:
        return _with_value(held, *values)
    if isinstance(held, set):
        held |= values
        return held
    return {*values, *_all(held)} if values else held


def _all(held: Hashable | set[Hashable]) -> frozenset[Any] | set[Any]:
    return held if isinstance(held, set) else frozenset(() if held is None else (held,))


class Count:
    """Equal packets and their senders. A sender counts once in each capture.

    There may be a million counts with a single sender each, so a set is made only for the second value.
    """

    __slots__ = ("_file", "_packet", "_senders", "_years", "packets")

    def __init__(self) -> None:
        self.packets = 0
        self._senders: Hashable | set[Hashable] = None
        self._years: Hashable | set[Hashable] = None
        self._file, self._packet = "", 0

    def add(self, sender: Hashable, file: str, packet: int, year: int | None = None) -> None:
        """Count a packet."""
        if not self.packets or packet < self._packet or file < self._file:
            self._note(file, packet)
        self.packets += 1
        self._senders = _with_value(self._senders, sender)
        if year is not None and year != self._years:
            self._years = _with_value(self._years, year)

    def _note(self, file: str, packet: int) -> None:
        if not self.packets or (file, packet) < (self._file, self._packet):
            self._file, self._packet = file, packet

    def merge(self, other: Count) -> None:
        """Add the packets of another count."""
        if other.packets:
            self._note(other._file, other._packet)
        self.packets += other.packets
        self._senders = _with_all(self._senders, other.senders)
        self._years = _with_all(self._years, other.years)

    def has(self, sender: Hashable) -> bool:
        """Whether a packet from this sender was counted."""
        return sender in self._senders if isinstance(self._senders, set) else sender == self._senders

    @property
    def senders(self) -> frozenset[Any] | set[Any]:
        """All senders."""
        return _all(self._senders)

    @property
    def years(self) -> frozenset[int] | set[int]:
        """The years with packets, UTC."""
        return _all(self._years)

    @property
    def hosts(self) -> int:
        """The number of distinct senders."""
        return len(self.senders)

    @property
    def rank(self) -> tuple[int, int]:
        """A sort key: by hosts, then packets, the most first."""
        return -self.hosts, -self.packets

    @property
    def support(self) -> Support:
        """The count as evidence for a line."""
        return Support(self.hosts, self.packets, self._file, self._packet)


class Quota:
    """A limited number of places. Requests beyond the limit are counted."""

    def __init__(self, places: int) -> None:
        self._places = places
        self.left_out = 0

    def take(self) -> bool:
        """Take a place; False if none is left."""
        if self._places:
            self._places -= 1
            return True
        self.left_out += 1
        return False


class Counts(Quota, Generic[Key]):
    """Counts by observation, up to a limit on keys and their senders together.

    Once the limit is reached, packets with a new key or from a new sender are left out.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.counts: dict[Key, Count] = {}
        """Ordered by the first packet of each key."""

    def count_for(self, key: Key, sender: Hashable) -> Count | None:
        """The count for a sender's packet; ``None`` if the packet must be left out."""
        found = self.counts.get(key)
        if (found is None or not found.has(sender)) and not self.take():
            return None
        if found is None:
            found = self.counts[key] = self._new(key)
        return found

    def _new(self, key: Key) -> Count:
        return Count()

    def ranked(self) -> list[tuple[Key, Count]]:
        """All counts, by hosts, then packets, the most first; equal ones by key."""
        return sorted(self.counts.items(), key=lambda one: (one[1].rank, one[0]))

    def count(self, key: Key, sender: tuple[str, str] | tuple[str, str, str], packet: int) -> Count | None:
        """Count a packet of a sender; the sender's first element is the name of the capture."""
        found = self.count_for(key, sender)
        if found is not None:
            found.add(sender, sender[0], packet)
        return found
