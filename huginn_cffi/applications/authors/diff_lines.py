"""Two sets of signatures side by side: which lines and answers differ, and the text of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.counting import Support
    from huginn_cffi.database.database import Database
    from huginn_cffi.signatures.signatures import Direction, Signature


Kind = Literal["added", "removed", "changed", "moved"]
Section = Literal["tcp:request", "tcp:response", "tls:client", "http:request", "http:response"]


TLS = "tls:client"
JA4_PARTS = ("first part", "ciphers", "extensions")
FIELDS = ("version", "ittl", "olen", "mss", "window", "wscale", "olayout", "quirks", "pclass")


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A ``sig`` line: its section, label and value, its place, and where it comes from."""

    section: str
    label: str
    text: str
    file: str
    line: int
    provenance: str

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line that only one side has, or that has changed or moved.

    Of added lines ``before`` is None, of removed ones ``after``. ``what`` says in words what changed:
    label, fields, source, or the order.
    """

    kind: Kind
    before: SignatureLine | None
    after: SignatureLine | None
    what: str = ""


Pair = tuple[SignatureLine, SignatureLine]


def line_differences(before: Database, after: Database) -> Iterator[LineDifference]:
    """Changed lines first, then moved, removed and added ones, each in the order of their files."""
    old, new = _lines(before), _lines(after)
    ranks = {id(line): rank for rank, line in enumerate(new)}
    content = attrgetter("section", "label", "text", "provenance")
    common, old, new = _paired(old, new, content)
    for key in (attrgetter("section", "text"), _like):
        pairs, old, new = _paired(old, new, key)
        for one, other in pairs:
            yield LineDifference("changed", one, other, _what(one, other))
    for one, other in _moved(common, ranks):
        yield LineDifference("moved", one, other, "stands elsewhere among the others")
    for line in old:
        yield LineDifference("removed", line, None)
    for line in new:
        yield LineDifference("added", None, line)


def _lines(database: Database) -> list[SignatureLine]:
    return [
        SignatureLine(one.section, _label(one), one.text, one.file, one.line, one.provenance)
        for one in database.signatures
    ]


def _label(signature: Signature) -> str:
    """The label as a file has it; of a link its name."""
    label = signature.label
    if signature.section == "mtu":
        return label.name
    kind = "g" if label.kind == "generic" else "s"
    return f"{kind}:{'!' if label.userland else label.os_class}:{label.name}:{label.flavor}"


def _paired(
    old: list[SignatureLine], new: list[SignatureLine], key: Callable[[SignatureLine], Sequence[str]]
) -> tuple[list[Pair], list[SignatureLine], list[SignatureLine]]:
    """Each old line with the first new one of the same key; and what is left over on both sides."""
    waiting: dict[Sequence[str], list[SignatureLine]] = defaultdict(list)
    for line in reversed(new):
        waiting[key(line)].append(line)
    pairs = [(line, waiting[key(line)].pop()) for line in old if waiting[key(line)]]
    taken = {id(line) for pair in pairs for line in pair}
    old, new = ([line for line in side if id(line) not in taken] for side in (old, new))
    return pairs, old, new


def _like(line: SignatureLine) -> Sequence[str]:
    """What two versions have in common: the label; of TCP layout, quirks and TTL, of a JA4 the ciphers."""
    fields = line.text.split(":")
    if line.section == TLS:
        return (line.section, line.label, line.text.split("_")[1])
    kept = (fields[1], fields[5], fields[6]) if line.section.startswith("tcp") else (line.text,)
    return (line.section, line.label, *kept)


def _moved(pairs: list[Pair], ranks: dict[int, int]) -> list[Pair]:
    """The fewest pairs without which both sides have the rest in the same order.

    `pairs` are in the order of the old side, `ranks` have that of the new one. The order counts
    within a section only.
    """
    moved: list[Pair] = []
    sections: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sections[pair[0].section].append(pair)
    for own in sections.values():
        kept = _longest_rise([ranks[id(pair[1])] for pair in own])
        moved += [pair for number, pair in enumerate(own) if number not in kept]
    return moved


def _longest_rise(values: Sequence[int]) -> set[int]:
    ends: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(ends, value)
        ends[at : at + 1] = [value]
        places[at : at + 1] = [place]
        previous.append(places[at - 1] if at else -1)
    found: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        found.add(place)
        place = previous[place]
    return found


def _fields(line: SignatureLine) -> list[str]:
    """The fields of a TCP signature, or the parts of a JA4."""
    if line.section == TLS:
        return line.text.split("_")
    *head, window, layout, quirks, payload = line.text.split(":")
    return [*head, *window.rsplit(",", 1), layout, quirks, payload]


def _what(one: SignatureLine, other: SignatureLine) -> str:
    words = []
    if one.label != other.label:
        words.append(f"label {one.label} becomes {other.label}")
    if one.text != other.text:
        names = JA4_PARTS if one.section == TLS else FIELDS
        values = zip(names, _fields(one), _fields(other), strict=True)
        words.append(f"{', '.join(field for field, left, right in values if left != right)} changed")
    if one.provenance != other.provenance:
        words.append(f"source '{one.provenance}' becomes '{other.provenance}'")
    return "; ".join(words)


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
        """Lines with ``-`` and ``+`` as in a patch, then the answers, then the totals."""
        lines = [line for item in self.lines for line in _line(item)]
        lines += [line for answer in self.answers for line in _answer(answer)]
        counts = Counter(item.kind for item in self.lines)
        total = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
        lines.append(f"lines: {total}")
        if self.packets:
            lines.append(f"packets: {self.changed} of {self.packets} get another answer")
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
