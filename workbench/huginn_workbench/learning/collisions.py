"""Checks whether a line may be proposed: it must not take packets of another family, or hide a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Generic, TypeVar

from huginn_cffi import Database, Signature
from huginn_workbench import core
from huginn_workbench.learning.counting import Count
from huginn_workbench.learning.generalise import NOWHERE, Candidate
from huginn_workbench.learning.sightings import PacketMember, named
from huginn_workbench.overlap import overlap
from huginn_workbench.wording import counted
from sigcompiler.claims.flavors import family_names, label_text
from sigcompiler.collector import Collector
from sigcompiler.lint import lint
from sigcompiler.model import LabelLine, Place, Section, SignatureFile, TcpSignature
from sigcompiler.shadowing import Groups, ShadowEntry
from sigcompiler.vocabulary import Direction, WindowKind


def tcp_signatures(database: Database) -> list[TcpSignature]:
    """The TCP signatures of a database, in the order of their priority."""
    labels: dict[tuple[str, int], LabelLine] = {}
    return [_parsed(one, labels) for one in database.signatures if one.section.startswith("tcp:")]


def database_of(signatures: Sequence[TcpSignature]) -> Database:
    """A database with only these signatures, in this order."""
    labels = list({id(one.label): one.label for one in signatures}.values())
    places = [one.place for one in signatures] + [label.place for label in labels]
    files = dict.fromkeys(place.file for place in places)
    model = SignatureFile(files=list(files), labels=labels, tcp=list(signatures))
    return core.database_of(model)


def warnings_of(signatures: Sequence[TcpSignature]) -> list[str]:
    """The compiler's warnings about covered lines."""
    collector = Collector()
    lint(SignatureFile(tcp=list(signatures)), collector)
    return [f"{item.file}:{item.line}: {item.message}" for item in collector.finish()]


def place_of(signature: TcpSignature) -> str:
    """The place of a signature and its label: ``30-linux.fp:22 (Linux 4.19-6.15)``."""
    label = signature.label
    name = label_text(label.name, label.flavor)
    return f"{signature.place.file}:{signature.place.line} ({name})"


def _parsed(signature: Signature, labels: dict[tuple[str, int], LabelLine]) -> TcpSignature:
    own = signature
    section = Section.TCP_RESPONSE if signature.direction == "response" else Section.TCP_REQUEST
    label = labels.setdefault(
        (own.file, own.label_line),
        LabelLine(
            Place(own.file, own.label_line, 1),
            section,
            own.name,
            own.flavor,
            generic=own.kind == "generic",
            userland=own.userland,
            os_class=own.os_class,
            systems=own.systems,
        ),
    )
    from huginn_cffi.explain.reading import read_signature
    from sigcompiler.reading.signatures import build_tcp

    place = Place(signature.file, signature.line, signature.column)
    parsed = read_signature(signature.text, section, build_tcp)
    return replace(parsed, place=place, label=label, provenance=signature.provenance)


TOLERANCE = 10
"""A line tolerates one host labelled with another family per this many own hosts."""


Item = TypeVar("Item")


class _LayoutIndex(Generic[Item]):
    """Items in order of addition, by option layout and window; the window None stands for several windows."""

    def __init__(self) -> None:
        self._by_layout: dict[Hashable, list[Item]] = defaultdict(list)
        self._by_window: dict[tuple[Hashable, int | None], list[tuple[int, Item]]] = defaultdict(list)

    def add(self, layout: Hashable, window: int | None, item: Item) -> None:
        self._by_window[layout, window].append((len(self._by_layout[layout]), item))
        self._by_layout[layout].append(item)

    def near(self, layout: Hashable, window: int | None = None) -> list[Item]:
        """The items that may share packets with this window; two different windows never do."""
        if window is None:
            return self._by_layout[layout]
        found = self._by_window[layout, None] + self._by_window[layout, window]
        return [item for _, item in sorted(found, key=itemgetter(0))]


class _SignatureLines:
    """Signatures in order of addition, indexed by the fields that signatures of the same packets share."""

    def __init__(self) -> None:
        self._index: _LayoutIndex[TcpSignature] = _LayoutIndex()
        self._groups = Groups()

    def add(self, signature: TcpSignature) -> None:
        self._index.add(*_layout_and_window(signature), signature)
        for _, group in self._groups.of(signature):
            group.specific.add(ShadowEntry(0, signature))

    def near(self, signature: TcpSignature) -> list[TcpSignature]:
        """Signatures that may fit the same packet."""
        return self._index.near(*_layout_and_window(signature))

    def comparable(self, signature: TcpSignature) -> list[TcpSignature]:
        """Signatures with the same layout; only these can cover the signature or be covered by it."""
        return self._index.near(_layout_and_window(signature)[0])

    def covers(self, signature: TcpSignature) -> bool:
        """Whether an added signature covers this one, if only for one IP version or only for near packets."""
        entry = ShadowEntry(0, signature)
        return any(
            found is not None
            for version, group in self._groups.of(signature)
            for found in group.specific.covering(entry, version)
        )


