"""The only description of the fields of output records.

Generated from it: the keys that the core writes and their order (``tools/build_steps/record_macros.py``),
the columns of tables, the JSON Schema, and the page of the manual that lists the fields. A new field needs a
line here and, unless a column holds its value unchanged, a getter in ``csrc/rows/fields.h`` or
``csrc/answers/fields.h``, or in ``csrc/output/name.c`` if the database supplies the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

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

HEADINGS = {
    "syn": "TCP SYN",
    "syn_ack": "TCP SYN+ACK",
    "mtu": "TCP MTU",
    "client_uptime": "TCP Uptime - Client",
    "server_uptime": "TCP Uptime - Server",
    "tls_client": "TLS Client",
    "tls_server": "TLS Server",
    "http_request": "HTTP Request",
    "http_response": "HTTP Response",
    "host_change": "Host Change",
    "ip_sharing": "IP Sharing",
    "segments": "TCP Segments",
    "dhcp": "DHCP",
    "mdns": "mDNS",
    "ssdp": "SSDP",
    "netbios": "NetBIOS",
    "smb": "SMB",
    "lldp": "LLDP",
    "cdp": "CDP",
    "ssh_client": "SSH Client",
    "ssh_server": "SSH Server",
    "arp": "ARP",
    "greeting": "Greeting",
    "finding": "Finding",
    "neighbor": "Neighbor Discovery",
    "certificate": "Certificate",
    "dns": "DNS",
    "device_change": "Device Change",
    "snmp": "SNMP",
    "discovery": "Discovery",
    "signalling": "Signalling",
    "industrial": "Industrial",
    "login": "Login",
    "proxied": "Proxied",
}
"""The heading of each kind of event in the text format."""

EVENTS = tuple(HEADINGS)
"""All kinds of events, in the order of their numbers."""

HANDSHAKE = ("syn", "syn_ack")
SYN_ACK = ("syn_ack",)
MTU = ("mtu",)
UPTIME = ("client_uptime", "server_uptime")
TLS_CLIENT = ("tls_client",)
TLS_SERVER = ("tls_server",)
HELLO = ("tls_client", "tls_server")
HTTP_REQUEST = ("http_request",)
HTTP_RESPONSE = ("http_response",)
HTTP = ("http_request", "http_response")
CHANGES = ("host_change", "ip_sharing")
FINDING = ("finding",)
SEGMENTS = ("segments",)
DHCP = ("dhcp",)
ARP = ("arp",)
RESOLUTION = (*ARP, "neighbor")
"""Messages that tell which MAC has an address."""
STATED = ("mdns", "ssdp", "netbios", "smb", "lldp", "cdp", "dns", "snmp")
ANNOUNCEMENTS = (*STATED, "discovery", "signalling", "industrial")
DEVICE_CHANGE = ("device_change",)
DEVICES = (*DHCP, *ANNOUNCEMENTS, *RESOLUTION, *DEVICE_CHANGE)
"""Announcements of devices, and changes of devices."""
SSH_SERVER = ("ssh_server",)
SSH = ("ssh_client", *SSH_SERVER)
GREETING = ("greeting",)
CERTIFICATE = ("certificate",)
LOGIN = ("login",)
PROXIED = ("proxied",)
LABELLED = (*DEVICES, *SSH, *GREETING, *FINDING, *CERTIFICATE, *LOGIN, *PROXIED)
"""Events whose lines in the text format consist only of fields with a label (`RecordField.label`)."""
WITH_ENDS = tuple(event for event in EVENTS if event not in ("lldp", "cdp", *RESOLUTION, *DEVICE_CHANGE))
"""Events whose records have the addresses and ports of two endpoints."""
SIGNED = (*HANDSHAKE, *HTTP)
"""Events for which p0f has a raw signature."""

VIEWS = {
    HANDSHAKE: "TcpFields",
    SYN_ACK: "SynAckFields",
    UPTIME: "UptimeFields",
    HELLO: "HelloFields",
    TLS_CLIENT: "TlsClientFields",
    TLS_SERVER: "TlsServerFields",
    (*TLS_CLIENT, *HTTP_REQUEST): "ComparedFields",
    (*UPTIME, *TLS_CLIENT, *HTTP_REQUEST): "ReasonFields",
    HTTP: "HttpFields",
    HTTP_REQUEST: "HttpRequestFields",
    HTTP_RESPONSE: "HttpResponseFields",
    SIGNED: "SignedFields",
    CHANGES: "ChangeFields",
    FINDING: "FindingFields",
    SEGMENTS: "SegmentsFields",
    DHCP: "DhcpFields",
    ANNOUNCEMENTS: "AnnouncementFields",
    RESOLUTION: "ResolutionFields",
    DEVICE_CHANGE: "DeviceChangeFields",
    SSH: "SshFields",
    SSH_SERVER: "SshServerFields",
    GREETING: "GreetingFields",
    CERTIFICATE: "CertificateFields",
    LOGIN: "LoginFields",
    PROXIED: "ProxiedFields",
}
"""The Python classes that hold the fields of these events (`RecordField.view`)."""

WINDOW_WORDS = ("literal", "mss", "mtu")
PAYLOAD_WORDS = ("0", "+")
KIND_WORDS = ("specific", "generic")
TRANSPORT_WORDS = ("tcp", "quic", "dtls", "openvpn")
VERDICT_WORDS = ("not_checked", "consistent", "contradicts")
CLIENT_CHECK_WORDS = ("not_checked", "consistent", "mismatch")
HTTP_VERSION_WORDS = ("1.0", "1.1", "2")
DOWNGRADE_WORDS = ("TLS 1.2", "TLS 1.1 or older")
SILENCE_WORDS = ("too_few", "several_ttls", "far", "ttl_255", "ttl_32", "no_df", "no_rule")
DEVICE_CHANGES = (
    *("device_new", "device_back", "device_changed", "address_moved", "address_conflict"),
    *("new_dhcp_server", "new_router", "news_left_out"),
)
OPERATIONS = (
    *("request", "reply", "router_solicitation", "router_advertisement"),
    *("solicitation", "advertisement"),
)
HANDSHAKE_WORDS = ("none", "completed")
QUANTUM_WORDS = ("none", "offered", "chosen")
GREETING_WORDS = ("ftp", "smtp", "pop3", "imap", "mysql", "postgresql", "tds")
LOGIN_ANSWERS = ("accepted", "refused")
KEY_WORDS = ("rsa", "rsa_pss", "dsa", "ec", "ed25519", "ed448", "ml_dsa_44", "ml_dsa_65", "ml_dsa_87")
TUNNEL_WORDS = (
    *("vxlan", "geneve", "gre", "erspan", "ipip", "6in4", "gtpu", "teredo", "l2tp", "pptp", "eoip"),
    *("etherip", "mpls", "lisp", "capwap", "tzsp", "hp_erm", "pbb", "nsh"),
)

ECS_OS_TYPES = {
    "Linux": "linux",
    "Windows": "windows",
    "macOS": "macos",
    "Mac OS X": "macos",
    "MacOS X": "macos",
    "iOS": "ios",
    "Android": "android",
}
"""``host.os.type`` by the name of a label. Other labels of class unix have "unix", unless they name two
families; all remaining labels have no type."""

OCSF_OS_TYPES = {
    "Windows": 100,
    "Windows Mobile": 101,
    "Linux": 200,
    "Android": 201,
    "macOS": 300,
    "iOS": 301,
    "iPadOS": 302,
    "Solaris": 400,
    "AIX": 401,
    "HP-UX": 402,
}
"""OCSF's ``os.type_id`` by the name of a label; other labels have 99."""
ZEEK_SYSTEMS = {"Windows": "OS::WINDOWS"}
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


