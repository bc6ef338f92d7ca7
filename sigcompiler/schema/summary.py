"""What captures show in all: the one description of the summary document.

From here come its JSON Schema and the table in the manual; a test compares it with what ``csrc/summary``
writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import key
from sigcompiler.schema.rows import SCHEMA_VERSION

ROLES = ("client", "server")
DIRECTIONS = ("request", "response")
JUDGED = ("hellos", "requests")


@dataclass(frozen=True, slots=True)
class SummaryCapture:
    """A capture that was read."""

    name: str = key("text", "its name, as it was given")
    first_packet: int = key("count", "the number of its first packet")
    packets: int = key("count", "its packets")


@dataclass(frozen=True, slots=True)
class Answer:
    """What people ask first."""

    topic: str = key(
        *("text", "what is asked, in a word"),
        words=("out_of_date", "scans", "claims", "systems", "post_quantum", "new"),
    )
    question: str = key("text", "the question")
    answer: str = key("text", "the answer, also where nothing was found")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding."""

    kind: str = key("text", "its kind")
    headline: str = key("text", "what it is in short, with at most three addresses")
    text: str = key("text", "what it is, in words")
    hosts: tuple[str, ...] = key("texts", "addresses that it is about, the first ones")
    host_count: int = key("count", "how many addresses")
    packets: int | None = key("count?", "packets that show it")
    first_seen: int | None = key("time?", "when it was seen first")
    last_seen: int | None = key("time?", "when it was seen last")


@dataclass(frozen=True, slots=True)
class System:
    """A name of systems, or of a tool."""

    role: str = key("text", "of the addresses", words=ROLES)
    name: str = key("text", "the name")
    flavor: str = key("text", "its version or variant, may be empty")
    tool: bool = key("flag", "whether a scanner or packet maker is named")
    hosts: int = key("count", "addresses that sent such handshakes")
    packets: int = key("count", "SYNs, or SYN+ACKs")
    specific: int = key("count", "of these, named exactly by a label of one system")
    generic: int = key("count", "by a label of a family")
    fuzzy: int = key("count", "by a signature that fits only in part")
    confidence: float | None = key("share?", "share of such answers whose family is right; null for a tool")


@dataclass(frozen=True, slots=True)
class Link:
    """An MTU, and the kind of link that it points to."""

    link: str | None = key("text?", "the kind")
    mtu: int = key("count", "the MTU", unit="bytes")
    hosts: int = key("count", "addresses with it")
    packets: int = key("count", "their packets with an MSS")


@dataclass(frozen=True, slots=True)
class Uptime:
    """The latest uptime of an address."""

    host: str = key("text", "the address")
    role: str = key("text", "its role", words=ROLES)
    minutes: int = key("count", "the uptime", unit="minutes")
    modulo_days: int = key("count", "time after which its clock starts again", unit="days")
    frequency_hz: int = key("count", "frequency of the clock, rounded", unit="Hz")
    reliable: bool = key("flag", "whether nothing contradicts it")
    doubt: str | None = key("text?", "what does")


@dataclass(frozen=True, slots=True)
class Distance:
    """Addresses so far away."""

    hops: int = key("hops", "the distance", unit="hops")
    hosts: int = key("count", "addresses")


@dataclass(frozen=True, slots=True)
class Family:
    """Addresses of one family in a network."""

    name: str | None = key("text?", "the family, null where it is not known")
    hosts: int = key("count", "addresses")


@dataclass(frozen=True, slots=True)
class Subnet:
    """A network of 256 addresses of IPv4, or a /48 of IPv6."""

    network: str = key("text", "its prefix")
    hosts: int = key("count", "addresses in it that sent something")
    systems: tuple[Family, ...] = key("objects", "their families", of=Family)


@dataclass(frozen=True, slots=True)
class Series:
    """Handshakes of one name over time."""

    name: str = key("text", "the name, `others`, or `not named`")
    counts: tuple[int, ...] = key("counts", "handshakes in each stretch of time")


@dataclass(frozen=True, slots=True)
class OverTime:
    """Handshakes by system and stretch of time."""

    begin: int = key("time", "when the first stretch begins")
    step_seconds: float = key("rate", "how long each is", unit="s")
    bins: int = key("count", "how many there are")
    series: tuple[Series, ...] = key("objects", "a system each", of=Series)
    apart: int = key("count", "handshakes far from all others, in no stretch")


@dataclass(frozen=True, slots=True)
class UnknownSignature:
    """A raw signature without a name."""

    direction: str = key("text", "SYN or SYN+ACK", words=DIRECTIONS)
    signature: str = key("text", "in p0f's notation")
    hosts: int = key("count", "addresses that sent it")
    packets: int = key("count", "packets with it")


@dataclass(frozen=True, slots=True)
class ByEnd:
    """Counts of both ends."""

    client: int = key("count", "of clients")
    server: int = key("count", "of servers")


@dataclass(frozen=True, slots=True)
class TlsClient:
    """A TLS client."""

    name: str | None = key("text?", "its name")
    flavor: str | None = key("text?", "its version or variant, may be empty")
    ja4: str | None = key("text?", "the stable JA4 of one without a name; null in SSL 2.0's format")
    hosts: int = key("count", "addresses")
    hellos: int = key("count", "ClientHellos")


@dataclass(frozen=True, slots=True)
class TlsVersion:
    """A version of TLS."""

    role: str = key("text", "who offers or chooses it", words=ROLES)
    version: str = key("text", "the newest that a client offers, the one that a server chose")
    hosts: int = key("count", "addresses")
    hellos: int = key("count", "hellos")


