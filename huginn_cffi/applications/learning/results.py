"""What learning found: lines to propose, lines refused, what was known, and what would change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from huginn_cffi.applications.learning.systems import System

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.sightings import Tally
    from huginn_cffi.database.signatures import Direction


@dataclass(frozen=True, slots=True)
class Support:
    """What a line rests on: distinct hosts, packets, and the first packet of one of them."""

    hosts: int
    packets: int
    file: str
    packet: int

    def __str__(self) -> str:
        """``2 hosts, 14 packets``."""
        return f"{_counted(self.hosts, 'host')}, {_counted(self.packets, 'packet')}"

    @property
    def example(self) -> str:
        """Where to look: ``a.pcap, packet 7``."""
        return f"{self.file}, packet {self.packet}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ``sig`` line that can go into a file, under the label of its system.

    ``text`` is its value; ``narrowed`` says why it asks for more than usual, and may be empty.
    """

    system: System
    direction: Direction
    text: str
    provenance: str
    support: Support
    narrowed: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not proposed: ``reason`` names the line or the hosts that send the same."""

    system: System
    direction: Direction
    text: str
    support: Support
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Packets that a line names by their family already.

    ``line`` is its place and label. ``agrees`` is False when its versions exclude the labelled one:
    then a signature cannot distinguish them, and the line's flavor should hold both.
    """

    system: System
    direction: Direction
    line: str
    support: Support
    agrees: bool


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that the proposed lines would change, for packets of the captures, labelled or not."""

    direction: Direction
    before: str
    after: str
    support: Support


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything that was found. ``text`` is a signature file of the proposals, empty without any."""

    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...]
    known: tuple[Known, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    text: str
    left_out: int = 0
    """Handshake packets beyond the limit, which were not looked at."""

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        found = asdict(self)
        for name in ("proposals", "refusals", "known"):
            for item, own in zip(found[name], getattr(self, name), strict=True):
                item["system"] = own.system._asdict()
        return found

    def __str__(self) -> str:
        """A report for the contributor; the lines themselves are in `text`."""
        from huginn_cffi.applications.learning.report import learned_text

        return learned_text(self)


def support_of(tally: Tally) -> Support:
    """The support that was counted."""
    return Support(tally.hosts, tally.packets, *tally.example)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