def _field(
    column: str,
    type: str,
    meaning: str,
    *,
    json: str | None = None,
    events: tuple[str, ...] = EVENTS,
    source: Source = "row",
    view: str | None = None,
    is_part: bool = False,
    **more: Any,
) -> RecordField:
    """A field. A type that ends with ``?`` may be null; with `is_part`, its object may be null.

    Without `view`, a field from the event's own row belongs to the view of its events.
    """
    may_be_null = type.endswith("?")
    return RecordField(
        column=column,
        type=cast(Type, type.removesuffix("?")),
        meaning=meaning,
        json=column if json is None else json,
        events=events,
        source=source,
        view=(VIEWS.get(events, "") if source == "row" else "") if view is None else view,
        always=not may_be_null and not is_part,
        nullable=is_part and (may_be_null or more.get("private", False)),
        **more,
    )


def _part(at: str, prefix: str, key: str, *described: str, **more: Any) -> RecordField:
    """A field of the object `at` in JSON."""
    return _field(f"{prefix}_{key}", *described, json=f"{at}.{key}", is_part=True, **more)


_ends = partial(_field, events=WITH_ENDS)
_shown = partial(_field, events=HANDSHAKE)
_syn_ack = partial(_field, events=SYN_ACK)
_signed = partial(_field, events=SIGNED)
_link = partial(_field, events=MTU)
_uptime = partial(_field, events=UPTIME)
_hello = partial(_field, events=HELLO)
_tls_client = partial(_field, events=TLS_CLIENT)
_tls_server = partial(_field, events=TLS_SERVER)
_request = partial(_field, events=HTTP_REQUEST)
_response = partial(_field, events=HTTP_RESPONSE)
_change = partial(_field, events=CHANGES)
_finding = partial(_field, events=FINDING)
_segments = partial(_field, events=SEGMENTS)
_dhcp = partial(_field, events=DHCP)
_device = partial(_field, events=DEVICES, view="DeviceFields")
_resolution = partial(_field, events=RESOLUTION)
_news = partial(_field, events=DEVICE_CHANGE)
_ssh = partial(_field, events=SSH)
_ssh_server = partial(_field, events=SSH_SERVER)
_greeting = partial(_field, events=GREETING)
_login = partial(_field, events=LOGIN)
_proxied = partial(_field, events=PROXIED)
_certificate = partial(_field, events=CERTIFICATE)
_match = partial(_part, MATCH_OBJECT, "match", events=HANDSHAKE, source="signature")
_client = partial(_part, CLIENT_OBJECT, "client", events=(*TLS_CLIENT, *HTTP_REQUEST), source="client")
_server = partial(_part, SERVER_OBJECT, "server", events=HTTP_RESPONSE, source="server")


