"""What captures show in all: the one description of the summary document.

From here come its JSON Schema and the table in the manual; a test compares it with what ``csrc/summary``
writes.
"""

from __future__ import annotations

from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import key
from sigcompiler.schema.rows import SCHEMA_VERSION

ROLES = ("client", "server")
DIRECTIONS = ("request", "response")
JUDGED = ("hellos", "requests")


class _SummaryCapture:
    name = key("text", "its name, as it was given")
    first_packet = key("count", "the number of its first packet")
    packets = key("count", "its packets")


class _Answer:
    topic = key(
        *("text", "what is asked, in a word"),
        words=("out_of_date", "scans", "claims", "systems", "post_quantum", "new"),
    )
    question = key("text", "the question")
    answer = key("text", "the answer, also where nothing was found")


class _Finding:
    kind = key("text", "its kind")
    headline = key("text", "what it is in short, with at most three addresses")
    text = key("text", "what it is, in words")
    hosts = key("texts", "addresses that it is about, the first ones")
    host_count = key("count", "how many addresses")
    packets = key("count?", "packets that show it")
    first_seen = key("time?", "when it was seen first")
    last_seen = key("time?", "when it was seen last")


class _System:
    role = key("text", "of the addresses", words=ROLES)
    name = key("text", "the name")
    flavor = key("text", "its version or variant, may be empty")
    tool = key("flag", "whether a scanner or packet maker is named")
    hosts = key("count", "addresses that sent such handshakes")
    packets = key("count", "SYNs, or SYN+ACKs")
    specific = key("count", "of these, named exactly by a label of one system")
    generic = key("count", "by a label of a family")
    fuzzy = key("count", "by a signature that fits only in part")
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
    modulo_days = key("count", "time after which its clock starts again", unit="days")
    frequency_hz = key("count", "frequency of the clock, rounded", unit="Hz")
    reliable = key("flag", "whether nothing contradicts it")
    doubt = key("text?", "what does")


class _Distance:
    hops = key("hops", "the distance", unit="hops")
    hosts = key("count", "addresses")


class _Family:
    name = key("text?", "the family, null where it is not known")
    hosts = key("count", "addresses")


class _Subnet:
    """256 addresses of IPv4, or a /48 of IPv6."""

    network = key("text", "its prefix")
    hosts = key("count", "addresses in it that sent something")
    systems = key("objects", "their families", of=_Family)


class _Series:
    name = key("text", "the name, `others`, or `not named`")
    counts = key("counts", "handshakes in each stretch of time")


class _OverTime:
    begin = key("time", "when the first stretch begins")
    step_seconds = key("rate", "how long each is", unit="s")
    bins = key("count", "how many there are")
    series = key("objects", "a system each", of=_Series)
    apart = key("count", "handshakes far from all others, in no stretch")


class _UnknownSignature:
    direction = key("text", "SYN or SYN+ACK", words=DIRECTIONS)
    signature = key("text", "in p0f's notation")
    hosts = key("count", "addresses that sent it")
    packets = key("count", "packets with it")


class _ByEnd:
    client = key("count", "of clients")
    server = key("count", "of servers")


class _TlsClient:
    name = key("text?", "its name")
    flavor = key("text?", "its version or variant, may be empty")
    ja4 = key("text?", "the stable JA4 of one without a name; null in SSL 2.0's format")
    hosts = key("count", "addresses")
    hellos = key("count", "ClientHellos")


class _TlsVersion:
    role = key("text", "who offers or chooses it", words=ROLES)
    version = key("text", "the newest that a client offers, the one that a server chose")
    hosts = key("count", "addresses")
    hellos = key("count", "hellos")


class _OldTls:
    role = key("text", "its role", words=ROLES)
    version = key("text", "the version")
    host = key("text", "the address")


class _Tls:
    hellos = key("object", "hellos", of=_ByEnd)
    post_quantum = key("object", "those with a post-quantum key share", of=_ByEnd)
    clients = key("objects", "clients", of=_TlsClient)
    versions = key("objects", "versions", of=_TlsVersion)
    old = key("objects", "addresses with versions before TLS 1.2", of=_OldTls)


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
    clients = key("objects", "programs that ask", of=_Program)
    servers = key("objects", "programs that answer", of=_Program)
    claims = key("objects", "systems that requests name", of=_Claimed)


class _Judged:
    hellos = key("named_counts", "hellos by verdict")
    requests = key("named_counts", "requests by verdict")


class _Contradiction:
    of = key("text", "what contradicts", words=JUDGED)
    host = key("text", "the address")
    why = key("text", "what was observed")
    events = key("count", "how many")


class _Verdicts:
    counts = key("object", "events by verdict", of=_Judged)
    contradictions = key("objects", "hellos and requests that contradict their SYN", of=_Contradiction)


class Document:
    """The summary document."""

    event = "summary"
    schema_version = key("count", "of all records of JSON", words=(SCHEMA_VERSION,))
    captures = key("objects", "what was read", of=_SummaryCapture)
    packets = key("count", "packets read")
    bytes = key("count", "their bytes", unit="bytes")
    analysed = key("count", "packets that were not left out")
    first_event = key("time?", "when the first event was")
    last_event = key("time?", "when the last event was")
    events = key("named_counts", "events by kind")
    hosts = key("count", "addresses that are known")
    local_hosts = key("count", "those that are local")
    hosts_complete = key("flag", "false where addresses were left out or forgotten")
    left_out = key("count", "packets of which not everything is counted")
    untracked = key("count", "packets of hosts whose systems and changes are not followed")
    answers = key("objects", "answers to what people ask first", of=_Answer)
    findings = key("objects", "the findings", of=_Finding)
    systems = key("objects", "names of handshakes", of=_System)
    links = key("objects", "MTUs", of=_Link)
    devices = key("named_counts", "devices by the type that they announce")
    uptimes = key("objects", "uptimes", of=_Uptime)
    distances = key("objects", "distances, the most frequent first", of=_Distance)
    subnets = key("objects", "networks", of=_Subnet)
    over_time = key("object?", "handshakes by time; null without any", of=_OverTime)
    unknown = key("objects", "signatures without a name", of=_UnknownSignature)
    tls = key("object", "TLS", of=_Tls)
    http = key("object", "HTTP", of=_HttpSummary)
    verdicts = key("object", "verdicts", of=_Verdicts)
    top_hosts = key(
        "objects", "local hosts first, each by handshakes, then the other devices; each as above", of=Host
    )
    drops = key("named_counts", "packets left out, by reason")
    omitted = key(
        "named_counts", "rows beyond the first 500 (of `top_hosts` and `subnets`: beyond 96 KiB), by list"
    )


class End:
    """The last line of ``huginn hosts --format json``: keys of the document, about all hosts."""

    event = "summary"
    schema_version = key("count", "of all records of JSON", words=(SCHEMA_VERSION,))
    hosts = key("count", "addresses that are known, also those that were not chosen")
    left_out = key("count", "packets of which not everything is counted")
    untracked = key("count", "packets of hosts whose systems and changes are not followed")
    answers = key("objects?", "answers to what people ask first; null where hosts were chosen", of=_Answer)
    findings = key("objects?", "the findings; null where hosts were chosen", of=_Finding)
    new_hosts = key("texts?", "addresses that the store did not have; null without a store that had hosts")
