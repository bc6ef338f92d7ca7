"""Grades the answers of tools, and counts hosts: never packets.

Two views: ``handshake`` takes only answers from a SYN or SYN+ACK about hosts that sent one; ``host`` takes
all that a tool says of a host. If a tool gives several answers about a host, the most frequent one counts,
and in a tie the worse one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from huginn_workbench.benchmark.lists import FIELDS, CaptureSource, LabelledHost
from huginn_workbench.benchmark.run import AnswerRow
from huginn_workbench.benchmark.tools import ToolAnswer
from huginn_workbench.evaluation.answers import PacketAnswer
from huginn_workbench.evaluation.calibration import EDGES
from huginn_workbench.evaluation.devices import LINUX, judge_value
from huginn_workbench.evaluation.judging import judge
from sigcompiler.claims.flavors import claims, family_names

GRADES = ("right", "near", "wrong", "silent")
VIEWS = {"handshake": ("family", "version"), "host": FIELDS}
_OF_GENERATION = {"right": "right", "contradicted": "wrong"}


class GradedAnswer(NamedTuple):
    """The grade of a tool for one labelled field of a host."""

    tool: str
    view: str
    host: LabelledHost
    field: str
    said: str
    grade: str
    confidence: float | None


def grade(host: LabelledHost, field: str, answer: ToolAnswer) -> str:
    """Compare one answer with the label of a field.

    Families and versions are judged as `huginn evaluate` does, and systems that are no family of a network
    stack by their words, as for devices. The version of a wrong family is wrong.
    """
    label, said = host.values[field], getattr(answer, field)
    if field not in ("family", "version"):
        return judge_value({"maker": "manufacturer"}.get(field, field), label, said) if said else "silent"
    families = family_names(answer.family) if answer.family else ()
    found = PacketAnswer(answer.family, families, claims(answer.family, answer.version) if families else ())
    judged = judge(host.as_packet(), found)
    family = (
        "silent" if not families else _family(host.values.get("family", ""), answer.family, judged.family)
    )
    if field == "family" or family in ("wrong", "silent"):
        return family
    if not said:
        return "silent"
    if judged.generation in _OF_GENERATION:
        return _OF_GENERATION[judged.generation]
    return judge_value("version", label, said) if family == "right" == judged.family else "silent"


def _family(label: str, said: str, by_stack: str) -> str:
    """The grade of a family; a distribution is its kernel, and other systems are compared by their words."""
    words = set(said.lower().split())
    if by_stack == "right" or (label in ("Linux", "Unix") and words & LINUX and "android" not in words):
        return "right"
    by_words = judge_value("system", label, said)
    return by_stack if by_words == "wrong" else by_words


def graded(hosts: Iterable[LabelledHost], answers: Iterable[AnswerRow]) -> Iterator[GradedAnswer]:
    """One grade for each tool, view, host and labelled field; no handshake view without such answers."""
    said: dict[str, dict[str, list[ToolAnswer]]] = defaultdict(lambda: defaultdict(list))
    for row in answers:
        said[row.tool][row.capture].append(row.answer)
    every = [*hosts]
    for tool, by_capture in said.items():
        reads_handshakes = any(one.seen != "host" for some in by_capture.values() for one in some)
        for host in every:
            own = _about(host.first.host, by_capture.get(host.first.capture, []))
            packets = [one for one in own if one.seen != "host"]
            whole = [one for one in own if one.seen == "host"]
            for view, fields in VIEWS.items():
                for field in (field for field in fields if field in host.values):
                    if view == "host" or (reads_handshakes and host.first.handshake):
                        used = whole or packets if view == "host" else packets
                        yield _decided(tool, view, host, field, used)


def _about(host: str, answers: Sequence[ToolAnswer]) -> list[ToolAnswer]:
    """The answers about an address or MAC, and about other addresses of a host with one MAC."""
    own = [one for one in answers if host in (one.host, one.mac)]
    macs = {one.mac for one in own} - {""}
    return [one for one in answers if one in own or (len(macs) == 1 and one.mac in macs)] if macs else own


def _decided(
    tool: str, view: str, host: LabelledHost, field: str, answers: Iterable[ToolAnswer]
) -> GradedAnswer:
    grades = [(grade(host, field, one), one) for one in answers if one.family or getattr(one, field)]
    counts = Counter(found for found, _ in grades if found != "silent")
    if not counts:
        return GradedAnswer(tool, view, host, field, "", "silent", None)
    best = max(counts, key=lambda found: (counts[found], GRADES.index(found)))
    one = next(one for found, one in grades if found == best)
    sure = float(one.confidence) if one.confidence and field == "family" else None
    return GradedAnswer(tool, view, host, field, getattr(one, field), best, sure)


class ScoreRow(NamedTuple):
    """Counts of hosts. `low` and `high` bound the share of right ones, in percent, with 95 % confidence."""

    table: str
    group: str
    view: str
    field: str
    tool: str
    hosts: int
    right: int
    near: int
    wrong: int
    silent: int
    low: float
    high: float


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The confidence interval of a share, in percent (Wilson's score, without continuity correction)."""
    share, scale = hits / of, 1 + z * z / of
    middle = (share + z * z / (2 * of)) / scale
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / scale
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def tables(sources: Mapping[str, CaptureSource]) -> dict[str, Callable[[LabelledHost], str]]:
    """The groups of hosts in each table; an empty group is left out."""

    def certain(group: Callable[[LabelledHost], str]) -> Callable[[LabelledHost], str]:
        return lambda host: "" if host.first.certainty == "doubtful" else group(host)

    return {
        "total": certain(lambda host: "all hosts"),
        "doubtful labels too": lambda host: "all hosts",
        "rules written with the source": certain(lambda host: host.first.rules),
        "repository": certain(lambda host: sources[host.first.capture].repository),
        "evidence of the label": certain(lambda host: host.first.evidence),
        "certainty of the label": lambda host: host.first.certainty,
        "handshake": certain(lambda host: host.first.handshake or "none"),
        "family": certain(lambda host: host.values.get("family", "")),
        "period": certain(lambda host: _period(host.first.year)),
    }


