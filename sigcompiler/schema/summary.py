"""Describes the summary document of captures.

Its JSON Schema and the table in the manual are generated from here; a test compares it with the output
of ``csrc/summary``.
"""

from __future__ import annotations

from sigcompiler.schema.findings import WEIGHTS
from sigcompiler.schema.hosts import DEVICE_ROLES, Host
from sigcompiler.schema.objects import key
from sigcompiler.schema.rows import SCHEMA_VERSION

ROLES = ("client", "server")
DIRECTIONS = ("request", "response")
JUDGED = ("hellos", "requests")


class _SummaryCapture:
    name = key("text", "its name, as given")
    first_packet = key("count", "the number of its first packet")
    packets = key("count", "its packets")


class _Answer:
    topic = key(
        *("text", "the topic in a word"),
        words=("out_of_date", "scans", "takeovers", "claims", "systems", "post_quantum", "new"),
    )
    question = key("text", "the question")
    answer = key("text", "the answer, also if nothing was found")


class _Finding:
    kind = key("text", "its kind")
    weight = key("text", "how urgent it is", words=WEIGHTS)
    mark = key("text", "a few words for a device that has it")
    headline = key("text", "a short description, with at most three addresses")
    text = key("text", "a full description")
    hosts = key("texts", "the first addresses that it concerns")
    host_count = key("count", "number of addresses")
    packets = key("count?", "packets that show it")
    first_seen = key("time?", "when it was seen first")
    last_seen = key("time?", "when it was seen last")


class _System:
    role = key("text", "role of the addresses", words=ROLES)
    name = key("text", "the name")
    flavor = key("text", "its version or variant, may be empty")
    tool = key("flag", "whether a scanner or packet maker is named")
    hosts = key("count", "addresses that sent such handshakes")
    packets = key("count", "SYNs, or SYN+ACKs")
    specific = key("count", "packets that exactly fit a label of one system")
    generic = key("count", "packets that exactly fit a label of a family")
    fuzzy = key("count", "packets that fit only with tolerated differences")
    confidence = key("share?", "share of such answers whose family is right; null for a tool")


class _Link:
    link = key("text?", "the kind")
    mtu = key("count", "the MTU", unit="bytes")
    hosts = key("count", "addresses with it")
    packets = key("count", "their packets with an MSS")


class _Uptime:
    host = key("text", "the address")
    role = key("text", "its role", words=ROLES)
    minutes = key("count", "the uptime", unit="minutes")
    modulo_days = key("count", "time after which its clock wraps", unit="days")
    frequency_hz = key("count", "frequency of the clock, rounded", unit="Hz")
    reliable = key("flag", "whether nothing contradicts it")
    doubt = key("text?", "the contradiction")


class _Distance:
    hops = key("hops", "the distance", unit="hops")
    hosts = key("count", "addresses")


class _Family:
    name = key("text?", "the family; null if unknown")
    hosts = key("count", "addresses")


class _Subnet:
    """A network of 256 IPv4 addresses, or an IPv6 /48."""

    network = key("text", "its prefix")
    hosts = key("count", "addresses in it that sent packets")
    systems = key("objects", "their families", of=_Family)


class _Series:
    name = key("text", "the name, `others`, or `not named`")
    counts = key("counts", "handshakes in each interval")


class _OverTime:
    begin = key("time", "start of the first interval")
    step_seconds = key("rate", "length of an interval", unit="s")
    bins = key("count", "number of intervals")
    series = key("objects", "one series per system", of=_Series)
    apart = key("count", "handshakes far from all others, in no interval")


class _UnknownSignature:
    direction = key("text", "SYN or SYN+ACK", words=DIRECTIONS)
    signature = key("text", "the signature in p0f's notation")
    hosts = key("count", "addresses that sent it")
    packets = key("count", "packets with it")


class _ByEnd:
    client = key("count", "sent by clients")
    server = key("count", "sent by servers")


class _TlsClient:
    name = key("text?", "its name")
    flavor = key("text?", "its version or variant, may be empty")
    ja4 = key("text?", "the stable JA4 if there is no name; null in SSL 2.0's format")
    hosts = key("count", "addresses")
    hellos = key("count", "ClientHellos")


class _TlsVersion:
    role = key("text", "who offers or chooses it", words=ROLES)
    version = key("text", "newest version that a client offers, or version that a server chose")
    hosts = key("count", "addresses")
    hellos = key("count", "hellos")


class _OldTls:
    role = key("text", "its role", words=ROLES)
    version = key("text", "the version, or `weak cipher suite`: a connection used a disallowed one")
    host = key("text", "the address")


class _Tls:
    hellos = key("object", "hellos", of=_ByEnd)
    post_quantum = key("object", "hellos with a post-quantum key share", of=_ByEnd)
    clients = key("objects", "clients", of=_TlsClient)
    versions = key("objects", "versions", of=_TlsVersion)
    old = key("objects", "addresses with versions before TLS 1.2 or a weak cipher suite", of=_OldTls)


class _Choice:
    protocol = key("text", "the protocol", words=("TLS", "QUIC", "DTLS", "SSH"))
    algorithms = key("text?", "version, group (or `-`) and cipher suite; of SSH its algorithms")
    hosts = key("count", "servers that chose it")
    connections = key("count", "connections with it")


