"""The only description of the host record.

Generated from it: the keys that the core writes and their order (``hg_hosts.h``), the record in Python, the
columns of tables and stores, the JSON Schema, and the table in the manual. A new key needs a field here and
a function that writes its value in ``csrc/facts/write.c``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from sigcompiler.schema.objects import LOGIN_WORDS, Column, key, keys_of

Scope = Literal["remote", "segment", "own", "handshake"]
SCOPES = ("remote", "segment", "own", "handshake")
"""In order: fewer and fewer senders are possible."""
Relation = Literal["agrees", "narrows", "contradicts", "not_compared"]
RELATIONS = ("agrees", "narrows", "contradicts", "not_compared")

DEVICE_ROLES = ("gateway", "dhcp-server", "dns-server")

SOURCES = (
    *("syn", "syn_ack", "client_hello", "http_client", "user_agent", "client_hint", "server_header"),
    *("tls_connection", "http_connection", "client_check", "port_range", "clock", "middlebox", "loopback"),
    *("segments", "announcement", "ssh_client", "ssh_server", "greeting"),
)
"""Sources of evidence. `port_range`, `clock`, `middlebox` and `loopback` have no packets."""
NARROWING = (
    *("port_range", "clock", "client_hello", "http_client"),
    *("user_agent", "client_hint", "server_header", "announcement", "ssh_client", "ssh_server", "greeting"),
)
"""Those that can narrow the system that handshakes show."""
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
"""The packets that a source reads, as shown to users."""

PROGRAM_KINDS = ("tls_client", "http_client", "http_server", "ssh_client", "ssh_server", "greeting")

LATEST = Column()
COUNT = Column(update="count")
NEWEST = Column(update="newest")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence from one source about a host. `str()` is one line."""

    source: str = key("text", "the source of the evidence", words=SOURCES)
    name: str = key("text", "the name from this source, or the reason in words")
    packets: int | None = key("count?", "packets behind it, for `segments` a lower bound; null for a reason")
    first_seen: int | None = key("time?", "when it was first stated")
    last_seen: int | None = key("time?", "when it was last stated")
    scope: Scope | None = key("text?", "who could have sent it; null for a reason", words=SCOPES)
    relation: Relation = key("text", "relation to the verdict; `narrows` implies agreement", words=RELATIONS)

    def __str__(self) -> str:
        """``SYN: Linux 4.19-6.15 (3 packets)``, as in ``huginn hosts``."""
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
        "text", "the kind of thing named", words=("system", "tool", *PROGRAM_KINDS, "cryptography")
    )
    name: str = key("text", "the name")
    flavor: str = key("text", "its version or variant, may be empty")
    role: str = key("text", "role of the address in these connections", words=("client", "server"))
    first_seen: int = key("time", "when it was seen first")
    last_seen: int = key("time", "when it was seen last")
    packets: int = key("count", "messages or handshakes with this name")
    confidence: float | None = key(
        "share?", "how often such a name of a system is right; null if not measured"
    )


@dataclass(frozen=True, slots=True)
class PortUse:
    """A port that an address answered from (``server``) or contacted (``client``)."""

    role: str = key("text", "role of the address", words=("client", "server"))
    port: int = key("port", "the port")
    last_seen: int = key("time", "when it was used last, in whole seconds")
    count: int = key("count", "packets")


