"""A summary as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from huginn_cffi.cli.standard_error import plain
from sigcompiler.claims.flavors import label_text

Row = Sequence[object]
NOTHING = "  none"
WRAP = (1 << 32) - 1
"""The last tick of a clock of 32 bits."""


def summary_text(found: dict[str, Any], *, top: int, details: bool = False) -> str:
    """The text of `Summary.as_dict`. Lists are cut after `top` rows, and say so."""
    return "\n".join(_lines(found, top, details))


def _lines(found: dict[str, Any], top: int, details: bool) -> Iterator[str]:
    if found["packets"] or not found["hosts"]:  # a store has hosts, and no packets
        yield f"Packets   {found['packets']} ({found['bytes']} bytes), {found['analysed']} analysed"
    if found["first_event"]:
        is_wrong = found["last_event"] >= "2100" or any(one["kind"] == "time" for one in found["findings"])
        some = ", some of a wrong clock" if is_wrong else ""
        yield f"Time      {found['first_event']} to {found['last_event']}{some}"
    omitted = found["omitted"]
    beyond = "" if found["hosts_complete"] else " and more; numbers of hosts are lower bounds"
    local = found["local_hosts"]
    yield f"Hosts     {found['hosts']} ({local} local, {found['hosts'] - local} remote){beyond}"
    yield from (f"Limits    {one['headline']}" for one in found["findings"] if one["kind"] == "incomplete")
    yield from answer_lines(found["answers"])
    if found["devices"]:
        yield f"Devices   {devices_text(found['devices'])}"
    yield from finding_lines(found["findings"], details=details)
    yield from _section(
        "Systems", ("hosts", "packets", "role", "system"), _systems(found), top, omitted.get("systems", 0)
    )
    yield from _section(
        "Links", ("hosts", "packets", "MTU", "link"), _links(found), top, omitted.get("links", 0)
    )
    yield from _section(
        "Uptimes", ("host", "role", "uptime", ""), _uptimes(found), top, omitted.get("uptimes", 0)
    )
    yield from _section(
        "Unknown signatures",
        ("hosts", "packets", "direction", "signature"),
        _unknown(found),
        top,
        omitted.get("unknown", 0),
    )
    yield from _tls(found["tls"], top, omitted)
    yield from _http(found["http"], top, omitted)
    yield from _verdicts(found["verdicts"], top, omitted)
    yield from _section(
        "Top hosts", ("SYNs", "SYN+ACKs", "host", "system"), _hosts(found), top, omitted.get("top_hosts", 0)
    )
    yield from _section("Left out", ("packets", "reason"), _drops(found), top)


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


def _tls(found: dict[str, Any], top: int, omitted: dict[str, int]) -> Iterator[str]:
    """What hellos show, where there are any."""
    headings = "hosts", "hellos", "client"
    if found["clients"] or any(found["hellos"].values()):
        yield from _section("TLS clients", headings, _tls_clients(found), top, omitted.get("tls.clients", 0))
    if not any(found["hellos"].values()):
        return
    versions = [(row["hosts"], row["hellos"], row["role"], row["version"]) for row in found["versions"]]
    yield from _section("TLS versions", ("hosts", "hellos", "role", "version"), versions, top)
    shares = [(found["post_quantum"][role], count, role) for role, count in found["hellos"].items()]
    yield from _section("Post-quantum key shares", ("hellos", "of", "role"), shares, top)
    old = [(row["role"], row["version"], row["host"]) for row in found["old"]]
    if old:
        yield from _section(
            "Before TLS 1.2", ("role", "version", "host"), old, top, omitted.get("tls.old", 0)
        )


def _tls_clients(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["clients"]:
        unnamed = f"??? {row['ja4'] or 'SSL 2.0 format'}"
        name = unnamed if row["name"] is None else label_text(row["name"], row["flavor"])
        yield row["hosts"], row["hellos"], name


def _http(found: dict[str, Any], top: int, omitted: dict[str, int]) -> Iterator[str]:
    """What HTTP messages show, where there are any."""
    for role, title in (("request", "HTTP clients"), ("response", "HTTP servers")):
        if found["messages"][role] or found[title[5:]]:
            headings = ("hosts", f"{role}s", title[5:-1])
            yield from _section(
                title, headings, _programs(found[title[5:]]), top, omitted.get(f"http.{title[5:]}", 0)
            )
    claims = [(row["hosts"], row["messages"], row["system"] or "???") for row in found["claims"]]
    if claims:
        yield from _section(
            "Systems named in requests",
            ("hosts", "requests", "system"),
            claims,
            top,
            omitted.get("http.claims", 0),
        )


def _programs(rows: Iterable[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        name = "???" if row["name"] is None else label_text(row["name"], row["flavor"])
        yield row["hosts"], row["messages"], name


def _verdicts(found: dict[str, Any], top: int, omitted: dict[str, int]) -> Iterator[str]:
    """Whether hellos and requests can be of the system of the SYN, where there are any."""
    counts = [(count, of, verdict) for of, one in found["counts"].items() for verdict, count in one.items()]
    if not any(count for count, *_ in counts):
        return
    shown = [(count, of, verdict.replace("_", " ")) for count, of, verdict in counts if count]
    yield from _section("Verdicts", ("events", "of", "verdict"), shown, len(counts))
    rows = [(row["events"], row["of"], row["host"], row["why"]) for row in found["contradictions"]]
    if rows:
        yield from _section(
            "Contradictions",
            ("events", "of", "host", "observed"),
            rows,
            top,
            omitted.get("verdicts.contradictions", 0),
        )


def answer_lines(answers: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Each question with its answer; nothing where there are none."""
    if answers:
        yield ""
        yield "Answers"
        for one in answers:
            yield f"  {one['question']} {_visible(one['answer'])}"


