"""Explanations: the match, the reason, and the nearest signatures field by field."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Generic, Literal, TypeVar

from huginn_cffi.explain.fields import Outcome
from huginn_cffi.formats.html import cell, escaped, framed
from huginn_cffi.run.match import Match
from huginn_cffi.run.signatures import Kind, Signature
from sigcompiler.claims.flavors import label_text
from sigcompiler.diagnostics import visible

Fit = Literal["exact", "fuzzy", "no"]

WIDTH = 100
_TITLE = 9


def titled(title: str, text: str) -> list[str]:
    """A title followed by a text, wrapped to lines."""
    return wrapped(f"{title:<{_TITLE}}", text)


def wrapped(start: str, text: str, indent: int | None = None) -> list[str]:
    """`start` and `text`, wrapped; further lines are indented."""
    margin = " " * (len(start) if indent is None else indent)
    return textwrap.wrap(visible(text), WIDTH, initial_indent=start, subsequent_indent=margin) or [start]


def listed(start: str, items: list[str]) -> Iterator[str]:
    """`start` and the items, separated by commas; lines break only between items."""
    line = start
    for number, item in enumerate(items, 1):
        piece = visible(item) + ("," if number < len(items) else "")
        if line != start and len(line) + 1 + len(piece) > WIDTH:
            yield from _cut(line, len(start))
            line = " " * len(start)
        line += piece if line.endswith(" ") else f" {piece}"
    yield from _cut(line, len(start))


def _cut(line: str, indent: int) -> list[str]:
    """The line, cut into pieces if it is too long."""
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent) if len(line) > WIDTH else [line]


_INDENT = 3
_FIELD = 7
_FITS = {"exact": "fits exactly", "fuzzy": "fits fuzzily", "no": "does not fit"}
_DIFFERENT = {"differs": "<b>differs</b>", "tolerated": "tolerated", "exact": "exact"}


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of a packet and of a signature.

    ``field`` is "version", "ittl", "olen", "mss", "window", "wscale", "olayout", "quirks" or
    "pclass"; for TLS clients "proto", "version", "sni", "ciphers", "exts" or "alpn" (the lists as number
    and digest); for HTTP messages "version" or a header of the signature. ``packet`` and ``signature``
    are the two values in signature notation; a window is in brackets if it is written as a multiple.
    ``outcome`` is "exact", "tolerated" (a fuzzy match allows it) or "differs"; ``note`` describes the
    difference and may be empty.
    """

    field: str
    packet: str
    signature: str
    outcome: Outcome
    note: str


