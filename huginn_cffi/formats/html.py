"""HTML tables for notebooks. Texts from packets and labels are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from sigcompiler.diagnostics import visible


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts."""
    return framed(title, heads, ("".join(map(cell, row)) for row in rows))


def framed(title: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    """A table of rows that are already HTML."""
    caption = f"<caption>{escaped(title)}</caption>" if title else ""
    head = "".join(f"<th>{escaped(name)}</th>" for name in heads)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(text: str) -> str:
    """A cell of a row."""
    return f"<td>{escaped(text)}</td>"


def escaped(text: str) -> str:
    """The text without markup and control characters."""
    return escape(visible(text))
