"""A capture with every kind of event, labels that are hard to write, and records in one form to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from random import Random
from typing import Any

from huginn_cffi import Database
from huginn_cffi.cli import main
from sigcompiler.record import FIELDS
from tests.support.captures import pcap
from tests.support.packets import Ip6, Tcp, packet
from tests.support.traffic import random_stream
from tests.unit import samples

SIGNATURES = samples.SIGNATURES.replace("3.11 and newer", "=1+1, \"a, b\" 'c'; \\ → ü").replace(
    "Ethernet or modem", 'Ethernet, "or"\tmodem'
)

EVENTS = 16385
"""At least so many are in the capture: more than a batch holds."""

Row = dict[str, Any]


def capture() -> bytes:
    """Some of everything, over IPv4 and IPv6 and in tunnels."""
    six = packet(Ip6(source="2001:db8::1", destination="2001:db8::2"), Tcp())
    packets = [*samples.conversation(), (samples.START + 2 * samples.SECOND, six)]
    begin = samples.START + 3 * samples.SECOND
    packets += [(begin + time, data) for time, data in random_stream(Random(8), 101, 4000)]
    return pcap(packets + samples.syns(7500, begin), nanoseconds=True)


def write_inputs(folder: Path) -> tuple[str, str]:
    """The capture and the database as files."""
    source, database = folder / "in.pcap", folder / "in.fp"
    source.write_bytes(capture())
    database.write_text(SIGNATURES, encoding="utf-8")
    return str(source), str(database)


def run(format: str, source: str, database: str, output: Path, *more: str) -> int:
    """``huginn pcap`` into a file; its exit status."""
    words = ["pcap", source, "--db", database, "--format", format, "-o", str(output), *more]
    return main(words)


def at(record: dict[str, Any], path: str) -> Any:
    """What stands at a path with dots; None where nothing does."""
    found: Any = record
    for key in path.split("."):
        found = None if found is None else found.get(key)
    return found


def ns(text: str) -> int:
    """A time of RFC 3339 in ns since the epoch."""
    seconds, _, fraction = text.removesuffix("Z").partition(".")
    moment = datetime.fromisoformat(seconds).replace(tzinfo=timezone.utc)
    return int(moment.timestamp()) * 10**9 + int(fraction)


def rows_of_json(lines: Iterable[bytes], format: str) -> list[Row]:
    """Records of a form of JSON as rows of a table."""
    rows = []
    for line in lines:
        record = json.loads(line)
        row = {field.column: at(record, getattr(field, format)) for field in FIELDS}
        row["time_ns"] = ns(row["time_ns"])
        for name in ("quirks", "params"):
            row[name] = None if row[name] is None else ",".join(row[name])
        rows.append(row)
    return rows


def opened(database: str) -> Database:
    """The database of a test."""
    return Database.compile(database)