FIELDS: tuple[RecordField, ...] = (
    _field("time_ns", "time", "when the packet was captured", json="time", unit="ns, UTC", ecs="@timestamp"),
    _field(
        *("packet_number", "u64", "the packet's number, counted from 1 across all input"),
        eve="pcap_cnt",
        ecs="event.sequence",
    ),
    _field("flow", "u64", "number of the connection's first packet, which identifies the connection"),
    _field("event", "text", "the kind of event", words=EVENTS),
    _ends("src_ip", "text", "the sender's address; the record describes it", eve="src_ip", ecs="source.ip"),
    _ends("src_port", "u16", "its port", eve="src_port", ecs="source.port"),
    _ends("dst_ip", "text", "address of the receiver", eve="dest_ip", ecs="destination.ip"),
    _ends("dst_port", "u16", "its port", eve="dest_port", ecs="destination.port"),
    _field(
        *("tunnel", "text?", "the outermost tunnel around the packet; null without one"),
        words=TUNNEL_WORDS,
    ),
    _field("segment", "text?", "VLAN, or interface of the capture; null without one, and in a tunnel"),
    _field("from_server", "bool", "whether the server of the conversation sent the packet"),
    _ends(
        *("community_id", "text", "Community ID v1 of the connection, with seed 0"),
        eve="community_id",
        ecs="network.community_id",
    ),
    _shown("ip_version", "u8", "IP version, 4 or 6"),
    _shown("ttl", "u8", "TTL or hop limit as received", unit="hops"),
    _shown("ittl", "u8", "the likely initial TTL: 32, 64, 128 or 255", unit="hops"),
    _shown("distance", "i16", "distance of the sender; an upper bound with `random_ttl`", unit="hops"),
    _shown("olen", "u8", "length of the IPv4 options", unit="bytes"),
    _shown("mss", "u16", "maximum segment size, 0 without the option", unit="bytes"),
    _shown("wsize", "u16", "window as sent", unit="bytes"),
    _shown("window_kind", "text", "the value of which the window is a multiple", words=WINDOW_WORDS),
    _shown("window_multiple", "u16", "the multiple; 0 for a literal window"),
    _shown("wscale", "u8", "window scale, 0 without the option", unit="bits"),
    _shown("olayout", "text", "TCP options in their order"),
    _shown("quirks", "words", "unusual properties of the headers, in p0f's words"),
    _shown("pclass", "text", "payload: none or some", words=PAYLOAD_WORDS),
    _shown("dscp", "u8", "upper six bits of TOS or traffic class"),
    _syn_ack("syn_seen", "bool", "whether the SYN that it answers was captured"),
    _signed("signature", "text", "signature of the packet or message head, in p0f's notation", view=""),
    _match("name", "text", "name of the system or tool"),
    _match("flavor", "text", "its version or variant, may be empty"),
    _match("kind", "text", "whether the label means one system or a family", words=KIND_WORDS),
    _match("fuzzy", "bool", "whether TTL or a soft quirk differs from the signature"),
    _match("userland", "bool", "whether a tool made the packet instead of the system's own stack"),
    _match("quality", "f64", "specific 1.0, generic 0.8, fuzzy 0.5"),
    _match("signature", "text", "the signature that fits, as written in its file"),
    _match("file", "text", "name of the file with that signature", private=True),
    _match("line", "u32", "its line in that file, counted from 1"),
    _match(
        *("family", "text?", "one family of systems, or two that send the same packets; null if more do"),
        source="answer",
    ),
    _match("confidence", "f64", "share of answers of this kind whose family is right", source="answer"),
    _match(
        *("version_confidence", "f64?", "share of such answers with right versions; null if not measured"),
        source="answer",
    ),
    _match("candidates", "texts", "other labels whose signatures fit as well", source="answer"),
    _match("evidence", "texts", "the reasons, in words", source="answer"),
    _signed("params", "words", "remarks in p0f's words"),
    _link("mtu", "u32", "MTU of the sender's link", unit="bytes"),
    _link("link", "text?", "the kind of link with this MTU", source="link"),
    _link("link_file", "text?", "name of the file with the MTU signature", private=True, source="link"),
    _link("link_line", "u32?", "its line in that file, counted from 1", source="link"),
    _uptime("uptime_minutes", "u32", "time since the timestamp clock started", unit="minutes"),
    _uptime("modulo_days", "u32", "time after which the timestamp clock wraps", unit="days"),
    _uptime("frequency_hz", "u16", "frequency of the clock, rounded to a value that systems use", unit="Hz"),
    _uptime("raw_frequency_hz", "f64", "frequency of the clock as measured", unit="Hz"),
    _uptime(
        *("reliable", "bool", "whether a second reading confirms the uptime and nothing contradicts it"),
        view="DoubtFields",
    ),
    _hello("transport", "text", "transport of the hello", words=TRANSPORT_WORDS),
    _hello("tls_version", "text", "newest version that the client offers, or version that the server chose"),
    _tls_client("sni", "text?", "server name that the client requests, cut at 255 bytes", private=True),
    _hello("quic_version", "text?", "the version of QUIC: 1, 2, draft-29; null over TCP and in DTLS"),
    _tls_client("quic_user_agent", "text?", "user agent in QUIC's transport parameters, cut at 128 bytes"),
    _hello(
        *("alpn", "words", "protocols that the client offers, or protocol that the server chose"),
        view="TlsClientFields",
    ),
    _tls_client("ja4", "text?", "JA4; null in SSL 2.0's format"),
    _tls_client("ja4_stable", "text?", "JA4 without the extensions that depend on session resumption"),
    _tls_client("ja3", "text?", "JA3 of the client, MD5 in hex"),
    _client("name", "text", "name of the browser, tool or library"),
    _client("flavor", "text", "its version or variant, may be empty"),
    _client("kind", "text", "whether the label means one program or several", words=KIND_WORDS),
    _client("quality", "f64", "specific 1.0, generic 0.8, with wildcards 0.5"),
    _client("signature", "text", "the signature that fits, as written in its file"),
    _client("file", "text", "name of the file with that signature", private=True),
    _client("line", "u32", "its line in that file, counted from 1"),
    _field(
        *("verdict", "text", "whether ClientHello or User-Agent and the SYN fit the same system"),
        events=(*TLS_CLIENT, *HTTP_REQUEST),
        words=VERDICT_WORDS,
    ),
    _field(
        *("why", "text?", "contradiction of an uptime; grounds of a verdict, or why there is none"),
        events=(*UPTIME, *TLS_CLIENT, *HTTP_REQUEST),
    ),
    _tls_client("ech", "bool", "whether the hello has the extension Encrypted Client Hello"),
    _tls_server("cipher", "text", "the cipher suite that was chosen"),
    _tls_server("group", "text?", "the group of the server's key share"),
    _tls_server("hello_retry", "bool", "whether the server requests another ClientHello (HelloRetryRequest)"),
    _tls_server(
        *("downgrade", "text?", "the chosen version, if the server signals that it supports a newer one"),
        words=DOWNGRADE_WORDS,
    ),
    _tls_server("ja3s", "text", "JA3S of the server, MD5 in hex"),
    _hello("post_quantum", "bool", "whether a key share uses a group that resists quantum computers"),
    _hello("malformed", "bool", "whether the extensions are cut or contradict themselves"),
    _hello("hello_bytes", "u32", "length of the hello, with its header", unit="bytes"),
    _server("name", "text", "name of the server that sends such headers"),
    _server("flavor", "text", "its version or variant, may be empty"),
    _server("kind", "text", "whether the label means one program or several", words=KIND_WORDS),
    _server("quality", "f64", "specific 1.0, generic 0.8"),
    _server("signature", "text", "the signature that fits, as written in its file"),
    _server("file", "text", "name of the file with that signature", private=True),
    _server("line", "u32", "its line in that file, counted from 1"),
    _field("http_version", "text", "HTTP version of the message", events=HTTP, words=HTTP_VERSION_WORDS),
    _request("method", "text?", "method of the request"),
    _request(
        *("http_host", "text?", "host that the client requests, with the port if it is given"),
        private=True,
    ),
    _request(
        "path",
        "text?",
        "path of the request, without the query; null without `--http-paths`",
        private=True,
        label="Path",
    ),
    _response("status", "u16", "status code of the response"),
    _request("user_agent", "text?", "the client's own description"),
    _response("server_header", "text?", "the server's own description, in the header Server", private=True),
    _request("claims", "text?", "known system that client hints or the User-Agent name; null without one"),
    _request("language", "text?", "the first language that the client accepts"),
    _request("platform", "text?", "the system that client hints name", private=True),
    _request("platform_version", "text?", "version of this system in client hints", private=True),
    _request(
        *("akamai", "text?", "settings, window, priorities and pseudo-headers of an HTTP/2 client"),
        view="Http2Fields",
        label="HTTP/2",
    ),
    _request("akamai_md5", "text?", "MD5 of `akamai`, in hex", view="Http2Fields"),
    _request(
        *("client_check", "text", "whether the browser in the User-Agent sent the request"),
        words=CLIENT_CHECK_WORDS,
    ),
    _request("client_why", "text", "for a mismatch the two facts and usual causes, else the compared values"),
    _request(
        *("signature_agent", "text?", "who claims to have signed the request, in the header Signature-Agent"),
        label="Agent",
    ),
    _change("reasons", "words", "what changed, in p0f's words"),
    _change("raw_hits", "numbers", "how many of the sender's latest 32 scores are at least 6, 3, 2, and 1"),
    _finding("finding", "text", "kind of the finding, as in the host record", label="Kind"),
    _finding("reason", "text", "what the sender did, in words", label="Reason"),
    _finding(
        *("handshake", "text?", "for a scan: whether completed connections prove its sender"),
        words=HANDSHAKE_WORDS,
        label="Handshake",
    ),
    _finding(
        *("finding_mac", "text?", "MAC of the host that it is about; null if it is not known"),
        label="MAC",
        private=True,
    ),
    _news("change", "text", "kind of the change", words=DEVICE_CHANGES, label="News"),
    _device("mac", "text?", "MAC address of the device", label="MAC", private=True),
    _device("source_mac", "text?", "source MAC address of the frame", private=True),
    _device("device_ip", "text?", "address of the device", label="Address", private=True),
    _resolution("operation", "text", "operation of ARP, or type of the message", words=OPERATIONS),
    _resolution(
        *("target_ip", "text?", "address that it asks for; of a reply or advertisement, the receiver's"),
        private=True,
    ),
    _resolution("unicast", "bool", "whether only one station receives it, as to check a known neighbor"),
    _resolution(
        *("router_lifetime", "u16", "of a router's advertisement; 0: it forwards no packets"),
        unit="seconds",
    ),
    _news("previous_mac", "text?", "MAC that had the address before", private=True, label="Before"),
    _news("unseen_seconds", "u32", "seconds since the device, or `previous_mac` there, was last seen"),
    _news("change_count", "u32", "how often two MACs alternated on an address; how many news were left out"),
    _news("before", "text?", "of `device_changed`: type, model and system before", label="Changed from"),
    _news("after", "text?", "of `device_changed`: the same now", label="Changed to"),
    *(
        _news(f"device_{name}", "text?", f"{words}, if known", label=label)
        for name, words, label in (
            ("type", "type of the device", "Type"),
            ("manufacturer", "its maker", "Maker"),
            ("model", "its model", "Model"),
            ("system", "its system", "System"),
            ("version", "version of system or firmware", "Version"),
        )
    ),
    _dhcp("dhcp_message", "text?", "kind of DHCP message", label="Message"),
    _device(
        *("host_name", "text?", "name of the device; null without `--host-names`"),
        label="Name",
        private=True,
    ),
    _dhcp("fqdn", "text?", "full name; null without `--host-names`", label="FQDN", private=True),
    _dhcp("vendor_class", "text?", "vendor class", label="Class"),
    _dhcp("parameters", "numbers", "options that the client requests, in its order", label="Asks"),
    _dhcp("vendor_data", "texts", "vendor data by enterprise, user classes and MUD URLs", label="Vendor"),
    _dhcp("max_message_size", "u16", "longest message that the client accepts, 0 without the option"),
    _dhcp("dhcp_options", "numbers", "codes of all options in a client's message, in its order"),
    _dhcp(
        *("client_id", "text?", "client identifier or DUID in hex; null without `--host-names`"),
        label="Client",
        private=True,
    ),
    _field(
        *("announced", "texts", "announcements: kinds and texts, as `huginn explain` accepts them"),
        events=ANNOUNCEMENTS,
        label="Says",
    ),
    _dhcp("forwarded", "bool", "whether a relay forwarded the message"),
    _device("scope", "text?", "who could have sent it; `none` if it does not describe a host"),
    _ssh(
        *("banner", "text?", "the SSH identification, such as `SSH-2.0-OpenSSH_9.6`"),
        private=True,
        label="Banner",
    ),
    _ssh(
        *("hassh", "text?", "HASSH (server: hasshServer); null before the key exchange, as the next fields"),
        label="HASSH",
    ),
    _ssh("key_exchanges", "words", "key exchanges that the sender offers, the preferred one first"),
    _ssh("host_key_algorithms", "words", "host key algorithms that it offers, the preferred one first"),
    _ssh("ciphers", "words", "ciphers for the data that it sends"),
    _ssh("mac_algorithms", "words", "message authentication codes for the data that it sends"),
    _ssh("compressions", "words", "compression for the data that it sends"),
    _ssh_server(
        *("key_exchange", "text?", "the key exchange that both lists result in (RFC 4253, 7.1)"),
        label="Chosen",
    ),
    _ssh(
        *("post_quantum_kex", "text?", "whether key exchanges that resist quantum computers are offered"),
        words=QUANTUM_WORDS,
        label="Quantum",
    ),
    _ssh_server(
        "host_key_type", "text?", "type of the host key; null before the server has sent it", label="Type"
    ),
    _ssh_server(
        "host_key", "text?", "SHA-256 of the host key, as `ssh-keygen -l` shows it", private=True, label="Key"
    ),
    _greeting(
        *("greeting_protocol", "text", "the protocol of the greeting"),
        words=GREETING_WORDS,
        label="Speaks",
    ),
    _greeting(
        *("program", "text?", "the server's program; null if no pattern fits, as the next fields"),
        label="Program",
    ),
    _greeting("program_version", "text?", "version of the program", label="Version"),
    _greeting("program_variant", "text?", "packager or variant of the program", label="Variant"),
    _greeting("stated_system", "text?", "the system that the greeting states", label="System"),
    _greeting(
        *("greeting_text", "text?", "the first line; null without `--host-names`"),
        private=True,
        label="Text",
    ),
    _login(
        *(
            "login_protocol",
            "text",
            "how the login was sent, in clear text except by SSH; HTTP: in a request that is read",
        ),
        words=LOGIN_WORDS,
        label="Speaks",
    ),
    _login(
        "login_answer",
        "text",
        "the server's answer; by SSH, 1,500 bytes after the key exchange",
        words=LOGIN_ANSWERS,
        label="Answer",
    ),
    _proxied("proxied_src_ip", "text", "address of the client that a PROXY header states", label="Client"),
    _proxied("proxied_src_port", "u16", "its port"),
    _proxied("proxied_dst_ip", "text", "address that it connected to", label="To"),
    _proxied("proxied_dst_port", "u16", "its port"),
    _certificate(
        "sha256", "text", "SHA-256 of the server's certificate, in hex", private=True, label="SHA-256"
    ),
    _certificate(
        *(
            "site_names",
            "words",
            "DNS names and addresses that it covers, the first 1,024 bytes; empty without `--host-names`",
        ),
        private=True,
        label="Sites",
    ),
    _certificate(
        *("subject", "text?", "subject of the certificate; null without `--host-names`"),
        private=True,
        label="Subject",
    ),
    _certificate("issuer", "text?", "its issuer; null without `--host-names`", private=True, label="Issuer"),
    _certificate("not_before", "text?", "start of its validity; null if the time is malformed", label="From"),
    _certificate("not_after", "text?", "end of its validity; null if the time is malformed", label="Until"),
    _certificate("key_type", "text?", "type of its key; null for other types", words=KEY_WORDS, label="Key"),
    _certificate("key_bits", "u32", "size of the key; 0 if the type implies it or it is unknown"),
    _certificate(
        "signature_algorithm", "text", "algorithm of its signature, by name or number", label="Signed"
    ),
    _certificate("self_signed", "bool", "whether it claims to be signed by its own key"),
    _certificate(
        *("weaknesses", "words", "weaknesses of it and of the chain sent with it, except trust anchors"),
        label="Weak",
    ),
    _certificate("weak_position", "u8", "position of the first weak certificate in the chain, 0: its own"),
    _certificate(
        *("weak_subject", "text?", "first 16 hex digits of the SHA-256 of the weak certificate's subject"),
        label="Of",
    ),
    _segments("family", "text?", "family of systems that the sender's segments point to; null for none"),
    _segments("confidence", "f64", "share of such answers that are right; 0 without a family"),
    _segments("silence", "text?", "why the segments point to no family; else null", words=SILENCE_WORDS),
    _segments("segments", "u16", "number of segments"),
    _segments("shows", "text", "values that all segments have, as conditions of a segments signature"),
    _field(
        *("capture", "text?", "source of the packet: the file as named, or the interface"),
        json="",
        source="capture",
        private=True,
    ),
    _field(
        *("database", "text?", "first 12 hex digits of the signatures' SHA-256; null without signatures"),
        source="database",
    ),
)
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