_PERIODS = ((2013, "until 2012"), (2019, "2013 to 2018"))
"""The year that follows a period, and its name."""


def _period(year: str) -> str:
    if not year:
        return ""
    return next((period for end, period in _PERIODS if int(year) < end), "since 2019")


def scores(found: Sequence[GradedAnswer], sources: Mapping[str, CaptureSource]) -> list[ScoreRow]:
    """The rows of all tables."""
    rows = []
    for table, group_of in tables(sources).items():
        groups: dict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
        for one in found:
            if group := group_of(one.host):
                groups[group, one.view, one.field, one.tool][one.grade] += 1
        for key, counts in sorted(groups.items()):
            total = counts.total()
            low, high = wilson(counts["right"], total)
            right, near, wrong, silent = (counts[name] for name in GRADES)
            rows.append(
                ScoreRow(table, *key, total, right, near, wrong, silent, round(low, 1), round(high, 1))
            )
    return rows


class Band(NamedTuple):
    """Answers with a stated confidence of at least `low` and below `high`; shares are from 0 to 1."""

    tool: str
    view: str
    low: float
    high: float
    hosts: int
    stated: float
    right: float


def calibration(found: Sequence[GradedAnswer]) -> Iterator[Band]:
    """Stated confidence and share of right families, by band."""
    groups: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for one in found:
        if one.confidence is not None and one.host.first.certainty != "doubtful":
            groups[one.tool, one.view].append((one.confidence, one.grade == "right"))
    for (tool, view), pairs in groups.items():
        for low, high in pairwise(EDGES):
            some = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == EDGES[-1]]
            if some:
                stated, right = (sum(column) / len(some) for column in zip(*some, strict=True))
                yield Band(tool, view, low, high, len(some), round(stated, 3), round(right, 3))
