"""Lines of explanations: of at most 100 columns, without control characters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sigcompiler.diagnostics import visible

WIDTH = 100
_TITLE = 9


def titled(title: str, text: str) -> list[str]:
    """A line that begins with a title, wrapped."""
    return list(wrapped(f"{title:<{_TITLE}}", text))


def wrapped(start: str, text: str, indent: int | None = None) -> Iterator[str]:
    """`start` and `text`, further lines under the text; words longer than a line are cut."""
    margin = " " * (len(start) if indent is None else indent)
    yield from textwrap.wrap(visible(text), WIDTH, initial_indent=start, subsequent_indent=margin) or [start]


def listed(start: str, items: list[str]) -> Iterator[str]:
    """`start` and the items, with commas between them; a line ends between two items."""
    line = start
    for number, item in enumerate(items, 1):
        piece = visible(item) + ("," if number < len(items) else "")
        if line != start and len(line) + 1 + len(piece) > WIDTH:
            yield from _cut(line, len(start))
            line = " " * len(start)
        line += piece if line.endswith(" ") else f" {piece}"
    yield from _cut(line, len(start))


def _cut(line: str, indent: int) -> list[str]:
    """The line, in pieces where it is too long."""
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent) if len(line) > WIDTH else [line]
