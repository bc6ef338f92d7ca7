"""What one signature answers to a packet once everything but TTL and soft quirks fits.

Mirrors `grade` in `csrc/database/table.c`, for the runs that are resolved at compile time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sigcompiler.table.layout import (
    GRADE_FUZZY,
    GRADE_GENERIC,
    GRADE_SHIFT,
    GRADE_SPECIFIC,
    MEMBER_EXACT_TTL,
    MEMBER_GENERIC,
    MEMBER_UNRELIABLE_TTL,
    MEMBER_USERLAND,
    NO_INDEX,
)
from sigcompiler.vocabulary import FUZZY_GAINED, FUZZY_LOST, MAX_DISTANCE, SOFT_QUIRKS

MAX_TTL = 255
SOFT_COMBINATIONS = int(SOFT_QUIRKS) + 1


@dataclass(frozen=True, slots=True)
class GradeMember:
    """A signature in a run of signatures with one key."""

    priority: int
    soft: int
    ittl: int
    flags: int

    @property
    def exact_grade(self) -> int:
        """The grade of an exact fit."""
        kind = GRADE_GENERIC if self.flags & MEMBER_GENERIC else GRADE_SPECIFIC
        return kind << GRADE_SHIFT | self.priority

    @property
    def fuzzy_grade(self) -> int:
        """The grade of a fuzzy fit; userland tools are never named fuzzily."""
        return NO_INDEX if self.flags & MEMBER_USERLAND else GRADE_FUZZY << GRADE_SHIFT | self.priority

    def spans(self, soft: int) -> Iterable[tuple[int, int, int]]:
        """Grade and first and last TTL, for packets with these soft quirks."""
        unreliable, exact = self.flags & MEMBER_UNRELIABLE_TTL, self.flags & MEMBER_EXACT_TTL
        nearest = 0 if unreliable else max(0, self.ittl - MAX_DISTANCE)
        if soft == self.soft:
            yield self.exact_grade, nearest, self.ittl
            yield self.fuzzy_grade, 0, -1 if unreliable or exact else MAX_TTL
        elif not (self.soft & ~soft & ~int(FUZZY_LOST) or soft & ~self.soft & ~int(FUZZY_GAINED)):
            yield self.fuzzy_grade, nearest if exact else 0, self.ittl if unreliable or exact else MAX_TTL


def resolve(members: Iterable[GradeMember], soft: int) -> list[tuple[int, int]]:
    """For packets with these soft quirks: (last TTL, grade) of each interval, covering 0 to 255."""
    best = [NO_INDEX] * (MAX_TTL + 1)
    spans = sorted(span for member in members for span in member.spans(soft) if span[0] != NO_INDEX)
    unset = len(best)
    for grade, first, last in spans:
        if unset == 0:
            break
        for ttl in range(first, last + 1):
            if best[ttl] == NO_INDEX:
                best[ttl] = grade
                unset -= 1
    ends = [ttl for ttl in range(MAX_TTL) if best[ttl] != best[ttl + 1]] + [MAX_TTL]
    return [(ttl, best[ttl]) for ttl in ends]
