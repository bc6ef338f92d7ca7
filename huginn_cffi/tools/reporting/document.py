"""The summary document of captures, as JSON.

A temporary adapter over `huginn_cffi.summary.Summary`, until the core writes the document.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_network
from itertools import islice
from typing import Any

from huginn_cffi.analyzer import Analyzer
from huginn_cffi.batch import Batch
from huginn_cffi.database import Database
from huginn_cffi.errors import CaptureError
from huginn_cffi.findings import Finding
from huginn_cffi.hosts.inventory import HostRecord, Inventory
from huginn_cffi.hosts.record import Sighting
from huginn_cffi.hosts.table import host_object
from huginn_cffi.inputs.opening import Capture
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.summary import SYN, SYN_ACK, Summary
from huginn_cffi.times import rfc3339

ROWS = 1000
BINS = 96
SECOND_NS = 10**9

Rows = list[dict[str, Any]]
Times = Counter[tuple[int, str]]


def summary_document(
    analyzer: Analyzer,
    captures: Sequence[Capture],
    *,
    workers: int,
    max_inventory: int,
    on_error: Callable[[CaptureError], object] | None,
) -> tuple[str, int]:
    """The document, and the number of events beyond the limit."""
    summary = Summary(analyzer.database, max_inventory=max_inventory)
    inventory = Inventory(analyzer.database, max_inventory=max_inventory)
    times: Times = Counter()
    for batch in analyzer.batches(captures, workers=workers, on_error=on_error):
        summary.add(batch)
        inventory.add(batch)
        times.update(_times(batch, analyzer.database))
    found = summary.as_dict(analyzer.stats, analyzer.captures)
    hosts = list(inventory)
    found |= {
        "version": 2,
        "findings": [_finding(one) for one in found["findings"]],
        "systems": [
            {**row, "specific": None, "generic": None, "fuzzy": None, "confidence": None}
            for row in found["systems"]
        ],
        "uptimes": [{**row, "doubt": None} for row in found["uptimes"]],
        "distances": _distances(hosts),
        "subnets": _subnets(hosts),
        "over_time": _over_time(times),
        "top_hosts": _top_hosts(hosts, found["findings"]),
        "omitted": {},
    }
    omitted: dict[str, int] = {}
    cut = _cut(found, "", omitted)
    cut["omitted"] = omitted
    return json.dumps(cut), summary.left_out


def _cut(value: Any, path: str, omitted: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return {name: _cut(one, f"{path}.{name}".lstrip("."), omitted) for name, one in value.items()}
    if isinstance(value, list) and len(value) > ROWS:
        omitted[path] = len(value) - ROWS
        return value[:ROWS]
    return value


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    named = Finding(**finding)
    return {
        **finding,
        "hosts": list(named.hosts[:ROWS]),
        "host_count": len(named.hosts),
        "packets": None,
        "first_seen": None,
        "last_seen": None,
    }


def _times(batch: Batch, database: Database | None) -> Iterable[tuple[int, str]]:
    cells = batch.cells
    for row in range(len(batch)):
        if cells.event[row] in (SYN, SYN_ACK):
            index = cells.signature[row]
            known = database is not None and index != NO_SIGNATURE
            name = database.records.tcp[index].label.name if database and known else "not named"
            yield cells.time_ns[row] // SECOND_NS, name


def _over_time(times: Times) -> dict[str, Any] | None:
    if not times:
        return None
    first, last = min(times)[0], max(times)[0]
    step = (last - first) // BINS + 1
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * ((last - first) // step + 1))
    for (second, name), count in times.items():
        counts[name][(second - first) // step] += count
    series = sorted(counts.items(), key=lambda item: -sum(item[1]))
    return {
        "begin": rfc3339(first * SECOND_NS),
        "step_seconds": step,
        "bins": (last - first) // step + 1,
        "series": [{"name": name, "counts": found} for name, found in series],
        "apart": 0,
    }


def _distances(hosts: list[HostRecord]) -> Rows:
    counts = Counter(one.distance for one in hosts if one.distance is not None)
    return [{"hops": hops, "hosts": count} for hops, count in counts.most_common()]


def _subnets(hosts: list[HostRecord]) -> Rows:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in hosts:
        network = ip_network(f"{one.ip}/{48 if ':' in one.ip else 24}", strict=False)
        found[str(network)][one.verdict.family] += 1
    rows = [
        {
            "network": network,
            "hosts": systems.total(),
            "systems": [{"name": name, "hosts": count} for name, count in systems.most_common()],
        }
        for network, systems in found.items()
    ]
    return sorted(rows, key=lambda row: (-row["hosts"], row["network"]))


_SOURCES = {"tls_client": "client_hello", "http_client": "user_agent", "http_server": "server_header"}


def _evidence(one: Sighting) -> dict[str, Any]:
    by_role = "syn" if one.role == "client" else "syn_ack"
    return {
        "source": _SOURCES.get(one.kind, by_role),
        "name": f"{one.name} {one.flavor}".strip(),
        "packets": one.packets,
        "first_seen": rfc3339(one.first_seen),
        "last_seen": rfc3339(one.last_seen),
        "relation": "not_compared",
    }


def _top_hosts(hosts: list[HostRecord], findings: Rows) -> Rows:
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        for host in finding["hosts"]:
            kinds[host].append(finding["kind"])
    ranked = sorted(hosts, key=lambda one: (-(one.syns + one.syn_acks), one.ip))
    return [
        {
            **host_object(one.verdict, one),
            "version_confidence": None,
            "evidence": [_evidence(sighting) for sighting in one.sightings],
            "findings": kinds[one.ip],
        }
        for one in islice(ranked, 5 * ROWS)
    ]
