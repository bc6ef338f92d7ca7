"""The words of the p0f v3 format and their numbers.

``emit_header`` writes these numbers into a generated header for the C core, so a
quirk or an option kind has the same number everywhere.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag

from sigcompiler.csv_rows import rows_of

MAX_OPTIONS = 24
"""Limit of the TCP options that are kept per packet and allowed per signature."""

MAX_DISTANCE = 35
"""Limit of hops: beyond it a TTL does not fit a signature exactly, and a distance is called excessive."""

QUALITY = {"specific": 1.0, "generic": 0.8}
"""Quality of an exact match by the kind of label; without a match it is 0.0."""

QUALITY_FUZZY = 0.5


class Quirk(IntFlag):
    """Unusual properties of a packet, one bit each, in p0f's order of output."""

    DF = 1 << 0
    ID_PLUS = 1 << 1
    ID_MINUS = 1 << 2
    ECN = 1 << 3
    ZERO_PLUS = 1 << 4
    FLOW = 1 << 5
    SEQ_MINUS = 1 << 6
    ACK_PLUS = 1 << 7
    ACK_MINUS = 1 << 8
    UPTR_PLUS = 1 << 9
    URGF_PLUS = 1 << 10
    PUSHF_PLUS = 1 << 11
    TS1_MINUS = 1 << 12
    TS2_PLUS = 1 << 13
    OPT_PLUS = 1 << 14
    EXWS = 1 << 15
    BAD = 1 << 16


def _quirk_word(name: str) -> str:
    return name.lower().replace("zero", "0").replace("_plus", "+").replace("_minus", "-")


QUIRK_WORDS: dict[Quirk, str] = {quirk: _quirk_word(name) for name, quirk in Quirk.__members__.items()}

NO_QUIRKS = Quirk(0)

SOFT_QUIRKS = Quirk.DF | Quirk.ID_PLUS | Quirk.ID_MINUS | Quirk.ECN
"""The quirks in which a fuzzy match may differ; every other one must agree."""

FUZZY_LOST = Quirk.DF | Quirk.ID_PLUS
"""Quirks of the signature that a fuzzily matching packet may lack."""

FUZZY_GAINED = Quirk.ID_MINUS | Quirk.ECN
"""Quirks that a packet may have in addition to its signature in a fuzzy match."""

IPV4_ONLY_QUIRKS = Quirk.DF | Quirk.ID_PLUS | Quirk.ID_MINUS | Quirk.ZERO_PLUS
IPV6_ONLY_QUIRKS = Quirk.FLOW


class OptionKind(IntEnum):
    """TCP option kinds that have a word in the format."""

    EOL = 0
    NOP = 1
    MSS = 2
    WS = 3
    SOK = 4
    SACK = 5
    TS = 8


OPTION_WORDS: dict[OptionKind, str] = {kind: kind.name.lower() for kind in OptionKind}


class WindowKind(IntEnum):
    """The unit in which the window of a signature or packet is expressed."""

    LITERAL = 0
    MSS = 1
    MTU = 2
    MODULO = 3
    ANY = 4


class Rank(IntEnum):
    """Ranks of evidence about a device; evidence never contradicts evidence of a higher rank."""

    CIRCUMSTANCE = 0
    """The maker of the network card, ports that it serves, its system."""
    AGENT = 1
    """A User-Agent, which robots and other devices behind the address send as well."""
    CALL = 2
    """Services that the device called, as web pages make browsers do."""
    NAME = 3
    """A name, which people choose."""
    SERVICE = 4
    """Services that such devices offer, and how they ask for addresses."""
    DESCRIPTION = 5
    """The maker's description of a program or system, mostly with a version."""
    CLASS = 6
    """The maker's class of the device."""
    IDENTITY = 7
    """A field for the maker, model or system of the device itself."""


_ANNOUNCEMENTS = {row["word"]: row for row in rows_of("announcements.csv")}
AnnouncementKind = IntEnum(  # type: ignore[misc]
    "AnnouncementKind",
    [(word.upper().replace("-", "_"), number) for number, word in enumerate(_ANNOUNCEMENTS)],
    module=__name__,
)
"""Kinds of texts by which devices announce themselves (``announcements.csv``)."""
ANNOUNCEMENT_WORDS: dict[str, AnnouncementKind] = dict(zip(_ANNOUNCEMENTS, AnnouncementKind, strict=True))


def _kinds(column: str, value: str) -> frozenset[AnnouncementKind]:
    found = zip(_ANNOUNCEMENTS.values(), AnnouncementKind, strict=True)
    return frozenset(kind for row, kind in found if row[column] == value)


BANNERS = _kinds("section", "banner")
"""Kinds for signatures in ``[banner]``; all other kinds belong to ``[device]``."""
RANKS = {kind: rank for rank in Rank for kind in _kinds("rank", rank.name.lower())}
"""The rank of each kind of announcement."""
WITH_MODELS = _kinds("identifies", "yes")
"""Kinds whose evidence has the rank of an identity if it states a model."""


class DeviceField(IntEnum):
    """The values of a device."""

    TYPE = 0
    MANUFACTURER = 1
    MODEL = 2
    SYSTEM = 3
    VERSION = 4


MAX_PARTS = 16
"""Limit of parts in a pattern."""
MAX_TEXT = 255
"""Limit of the bytes of an announcement that are compared, and of a pattern's literal text."""

DEVICE_CAPTURES: tuple[str, ...] = (*(field.name.lower() for field in DeviceField), "suffix")
"""The captures of patterns, by number; ``suffix`` is a second text for the values of a label."""

DEVICE_TYPES: tuple[str, ...] = (
    *("computer", "server", "phone", "tablet", "voip-phone", "console", "tv", "media-player", "speaker"),
    *("display", "printer", "camera", "camera-recorder", "doorbell", "router", "access-point", "switch"),
    *("modem", "firewall", "wireless-controller", "nas", "server-management", "hub", "plug", "light", "lock"),
    *("sensor", "thermostat", "siren", "scale", "appliance", "vacuum", "watch", "plc", "rtu", "hmi", "drive"),
    *("meter", "relay", "ics-gateway", "controller", "ups", "thin-client", "iot-module", "other"),
)
"""Types of devices; ``other`` is a known device with none of these types."""


class Direction(IntEnum):
    """The packet that a TCP signature describes: the client's SYN or the server's SYN+ACK."""

    REQUEST = 0
    RESPONSE = 1


class PayloadClass(IntEnum):
    """Payload of a handshake packet: none, some, or either."""

    NONE = 0
    SOME = 1
    ANY = 2


PAYLOAD_WORDS: dict[PayloadClass, str] = dict(zip(PayloadClass, "0+*", strict=True))


class SegmentFeature(IntEnum):
    """Common properties of a host's segments, without a handshake."""

    TTL = 0
    DF = 1
    ID = 2
    LOW = 3
    HIGH = 4
    WINDOW = 5
    TS = 6
    HZ = 7
    SEGMENTS = 8


class IdBehaviour(IntEnum):
    """How the IPv4 identification of a host changes within a connection."""

    UNKNOWN = 0
    ZERO = 1
    RISES = 2
    RANDOM = 3


SEGMENT_LIMITS: dict[SegmentFeature, int] = {
    **dict.fromkeys(SegmentFeature, 65535),
    SegmentFeature.TTL: 255,
    SegmentFeature.DF: 1,
    SegmentFeature.ID: max(IdBehaviour),
    SegmentFeature.TS: 1,
}
"""The greatest value of each feature."""
