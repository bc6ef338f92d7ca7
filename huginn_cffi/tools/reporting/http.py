"""What messages of HTTP show, and whether requests and hellos can be of the systems of their SYNs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huginn_cffi.message_totals import Http
from huginn_cffi.tools.reporting.tables import Column, Table, number, table, text
from huginn_cffi.verdict_totals import Verdicts
from sigcompiler.claims.flavors import label_text
from sigcompiler.diagnostics import valid

SHOWN = 200

WORDS = (
    "Programs by the headers of their first messages in the clear; no path and no value of a header is shown."
)
VERDICT_WORDS = (
    "Whether a hello or a User-Agent can be of the system that the SYN of its connection shows. A proxy, the "
    "exit of a VPN and a container look like contradictions."
)


def client_table(found: Http) -> Table:
    """One row a client."""
    return _programs("http-clients", "HTTP clients", "Client", found["clients"], found["messages"]["request"])


def server_table(found: Http) -> Table:
    """One row a server."""
    return _programs(
        "http-servers", "HTTP servers", "Server", found["servers"], found["messages"]["response"]
    )


def claims_table(found: Http) -> Table:
    """Systems that client hints or User-Agents name."""
    rows = [
        [text(valid(row["system"] or "???")), number(row["hosts"]), _part(row, found["messages"]["request"])]
        for row in found["claims"][:SHOWN]
    ]
    columns = (
        Column("System", hint="by client hints or User-Agent"),
        Column("Addresses", numeric=True),
        Column("Requests", numeric=True),
    )
    caption = "Systems that requests name"
    return table("http-systems", caption, "system", columns, rows, len(found["claims"]))


def verdict_table(found: Verdicts) -> Table:
    """How many of each verdict."""
    rows = [
        [text(of), text(verdict), number(count, sum(counts.values()))]
        for of, counts in found["counts"].items()
        for verdict, count in counts.items()
        if any(counts.values())
    ]
    columns = (Column("Of"), Column("Verdict"), Column("Events", numeric=True))
    return table("verdict-counts", "Verdicts", "verdict", columns, rows)


def contradiction_table(found: Verdicts) -> Table:
    """Who shows two systems in one connection, and which."""
    rows = [
        [text(row["host"]), text(row["of"]), text(valid(row["why"])), number(row["events"])]
        for row in found["contradictions"][:SHOWN]
    ]
    columns = (
        Column("Address", address=True),
        Column("Of"),
        Column("What is seen"),
        Column("Events", numeric=True),
    )
    total = len(found["contradictions"])
    return table("contradictions", "Contradictions", "contradiction", columns, rows, total)


def _programs(name: str, caption: str, title: str, programs: Sequence[dict[str, Any]], of: int) -> Table:
    rows = [[text(_name(row)), number(row["hosts"]), _part(row, of)] for row in programs[:SHOWN]]
    columns = (Column(title), Column("Addresses", numeric=True), Column("Messages", numeric=True))
    return table(name, f"{caption} by number of addresses", title.lower(), columns, rows, len(programs))


def _part(row: dict[str, Any], of: int) -> Any:
    return number(row["messages"], of)


def _name(row: dict[str, Any]) -> str:
    return "???" if row["name"] is None else valid(label_text(row["name"], row["flavor"]))
