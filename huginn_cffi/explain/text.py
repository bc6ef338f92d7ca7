"""Explanations as text: lines of at most 100 columns, no control characters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.explain.clients import ClientExplanation
    from huginn_cffi.explain.devices import DeviceExplanation
    from huginn_cffi.explain.explanation import Explanation, FieldComparison, NearSignature
    from huginn_cffi.explain.messages import MessageExplanation

WIDTH = 100
_INDENT = 3
_TITLE = 9
_FIELD = 7
_FITS = {"exact": "fits exactly", "fuzzy": "fits fuzzily", "no": "does not fit"}


def explanation_text(explanation: Explanation) -> str:
    """The answer, the reason, and the nearest signatures."""
    packet = "SYN+ACK" if explanation.direction == "response" else "SYN"
    match = explanation.match
    lines = [*_titled("Packet:", packet), *_titled("Sig:", str(explanation.observation))]
    for item in explanation.notes:
        lines += _titled("Note:", item)
    if match is None:
        lines += _titled("Match:", "none")
    else:
        way = "fuzzy" if match.fuzzy else "exact"
        kind = f"{match.kind}, tool" if match.userland else match.kind
        lines += _titled("Match:", f"{match} ({way}, {kind}, quality {match.quality})")
    lines += _titled("Why:", explanation.reason)
    if match is not None and match.candidates:
        lines += _titled("As well:", "; ".join(match.candidates))
    for number, near in enumerate(explanation.nearest, 1):
        lines += ["", *_near_lines(near, f"{number}. ")]
    return "\n".join(lines)


def client_text(explanation: ClientExplanation) -> str:
    """The same of the hello of a TLS client."""
    match = explanation.match
    lines = _titled("JA4:", explanation.ja4)
    if explanation.ja4_stable != explanation.ja4:
        lines += _titled("Stable:", explanation.ja4_stable)
    lines += _titled("Match:", "none" if match is None else f"{match.label} ({match.kind})")
    lines += _titled("Why:", explanation.reason)
    for number, near in enumerate(explanation.nearest, 1):
        lines += ["", *_near_lines(near, f"{number}. ", near.kind)]
    return "\n".join(lines)


def message_text(explanation: MessageExplanation) -> str:
    """The same of an HTTP message."""
    match = explanation.match
    lines = [*_titled("Message:", explanation.direction), *_titled("Sig:", explanation.signature)]
    lines += _titled("Match:", "none" if match is None else f"{match.label} ({match.kind})")
    lines += _titled("Why:", explanation.reason)
    for number, near in enumerate(explanation.nearest, 1):
        lines += ["", *_near_lines(near, f"{number}. ", near.kind)]
    return "\n".join(lines)


def device_text(explanation: DeviceExplanation) -> str:
    """What an announcement says of a device."""
    match = explanation.match
    lines = _titled("Text:", f"{explanation.announcement} {explanation.text}")
    if match is None:
        return "\n".join([*lines, *_titled("Match:", "none")])
    lines += _titled("Match:", f"{match.label} ({match.label.kind})")
    for name in ("type", "manufacturer", "model", "system", "version"):
        if value := getattr(explanation, name):
            lines += _wrapped(f"   {name:<13}", value)
    lines += _wrapped("   ", match.text)
    lines += _wrapped("   ", f"{match.file}:{match.line}")
    if match.provenance:
        lines += _wrapped("   source: ", match.provenance)
    return "\n".join(lines)


def near_text(near: NearSignature) -> str:
    """One signature."""
    return "\n".join(_near_lines(near, ""))


def _near_lines(near: NearSignature, number: str, kind: str = "") -> Iterator[str]:
    kind = kind or (f"{near.kind}, tool" if near.userland else near.kind)
    fit = _FITS[near.fit] if near.fit != "no" else f"{_FITS['no']}, distance {near.distance:g}"
    if near.fit == "no" and not near.of("differs"):
        fit += " (tools are named by exact fits alone)"
    yield from _wrapped(number, f"{near.label} ({kind}): {fit}", _INDENT if number else 0)
    margin = " " * _INDENT if number else ""
    yield from _wrapped(margin, near.signature)
    yield from _wrapped(margin, f"{near.file}:{near.line}")
    if near.provenance:
        yield from _wrapped(f"{margin}source: ", near.provenance)
    for verdict in ("differs", "tolerated"):
        for item in near.fields:
            if item.verdict == verdict:
                start = f"{margin}{verdict:<11}{item.field:<{_FIELD}} "
                yield from _wrapped(start, _difference(item))
    exact = [_agreement(item) for item in near.fields if item.verdict == "exact"]
    if exact:
        yield from _listed(f"{margin}{'exact':<11}", exact)


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


def _titled(title: str, text: str) -> list[str]:
    return list(_wrapped(f"{title:<{_TITLE}}", text))


def _wrapped(start: str, text: str, indent: int | None = None) -> Iterator[str]:
    """`start` and `text`, further lines under the text; words longer than a line are cut."""
    margin = " " * (len(start) if indent is None else indent)
    yield from textwrap.wrap(visible(text), WIDTH, initial_indent=start, subsequent_indent=margin) or [start]


def _listed(start: str, items: list[str]) -> Iterator[str]:
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