def _layout_and_window(signature: TcpSignature) -> tuple[Hashable, int | None]:
    response = signature.direction == Direction.RESPONSE
    window = signature.window.value if signature.window.kind == WindowKind.LITERAL else None
    return (response, signature.olen, bytes(signature.options), signature.eol_pad), window


class Neighbours:
    """The existing lines and the labelled packets of all families."""

    def __init__(
        self, base: Sequence[TcpSignature], members: dict[str, list[PacketMember]], database: Database
    ) -> None:
        self._base = list(base)
        self._database = database
        self._learned: list[TcpSignature] = []
        self._base_lines, self._learned_lines = _SignatureLines(), _SignatureLines()
        for signature in base:
            self._base_lines.add(signature)
        self._packets: _LayoutIndex[tuple[str, PacketMember]] = _LayoutIndex()
        for family, member in ((family, one) for family, own in members.items() for one in own):
            direction, seen = member.shown
            layout = (direction == "response", seen.olen, bytes(seen.options), seen.eol_pad)
            self._packets.add(layout, seen.window, (family, member))
        self._warned = set(warnings_of(self._base))

    @property
    def signatures(self) -> list[TcpSignature]:
        """All lines: existing lines first, then accepted ones."""
        return self._base + self._learned

    def accept(self, signature: TcpSignature) -> None:
        """Add a line that will be proposed."""
        self._learned.append(signature)
        self._learned_lines.add(signature)

    def objection(self, candidate: Candidate, family: str) -> str:
        """The reason why the line cannot be proposed, in words; empty if it can."""
        return (
            self._line_of_another_family(candidate.signature, family)
            or self._generic_line(candidate.signature)
            or self._hosts_of_another_family(candidate, family)
            or self._warning(candidate.signature)
        )

    def _line_of_another_family(self, signature: TcpSignature, family: str) -> str:
        """Object if a specific line of another family fits too; a generic one is wide and may be narrowed."""
        own = set(family_names(family))
        for other in self._base_lines.near(signature) + self._learned_lines.near(signature):
            if other.label.generic or own.intersection(family_names(other.label.name)):
                continue
            if overlap(signature, other):
                name = place_of(other) if other.place.line else f"a line learned for {other.label.name}"
                return f"{name} describes the same packets"
        return ""

    def _generic_line(self, signature: TcpSignature) -> str:
        """Object if a generic line has the same window, scale and MSS: then no version follows from them."""
        for other in self._base_lines.near(signature):
            if other.label.generic and _values(other) == _values(signature) and overlap(signature, other):
                return f"{place_of(other)} is as narrow, so no version follows from this"
        return ""

    def _hosts_of_another_family(self, candidate: Candidate, family: str) -> str:
        own = set(family_names(family))
        alone = database_of([candidate.signature])
        packets = self._packets.near(*_layout_and_window(candidate.signature))
        for other, members in groupby(packets, key=itemgetter(0)):
            if own.intersection(family_names(other)):
                continue
            tally = Count()
            for _, member in members:
                if self._would_name(alone, member):
                    tally.merge(member)
            if tally.hosts * TOLERANCE > candidate.tally.hosts:
                return (
                    f"{counted(tally.hosts, 'host')} labelled {other} sent the same: {tally.support.example}"
                )
        return ""

    def _would_name(self, alone: Database, member: PacketMember) -> bool:
        """Whether the line would name a packet; a fuzzy fit counts only if no existing line fits exactly."""
        match = named(alone, member.shown)
        if match is not None and match.fuzzy:
            known = named(self._database, member.shown)
            return known is None or known.fuzzy
        return match is not None

    def _warning(self, signature: TcpSignature) -> str:
        """The compiler's warning if the new lines come after the others, or before them."""
        if not self._is_involved(signature):
            return ""
        base = self._base_lines.comparable(signature)
        learned = [*self._learned_lines.comparable(signature), signature]
        for together in (base + learned, learned + base):
            new = [text for text in warnings_of(together) if text not in self._warned]
            if new:
                return f"the compiler would warn: {new[0].replace(f'{NOWHERE.file}:0', NOWHERE.file)}"
        return ""

    def _is_involved(self, signature: TcpSignature) -> bool:
        """Whether another line covers this one at least in part, or the reverse; else there is no warning."""
        if self._base_lines.covers(signature) or self._learned_lines.covers(signature):
            return True
        alone = _SignatureLines()
        alone.add(signature)
        return any(alone.covers(other) for other in self._base_lines.comparable(signature))


_values = attrgetter("window", "wscale", "mss")
