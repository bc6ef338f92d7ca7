"""Signatures that the database does not know, and what comes nearest to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.explain import Explanation
from huginn_cffi.explain.explanation import explain_observation
from huginn_cffi.results.observables import LAYOUT_COUNT, LAYOUT_PAD
from huginn_cffi.tools.reporting.tables import Cell, Column, Table, number, span, table, text
from sigcompiler.diagnostics import valid
from sigcompiler.formatting import format_options, format_window
from sigcompiler.model import Window
from sigcompiler.vocabulary import QUIRK_WORDS, WindowKind

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.database import Database

MOST_SHOWN = 100
MOST_EXPLAINED = 40
RELATIVES = 3

_SHAPE = (
    "event",
    "version",
    "ittl",
    "olen",
    "wscale",
    "olayout",
    "quirks",
    "pclass",
    "window_kind",
    "window",
)
_FIRST = ("ttl", "mss", "wsize")


@dataclass(frozen=True, slots=True)
class UnknownSignature:
    """A signature without a name. ``line`` could stand in a signature file; ``raw`` is its first packet's."""

    response: bool
    line: str
    raw: str
    hosts: int
    count: int
    first_packet: int
    mss: tuple[int, int]
    explanation: Explanation | None


def unknown_signatures(rows: Any, database: Database | None) -> tuple[list[UnknownSignature], int]:
    """Those of most addresses, and how many there are. The first of them come with their relatives."""
    measures = [("src_ip", "count_distinct"), ("count", "sum"), ("first_packet", "min")]
    measures += [("mss_min", "min"), ("mss_max", "max"), *((name, "first") for name in _FIRST)]
    grouped = rows.group_by(list(_SHAPE), use_threads=False).aggregate(measures)
    order = [
        ("src_ip_count_distinct", "descending"),
        ("count_sum", "descending"),
        ("first_packet_min", "ascending"),
    ]
    ranked = grouped.sort_by(order)
    shown = ranked.slice(0, MOST_SHOWN).to_pylist()
    found = [_described(row, database if place < MOST_EXPLAINED else None) for place, row in enumerate(shown)]
    return found, ranked.num_rows


def _described(row: dict[str, Any], database: Database | None) -> UnknownSignature:
    native = _observation(row)
    explanation = None if database is None else explain_observation(database, native, RELATIVES)
    return UnknownSignature(
        response=row["event"] == lib.HG_EVENT_SYN_ACK,
        line=_line(row),
        raw="" if explanation is None else str(explanation.observation),
        hosts=row["src_ip_count_distinct"],
        count=row["count_sum"],
        first_packet=row["first_packet_min"],
        mss=(row["mss_min_min"], row["mss_max_max"]),
        explanation=explanation,
    )


def _observation(row: dict[str, Any]) -> CData:
    native = ffi.new("hg_observation *")
    native.ttl, native.mss, native.window = (row[f"{name}_first"] for name in _FIRST)
    native.window_kind = row["window_kind"]
    native.window_multiple = row["window"] if row["window_kind"] else 0
    native.response = row["event"] == lib.HG_EVENT_SYN_ACK
    native.payload = row["pclass"]
    for name in ("version", "olen", "wscale", "quirks"):
        setattr(native, name, row[name])
    layout = row["olayout"]
    native.options = layout[: lib.HG_MAX_OPTIONS]
    native.option_count, native.eol_pad = layout[LAYOUT_COUNT], layout[LAYOUT_PAD]
    return native


def _line(row: dict[str, Any]) -> str:
    """A signature for all of these packets: the MSS is left open where it varies or the window follows it."""
    kind = WindowKind(row["window_kind"])
    low, high = row["mss_min_min"], row["mss_max_max"]
    mss = str(low) if low == high and kind == WindowKind.LITERAL else "*"
    layout = row["olayout"]
    options = format_options(tuple(layout[: layout[LAYOUT_COUNT]]), layout[LAYOUT_PAD])
    quirks = ",".join(word for quirk, word in QUIRK_WORDS.items() if row["quirks"] & quirk)
    payload = "+" if row["pclass"] else "0"
    window = f"{format_window(Window(kind, row['window']))},{row['wscale']}"
    return f"{row['version']}:{row['ittl']}:{row['olen']}:{mss}:{window}:{options}:{quirks}:{payload}"


def unknown_table(found: list[UnknownSignature], total: int) -> Table:
    """One row a signature."""
    columns = (
        Column("Rank", numeric=True),
        Column("Packet"),
        Column("Signature", code=True, hint="as a line of a signature file would have it"),
        Column("Addresses", numeric=True),
        Column("Handshakes", numeric=True),
        Column("MSS", numeric=True),
        Column("First packet", numeric=True),
        Column("Nearest", hint="the nearest signature of the database"),
    )
    rows = [_row(place, one) for place, one in enumerate(found, 1)]
    return table("unknown", "Unknown signatures by number of addresses", "signature", columns, rows, total)


def _row(place: int, one: UnknownSignature) -> list[Cell]:
    nearest = one.explanation.nearest[0] if one.explanation and one.explanation.nearest else None
    return [
        number(place),
        text("SYN+ACK" if one.response else "SYN"),
        text(one.line),
        number(one.hosts),
        number(one.count),
        span(*one.mss),
        number(one.first_packet),
        text(valid(f"{nearest.label} (distance {nearest.distance:g})") if nearest else ""),
    ]
