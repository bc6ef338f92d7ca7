"""The only description of the fields of output records.

Generated from it: the keys that the core writes and their order (``tools/build_steps/record_macros.py``),
the columns of tables, the JSON Schema, and the page of the manual that lists the fields. A new field needs a
line in ``fields.csv`` and, unless a column holds its value unchanged, a getter in ``csrc/rows/fields.h`` or
``csrc/names/fields.h``, or in ``csrc/output/name.c`` if the database supplies the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from sigcompiler.csv_rows import rows_of
from sigcompiler.schema.objects import LOGIN_WORDS

Type = Literal["time", "bool", "u8", "u16", "u32", "u64", "i16", "f64", "text", "words", "numbers", "texts"]
"""``time`` is ns since the epoch, UTC; ``words`` and ``numbers`` have commas between them in tables, and
``texts`` have `TEXTS_BETWEEN`."""

TEXTS_BETWEEN = " | "

Source = Literal["row", "signature", "answer", "link", "client", "server", "capture", "database"]
"""Where a value comes from: the event's own row; the matching signature of the database (``signature``,
``link``, ``client`` or ``server``); the joint answer of all signatures that fit; the capture, which all
records of a batch share; or the database as a whole, which all records share."""

SCHEMA_VERSION = 2
"""Version of records and tables. New keys keep the version; a changed or removed key raises it."""

ECS_VERSION = "8.11.0"
"""The version of the Elastic Common Schema whose names are used."""

OCSF_VERSION = "1.8.0"
"""The version of the Open Cybersecurity Schema Framework whose names are used."""

JsonFormat = Literal["json", "eve", "ecs"]
"""The JSON formats."""

EVE_OBJECT = "fingerprint"
"""The ``event_type`` of EVE records, and the object for values that EVE has no name for."""

ECS_OBJECT = "huginn"
"""The object in ECS records for values that ECS has no name for."""

OBJECTS: dict[JsonFormat, str] = {"eve": EVE_OBJECT, "ecs": ECS_OBJECT}

CLIENT_OBJECT = "client"
"""The object with the matched program behind a ClientHello or a request; the whole object is null
if no signature fits."""

SERVER_OBJECT = "server"
"""The object with the matched program behind a response; null if no signature fits."""

MATCH_OBJECT = "match"
"""The object with the match of a TCP signature; the whole object is null if none fits."""

_EVENT_ROWS = rows_of("schema/events.csv")
HEADINGS = {row["event"]: row["heading"] for row in _EVENT_ROWS}
"""The heading of each kind of event in the text format."""

READERS = {row["event"]: row["reader"] for row in _EVENT_ROWS}
"""The reader whose columns hold the values, by kind of event."""

EVENTS = tuple(HEADINGS)
"""All kinds of events, in the order of their numbers."""

HANDSHAKE = ("syn", "syn_ack")
UPTIME = ("client_uptime", "server_uptime")
HELLO = ("tls_client", "tls_server")
HTTP = ("http_request", "http_response")
CHANGES = ("host_change", "ip_sharing")
FINDING = ("finding",)
SEGMENTS = ("segments",)
RESOLUTION = ("arp", "neighbor")
"""Messages that tell which MAC has an address."""
DEVICE_CHANGE = ("device_change",)
ANNOUNCEMENTS = tuple(
    event
    for event in EVENTS
    if READERS[event] == "devices" and event not in ("dhcp", *RESOLUTION, *DEVICE_CHANGE)
)
DEVICES = ("dhcp", *ANNOUNCEMENTS, *RESOLUTION, *DEVICE_CHANGE)
"""Announcements of devices, and changes of devices."""
SSH = ("ssh_client", "ssh_server")
WITH_ENDS = tuple(event for event in EVENTS if event not in ("lldp", "cdp", *RESOLUTION, *DEVICE_CHANGE))
"""Events whose records have the addresses and ports of two endpoints."""
SIGNED = (*HANDSHAKE, *HTTP)
"""Events for which p0f has a raw signature."""

STREAMS = (*HELLO, *HTTP, *SSH, "greeting", "login", "proxied", "certificate")
"""Events whose bytes came in connections, or may have."""

EVENT_GROUPS = {
    "every": EVENTS,
    "with_ends": WITH_ENDS,
    "handshake": HANDSHAKE,
    "uptime": UPTIME,
    "hello": HELLO,
    "http": HTTP,
    "signed": SIGNED,
    "changes": CHANGES,
    "announcements": ANNOUNCEMENTS,
    "resolution": RESOLUTION,
    "devices": DEVICES,
    "ssh": SSH,
    "streams": STREAMS,
}
"""Names of several events in ``fields.csv``."""

DEVICE_CHANGES = (
    *("device_new", "device_back", "device_changed", "address_moved", "address_conflict"),
    *("new_dhcp_server", "new_router", "news_left_out", "segment_changed", "address_claimed"),
)
_WORDS = {"event": EVENTS, "change": DEVICE_CHANGES, "login_protocol": LOGIN_WORDS}
"""Lists of words that are used elsewhere, too, by column."""

_SYSTEMS = rows_of("schema/systems.csv")
ECS_OS_TYPES = {row["name"]: row["ecs"] for row in _SYSTEMS if row["ecs"]}
"""``host.os.type`` by the name of a label."""
OCSF_OS_TYPES = {row["name"]: int(row["ocsf"]) for row in _SYSTEMS if row["ocsf"]}
"""OCSF's ``os.type_id`` by the name of a label."""
ZEEK_SYSTEMS = {row["name"]: row["zeek"] for row in _SYSTEMS if row["zeek"]}
"""Zeek's types of software that are systems, by the name of a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordField:
    """One field of a record.

    ``events`` are the events with this field; its value may still be null there unless ``always`` is set.
    ``words`` lists all possible values of a text, if these are few. ``source`` is the origin of the value.
    """

    column: str
    """Its column name in tables."""
    type: Type
    meaning: str
    json: str
    """Its place in JSON, with dots between the keys of nested objects; empty if JSON omits it."""
    eve: str = ""
    """Its place in EVE outside `EVE_OBJECT`, if any; ``ecs`` is its place in ECS outside `ECS_OBJECT`."""
    ecs: str = ""
    unit: str = ""
    events: tuple[str, ...]
    always: bool
    words: tuple[str, ...] = ()
    source: Source
    nullable: bool
    """Whether it may be null inside an object that is not null."""
    private: bool = False
    """Whether it becomes null if addresses are replaced: names of hosts and files, and other data that
    identifies a person. Addresses and Community IDs are replaced instead."""
    view: str
    """The class of typed results that has it as an attribute; empty if results have it elsewhere."""
    label: str = ""
    """Its label in the text format; empty if this format shows it in another way or not at all."""

    @property
    def is_common(self) -> bool:
        """Whether all events, or all with endpoints, have it with a value from their own row."""
        return self.events in (EVENTS, WITH_ENDS) and self.source == "row"

    def place(self, format: JsonFormat) -> str:
        """Its full path in a record, with the keys of all enclosing objects; empty if the record omits it."""
        if format == "json" or not self.json:
            return self.json
        return (self.eve if format == "eve" else self.ecs) or f"{OBJECTS[format]}.{self.json}"


def events_of(cell: str) -> tuple[str, ...]:
    """The events of a cell: the name of a group, or kinds of events."""
    found = EVENT_GROUPS.get(cell) or tuple(cell.split())
    if not set(found) <= set(EVENTS):
        raise ValueError(f"{cell!r} is neither a group of events nor a list of events")
    return found


def _field(row: dict[str, str]) -> RecordField:
    """The field of a row. ``words`` have ``|`` between them; ``json`` is ``-`` if JSON omits the field."""
    column = row["column"]
    may_be_null, is_private, is_part = row["type"].endswith("?"), bool(row["private"]), "." in row["json"]
    return RecordField(
        column=column,
        type=cast(Type, row["type"].removesuffix("?")),
        meaning=row["meaning"],
        json=(row["json"] or column).removeprefix("-"),
        **{name: row[name] for name in ("eve", "ecs", "unit", "view", "label")},
        events=events_of(row["events"]),
        words=_WORDS.get(column) or tuple(filter(None, row["words"].split("|"))),
        source=cast(Source, row["source"] or "row"),
        private=is_private,
        always=not may_be_null and not is_part,
        nullable=is_part and (may_be_null or is_private),
    )


FIELDS: tuple[RecordField, ...] = tuple(map(_field, rows_of("schema/fields.csv")))
"""All fields, in the order of output: fields of every event, fields of some events, and values from the
capture and from the database as a whole."""

_FROM_UNTRUSTED_INPUT = (
    *("signature", "sni", "alpn", "method", "http_host", "path", "user_agent", "quic_user_agent"),
    *("server_header", "platform", "platform_version", "claims", "why", "client_why", "signature_agent"),
    *("family", "host_name", "fqdn", "vendor_class", "vendor_data", "announced", "banner", "key_exchange"),
    *(f"device_{name}" for name in ("type", "manufacturer", "model", "system", "version")),
    *("host_key_type", "program", "program_version", "program_variant", "stated_system", "greeting_text"),
    *("subject", "issuer"),
)
FREE_TEXTS = frozenset(
    field.column
    for field in FIELDS
    if field.source not in ("row", "database") or field.column in _FROM_UNTRUSTED_INPUT
)
"""Columns that may hold arbitrary text: from databases, from names of captures, and from hosts."""

COMPUTED = frozenset(("ip_version", "reliable", "segments", "confidence", "hello_bytes", "rivals"))
"""Numbers and booleans without a column of the same name; the core computes each with a function."""

VARIED_TEXTS = frozenset(("src_ip", "dst_ip", "community_id"))
"""Text columns with few repetitions, for which dictionary encoding would not help."""

JSON_VERSION_KEY = "schema_version"
"""The key of `SCHEMA_VERSION` in JSON. EVE and ECS have it in their `OBJECTS`, tables as metadata."""
