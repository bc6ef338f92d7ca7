"""Words of messages and reports."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from sigcompiler.claims.flavors import named_families
from sigcompiler.claims.versions import BITS, MOST, PARTS, Versions
from sigcompiler.diagnostics import visible

WIDTH = 100


def named(subject: str) -> str:
    """A name for messages: unprintable characters are escaped, and the empty name is ''."""
    return visible(subject) or "''"


def counted(number: int, word: str) -> str:
    """``3 hosts``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def wrapped(start: str, text: str) -> list[str]:
    """`start` and `text`, wrapped to lines; further ones are indented. No line ends at a hyphen."""
    return textwrap.wrap(
        visible(text), WIDTH, initial_indent=start, subsequent_indent=" " * 4, break_on_hyphens=False
    ) or [start]


def visible_lines(text: str) -> str:
    """As `visible`, but line breaks are kept."""
    return "\n".join(map(visible, text.split("\n")))


def family_text(families: tuple[str, ...]) -> str:
    """One family, or two joined by "or"; "unknown" for more."""
    return " or ".join(named_families(families)) or "unknown"


def range_text(one: Versions) -> str:
    """A range of numbered versions in the grammar of flavors."""
    first, last = list(_parts(one.first, 0)), list(_parts(one.last, MOST))
    if not last:
        return f"{_number(first)} or newer"
    if first == last:
        return _number(first)
    return f"{_number(first)}-{_number(last)}" if first else f"{_number(last)} or older"


def _parts(number: int, missing: int) -> Iterator[int]:
    """The parts of a version, up to the first one with the value `missing`."""
    for place in reversed(range(PARTS)):
        part = number >> BITS * place & MOST
        if part == missing:
            return
        yield part - 1


def _number(parts: Iterable[int]) -> str:
    return ".".join(map(str, parts))
