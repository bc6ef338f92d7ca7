"""Finds signatures of segments, announcements and HTTP that can never lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from re import DOTALL, escape
from re import Pattern as Expression
from re import compile as expression
from typing import Generic, TypeVar

from sigcompiler.model import (
    DeviceSignature,
    HttpHeader,
    HttpSignature,
    SegmentCondition,
    SegmentSignature,
    SegmentValues,
)
from sigcompiler.patterns import Part, PartKind, Pattern
from sigcompiler.table.devices import grade_of, grouped, last_labels, number_of
from sigcompiler.table.layout import DEVICE_KEY_BYTES, DEVICE_SEARCHED_BYTES


def covered_segments(
    signatures: Sequence[SegmentSignature],
) -> Iterator[tuple[SegmentSignature, SegmentSignature]]:
    """Each signature that an earlier one covers, with the first such signature."""
    for number, signature in enumerate(signatures):
        for cover in signatures[:number]:
            if _covers(cover, signature):
                yield signature, cover
                break


def _covers(cover: SegmentSignature, signature: SegmentSignature) -> bool:
    """Whether `signature` implies each condition of `cover`."""
    return all(any(_implies(own, asked) for own in signature.conditions) for asked in cover.conditions)


def _implies(own: SegmentCondition, asked: SegmentCondition) -> bool:
    if (own.feature, own.negated) != (asked.feature, asked.negated):
        return False
    inner, outer = (asked, own) if own.negated else (own, asked)
    return all(any(_lies_in(one, other) for other in outer.values) for one in inner.values)


def _lies_in(one: SegmentValues, other: SegmentValues) -> bool:
    is_inside = other.first <= one.first and one.last <= other.last
    return is_inside and one.multiple % other.multiple == 0


_HOLE = b"\x01"
_EXPRESSIONS = {PartKind.ANY: b".*", PartKind.CAPTURE: b".+"}


def covered_patterns(signatures: Sequence[DeviceSignature]) -> Iterator[tuple[int, int]]:
    """Pairs of numbers: a signature that never leads, and a signature that covers it."""
    groups = grouped(signatures)
    for number, signature in enumerate(signatures):
        own = grade_of(number, signature)
        text = b"".join(map(_sample_of, signature.pattern.parts))
        kind = int(signature.announcement)
        found = (grade for key in _keys(kind, text) for grade in groups.get(key, ()) if grade < own)
        for grade in sorted(found):
            leader = number_of(grade)
            if _expression(signatures[leader].pattern).fullmatch(text):
                yield number, leader
                break


def _keys(kind: int, text: bytes) -> Iterator[tuple[int, bool, bytes]]:
    yield kind, False, last_labels(text)
    for length in range(min(len(text), DEVICE_KEY_BYTES) + 1):
        yield kind, False, text[:length]
    for at in range(len(text)):
        for length in DEVICE_SEARCHED_BYTES:
            yield kind, True, text[at : at + length]


def _sample_of(part: Part) -> bytes:
    if part.kind is PartKind.LITERAL:
        return part.text
    return b"a" * part.number if part.kind is PartKind.CHARACTERS else _HOLE


@lru_cache(maxsize=4096)
def _expression(pattern: Pattern) -> Expression[bytes]:
    return expression(b"".join(_expression_of(part) for part in pattern.parts), DOTALL)


def _expression_of(part: Part) -> bytes:
    if part.kind is PartKind.LITERAL:
        return escape(part.text)
    if part.kind is PartKind.CHARACTERS:
        return b"[a-z0-9]{%d}" % part.number
    return _EXPRESSIONS[part.kind]


MOST_COMPARED = 200
"""Limit of comparisons per header name, because a file may have any number of similar signatures."""


T = TypeVar("T")


class NameIndex(Generic[T]):
    """An index of items by sets of names. Names that are not in `frequency` count as rare.

    `most` limits the items that `within` compares for each name.
    """

    def __init__(self, frequency: Mapping[str, int], most: int | None = None) -> None:
        self._frequency, self._most = frequency, most
        self._things: list[tuple[Set[str], T]] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_rarest: dict[str, list[int]] = {}

    def add(self, names: Set[str], thing: T) -> None:
        """Add an item with its names."""
        number = len(self._things)
        self._things.append((names, thing))
        for name in names:
            self._by_name.setdefault(name, []).append(number)
        rarest = min(names, default="", key=lambda name: (self._frequency.get(name, 0), name))
        self._by_rarest.setdefault(rarest, []).append(number)

    def having(self, names: Set[str]) -> Iterator[T]:
        """Items whose names include all of `names`, in order of addition."""
        numbers = min((self._by_name.get(name, []) for name in names), key=len, default=None)
        for own, thing in self._things if numbers is None else (self._things[one] for one in numbers):
            if names <= own:
                yield thing

    def within(self, names: Set[str]) -> Iterator[T]:
        """Items whose names are all in `names`, in order of addition."""
        numbers = sorted(one for name in ("", *names) for one in self._by_rarest.get(name, ())[: self._most])
        for own, thing in (self._things[one] for one in numbers):
            if own <= names:
                yield thing


def covered(signatures: Sequence[HttpSignature]) -> Iterator[tuple[int, int]]:
    """Pairs of numbers: a signature, and the first better one that covers it."""
    needs = [needed_headers(signature) for signature in signatures]
    better: NameIndex[int] = NameIndex(Counter(name for names in needs for name in names), MOST_COMPARED)
    for number in sorted(range(len(signatures)), key=lambda one: (signatures[one].label.generic, one)):
        found = (one for one in better.within(needs[number]) if covers(signatures[one], signatures[number]))
        if (leader := next(found, None)) is not None:
            yield number, leader
        better.add(needs[number], number)


def covers(one: HttpSignature, other: HttpSignature) -> bool:
    """Whether `one` fits all heads that `other` fits, if no head repeats a header name."""
    absent = {name.lower() for name in other.absent}
    if one.label.section is not other.label.section or one.version not in (None, other.version):
        return False
    if not {name.lower() for name in one.absent} <= absent:
        return False
    at = 0
    for header in one.headers:
        found = _find(other.headers, header.name, at)
        if found is None:
            if (
                header.optional
                and header.name.lower() in absent
                and _find(other.headers, header.name, 0) is None
            ):
                continue
            return False
        wanted = other.headers[found]
        if (wanted.optional and not header.optional) or (header.value or "") not in (wanted.value or ""):
            return False
        at = found + 1
    return True


def needed_headers(signature: HttpSignature) -> set[str]:
    """The required headers. A signature can only cover signatures that require all of its own headers."""
    return {header.name.lower() for header in signature.headers if not header.optional}


def _find(headers: Sequence[HttpHeader], name: str, at: int) -> int | None:
    lowered = name.lower()
    return next((i for i in range(at, len(headers)) if headers[i].name.lower() == lowered), None)
