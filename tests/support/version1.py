"""Records of JSON as version 1 had them, by the table of all that version 2 changed.

EVE and ECS keep them in their objects, so they tell whether anything else changed.
"""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

RENAMED = {
    "ip_version": "version",
    "http_host": "host",
    "language": "lang",
    "server_header": "server",
}
"""Keys of version 2, and those of version 1; columns of tables had the same names."""

TWICE = {"packet_number": "packet", "uptime_minutes": "minutes"}
"""Values that had a second key."""

SOFTWARE = {"http_request": "client", "http_response": "server"}
"""Where the object ``software`` is now, and its columns, by the event."""

GONE = {
    "http_request": {"packet", "software", "host", "lang"},
    "http_response": {"packet", "software"},
    "client_uptime": {"packet", "minutes"},
    "server_uptime": {"packet", "minutes"},
    "syn": {"packet", "version"},
    "syn_ack": {"packet", "version"},
}
"""Keys that records of these events no longer have; all others have lost ``packet``."""


def as_version_1(record: Record, source_hash: str | None) -> Record:
    """The record with the keys and words of version 1, in their order."""
    found: Record = {}
    for key, value in record.items():
        if key == SOFTWARE.get(record["event"]):
            found["software"] = value
            continue
        found[RENAMED.get(key, key)] = value
        if key in TWICE:
            found[TWICE[key]] = value
    if found.get("verdict") == "not_checked":
        found["verdict"] = "not checked"
    if (match := found.get("match")) and match["family"] is None:
        found["match"] = {**match, "family": "unknown"}
    return {**found, "database": source_hash, "schema_version": 1}
