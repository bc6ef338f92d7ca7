"""What the page takes from the package: words, tables, and places of counters, so that they stand once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from huginn_cffi import findings, time_spans
from huginn_cffi._native import ffi, lib
from huginn_cffi.analyzer import Analyzer
from huginn_cffi.batch.columns import MEMBERS, READERS, Column
from huginn_cffi.database import Database
from huginn_cffi.hellos import is_old_version, version_name
from huginn_cffi.inventory import MOST_OF_EACH
from huginn_cffi.stats import Stats
from huginn_cffi.tools.reporting import drops, http, timeline, tls
from huginn_cffi.tools.reporting.gather import Gathered
from huginn_cffi.tools.reporting.over_time import OTHERS
from huginn_cffi.tools.reporting.page import Subject, sections
from huginn_cffi.tools.reporting.systems import CHARTED_SYSTEMS, UNNAMED
from huginn_cffi.tools.reporting.tables import Table
from huginn_cffi.verdict_totals import JUDGED
from sigcompiler.diagnostics import valid

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "sample.pcap"


def words() -> dict[str, Any]:
    """All of it, as JSON takes it."""
    return {
        "signatures": _signatures(),
        "labels": _labels(),
        "stats": _stats(),
        "drops": [ffi.string(lib.hg_drop_name(drop)).decode() for drop in range(lib.HG_DROP_KINDS)],
        "events": [ffi.string(lib.hg_event_name(event)).decode() for event in range(lib.HG_EVENT_KINDS)],
        "meanings": drops.MEANINGS,
        **_report(),
        "text": {"unnamed": UNNAMED, "tls": tls.WORDS, "http": http.WORDS, "verdicts": http.VERDICT_WORDS},
        "batch": {
            "columns": [(one.reader, one.name, _kind(one), one.width) for one in MEMBERS],
            "readers": list(READERS),
        },
        "time": {
            "widths": timeline.WIDTHS_MS,
            "keptBins": timeline.KEPT_BINS,
            "shownBins": timeline.SHOWN_BINS,
            "gap": time_spans.GAP,
            "mostApart": time_spans.MOST_APART,
            "day": time_spans.DAY_NS // 10**6,
            "charted": CHARTED_SYSTEMS,
            "others": OTHERS,
        },
        "findings": {
            "manyPorts": findings.MANY_PORTS,
            "manyNames": findings.MANY_NAMES,
            "farHops": findings.FAR_HOPS,
            "neighbours": findings.NEIGHBOURS,
            "manyNetworks": findings.MANY_NETWORKS,
            "mostOf": findings.MOST_OF,
            "manyHosts": findings.MANY_HOSTS,
            "mostOfEach": MOST_OF_EACH,
            "shown": findings.SHOWN,
            "words": findings.WORDS,
            "doubts": ["", *map(_doubt, range(1, lib.HG_DOUBT_KINDS))],
            "judged": {
                ffi.string(lib.hg_event_name(event)).decode(): unit for event, unit in JUDGED.values()
            },
            "oldVersions": _old_versions(),
        },
    }


def _labels() -> dict[str, str]:
    """Name and flavor of all labels that are not shown so, as they are shown."""
    labels = {one.label for one in Database.load_default().signatures}
    found = {valid(f"{one.name} {one.flavor}".strip()): valid(str(one)) for one in labels}
    return {name: shown for name, shown in sorted(found.items()) if name != shown}


def _old_versions() -> list[str]:
    """Those with a name."""
    names = (version_name(number) for number in range(1 << 16) if is_old_version(number))
    return [name for name in names if not name.startswith("0x")]


def _report() -> dict[str, Any]:
    """Sections of a report, and the captions and columns of its tables."""
    gathered, analyzer = Gathered(), Analyzer()
    for batch in analyzer.batches([str(SAMPLE)]):
        gathered.take(batch)
    subject = Subject("", [], [], Stats(), analyzer.database, "")
    found = sections(gathered, subject)
    none: Any = {
        "messages": {"request": 0, "response": 0},
        "contradictions": [],
        "clients": [],
        "servers": [],
    }
    hellos: Any = {"hellos": {}, "clients": [], "versions": [], "old": []}
    tables = [table for section in found for table in section.tables]
    tables += [http.client_table(none), http.server_table(none), http.contradiction_table(none)]
    tables += [tls.old_table(hellos)]
    return {
        "sections": {one.name: {"title": one.title, "words": one.words} for one in found},
        "tables": {table.name: _table(table) for table in tables},
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [asdict(column) for column in table.columns]
    return {"name": table.name, "caption": table.caption, "unit": table.unit, "columns": columns}


def _doubt(doubt: int) -> str:
    return str(ffi.string(lib.hg_doubt_reason(doubt)), "ascii")


def _kind(column: Column) -> str:
    """How its numbers are read: signed, unsigned or floating, and the bytes of one."""
    sign = "f" if column.code in "fd" else "i" if column.code.islower() else "u"
    return f"{sign}{column.item_bytes}"


def _signatures() -> list[dict[str, Any]]:
    """Those of TCP, by their numbers."""
    database = Database.load_default()
    count, stride = ffi.new("uint32_t *"), ffi.new("uint32_t *")
    lib.hg_database_section(database.handle, b"signatures", count, stride)
    return [
        {
            "label": valid(str(one.label)),
            "system": valid(one.label.name),
            "unreliableTtl": one.unreliable_ttl,
            "kind": one.label.kind,
            "userland": one.label.userland,
        }
        for one in (database.records.tcp[index] for index in range(count[0]))
    ]


def _stats() -> dict[str, tuple[int, int, int]]:
    """Offset, number and bytes of each counter; the same for every compiler, for all have their own size."""
    found = {}
    for name, field in ffi.typeof("hg_stats").fields:
        count = field.type.length if field.type.kind == "array" else 1
        found[name] = (field.offset, count, ffi.sizeof(field.type) // count)
    return found
