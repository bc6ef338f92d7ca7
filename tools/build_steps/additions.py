"""Further keys in the records of formats (``sigcompiler/schema/additions.csv``), with their JSON Schemas."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sigcompiler.csv_rows import rows_of
from sigcompiler.schema.rows import (
    ANNOUNCEMENTS,
    DEVICES,
    ECS_OBJECT,
    ECS_OS_TYPES,
    ECS_VERSION,
    EVE_OBJECT,
    EVENTS,
    FIELDS,
    RESOLUTION,
    JsonFormat,
    events_of,
)


@dataclass(frozen=True, slots=True)
class Addition:
    """An additional key at `path` in the records of a format. ``schema`` is its JSON Schema.

    ``value`` is the field that is written there in ``events``, or another value for which
    ``csrc/output/json.c`` has a function; empty if the code of the format writes it.
    """

    path: str
    meaning: str
    schema: dict[str, object]
    always: bool = False
    value: str = ""
    events: tuple[str, ...] = ()
    private: bool = False


_TEXT: dict[str, object] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, object] = {"type": "array", "items": {"type": "string"}}
LIST_OF_ONE: dict[str, object] = {"type": "array", "items": _TEXT}
_SCHEMAS: dict[str, dict[str, object]] = {
    "": _TEXT,
    "list": LIST_OF_ONE,
    "microseconds": {
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}\+0000$",
    },
    "event_type": {"enum": [EVE_OBJECT, "tls", "quic", "http", "ssh", *DEVICES]},
    "event.dataset": {"enum": [f"{ECS_OBJECT}.{event}" for event in EVENTS]},
    "network.protocol": {"enum": ["quic", "dtls", "openvpn", "ssh", "dhcp", *ANNOUNCEMENTS, *RESOLUTION]},
    "host.os.type": {"enum": sorted({*ECS_OS_TYPES.values(), "unix"})},
}
"""Named schemas of ``additions.csv``. Its others are JSON, or words with ``|`` between them."""
_SCHEMAS_OF_TYPES = {"words": _TEXTS, "u16": {"type": "integer", "minimum": 0, "maximum": 2**16 - 1}}


def _addition(row: dict[str, str]) -> Addition:
    """The addition of a row; without a meaning, the field `value` at the place that the format defines."""
    path, value, schema = row["path"], row["value"], row["schema"]
    events = events_of(row["events"])
    if not row["meaning"]:
        field = next(one for one in FIELDS if one.column == value)
        of_type = _SCHEMAS_OF_TYPES.get(field.type, _TEXT)
        return Addition(path, f"as `{value}`", of_type, False, value, events or field.events, field.private)
    made = _SCHEMAS.get(schema) or (json.loads(schema) if schema[0] == "{" else {"enum": schema.split("|")})
    return Addition(path, row["meaning"], made, bool(row["always"]), value, events, bool(row["private"]))


def _additions(format: JsonFormat) -> tuple[Addition, ...]:
    rows = rows_of("schema/additions.csv")
    return tuple(_addition(row) for row in rows if row["format"] == format)


_VERSION = Addition("ecs.version", f"always `{ECS_VERSION}`", {"const": ECS_VERSION}, always=True)
_CAPTURE = Addition("capture", "the capture file; absent if only one was read, and in live capture", _TEXT)
MORE: dict[JsonFormat, tuple[Addition, ...]] = {
    "json": (_CAPTURE,),
    "eve": _additions("eve"),
    "ecs": (*_additions("ecs"), _VERSION),
}
"""The additional keys in the records of each format."""

KEPT_OBJECTS: dict[JsonFormat, tuple[str, ...]] = {
    "eve": ("ssh", "ssh.client", "ssh.server"),
    "ecs": ("host", "tls.client"),
}
"""Objects that are written even if they are empty."""
