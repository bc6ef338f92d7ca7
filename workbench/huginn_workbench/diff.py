"""Compares two sets of signatures line by line, and by their answers about captures."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from huginn_cffi import Analyzer, Batch, Database, DatabaseError, Signature
from huginn_cffi.database.compiling import DEFAULT_FILES
from huginn_workbench.arguments import Direction, OnError
from huginn_workbench.core import Matcher, RowViews
from huginn_workbench.learning import sightings
from huginn_workbench.learning.counting import Count, Support
from huginn_workbench.learning.evidence import expanded
from huginn_workbench.learning.inventories import seen_hello
from huginn_workbench.learning.sightings import FilePath, SignatureMatch
from huginn_workbench.wording import named
from sigcompiler.diagnostics import visible

Kind = Literal["added", "removed", "changed", "moved"]
Section = Literal["tcp:request", "tcp:response", "tls:client", "http:request", "http:response"]


TLS = "tls:client"
JA4_PARTS = ("first part", "ciphers", "extensions")
FIELDS = ("version", "ittl", "olen", "mss", "window", "wscale", "olayout", "quirks", "pclass")


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A ``sig`` line: its section, label, value, place and source."""

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
    """A line that was added, removed, changed or moved.

    ``before`` is None for added lines, ``after`` for removed ones. ``what`` describes the change in
    words: label, fields, source, or order.
    """

    kind: Kind
    before: SignatureLine | None
    after: SignatureLine | None
    what: str = ""


Pair = tuple[SignatureLine, SignatureLine]


def _line_differences(before: Database, after: Database) -> Iterator[LineDifference]:
    """Changed lines first, then moved, removed and added ones."""
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
    """The label as in a file; for a link its name."""
    if signature.section == "mtu":
        return signature.name
    kind, of = "g" if signature.kind == "generic" else "s", signature.os_class
    return f"{kind}:{'!' if signature.userland else of}:{signature.name}:{signature.flavor}"


def _paired(
    old: list[SignatureLine], new: list[SignatureLine], key: Callable[[SignatureLine], Sequence[str]]
) -> tuple[list[Pair], list[SignatureLine], list[SignatureLine]]:
    """Pairs of an old line and the first new line with the same key, and the unpaired lines of both sides."""
    waiting: dict[Sequence[str], list[SignatureLine]] = defaultdict(list)
    for line in reversed(new):
        waiting[key(line)].append(line)
    pairs = [(line, waiting[key(line)].pop()) for line in old if waiting[key(line)]]
    taken = {id(line) for pair in pairs for line in pair}
    old, new = ([line for line in side if id(line) not in taken] for side in (old, new))
    return pairs, old, new


def _like(line: SignatureLine) -> Sequence[str]:
    """The key of a changed line: its label, with TTL, layout and quirks (TCP), ciphers (JA4) or the text."""
    fields = line.text.split(":")
    if line.section == TLS:
        return (line.section, line.label, line.text.split("_")[1])
    kept = (fields[1], fields[5], fields[6]) if line.section.startswith("tcp") else (line.text,)
    return (line.section, line.label, *kept)


def _moved(pairs: list[Pair], ranks: dict[int, int]) -> list[Pair]:
    """The fewest pairs to remove so that the rest has the same order on both sides.

    `pairs` have the order of the old side, `ranks` the order of the new one. The order only
    matters within a section.
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


_SENT = {
    "tcp:request": "SYN",
    "tcp:response": "SYN+ACK",
    "tls:client": "TLS client",
    "http:request": "HTTP request",
    "http:response": "HTTP response",
}
"""The messages that the signatures of each section describe."""


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """Packets that the two sides name differently; a place is empty if nothing matches.

    ``section`` is the section of the signatures, such as "tcp:request", "tls:client" or "http:response".
    A name that begins with ``link`` is the kind of link for the MTU.
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
    """The differences.

    ``packets`` is the number of handshake packets, TLS ClientHellos and HTTP messages that were
    compared. ``changed`` of them have another name or another link.
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
        total = ", ".join(f"{counts[kind]} {kind}" for kind in get_args(Kind))
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
    yield f"! {_SENT[item.section]}, {item.support} ({item.support.example}):"
    yield f"  {before}"
    yield f"  becomes {after}"


class _Difference(NamedTuple):
    """Two answers and their places; a place is empty if nothing matches."""

    before: str
    after: str
    before_place: str
    after_place: str


def _difference(before: SignatureMatch | None, after: SignatureMatch | None) -> _Difference:
    places = ("" if one is None else f"{one.signature.file}:{one.signature.line}" for one in (before, after))
    return _Difference(sightings.answer(before), sightings.answer(after), *places)


class _ComparedMessages:
    """Counts equal hellos and messages of captures, with the answers of both sets."""

    def __init__(self, before: Database, after: Database) -> None:
        self._matchers = Matcher(before), Matcher(after)
        self.found: dict[tuple[Section, str, str], tuple[_Difference, Count]] = {}
        """By section and text, in order of first appearance."""

    def add(self, batch: Batch) -> None:
        """Count the hellos and HTTP messages of a batch. SSL 2.0 hellos have no JA4 and are skipped."""
        rows = RowViews(batch)
        for row in rows.hellos():
            self._add(rows, row, ("tls:client", *seen_hello(rows, row)[:2]))
        for row, direction in rows.messages():
            section: Section = "http:request" if direction == "request" else "http:response"
            self._add(rows, row, (section, rows.message(row), ""))

    def _add(self, rows: RowViews, row: int, key: tuple[Section, str, str]) -> None:
        if key not in self.found:
            before, after = (
                next(iter(fitting), None)
                for fitting in (
                    one.hellos(key[1], key[2]) if key[0] == "tls:client" else one.messages(rows.batch, row)
                    for one in self._matchers
                )
            )
            matches = (None if one is None else SignatureMatch(one, fuzzy=False) for one in (before, after))
            self.found[key] = _difference(*matches), Count()
        host, file, packet = rows.place(row)
        self.found[key][1].add((file, host), file, packet)


DEFAULT_NAME = "default"
"""Stands for the package's own database, unless a file has this name."""


