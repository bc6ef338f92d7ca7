"""What the page takes from the package: words, tables, and places of counters, so that they stand once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from huginn_cffi import findings
from huginn_cffi._native import ffi, lib
from huginn_cffi.analyzer import Analyzer
from huginn_cffi.database import Database
from huginn_cffi.hellos import is_old_version, version_name
from huginn_cffi.labels import confidence, evidence
from huginn_cffi.labels.families import MAX_FAMILIES, UNKNOWN, family_names
from huginn_cffi.results.answers import KEYS
from huginn_cffi.stats import Stats
from huginn_cffi.tools.reporting import drops, http, tls
from huginn_cffi.tools.reporting.gather import Gathered
from huginn_cffi.tools.reporting.page import Subject, sections
from huginn_cffi.tools.reporting.systems import UNNAMED
from huginn_cffi.tools.reporting.tables import Table
from huginn_cffi.verdict_totals import JUDGED
from sigcompiler.diagnostics import valid
from sigcompiler.vocabulary import MAX_DISTANCE

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "sample.pcap"


def words() -> dict[str, Any]:
    """All of it, as JSON takes it."""
    return {
        "signatures": _signatures(),
        "labels": _labels(),
        "rules": _rules(),
        "stats": _stats(),
        "drops": [ffi.string(lib.hg_drop_name(drop)).decode() for drop in range(lib.HG_DROP_KINDS)],
        "events": [ffi.string(lib.hg_event_name(event)).decode() for event in range(lib.HG_EVENT_KINDS)],
        "meanings": drops.MEANINGS,
        **_report(),
        "text": {"unnamed": UNNAMED, "tls": tls.WORDS, "http": http.WORDS, "verdicts": http.VERDICT_WORDS},
        "findings": {
            "manyPorts": findings.MANY_PORTS,
            "shown": findings.SHOWN,
            "words": findings.WORDS,
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


def _signatures() -> list[dict[str, Any]]:
    database = Database.load_default()
    count, stride = ffi.new("uint32_t *"), ffi.new("uint32_t *")
    lib.hg_database_section(database.handle, b"signatures", count, stride)
    found = []
    for one in map(database.records.tcp.__getitem__, range(count[0])):
        fields = one.text.split(":")
        found.append(
            {
                "label": valid(str(one.label)),
                "name": valid(one.label.name),
                "flavor": valid(one.label.flavor),
                "families": [valid(name) for name in family_names(one.label.name)],
                "kind": one.label.kind,
                "userland": one.label.userland,
                "witness": confidence.witness(one.provenance),
                "provenance": valid(one.provenance),
                "ttl": evidence.initial_ttl(fields[evidence.TTL]),
                "anyTtl": fields[evidence.TTL].endswith("-"),
                "layout": fields[evidence.LAYOUT],
                "quirks": fields[evidence.QUIRKS].split(","),
            }
        )
    return found


def _rules() -> dict[str, Any]:
    shares = {name: confidence.table(name) for name in ("confidence", "version_confidence", "standing")}
    return {
        **shares,
        "keys": KEYS,
        "head": lib.HG_ALIKE_HEAD,
        "maxFamilies": MAX_FAMILIES,
        "unknown": UNKNOWN,
        "unproven": confidence.UNPROVEN,
        "unstated": confidence.WITNESSES[-1],
        "gained": evidence.GAINED,
        "erased": evidence.ERASED,
        "maxDistance": MAX_DISTANCE,
    }


def _stats() -> dict[str, tuple[int, int, int]]:
    """Offset, number and bytes of each counter; the same for every compiler, for all have their own size."""
    found = {}
    for name, field in ffi.typeof("hg_stats").fields:
        count = field.type.length if field.type.kind == "array" else 1
        found[name] = (field.offset, count, ffi.sizeof(field.type) // count)
    return found
