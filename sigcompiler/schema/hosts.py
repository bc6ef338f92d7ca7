"""What is known of a host: the one description of its record.

From here come the keys that the core writes and their order (``hg_hosts.h``), the record in Python, the
columns of tables and of stores, the JSON Schema, and the table in the manual. A new key is a field here and
a function that writes its value in ``csrc/hosts/write.c``, or in ``write_values.c`` where only programs want
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from sigcompiler.schema.objects import Column, key, keys_of

Scope = Literal["remote", "segment", "own", "handshake"]
SCOPES = ("remote", "segment", "own", "handshake")
"""The higher, the fewer senders there could be."""
Relation = Literal["agrees", "narrows", "contradicts", "not_compared"]
RELATIONS = ("agrees", "narrows", "contradicts", "not_compared")

SOURCES = (
    *("syn", "syn_ack", "client_hello", "http_client", "user_agent", "client_hint", "server_header"),
    *("tls_connection", "http_connection", "client_check", "port_range", "clock", "middlebox", "loopback"),
    *("segments", "announcement", "ssh_client", "ssh_server", "greeting"),
)
"""Of evidence. `port_range`, `clock`, `middlebox` and `loopback` have no packets."""
SOURCE_WORDS = {
    "syn": "SYN",
    "syn_ack": "SYN+ACK",
    "client_hello": "ClientHello",
    "http_client": "request",
    "user_agent": "User-Agent",
    "client_hint": "client hint",
    "server_header": "Server header",
    "segments": "segments",
    "announcement": "announcement",
    "ssh_client": "SSH",
    "ssh_server": "SSH",
    "greeting": "greeting",
}
"""The packets that a source reads, for people."""

PROGRAM_KINDS = ("tls_client", "http_client", "http_server", "ssh_client", "ssh_server", "greeting")

LATEST = Column()
COUNT = Column(update="count")
NEWEST = Column(update="newest")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says of a host. `str()` is one line."""

    source: str = key("text", "who says it", words=SOURCES)
    name: str = key("text", "the name that it gives, or the reason in words")
    packets: int | None = key("count?", "packets that say it, of `segments` at least; null for a reason")
    first_seen: int | None = key("time?", "when it was stated first")
    last_seen: int | None = key("time?", "when it was stated last")
    scope: Scope | None = key("text?", "who could have sent it; null for a reason", words=SCOPES)
    relation: Relation = key("text", "to the verdict; what narrows it agrees with it, too", words=RELATIONS)

    def __str__(self) -> str:
        """``SYN: Linux 4.19-6.15 (3 packets)``, as ``huginn hosts`` has it."""
        if self.packets is None:
            return self.name
        unit, more = ("segment", " or more") if self.source == "segments" else ("packet", "")
        counted = f"{self.packets:,} {unit}{'' if self.packets == 1 else 's'}{more}"
        narrows = ", which narrows the versions" if self.relation == "narrows" else ""
        says = f"{SOURCE_WORDS[self.source]}: " if self.source in SOURCE_WORDS else ""
        return f"{says}{self.name} ({counted}){narrows}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One name under which an address was seen."""

    kind: str = key(
        "text", "of what it is the name", words=("system", "tool", *PROGRAM_KINDS, "cryptography")
    )
    name: str = key("text", "the name")
    flavor: str = key("text", "its version or variant, may be empty")
    role: str = key("text", "of the address in these connections", words=("client", "server"))
    first_seen: int = key("time", "when it was seen first")
    last_seen: int = key("time", "when it was seen last")
    packets: int = key("count", "messages or handshakes that had this name")
    confidence: float | None = key(
        "share?", "how often such a name of a system is right; null where not measured"
    )


@dataclass(frozen=True, slots=True)
class PortUse:
    """A port that an address answered from (``server``), or spoke to (``client``)."""

    role: str = key("text", "of the address", words=("client", "server"))
    port: int = key("port", "the port")
    last_seen: int = key("time", "when it was used last, in whole seconds")
    count: int = key("count", "packets")


