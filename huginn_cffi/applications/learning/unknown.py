"""What no signature names, ranked by how many hosts send it, each with its nearest relatives."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import TYPE_CHECKING

from huginn_cffi.analysis.analyzer import Analyzer, OnError
from huginn_cffi.applications.learning.counting import Count, Support
from huginn_cffi.applications.learning.evidence import OTHER_CLASS, LearningError, classes, read_batches
from huginn_cffi.applications.learning.generalise import Candidate, PacketMember, candidates, is_near
from huginn_cffi.applications.learning.results import MOST_RELATIVES, PACKETS, UnknownRow, template
from huginn_cffi.applications.learning.sightings import (
    FilePath,
    Shown,
    SightingInventory,
    answer,
    named,
)
from huginn_cffi.base import arguments
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.database.database import Database
from huginn_cffi.database.defaults import DEFAULT, Default, required
from huginn_cffi.explain.explanation import NearSignature
from huginn_cffi.explain.handshakes import explain_observation
from huginn_cffi.signatures.signatures import Direction

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.inventories import (
        AnnouncementInventory,
        HelloInventory,
        MessageInventory,
    )

    Inventoried = HelloInventory | MessageInventory | AnnouncementInventory

_PARTS = 256
"""Candidates take several times the memory of packets, and are made for one part at a time."""

RELATED = 10.0
"""Points of difference below which a signature is so near that its class is taken over: less than
one option."""


@dataclass(frozen=True, slots=True)
class Unknown(UnknownRow):
    """A signature that nothing names, with the packets that show it.

    ``text`` is the value of a ``sig`` line, general as `learn` makes it; ``raw`` what one of its
    packets shows. ``answer`` is what the database says now: ``???``, or the generic or fuzzy
    name where weak ones were asked for. ``relatives`` are the nearest signatures; ``template`` is
    a piece of a signature file in which the label is to be filled in.
    """

    direction: Direction
    text: str
    raw: str
    answer: str
    support: Support
    years: tuple[int, ...]
    relatives: tuple[NearSignature, ...]
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        return PACKETS[self.direction], self.raw


def unknown(
    captures: FilePath | Sequence[FilePath],
    *,
    database: Database | Default = DEFAULT,
    weak: bool = False,
    relatives: int = 3,
    max_inventory: int = MAX_INVENTORY,
    on_error: OnError | None = None,
    on_left_out: Callable[[int], object] | None = None,
    analyzer: Analyzer | None = None,
) -> list[Unknown]:
    """The handshake packets that `database` does not name, equal ones together, by distinct hosts.

    `captures` are files or folders of them. `weak` takes those in, too, that only a generic
    signature or a fuzzy match names. At most `relatives` (0 to 1000) nearest signatures are given
    for each. Among equals the one with more packets comes first, then the order of the text. `analyzer`
    is for who wants only some packets, by its filter and times; its database is not asked.

    What packets show and who sends it is kept for `max_inventory` pairs; packets beyond are left out, and
    `on_left_out` is called with their number when there are any.

    Raises `LearningError` when the captures hold no handshake packet, and `CaptureError` for a
    damaged capture unless there is `on_error`, which is then called with the error.
    """
    found = ranked(captures, database, weak, relatives, max_inventory, on_error, on_left_out, analyzer)
    return found[1]


def ranked(
    captures: FilePath | Sequence[FilePath],
    database: Database | Default,
    weak: bool,
    relatives: int,
    max_inventory: int,
    on_error: OnError | None,
    on_left_out: Callable[[int], object] | None,
    analyzer: Analyzer | None,
    others: Sequence[Inventoried] = (),
    most: int = sys.maxsize,
) -> tuple[int, list[Unknown]]:
    """Their number, and the first `most` of them.

    `others` take hellos, messages and announcements of the same reading.
    """
    chosen = required(database)
    count = arguments.whole("relatives", relatives, 0, MOST_RELATIVES)
    inventory = SightingInventory(arguments.whole("max_inventory", max_inventory, 1, arguments.MAX_U32))

    def wanted(shown: Shown) -> bool:
        match = named(chosen, shown)
        return match is None or (weak and not match.certain)

    seen = 0
    for batch in read_batches(captures, analyzer, on_error, protocols=("tcp",)):
        seen += inventory.add(batch, wanted)
        for other in others:
            other.add(batch)
    if not seen and not any(other.counts for other in others):
        raise LearningError("the captures hold no SYN and no SYN+ACK")
    if inventory.left_out and on_left_out is not None:
        on_left_out(inventory.left_out)
    total = 0

    def found() -> Iterator[Candidate]:
        nonlocal total
        for own in _members(inventory.counts):
            total += len(made := candidates(own))
            yield from made

    first = nsmallest(most, found(), key=lambda one: (one.rank, one.members[0].shown.direction, one.text))
    os_classes = classes(chosen.signatures)
    return total, [_unknown(chosen, one, os_classes, count) for one in first]


def _members(tallies: dict[bytes, Count]) -> Iterator[list[PacketMember]]:
    """The packets, grouped by what must not be mixed. They are taken out of `tallies`, which may be large.

    They are unpacked part by part. The packets of a signature are in one part.
    """
    parts: list[list[bytes]] = [[] for _ in range(_PARTS)]
    for packed in tallies:
        parts[hash(Shown.packed_options(packed)) % _PARTS].append(packed)
    while parts:
        groups: dict[Hashable, list[PacketMember]] = defaultdict(list)
        for packed in parts.pop():
            shown = Shown.unpacked(packed)
            seen = shown.seen
            group = groups[seen.wscale, seen.payload, is_near(seen)]
            group.append(PacketMember(shown, tallies.pop(packed)))
        yield from groups.values()


def _unknown(database: Database, candidate: Candidate, os_classes: dict[str, str], relatives: int) -> Unknown:
    shown = max(candidate.members, key=lambda member: member.tally.packets).shown
    explained = explain_observation(database, shown.native, relatives)
    tally = candidate.tally
    if not is_near(shown.seen):  # no initial TTL is known, so that the distance is not either
        signature = replace(candidate.signature, unreliable_ttl=True)
        candidate = replace(candidate, signature=signature)
    names = (one.name.partition(" or ")[0] for one in explained.nearest if one.distance < RELATED)
    family = next(names, "")
    return Unknown(
        direction=shown.direction,
        text=candidate.text,
        raw=str(explained.observed["signature"]),
        answer=answer(named(database, shown)),
        support=tally.support,
        years=tuple(sorted(tally.years)),
        relatives=explained.nearest,
        template=template(candidate, os_classes.get(family, OTHER_CLASS)),
    )
