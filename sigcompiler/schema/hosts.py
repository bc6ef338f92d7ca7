"""The records of hosts (``hosts.csv``) and of devices (``devices.csv``), and the words in them."""

from __future__ import annotations

from sigcompiler.csv_rows import rows_of
from sigcompiler.schema.objects import LOGIN_WORDS, keys_of, read_objects

SCOPES = ("remote", "segment", "own", "handshake")
"""In order: fewer and fewer senders are possible."""
RELATIONS = ("agrees", "narrows", "contradicts", "not_compared", "earlier")

DEVICE_ROLES = ("gateway", "dhcp-server", "dns-server")

_SOURCES = rows_of("schema/sources.csv")
_PLACES = {row["source"]: row["narrows"] for row in _SOURCES}
SOURCES = tuple(_PLACES)
"""Sources of evidence."""
NARROWING = tuple(sorted((one for one in SOURCES if _PLACES[one]), key=lambda one: int(_PLACES[one])))
"""Those that can narrow the system that handshakes show."""
SOURCE_WORDS = {row["source"]: row["words"] for row in _SOURCES if row["words"]}
"""The packets that a source reads, as shown to users."""

_WORDS: dict[str, tuple[str | int, ...]] = {
    "SOURCES": SOURCES,
    "SCOPES": SCOPES,
    "RELATIONS": RELATIONS,
    "LOGIN_WORDS": LOGIN_WORDS,
    "DEVICE_ROLES": DEVICE_ROLES,
}
OBJECTS = read_objects("schema/hosts.csv", _WORDS)
"""The host record and the objects that it holds, by name."""
Host, Device = OBJECTS["Host"], OBJECTS["Device"]
KEYS = tuple(one for one in keys_of(Host) if not one.inner)
"""The keys of a host in JSON and tables, in this order."""

DeviceRecord = read_objects("schema/devices.csv", _WORDS, **OBJECTS)["DeviceRecord"]
DEVICE_KEYS = keys_of(DeviceRecord)
