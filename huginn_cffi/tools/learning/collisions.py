"""Whether a line may be proposed: it must take no packet from another family, and hide no line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from huginn_cffi.labels.families import family_names
from huginn_cffi.tools.learning.generalise import NOWHERE
from huginn_cffi.tools.learning.known import database_of, fits, place_of, wanted_of, warnings_of
from huginn_cffi.tools.learning.sightings import Tally, named
from sigcompiler.overlap import overlap

if TYPE_CHECKING:
    from huginn_cffi.database import Database
    from huginn_cffi.tools.learning.generalise import Candidate, Member
    from sigcompiler.model import TcpSignature

TOLERANCE = 10
"""One wrong label among so many hosts does not refuse a line."""


class Neighbours:
    """The lines that are there already and the labelled packets of all families."""

    def __init__(
        self, base: Sequence[TcpSignature], members: dict[str, list[Member]], database: Database
    ) -> None:
        self._base = list(base)
        self._database = database
        self._learned: list[TcpSignature] = []
        self._members = members
        self._warned = set(warnings_of(self._base))

    @property
    def signatures(self) -> list[TcpSignature]:
        """All lines, the accepted ones after those that were there."""
        return self._base + self._learned

    def accept(self, signature: TcpSignature) -> None:
        """Take in a line that is to be proposed."""
        self._learned.append(signature)

    def objection(self, candidate: Candidate, family: str) -> str:
        """Why the line cannot be proposed, in words; empty when nothing speaks against it."""
        return (
            self._line_of_another_family(candidate.signature, family)
            or self._generic_line(candidate.signature)
            or self._hosts_of_another_family(candidate, family)
            or self._warning(candidate.signature)
        )

    def _line_of_another_family(self, signature: TcpSignature, family: str) -> str:
        """A generic line of another family is wider by its nature, so it may be narrowed."""
        own = set(family_names(family))
        for other in self._base + self._learned:
            if other.label.generic or own.intersection(family_names(other.label.name)):
                continue
            if overlap(signature, other):
                name = place_of(other) if other.place.line else f"a line learned for {other.label.name}"
                return f"{name} describes the same packets"
        return ""

    def _generic_line(self, signature: TcpSignature) -> str:
        """A generic line that says as much about window, scale and MSS; its name is what can be said."""
        for other in self._base:
            if other.label.generic and _values(other) == _values(signature) and overlap(signature, other):
                return f"{place_of(other)} is as narrow, so that no version can be told by this"
        return ""

    def _hosts_of_another_family(self, candidate: Candidate, family: str) -> str:
        own = set(family_names(family))
        wanted = wanted_of(candidate.signature)
        direction = candidate.members[0].shown.direction
        alone = database_of([candidate.signature])
        for other, members in self._members.items():
            if own.intersection(family_names(other)):
                continue
            same = (
                m
                for m in members
                if m.shown.direction == direction
                and (fits(wanted, m.shown.seen) or self._comes_near(alone, m))
            )
            tally = _total(same)
            if tally.hosts * TOLERANCE > candidate.tally.hosts:
                sender = min(tally.senders)
                return (
                    f"{tally.hosts} host{'' if tally.hosts == 1 else 's'} labelled {other} sent the same: "
                    f"{sender.file}, packet {tally.senders[sender]}"
                )
        return ""

    def _comes_near(self, alone: Database, member: Member) -> bool:
        """Whether the line fits a packet at least fuzzily that no line fits exactly as yet."""
        if named(alone, member.shown) is None:
            return False
        match = named(self._database, member.shown)
        return match is None or match.fuzzy

    def _warning(self, signature: TcpSignature) -> str:
        """What the compiler would say, whether the new lines come after the others or before them."""
        learned = [*self._learned, signature]
        for together in (self._base + learned, learned + self._base):
            new = [text for text in warnings_of(together) if text not in self._warned]
            if new:
                return f"the compiler would warn: {new[0].replace(f'{NOWHERE.file}:0', NOWHERE.file)}"
        return ""


def _values(signature: TcpSignature) -> tuple[object, ...]:
    return signature.window, signature.wscale, signature.mss


def _total(members: Iterable[Member]) -> Tally:
    found = Tally()
    for member in members:
        found.merge(member.tally)
    return found
