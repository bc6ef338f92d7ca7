"""Formats a summary as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from huginn_cffi.base.text_tables import aligned
from huginn_cffi.cli.standard_error import NOTHING_LOST, plain
from sigcompiler.claims.flavors import label_text
from sigcompiler.claims.sources import SUPPORT_LIST
from sigcompiler.csv_rows import rows_of

NOTHING = "  none"
WRAP = (1 << 32) - 1
"""The last tick of a 32-bit clock."""

TOP = 10
"""Rows of a list that are shown."""


def summary_text(found: dict[str, Any]) -> str:
    """The text of `Summary.as_dict`. Lists are cut after `TOP` rows, and their titles say so."""
    return "\n".join(_lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    """In the order of the page (``SECTIONS`` in ``sections.js``)."""
    if found["first_seen"]:
        is_wrong = found["last_seen"] >= "2100" or any(one["kind"] == "time" for one in found["findings"])
        some = ", some of a wrong clock" if is_wrong else ""
        yield f"Time      {found['first_seen']} to {found['last_seen']}{some}"

    beyond = "" if found["hosts_complete"] else " and more; numbers of hosts are lower bounds"
    local = found["local_hosts"]
    yield f"Hosts     {found['hosts']} ({local} local, {found['hosts'] - local} remote){beyond}"
    if found["devices"]:
        yield f"Devices   {devices_text(found['devices'])}"
    yield from finding_lines(found["findings"])
    yield from answer_lines(found["answers"])
    for table in _TABLES:
        yield from _table(found, **table)
    drops: list[tuple[str, int]] = sorted(found["drops"].items(), key=lambda one: (-one[1], one[0]))
    reasons = ", ".join(f"{count} {plain(reason)}" for reason, count in drops if count)
    if found["packets"] or not found["hosts"]:  # a store has hosts, but no packets
        yield ""
        yield f"Packets   {found['packets']} ({found['bytes']} bytes), {found['analysed']} analysed"
        yield from [f"Not read  {reasons}"] if reasons else []
        yield ""
        yield "What this capture could not show"
        yield from (f"  {_visible(one['text'])}" for one in found["losses"] or [{"text": NOTHING_LOST}])


_ACRONYMS = {"nas": "NAS", "plc": "PLC", "tv": "TV", "ups": "UPS", "voip-phone": "VoIP phone"}


def devices_text(devices: dict[str, int]) -> str:
    """``12 phones, 3 printers, 1 PLC``: the most frequent types first."""
    return ", ".join(
        f"{count} {_plural(_ACRONYMS.get(name, name.replace('-', ' ')), count)}"
        for name, count in sorted(devices.items(), key=lambda item: -item[1])
    )


def _plural(word: str, count: int) -> str:
    if count == 1 or word in ("NAS", "UPS"):
        return word
    return f"{word}es" if word.endswith(("ch", "x")) else f"{word}s"


def _name(row: dict[str, Any], unknown: str = "") -> str:
    return unknown if row["name"] is None else label_text(row["name"], row["flavor"])


def _systems(host: dict[str, Any]) -> str:
    tools = "; ".join(host["tools"])
    return tools if host["family"] is None else label_text(host["family"], host["flavor"])


_NOT_FOUND = re.compile("no |none |not known|0 of ")
"""How the answers begin that no finding states; `NOTHING` in ``view.js``."""


_TOPICS = {
    "out_of_date": "outdated software",
    "scans": "scans",
    "takeovers": "address takeovers",
    "claims": "false claims",
    "systems": "shared addresses",
    "post_quantum": "post-quantum key exchange",
    "new": "news since the last run",
}
"""Questions in a word or two."""


def answer_lines(answers: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The questions that no finding answers, in one line; no lines without such questions."""
    shown = [one for one in answers if one["topic"] == "post_quantum" or _NOT_FOUND.match(one["answer"])]
    if not shown:
        return
    yield ""
    words: dict[str, list[str]] = {"no finding about ": [], "not known: ": [], "": []}
    for one in shown:
        answer, topic = one["answer"], _TOPICS[one["topic"]]
        is_known, is_found = not answer.startswith("not known"), not _NOT_FOUND.match(answer)
        place = "" if is_found else "no finding about " if is_known else "not known: "
        words[place].append(f"{topic}: {_visible(answer)}" if is_found else topic)
    text = "; ".join(f"{place}{', '.join(named)}" for place, named in words.items() if named)
    yield text[:1].upper() + text[1:]


