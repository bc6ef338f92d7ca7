"""Writes the answers of rules as text, JSON and JUnit XML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from huginn_cffi.applications.auditing.evaluating import VERDICTS, AuditAnswer, RuleAnswers
from huginn_cffi.applications.auditing.policy import SEVERITIES
from sigcompiler.diagnostics import visible

_NAMED = 3
"""Most addresses that the line of a rule names."""
_TOTALS = {"fails": "failed", "passes": "passed"}
_OF_RULE = ("name", "reason", "severity", "of", "where", "require", "sure")
_NOTHING = {"cannot be told": "nothing was seen that it judges", "matched nothing": "where selects nothing"}


def in_order(answers: Sequence[RuleAnswers]) -> list[RuleAnswers]:
    """The failures first, the most severe first."""
    return sorted(answers, key=lambda one: (VERDICTS.index(one.verdict), SEVERITIES.index(one.rule.severity)))


def lines(answers: Sequence[RuleAnswers]) -> Iterator[str]:
    """A line for each failure; then a line for each rule that cannot be told, passes or matched nothing."""
    ordered = in_order(answers)
    for one in ordered:
        for failure in one.failures:
            yield _line("fails", one, f"{failure.subject}: {values_text(failure)}  # {failure.commands}")
        if (beyond := one.counts["fails"] - len(one.failures)) > 0:
            yield _line("fails", one, f"{beyond} more")
    for one in ordered:
        if one.unknown:
            subjects = ", ".join(answer.subject for answer in one.unknown[:_NAMED])
            more = "" if one.counts["unknown"] <= _NAMED else ", ..."
            count = f"{one.counts['unknown']} of {sum(one.counts.values())} {one.rule.of}"
            yield _line("cannot be told", one, f"{count}: {subjects}{more}  # {one.unknown[0].commands}")
        elif one.verdict != "fails":
            passed, accepted = one.counts["passes"], one.counts["accepted"]
            words = f"{passed} {one.rule.of}" + (f", {accepted} failures accepted" if accepted else "")
            yield _line(one.verdict, one, _NOTHING.get(one.verdict, words))
    counts = Counter(one.verdict for one in answers)
    totals = ", ".join(f"{counts[verdict]} {_TOTALS.get(verdict, verdict)}" for verdict in VERDICTS)
    yield f"{len(answers)} rule{'s' * (len(answers) != 1)}: {totals}"


def _line(verdict: str, one: RuleAnswers, words: str) -> str:
    severity = f" ({one.rule.severity})" if verdict == "fails" else ""
    return visible(f"{verdict}{severity}: {one.rule.name}: {words}")


def values_text(answer: AuditAnswer) -> str:
    """The values that a rule read, and the packets behind them, in a line."""
    values = [f"{name} {_value(name, value)}" for name, value in answer.record.items()]
    for capture, packets in groupby(answer.packets, lambda one: one.capture):
        numbers = " and ".join(f"{one.number} ({one.event})" for one in packets)
        values.append(f"packet {numbers} of {capture}")
    return ", ".join(values)


def _value(name: str, value: Any) -> str:
    if name == "evidence" and value:
        said = json.loads(value)
        return "; ".join(f"{source}: {what} ({packets} packets)" for source, what, packets, _ in said)
    return "unknown" if value is None else str(value) or "none"


def table_rows(answers: Sequence[RuleAnswers]) -> list[dict[str, str]]:
    """Rows of a report: each failure, and each other rule."""
    nothing: list[AuditAnswer | None] = [None]
    return [
        {
            **{name: getattr(one.rule, name) for name in ("name", "severity", "reason")},
            "verdict": one.verdict,
            "host": (failure and (failure.ip or failure.mac)) or "",
            "values": "" if failure is None else values_text(failure),
        }
        for one in in_order(answers)
        for failure in (one.failures or nothing)
    ]


def document(answers: Sequence[RuleAnswers]) -> dict[str, Any]:
    """The answers as JSON values."""
    return {
        "event": "audit",
        "verdicts": {verdict: sum(one.verdict == verdict for one in answers) for verdict in VERDICTS},
        "rules": [
            {
                **{name: getattr(one.rule, name) for name in _OF_RULE},
                "from": one.rule.since or None,
                "verdict": one.verdict,
                "rows": one.counts,
                "failures": [*map(_plain, one.failures)],
                "unknown": [*map(_plain, one.unknown)],
            }
            for one in in_order(answers)
        ],
    }


def _plain(answer: AuditAnswer) -> dict[str, Any]:
    record = {**answer.record}
    if record.get("evidence"):
        record["evidence"] = json.loads(record["evidence"])
    named = {name: getattr(answer, name) for name in ("site", "ip", "mac", "key", "command", "explain")}
    return {**named, "packets": [one._asdict() for one in answer.packets], "record": record}


def junit(answers: Sequence[RuleAnswers], name: str, end: str, *, strict: bool) -> str:
    """JUnit XML: each rule is a test case; rules that cannot be told are skipped, or fail with `strict`.

    `end` is the time when the hosts were last seen: with the time of this run, no two outputs were equal.
    """
    failed = sum(fails(one, strict=strict) for one in answers)
    skipped = sum(one.verdict in _NOTHING and not fails(one, strict=strict) for one in answers)
    counts = {"tests": len(answers), "failures": failed, "errors": 0, "skipped": skipped, "id": 0, "time": 0}
    about = {"name": "huginn audit", "package": name, "hostname": "localhost", "timestamp": end[:19]}
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(root, "testsuite", {**about, **{key: str(n) for key, n in counts.items()}})
    ElementTree.SubElement(suite, "properties")
    for one in answers:
        about = {"name": visible(one.rule.name), "classname": name, "time": "0"}
        case = ElementTree.SubElement(suite, "testcase", about)
        if one.verdict == "passes":
            continue
        about = {"message": visible(one.rule.reason) or one.verdict}
        kind = "failure" if fails(one, strict=strict) else "skipped"
        about |= {"type": one.rule.severity} if kind == "failure" else {}
        ElementTree.SubElement(case, kind, about).text = "\n".join(lines([one]))
    for last in ("system-out", "system-err"):
        ElementTree.SubElement(suite, last)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def fails(one: RuleAnswers, *, strict: bool) -> bool:
    """Whether a rule makes the audit fail."""
    return one.verdict == "fails" or (strict and one.verdict == "cannot be told")


def text(answers: Sequence[RuleAnswers], format_: str, name: str, end: str, *, strict: bool) -> str:
    """The answers in a format; `name` names the policy."""
    if format_ == "text":
        return "\n".join((*lines(answers), ""))
    if format_ == "json":
        return f"{json.dumps(document(answers), indent=2)}\n"
    return junit(answers, visible(name), end, strict=strict)
