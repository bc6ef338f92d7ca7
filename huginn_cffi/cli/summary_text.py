"""Formats a summary as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from huginn_cffi.base.text_tables import aligned
from huginn_cffi.cli.standard_error import NOTHING_LOST, plain
from sigcompiler.claims.flavors import label_text

Row = Sequence[object]
Section = Callable[..., Iterator[str]]
"""`_section` without the arguments that all sections share; `place` is the key of its rows in ``omitted``."""
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

    def section(
        title: str, headings: Sequence[str], rows: Iterable[Row], place: str = "", top: int = TOP
    ) -> Iterator[str]:
        return _section(title, headings, rows, top, found["omitted"].get(place, 0))

    beyond = "" if found["hosts_complete"] else " and more; numbers of hosts are lower bounds"
    local = found["local_hosts"]
    yield f"Hosts     {found['hosts']} ({local} local, {found['hosts'] - local} remote){beyond}"
    if found["devices"]:
        yield f"Devices   {devices_text(found['devices'])}"
    yield from finding_lines(found["findings"])
    yield from answer_lines(found["answers"])
    yield from _cryptography(found, section)
    yield from section(
        "Top hosts", ("SYNs", "SYN+ACKs", "host", "system"), _hosts(found["top_hosts"]), "top_hosts"
    )
    systems = (
        (row["hosts"], row["packets"], row["role"], f"{_name(row)}{' (tool)' if row['tool'] else ''}")
        for row in found["systems"]
    )
    yield from section("Systems", ("hosts", "packets", "role", "system"), systems, "systems")
    yield from _programs(found, section)
    headings = "hosts", "packets", "direction", "signature"
    yield from section(
        "Unknown signatures", headings, map(itemgetter(*headings), found["unknown"]), "unknown"
    )
    links = ((row["hosts"], row["packets"], row["mtu"], row["link"] or "") for row in found["links"])
    yield from section("Links", ("hosts", "packets", "MTU", "link"), links, "links")
    uptimes = (
        (row["host"], row["role"], _duration(row), "" if row["reliable"] else "unreliable")
        for row in found["uptimes"]
    )
    yield from section("Uptimes", ("host", "role", "uptime", ""), uptimes, "uptimes")
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


def _cryptography(summary: dict[str, Any], section: Section) -> Iterator[str]:
    found = summary["tls"]
    if summary["certificates"]:
        rows = (
            (
                (row["not_after"] or "unknown")[:10],
                row["host"],
                row["public_key"],
                row["signature"] or "self-signed",
            )
            for row in summary["certificates"]
        )
        of_end = "until", "server", "key", "signature"
        yield from section("Certificates by end of validity", of_end, rows, "certificates")
    if summary["negotiated"]:
        chosen = map(
            itemgetter("hosts", *(of_use := ("connections", "protocol", "algorithms"))), summary["negotiated"]
        )
        yield from section("Negotiated cryptography", ("servers", *of_use), chosen, "negotiated")
    if not any(found["hellos"].values()):
        return
    headings = "hosts", "hellos", "role", "version"
    yield from section("TLS versions", headings, map(itemgetter(*headings), found["versions"]))
    shares = ((found["post_quantum"][role], count, role) for role, count in found["hellos"].items())
    yield from section("Post-quantum key shares", ("hellos", "of", "role"), shares)
    if found["old"]:
        of_old = "role", "version", "host"
        servers = map(itemgetter(*of_old), found["old"])
        yield from section("Before TLS 1.2, or weak", of_old, servers, "tls.old")


def _programs(found: dict[str, Any], section: Section) -> Iterator[str]:
    tls, http = found["tls"], found["http"]
    if tls["clients"] or any(tls["hellos"].values()):
        clients = (
            (row["hosts"], row["hellos"], _name(row, row["ja4"] or "SSL 2.0 format"))
            for row in tls["clients"]
        )
        yield from section("TLS clients", ("hosts", "hellos", "client"), clients, "tls.clients")
    for role, title in (("request", "HTTP clients"), ("response", "HTTP servers")):
        place = title[5:]
        if http["messages"][role] or http[place]:
            rows = ((row["hosts"], row["messages"], _name(row)) for row in http[place])
            yield from section(title, ("hosts", f"{role}s", place[:-1]), rows, f"http.{place}")
    if http["claims"]:
        claims = ((row["hosts"], row["messages"], row["system"] or "") for row in http["claims"])
        headings = "hosts", "requests", "system"
        yield from section("Systems named in requests", headings, claims, "http.claims")
    yield from _verdicts(found["verdicts"], section)


def _verdicts(found: dict[str, Any], section: Section) -> Iterator[str]:
    counts = [
        (count, subject, verdict)
        for subject, one in found["counts"].items()
        for verdict, count in one.items()
    ]
    shown = [(count, subject, verdict.replace("_", " ")) for count, subject, verdict in counts if count]
    if not shown:
        return
    yield from section("Verdicts", ("events", "of", "verdict"), shown, top=len(counts))
    if found["contradictions"]:
        rows = map(itemgetter("events", "of", "host", "why"), found["contradictions"])
        headings = "events", "of", "host", "observed"
        yield from section("Contradictions", headings, rows, "verdicts.contradictions")


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
        from sigcompiler.claims.support import LIST

        yield f"  (ends of support: {LIST}, without paid support)"


def _hosts(found: list[dict[str, Any]]) -> Iterator[Row]:
    """With the SYNs of tools, which `syns` leaves out; hosts without handshakes come last."""
    for row in sorted(found, key=lambda row: row["connections"] == 0):
        system = [label_text(row["family"], row["flavor"])] if row["family"] is not None else row["tools"]
        syns = row["connections"] - row["syn_acks"]
        yield syns, row["syn_acks"], row["ip"] or row["mac"], "; ".join(system)


def _section(
    title: str, headings: Sequence[str], rows: Iterable[Row], top: int, omitted: int
) -> Iterator[str]:
    """A title and a table. Numbers are right-aligned, words left-aligned."""
    yield ""
    every = list(rows)
    count = len(every) + omitted
    first = min(top, len(every))
    yield f"{title}{f' (the first {first} of {count})' if count > first else ''}"
    if not every:
        yield NOTHING
        return
    shown = every[:top]
    right = [all(isinstance(cell, int) for cell in column) for column in zip(*shown, strict=True)]
    yield from (f"  {line}" for line in aligned([headings, *([*map(_visible, row)] for row in shown)], right))


def _duration(row: dict[str, Any]) -> str:
    """An uptime as in the core's text output; the modulo shows hours only if the uptime has as many days."""
    days, rest = divmod(row["minutes"], 24 * 60)
    modulo = f"{row['modulo_days']} days"
    if days >= row["modulo_days"]:
        modulo += f", {WRAP // row['frequency_hz'] // 3600 % 24} hrs"
    return f"{days} days, {rest // 60} hrs, {rest % 60} min (modulo {modulo})"


def _visible(value: object) -> str:
    from sigcompiler.diagnostics import visible

    return visible(str(value))