class _ServedCertificate:
    host = key("text", "the server")
    public_key = key("text?", "type and size of its key")
    signature = key("text?", "algorithm of the signature; null if self-signed")
    not_before = key("text?", "start of its validity; null if malformed")
    not_after = key("text?", "end of its validity; null if malformed")
    sha256 = key("text?", "first 8 bytes of its SHA-256")


class _ByDirection:
    request = key("count", "requests")
    response = key("count", "responses")


class _Program:
    name = key("text?", "its name")
    flavor = key("text?", "its version or variant, may be empty")
    hosts = key("count", "addresses")
    messages = key("count", "messages")


class _Claimed:
    system = key("text?", "its name")
    hosts = key("count", "addresses")
    messages = key("count", "requests")


class _HttpSummary:
    messages = key("object", "messages", of=_ByDirection)
    clients = key("objects", "programs that send requests", of=_Program)
    servers = key("objects", "programs that send responses", of=_Program)
    claims = key("objects", "systems claimed in requests", of=_Claimed)


class _Judged:
    hellos = key("named_counts", "hellos by verdict")
    requests = key("named_counts", "requests by verdict")


class _Contradiction:
    of = key("text", "kind of the contradicting message", words=JUDGED)
    host = key("text", "the address")
    why = key("text", "what was observed")
    events = key("count", "number of events")


class _Verdicts:
    counts = key("object", "events by verdict", of=_Judged)
    contradictions = key("objects", "hellos and requests that contradict their SYN", of=_Contradiction)


class _LocalDevice:
    mac = key("text?", "its MAC; null if none was seen")
    mac_local = key("flag?", "whether the MAC is locally administered, as private MACs are")
    host_name = key("text?", "the latest name that it gave itself in announcements; with `--host-names`")
    virtual = key("text?", "the protocol whose virtual routers share the MAC", words=("vrrp", "hsrp", "glbp"))
    segment = key("text?", "its VLAN, or interface of the capture; null if it has none")
    role = key("text?", "as in device records", words=DEVICE_ROLES)
    addresses = key("texts", "its addresses, at most 256")
    address_count = key("count", "number of its addresses")
    disputed = key("flag", "whether another MAC has one of them, or claims to have it")
    type = key("text?", "such as `printer`")
    manufacturer = key("text?", "who made it")
    model = key("text?", "its model")
    system = key("text?", "the system that it announces, otherwise the one that its packets show")
    version = key("text?", "the version of the system, or of the firmware")
    first_seen = key("time", "when it was seen first")
    last_seen = key("time", "when it was seen last")
    network_card = key("text?", "maker of its network card, by an installed list of MAC prefixes")


class Document:
    """The summary document."""

    event = "summary"
    schema_version = key("count", "version of all JSON records", words=(SCHEMA_VERSION,))
    captures = key("objects", "the captures that were read", of=_SummaryCapture)
    packets = key("count", "packets read")
    bytes = key("count", "bytes in these packets", unit="bytes")
    analysed = key("count", "packets that were not left out")
    first_event = key("time?", "time of the first event")
    last_event = key("time?", "time of the last event")
    events = key("named_counts", "events by kind")
    hosts = key("count", "known addresses")
    local_hosts = key("count", "local addresses")
    hosts_complete = key("flag", "false if addresses were left out or evicted")
    left_out = key("count", "packets that are not counted completely")
    untracked = key("count", "packets of hosts whose systems and changes are not tracked")
    answers = key("objects", "answers to common questions", of=_Answer)
    findings = key("objects", "the findings", of=_Finding)
    systems = key("objects", "systems and tools by their handshakes", of=_System)
    links = key("objects", "MTUs", of=_Link)
    devices = key("named_counts", "devices by the type that they announce")
    uptimes = key("objects", "uptimes", of=_Uptime)
    distances = key("objects", "distances, the most frequent first", of=_Distance)
    subnets = key("objects", "networks", of=_Subnet)
    over_time = key("object?", "handshakes by time; null without any", of=_OverTime)
    unknown = key("objects", "signatures without a name", of=_UnknownSignature)
    tls = key("object", "TLS", of=_Tls)
    negotiated = key("objects", "cryptography that servers chose", of=_Choice)
    certificates = key("objects", "certificates of servers, by end of validity", of=_ServedCertificate)
    http = key("object", "HTTP", of=_HttpSummary)
    verdicts = key("object", "verdicts", of=_Verdicts)
    top_hosts = key(
        "objects",
        "hosts by handshakes, local hosts first, then other devices and hosts with findings; keys as above",
        of=Host,
    )
    local_devices = key("objects", "the local devices of `huginn devices`, in brief", of=_LocalDevice)
    drops = key("named_counts", "packets left out, by reason")
    omitted = key(
        "named_counts",
        "rows beyond the first 500 per list (5,000 `local_devices`; "
        "in `top_hosts` and `subnets`: beyond 96 KiB)",
    )


class End:
    """The last line of ``huginn hosts --format json``: keys of the summary document, for all hosts."""

    event = "summary"
    schema_version = key("count", "version of all JSON records", words=(SCHEMA_VERSION,))
    hosts = key("count", "known addresses, including those that were not selected")
    left_out = key("count", "packets that are not counted completely")
    untracked = key("count", "packets of hosts whose systems and changes are not tracked")
    answers = key("objects?", "answers to common questions; null if hosts were selected", of=_Answer)
    findings = key("objects?", "the findings; null if hosts were selected", of=_Finding)
    new_hosts = key("texts?", "addresses that were not in the store; null without a store with hosts")