@dataclass(frozen=True, slots=True)
class OldTls:
    """An address with a version before TLS 1.2."""

    role: str = key("text", "its role", words=ROLES)
    version: str = key("text", "the version")
    host: str = key("text", "the address")


@dataclass(frozen=True, slots=True)
class Tls:
    """What hellos show."""

    hellos: ByEnd = key("object", "hellos", of=ByEnd)
    post_quantum: ByEnd = key("object", "those with a post-quantum key share", of=ByEnd)
    clients: tuple[TlsClient, ...] = key("objects", "clients", of=TlsClient)
    versions: tuple[TlsVersion, ...] = key("objects", "versions", of=TlsVersion)
    old: tuple[OldTls, ...] = key("objects", "addresses with versions before TLS 1.2", of=OldTls)


@dataclass(frozen=True, slots=True)
class ByDirection:
    """Counts of both directions."""

    request: int = key("count", "requests")
    response: int = key("count", "responses")


@dataclass(frozen=True, slots=True)
class Program:
    """A browser, crawler or server."""

    name: str | None = key("text?", "its name")
    flavor: str | None = key("text?", "its version or variant, may be empty")
    hosts: int = key("count", "addresses")
    messages: int = key("count", "messages")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A system that requests name."""

    system: str | None = key("text?", "its name")
    hosts: int = key("count", "addresses")
    messages: int = key("count", "requests")


@dataclass(frozen=True, slots=True)
class HttpSummary:
    """What HTTP messages show."""

    messages: ByDirection = key("object", "messages", of=ByDirection)
    clients: tuple[Program, ...] = key("objects", "programs that ask", of=Program)
    servers: tuple[Program, ...] = key("objects", "programs that answer", of=Program)
    claims: tuple[Claimed, ...] = key("objects", "systems that requests name", of=Claimed)


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts on hellos, and on requests."""

    hellos: dict[str, int] = key("named_counts", "hellos by verdict")
    requests: dict[str, int] = key("named_counts", "requests by verdict")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Hellos or requests that cannot be of the system of their SYN."""

    of: str = key("text", "what contradicts", words=JUDGED)
    host: str = key("text", "the address")
    why: str = key("text", "what was observed")
    events: int = key("count", "how many")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Whether hellos and requests can be of the system of their SYN."""

    counts: Judged = key("object", "events by verdict", of=Judged)
    contradictions: tuple[Contradiction, ...] = key(
        "objects", "hellos and requests that contradict their SYN", of=Contradiction
    )


@dataclass(frozen=True, slots=True)
class Document:
    """The summary document."""

    event: ClassVar = "summary"
    schema_version: int = key("count", "of all records of JSON", words=(SCHEMA_VERSION,))
    captures: tuple[SummaryCapture, ...] = key("objects", "what was read", of=SummaryCapture)
    packets: int = key("count", "packets read")
    bytes: int = key("count", "their bytes", unit="bytes")
    analysed: int = key("count", "packets that were not left out")
    first_event: int | None = key("time?", "when the first event was")
    last_event: int | None = key("time?", "when the last event was")
    events: dict[str, int] = key("named_counts", "events by kind")
    hosts: int = key("count", "addresses that are known")
    local_hosts: int = key("count", "those that are local")
    hosts_complete: bool = key("flag", "false where addresses were left out or forgotten")
    left_out: int = key("count", "packets of which not everything is counted")
    untracked: int = key("count", "packets of hosts whose systems and changes are not followed")
    answers: tuple[Answer, ...] = key("objects", "answers to what people ask first", of=Answer)
    findings: tuple[Finding, ...] = key("objects", "the findings", of=Finding)
    systems: tuple[System, ...] = key("objects", "names of handshakes", of=System)
    links: tuple[Link, ...] = key("objects", "MTUs", of=Link)
    devices: dict[str, int] = key("named_counts", "devices by the type that they announce")
    uptimes: tuple[Uptime, ...] = key("objects", "uptimes", of=Uptime)
    distances: tuple[Distance, ...] = key("objects", "distances, the most frequent first", of=Distance)
    subnets: tuple[Subnet, ...] = key("objects", "networks", of=Subnet)
    over_time: OverTime | None = key("object?", "handshakes by time; null without any", of=OverTime)
    unknown: tuple[UnknownSignature, ...] = key("objects", "signatures without a name", of=UnknownSignature)
    tls: Tls = key("object", "TLS", of=Tls)
    http: HttpSummary = key("object", "HTTP", of=HttpSummary)
    verdicts: Verdicts = key("object", "verdicts", of=Verdicts)
    top_hosts: tuple[Host, ...] = key(
        "objects", "local hosts first, each by handshakes, then the other devices; each as above", of=Host
    )
    drops: dict[str, int] = key("named_counts", "packets left out, by reason")
    omitted: dict[str, int] = key(
        "named_counts", "rows beyond the first 500 (of `top_hosts` and `subnets`: beyond 96 KiB), by list"
    )


@dataclass(frozen=True, slots=True)
class End:
    """The last line of ``huginn hosts --format json``: keys of the document, about all hosts."""

    event: ClassVar = "summary"
    schema_version: int = key("count", "of all records of JSON", words=(SCHEMA_VERSION,))
    hosts: int = key("count", "addresses that are known, also those that were not chosen")
    left_out: int = key("count", "packets of which not everything is counted")
    untracked: int = key("count", "packets of hosts whose systems and changes are not followed")
    answers: tuple[Answer, ...] | None = key(
        "objects?", "answers to what people ask first; null where hosts were chosen", of=Answer
    )
    findings: tuple[Finding, ...] | None = key(
        "objects?", "the findings; null where hosts were chosen", of=Finding
    )
    new_hosts: tuple[str, ...] | None = key(
        "texts?", "addresses that the store did not have; null without a store that had hosts"
    )
