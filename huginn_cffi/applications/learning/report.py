"""The result of learning as text for the contributor."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from huginn_cffi.explain.explanation import NearSignature

WIDTH = 100


def unknown_text(title: str, words: str, raw: str, relatives: Iterable[NearSignature], template: str) -> str:
    """The senders, the nearest signatures, and the template, which is not wrapped."""
    lines = [*wrapped(f"{title}: ", words), *wrapped("  seen as ", raw)]
    for near in relatives:
        lines += _relative(near)
    lines += ["", *(f"    {visible(line)}".rstrip() for line in template.splitlines())]
    return "\n".join(lines)


def _relative(near: NearSignature) -> Iterator[str]:
    fit = near.fit if near.fit != "no" else f"distance {near.distance:g}"
    yield from wrapped("  near ", f"{near.label}, {fit}: {near.file}:{near.line}")
    for item in near.of("differs") + near.of("tolerated"):
        words = f"{item.packet or 'none'}, there {item.signature or 'none'}"
        yield from wrapped(f"    {item.field} ", f"{words}: {item.note}" if item.note else words)


def wrapped(start: str, text: str) -> Iterator[str]:
    """`start` and `text`, further lines indented; control characters are shown."""
    yield from textwrap.wrap(
        visible(text), WIDTH, initial_indent=start, subsequent_indent="    ", break_on_hyphens=False
    ) or [start]
