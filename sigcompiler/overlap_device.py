"""Finds patterns of devices that never win, because a better one always fits too.

A pattern covers another one when it fits that one's text, with a character that no literal text has in the
place of each ``*`` and capture: only ``*`` and captures of the first take that character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import DOTALL, escape
from re import Pattern as Expression
from re import compile as expression

from sigcompiler.model import DeviceSignature
from sigcompiler.patterns import Part, PartKind, Pattern
from sigcompiler.table.devices import grade_of, grouped, number_of
from sigcompiler.table.layout import DEVICE_KEY_BYTES, DEVICE_SEARCHED_BYTES

_HOLE = b"\x01"
_EXPRESSIONS = {PartKind.ANY: b".*", PartKind.CAPTURE: b".+"}


def covered_patterns(signatures: Sequence[DeviceSignature]) -> Iterator[tuple[int, int]]:
    """The numbers of signatures that never lead, each with that of one that covers it."""
    groups = grouped(signatures)
    for number, signature in enumerate(signatures):
        own = grade_of(number, signature)
        text = _sample(signature.pattern)
        kind = int(signature.announcement)
        found = (grade for key in _keys(kind, text) for grade in groups.get(key, ()) if grade < own)
        for grade in sorted(found):
            leader = number_of(grade)
            if _expression(signatures[leader].pattern).fullmatch(text):
                yield number, leader
                break


def _keys(kind: int, text: bytes) -> Iterator[tuple[int, bool, bytes]]:
    for length in range(min(len(text), DEVICE_KEY_BYTES) + 1):
        yield kind, False, text[:length]
    for at in range(len(text)):
        for length in DEVICE_SEARCHED_BYTES:
            yield kind, True, text[at : at + length]


def _sample(pattern: Pattern) -> bytes:
    return b"".join(_sample_of(part) for part in pattern.parts)


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
