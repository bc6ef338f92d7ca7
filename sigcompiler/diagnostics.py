"""Diagnostics of signature files: problem, place, and suggested fix."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]

TAB_WIDTH = 4
VIEW_WIDTH = 100
"""Limit of the columns of a source line that are shown."""

QUOTED_LENGTH = 40
"""Limit of the characters of a wrong word that a message quotes."""

MESSAGE_ERRORS = 2
"""Errors in the text of an exception; each takes four lines."""
SHOWN_ERRORS = 50
"""Limit of the errors in an exception's message. The command ``check`` lists all."""

MOST_KNOWN = 1000
"""Limit of the known words that a wrong word is compared with."""

_ELLIPSIS = "..."


class Problem(NamedTuple):
    """A diagnostic before its file and line are added; ``offset`` counts characters in the line, from 0."""

    offset: int
    code: str
    message: str
    hint: str = ""


class Diagnostic(NamedTuple):
    """One finding. ``line`` and ``column`` count from 1; both are 0 for a whole file."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        """Place and message, the line with a caret under the column, and the hint."""
        place = visible(self.file) or "''"
        if self.line:
            place = f"{place}:{self.line}:{self.column}"
        parts = [f"{place}: {self.severity}[{self.code}]: {self.message}"]
        if self.line and self.source_line:
            parts.extend(_caret_view(self.source_line, self.column))
        if self.hint:
            parts.append(f"  hint: {self.hint}")
        return "\n".join(parts)


class SignatureFileError(ValueError):
    """Signature files have errors. ``diagnostics`` holds all findings, including warnings.

    The message has the first errors, in at most ten lines.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [item for item in self.diagnostics if item.severity == "error"]
        shown = [str(item) for item in errors[:MESSAGE_ERRORS]]
        if len(errors) > MESSAGE_ERRORS:
            shown.append(f"and {len(errors) - MESSAGE_ERRORS} further errors")
        super().__init__("\n".join(shown))


def visible(text: str) -> str:
    """Return ``text`` with every non-printable character written as an escape."""
    return text if text.isprintable() else "".join(map(_visible_character, text))


def valid(text: str) -> str:
    """Return ``text`` with a replacement character for each invalid piece of UTF-8, as in the core."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def quoted(word: str) -> str:
    """Prepare ``word`` for a message: escaped, in quotes, and cut if it is long."""
    if len(word) > QUOTED_LENGTH:
        word = word[:QUOTED_LENGTH] + _ELLIPSIS
    return f"'{visible(word)}'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the word most similar to ``word`` among the first thousand of ``known``, if one is similar."""
    return next(iter(_matches(word, known, 1)), None)


MOST_LISTED = 500
"""Characters of a list of names in a message."""


def near_names(word: str, known: Sequence[str]) -> str:
    """Asks for the names, at most three, that are near to ``word`` or contain it; without one, lists all."""
    if not word:
        return "a name is missing"
    found = [*_matches(word, known, 3), *(name for name in known if len(word) > 2 and word.lower() in name)]
    if not found:
        listed = f"there are {', '.join(known)}"
        return listed if len(listed) < MOST_LISTED else f"none of the {len(known)} has a name like it"
    *others, last = [*dict.fromkeys(found)][:3]
    return f"did you mean {', '.join(others) + ' or ' if others else ''}{last}?"


def _matches(word: str, known: Iterable[str], count: int) -> list[str]:
    from difflib import get_close_matches  # imported here because it takes 2 ms

    return get_close_matches(word[:QUOTED_LENGTH].lower(), list(islice(known, MOST_KNOWN)), count)


def hint_for(word: str, known: Collection[str], what: str) -> str:
    """A hint with the most similar word of ``known``, or with all of them; ``what`` names them."""
    guess = nearest(word, known)
    return f"did you mean {guess}?" if guess else f"{what} are " + ", ".join(known)


def _visible_character(character: str) -> str:
    if character.isprintable():
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _cell(character: str) -> str:
    return " " * TAB_WIDTH if character == "\t" else _visible_character(character)


def width(text: str) -> int:
    """The columns that ``text`` takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    combining = sum(unicodedata.combining(character) != 0 for character in text)
    return len(text) + wide - combining


def _caret_view(line: str, column: int) -> list[str]:
    """The source line, cut around the column if it is long, and a line with the caret."""
    at = min(max(column - 1, 0), len(line))
    start = 0 if len(line) <= VIEW_WIDTH else max(0, at - VIEW_WIDTH // 2)
    end = min(len(line), start + VIEW_WIDTH)
    before = (_ELLIPSIS if start else "") + "".join(map(_cell, line[start:at]))
    after = "".join(map(_cell, line[at:end])) + (_ELLIPSIS if end < len(line) else "")
    return [f"  {before}{after}".rstrip(), "  " + " " * width(before) + "^"]
