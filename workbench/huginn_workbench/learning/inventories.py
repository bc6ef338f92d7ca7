"""Collects ClientHellos, HTTP messages and announcements of captures, and finds those without a name.

A hello is reduced to its JA4 and stable JA4; TCP, QUIC and DTLS are treated the same. A message is reduced to
its raw signature without the software at the end, so that versions of one program count together. Names of
hosts and persons, serial numbers and similar values appear only if the analyzer shows them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from huginn_cffi import (
    Batch,
    Database,
    DeviceObservation,
    DhcpObservation,
    SignatureError,
    TlsClientObservation,
)
from huginn_cffi.explain import NearSignature
from huginn_cffi.explain.clients import explain_client
from huginn_cffi.explain.messages import Explainer, MessageHead
from huginn_workbench.arguments import Direction, whole
from huginn_workbench.core import Matcher, RowViews, explain_device
from huginn_workbench.learning.counting import Counts, Support
from huginn_workbench.learning.program_lines import template
from huginn_workbench.learning.results import MOST_RELATIVES, UNNAMED, UnknownRow
from sigcompiler.patterns import escaped

TLS_SECTION = "tls:client"


class SeenHello(NamedTuple):
    """One hello: ``host`` sent it in packet ``packet`` of ``file``. ``label`` is the client's, if known.

    A label is a name (``curl``), or the whole value of a ``label`` line (``s:!:curl:with OpenSSL 3``).
    """

    ja4: str
    ja4_stable: str
    host: str
    file: str
    packet: int
    label: str = ""


def seen_hello(rows: RowViews, row: int, label: str = "") -> SeenHello:
    """The hello of a row."""
    hello = rows.view(TlsClientObservation, row)
    return SeenHello(hello.ja4 or "", hello.ja4_stable or "", *rows.place(row), label)


class HelloInventory(Counts[str]):
    """ClientHellos counted by stable JA4 and sender, up to a limit on both together.

    ClientHellos in SSL 2.0's format have no JA4 and are skipped.
    """

    def __init__(self, limit: int = sys.maxsize) -> None:
        super().__init__(limit)
        self._ja4: dict[str, Counter[str]] = {}

    def add(self, batch: Batch) -> None:
        """Count the ClientHellos in a batch."""
        rows = RowViews(batch)
        for row in rows.hellos():
            self.add_hello(seen_hello(rows, row))

    def add_hello(self, seen: SeenHello) -> None:
        """Count one ClientHello."""
        if self.count(seen.ja4_stable, (seen.file, seen.host), seen.packet) is not None:
            self._ja4.setdefault(seen.ja4_stable, Counter())[seen.ja4] += 1

    def usual(self, ja4_stable: str) -> str:
        """The most frequent JA4 for this stable JA4."""
        seen = self._ja4[ja4_stable]
        return min(seen, key=lambda ja4: (-seen[ja4], ja4))


@dataclass(frozen=True, slots=True)
class UnknownClient(UnknownRow):
    """ClientHellos without a name. ``ja4`` is the most frequent JA4 for this stable JA4.

    ``support.packets`` counts hellos.
    """

    ja4: str
    ja4_stable: str
    answer: str
    support: Support
    relatives: tuple[NearSignature, ...]
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        return "TLS client", self.ja4


def unknown_clients(
    seen: HelloInventory, database: Database, *, weak: bool = False, relatives: int = 3
) -> list[UnknownClient]:
    """ClientHellos that `database` does not name, grouped by stable JA4 and sorted by distinct hosts.

    A host counts once in each file. `weak` adds hellos that only a generic signature names. Each has at most
    `relatives` (0 to 1000) nearest signatures. Raises `SignatureError` for an invalid JA4.
    """
    relatives = whole("relatives", relatives, 0, MOST_RELATIVES)
    found = []
    for stable, count in seen.counts.items():
        usual = seen.usual(stable)
        explained = explain_client(database, usual, stable, relatives)
        match = explained.match
        if match is None or (weak and match.kind == "generic"):
            answer = UNNAMED if match is None else match.label
            lines = template(f"s:!:{UNNAMED}:", stable, TLS_SECTION)
            found.append(UnknownClient(usual, stable, answer, count.support, explained.nearest, lines))
    return sorted(found, key=lambda one: (-one.support.hosts, -one.support.packets, one.ja4_stable))


_Key = tuple[Direction, str]


class MessageInventory(Counts[_Key]):
    """The messages of captures that `database` does not name, up to a limit on messages and senders.

    `weak` adds messages that only a generic signature names.
    """

    def __init__(self, database: Database, limit: int, *, weak: bool = False) -> None:
        super().__init__(limit)
        self.firsts: dict[_Key, tuple[str, str]] = {}
        """The raw signature of the first message, and its answer, by key."""
        self._matcher = Matcher(database)
        self._weak = weak

    def add(self, batch: Batch) -> None:
        """Count the messages in a batch."""
        rows = RowViews(batch)
        for row, direction in rows.messages():
            found = self._matcher.messages(batch, row)
            if found and not (self._weak and found[0].kind == "generic"):
                continue
            raw = rows.message(row)
            key: _Key = (direction, MessageHead.split(raw)[0])
            host, file, packet = rows.place(row)
            if self.count(key, (file, host), packet) is not None:
                self.firsts.setdefault(key, (raw, found[0].label if found else UNNAMED))


@dataclass(frozen=True, slots=True)
class UnknownMessage(UnknownRow):
    """HTTP messages without a name, from a client ("request") or a server ("response").

    ``signature`` is their common signature, ``raw`` the first message's signature with its software.
    ``support.packets`` counts messages. ``template`` is empty if no signature can have their headers.
    """

    direction: Direction
    signature: str
    raw: str
    answer: str
    support: Support
    relatives: tuple[NearSignature, ...]
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        return f"HTTP {self.direction}", self.raw


def unknown_messages(
    seen: MessageInventory, database: Database, *, relatives: int = 3, most: int
) -> Sequence[UnknownMessage]:
    """At most `most` messages, the ones with the most hosts first. A host counts once in each file.

    Each has at most `relatives` (0 to 1000) nearest signatures.
    """
    count = whole("relatives", relatives, 0, MOST_RELATIVES)
    explainer = Explainer(database)
    found = []
    for (direction, signature), tally in seen.ranked()[:most]:
        raw, answer = seen.firsts[direction, signature]
        near: tuple[NearSignature, ...] = ()
        lines = ""
        try:
            near = explainer.explain(MessageHead.read(raw, direction), count).nearest
            lines = template(f"s:!:{UNNAMED}:", signature, f"http:{direction}")
        except SignatureError:
            pass  # no signature can have this header name or so many headers; the message is shown unchanged
        found.append(UnknownMessage(direction, signature, raw, answer, tally.support, near, lines))
    return found


_DHCP6_PORT = 547


class AnnouncedText(NamedTuple):
    """A kind of announcement, in the words of signatures, and its text."""

    announcement: str
    text: str


class AnnouncementInventory(Counts[AnnouncedText]):
    """The texts that devices announce, up to a limit on texts and senders together.

    Texts are long and everybody on a link can make them up, so `MOST` of them are kept.
    """

    MOST = 50_000

    def __init__(self, limit: int) -> None:
        super().__init__(min(limit, self.MOST))

    def add(self, batch: Batch) -> None:
        """Count the announcements in a batch."""
        for row, seen, texts in announced_by(batch):
            sender = (batch.capture, seen.mac or seen.source_mac or seen.source.ip)
            for text in texts:
                self.count(text, sender, RowViews(batch).place(row)[2])


def announced_by(batch: Batch) -> Iterator[tuple[int, DeviceObservation, list[AnnouncedText]]]:
    """The rows of announcements in a batch, the announcements and their texts."""
    for row, seen in RowViews(batch).announcements():
        yield row, seen, list(dict.fromkeys(_texts(seen)))


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
class UnknownAnnouncement(UnknownRow):
    """A text without a name. ``support.packets`` counts announcements."""

    announcement: str
    text: str
    answer: str
    support: Support
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        return "announcement", f"{self.announcement} {self.text}"


def unknown_announcements(
    seen: AnnouncementInventory, database: Database, *, weak: bool = False, most: int
) -> tuple[int, Sequence[UnknownAnnouncement]]:
    """How many texts `database` does not name, and the first `most` of them, by distinct devices.

    `weak` adds texts with a generic name.
    """
    found: list[UnknownAnnouncement] = []
    count = 0
    for key, tally in seen.ranked():
        match = explain_device(database, *key).match
        if match is not None and (not weak or match.kind != "generic"):
            continue
        count += 1
        if count <= most:
            answer = UNNAMED if match is None else match.label
            line = f"{key.announcement} {escaped(key.text)}"
            lines = template(f"s::{UNNAMED}:::", line, "device")
            found.append(UnknownAnnouncement(*key, answer, tally.support, lines))
    return count, found