READERS = {
    **dict.fromkeys((*HANDSHAKE, *MTU, *UPTIME), "tcp"),
    **dict.fromkeys(HELLO, "tls"),
    **dict.fromkeys(HTTP, "http"),
    **dict.fromkeys((*CHANGES, *FINDING), "changes"),
    **dict.fromkeys(SEGMENTS, "segments"),
    **dict.fromkeys(DEVICES, "devices"),
    **dict.fromkeys(SSH, "ssh"),
    **dict.fromkeys((*GREETING, *LOGIN, *PROXIED), "greetings"),
    **dict.fromkeys(CERTIFICATE, "certificates"),
}
"""The reader whose columns hold the values, by kind of event."""

COMPUTED = frozenset(("ip_version", "reliable", "segments", "confidence", "hello_bytes"))
"""Numbers and booleans without a column of the same name; the core computes each with a function."""

VARIED_TEXTS = frozenset(("src_ip", "dst_ip", "community_id"))
"""Text columns with few repetitions, for which dictionary encoding would not help."""

JSON_VERSION_KEY = "schema_version"
"""The key of `SCHEMA_VERSION` in JSON. EVE and ECS have it in their `OBJECTS`, tables as metadata."""


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
_STATUS: dict[str, object] = {"type": "integer", "minimum": 0, "maximum": 2**16 - 1}
_MICROSECONDS: dict[str, object] = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}\+0000$",
}


