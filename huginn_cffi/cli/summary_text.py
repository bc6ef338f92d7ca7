"""A summary as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Row = Sequence[object]
NOTHING = "  none"


def summary_text(found: dict[str, Any], *, top: int) -> str:
    """The text of `Summary.as_dict`. Lists are cut after `top` rows, and say so."""
    return "\n".join(_lines(found, top))


def _lines(found: dict[str, Any], top: int) -> Iterator[str]:
    yield f"Packets   {found['packets']} ({found['bytes']} bytes), {found['analysed']} analysed"
    if found["first_event"]:
        yield f"Time      {found['first_event']} to {found['last_event']}"
    beyond = "" if found["hosts_complete"] else " and more; numbers of hosts are lower bounds"
    yield f"Hosts     {found['hosts']}{beyond}"
    yield from _section("Systems", ("hosts", "packets", "role", "system"), _systems(found), top)
    yield from _section("Links", ("hosts", "packets", "MTU", "link"), _links(found), top)
    yield from _section("Uptimes", ("host", "role", "uptime", ""), _uptimes(found), top)
    yield from _section(
        "Unknown signatures", ("hosts", "packets", "direction", "signature"), _unknown(found), top
    )
    yield from _section("Top hosts", ("SYNs", "SYN+ACKs", "host", "systems"), _hosts(found), top)
    yield from _section("Left out", ("packets", "reason"), _drops(found), top)


def _systems(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["systems"]:
        tool = " (tool)" if row["tool"] else ""
        yield row["hosts"], row["packets"], row["role"], f"{row['name']} {row['flavor']}".rstrip() + tool


def _links(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["links"]:
        yield row["hosts"], row["packets"], row["mtu"], row["link"] or "???"


def _uptimes(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["uptimes"]:
        doubt = "" if row["reliable"] else "unreliable"
        yield row["host"], row["role"], _duration(row["minutes"], row["modulo_days"]), doubt


def _unknown(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["unknown"]:
        yield row["hosts"], row["packets"], row["direction"], row["signature"]


def _hosts(found: dict[str, Any]) -> Iterator[Row]:
    for row in found["top_hosts"]:
        yield row["syns"], row["syn_acks"], row["host"], "; ".join(row["systems"]) or "???"


def _drops(found: dict[str, Any]) -> list[Row]:
    drops: list[tuple[str, int]] = sorted(found["drops"].items(), key=lambda one: (-one[1], one[0]))
    return [(count, reason) for reason, count in drops if count]


def _section(title: str, headings: Sequence[str], rows: Iterable[Row], top: int) -> Iterator[str]:
    """A title and a table. Numbers stand to the right, words to the left."""
    yield ""
    every = list(rows)
    left = len(every) - top
    yield f"{title}{f' (the first {top} of {len(every)})' if left > 0 else ''}"
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


def _duration(minutes: int, modulo_days: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    return f"{days} days, {rest // 60} hrs, {rest % 60} min (modulo {modulo_days} days)"


def _visible(value: object) -> str:
    from sigcompiler.diagnostics import visible

    return visible(str(value))
