"""The difference of two sets of signatures as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.applications.authors.diff import AnswerDifference, SignatureDiff
    from huginn_cffi.applications.authors.diff_lines import Kind, LineDifference

SENT = {
    "tcp:request": "SYN",
    "tcp:response": "SYN+ACK",
    "tls:client": "TLS client",
    "http:request": "HTTP request",
    "http:response": "HTTP response",
}
"""What a signature of a section names."""

KINDS: tuple[Kind, ...] = ("added", "removed", "changed", "moved")


def diff_text(found: SignatureDiff) -> str:
    """Lines with ``-`` and ``+`` as in a patch, then the answers, then the totals."""
    lines: list[str] = []
    for item in found.lines:
        lines += _line(item)
    for answer in found.answers:
        lines += _answer(answer)
    counts = Counter(item.kind for item in found.lines)
    total = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
    lines.append(f"lines: {total}")
    if found.packets:
        lines.append(f"packets: {found.changed} of {found.packets} get another answer")
    return "\n".join(map(visible, lines))


def _line(item: LineDifference) -> Iterator[str]:
    for sign, line in (("-", item.before), ("+", item.after)):
        if line is not None:
            yield f"{sign} {line.place}: [{line.section}] {line.label} {line.text}"
    if item.what:
        yield f"  {item.what}"


def _answer(item: AnswerDifference) -> Iterator[str]:
    before, after = (
        f"{name} by {place}" if place else name
        for name, place in ((item.before, item.before_place), (item.after, item.after_place))
    )
    yield f"! {SENT[item.section]}, {item.support} ({item.support.example}):"
    yield f"  {before}"
    yield f"  becomes {after}"
