"""Lists the findings: this list gives the core its kinds, sentences and bits, and the manual its table."""

from __future__ import annotations

from typing import Literal, NamedTuple

Weight = Literal["act now", "check", "for information"]
WEIGHTS: tuple[Weight, ...] = ("act now", "check", "for information")
"""The weights of findings, the heaviest first."""
Topic = Literal["out_of_date", "scans", "takeovers", "claims", "systems"]
"""Questions of the summary that findings answer (`csrc/summary/answers.c`)."""


class Finding(NamedTuple):
    """A finding about a host. The order of the list is that of the summary: the most actionable first."""

    kind: str
    """Name in records and in --events; its constant is ``HG_FINDING_...``."""
    weight: Weight
    headline: str
    """The words after "3 hosts"."""
    meaning: str
    """For the manual: what was observed."""
    more: str = ""
    """The rest of the sentence. `%s`: tools, a number of systems, differences, or doubts about a clock."""
    topic: Topic | None = None
    answer: str = ""
    """The words before the hosts in the answer to `topic`."""
    is_stored: bool = True
    """Whether a row completes it, so that it is an event. Others follow from the whole record of a host."""
    mark: str = ""
    """A few words for a device that has it; the kind if empty."""
    is_forgeable: bool = False
    """Whether forged packets can cause it. It is dropped when the host completes its first handshake."""


