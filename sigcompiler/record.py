"""What a record of output holds: the one description of its fields.

From here come the keys that the core writes and their order (``emit_record``), the columns of tables,
the JSON Schema, and the page of the manual that lists the fields. A new field is a line here and a
function that writes its value: in ``csrc/record/common.h`` for every event, in ``csrc/record/body.c``
for some, in ``csrc/record/name.c`` for what a database says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["time", "bool", "u8", "u16", "u32", "u64", "i16", "f64", "text", "words"]
"""``time`` is ns since the epoch, UTC; ``words`` are words with commas between them."""

Source = Literal["row", "signature", "link", "database"]
"""Where a value comes from: the event's own row; what the database says of the row's TCP signature or of
its MTU signature; or the database as a whole, the same in every record."""

SCHEMA_VERSION = 1
"""Of the records. Keys may be added under the same version; a changed or lost one raises it."""

ECS_VERSION = "8.11.0"
"""The version of the Elastic Common Schema whose names are used."""

EVE_OBJECT = "fingerprint"
"""The ``event_type`` of EVE records, and the object in them for what has no name there."""

ECS_OBJECT = "huginn"
"""The object of ECS records for what has no name there."""

MATCH_OBJECT = "match"
"""The object for what the database says of a TCP signature; null as a whole when none fits."""

EVENTS = ("syn", "syn_ack", "mtu", "client_uptime", "server_uptime")
"""All kinds of events, by their numbers."""

HANDSHAKE = ("syn", "syn_ack")
SYN_ACK = ("syn_ack",)
MTU = ("mtu",)
UPTIME = ("client_uptime", "server_uptime")

WINDOW_WORDS = ("literal", "mss", "mtu")
PAYLOAD_WORDS = ("0", "+")
KIND_WORDS = ("specific", "generic")
TUNNEL_WORDS = ("vxlan", "geneve", "gre", "erspan", "ipip", "6in4", "gtpu", "teredo")

ECS_OS_TYPES = {
    "Linux": "linux",
    "Windows": "windows",
    "macOS": "macos",
    "Mac OS X": "macos",
    "MacOS X": "macos",
    "iOS": "ios",
    "Android": "android",
}
"""``host.os.type`` by the name of a label. Others of class unix are "unix", but for names of two
families; the rest have none."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a record.

    ``column`` is its name in tables, which have a column for each field; ``json``, ``eve`` and ``ecs``
    are its places in the objects of these formats, with dots between the keys of nested objects.
    ``events`` have it; in these it may still be null unless ``always`` is set. ``words`` are all
    the values that a text can have, where these are few. ``source`` says where its value comes from.
    """

    column: str
    type: Type
    meaning: str
    json: str
    eve: str
    ecs: str
    unit: str
    events: tuple[str, ...]
    always: bool
    words: tuple[str, ...]
    source: Source


def _field(
    column: str,
    type: Type,
    meaning: str,
    *,
    json: str = "",
    eve: str = "",
    ecs: str = "",
    unit: str = "",
    events: tuple[str, ...] = EVENTS,
    always: bool = True,
    words: tuple[str, ...] = (),
    source: Source = "row",
) -> RecordField:
    """A field; what has no place of its own in EVE and ECS stands as in JSON, inside our object."""
    json = json or column
    eve = eve or f"{EVE_OBJECT}.{json}"
    ecs = ecs or f"{ECS_OBJECT}.{json}"
    return RecordField(column, type, meaning, json, eve, ecs, unit, events, always, words, source)


def _shown(column: str, type: Type, meaning: str, unit: str = "", words: tuple[str, ...] = ()) -> RecordField:
    """A field that every SYN and SYN+ACK shows."""
    return _field(column, type, meaning, unit=unit, events=HANDSHAKE, words=words)


def _match(key: str, type: Type, meaning: str, *, words: tuple[str, ...] = ()) -> RecordField:
    """A field of the match."""
    return _field(
        *(f"match_{key}", type, meaning),
        json=f"{MATCH_OBJECT}.{key}",
        events=HANDSHAKE,
        always=False,
        words=words,
        source="signature",
    )


def _link(column: str, type: Type, meaning: str) -> RecordField:
    """A field of the link."""
    return _field(column, type, meaning, events=MTU, always=False, source="link")


FIELDS: tuple[RecordField, ...] = (
    _field("time_ns", "time", "when the packet was captured", json="time", unit="ns, UTC", ecs="@timestamp"),
    _field(
        *("packet_number", "u64", "the packet's number, counted from 1 over all input"),
        json="packet",
        eve="pcap_cnt",
        ecs="event.sequence",
    ),
    _field(
        "flow", "u64", "number of the first packet of the event's connection, by which its events are joined"
    ),
    _field("event", "text", "what the record tells", words=EVENTS),
    _field(
        "src_ip", "text", "address of the sender, whom the record is about", eve="src_ip", ecs="source.ip"
    ),
    _field("src_port", "u16", "its TCP port", eve="src_port", ecs="source.port"),
    _field("dst_ip", "text", "address of the receiver", eve="dest_ip", ecs="destination.ip"),
    _field("dst_port", "u16", "its TCP port", eve="dest_port", ecs="destination.port"),
    _field(
        *("tunnel", "text", "the outermost tunnel that the packet came in, null without one"),
        always=False,
        words=TUNNEL_WORDS,
    ),
    _field("from_server", "bool", "whether the server of the conversation sent the packet"),
    _field(
        *("community_id", "text", "Community ID v1 of the connection, with seed 0"),
        eve="community_id",
        ecs="network.community_id",
    ),
    _shown("version", "u8", "IP version, 4 or 6"),
    _shown("ttl", "u8", "TTL or hop limit as received", "hops"),
    _shown("ittl", "u8", "the initial one that it points to: 32, 64, 128 or 255", "hops"),
    _shown("distance", "i16", "how far the sender is; an upper bound with `random_ttl`", "hops"),
    _shown("olen", "u8", "length of the IPv4 options", "bytes"),
    _shown("mss", "u16", "maximum segment size, 0 without the option", "bytes"),
    _shown("wsize", "u16", "window as sent", "bytes"),
    _shown("window_kind", "text", "what the window is a multiple of", words=WINDOW_WORDS),
    _shown("window_multiple", "u16", "how many times that; 0 for a literal window"),
    _shown("wscale", "u8", "window scale, 0 without the option", "bits"),
    _shown("olayout", "text", "TCP options in their order"),
    _shown("quirks", "words", "oddities of the headers, in p0f's words"),
    _shown("pclass", "text", "payload: none or some", words=PAYLOAD_WORDS),
    _shown("dscp", "u8", "upper six bits of TOS or traffic class"),
    _field("syn_seen", "bool", "whether the SYN was seen that this answers", events=SYN_ACK),
    _shown("signature", "text", "all that as p0f writes it"),
    _match("name", "text", "the system's, or the tool's, name"),
    _match("flavor", "text", "its version or variant, may be empty"),
    _match("kind", "text", "whether the label means one system or a family", words=KIND_WORDS),
    _match("fuzzy", "bool", "whether TTL or a soft quirk differs from the signature"),
    _match("userland", "bool", "whether a tool made the packet, not the system's own stack"),
    _match("quality", "f64", "specific 1.0, generic 0.8, fuzzy 0.5"),
    _match("signature", "text", "the signature that fits, as its file has it"),
    _match("file", "text", "the file that it stands in"),
    _match("line", "u32", "its line there, counted from 1"),
    _shown("params", "words", "remarks in p0f's words"),
    _field("mtu", "u32", "MTU of the sender's link", unit="bytes", events=MTU),
    _link("link", "text", "the kind of link that it points to"),
    _link("link_file", "text", "the file of the MTU signature"),
    _link("link_line", "u32", "its line there, counted from 1"),
    _field(
        *("uptime_minutes", "u32", "time since the clock of the timestamps began"),
        json="minutes",
        unit="minutes",
        events=UPTIME,
    ),
    _field("modulo_days", "u32", "time after which that clock begins anew", unit="days", events=UPTIME),
    _field("frequency_hz", "u16", "its frequency, rounded to what systems use", unit="Hz", events=UPTIME),
    _field("raw_frequency_hz", "f64", "the same as measured", unit="Hz", events=UPTIME),
    _field("reliable", "bool", "false where packets contradict that this is an uptime", events=UPTIME),
    _field("why", "text", "what contradicts it", events=UPTIME, always=False),
    _field(
        *("database", "text", "SHA-256 of the signatures that were used, in hex; null without"),
        always=False,
        source="database",
    ),
)
"""All fields, in the order in which they are written: those of every event, those of some, and what the
database as a whole says."""

JSON_VERSION_KEY = "schema_version"
"""The key of `SCHEMA_VERSION` in JSON, inside our object in EVE and ECS; tables have it as metadata."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What records of a format have at `path` beyond the fields. ``schema`` is that of JSON Schema."""

    path: str
    meaning: str
    schema: dict[str, object]
    always: bool = True


