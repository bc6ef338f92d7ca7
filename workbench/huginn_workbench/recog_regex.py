"""Converts recog's regular expressions to sequences of pieces that ``[device]`` patterns can express.

A repeated character set becomes any text, a repeated blank becomes one blank, and a dot without repetition
becomes the character ".". Alternatives and optional parts give several sequences. Everything else is refused.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Literal, NamedTuple

MOST_CHARACTERS = 2000
"""Limit of an expression's length."""
MOST_SEQUENCES = 64
"""Limit of the sequences from one expression."""
MOST_DEPTH = 20
"""Limit of nested groups."""
FEW = 4
"""Largest character set that is expanded to alternatives."""
MOST_REPEATED = 16


class RegexError(ValueError):
    """An unsupported expression. The message is the reason; equal reasons are counted together."""


class Piece(NamedTuple):
    """A piece: literal `text`, a letter or digit, any text, or the start or end of a `group`."""

    kind: Literal["literal", "alnum", "any", "open", "close"]
    text: str = ""
    group: int = 0


Pieces = tuple[Piece, ...]
_ANY, _ALNUM, _BLANK = Piece("any"), Piece("alnum"), Piece("literal", " ")

_SETS = {"d": "alnum", "w": "any", "s": "blank", "S": "any", "D": "any", "W": "any", "h": "alnum"}
_SIGNS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_COUNT = re.compile(r"(?:(?P<sign>[?*+])|\{(?P<least>\d{1,4})(?:,(?P<most>\d{0,6}))?\})[?+]?")
_PLAIN = {"t": "\t", "r": "\r", "n": "\n", "x00": "\0"}


class _Set(NamedTuple):
    manner: str
    """alnum, blank, any, or few."""
    few: str = ""

    def once(self) -> list[Pieces]:
        if self.manner == "few":
            return [(Piece("literal", one),) for one in self.few]
        return [({"alnum": _ALNUM, "blank": _BLANK}.get(self.manner, _ANY),)]

    def repeated(self, least: int, most: int | None) -> list[Pieces]:
        if self.manner == "blank":
            return [(_BLANK,)] if least else [(), (_BLANK,)]
        if self.manner == "alnum" and least == most and least <= MOST_REPEATED:
            return [(_ALNUM,) * least]
        if least == 0 and most == 1:
            return [(), *self.once()]
        return [(_ANY,)]


def sequences(expression: str) -> list[Pieces]:
    """All sequences; each describes a whole text. Raises `RegexError`."""
    if len(expression) > MOST_CHARACTERS:
        raise RegexError("a long expression")
    reading = _RegexReading(expression)
    found = [_whole(one) for one in reading.alternatives(0)]
    if reading.at < len(expression):
        raise RegexError("a construct that patterns do not have")
    return found


_START, _END = Piece("literal", "", -1), Piece("literal", "", -2)


def _whole(pieces: Pieces) -> Pieces:
    """The pieces without anchors; a missing anchor becomes any text."""
    if any(one in (_START, _END) for one in pieces[1:-1]):
        raise RegexError("a construct that patterns do not have")
    start = pieces[1:] if pieces[:1] == (_START,) else (_ANY, *pieces)
    return start[:-1] if start[-1:] == (_END,) else (*start, _ANY)


