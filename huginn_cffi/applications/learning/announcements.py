"""What devices announce and no signature names.

Names of hosts and persons, serial numbers and the like are here only if the analyzer shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi.applications.learning.clients import signature_file
from huginn_cffi.applications.learning.report import unknown_text
from huginn_cffi.applications.learning.results import Support
from huginn_cffi.applications.learning.writing import UNNAMED
from huginn_cffi.results.devices import ANNOUNCEMENTS, DeviceObservation, DhcpObservation
from huginn_cffi.results.views import view

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch

_DHCP6_PORT = 547


class AnnouncedText(NamedTuple):
    """A kind of announcement, as signatures name it, and what is announced."""

    announcement: str
    text: str


@dataclass(slots=True)
class _AnnouncedTally:
    senders: dict[tuple[str, str], int] = field(default_factory=dict)
    """The first packet of each device of each file."""
    count: int = 0

    def support(self) -> Support:
        file, device = min(self.senders, key=lambda sender: (sender[0], self.senders[sender]))
        return Support(len(self.senders), self.count, file, self.senders[file, device])


class AnnouncementInventory:
    """The texts that devices announce, up to a limit of them and their senders together.

    Those that are new, or come from a new device, once the limit is reached are left out.
    """

    def __init__(self, limit: int) -> None:
        self.tallies: dict[AnnouncedText, _AnnouncedTally] = {}
        self.left_out = 0
        """Texts."""
        self._limit = limit
        self._kept = 0

    def add(self, batch: Batch) -> None:
        """Count the announcements in a batch."""
        for seen, texts in announced_by(batch):
            sender = (batch.capture, seen.mac or seen.source_mac or seen.source.ip)
            packet = batch._cells.packet_number[seen._row] - batch.packets_before
            for text in texts:
                self._add(text, sender, packet)

    def _add(self, text: AnnouncedText, sender: tuple[str, str], packet: int) -> None:
        tally = self.tallies.get(text)
        if tally is None or sender not in tally.senders:
            if self._kept >= self._limit:
                self.left_out += 1
                return
            self._kept += 1
        tally = self.tallies.setdefault(text, _AnnouncedTally())
        tally.senders.setdefault(sender, packet)
        tally.count += 1


def announced_by(batch: Batch) -> Iterator[tuple[DeviceObservation, list[AnnouncedText]]]:
    """The announcements in a batch and their texts."""
    for row in batch.devices["row"]:
        seen = view(ANNOUNCEMENTS[batch._cells.event[row]], batch, row)
        yield seen, list(dict.fromkeys(_texts(seen)))


def _texts(seen: DeviceObservation) -> Iterator[AnnouncedText]:
    if not isinstance(seen, DhcpObservation):
        for one in getattr(seen, "announced", ()):
            kind, _, text = one.partition(" ")
            yield AnnouncedText(kind, text)
        return
    if seen.forwarded:
        return
    if seen.vendor_class:
        yield AnnouncedText("dhcp-class", seen.vendor_class)
    if seen.parameters:
        kind = "dhcp6-list" if seen.destination.port == _DHCP6_PORT else "dhcp-list"
        yield AnnouncedText(kind, ",".join(map(str, seen.parameters)))
    for text in seen.vendor_data:
        yield AnnouncedText("dhcp-vendor", text)
    if seen.host_name:
        yield AnnouncedText("name", seen.host_name)


@dataclass(frozen=True, slots=True)
class UnknownAnnouncement:
    """A text that nothing names. ``support.packets`` counts announcements.

    ``answer`` is what the database says now: ``???``, or the generic name where weak ones were asked for.
    ``template`` is a signature file whose label is to be filled in.
    """

    announcement: str
    text: str
    answer: str
    support: Support
    template: str

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """A few lines: who announces it, and the template."""
        in_full = f"{self.support.in_full}, now {self.answer}"
        return unknown_text("announcement", in_full, f"{self.announcement} {self.text}", (), self.template)


def unknown_announcements(
    seen: AnnouncementInventory, database: Database, *, weak: bool = False
) -> Sequence[UnknownAnnouncement]:
    """All that `database` does not name, by distinct devices; with `weak` also what is named generically."""
    ranked = sorted(seen.tallies.items(), key=lambda one: (-len(one[1].senders), -one[1].count, one[0]))
    found = []
    for key, tally in ranked:
        match = database.explain_device(*key).match
        if match is None or (weak and match.label.kind == "generic"):
            answer = UNNAMED if match is None else str(match.label)
            line = f"{key.announcement} " + re.sub(r"([*?<\\])", r"\\\1", key.text)
            template = signature_file([(f"s::{UNNAMED}:::", "captures; low", [line])], "device")
            found.append(UnknownAnnouncement(*key, answer, tally.support(), template))
    return found
