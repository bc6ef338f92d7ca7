"""Why a packet was named as it was: the nearest signatures, field by field."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from huginn_cffi.explain.fields import Verdict
from huginn_cffi.explain.nearest import Fit
from huginn_cffi.formats.html import cell, escaped, framed
from huginn_cffi.results.match import OsMatch
from huginn_cffi.results.observables import ObservableTcp
from huginn_cffi.signatures.signatures import Direction, Kind, Signature
from sigcompiler.claims.flavors import label_text
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


_INDENT = 3
_FIELD = 7
_FITS = {"exact": "fits exactly", "fuzzy": "fits fuzzily", "no": "does not fit"}
_DIFFERENT = {"differs": "<b>differs</b>", "tolerated": "tolerated", "exact": "exact"}


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of a packet and of a signature.

    ``field`` is "version", "ittl", "olen", "mss", "window", "wscale", "olayout", "quirks" or
    "pclass"; those of TLS clients are with `ClientExplanation`. ``packet`` and ``signature`` are what
    the two have there, as signatures are written (the window in brackets where a multiple stands for
    it). ``verdict`` is "exact", "tolerated" (a fuzzy match allows it) or "differs"; ``note`` says how,
    and may be empty.
    """

    field: str
    packet: str
    signature: str
    verdict: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class NearSignature:
    """A signature beside a packet.

    ``fit`` is "exact", "fuzzy" or "no"; ``distance`` the points of all differences (0: none),
    by which signatures that do not fit are ranked. ``signature`` is the text as its file has
    it, ``file`` and ``line`` (from 1) are its place, ``provenance`` says where it comes from and
    may be empty. ``name``, ``flavor``, ``kind`` and ``userland`` are those of its `Label`;
    ``fields`` compares field by field.
    """

    name: str
    flavor: str
    kind: Kind
    userland: bool
    fit: Fit
    distance: float
    signature: str
    file: str
    line: int
    provenance: str
    fields: tuple[FieldComparison, ...]

    @property
    def label(self) -> str:
        """Name and flavor, as results show them."""
        return label_text(self.name, self.flavor)

    def of(self, verdict: Verdict) -> tuple[FieldComparison, ...]:
        """The fields with this verdict."""
        return tuple(item for item in self.fields if item.verdict == verdict)

    def __str__(self) -> str:
        return "\n".join(near_lines(self, ""))

    def _repr_html_(self) -> str:
        return _near_html(self)


