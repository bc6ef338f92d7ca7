"""Tables as a page shows them: cells with a text to read and a value to sort by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from huginn_cffi.results.observables import address_text
from huginn_cffi.times import moment_text

DASH = "\N{EN DASH}"


class Cell(NamedTuple):
    """``text`` is what is read; ``key`` sorts (the text itself when ``None``), numbers before texts.

    ``share`` (0.0 to 1.0) is drawn as a bar behind a number.
    """

    text: str
    key: float | str | None = None
    share: float | None = None


NOTHING = Cell(DASH, -1)
"""In place of a number that is not known: the least of all."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what is below it.

    ``numeric`` columns are set flush right and sort downwards first; ``code`` is for signatures,
    ``wide`` for texts of several lines; an ``address`` is never broken.
    """

    title: str
    numeric: bool = False
    code: bool = False
    wide: bool = False
    hint: str = ""
    address: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``total`` rows there are, of which ``rows`` are shown; ``unit`` is what a row is ("address")."""

    name: str
    caption: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int

    @property
    def cut(self) -> bool:
        """Whether rows are left out."""
        return self.total > len(self.rows)


def table(
    name: str,
    caption: str,
    unit: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    total: int | None = None,
) -> Table:
    """A table; `total` is given when `rows` are not all there are."""
    kept = tuple(map(tuple, rows))
    return Table(name, caption, unit, tuple(columns), kept, len(kept) if total is None else total)


def text(value: str) -> Cell:
    """A text; an empty one becomes a dash."""
    return Cell(value or DASH)


def number(value: float, of: float = 0) -> Cell:
    """A count, with a bar when it is a part `of` something."""
    return Cell(f"{value:,}", value, value / of if of else None)


def percent(share: float | None) -> Cell:
    """A share, 0.0 to 1.0, as a whole percentage with its bar; ``None`` is unknown.

    Only a share of 1 is 100 %, and only one of 0 is 0 %.
    """
    if share is None:
        return NOTHING
    whole = f"{min(max(round(share * 100), 1), 99) if 0 < share < 1 else share * 100:.0f}"
    return Cell(f"{whole} %", share, share)


def span(low: int, high: int) -> Cell:
    """``5``, or ``5 to 9`` with a dash."""
    return Cell(str(low) if low == high else f"{low}{DASH}{high}", low)


def time_cell(time_ns: int) -> Cell:
    """A capture time to the second, UTC; the text sorts as the times do."""
    return Cell(time_text(time_ns))


def time_text(time_ns: int, digits: int = 0) -> str:
    """``2026-01-15 10:00:02`` with `digits` after the second (0, 3), UTC."""
    seconds, dot, fraction = moment_text(time_ns).partition(".")
    return f"{seconds}{dot}{fraction[:digits]}" if digits else seconds


def address(version: int, raw: bytes) -> Cell:
    """An address, sorted by version and value."""
    return Cell(address_text(version, raw), f"{version}{raw.hex()}")


def counted(count: int, word: str, plural: str = "") -> str:
    """``1 address``, ``12,345 addresses``."""
    if count == 1:
        return f"1 {word}"
    return f"{count:,} {plural or word + ('es' if word.endswith('s') else 's')}"