def open_signatures(path: FilePath, *, with_default: bool = False) -> Database:
    """The signatures of a ``.fp`` or ``.hgdb`` file or a folder of ``.fp`` files; ``default`` means our own.

    Files of a folder are read in the order of their names; `with_default` adds the default files after
    them. Raises `DatabaseError` or `SignatureError` as `Database.open` does.
    """
    name = Path(path)
    if os.fspath(path) == DEFAULT_NAME and not name.exists():
        return Database.load_default()
    defaults = sorted(DEFAULT_FILES.glob("*.fp")) if with_default else []
    if not name.is_dir():
        return Database.compile([path, *defaults]) if with_default else Database.open(path)
    files = sorted(name.glob("*.fp"))
    if not files:
        raise DatabaseError(f"{named(str(path))}: Is a directory, with no .fp file in it")
    return Database.compile([*files, *defaults])


def diff_signatures(
    before: Database,
    after: Database,
    captures: FilePath | Sequence[FilePath] = (),
    *,
    on_error: OnError | None = None,
    analyzer: Analyzer | None = None,
) -> SignatureDiff:
    """Compare two sets of signatures, line by line and by their answers about captures.

    `captures` are files or folders of files. Pass an `analyzer` to use its filter and times; its
    database is not used. Raises `LearningError` for a missing capture, and `CaptureError` for a
    damaged one; `on_error` gets this error instead.
    """
    paths = expanded(captures)
    reader = Analyzer(None, uptime=False) if analyzer is None else analyzer
    others = _ComparedMessages(before, after)
    tallies: dict[sightings.Shown, Count] = {}
    for path in paths:
        for one in sightings.handshakes(path, on_error, reader, others.add):
            sightings.count_handshake(tallies, one)
    packets = changed = 0
    found: dict[tuple[Section, _Difference], Count] = {}
    compared = [(key[0], [names], tally) for key, (names, tally) in others.found.items()]
    for section, names, tally in [*_handshakes(before, after, tallies), *compared]:
        differing = [one for one in names if one.before != one.after]
        packets += tally.packets
        changed += tally.packets * bool(differing)
        for difference in differing:
            found.setdefault((section, difference), Count()).merge(tally)
    answers = tuple(
        AnswerDifference(
            "response" if section.endswith("response") else "request", section, *names, tally.support
        )
        for (section, names), tally in sorted(found.items(), key=lambda item: (item[1].rank, item[0]))
    )
    return SignatureDiff(tuple(_line_differences(before, after)), answers, packets, changed)


def _handshakes(
    before: Database, after: Database, tallies: dict[sightings.Shown, Count]
) -> Iterator[tuple[Section, list[_Difference], Count]]:
    links = _links(before), _links(after)
    for shown, tally in tallies.items():
        seen = shown.seen
        mtu = seen.mss + (40 if seen.version == 4 else 60) if seen.mss else 0
        (old, old_place), (new, new_place) = (side.get(mtu, ("???", "")) for side in links)
        link = _Difference(f"link {old}", f"link {new}", old_place, new_place)
        section: Section = "tcp:response" if shown.direction == "response" else "tcp:request"
        names = (sightings.named(database, shown) for database in (before, after))
        yield section, [_difference(*names), link], tally


def _links(database: Database) -> dict[int, tuple[str, str]]:
    """The name and place of the first line for each MTU."""
    found: dict[int, tuple[str, str]] = {}
    for one in database.signatures:
        if one.section == "mtu":
            found.setdefault(int(one.text), (one.name, f"{one.file}:{one.line}"))
    return found