def _as(path: str, column: str, events: tuple[str, ...] = ()) -> Addition:
    """A field at the place that the format defines, in `events` or else in all events with the field."""
    field = next(one for one in FIELDS if one.column == column)
    schema = {"words": _TEXTS, "u16": _STATUS}.get(field.type, _TEXT)
    return Addition(path, f"as `{column}`", schema, False, column, events or field.events, field.private)


def _made(path: str, meaning: str, value: str, events: tuple[str, ...], private: bool = False) -> Addition:
    return Addition(path, meaning, _TEXT, False, value, events, private)


def _listed(path: str, meaning: str, value: str) -> Addition:
    return Addition(path, meaning, LIST_OF_ONE, False, value, DEVICES, private=True)


def _ssh_end(end: str, events: tuple[str, ...]) -> tuple[Addition, ...]:
    return (
        _made(
            *(f"ssh.{end}.proto_version", "version of the protocol in `banner`", "ssh_protocol"),
            events,
            private=True,
        ),
        _made(f"ssh.{end}.software_version", "the program in `banner`", "ssh_software", events, private=True),
        _as(f"ssh.{end}.hassh.hash", "hassh", events),
    )


_EVE_MORE = (
    Addition("timestamp", "when the packet was captured, to the µs", _MICROSECONDS, always=True),
    Addition(
        *("flow_id", "number of the connection, from its Community ID: the same in both directions"),
        {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
    ),
    Addition("in_iface", "the interface, in live capture", _TEXT),
    Addition("pcap_filename", "the capture file; absent in live capture", _TEXT),
    Addition(
        "event_type",
        "`tls` for hellos, `quic` for hellos over QUIC, `http` for HTTP messages, `ssh`, the protocol for "
        f"announcements, else `{EVE_OBJECT}`",
        {"enum": [EVE_OBJECT, "tls", "quic", "http", "ssh", *DEVICES]},
        always=True,
    ),
    _as("tls.version", "tls_version"),
    _as("tls.sni", "sni"),
    _as("tls.client_alpns", "alpn", TLS_CLIENT),
    _as("tls.server_alpns", "alpn", TLS_SERVER),
    _as("tls.ja3.hash", "ja3"),
    _as("tls.ja3s.hash", "ja3s"),
    _as("tls.ja4", "ja4"),
    _made("http.protocol", "for HTTP messages: the version, as `HTTP/1.1`", "http_protocol", HTTP),
    _as("http.hostname", "http_host"),
    _as("http.url", "path"),
    _as("http.http_user_agent", "user_agent"),
    _as("http.http_method", "method"),
    _as("http.status", "status"),
    *_ssh_end("client", ("ssh_client",)),
    *_ssh_end("server", SSH_SERVER),
    _as("quic.version", "quic_version", HELLO),
    _as("quic.ua", "quic_user_agent"),
    _as("quic.sni", "sni"),
    _as("quic.ja3.hash", "ja3"),
    _as("quic.ja3s.hash", "ja3s"),
    _as("quic.ja4", "ja4"),
    _as("arp.opcode", "operation", ARP),
    _as("arp.src_mac", "mac", ARP),
    _as("arp.src_ip", "device_ip", ARP),
    _as("arp.dest_ip", "target_ip", ARP),
    Addition("dhcp.type", "direction of DHCP", {"enum": ["request", "reply"]}, False, "dhcp_type", DHCP),
    _as("dhcp.dhcp_type", "dhcp_message"),
    _as("dhcp.client_mac", "mac", DHCP),
    _made("dhcp.assigned_ip", "for a reply: as `device_ip`", "assigned_ip", DHCP, private=True),
    _as("dhcp.hostname", "host_name", DHCP),
    _as("dhcp.client_id", "client_id"),
    _as("dhcp.vendor_class_identifier", "vendor_class"),
    Addition(
        *("proto", "`UDP` for announcements and for hellos over QUIC and DTLS, else `TCP`"),
        {"enum": ["TCP", "UDP"]},
    ),
    Addition("ip_v", "IP version", {"enum": [4, 6]}),
    Addition(
        *("direction", "`to_server` from the client, `to_client` from the server"),
        {"enum": ["to_server", "to_client"]},
    ),
)

_ECS_MORE = (
    Addition("log.file.path", "the capture file; absent in live capture", _TEXT),
    Addition("event.kind", "always `event`", {"const": "event"}, always=True),
    Addition("event.category", "always `network`, in a list", {"const": ["network"]}, always=True),
    Addition("event.type", "always `info`, in a list", {"const": ["info"]}, always=True),
    Addition("event.module", f"always `{ECS_OBJECT}`", {"const": ECS_OBJECT}, always=True),
    Addition(
        *("event.dataset", f"`{ECS_OBJECT}.` and the event"),
        {"enum": [f"{ECS_OBJECT}.{event}" for event in EVENTS]},
        always=True,
    ),
    Addition(
        *("network.protocol", "`quic` or `dtls` for hellos over UDP, `ssh`, or an announcement's protocol"),
        {"enum": ["quic", "dtls", "openvpn", "ssh", *DHCP, *ANNOUNCEMENTS, *RESOLUTION]},
    ),
    Addition(
        *("network.transport", "`udp` for announcements and for hellos over QUIC and DTLS, else `tcp`"),
        {"enum": ["tcp", "udp"]},
    ),
    Addition("network.type", "`ipv4` or `ipv6`", {"enum": ["ipv4", "ipv6"]}),
    _listed("host.ip", "address of the sender, or of the announced device, in a list", "device_ip"),
    _listed("host.mac", "for an announcement: `mac` in upper case, in a list", "ecs_mac"),
    _as("host.hostname", "host_name"),
    Addition("device.manufacturer", "for an announcement: the manufacturer", _TEXT),
    Addition("device.model.name", "for an announcement: the model", _TEXT),
    *(
        Addition(f"{ECS_OBJECT}.device.{name}", f"for an announcement: {words}", _TEXT)
        for name, words in (
            ("type", "the type of device, such as `printer`"),
            ("system", "the system"),
            ("version", "the version of the system, or of the firmware"),
        )
    ),
    Addition(
        *(f"{ECS_OBJECT}.device.mac_local", "for an announcement: whether the MAC is locally administered"),
        {"type": "boolean"},
    ),
    Addition("host.os.name", "name of the system; absent if only a tool was named", _TEXT),
    Addition("host.os.version", "flavor of the system; absent if empty", _TEXT),
    Addition("host.os.full", "name and flavor", _TEXT),
    Addition(
        *("host.os.type", "type of the system, if the name determines it"),
        {"enum": sorted({*ECS_OS_TYPES.values(), "unix"})},
    ),
    Addition("host.uptime", "for a reliable uptime: the time in seconds", {"type": "integer", "minimum": 0}),
    _made("tls.version", "for a hello: its version number, as `1.3`", "ecs_tls_version", HELLO),
    Addition("tls.version_protocol", "protocol of a hello", {"enum": ["ssl", "tls", "dtls"]}),
    _as("tls.client.server_name", "sni"),
    _as("tls.client.ja3", "ja3"),
    _as("tls.cipher", "cipher"),
    _as("tls.curve", "group"),
    _as("tls.server.ja3s", "ja3s"),
    _as("http.version", "http_version"),
    _as("http.request.method", "method"),
    _as("http.response.status_code", "status"),
    _as("user_agent.original", "user_agent"),
    _as("user_agent.original", "quic_user_agent"),
    _made("url.domain", "as `http_host`, without the port", "domain", HTTP_REQUEST, private=True),
    _as("url.path", "path"),
    Addition("observer.type", "always `sensor`", {"const": "sensor"}, always=True),
    Addition("observer.vendor", "always `huginn`", {"const": "huginn"}, always=True),
    Addition("observer.ingress.interface.name", "the interface, in live capture", _TEXT),
    Addition("ecs.version", f"always `{ECS_VERSION}`", {"const": ECS_VERSION}, always=True),
)

_CAPTURE = Addition("capture", "the capture file; absent if only one was read, and in live capture", _TEXT)
MORE: dict[JsonFormat, tuple[Addition, ...]] = {"json": (_CAPTURE,), "eve": _EVE_MORE, "ecs": _ECS_MORE}
"""The additional keys in the records of each format."""

KEPT_OBJECTS: dict[JsonFormat, tuple[str, ...]] = {
    "eve": ("ssh", "ssh.client", "ssh.server"),
    "ecs": ("host", "tls.client"),
}
"""Objects that are written even if they are empty."""
