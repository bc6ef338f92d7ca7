"""Turns the texts of TCP fields into values, with the problems of each.

Every function takes the text of one terminal, including its separator, and returns the value and its
problems; offsets count from the start of this text. Texts often repeat, so results are cached.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from sigcompiler.diagnostics import QUOTED_LENGTH, Problem, quoted
from sigcompiler.model import Window
from sigcompiler.vocabulary import (
    MAX_OPTIONS,
    NO_QUIRKS,
    OPTION_WORDS,
    QUIRK_WORDS,
    OptionKind,
    Quirk,
    WindowKind,
)

Problems: TypeAlias = tuple[Problem, ...]

_CACHE = 1 << 12
_OPTION_KINDS = {word: int(kind) for kind, word in OPTION_WORDS.items()}
_QUIRKS = {word: quirk for quirk, word in QUIRK_WORDS.items()}

_WINDOW_FORMS = {
    ":mss*": (WindowKind.MSS, 1, 1000, "multiple of the MSS"),
    ":mtu*": (WindowKind.MTU, 1, 1000, "multiple of the MTU"),
    ":%": (WindowKind.MODULO, 2, 65535, "modulus of the window"),
    ":": (WindowKind.LITERAL, 0, 65535, "window"),
}


def number(digits: str, low: int, high: int, name: str, code: str, offset: int) -> tuple[int, Problems]:
    """Read ``digits``; outside ``low`` to ``high`` the value is ``low``, with a problem."""
    significant = digits.lstrip("0")
    if len(significant) <= len(str(high)):  # int() refuses numbers with thousands of digits
        value = int(significant or "0")
        if low <= value <= high:
            return value, ()
    message = f"{name} {digits[:QUOTED_LENGTH]} is out of range {low}-{high}"
    return low, (Problem(offset, code, message, f"write a number from {low} to {high}"),)


@lru_cache(_CACHE)
def ittl(text: str) -> tuple[tuple[int, bool], Problems]:
    """Read ``:N``, ``:N+D``, ``:N+?`` or ``:N-`` as the initial TTL and a flag for an unreliable one."""
    if text.endswith("-"):
        value, problems = number(text[1:-1], 1, 255, "initial TTL", "E032", 1)
        return (value, True), problems
    base, _, distance = text[1:].partition("+")
    if distance in ("", "?"):
        value, problems = number(base, 1, 255, "initial TTL", "E032", 1)
        return (value, False), problems + _unknown_distance(text, base)
    # A packet may arrive with TTL 0, so N+D is valid if the sum is valid.
    value, problems = number(base, 0, 255, "TTL", "E032", 1)
    hops, more = number(distance, 0, 255, "distance", "E032", len(base) + 2)
    problems += more
    if not problems and not 1 <= value + hops <= 255:
        message = f"initial TTL {value}+{hops} is out of range 1-255"
        problems = (Problem(1, "E032", message, "write TTL+DISTANCE, at most 255 together"),)
    return (value + hops, False), problems


def _unknown_distance(text: str, base: str) -> Problems:
    """Warn about ``N+?``, which p0f prints but does not read."""
    if not text.endswith("?"):
        return ()
    message = f"the distance is unknown; {base} is taken as the initial TTL"
    return (Problem(len(text) - 1, "W010", message, f"write {base} if that is the initial TTL"),)


@lru_cache(_CACHE)
def olen(text: str) -> tuple[int, Problems]:
    """Read ``:N`` as bytes of IP options."""
    return number(text[1:], 0, 255, "IP option length", "E033", 1)


@lru_cache(_CACHE)
def mss(text: str) -> tuple[int | None, Problems]:
    """Read ``:N`` or ``:*``, the latter as ``None``."""
    return (None, ()) if text == ":*" else number(text[1:], 0, 65535, "MSS", "E034", 1)


@lru_cache(_CACHE)
def scale(text: str) -> tuple[int | None, Problems]:
    """Read ``,N`` or ``,*``, the latter as ``None``."""
    return (None, ()) if text == ",*" else number(text[1:], 0, 255, "window scale", "E036", 1)


@lru_cache(_CACHE)
def window(text: str) -> tuple[Window, Problems]:
    """Read the five forms of the window."""
    if text == ":*":
        return Window(WindowKind.ANY, 0), ()
    for prefix, (kind, low, high, name) in _WINDOW_FORMS.items():
        if text.startswith(prefix):
            value, problems = number(text[len(prefix) :], low, high, name, "E035", len(prefix))
            return Window(kind, value), problems
    raise AssertionError(text)  # the grammar accepts no other form


@lru_cache(_CACHE)
def options(text: str) -> tuple[tuple[tuple[int, ...], int], Problems]:
    """Read the option layout as option kinds and the number of bytes after ``eol``."""
    words, problems = _words(text, "option layout")
    kinds: list[int] = []
    pad = 0
    for offset, word in words:
        found: Problems = ()
        if word.startswith("eol"):
            pad, found = number(word[4:], 0, 255, "number of bytes after eol", "E037", offset + 4)
            kinds.append(int(OptionKind.EOL))
        elif word.startswith("?"):
            kind, found = number(word[1:], 0, 255, "option", "E037", offset + 1)
            found = found or _known_by_number(kind, offset)
            kinds.append(kind)
        else:
            kinds.append(_OPTION_KINDS[word])
        problems += found
    return (tuple(kinds), pad), problems + _order_problems(words, kinds)


@lru_cache(_CACHE)
def quirks(text: str) -> tuple[Quirk, Problems]:
    """Read the set of quirks."""
    words, problems = _words(text, "list of quirks")
    value = NO_QUIRKS
    for offset, word in words:
        quirk = _QUIRKS[word]
        if value & quirk:
            problems += (Problem(offset, "W012", f"{word} is in the list already", "delete it"),)
        value |= quirk
    return value, problems


@lru_cache(_CACHE)
def quirk_offsets(text: str) -> dict[Quirk, int]:
    """The offset of the first occurrence of each quirk in the list."""
    words, _ = _words(text, "")
    return {_QUIRKS[word]: offset for offset, word in reversed(words)}


def _words(text: str, name: str) -> tuple[list[tuple[int, str]], Problems]:
    """Split a list into words with their offsets; a comma after the last one is a warning."""
    words = []
    offset = 1
    for word in text[1:].split(","):
        words.append((offset, word))
        offset += len(word) + 1
    if words[-1][1]:
        return words, ()
    at, _ = words.pop()
    if not words:
        return words, ()
    return words, (Problem(at - 1, "W011", f"a comma after the last word of the {name}", "delete it"),)


def _known_by_number(kind: int, offset: int) -> Problems:
    """Warn about ``?2`` and similar: like p0f, this compiler reads it as ``mss``."""
    if kind not in OptionKind.__members__.values():
        return ()
    word = OPTION_WORDS[OptionKind(kind)]
    if kind == OptionKind.EOL:
        word = "eol+0"
    return (Problem(offset, "W013", f"?{kind} is {word}", f"write {word}"),)


def _order_problems(words: list[tuple[int, str]], kinds: list[int]) -> Problems:
    if len(words) > MAX_OPTIONS:
        message = f"more than {MAX_OPTIONS} TCP options"
        hint = f"a packet's options are kept up to the {MAX_OPTIONS}th; shorten the layout"
        return (Problem(words[MAX_OPTIONS][0], "E041", message, hint),)
    last = len(words) - 1
    for index, (offset, word) in enumerate(words):
        if kinds[index] == OptionKind.EOL and index != last:
            hint = "eol ends the options: put it last and count the bytes after it, as in eol+1"
            return (Problem(offset, "E042", f"options come after {quoted(word)}", hint),)
    return ()
