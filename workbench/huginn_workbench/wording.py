"""Words of messages and reports."""

from __future__ import annotations

import textwrap

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
