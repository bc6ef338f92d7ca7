"""The edit distance between two option layouts, and the options that differ."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sigcompiler.formatting import format_options
from sigcompiler.vocabulary import OptionKind

NOP_EDIT = 0.5
"""The cost of an added or missing ``nop``, relative to other edits: a ``nop`` is only padding."""

SHOWN_RUNS = 4
"""Limit of the runs of equal edits that are described; further edits are only counted."""


class Edit(NamedTuple):
    """One difference. ``place`` counts options from 1 in the packet's layout.

    `wanted` is the option that the signature has there, `seen` the packet's; one of them may
    be ``None``.
    """

    place: int
    wanted: int | None
    seen: int | None


@lru_cache(maxsize=4096)
def edits_apart(wanted: bytes, seen: bytes) -> float:
    """The least cost of edits that turn one layout into the other; a ``nop`` costs less."""
    return _table(wanted, seen)[-1][-1]


def edits(wanted: bytes, seen: bytes) -> list[Edit]:
    """A cheapest sequence of edits, in the packet's order."""
    table = _table(wanted, seen)
    row, column = len(wanted), len(seen)
    found: list[Edit] = []
    while row or column:
        here = table[row][column]
        if row and column and here == table[row - 1][column - 1] + _swap(wanted[row - 1], seen[column - 1]):
            row, column = row - 1, column - 1
            if wanted[row] != seen[column]:
                found.append(Edit(column + 1, wanted[row], seen[column]))
        elif row and here == table[row - 1][column] + _weight(wanted[row - 1]):
            row -= 1
            found.append(Edit(column + 1, wanted[row], None))
        else:
            column -= 1
            found.append(Edit(column + 1, None, seen[column]))
    return found[::-1]


def edit_words(wanted: bytes, seen: bytes) -> str:
    """The differences in words: which options are missing, added or replaced, and where."""
    runs: list[list[Edit]] = []
    for edit in edits(wanted, seen):
        if runs and edit[1:] == runs[-1][0][1:] and edit.place - runs[-1][-1].place <= 1:
            runs[-1].append(edit)
        else:
            runs.append([edit])
    words = [_run_words(run) for run in runs[:SHOWN_RUNS]]
    if len(runs) > SHOWN_RUNS:
        words.append(f"{sum(map(len, runs[SHOWN_RUNS:]))} more")
    return ", ".join(words)


def _run_words(run: list[Edit]) -> str:
    edit, count = run[0], f"{len(run)} " if len(run) > 1 else ""
    if edit.seen is None:
        return f"{count}{_word(edit.wanted)} missing at {edit.place}"
    if edit.wanted is None:
        return f"{count}{_word(edit.seen)} added at {edit.place}"
    return f"{count}{_word(edit.seen)} in place of {_word(edit.wanted)} at {edit.place}"


def _word(kind: int | None) -> str:
    if kind == OptionKind.EOL:
        return "eol"
    return format_options((kind or 0,), 0)


def _weight(kind: int) -> float:
    return NOP_EDIT if kind == OptionKind.NOP else 1.0


def _swap(one: int, other: int) -> float:
    return 0.0 if one == other else max(_weight(one), _weight(other))


def _table(wanted: bytes, seen: bytes) -> list[list[float]]:
    """``table[row][column]``: least cost from the first `row` wanted to the first `column` seen options."""
    costs = [_weight(kind) for kind in seen]
    line = [0.0]
    for cost in costs:
        line.append(line[-1] + cost)
    table = [line]
    for kind in wanted:
        drop = _weight(kind)
        above, least = table[-1], table[-1][0] + drop
        line = [least]
        diagonal = above[0]
        # No min() here: it would take half of the run time.
        for other, cost, upper in zip(seen, costs, above[1:], strict=True):
            least += cost
            if upper + drop < least:
                least = upper + drop
            swap = diagonal if kind == other else diagonal + (drop if drop > cost else cost)
            if swap < least:
                least = swap
            diagonal = upper
            line.append(least)
        table.append(line)
    return table
