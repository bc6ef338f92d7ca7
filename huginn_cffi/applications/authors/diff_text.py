"""The difference of two sets of signatures, and its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.applications.authors.diff_lines import Kind, LineDifference
    from huginn_cffi.applications.authors.diff_messages import Section
    from huginn_cffi.applications.learning.counting import Support
    from huginn_cffi.signatures.signatures import Direction

SENT = {
    "tcp:request": "SYN",
    "tcp:response": "SYN+ACK",
    "tls:client": "TLS client",
    "http:request": "HTTP request",
    "http:response": "HTTP response",
}
"""What a signature of a section names."""

KINDS: tuple[Kind, ...] = ("added", "removed", "changed", "moved")


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """Packets that the two sides name differently; places are empty where nothing matches.

    ``section`` is that of the signatures: "tcp:request", "tls:client", "http:response" and so on. A name
    that begins with ``link`` is that of the link, by the MTU.
    """

    direction: Direction
    section: Section
    before: str
    after: str
    before_place: str
    after_place: str
    support: Support


@dataclass(frozen=True, slots=True)
class SignatureDiff:
    """What differs.

    ``packets`` is the number of handshake packets, TLS ClientHellos and HTTP messages that were
    compared, ``changed`` of how many the name differs, or that of the link.
    """

    lines: tuple[LineDifference, ...]
    answers: tuple[AnswerDifference, ...]
    packets: int
    changed: int

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """The differences in lines of text, and the totals."""
        return diff_text(self)


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