FINDINGS = (
    Finding(
        kind="horizontal_scan",
        mark="scans",
        weight="act now",
        headline="tried many addresses that did not answer",
        meaning="it asked [many addresses](hosts.md#scans) that did not answer",
        more=", as a scan does, and as clients do whose servers or peers are down",
        topic="scans",
        answer="many addresses that did not answer",
    ),
    Finding(
        kind="vertical_scan",
        mark="scans",
        weight="act now",
        headline="scanned many ports of an address",
        meaning="it asked [many ports of one address](hosts.md#scans)",
        topic="scans",
        answer="many ports",
    ),
    Finding(
        kind="slow_scan",
        mark="scans",
        weight="check",
        headline="slowly tried many targets that did not answer",
        meaning="it asked many addresses or ports, but few in five minutes",
        more=", fewer than 25 in five minutes, as a scan does, "
        "and as clients do whose servers or peers are down",
        topic="scans",
        answer="slowly, many targets that did not answer",
    ),
    Finding(
        kind="stealth_scan",
        mark="scans",
        weight="act now",
        headline="sent many TCP packets without SYN, ACK and RST",
        meaning="in five minutes, about 25 targets got TCP packets with neither SYN, ACK nor RST, "
        "empty and without an acknowledgement number",
        more=", as FIN, NULL and Xmas scans do",
        topic="scans",
        answer="FIN, NULL or Xmas packets",
    ),
    Finding(
        kind="internal_services",
        mark="calls internal services outside",
        weight="act now",
        headline="connected to many servers of internal services on the internet",
        meaning="in a day it connected to about 64 addresses or more on the internet "
        "at ports of SMB, RDP, Telnet, databases and the like",
        more=" (SMB, RDP, Telnet, databases and the like), as worms do",
    ),
    Finding(
        kind="password_guessing",
        mark="guesses passwords",
        weight="act now",
        headline="tried many logins at a server that failed",
        meaning="a server refused 30 of its logins in five minutes, or as many SSH sessions ended "
        "before 1,500 bytes came after the key exchange",
        more=", in five minutes at one service, as when passwords are guessed",
        topic="scans",
        answer="passwords",
    ),
    Finding(
        kind="syn_flood",
        mark="SYN flood",
        weight="act now",
        headline="answered SYNs of many addresses that then completed no connection",
        meaning="twice in a row, of about 256 SYNs or more that it answered in 30 s, from about 90 addresses "
        "or more, one in 16 at most led to a connection",
        more=", as in a SYN flood, whose senders are mostly forged",
    ),
    Finding(
        kind="cleartext_login",
        mark="logins in clear text",
        weight="check",
        headline="took logins in clear text",
        meaning="it answered a login with a password or SNMP community that everybody on the way can read; "
        "in HTTP, without `--http all`, one in a first request, or after a first response 401 or 407",
        more=", which everybody on the way can read",
        is_forgeable=True,
    ),
    Finding(
        kind="plant_outside",
        mark="plant with the internet",
        weight="act now",
        headline="spoke a protocol of plants with the internet",
        meaning="at a private address it answered, or read or wrote at, an address on the internet, "
        "in a protocol of plants other than MQTT and OPC UA",
    ),
    Finding(
        kind="name_shared",
        mark="station name in dispute",
        weight="check",
        headline="stated a PROFINET name or BACnet instance that another device stated, too",
        meaning="two devices took turns at stating one PROFINET station name or BACnet instance, "
        "three times in ten minutes",
        more=", in turns",
    ),
    Finding(
        kind="address_disputed",
        mark="address in dispute",
        weight="act now",
        headline="had an address that two MACs used in turns",
        meaning="two MACs took turns at its address three times in ten minutes",
        more=", as when somebody forges ARP frames, or two devices have one address",
        topic="takeovers",
        answer="two MACs in turns",
        is_stored=False,
    ),
    Finding(
        kind="address_taken",
        mark="address of another MAC",
        weight="check",
        headline="had an address that another MAC took over",
        meaning="its address has another MAC than before",
        more=", as when somebody forges ARP frames, or a device was replaced",
        topic="takeovers",
        answer="another MAC than before",
        is_stored=False,
    ),
    Finding(
        kind="scanner",
        mark="scans",
        weight="act now",
        headline="sent packets of scanners",
        meaning="its SYNs are those of a scanner",
        more=" (%s)",
        topic="scans",
        answer="packets of a scanner",
    ),
    Finding(
        kind="old_system",
        mark="out of date",
        weight="act now",
        headline="had a system without support",
        meaning="no version that its system may be had [support](#end-of-support) any more",
        topic="out_of_date",
        answer="a system without support",
        is_stored=False,
    ),
    Finding(
        kind="old_browser",
        mark="out of date",
        weight="act now",
        headline="had a browser, or a program with its engine, without support",
        meaning="its browser, or the program with this engine, had no support any more",
        topic="out_of_date",
        answer="a browser without support",
        is_stored=False,
    ),
    Finding(
        kind="old_server",
        mark="out of date",
        weight="act now",
        headline="had a server program of a distribution without support",
        meaning="its greeting names a release of Debian or Ubuntu without support",
        more=", by its greeting",
        topic="out_of_date",
        answer="a server program without support",
        is_stored=False,
    ),
    Finding(
        kind="old_tls",
        mark="old TLS",
        weight="check",
        headline="spoke only TLS before 1.2 in a connection",
        meaning="a connection used a version of TLS before 1.2",
        more=", prohibited by RFC 6176, 7568 and 8996",
        topic="out_of_date",
        answer="TLS before 1.2",
        is_stored=False,
    ),
    Finding(
        kind="old_smb",
        mark="SMB 1",
        weight="check",
        headline="used SMB 1 as servers",
        meaning="it answered a session setup in SMB 1",
        more=", which Windows no longer installs",
        topic="out_of_date",
        answer="SMB 1",
    ),
    Finding(
        kind="weak_cipher",
        mark="weak cipher",
        weight="check",
        headline="used a disallowed TLS cipher suite",
        meaning="as a TLS server it used a cipher suite that [published rules](cryptography.md) disallow",
        more=", with RC4, DES, 3DES, NULL, EXPORT or without a certificate",
        topic="out_of_date",
        answer="a disallowed TLS cipher suite",
        is_stored=False,
    ),
    Finding(
        kind="weak_ssh",
        mark="weak SSH",
        weight="check",
        headline="offered SSH clients only SSH 1, SHA-1 key exchanges or CBC ciphers",
        meaning="its SSH server offered only SSH 1, only SHA-1 key exchanges or only CBC ciphers",
        topic="out_of_date",
        answer="only SHA-1 or CBC in SSH",
        is_stored=False,
    ),
    Finding(
        kind="ssh_key_changed",
        mark="changed",
        weight="act now",
        headline="showed another SSH host key of the same type at the same port",
        meaning="another SSH host key of the same type at a port; the one before was not seen again",
        more=", and never the old one again",
        is_stored=False,
    ),
    Finding(
        kind="ssh_key_shared",
        mark="shared SSH key",
        weight="check",
        headline="showed an SSH host key that another device showed, too",
        meaning="another address has its SSH host key; addresses of one device count once",
        is_stored=False,
    ),
    Finding(
        kind="old_certificate",
        mark="certificate ends",
        weight="act now",
        headline="sent a certificate that had expired or was about to expire",
        meaning="a certificate had expired, or had less than 10 % of its time and at most 30 days left",
        more=", with less than a tenth of its time left and at most 30 days",
        topic="out_of_date",
        answer="a certificate that had expired or was about to",
        is_forgeable=True,
    ),
    Finding(
        kind="early_certificate",
        mark="certificate not valid yet",
        weight="check",
        headline="sent a certificate that was not valid yet",
        meaning="a certificate was not valid yet, or the clock of the capture is slow",
        more=", or the clock of the capture is slow",
        is_forgeable=True,
    ),
    Finding(
        kind="weak_certificate",
        mark="weak certificate",
        weight="for information",
        headline="sent a certificate with a weak key or signature",
        meaning="a chain had a key of RSA below 2,048 bits, or, trust anchors excepted, "
        "a signature with MD5 or SHA-1; `certificate` names the position",
        more=": RSA below 2,048 bits, or MD5 or SHA-1 outside trust anchors",
        is_forgeable=True,
    ),
    Finding(
        kind="client_mismatch",
        mark="not what it claims",
        weight="check",
        headline="may not be what their User-Agent says",
        meaning="its User-Agent names another browser than its headers or hello",
        more=", as with a changed User-Agent, a proxy, an antivirus product, a privacy mode "
        "or a desktop-site setting (%s)",
        topic="claims",
        answer="a User-Agent that does not fit",
        is_forgeable=True,
    ),
    Finding(
        kind="server_mismatch",
        mark="Server header of another system",
        weight="check",
        headline="sent a Server header that names another system than their SYN+ACKs",
        meaning="the header Server of a local host names another system than all its SYN+ACKs, "
        "without a sign of a proxy",
        more=", as behind a load balancer, or with a made-up header",
        topic="claims",
        answer="a Server header of another system",
        is_forgeable=True,
    ),
    Finding(
        kind="contradicts",
        mark="not what it claims",
        weight="check",
        headline="showed two systems in one connection",
        meaning="SYN, hello and User-Agent of a connection cannot be of one system",
        more=", as a proxy, the exit of a VPN or a container does (%s)",
        topic="claims",
        answer="two systems in one connection",
        is_forgeable=True,
    ),
    Finding(
        kind="several_systems",
        weight="for information",
        headline="had several systems behind one address",
        meaning="ports or kinds of SYNs in turns show several systems, as behind address translation",
        more=", as behind address translation (%s)",
        topic="systems",
        is_forgeable=True,
    ),
    Finding(
        kind="contradicting_systems",
        weight="for information",
        headline="showed systems that contradict each other",
        meaning="it sent handshakes of systems that exclude each other: address translation, "
        "a forwarded port, or a new owner of the address",
        more=", as after address translation, behind a forwarded port, or with a new owner",
        is_forgeable=True,
    ),
    Finding(
        kind="forged_packets",
        mark="hand-made packets",
        weight="for information",
        headline="sent hand-made packets, or somebody forged their addresses",
        meaning="its SYNs are made by hand or forged",
        more=" (%s)",
    ),
    Finding(
        kind="hops",
        weight="for information",
        headline="spoke from distances that differ by 4 hops or more",
        meaning="distances of the host, or in its network, differ by 4 hops or more",
        more=", as on several routes, or with several machines behind one address",
        is_forgeable=True,
    ),
    Finding(
        kind="clocks",
        weight="for information",
        headline="had a clock that cannot be trusted",
        meaning="its timestamps cannot be trusted",
        more=" (%s)",
    ),
)

SCANS = ("horizontal_scan", "vertical_scan", "slow_scan")
"""Kinds that follow from the targets of a host, and may be reported again once a handshake proves them."""


class SummaryFinding(NamedTuple):
    """A finding of the summary about more than one host, which `csrc/summary/findings.c` words."""

    kind: str
    weight: Weight
    about: str
    meaning: str


SUMMARY_FINDINGS = (
    SummaryFinding(
        "one_stack",
        "for information",
        "networks",
        "one signature at one distance: a proxy or firewall may answer for all",
    ),
    SummaryFinding(
        "unknown_signature",
        "for information",
        "signatures",
        "at least 5 hosts share a signature without a name",
    ),
    SummaryFinding("time", "check", "handshakes", "their times are far from the others"),
    SummaryFinding("incomplete", "check", "the summary", "packets that these findings leave out"),
)


def mark_of(finding: Finding | SummaryFinding) -> str:
    """A few words for a device that has the finding."""
    return finding.mark if isinstance(finding, Finding) and finding.mark else finding.kind.replace("_", " ")