class _RegexReading:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.groups = text, 0, 0

    def alternatives(self, depth: int) -> list[Pieces]:
        if depth > MOST_DEPTH:
            raise RegexError("many groups in groups")
        found = self._sequence(depth)
        while self._take("|"):
            found = _limited([*found, *self._sequence(depth)])
        return found

    def _sequence(self, depth: int) -> list[Pieces]:
        found: list[Pieces] = [()]
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            found = _joined(found, self._repeated(depth))
        return found

    def _repeated(self, depth: int) -> list[Pieces]:
        if self._take("("):
            return self._of_group(depth)
        one = self._set()
        if isinstance(one, Piece):
            return [(one,)]
        count = self._count()
        if count is None:
            return one.once()
        if one.manner == "few" and len(one.few) == 1 and one.few != "\0" and count == (0, 1):
            return [(), *one.once()]
        return one.repeated(*count)

    def _of_group(self, depth: int) -> list[Pieces]:
        group = 0
        if self._take("?"):
            if self._take("i)"):
                return [()]
            if not self._take(":"):
                raise RegexError("a construct that patterns do not have")
        else:
            self.groups += 1
            group = self.groups
        inner = self.alternatives(depth + 1)
        if not self._take(")"):
            raise RegexError("a construct that patterns do not have")
        if group:
            inner = [(Piece("open", "", group), *one, Piece("close", "", group)) for one in inner]
        count = self._count()
        if count is None:
            return inner
        if count == (0, 1):
            return _limited([(), *inner])
        if group or count[0] != count[1] or count[0] > 3:
            raise RegexError("a group that repeats")
        found: list[Pieces] = [()]
        for _ in range(count[0]):
            found = _joined(found, inner)
        return found

    def _set(self) -> _Set | Piece:
        character = self.text[self.at]
        self.at += 1
        if character == "^":
            return _START
        if character == "$":
            return _END
        if character == "[":
            return self._in_brackets()
        if character == "\\":
            return self._escaped()
        if character in "*+?{":
            raise RegexError("a construct that patterns do not have")
        if character == ".":
            return _Set("any") if self.text[self.at : self.at + 1] in tuple("*+{?") else _Set("few", ".")
        return _Set("few", character)

    def _escaped(self) -> _Set | Piece:
        character = self.text[self.at : self.at + 1]
        self.at += 1
        if character in _SETS:
            return _Set(_SETS[character])
        if character in _PLAIN:
            return _Set("blank") if character != "t" else _Set("few", "\t")
        if character in ("A", "z", "Z"):
            return _START if character == "A" else _END
        if not character or character.isalnum():
            raise RegexError("a construct that patterns do not have")
        return _Set("few", character)

    def _in_brackets(self) -> _Set:
        negated = self._take("^")
        characters = ""
        is_any = negated
        start = self.at
        while self.at < len(self.text) and (self.text[self.at] != "]" or self.at == start):
            one = self.text[self.at]
            self.at += 1
            if one == "\\":
                escaped = self._escaped()
                if isinstance(escaped, Piece) or escaped.manner == "any":
                    is_any = True
                elif escaped.manner == "few":
                    characters += escaped.few
                else:
                    characters += " \r\n" if escaped.manner == "blank" else "0123456789"
            elif one == "-" and characters and self.text[self.at : self.at + 1] not in ("]", ""):
                last = self.text[self.at]
                self.at += 1
                characters += "".join(map(chr, range(ord(characters[-1]) + 1, min(ord(last), 0x17F) + 1)))
            else:
                characters += one
        if not self._take("]"):
            raise RegexError("a construct that patterns do not have")
        return _set_of(characters, is_any=is_any)

    def _count(self) -> tuple[int, int | None] | None:
        """The least and greatest number of repetitions; None without a repetition."""
        if not self.text.startswith(("?", "*", "+", "{"), self.at):
            return None
        count = _COUNT.match(self.text, self.at)
        if count is None:
            raise RegexError("a construct that patterns do not have")
        self.at = count.end()  # lazy and possessive repetitions fit the same texts
        if count["sign"]:
            return _SIGNS[count["sign"]]
        least, most = int(count["least"]), count["most"]
        return least, least if most is None else int(most) if most else None

    def _take(self, text: str) -> bool:
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True


def _set_of(characters: str, *, is_any: bool) -> _Set:
    distinct = "".join(dict.fromkeys(characters))
    if is_any or not distinct:
        return _Set("any")
    if not distinct.strip(" \t\r\n"):
        return _Set("blank")
    if len({*distinct.lower()}) <= FEW:
        return _Set("few", "".join(dict.fromkeys(distinct.lower())))
    return _Set("alnum") if distinct.isascii() and distinct.isalnum() else _Set("any")


def _joined(some: list[Pieces], others: list[Pieces]) -> list[Pieces]:
    if len(some) * len(others) > MOST_SEQUENCES:
        raise RegexError("many alternatives")
    return [one + other for one, other in product(some, others)]


def _limited(some: list[Pieces]) -> list[Pieces]:
    if len(some) > MOST_SEQUENCES:
        raise RegexError("many alternatives")
    return some
