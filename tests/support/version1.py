"""What version 2 of records changed: the table that docs/record-fields.md has for people.

EVE and ECS keep version 1 in their objects, so they tell whether JSON differs in anything else.
"""

from __future__ import annotations

from typing import Any

from sigcompiler.schema.rows import DEVICES, FIELDS

Record = dict[str, Any]

RENAMED = {"version": "ip_version", "host": "http_host", "lang": "language", "server": "server_header"}
"""Keys and columns of version 1, and what they are now."""

TWINS = ("packet", "minutes")
"""Second keys of values that have another: ``packet_number``, ``uptime_minutes``."""

SOFTWARE = {"http_request": "client", "http_response": "server"}
"""Where the object ``software`` is now, and its columns, by the event."""

GONE = ("capture",)
"""Keys that JSON has no longer, though tables do."""

ABSENT = (
    *("tunnel", "why", "sni", "quic_version", "quic_user_agent", "ja4", "ja4_stable", "ja3", "group"),
    *("downgrade", "method", "http_host", "path", "user_agent", "server_header", "claims", "language"),
    *("platform", "platform_version", "akamai", "akamai_md5", "signature_agent", "family", "silence"),
    *(field.column for field in FIELDS if set(field.events) <= set(DEVICES) and not field.always),
)
"""Keys that were null where a packet has no such thing, and are left out now; also those of later events."""


def as_version_2(before: Record) -> Record:
    """A record of version 1 with the keys and words of version 2, in their order."""
    found: Record = {}
    for old, value in before.items():
        key = SOFTWARE[before["event"]] if old == "software" else RENAMED.get(old, old)
        if old not in (*TWINS, *GONE) and not (key in ABSENT and value is None):
            found[key] = _value(key, value)
    return {**found, "schema_version": 2}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _value(name, one) for name, one in value.items()}
    if value == {"verdict": "not checked", "family": "unknown"}.get(key):
        return "not_checked" if key == "verdict" else None
    if value is not None and key in ("file", "link_file"):
        return value.rpartition("/")[2]
    return value[:12] if key == "database" and value else value