@dataclass(frozen=True, slots=True)
class Change:
    """A row of p0f's that shows something new: ``host_change``, or ``ip_sharing`` for frequent changes."""

    time: int = key("time", "when it was reported")
    kind: str = key("text", "kind of change", words=("host_change", "ip_sharing"))
    role: str = key("text", "of the address in what changed", words=("client", "server"))
    reasons: tuple[str, ...] = key(
        "texts", "p0f's words; of `ip_sharing` those of all changes since the one before it"
    )
    raw_hits: tuple[int, ...] = key(
        "counts", "of the latest 32 scores of the role, how many are at least 6, 3, 2, and 1"
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """A system or program without support when the host last sent. `str()` is one line."""

    kind: str = key("text", "what has no support", words=("system", "browser", "server"))
    product: str = key("text", "the system or program, with all versions that it may be")
    ended: str = key("text", "the day on which support of the last of these versions ended, as `2014-04-08`")
    confidence: float | None = key(
        "share?", "of family and version, the lesser one; null of a program: not measured"
    )
    evidence: tuple[str, ...] = key("texts", "what names it, with its packets")

    def __str__(self) -> str:
        """``Windows XP since 2014-04-08``."""
        return f"{self.product} since {self.ended}"


@dataclass(frozen=True, slots=True)
class HostClaim:
    """A family that a host may be of."""

    family: str = key("text", "its name")
    versions: tuple[int, ...] = key("counts", "first and last number of each range of versions")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a confidence depends on, as numbers of the database's tables."""

    manner: int = key("count", "how the signature fits")
    weight: int = key("count", "of the source of the signature")
    families: int = key("count", "that the answer names")
    names: tuple[str, ...] = key("texts", "of these, where what labelled hosts confirmed of them counts")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What one kind of announcement says of a device."""

    source: str = key("text", "the kind of announcement, such as `dhcp-class`")
    type: str | None = key("text?", "the type that it names")
    manufacturer: str | None = key("text?", "the manufacturer")
    model: str | None = key("text?", "the model")
    system: str | None = key("text?", "the system")
    version: str | None = key("text?", "the version of the system, or of the firmware")
    packets: int = key("count", "that say it")
    first_seen: int = key("time", "when it was stated first")
    last_seen: int = key("time", "when it was stated last")
    scope: Scope = key("text", "who could have sent it", words=SCOPES)
    mac: str | None = key("text?", "the MAC that sent it")
    relation: Relation = key("text", "to the device of the record", words=RELATIONS)


@dataclass(frozen=True, slots=True)
class DeviceConfidence:
    """How sure the values of a device are; null for what is not known."""

    type: float | None = key("share?", "of the type")
    manufacturer: float | None = key("share?", "of the manufacturer")
    model: float | None = key("share?", "of the model")
    system: float | None = key("share?", "of the system")
    version: float | None = key("share?", "of the version")


@dataclass(frozen=True, slots=True)
class Device:
    """What a host announces that it is. Announcements are easily forged."""

    type: str | None = key("text?", "such as `printer`")
    manufacturer: str | None = key("text?", "who made it")
    model: str | None = key("text?", "its model")
    system: str | None = key("text?", "its system")
    version: str | None = key("text?", "the version of the system, or of the firmware")
    confidence: DeviceConfidence = key("object", "how sure each value is", of=DeviceConfidence)
    evidence: tuple[Announcement, ...] = key("objects", "what it announces", of=Announcement)


@dataclass(frozen=True, slots=True)
class Host:
    """All that is known of an address, outside tunnels or in one."""

    event: ClassVar = "host"
    ip: str | None = key("text?", "the address; null of a device that has none yet")
    tunnel: str | None = key(
        "text?", "the tunnel that it is in: kind, outer ends, network; null outside tunnels", store=LATEST
    )
    local: bool = key(
        "flag", "whether it is in a local network, or its own MAC was seen on the link", store=LATEST
    )
    family: str | None = key(
        "text?",
        "one family, or two that send the same packets, joined by `or`; null if more fit, or none",
        store=Column("verdict", label="system", flavor="flavor"),
    )
    flavor: str | None = key(
        "text?", "versions, as in a label; empty where none are known, null without a family"
    )
    confidence: float = key(
        "share", "that of the strongest evidence, lower if packets disagree; 0 without a family", store=LATEST
    )
    version_confidence: float | None = key(
        "share?", "how sure the versions are; null where none are named, or it is not measured", store=LATEST
    )
    version_source: str | None = key(
        "text?", "the source of the versions, such as `user_agent`; null where none are named"
    )
    candidates: tuple[str, ...] = key(
        "texts", "labels that named its handshakes, those of most packets first"
    )
    evidence: tuple[Evidence, ...] = key("objects", "why", of=Evidence)
    mac: str | None = key("text?", "the MAC, where a device announced it", store=LATEST)
    mac_local: bool | None = key("flag?", "whether the MAC is a local one, often the private one of a phone")
    network_card: str | None = key("text?", "who made its network card, by an installed list of MAC prefixes")
    device: Device | None = key("object?", "what it announces about itself", of=Device)
    cpe: str | None = key("text?", "CPE 2.3 name of its system, where the version is exact")
    tools: tuple[str, ...] = key(
        "texts", "scanners and packet makers that ran on it, which say nothing of its system"
    )
    syns: int = key("count", "SYNs that its own stack sent, not those of tools", store=COUNT, plain=True)
    syn_acks: int = key("count", "SYN+ACKs that it sent", store=COUNT, plain=True)
    first_seen: int = key("time", "when it sent first")
    last_seen: int = key("time", "when it sent last")
    connections: int = key(
        *("count", "SYNs and SYN+ACKs that it sent, those of tools too, without those sent again"),
        store=COUNT,
        plain=True,
    )
    distance: int | None = key("hops?", "of its latest handshake", unit="hops", store=LATEST)
    link: str | None = key(
        "text?", "the kind of its link, by its MTU as a client", store=Column(label="link")
    )
    mtu: int | None = key("count?", "of its latest handshake", unit="bytes", store=LATEST)
    language: str | None = key("text?", "of its latest HTTP request that named one, in English", store=LATEST)
    contradictions: int = key(
        "count", "hellos and requests that show another system than their SYN", store=LATEST, plain=True
    )
    uptime_minutes: int | None = key("count?", "its latest uptime", unit="minutes", store=LATEST)
    uptime_modulo_days: int | None = key(
        "count?", "time after which that clock starts again", unit="days", store=Column("uptime_days")
    )
    uptime_hz: float | None = key("rate?", "its frequency", unit="Hz", store=LATEST)
    uptime_reliable: bool = key(
        "flag", "false without an uptime, and where something contradicts it", store=LATEST
    )
    systems: int = key("count", "at least as many systems use it; 0 where none is known", store=LATEST)
    witnesses: tuple[str, ...] = key("texts", "evidence of several systems, in words")
    clients: tuple[str, ...] = key("texts", "its TLS and HTTP clients")
    servers: tuple[str, ...] = key("texts", "its HTTP servers")
    services: tuple[str, ...] = key(
        "texts",
        "names by which clients asked for it (SNI, Host) and were answered, the first 8; with `--host-names`",
    )
    leases: tuple[str, ...] = key(
        "texts", "addresses of others that it named as a DHCP server or relay, the first 8"
    )
    scans: tuple[str, ...] = key(
        "texts", "addresses and ports that it tried, or asked for by ARP or Neighbor Discovery, in words"
    )
    client_ports: tuple[int, ...] = key("ports", "ports that it spoke to, the first 16")
    server_ports: tuple[int, ...] = key("ports", "ports that it answered from, the first 16")
    last_change: int | None = key("time?", "when another system took over the address", store=NEWEST)
    last_sharing: int | None = key("time?", "when several systems were last seen to share it", store=NEWEST)
    host_change: int | None = key("time?", "when p0f's scores last showed a change of the host")
    ip_sharing: int | None = key("time?", "when p0f's scores last showed several hosts at the address")
    changes: tuple[Change, ...] = key("objects", "the latest four of these, the oldest first", of=Change)
    findings: tuple[str, ...] = key("texts", "kinds of findings about this host alone")
    ended: tuple[Ended, ...] = key("objects", "its system and programs whose support ended", of=Ended)

    quality: int = key(
        "count", "how its system was named last, as bits: 1 fuzzy, 2 generic", inner=True, default=0
    )
    dishonest: int = key(
        *(
            "count",
            "of its last HTTP message: 1 it names another system than its SYN, 2 another program than it is",
        ),
        store=LATEST,
        inner=True,
        default=0,
    )
    uptime_points: int = key("count", "readings of its clock", store=LATEST, inner=True, default=0)
    agreement: float = key("share", "the part of the packets that allow the verdict", inner=True, default=1.0)
    policy: str | None = key(
        "text?", "Suricata's name of how its stack reassembles", store=LATEST, inner=True, default=None
    )
    claims: tuple[HostClaim, ...] = key(
        "objects", "families and versions", of=HostClaim, inner=True, default=()
    )
    basis: Grounds | None = key(
        "object?", "what the confidence depends on", of=Grounds, inner=True, default=None
    )
    sightings: tuple[Sighting, ...] = key(
        "objects", "in the order of appearance, at most 64", of=Sighting, inner=True, default=()
    )
    ports: tuple[PortUse, ...] = key(
        "objects", "the first ones, at most 16 of each role", of=PortUse, inner=True, default=()
    )


KEYS = tuple(one for one in keys_of(Host) if not one.inner)
"""What JSON and tables have of a host, in this order."""
