r"""Patterns for announcements of devices: literal text, ``*``, ``?`` and captures such as ``<model>``.

A pattern describes a whole text and ignores the case of ASCII letters:

- ``*`` is any text, including none;
- ``?`` is one ASCII letter or digit;
- ``<type>``, ``<manufacturer>``, ``<model>``, ``<system>`` and ``<version>`` capture text as a value, and
  ``<suffix>`` captures text that values of the label can include.
  A capture ends at the first occurrence of the literal text after it. Before ``*`` it is one word: it ends at
  a blank or one of ``,;/()``, and ``<version>`` is a digit and further letters, digits, dots and underscores.
  A ``<version>`` also ends before a blank, comma or semicolon;
- ``\`` removes the special meaning of ``* ? < \``.

Only literal text or the end may follow ``*`` or a capture; ``*`` may also follow a capture. Therefore a text
is compared in one pass (`csrc/announcements/match.c`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from sigcompiler.vocabulary import DEVICE_CAPTURES, MAX_PARTS, MAX_TEXT

SHORTEST_SEARCHED = 3
"""Least number of literal characters after a ``*`` at the start of a pattern."""


class PartKind(IntEnum):
    """Kinds of parts in a pattern."""

    LITERAL = 0
    ANY = 1
    CHARACTERS = 2
    CAPTURE = 3


class Part(NamedTuple):
    """A part: ``text`` is in lower case; ``number`` is a count of characters, or identifies a capture."""

    kind: PartKind
    text: bytes = b""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """The parts of a pattern, and the text for its look-up."""

    parts: tuple[Part, ...]

    @property
    def searched(self) -> bool:
        """Whether it begins with ``*``, so that it is searched everywhere in a text."""
        return self.parts[0].kind is PartKind.ANY and len(self.parts) > 1

    @property
    def start(self) -> bytes:
        """The literal text at its start, or after a ``*`` at its start."""
        first = self.parts[1 if self.searched else 0]
        return first.text if first.kind is PartKind.LITERAL else b""

    @property
    def weight(self) -> int:
        """Bytes of literal text plus number of ``?``. Among fitting patterns, the one with the most leads."""
        return sum(len(p.text) + (p.number if p.kind is PartKind.CHARACTERS else 0) for p in self.parts)

    @property
    def captured(self) -> frozenset[str]:
        """The names from `DEVICE_CAPTURES` that it captures."""
        return frozenset(DEVICE_CAPTURES[p.number] for p in self.parts if p.kind is PartKind.CAPTURE)


class PatternError(ValueError):
    """A pattern with an error; ``offset`` is the position of the error."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


_CAPTURES = {name: number for number, name in enumerate(DEVICE_CAPTURES)}


def parse_pattern(text: str) -> Pattern:
    """Read a pattern. Raises `PatternError`."""
    parts: list[Part] = []
    offsets: list[int] = []
    at = 0
    while at < len(text):
        part, end = _part(text, at)
        if parts and parts[-1].kind is part.kind is PartKind.LITERAL:
            parts[-1] = Part(PartKind.LITERAL, parts[-1].text + part.text)
        elif parts and parts[-1].kind is part.kind is PartKind.CHARACTERS:
            parts[-1] = Part(PartKind.CHARACTERS, b"", parts[-1].number + 1)
        else:
            parts.append(part)
            offsets.append(at)
        at = end
    _check(parts, offsets)
    return Pattern(tuple(parts))


def escaped(text: str) -> str:
    """The pattern that fits only this text."""
    return re.sub(r"([*?<\\])", r"\\\1", text)


def _part(text: str, at: int) -> tuple[Part, int]:
    character = text[at]
    if character == "*":
        return Part(PartKind.ANY), at + 1
    if character == "?":
        return Part(PartKind.CHARACTERS, b"", 1), at + 1
    if character == "<":
        end = text.find(">", at)
        name = text[at + 1 : end] if end > 0 else text[at + 1 :]
        if end < 0 or name not in _CAPTURES:
            hint = (
                "captures are "
                + ", ".join(f"<{known}>" for known in _CAPTURES)
                + r"; write \< for the character"
            )
            raise PatternError(at, f"there is no capture <{name[:20]}>", hint)
        return Part(PartKind.CAPTURE, b"", _CAPTURES[name]), end + 1
    if character == "\\":
        if text[at + 1 : at + 2] not in tuple("*?<\\"):
            raise PatternError(at, "a backslash before an ordinary character", r"write \\ for a backslash")
        character, at = text[at + 1], at + 1
    return Part(PartKind.LITERAL, lowered(character)), at + 1


def lowered(text: str) -> bytes:
    """The bytes of a text with ASCII letters in lower case, as the core compares them."""
    return text.encode("utf-8", "surrogateescape").lower()


def _check(parts: list[Part], offsets: list[int]) -> None:
    if len(parts) > MAX_PARTS or Pattern(tuple(parts)).weight > MAX_TEXT:
        message = f"a pattern of more than {MAX_PARTS} parts or {MAX_TEXT} bytes of text"
        raise PatternError(0, message, "write less of it, and * for the rest")
    if not any(part.kind is PartKind.LITERAL for part in parts) and len(parts) > 1:
        raise PatternError(0, "a pattern without literal text", "it would fit nearly everything")
    seen: set[int] = set()
    for number, part in enumerate(parts):
        following = parts[number + 1].kind if number + 1 < len(parts) else None
        if part.kind is PartKind.CAPTURE:
            if part.number in seen:
                raise PatternError(offsets[number], "the same capture twice", "each name is captured once")
            seen.add(part.number)
            _check_follower(following, (None, PartKind.LITERAL, PartKind.ANY), "a capture", offsets[number])
        elif part.kind is PartKind.ANY:
            _check_follower(following, (None, PartKind.LITERAL), "*", offsets[number])
    if len(parts) > 1 and parts[0].kind is PartKind.ANY and len(parts[1].text) < SHORTEST_SEARCHED:
        message = f"less than {SHORTEST_SEARCHED} characters of literal text after the * at the beginning"
        raise PatternError(offsets[0], message, "such a pattern would be compared with nearly every text")


def _check_follower(
    following: PartKind | None, allowed: tuple[PartKind | None, ...], what: str, offset: int
) -> None:
    if following not in allowed:
        hint = "write literal text between them" + ("" if what == "*" else ", or *")
        raise PatternError(offset, f"{what} with no literal text after it", hint)