def finding_lines(findings: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The findings, each in a short line; no lines without findings."""
    if findings:
        yield ""
        yield "Findings"
        for finding in findings:
            yield f"  {_visible(finding['headline'])}"
    if any(finding["mark"] == "out of date" for finding in findings):
        yield f"  (ends of support: {SUPPORT_LIST}, without paid support)"


def _duration(row: dict[str, Any]) -> str:
    """An uptime as in the core's text output; the modulo shows hours only if the uptime has as many days."""
    days, rest = divmod(row["minutes"], 24 * 60)
    modulo = f"{row['modulo_days']} days"
    if days >= row["modulo_days"]:
        modulo += f", {WRAP // row['frequency_hz'] // 3600 % 24} hrs"
    return f"{days} days, {rest // 60} hrs, {rest % 60} min (modulo {modulo})"


_CELLS: dict[str, Callable[[dict[str, Any]], object]] = {
    "address": lambda host: host["ip"] or host["mac"],
    "claimed": lambda row: row["system"] or "",
    "client": lambda row: _name(row, row["ja4"] or "SSL 2.0 format"),
    "doubtful": lambda clock: "" if clock["reliable"] else "unreliable",
    "link": lambda row: row["link"] or "",
    "name": _name,
    "signed": lambda row: row["signature"] or "self-signed",
    "syns": lambda host: host["connections"] - host["syn_acks"],  # also those of tools
    "systems": _systems,
    "tool": lambda row: f"{_name(row)}{' (tool)' if row['tool'] else ''}",
    "until": lambda row: (row["not_after"] or "unknown")[:10],
    "uptime": _duration,
}
"""Cells that are made of values, by their names in the file of tables."""

_TABLES = rows_of(Path(__file__).with_name("summary_tables.csv"))


def _table(
    found: dict[str, Any], title: str, rows: str, needs: str, headings: str, cells: str
) -> Iterator[str]:
    """A title and the first rows. Numbers are right-aligned, words left-aligned."""
    if needs and not any(map(_has_any, (_at(found, path) for path in needs.split()))):
        return
    names, every = cells.split(";"), _rows(found, rows)
    first = every if rows == "verdicts.counts" else every[:TOP]
    count = len(every) + found["omitted"].get(rows, 0)
    yield ""
    yield f"{title}{f' (the first {len(first)} of {count})' if count > len(first) else ''}"
    if not first:
        yield NOTHING
        return
    shown = [[_CELLS[name](row) if name in _CELLS else row[name] for name in names] for row in first]
    right = [all(isinstance(cell, int) for cell in column) for column in zip(*shown, strict=True)]
    lines = aligned([headings.split(";"), *([*map(_visible, row)] for row in shown)], right)
    yield from (f"  {line}" for line in lines)


def _rows(found: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The rows of a table: a list of the summary, or made of its counts."""
    tls, verdicts = found["tls"], found["verdicts"]["counts"]
    if path == "shares":
        return [
            {"role": role, "shares": tls["post_quantum"][role], "hellos": count}
            for role, count in tls["hellos"].items()
        ]
    if path == "verdicts.counts":
        counts = [(of, word, count) for of, one in verdicts.items() for word, count in one.items() if count]
        return [{"of": of, "verdict": word.replace("_", " "), "events": count} for of, word, count in counts]
    if path == "top_hosts":  # hosts without handshakes come last
        return sorted(found["top_hosts"], key=lambda host: host["connections"] == 0)
    return list(_at(found, path))


def _at(found: dict[str, Any], path: str) -> Any:
    for key in path.split("."):
        found = found[key]
    return found


def _has_any(value: Any) -> bool:
    """Whether a list is not empty, or a count, also one in an object, is not 0."""
    return any(map(_has_any, value.values())) if isinstance(value, dict) else bool(value)


def _visible(value: object) -> str:
    from sigcompiler.diagnostics import visible

    return visible(str(value))
