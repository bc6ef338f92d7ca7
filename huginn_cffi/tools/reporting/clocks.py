"""Uptimes and how far they can be believed."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.tools.reporting.tables import Cell, Column, Table, address, number, table, text, time_cell

SHOWN_UPTIMES = 300
RELIABLE = "no sign against it"


class Uptime(NamedTuple):
    """The latest reading of one side of a host; `why` is empty where nothing speaks against it."""

    version: int
    host: bytes
    server: bool
    minutes: int
    modulo_days: int
    frequency_hz: float
    why: str
    readings: int
    last_ns: int


def uptimes(rows: Any) -> list[Uptime]:
    """Reliable ones first, the longest first among them; then the others, most readings first.

    One doubtful reading makes all of a host's side doubtful: a clock that was refuted later was
    no better before.
    """
    sides: dict[tuple[int, bytes, int], list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        sides.setdefault((row["version"], row["src_ip"], row["event"]), []).append(row)
    found = [_uptime(*key, readings) for key, readings in sides.items()]
    return sorted(
        found, key=lambda one: (one.why != "", -one.minutes if not one.why else -one.readings, one.host)
    )


def _uptime(version: int, host: bytes, event: int, readings: list[dict[str, Any]]) -> Uptime:
    doubtful = [row for row in readings if row["doubt"]]
    shown = max(doubtful or readings, key=lambda row: row["last_ns"])
    return Uptime(
        version,
        host,
        event == lib.HG_EVENT_SERVER_UPTIME,
        shown["uptime_minutes"],
        shown["modulo_days"],
        shown["raw_frequency_hz"],
        _reason(shown["doubt"]),
        sum(row["count"] for row in readings),
        max(row["last_ns"] for row in readings),
    )


def _reason(doubt: int) -> str:
    words = lib.hg_doubt_reason(doubt)
    return "" if words == ffi.NULL else str(ffi.string(words), "ascii")


def reliability_table(found: list[Uptime]) -> Table:
    """How many hosts' clocks can be believed, and why not."""
    reasons = Counter(one.why or RELIABLE for one in found)
    ranked = sorted(reasons.items(), key=lambda item: (item[0] != RELIABLE, -item[1], item[0]))
    rows = [[text(reason), number(count, len(found))] for reason, count in ranked]
    columns = (Column("Verdict"), Column("Clocks", numeric=True))
    return table("reliability", "Clocks by what speaks against them", "verdict", columns, rows)


def uptime_table(found: list[Uptime]) -> Table:
    """One row a clock."""
    columns = (
        Column("Address", address=True),
        Column("Side"),
        Column("Uptime", numeric=True, hint="at its last reading, up to multiples of the period"),
        Column("Period", numeric=True, hint="days after which the clock begins anew"),
        Column("Frequency", numeric=True, hint="Hz as measured"),
        Column("Reliable"),
        Column("Why not"),
        Column("Readings", numeric=True),
        Column("Last seen (UTC)"),
    )
    rows = [_row(one) for one in found[:SHOWN_UPTIMES]]
    return table("uptimes", "Uptimes, reliable ones first", "clock", columns, rows, len(found))


def _row(one: Uptime) -> list[Cell]:
    days, rest = divmod(one.minutes, 24 * 60)
    uptime = Cell(f"{days} d {rest // 60:02d}:{rest % 60:02d}", one.minutes)
    frequency = Cell(f"{one.frequency_hz:.2f} Hz", one.frequency_hz)
    return [
        address(one.version, one.host),
        text("server" if one.server else "client"),
        uptime,
        Cell(f"{one.modulo_days:,} d", one.modulo_days),
        frequency,
        text("no" if one.why else "yes"),
        text(one.why),
        number(one.readings),
        time_cell(one.last_ns),
    ]