def finding_lines(findings: Sequence[dict[str, Any]], *, details: bool = False) -> Iterator[str]:
    """The findings, a short line each unless with `details`; nothing where there are none."""
    if findings:
        yield ""
        yield "Findings"
        for finding in findings:
            yield f"  {_visible(finding['text' if details else 'headline'])}"


def _systems(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["systems"]:
        tool = " (tool)" if row["tool"] else ""
        yield row["hosts"], row["packets"], row["role"], label_text(row["name"], row["flavor"]) + tool


def _links(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["links"]:
        yield row["hosts"], row["packets"], row["mtu"], row["link"] or "???"


def _uptimes(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["uptimes"]:
        doubt = "" if row["reliable"] else "unreliable"
        yield row["host"], row["role"], _duration(row), doubt


def _unknown(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["unknown"]:
        yield row["hosts"], row["packets"], row["direction"], row["signature"]


def _hosts(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["top_hosts"]:
        system = [label_text(row["family"], row["flavor"])] if row["family"] is not None else row["tools"]
        yield row["syns"], row["syn_acks"], row["ip"], "; ".join(system) or "???"


def _drops(found: dict[str, Any]) -> list[Row]:
    drops: list[tuple[str, int]] = sorted(found["drops"].items(), key=lambda one: (-one[1], one[0]))
    return [(count, plain(reason)) for reason, count in drops if count]


def _section(
    title: str, headings: Sequence[str], rows: Iterable[Row], top: int, omitted: int = 0
) -> Iterator[str]:
    """A title and a table. Numbers stand to the right, words to the left."""
    yield ""
    every = list(rows)
    count = len(every) + omitted
    first = min(top, len(every))
    yield f"{title}{f' (the first {first} of {count})' if count > first else ''}"
    if not every:
        yield NOTHING
        return
    shown = every[:top]
    table = [tuple(headings), *(tuple(map(_visible, row)) for row in shown)]
    widths = [max(len(row[column]) for row in table) for column in range(len(headings))]
    right = [all(isinstance(row[column], int) for row in shown) for column in range(len(headings))]
    for row in table:
        cells = (
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, right, strict=True)
        )
        yield f"  {'  '.join(cells)}".rstrip()


def _duration(row: dict[str, Any]) -> str:
    """As the core has it in text: the hours of the modulo where the uptime has as many days."""
    days, rest = divmod(row["minutes"], 24 * 60)
    modulo = f"{row['modulo_days']} days"
    if days >= row["modulo_days"]:
        modulo += f", {WRAP // row['frequency_hz'] // 3600 % 24} hrs"
    return f"{days} days, {rest // 60} hrs, {rest % 60} min (modulo {modulo})"


def _visible(value: object) -> str:
    from sigcompiler.diagnostics import visible

    return visible(str(value))
