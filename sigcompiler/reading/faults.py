"""Finds further faults in a signature line after the first one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sigcompiler.diagnostics import Problem
from sigcompiler.reading.signatures import field_problems
from sigcompiler.reading.syntax import LineError, parse_line

MOST = 8
"""Limit of the faults that are reported for a line: a line with more is no signature."""

_FILLERS = {
    "E031": "*",
    "E032": "64",
    "E033": "0",
    "E034": "*",
    "E035": "*",
    "E036": "*",
    "E037": "nop",
    "E038": "df",
    "E039": "*",
}
"""A valid value for each field of a TCP signature, by the code of its faults."""
_SEPARATOR = re.compile(r"[:,=\s]")


def further_faults(text: str, start: str, first: Problem) -> Iterator[Problem]:
    """Yield the problems after `first`, by replacing each bad word with a valid one and parsing again.

    If the line then parses, numbers out of range come last, wherever they stand.
    """
    problem, longer = first, 0
    good: list[_Replaced] = []
    for count in range(1, MOST + 1):
        begin = _word_start(text, problem.offset)
        end = _word_end(text, problem.offset)
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
        if problem.offset < begin + len(filler) or count == MOST:
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


def _word_start(text: str, offset: int) -> int:
    while offset and not _SEPARATOR.match(text[offset - 1]):
        offset -= 1
    return offset


def _word_end(text: str, offset: int) -> int:
    found = _SEPARATOR.search(text, offset)
    return found.start() if found else len(text)
