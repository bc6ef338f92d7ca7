"""The result of a run: one JSON object, its tables in Markdown and HTML, and two pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from huginn_workbench.benchmark.score import GRADES, Band, ScoreRow

RESULT = Path(__file__).with_name("result.json")
"""The result that the manual shows."""

OURS = "huginn"
FIRST = "total"
COMPARED = ("total", "repository", "family", "handshake", "period")


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """The scores of a run. `tools` has the version of each tool."""

    date: str
    commit: str
    tools: dict[str, str]
    captures: int
    scores: list[ScoreRow]
    calibration: list[Band]

    def to_json(self) -> str:
        """As one object; ``columns`` has the names of the scores' values."""
        return json.dumps(
            {**asdict(self), "columns": ScoreRow._fields, "sentences": [*sentences(self.scores)]}
        )


def result_of(text: str) -> BenchmarkResult:
    """The result in a JSON text of `BenchmarkResult.to_json`."""
    found: dict[str, Any] = json.loads(text)
    rows, bands = [ScoreRow(*one) for one in found["scores"]], [Band(*one) for one in found["calibration"]]
    return BenchmarkResult(found["date"], found["commit"], found["tools"], found["captures"], rows, bands)


def sentences(rows: Sequence[ScoreRow]) -> Iterator[str]:
    """What each tool is better at than huginn, and huginn than the tool: by share of right hosts."""
    by_key = {row[:5]: row for row in rows if row.table in COMPARED}
    for tool in sorted({row.tool for row in rows} - {OURS}):
        better, worse = list[str](), list[str]()
        for key, row in by_key.items():
            own = by_key.get((*key[:4], OURS))
            if row.tool == tool and own is not None:
                place = "" if row.table == FIRST else f" for {row.table} {row.group}"
                text = f"{row.field} by {row.view}{place} ({row.right} of {row.hosts}, {OURS} {own.right})"
                if row.right > own.right:
                    better.append(text)
                elif row.table == FIRST and row.right < own.right:
                    worse.append(text)
                given, own_given = row.hosts - row.silent, own.hosts - own.silent
                if row.table == FIRST and row.wrong * own_given < own.wrong * given:
                    counts = f"{row.wrong} of {given} answers, {OURS} {own.wrong} of {own_given}"
                    better.append(f"fewer wrong ones: {row.field} by {row.view} ({counts})")
        yield (
            f"{tool} is better at {'; '.join(better) or 'nothing that is measured here'}."
            f" {OURS} is better at {'; '.join(worse) or 'nothing that is measured here'}."
        )


def first_table(rows: Iterable[ScoreRow], table: str = FIRST, view: str = "handshake") -> Iterator[str]:
    """A table in Markdown, in percent of hosts."""
    is_first = table == FIRST  # all its rows are about all hosts
    yield (
        f"{'' if is_first else f'| {table} '}| field | tool | hosts | "
        + " | ".join(GRADES)
        + " | right, 95 % |"
    )
    yield f"{'' if is_first else '|---'}|---|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        if (row.table, row.view) == (table, view):
            shares = " | ".join(f"{100 * n / row.hosts:.1f} %" for n in row[6:10])
            within = f"{row.low:.1f} to {row.high:.1f} %"
            group = "" if is_first else f"| {row.group} "
            yield f"{group}| {row.field} | {row.tool} | {row.hosts} | {shares} | {within} |"


def calibration_table(bands: Iterable[Band], tool: str = OURS) -> Iterator[str]:
    """Stated and right shares of one tool, in Markdown."""
    yield "| answers about | confidence | hosts | mean confidence | right |"
    yield "|---|---|--:|--:|--:|"
    for one in bands:
        if one.tool == tool:
            shares = f"{100 * one.stated:.1f} % | {100 * one.right:.1f} %"
            yield f"| {one.view} | {one.low:.2f} to {one.high:.2f} | {one.hosts} | {shares} |"


ORIGIN = "<!-- figures: python -m huginn_workbench.benchmark show; within 0 % -->"
WHOLE = {
    "handshake": "Answers from a SYN or SYN+ACK, without signatures that only the host's source supports",
    "host": "All that a tool says of a host; devices, and hosts that announce their system, count too."
    " A tool without a row names no such value",
}
PARTS = {
    "handshake": "By the packets of the host: right, wrong",
    "period": "By the year of the capture: right, wrong",
    "doubtful labels too": "With the labels that the packets contradict: right, wrong",
}


def compared_table(rows: Iterable[ScoreRow], table: str) -> Iterator[str]:
    """Right and wrong answers from handshakes, with a column for each tool, in Markdown."""
    cells: dict[tuple[str, str], dict[str, ScoreRow]] = {}
    for row in rows:
        if (row.table, row.view) == (table, "handshake"):
            cells.setdefault((row.group, row.field), {})[row.tool] = row
    tools = list(dict.fromkeys(tool for found in cells.values() for tool in found))
    yield f"| {table} | field | hosts | {' | '.join(tools)} |"
    yield f"|---|---|--:|{'--:|' * len(tools)}"
    for (group, field), found in cells.items():
        shares = (
            f"{100 * row.right / row.hosts:.1f}, {100 * row.wrong / row.hosts:.1f} %"
            for row in found.values()
        )
        yield f"| {group} | {field} | {found[OURS].hosts} | {' | '.join(shares)} |"