@dataclass(frozen=True, slots=True)
class NearSignature:
    """A signature compared with a packet.

    ``fit`` is "exact", "fuzzy" or "no". ``distance`` is the sum of points for all differences, 0
    without one; signatures that do not fit are ranked by it. ``signature`` is the text from the file,
    ``file`` and ``line`` (from 1) its position; ``provenance`` names the source and may be empty.
    ``name``, ``flavor``, ``kind`` and ``userland`` come from its label; ``fields`` compares each field.
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
        """Name and flavor, as in results."""
        return label_text(self.name, self.flavor)

    def of(self, outcome: Outcome) -> tuple[FieldComparison, ...]:
        """The fields with this outcome."""
        return tuple(item for item in self.fields if item.outcome == outcome)

    def __str__(self) -> str:
        return "\n".join(near_lines(self, ""))

    def _repr_html_(self) -> str:
        return _near_html(self)


_OF_MATCH = (
    *("name", "flavor", "kind", "fuzzy", "userland", "quality", "signature", "file", "line", "candidates"),
)
Subject = Literal["packet", "client", "message"]
Answer = TypeVar("Answer", bound=Match | NearSignature)


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Generic[Answer]):
    """The database's match for a handshake packet, a ClientHello or an HTTP message, and the reason.

    `subject` is the kind of the explained object, ``observed`` its values: for packets and HTTP messages
    "direction" ("request" for a SYN, "response" for a SYN+ACK) and "signature", which is typed for a packet;
    for a client "ja4" and "ja4_stable". ``match`` is the answer, or ``None``; ``reason`` explains it in
    words. ``nearest`` lists the nearest signatures: first those that fit, in match order, then the others by
    distance.
    """

    subject: Subject
    observed: dict[str, Any]
    match: Answer | None
    reason: str
    nearest: tuple[NearSignature, ...]

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        match = self.match
        return {
            **{name: str(value) for name, value in self.observed.items()},
            "match": {name: getattr(match, name) for name in _OF_MATCH}
            if isinstance(match, Match)
            else match and asdict(match),
            "reason": self.reason,
            "nearest": [asdict(item) for item in self.nearest],
        }

    def _titles(self) -> Iterator[tuple[str, str]]:
        """Titles and texts: the explained object, the answer, the reason, and other answers."""
        seen, match, answer = self.observed, self.match, "none"
        if self.subject == "client":
            stable = (("Stable:", seen["ja4_stable"]),) if seen["ja4_stable"] != seen["ja4"] else ()
            yield from (("JA4:", seen["ja4"]), *stable)
        elif self.subject == "packet":
            yield "Packet:", "SYN+ACK" if seen["direction"] == "response" else "SYN"
        else:
            yield "Message:", seen["direction"]
        if "signature" in seen:
            yield "Sig:", str(seen["signature"])
        if isinstance(match, Match):
            way = "fuzzy" if match.fuzzy else "exact"
            kind = f"{match.kind}, tool" if match.userland else match.kind
            answer = f"{match} ({way}, {kind}, quality {match.quality})"
        elif match is not None:
            answer = f"{match.label} ({match.kind})"
        yield from (("Match:", answer), ("Why:", self.reason))
        if isinstance(match, Match) and match.candidates:
            yield "As well:", "; ".join(match.candidates)

    def _lines(self) -> Iterator[str]:
        for title, text in self._titles():
            yield from titled(title, text)
        for number, near in enumerate(self.nearest, 1):
            yield ""
            # The kind is shown only for packets: nearly all clients and messages belong to tools.
            yield from near_lines(near, f"{number}. ", "" if self.subject == "packet" else near.kind)

    @property
    def _named(self) -> tuple[str, str]:
        name = self.match.label if isinstance(self.match, NearSignature) else str(self.match or "no match")
        return str(self.observed.get("signature") or self.observed["ja4"]), name

    def __repr__(self) -> str:
        seen, name = self._named
        direction = f" ({self.observed['direction']})" if "direction" in self.observed else ""
        answer = name if self.match is None else repr(name)
        return f"<Explanation of {seen}{direction}: {answer}, {len(self.nearest)} nearest>"

    def _repr_html_(self) -> str:
        seen, name = self._named
        answer = f"<p><code>{escaped(seen)}</code><br><b>{escaped(name)}</b>: {escaped(self.reason)}</p>"
        return answer + "".join(map(_near_html, self.nearest))


def near_signature(
    signature: Signature, fit: Fit, distance: float, fields: Iterable[FieldComparison]
) -> NearSignature:
    """A signature of a database, compared with a packet."""
    return NearSignature(
        name=signature.name,
        flavor=signature.flavor,
        kind=signature.kind,
        userland=signature.userland,
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
    """The reason when none of `count` signatures fits; `nearest` begins with the nearest signature."""
    if not count:
        return f"the database has no signatures of {what}"
    return f"none of the {count} signatures of {what} fits; the nearest differs in {differing(next(nearest))}"


def near_lines(near: NearSignature, number: str, kind: str = "") -> Iterator[str]:
    """The comparison of a signature with a packet as lines of text."""
    kind = kind or (f"{near.kind}, tool" if near.userland else near.kind)
    fit = _FITS[near.fit] if near.fit != "no" else f"{_FITS['no']}, distance {near.distance:g}"
    if near.fit == "no" and not near.of("differs"):
        fit += " (tools are named by exact fits alone)"
    yield from wrapped(number, f"{near.label} ({kind}): {fit}", _INDENT if number else 0)
    margin = " " * _INDENT if number else ""
    yield from wrapped(margin, near.signature)
    yield from wrapped(margin, f"{near.file}:{near.line}")
    if near.provenance:
        yield from wrapped(f"{margin}source: ", near.provenance)
    for outcome in ("differs", "tolerated"):
        for item in near.fields:
            if item.outcome == outcome:
                start = f"{margin}{outcome:<11}{item.field:<{_FIELD}} "
                yield from wrapped(start, _difference(item))
    exact = [_agreement(item) for item in near.fields if item.outcome == "exact"]
    if exact:
        yield from listed(f"{margin}{'exact':<11}", exact)


def _difference(item: FieldComparison) -> str:
    words = f"{item.packet or 'none'}, wants {item.signature or 'none'}"
    return f"{words}: {item.note}" if item.note else words


def _agreement(item: FieldComparison) -> str:
    """Field and value, the signature's value if it is written differently, and the note."""
    same = item.signature in (item.packet, item.packet.partition(" ")[0])
    more = [] if same else [item.signature or "none"]
    more += [item.note] if item.note else []
    brackets = f" ({'; '.join(more)})" if more else ""
    return f"{item.field} {item.packet or 'none'}{brackets}"


def _near_html(near: NearSignature) -> str:
    title = f"{near.label} ({near.kind}, fits: {near.fit}), {near.file}:{near.line}, {near.signature}"
    rows = [
        "".join(map(cell, (item.field, item.packet, item.signature)))
        + f"<td>{_DIFFERENT[item.outcome]}</td>"
        + cell(item.note)
        for item in near.fields
    ]
    return framed(title, ("field", "packet", "signature", "outcome", "note"), rows)