class Explained:
    """What a database says about something observed, and why. Its subclasses are dataclasses."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)  # type: ignore[call-overload, no-any-return]

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Explained):
    """What a database says about a handshake packet, and why.

    ``direction`` is "request" for a SYN and "response" for a SYN+ACK, ``observation`` what it
    shows. ``match`` is the answer, or ``None``; ``reason`` says in words how it came about. ``notes``
    list what a raw signature left open and was assumed, and what is odd about it. ``nearest``
    are the nearest signatures: first those that fit, in the order of the match, then the others
    by distance.
    """

    direction: Direction
    observation: ObservableTcp
    match: OsMatch | None
    reason: str
    notes: tuple[str, ...]
    nearest: tuple[NearSignature, ...]

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        match = self.match
        named = None
        if match is not None:
            named = {name: getattr(match, name) for name in (*match._shown, "candidates")}
        return {
            "direction": self.direction,
            "signature": str(self.observation),
            "notes": list(self.notes),
            "match": named,
            "reason": self.reason,
            "nearest": [asdict(item) for item in self.nearest],
        }

    def _lines(self) -> Iterator[str]:
        match = self.match
        answer = "none"
        if match is not None:
            way = "fuzzy" if match.fuzzy else "exact"
            kind = f"{match.kind}, tool" if match.userland else match.kind
            answer = f"{match} ({way}, {kind}, quality {match.quality})"
        packet = "SYN+ACK" if self.direction == "response" else "SYN"
        titles = (
            ("Packet:", packet),
            ("Sig:", str(self.observation)),
            *(("Note:", one) for one in self.notes),
        )
        more = "; ".join(match.candidates) if match is not None else ""
        yield from answer_lines(titles, answer, self.reason, more)
        yield from nearest_lines(self.nearest)

    def __repr__(self) -> str:
        answer = "no match" if self.match is None else repr(str(self.match))
        packet = f"{self.observation} ({self.direction})"
        return f"<Explanation of {packet}: {answer}, {len(self.nearest)} nearest>"

    def _repr_html_(self) -> str:
        return _html(self)


def near_signature(
    signature: Signature, fit: Fit, distance: float, fields: Iterable[FieldComparison]
) -> NearSignature:
    """A signature of a database beside a packet."""
    label = signature.label
    return NearSignature(
        name=label.name,
        flavor=label.flavor,
        kind=label.kind,
        userland=label.userland,
        fit=fit,
        distance=distance,
        signature=signature.text,
        file=signature.file,
        line=signature.line,
        provenance=signature.provenance,
        fields=tuple(fields),
    )


def differing(near: NearSignature) -> str:
    """The fields that differ, in words."""
    return " and ".join(item.field for item in near.of("differs"))


def none_fits(count: int, what: str, nearest: Iterator[NearSignature]) -> str:
    """Why none of `count` signatures is the answer; `nearest` begins with the nearest one."""
    if not count:
        return f"the database has no signatures of {what}"
    return f"none of the {count} signatures of {what} fits; the nearest differs in {differing(next(nearest))}"


def answer_lines(
    titles: Iterable[tuple[str, str]], answer: str, reason: str, more: str = ""
) -> Iterator[str]:
    """What is explained, the answer, the reason, and other answers."""
    for title, text in (*titles, ("Match:", answer), ("Why:", reason), ("As well:", more)):
        if text or title != "As well:":
            yield from titled(title, text)


def near_answer(match: NearSignature | None) -> str:
    """The answer that a signature gives."""
    return "none" if match is None else f"{match.label} ({match.kind})"


def nearest_lines(nearest: Iterable[NearSignature], *, tools: bool = True) -> Iterator[str]:
    """The nearest signatures, numbered; `tools`: say which ones describe tools."""
    for number, near in enumerate(nearest, 1):
        yield ""
        yield from near_lines(near, f"{number}. ", "" if tools else near.kind)


def near_lines(near: NearSignature, number: str, kind: str = "") -> Iterator[str]:
    """A signature beside a packet, over a few lines."""
    kind = kind or (f"{near.kind}, tool" if near.userland else near.kind)
    fit = _FITS[near.fit] if near.fit != "no" else f"{_FITS['no']}, distance {near.distance:g}"
    if near.fit == "no" and not near.of("differs"):
        fit += " (tools are named by exact fits alone)"
    yield from wrapped(number, f"{near.label} ({kind}): {fit}", _INDENT if number else 0)
    margin = " " * _INDENT if number else ""
    yield from place_lines(near, margin)
    for verdict in ("differs", "tolerated"):
        for item in near.fields:
            if item.verdict == verdict:
                start = f"{margin}{verdict:<11}{item.field:<{_FIELD}} "
                yield from wrapped(start, _difference(item))
    exact = [_agreement(item) for item in near.fields if item.verdict == "exact"]
    if exact:
        yield from listed(f"{margin}{'exact':<11}", exact)


def place_lines(of: NearSignature | Signature, margin: str) -> Iterator[str]:
    """A signature as written, where, and by which source."""
    yield from wrapped(margin, of.signature if isinstance(of, NearSignature) else of.text)
    yield from wrapped(margin, f"{of.file}:{of.line}")
    if of.provenance:
        yield from wrapped(f"{margin}source: ", of.provenance)


def _difference(item: FieldComparison) -> str:
    words = f"{item.packet or 'none'}, wants {item.signature or 'none'}"
    return f"{words}: {item.note}" if item.note else words


def _agreement(item: FieldComparison) -> str:
    """Field and value, with what the signature has where that is written otherwise, and the note."""
    same = item.signature in (item.packet, item.packet.partition(" ")[0])
    more = [] if same else [item.signature or "none"]
    more += [item.note] if item.note else []
    brackets = f" ({'; '.join(more)})" if more else ""
    return f"{item.field} {item.packet or 'none'}{brackets}"


def _html(explanation: Explanation) -> str:
    answer = "no match" if explanation.match is None else str(explanation.match)
    lines = [f"<p><code>{escaped(str(explanation.observation))}</code><br><b>{escaped(answer)}</b>: "]
    lines += [escaped(explanation.reason), *(f"<br>{escaped(note)}" for note in explanation.notes), "</p>"]
    return "".join(lines) + "".join(map(_near_html, explanation.nearest))


def _near_html(near: NearSignature) -> str:
    title = f"{near.label} ({near.kind}, fits: {near.fit}), {near.file}:{near.line}, {near.signature}"
    rows = [
        "".join(map(cell, (item.field, item.packet, item.signature)))
        + f"<td>{_DIFFERENT[item.verdict]}</td>"
        + cell(item.note)
        for item in near.fields
    ]
    return framed(title, ("field", "packet", "signature", "verdict", "note"), rows)