@dataclass(frozen=True, slots=True)
class Change:
    """A change according to p0f's scores: ``host_change``, or ``ip_sharing`` for frequent changes."""

    time: int = key("time", "when it was reported")
    kind: str = key("text", "kind of change", words=("host_change", "ip_sharing"))
    role: str = key("text", "role of the address in the changed connections", words=("client", "server"))
    reasons: tuple[str, ...] = key(
        "texts", "p0f's words; for `ip_sharing` from all changes since the one before it"
    )
    raw_hits: tuple[int, ...] = key(
        "counts", "how many of the role's latest 32 scores are at least 6, 3, 2, and 1"
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """A system or program whose support had ended when the host last sent. `str()` is one line."""

    kind: str = key("text", "kind of the unsupported product", words=("system", "browser", "server"))
    product: str = key("text", "the system or program, with all possible versions")
    ended: str = key("text", "the day when support ended for the last of these versions, as `2014-04-08`")
    confidence: float | None = key(
        "share?", "the lower one of family and version; null for programs: not measured"
    )
    evidence: tuple[str, ...] = key("texts", "the evidence for it, with packets")

    def __str__(self) -> str:
        """``Windows XP since 2014-04-08``."""
        return f"{self.product} since {self.ended}"


@dataclass(frozen=True, slots=True)
class HostPeer:
    """Connections with one address at one port.

    `str()` is one line.
    """

    ip: str = key("text", "the address")
    direction: str = key(
        *(
            "text",
            "`to`: the host connected to it; `from`: it connected; `for`: a PROXY header of the host says",
        ),
        words=("to", "from", "for"),
    )
    port: int = key("port", "the server's port")
    protocol: str | None = key(
        "text?", "the protocol in these connections", words=("quic", "tls", "http", "ssh")
    )
    connections: int = key("count", "connections that were answered")
    first_seen: int = key("time", "time of the first one")
    last_seen: int = key("time", "time of the last one")

    def __str__(self) -> str:
        """``to 192.0.2.1 port 443 (tls)``."""
        protocol = "" if self.protocol is None else f" ({self.protocol})"
        return f"{self.direction} {self.ip} port {self.port}{protocol}"


@dataclass(frozen=True, slots=True)
class HostLogins:
    """Logins in clear text at a service. `str()` is one line."""

    protocol: str = key("text", "how they were sent", words=LOGIN_WORDS)
    port: int = key("port", "the port of the service")
    count: int = key("count", "logins that it answered")
    refused: int = key("count", "those that it refused")

    def __str__(self) -> str:
        """``ftp port 21 (3 logins)``."""
        return f"{self.protocol} port {self.port} ({self.count:,} login{'' if self.count == 1 else 's'})"


@dataclass(frozen=True, slots=True)
class HostClaim:
    """A family that a host may belong to."""

    family: str = key("text", "its name")
    versions: tuple[int, ...] = key("counts", "first and last number of each range of versions")


@dataclass(frozen=True, slots=True)
class Grounds:
    """The facts that a confidence depends on, as numbers in the database's tables."""

    manner: int = key("count", "how the signature fits")
    weight: int = key("count", "weight of the signature's source")
    families: int = key("count", "families in the answer")
    names: tuple[str, ...] = key("texts", "these, if confirmations by labelled hosts affect it")


@dataclass(frozen=True, slots=True)
class Announcement:
    """The values that one kind of announcement states about a device."""

    source: str = key("text", "the kind of announcement, such as `dhcp-class`")
    type: str | None = key("text?", "the type that it names")
    manufacturer: str | None = key("text?", "the manufacturer")
    model: str | None = key("text?", "the model")
    system: str | None = key("text?", "the system")
    version: str | None = key("text?", "the version of the system, or of the firmware")
    packets: int = key("count", "packets with it")
    first_seen: int = key("time", "when it was first stated")
    last_seen: int = key("time", "when it was last stated")
    scope: Scope = key("text", "who could have sent it", words=SCOPES)
    mac: str | None = key("text?", "the MAC that sent it")
    relation: Relation = key("text", "relation to the device of the record", words=RELATIONS)


@dataclass(frozen=True, slots=True)
class DeviceConfidence:
    """The confidence of each value of a device; null for unknown values."""

    type: float | None = key("share?", "confidence of the type")
    manufacturer: float | None = key("share?", "confidence of the manufacturer")
    model: float | None = key("share?", "confidence of the model")
    system: float | None = key("share?", "confidence of the system")
    version: float | None = key("share?", "confidence of the version")


@dataclass(frozen=True, slots=True)
class Device:
    """The device that a host claims to be in announcements. Announcements are easily forged."""

    type: str | None = key("text?", "such as `printer`")
    manufacturer: str | None = key("text?", "who made it")
    model: str | None = key("text?", "its model")
    system: str | None = key("text?", "its system")
    version: str | None = key("text?", "the version of the system, or of the firmware")
    confidence: DeviceConfidence = key("object", "the confidence of each value", of=DeviceConfidence)
    evidence: tuple[Announcement, ...] = key("objects", "its announcements", of=Announcement)


@dataclass(frozen=True, slots=True)
class Host:
    """All known facts about an address, outside tunnels or inside one tunnel."""

    event: ClassVar = "host"
    """The name of the record in JSON."""
    ip: str | None = key("text?", "the address; null for a device without one")
    tunnel: str | None = key(
        *("text?", "its tunnel (kind, outer addresses, network), or its VLAN or interface; null without"),
        store=LATEST,
    )
    local: bool = key(
        "flag", "whether it is in a local network, or its own MAC was seen on the link", store=LATEST
    )
    family: str | None = key(
        "text?",
        "one family, or two with equal packets joined by `or`; null if more or none fit",
        store=Column("verdict", label="system", flavor="flavor"),
    )
    flavor: str | None = key("text?", "versions, as in a label; empty if unknown, null without a family")
    confidence: float = key(
        "share", "that of the strongest evidence, lower if packets disagree; 0 without a family", store=LATEST
    )
    version_confidence: float | None = key(
        "share?", "confidence of the versions; null without versions or if not measured", store=LATEST
    )
    version_source: str | None = key(
        "text?", "the source of the versions, such as `user_agent`; null without versions"
    )
    candidates: tuple[str, ...] = key("texts", "labels that named its handshakes, the most frequent first")
    evidence: tuple[Evidence, ...] = key("objects", "the evidence for the verdict", of=Evidence)
    mac: str | None = key("text?", "its MAC, as in device records", store=LATEST)
    claimed_by: str | None = key("text?", "another MAC that claims the address, the latest", store=LATEST)
    role: str | None = key("text?", "as in device records", words=DEVICE_ROLES, store=LATEST)
    mac_local: bool | None = key("flag?", "whether the MAC is locally administered, as private MACs are")
    host_name: str | None = key(
        "text?", "the latest name that it gave itself in announcements; with `--host-names`", store=LATEST
    )
    network_card: str | None = key("text?", "maker of its network card, by an installed list of MAC prefixes")
    device: Device | None = key("object?", "the device that it announces itself as", of=Device)
    cpe: str | None = key("text?", "CPE 2.3 name of its system, if the version is exact")
    tools: tuple[str, ...] = key(
        "texts", "scanners and packet makers that ran on it; they do not show its system"
    )
    syns: int = key("count", "SYNs sent by its own stack, not by tools", store=COUNT, plain=True)
    syn_acks: int = key("count", "SYN+ACKs that it sent", store=COUNT, plain=True)
    packets: int = key("count", "packets of any protocol that it sent outside tunnels; 0 if not counted")
    protocols: tuple[str, ...] = key(
        "texts", "IP protocols that it used, such as `igmp` and `udp 53 server`, the first 16"
    )
    first_seen: int = key("time", "when it first sent a packet")
    last_seen: int = key("time", "when it last sent a packet")
    connections: int = key(
        *("count", "SYNs and SYN+ACKs that it sent, with those of its tools, without repetitions"),
        store=COUNT,
        plain=True,
    )
    distance: int | None = key("hops?", "distance in its latest handshake", unit="hops", store=LATEST)
    link: str | None = key(
        "text?", "the kind of its link, by its MTU as a client", store=Column(label="link")
    )
    mtu: int | None = key("count?", "MTU in its latest handshake", unit="bytes", store=LATEST)
    language: str | None = key("text?", "latest language in its HTTP requests, in English", store=LATEST)
    contradictions: int = key(
        "count", "ClientHellos and requests that contradict the system of their SYN", store=LATEST, plain=True
    )
    uptime_minutes: int | None = key("count?", "its latest uptime", unit="minutes", store=LATEST)
    uptime_modulo_days: int | None = key(
        "count?", "time after which the uptime clock wraps", unit="days", store=Column("uptime_days")
    )
    uptime_hz: float | None = key("rate?", "frequency of the uptime clock", unit="Hz", store=LATEST)
    uptime_reliable: bool = key(
        "flag", "false without an uptime, and if something contradicts it", store=LATEST
    )
    systems: int = key("count", "least number of systems that use it; 0 if none is known", store=LATEST)
    witnesses: tuple[str, ...] = key("texts", "evidence of several systems, in words")
    clients: tuple[str, ...] = key("texts", "its TLS and HTTP clients")
    servers: tuple[str, ...] = key("texts", "its HTTP servers")
    services: tuple[str, ...] = key(
        "texts",
        "names (SNI, Host) by which clients addressed it and got an answer, the first 8; with `--host-names`",
    )
    leases: tuple[str, ...] = key(
        "texts", "other hosts' addresses in its messages as DHCP server or relay, the first 8"
    )
    scans: tuple[str, ...] = key(
        "texts", "addresses and ports that it tried, or searched by ARP or Neighbor Discovery, in words"
    )
    client_ports: tuple[int, ...] = key("ports", "ports that it contacted, the first 16")
    server_ports: tuple[int, ...] = key("ports", "ports that it answered from, the first 16")
    last_change: int | None = key("time?", "when another system took over the address", store=NEWEST)
    last_sharing: int | None = key("time?", "when several systems were last seen to share it", store=NEWEST)
    host_change: int | None = key("time?", "when p0f's scores last showed a change of the host")
    ip_sharing: int | None = key("time?", "when p0f's scores last showed several hosts at the address")
    changes: tuple[Change, ...] = key("objects", "the latest four changes, the oldest first", of=Change)
    findings: tuple[str, ...] = key("texts", "kinds of findings about this host alone")
    ended: tuple[Ended, ...] = key("objects", "its system and programs whose support ended", of=Ended)
    peers: tuple[HostPeer, ...] = key(
        "objects",
        "who answered it and whom it answered, the first 12 addresses and ports each",
        of=HostPeer,
    )
    peers_left_out: int = key("count", "answered connections with other peers")
    logins: tuple[HostLogins, ...] = key(
        "objects", "logins in clear text that it answered, without names; the first 8 services", of=HostLogins
    )

    quality: int = key(
        "count", "the latest match of its system, as bits: 1 fuzzy, 2 generic", inner=True, default=0
    )
    dishonest: int = key(
        *(
            "count",
            "its last HTTP message: 1 contradicts the system of its SYN, 2 claims to be another program",
        ),
        store=LATEST,
        inner=True,
        default=0,
    )
    uptime_points: int = key("count", "readings of its clock", store=LATEST, inner=True, default=0)
    agreement: float = key("share", "share of packets that agree with the verdict", inner=True, default=1.0)
    policy: str | None = key(
        "text?", "Suricata's name for its reassembly policy", store=LATEST, inner=True, default=None
    )
    claims: tuple[HostClaim, ...] = key(
        "objects", "families and versions", of=HostClaim, inner=True, default=()
    )
    basis: Grounds | None = key(
        "object?", "the facts that the confidence depends on", of=Grounds, inner=True, default=None
    )
    sightings: tuple[Sighting, ...] = key(
        "objects", "its names in order of appearance, at most 64", of=Sighting, inner=True, default=()
    )
    ports: tuple[PortUse, ...] = key(
        "objects", "the first ports, at most 16 per role", of=PortUse, inner=True, default=()
    )


for _record in (
    *(
        Evidence,
        Sighting,
        PortUse,
        HostPeer,
        HostLogins,
        Change,
        Ended,
        HostClaim,
        Grounds,
        Announcement,
        DeviceConfidence,
    ),
    *(Device, Host),
):
    # `help` shows these texts beside the attributes
    type.__setattr__(_record, "__slots__", {one.name: one.sentence for one in keys_of(_record)})


KEYS = tuple(one for one in keys_of(Host) if not one.inner)
"""The keys of a host in JSON and tables, in this order."""
