"""Builds MTU, TCP and HTTP signatures from the tokens of their lines.

The functions `read_…` take the text of one terminal of a TCP line, including its separator, and return the
value and its problems; offsets count from the start of this text. Texts often repeat, so results are cached.
In a TCP line with an error, `further_faults` finds the faults after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from lark import Token

from sigcompiler.diagnostics import QUOTED_LENGTH, Problem, quoted
from sigcompiler.model import (
    HttpHeader,
    HttpSignature,
    MtuSignature,
    Section,
    SigFields,
    TcpSignature,
    Window,
)
from sigcompiler.reading.syntax import LineError, parse_line, placed, start_of
from sigcompiler.table.layout import HTTP_MOST_HEADERS, HTTP_MOST_TEXT
from sigcompiler.unmatchable import doubts, misfits, value_doubts
from sigcompiler.vocabulary import (
    MAX_OPTIONS,
    NO_QUIRKS,
    OPTION_WORDS,
    PAYLOAD_WORDS,
    QUIRK_WORDS,
    Direction,
    OptionKind,
    PayloadClass,
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


_VERSIONS: dict[str, int | None] = {"4": 4, "6": 6, "*": None}
_HTTP_VERSIONS: dict[str, int | None] = {"0": 0, "1": 1, "2": 2, "*": None}
_PAYLOADS: dict[str, PayloadClass] = {":" + word: payload for payload, word in PAYLOAD_WORDS.items()}
_COPIED = "of a line Sig: write the initial TTL alone, and * for the IP version and for an MSS that varies"
_HEADER = re.compile(r"(\??)([A-Za-z0-9_-]+)(?:=\[([^\]]+)\])?(?:,|$)")


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
def read_ittl(text: str) -> tuple[tuple[int, bool], Problems]:
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
    elif not problems:
        problems = (Problem(1, "W010", f"{text[1:]} is one packet's TTL and its distance", _COPIED),)
    return (value + hops, False), problems


def _unknown_distance(text: str, base: str) -> Problems:
    """Warn about ``N+?``, which p0f prints but does not read."""
    if not text.endswith("?"):
        return ()
    message = f"the distance is unknown; {base} is taken as the initial TTL"
    return (Problem(len(text) - 1, "W010", message, f"write {base} if that is the initial TTL"),)


@lru_cache(_CACHE)
def read_olen(text: str) -> tuple[int, Problems]:
    """Read ``:N`` as bytes of IP options."""
    return number(text[1:], 0, 255, "IP option length", "E033", 1)


@lru_cache(_CACHE)
def read_mss(text: str) -> tuple[int | None, Problems]:
    """Read ``:N`` or ``:*``, the latter as ``None``."""
    return (None, ()) if text == ":*" else number(text[1:], 0, 65535, "MSS", "E034", 1)


@lru_cache(_CACHE)
def read_scale(text: str) -> tuple[int | None, Problems]:
    """Read ``,N`` or ``,*``, the latter as ``None``."""
    return (None, ()) if text == ",*" else number(text[1:], 0, 255, "window scale", "E036", 1)


@lru_cache(_CACHE)
def read_window(text: str) -> tuple[Window, Problems]:
    """Read the five forms of the window."""
    if text == ":*":
        return Window(WindowKind.ANY, 0), ()
    for prefix, (kind, low, high, name) in _WINDOW_FORMS.items():
        if text.startswith(prefix):
            value, problems = number(text[len(prefix) :], low, high, name, "E035", len(prefix))
            return Window(kind, value), problems
    raise AssertionError(text)  # the grammar accepts no other form


@lru_cache(_CACHE)
def read_options(text: str) -> tuple[tuple[tuple[int, ...], int], Problems]:
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
def read_quirks(text: str) -> tuple[Quirk, Problems]:
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
def _quirk_offsets(text: str) -> dict[Quirk, int]:
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


_READERS = (read_ittl, read_olen, read_mss, read_window, read_scale, read_options, read_quirks)
"""The readers of the fields of a TCP line, starting with the second field."""


def build_tcp(tokens: Sequence[Token], line: SigFields) -> tuple[TcpSignature | None, list[Problem]]:
    """Build the signature of a TCP line, or ``None`` if a field is in error, and all its problems."""
    fields: list[Any] = [read(token.value) for read, token in zip(_READERS, tokens[2:], strict=False)]
    (ittl, unreliable), olen, mss, window, wscale, (options, eol_pad), quirks = (value for value, _ in fields)
    problems = field_problems(tokens) if any(found for _, found in fields) else []
    version = _VERSIONS[tokens[1].value]
    if version and misfits(version, quirks):
        problems.extend(_misfit_problems(version, tokens[8]))
    if any(problem.code.startswith("E") for problem in problems):
        return None, problems
    response = line["label"].section is Section.TCP_RESPONSE
    direction = Direction.RESPONSE if response else Direction.REQUEST
    found = doubts(direction, version, olen, options, eol_pad, quirks)
    for doubt in (*found, *value_doubts(mss, wscale, options, quirks)):
        offset = start_of(tokens[doubt.field]) + 1
        problems.append(Problem(offset, doubt.code, doubt.message, doubt.hint))
    signature = TcpSignature(
        **line,
        direction=direction,
        version=version,
        ittl=ittl,
        unreliable_ttl=unreliable,
        olen=olen,
        mss=mss,
        window=window,
        wscale=wscale,
        options=options,
        eol_pad=eol_pad,
        quirks=quirks,
        payload=_PAYLOADS[tokens[9].value],
    )
    return signature, problems


def field_problems(tokens: Sequence[Token]) -> list[Problem]:
    """The problems of the values in a TCP line; offsets count within the line."""
    pairs = zip(_READERS, tokens[2:], strict=False)
    return [placed(problem, token) for read, token in pairs for problem in read(token.value)[1]]


def _misfit_problems(version: int, token: Token) -> list[Problem]:
    problems = []
    for quirk, offset in _quirk_offsets(token.value).items():
        if misfits(version, quirk):
            word = QUIRK_WORDS[quirk]
            hint = f"delete {word}, or write a separate signature for IPv{10 - version}"
            message = f"{word} is not valid for IPv{version}"
            problems.append(Problem(start_of(token) + offset, "E043", message, hint))
    return problems


def build_mtu(tokens: Sequence[Token], line: SigFields) -> tuple[MtuSignature | None, list[Problem]]:
    """Build the signature of an MTU line, or ``None`` if the number is out of range."""
    mtu, problems = number(tokens[1].value, 1, 65535, "MTU", "E030", start_of(tokens[1]))
    if problems:
        return None, list(problems)
    return MtuSignature(**line, mtu=mtu), []


def build_http(tokens: Sequence[Token], line: SigFields) -> tuple[HttpSignature | None, list[Problem]]:
    """Build the signature of an HTTP line, or ``None`` if it has too many headers or too long a text."""
    _, t_version, t_headers, t_absent, t_software = tokens
    headers, problems = _headers(t_headers, "list of headers")
    absent, more = _headers(t_absent, "list of absent headers")
    problems.extend(more)
    if any(problem.code.startswith("E") for problem in problems):
        return None, problems
    signature = HttpSignature(
        **line,
        version=_HTTP_VERSIONS[t_version.value],
        headers=headers,
        absent=tuple(header.name for header in absent),
        software=t_software.value[1:],
    )
    return signature, problems


def _headers(token: Token, name: str) -> tuple[tuple[HttpHeader, ...], list[Problem]]:
    headers = []
    problems = []
    for match in _HEADER.finditer(token.value, 1):
        optional, header, value = match.groups()
        headers.append(HttpHeader(str(header), value, bool(optional)))
        if value and len(value.encode("utf-8", "surrogateescape")) > HTTP_MOST_TEXT:
            message = f"a text of more than {HTTP_MOST_TEXT} bytes"
            problems.append(Problem(start_of(token) + match.start(3), "E055", message, "write less of it"))
        if len(headers) == HTTP_MOST_HEADERS + 1:
            hint = "delete the headers that distinguish least"
            message = f"more than {HTTP_MOST_HEADERS} headers in the {name}"
            problems.append(Problem(start_of(token) + match.start(), "E054", message, hint))
    if token.endswith(","):
        message = f"a comma after the last word of the {name}"
        problems.append(Problem(start_of(token) + len(token) - 1, "W011", message, "delete it"))
    return tuple(headers), problems


MOST_FAULTS = 8
"""Limit of the faults that are reported for a line: a line with more is no signature."""

_FILLERS = {
    **dict.fromkeys(("E031", "E034", "E035", "E036", "E039"), "*"),
    "E032": "64",
    "E033": "0",
    "E037": "nop",
    "E038": "df",
}
"""A valid value for each field of a TCP signature, by the code of its faults."""
_SEPARATOR = re.compile(r"[:,=\s]")


def further_faults(text: str, start: str, first: Problem) -> Iterator[Problem]:
    """Yield the problems after `first`, by replacing each bad word with a valid one and parsing again.

    If the line then parses, numbers out of range come last, wherever they stand.
    """
    problem, longer = first, 0
    good: list[_Replaced] = []
    for count in range(1, MOST_FAULTS + 1):
        begin = problem.offset - len(_SEPARATOR.split(text[: problem.offset])[-1])
        end = problem.offset + len(_SEPARATOR.split(text[problem.offset :], maxsplit=1)[0])
        filler = _FILLERS.get(problem.code, "")
        if not filler or end <= problem.offset:
            return
        text, longer = text[:begin] + filler + text[end:], longer + len(filler) - (end - begin)
        good.append(_Replaced(begin, begin + len(filler), longer))
        try:
            kind, tokens = parse_line(text, start)
        except LineError as error:
            problem = error.problem
        else:
            if kind == "tcp_signature":
                yield from _out_of_range(field_problems(tokens), good)
            return
        if problem.offset < begin + len(filler) or count == MOST_FAULTS:
            return
        yield problem._replace(offset=problem.offset - longer)


class _Replaced(NamedTuple):
    """A valid replacement from `begin` to `end`; after it, offsets exceed the original ones by `longer`."""

    begin: int
    end: int
    longer: int


def _out_of_range(found: Iterable[Problem], good: Sequence[_Replaced]) -> Iterator[Problem]:
    """The errors in original words of a repaired line, with their offsets in the original line."""
    for problem in found:
        before = [one for one in good if one.begin <= problem.offset]
        if not problem.code.startswith("E") or (before and problem.offset < before[-1].end):
            continue
        yield problem._replace(offset=problem.offset - (before[-1].longer if before else 0))