_TEXT: dict[str, object] = {"type": "string", "minLength": 1}
_MICROSECONDS: dict[str, object] = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}\+0000$",
}

EVE_MORE = (
    Addition("timestamp", "when the packet was captured, to the µs", _MICROSECONDS),
    Addition(
        *("flow_id", "a number of the connection, of its Community ID: the same in both directions"),
        {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
    ),
    Addition("in_iface", "the interface, in live capture", _TEXT, always=False),
    Addition("event_type", f"always `{EVE_OBJECT}`", {"const": EVE_OBJECT}),
    Addition("proto", "always `TCP`", {"const": "TCP"}),
    Addition("ip_v", "IP version", {"enum": [4, 6]}),
    Addition(
        *("direction", "`to_server` from the client, `to_client` from the server"),
        {"enum": ["to_server", "to_client"]},
    ),
)
"""What EVE records have beyond the fields."""

ECS_MORE = (
    Addition("event.kind", "always `event`", {"const": "event"}),
    Addition("event.category", "always `network`, in a list", {"const": ["network"]}),
    Addition("event.type", "always `info`, in a list", {"const": ["info"]}),
    Addition("event.module", f"always `{ECS_OBJECT}`", {"const": ECS_OBJECT}),
    Addition(
        *("event.dataset", f"`{ECS_OBJECT}.` and the event"),
        {"enum": [f"{ECS_OBJECT}.{event}" for event in EVENTS]},
    ),
    Addition("network.transport", "always `tcp`", {"const": "tcp"}),
    Addition("network.type", "`ipv4` or `ipv6`", {"enum": ["ipv4", "ipv6"]}),
    Addition("host.ip", "address of the sender, in a list", {"type": "array", "items": _TEXT}),
    Addition("host.os.name", "the name of the system, where one was named and no tool", _TEXT, always=False),
    Addition("host.os.version", "its flavor, unless that is empty", _TEXT, always=False),
    Addition("host.os.full", "name and flavor", _TEXT, always=False),
    Addition(
        *("host.os.type", "what kind of system that is, where the name leaves no doubt"),
        {"enum": sorted({*ECS_OS_TYPES.values(), "unix"})},
        always=False,
    ),
    Addition(
        *("host.uptime", "of a reliable uptime: the time in seconds"),
        {"type": "integer", "minimum": 0},
        always=False,
    ),
    Addition("observer.type", "always `sensor`", {"const": "sensor"}),
    Addition("observer.vendor", "always `huginn`", {"const": "huginn"}),
    Addition("observer.ingress.interface.name", "the interface, in live capture", _TEXT, always=False),
    Addition("ecs.version", f"always `{ECS_VERSION}`", {"const": ECS_VERSION}),
)
"""What ECS records have beyond the fields."""
