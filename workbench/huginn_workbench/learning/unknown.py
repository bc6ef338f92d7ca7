"""Ranks handshake packets without a name by the number of hosts, each with its nearest signatures."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from huginn_cffi import Analyzer, Database
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.explain import NearSignature
from huginn_workbench.arguments import (
    DEFAULT,
    MAX_INVENTORY,
    MOST_INVENTORY,
    Direction,
    OnError,
    required,
    whole,
)
from huginn_workbench.core import Matcher, class_of, named_with
from huginn_workbench.learning import sightings
from huginn_workbench.learning.counting import Count, Support
from huginn_workbench.learning.evidence import OTHER_CLASS, LearningError, read_batches
from huginn_workbench.learning.generalise import Candidate, candidates, is_near
from huginn_workbench.learning.inventories import (
    AnnouncementInventory,
    HelloInventory,
    MessageInventory,
)
from huginn_workbench.learning.results import MOST_RELATIVES, PACKETS, UnknownRow, template
from huginn_workbench.learning.sightings import FilePath, PacketMember, Shown

Inventoried = HelloInventory | MessageInventory | AnnouncementInventory

_PARTS = 256
"""Packets become candidates in this many parts, since candidates need several times as much memory."""

RELATED = 10.0
"""The distance of one different option: only a nearer signature gives its class to the unknown one."""


@dataclass(frozen=True, slots=True)
class Unknown(UnknownRow):
    """A signature without a name, with the packets that show it.

    ``text`` is the value of a ``sig`` line, generalised as in `learn`; ``raw`` is the raw signature of
    one packet. ``answer`` is the database's current answer: ``???``, or with `weak` a generic or
    fuzzy name. ``relatives`` are the nearest signatures; ``template`` is a part of a signature file
    with a label to fill in.
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
    database: Database = DEFAULT,
    weak: bool = False,
    relatives: int = 3,
    max_inventory: int = MAX_INVENTORY,
    on_error: OnError | None = None,
    on_left_out: Callable[[int], object] | None = None,
    analyzer: Analyzer | None = None,
) -> list[Unknown]:
    """Handshake packets that `database` does not name, grouped if equal, sorted by distinct hosts.

    `captures` are files or folders of files. `weak` adds packets that only a generic signature or a
    fuzzy match names. Each entry has at most `relatives` (0 to 1000) nearest signatures. Entries with
    equally many hosts are sorted by packets, then by text. Pass an `analyzer` to use its filter and
    times; its database is not used.

    At most `max_inventory` different pairs of packet fields and sender are kept. Further packets are
    left out, and `on_left_out` is called with their number.

    Raises `LearningError` if the captures have no handshake packet, and `CaptureError` for a
    damaged capture; `on_error` gets this error instead.
    """
    found = ranked(captures, database, weak, relatives, max_inventory, on_error, on_left_out, analyzer)
    return found[1]


def ranked(
    captures: FilePath | Sequence[FilePath],
    database: Database,
    weak: bool,
    relatives: int,
    max_inventory: int,
    on_error: OnError | None,
    on_left_out: Callable[[int], object] | None,
    analyzer: Analyzer | None,
    others: Sequence[Inventoried] = (),
    most: int = sys.maxsize,
) -> tuple[int, list[Unknown]]:
    """The number of entries, and the first `most` entries.

    `others` collect hellos, messages and announcements in the same reading pass.
    """
    chosen = required(database)
    count = whole("relatives", relatives, 0, MOST_RELATIVES)
    limit = whole("max_inventory", max_inventory, 1, MOST_INVENTORY)
    inventory = sightings.SightingInventory(limit)

    wanted = {(NO_SIGNATURE, 0)}
    for number, one in enumerate(chosen.signatures if weak else ()):
        wanted |= {(number, flag) for flag in (0, 1) if not sightings.SignatureMatch(one, bool(flag)).certain}
    seen = False
    reader = Analyzer(chosen, uptime=False, protocols=("tcp",)) if analyzer is None else analyzer
    for batch in read_batches(captures, named_with(reader, chosen), on_error):
        seen |= inventory.add(batch, wanted)
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
    return total, [_unknown(chosen, one, count) for one in first]


def _members(tallies: dict[bytes, Count]) -> Iterator[list[PacketMember]]:
    """The packets in groups that must not be mixed. They are removed from `tallies`, which may be large.

    They are grouped part by part; all packets of a signature are in the same part.
    """
    parts: list[list[PacketMember]] = [[] for _ in range(_PARTS)]
    for packed, member in tallies.items():
        assert isinstance(member, PacketMember)
        parts[hash(Shown.packed_options(packed)) % _PARTS].append(member)
    tallies.clear()
    while parts:
        groups: dict[Hashable, list[PacketMember]] = defaultdict(list)
        for member in parts.pop():
            seen = member.shown.seen
            groups[seen.wscale, seen.payload, is_near(seen)].append(member)
        yield from groups.values()


def _unknown(database: Database, candidate: Candidate, relatives: int) -> Unknown:
    shown = max(candidate.members, key=lambda member: member.packets).shown
    explained = Matcher(database).explained(shown.seen, shown.direction, relatives)
    tally = candidate.tally
    if not is_near(shown.seen):  # without a known initial TTL the distance is unknown too
        signature = replace(candidate.signature, unreliable_ttl=True)
        candidate = replace(candidate, signature=signature)
    names = (one.name.partition(" or ")[0] for one in explained.nearest if one.distance < RELATED)
    family = next(names, "")
    return Unknown(
        direction=shown.direction,
        text=candidate.text,
        raw=str(explained.observed["signature"]),
        answer=sightings.answer(sightings.named(database, shown)),
        support=tally.support,
        years=tuple(sorted(tally.years)),
        relatives=explained.nearest,
        template=template(candidate, class_of(database, family) or OTHER_CLASS),
    )
