"""How often captures show something, and from how many hosts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Support:
    """The evidence for a line: distinct hosts, packets, and the first packet of one of them."""

    hosts: int
    packets: int
    file: str
    packet: int

    def __str__(self) -> str:
        """``2 hosts, 14 packets``."""
        return f"{counted(self.hosts, 'host')}, {counted(self.packets, 'packet')}"

    @property
    def example(self) -> str:
        """Where to look: ``a.pcap, packet 7``."""
        return f"{self.file}, packet {self.packet}"

    @property
    def in_full(self) -> str:
        """Both."""
        return f"{self} ({self.example})"


def counted(number: int, word: str) -> str:
    """``3 hosts``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


@dataclass(slots=True)
class Count:
    """Packets that show the same, and their senders. A sender counts once in each capture."""

    packets: int = 0
    senders: set[Hashable] = field(default_factory=set)
    firsts: dict[str, int] = field(default_factory=dict)
    """By the name of a capture: the number of the first packet."""
    years: set[int] = field(default_factory=set)

    def add(self, sender: Hashable, file: str, packet: int) -> None:
        """Count a packet."""
        self.packets += 1
        self.senders.add(sender)
        if file not in self.firsts or packet < self.firsts[file]:
            self.firsts[file] = packet

    def merge(self, other: Count) -> None:
        """Add the packets that another one counted."""
        self.packets += other.packets
        self.senders |= other.senders
        for file, packet in other.firsts.items():
            self.firsts[file] = min(packet, self.firsts.get(file, packet))
        self.years |= other.years

    @property
    def hosts(self) -> int:
        """Distinct senders."""
        return len(self.senders)

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts by hosts, then packets, the most first."""
        return -self.hosts, -self.packets

    @property
    def support(self) -> Support:
        """The same as evidence for a line."""
        return Support(self.hosts, self.packets, *min(self.firsts.items()))


class Counts(Generic[Key]):
    """Counts by what packets show, up to a limit on keys and their senders together.

    Packets that show something new, or come from a new sender, once the limit is reached are left out.
    """

    def __init__(self, limit: int) -> None:
        self.counts: dict[Key, Count] = {}
        """In the order of the first packet of each."""
        self.left_out = 0
        """Packets."""
        self._room = limit

    def of(self, key: Key, sender: Hashable) -> Count | None:
        """The count to which a sender's packet is to be added; ``None``: the packet is left out."""
        found = self.counts.get(key)
        if found is None or sender not in found.senders:
            if not self._room:
                self.left_out += 1
                return None
            self._room -= 1
        if found is None:
            found = self.counts[key] = Count()
        return found

    def count(self, key: Key, sender: tuple[str, str] | tuple[str, str, str], packet: int) -> Count | None:
        """Count a packet of a sender, which begins with the name of the capture."""
        found = self.of(key, sender)
        if found is not None:
            found.add(sender, sender[0], packet)
        return found
