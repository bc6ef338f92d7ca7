"""What devices announce and no signature names.

Names of hosts and persons, serial numbers and the like are here only if the analyzer shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from huginn_cffi.applications.learning.counting import Counts, Support
from huginn_cffi.applications.learning.program_lines import template
from huginn_cffi.applications.learning.results import UnknownRow
from huginn_cffi.applications.learning.writing import UNNAMED
from huginn_cffi.database.database import Database
from huginn_cffi.engine.batch import Batch
from huginn_cffi.results.devices import ANNOUNCEMENTS, DeviceObservation, DhcpObservation
from huginn_cffi.results.views import view
from sigcompiler.patterns import escaped
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS

_DHCP6_PORT = 547


class AnnouncedText(NamedTuple):
    """A kind of announcement, as signatures name it, and what is announced."""

    announcement: str
    text: str


class AnnouncementInventory(Counts[AnnouncedText]):
    """The texts that devices announce, up to a limit of them and their senders together."""

    def add(self, batch: Batch) -> None:
        """Count the announcements in a batch."""
        for seen, texts in announced_by(batch):
            sender = (batch.capture, seen.mac or seen.source_mac or seen.source.ip)
            packet = batch._cells.packet_number[seen._row] - batch.packets_before
            for text in texts:
                self.count(text, sender, packet)


def announced_by(batch: Batch) -> Iterator[tuple[DeviceObservation, list[AnnouncedText]]]:
    """The announcements in a batch and their texts."""
    for row in batch.devices["row"]:
        seen = view(ANNOUNCEMENTS[batch._cells.event[row]], batch, row)
        yield seen, list(dict.fromkeys(_texts(seen)))


def _texts(seen: DeviceObservation) -> Iterator[AnnouncedText]:
    if not isinstance(seen, DhcpObservation):
        for one in getattr(seen, "announced", ()):
            kind, _, text = one.partition(" ")
            if kind in ANNOUNCEMENT_WORDS:  # what ARP and routers say, no signature names
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
class UnknownAnnouncement(UnknownRow):
    """A text that nothing names. ``support.packets`` counts announcements.

    ``answer`` is what the database says now: ``???``, or the generic name where weak ones were asked for.
    ``template`` is a signature file whose label is to be filled in.
    """

    announcement: str
    text: str
    answer: str
    support: Support
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        return "announcement", f"{self.announcement} {self.text}"


def unknown_announcements(
    seen: AnnouncementInventory, database: Database, *, weak: bool = False
) -> Sequence[UnknownAnnouncement]:
    """All that `database` does not name, by distinct devices; with `weak` also what is named generically."""
    ranked = sorted(seen.counts.items(), key=lambda one: (one[1].rank, one[0]))
    found = []
    for key, tally in ranked:
        match = database.explain_device(*key).match
        if match is None or (weak and match.label.kind == "generic"):
            answer = UNNAMED if match is None else str(match.label)
            line = f"{key.announcement} {escaped(key.text)}"
            lines = template(f"s::{UNNAMED}:::", line, "device")
            found.append(UnknownAnnouncement(*key, answer, tally.support, lines))
    return found
