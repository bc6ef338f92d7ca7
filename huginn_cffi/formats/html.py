"""What notebooks show: tables in HTML. Whatever packets and labels hold is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from huginn_cffi.base.names import EVENTS
from huginn_cffi.base.times import moment_text
from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.batch.batch import Batch
    from huginn_cffi.engine.stats import Stats
    from huginn_cffi.explain.explanation import Explanation, NearSignature
    from huginn_cffi.results.results import AnalysisResult, Part

ROWS = 10
"""Events of a batch that are shown."""

_HEADS = ("event", "source", "destination", "tells", "shows")
_DIFFERENT = {"differs": "<b>differs</b>", "tolerated": "tolerated", "exact": "exact"}


def result_html(result: AnalysisResult) -> str:
    """A packet's number and time, and a row for each thing that it showed."""
    title = f"packet {result.packet_number}, {moment_text(result.time_ns)} UTC"
    if result.tunnel:
        title += f", in {result.tunnel}"
    if result.drop:
        title += f", dropped: {result.drop}"
    return _table(title, _HEADS, map(_part_row, result.parts))


def part_html(part: Part) -> str:
    """One thing that a packet showed."""
    return _table("", _HEADS, [_part_row(part)])


def batch_html(batch: Batch) -> str:
    """The first events."""
    rows = [_part_row(part) for part in islice(batch, ROWS)]
    more = f", the first {ROWS}" if len(batch) > ROWS else ""
    return _table(f"{len(batch)} events{more}", _HEADS, rows)


def stats_html(stats: Stats) -> str:
    """The counters; those of reasons and kinds that are not 0."""
    rows = []
    for field in fields(stats):
        value = getattr(stats, field.name)
        if isinstance(value, Mapping):
            value = ", ".join(f"{count} {name}" for name, count in value.items() if count) or "none"
        if value not in ((), None):
            rows.append((field.name, str(value)))
    return _table("", ("counter", "value"), rows)


def explanation_html(explanation: Explanation) -> str:
    """The answer, the reason, and a table of fields for each of the nearest signatures."""
    answer = "no match" if explanation.match is None else str(explanation.match)
    lines = [f"<p><code>{_text(str(explanation.observation))}</code><br><b>{_text(answer)}</b>: "]
    lines += [_text(explanation.reason), *(f"<br>{_text(note)}" for note in explanation.notes), "</p>"]
    return "".join(lines) + "".join(map(near_html, explanation.nearest))


def near_html(near: NearSignature) -> str:
    """A signature beside the packet, field by field."""
    title = f"{near.label} ({near.kind}, fits: {near.fit}), {near.file}:{near.line}, {near.signature}"
    rows = [
        "".join(map(_cell, (item.field, item.packet, item.signature)))
        + f"<td>{_DIFFERENT[item.verdict]}</td>"
        + _cell(item.note)
        for item in near.fields
    ]
    return _framed(title, ("field", "packet", "signature", "verdict", "note"), rows)


def _part_row(part: Part) -> tuple[str, str, str, str, str]:
    event = EVENTS[part._batch._cells.event[part._row]]
    return (event, str(part.source), str(part.destination), *part._facts)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return _framed(title, heads, ("".join(map(_cell, row)) for row in rows))


def _framed(title: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    """A table of rows that are HTML already."""
    caption = f"<caption>{_text(title)}</caption>" if title else ""
    head = "".join(f"<th>{_text(name)}</th>" for name in heads)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    return f"<td>{_text(text)}</td>"


def _text(text: str) -> str:
    return escape(visible(text))