def summary(result: BenchmarkResult) -> Iterator[str]:
    """The part of docs/reference/accuracy.md that comes from the benchmark."""
    tools = ", ".join(f"{name} {version}" for name, version in result.tools.items())
    yield f"Measured on {result.date} with commit {result.commit}, on {result.captures} captures: {tools}."
    named = [row for row in result.scores if row.silent < row.hosts]
    for view, title in WHOLE.items():
        yield from ("", f"{title}:", "", ORIGIN, "", *first_table(named, view=view))
    for table, title in PARTS.items():
        yield from ("", f"{title}:", "", ORIGIN, "", *compared_table(result.scores, table))
    yield from ("", "The confidence that huginn states, and the share of right families:", "", ORIGIN, "")
    yield from calibration_table(result.calibration)
    for sentence in sentences(result.scores):
        yield from ("", ORIGIN, "", sentence.partition(f" {OURS} is better")[0])


# ---- HTML -------------------------------------------------------------------------------------------------

STYLE = """body { font: 15px sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }
table { border-collapse: collapse; margin: 1em 0; display: block; overflow-x: auto }
td, th { padding: .2em .6em; border-bottom: 1px solid #8885 }
th { text-align: left } .number { text-align: right } text { font: 13px sans-serif; fill: currentColor }
svg { vertical-align: top; max-width: 100%; margin: 1em 2em 1em 0 }
circle { fill-opacity: .6 } .right { fill: #2f6f9f }
.near { fill: #7fb0d0 } .wrong { fill: #c2683f } .silent { fill: #8884 }
.grid { stroke: #8885; fill: none }"""


def bars(rows: Sequence[ScoreRow]) -> str:
    """Picture: the grades of each tool in the first table."""
    parts: list[str] = []
    y = 24
    for name, x in zip(GRADES, range(190, 590, 100), strict=True):
        parts.append(f'<rect class="{name}" x="{x}" y="4" width="12" height="12"/>')
        parts.append(f'<text x="{x + 18}" y="15">{name}</text>')
    for row in rows:
        if (row.table, row.view) == (FIRST, "handshake"):
            parts.append(f'<text x="0" y="{y + 14}">{escape(f"{row.field}, {row.tool}")}</text>')
            end = 190.0
            for name, count in zip(GRADES, row[6:10], strict=True):
                width = 400 * count / row.hosts
                parts.append(f'<rect class="{name}" x="{end:.1f}" y="{y}" width="{width:.1f}" height="18"/>')
                end += width
            y += 24
    return _svg(600, y, "Grades by tool, in percent of hosts", parts)


def curve(bands: Sequence[Band]) -> str:
    """Picture: stated confidence, and the share of right answers, of huginn about single packets.

    A larger circle has more hosts. On the line, both shares are equal.
    """
    parts = ['<path class="grid" d="M60,20V320H360M60,320L360,20"/>']
    for part in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{50 + 300 * part:.0f}" y="338">{100 * part:.0f} %</text>')
        parts.append(f'<text x="14" y="{324 - 300 * part:.0f}">{100 * part:.0f} %</text>')
    for one in bands:
        if one[:2] == (OURS, "handshake"):
            x, y, size = 60 + 300 * one.stated, 320 - 300 * one.right, 3 + one.hosts**0.5
            parts.append(f'<circle class="right" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>')
    parts.append('<text x="250" y="312">confidence</text><text x="66" y="15">share of right answers</text>')
    return _svg(400, 344, "Confidence, and the share of right answers", parts)


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg {size} role="img"><title>{title}</title>{"".join(parts)}</svg>'


def html(result: BenchmarkResult) -> str:
    """One page: the first table, the sentences, two pictures, then every table."""
    head, *_ = summary(result)
    parts = ["<h1>Benchmark of passive fingerprinting</h1>", f"<p>{escape(head)}</p>"]
    parts += [f"<p>{escape(one)}</p>" for one in sentences(result.scores)]
    parts += [
        bars(result.scores),
        curve(result.calibration),
        _html_table(calibration_table(result.calibration)),
    ]
    for table, view in dict.fromkeys((row.table, row.view) for row in result.scores):
        parts += [
            f"<h2>{table}: answers by {view}</h2>",
            _html_table(first_table(result.scores, table, view)),
        ]
    title = '<meta charset="utf-8"><title>Benchmark of passive fingerprinting</title>'
    scheme = '<meta name="color-scheme" content="light dark">'
    return f'<!doctype html><html lang="en">{title}{scheme}<style>{STYLE}</style>{"".join(parts)}</html>\n'


def _html_table(lines: Iterable[str]) -> str:
    head, rule, *rows = (line.strip("| ").replace("|", " | ").split(" | ") for line in lines)
    kinds = [' class="number"' if one.endswith(":") else "" for one in rule]
    text = ""
    for row in (head, *rows):
        tag = "th" if row is head else "td"
        cells = (
            f"<{tag}{kind}>{escape(cell.strip())}</{tag}>" for kind, cell in zip(kinds, row, strict=True)
        )
        text += f"<tr>{''.join(cells)}</tr>"
    return f"<table>{text}</table>"
