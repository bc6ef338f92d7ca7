"""The other query: a line ``{"ip": "192.0.2.10"}`` is answered with a line, all that is known of the host."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from ipaddress import ip_address
from typing import TYPE_CHECKING

from huginn_cffi.times import rfc3339

if TYPE_CHECKING:
    from huginn_cffi.hosts.record import Change, HostRecord, PortUse, Sighting
    from huginn_cffi.hosts.verdicts import Evidence

Find = Callable[[bytes], "HostRecord | None"]
"""What is known of an address of 4 or 16 bytes; None for an unknown one."""

FIRST = b"{"
"""How a line begins, and no query of p0f's."""
MOST_BYTES = 256
"""Of a line without its end; an address has 39 at most."""

TIMES = ("first_seen", "last_seen", "last_change", "last_sharing", "host_change", "ip_sharing")
VERDICT = ("family", "flavor", "candidates", "tools", "syns", "syn_acks")
PLAIN = (
    *("connections", "link", "mtu", "distance", "language", "dishonest"),
    *("contradictions", "systems", "witnesses"),
)


def answer(line: bytes, find: Find) -> bytes:
    """A line for a line, its end included. ``error`` says in words what is wrong with one."""
    try:
        ip = ip_address(_asked(line))
    except ValueError as error:
        return _line({"error": str(error)})
    ip = (ip.version == 6 and ip.ipv4_mapped) or ip
    host = find(ip.packed)
    return _line({"ip": str(ip), "known": host is not None, **(_record(host) if host else {})})


TOO_LONG = b'{"error": "a query of more than 256 bytes; the connection is closed"}\n'


def _asked(line: bytes) -> str:
    """The address that a line asks for, as it wrote it; `ValueError` in words."""
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        query = None
    if not isinstance(query, dict) or set(query) != {"ip"} or not isinstance(query["ip"], str):
        raise ValueError('not understood; a query is a line {"ip": "192.0.2.10"}, or 21 bytes of p0f\'s')
    return query["ip"]


def _line(found: dict[str, object]) -> bytes:
    return f"{json.dumps(found)}\n".encode("ascii")


def _record(host: HostRecord) -> dict[str, object]:
    """The verdict as ``huginn hosts`` has it, then the rest. Times are RFC 3339, or null for never."""
    clock = None
    if host.uptime_minutes is not None:
        names = ("minutes", "modulo_days", "hz", "reliable", "points")
        clock = {name: getattr(host, f"uptime_{name}") for name in names}
    verdict = host.verdict
    return {
        "ip": host.ip,
        **{name: getattr(verdict, name) for name in VERDICT},
        "confidence": round(verdict.confidence, 3),
        "evidence": [_plain(one) for one in verdict.evidence],
        **{name: _time(getattr(host, name)) for name in TIMES},
        **{name: getattr(host, name) for name in PLAIN},
        "uptime": clock,
        "sightings": [_plain(one) for one in host.sightings],
        "ports": [_plain(one) for one in host.ports],
        "changes": [_plain(one) for one in host.changes],
    }


def _plain(one: Evidence | Sighting | PortUse | Change) -> dict[str, object]:
    return {name: _time(value) if name in (*TIMES, "time") else value for name, value in asdict(one).items()}


def _time(time_ns: int | None) -> str | None:
    return None if time_ns is None else rfc3339(time_ns)
