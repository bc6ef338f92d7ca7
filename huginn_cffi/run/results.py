"""Typed results: views on the rows of a batch.

Values are read from the batch on access, so a kept result keeps its batch in memory.
Two parts are equal if all their values are equal.
"""

from __future__ import annotations

import json
from datetime import datetime
from operator import attrgetter
from typing import Any, NoReturn, TypeAlias

from huginn_cffi._native import lib
from huginn_cffi.base import times
from huginn_cffi.base.names import EVENTS, TUNNELS
from huginn_cffi.base.unknown import Named
from huginn_cffi.run import fields
from huginn_cffi.run.http import HttpRequestObservation, HttpResponseObservation
from huginn_cffi.run.match import Match
from huginn_cffi.run.parts import HEADS, EventPart, part_row
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.tls import CertificateObservation, TlsClientObservation, TlsServerObservation
from huginn_cffi.run.views import MADE_BY_CALLS, Derived, SignatureText, signature_text, value


class _Handshake(EventPart, fields.TcpFields, fields.SignedFields, shows=("signature", "match")):
    __slots__ = ("_match",)
    _match: Match | None

    @property
    def signature(self) -> SignatureText:
        """The signature that the packet shows, in p0f's notation."""
        return signature_text(value(self._batch, self._row, fields.SIGNATURE), self)

    match: Derived[Match | None] = Derived(
        attrgetter("_match"), "The signature that names the packet; ``None`` without one."
    )

    def _facts(self) -> tuple[str, str]:
        remarks = f" ({', '.join(self.params)})" if self.params else ""
        return f"{self.match or '???'}{remarks}, {self.distance} hops", str(self.signature)


class SynObservation(_Handshake):
    """A client's SYN, with the fields of p0f 3's signatures.

    Read from the headers of IP (RFC 791, RFC 8200) and TCP (RFC 9293), and from its options
    (RFC 2018, RFC 7323).
    """


class SynAckObservation(_Handshake, fields.SynAckFields):
    """A server's SYN+ACK."""


def _itself(part: Any) -> Any:
    return part


_ITSELF = "The part, which had its values in an object of their own before."


class MtuObservation(EventPart, fields.MtuFields):
    """The MTU of the sender's link: the MSS of a SYN or SYN+ACK, and the smallest headers of IP and TCP.

    These are 40 bytes, or 60 with IPv6 (RFC 9293).
    """

    observed: Derived[MtuObservation] = Derived(_itself, _ITSELF)

    def _facts(self) -> tuple[str, str]:
        return self.link or "???", f"MTU {self.mtu}"


class UptimeObservation(EventPart, fields.UptimeFields, fields.ReasonFields):
    """The sender's uptime, computed from the rate of its TCP timestamps (RFC 7323).

    Timestamps wrap around, so the real uptime may be longer by any multiple of `modulo_days`.
    """

    observed: Derived[UptimeObservation] = Derived(_itself, _ITSELF)

    def _facts(self) -> tuple[str, str]:
        hours, minutes = divmod(self.uptime_minutes, 60)
        doubt = "" if self.reliable else f", unreliable: {self.why}"
        return f"up {hours // 24} d {hours % 24} h {minutes} min{doubt}", f"{self.frequency_hz} Hz"


class ChangeObservation(EventPart, fields.ChangeFields, shows=("kind", "role")):
    """By p0f's scores, another system may now use the source address."""

    @property
    def kind(self) -> str:
        """``host_change``, or ``ip_sharing`` if changes are frequent."""
        return EVENTS[self._batch._cells.event[self._row]]

    @property
    def role(self) -> str:
        """The role of the source in the connection: ``client`` or ``server``."""
        return "server" if self._batch._cells.from_server[self._row] else "client"

    def _facts(self) -> tuple[str, str]:
        return " ".join(self.reasons), f"hits {','.join(map(str, self.raw_hits))}"


class FindingObservation(EventPart, fields.FindingFields):
    """A finding about the source, reported the first time."""

    def _facts(self) -> tuple[str, str]:
        return self.finding, self.reason


class SegmentsObservation(EventPart, fields.SegmentsFields):
    """The system that the source's segments point to, without a handshake (`Analyzer`, ``segments=True``)."""

    def _facts(self) -> tuple[str, str]:
        return self.family or f"??? ({self.silence})", self.shows


class SshClientObservation(EventPart, fields.SshFields, fields.StreamFields):
    """An SSH client's identification alone, or together with its key exchange."""

    def _facts(self) -> tuple[str, str]:
        return self.banner or "", self.hassh or ""


class SshServerObservation(SshClientObservation, fields.SshServerFields):
    """An SSH server's identification, key exchange or host key, together with the parts seen before."""


class GreetingObservation(EventPart, fields.GreetingFields, fields.StreamFields):
    """The greeting of an FTP, SMTP, POP3, IMAP, MySQL, PostgreSQL or TDS server."""

    def _facts(self) -> tuple[str, str]:
        return self.greeting_protocol, self.program or ""


class LoginObservation(EventPart, fields.LoginFields, fields.StreamFields):
    """The answer to a login in clear text, or an SSH session after its login; never a name or a password."""

    def _facts(self) -> tuple[str, str]:
        return self.login_protocol, self.login_answer


class ProxiedObservation(EventPart, fields.ProxiedFields, fields.StreamFields):
    """A PROXY header, in which a balancer states whose connection it forwards. Any client can send one."""

    def _facts(self) -> tuple[str, str]:
        return f"for {self.proxied_src_ip}", f"to {self.proxied_dst_ip}"


class DeviceObservation(EventPart, fields.DeviceFields, shows=("kind",)):
    """An announcement. Host names and other personal values are ``None`` without ``host_names=True``."""

    @property
    def kind(self) -> str:
        """The protocol, which is also the name of the event in records, such as ``dhcp``."""
        return EVENTS[self._batch._cells.event[self._row]]


class DhcpObservation(DeviceObservation, fields.DhcpFields):
    """A DHCP message from or to a client."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.dhcp_message} of {self.mac}", self.vendor_class or ""


class AnnouncementObservation(DeviceObservation, fields.AnnouncementFields):
    """An announcement by any protocol other than DHCP."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.kind} of {self.mac}", ", ".join(self.announced)


class ResolutionObservation(DeviceObservation, fields.ResolutionFields):
    """An ARP packet, or a message of Neighbor Discovery."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.kind} of {self.mac}", f"{self.operation} {self.target_ip or ''}".rstrip()


class DeviceChangeObservation(DeviceObservation, fields.DeviceChangeFields):
    """A change of a device (`Analyzer` with ``device_news=True``)."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.change} of {self.mac}", self.device_type or ""


_OTHERS = {
    "dhcp": DhcpObservation,
    **dict.fromkeys(("arp", "neighbor"), ResolutionObservation),
    "device_change": DeviceChangeObservation,
}
ANNOUNCEMENTS: dict[int, type[DeviceObservation]] = {
    event: _OTHERS.get(name, AnnouncementObservation)
    for event, name in enumerate(EVENTS)
    if lib.hg_event_reader(event) == lib.HG_READER_DEVICES
}
"""The classes by event number."""


Part: TypeAlias = (
    SynObservation
    | SynAckObservation
    | MtuObservation
    | UptimeObservation
    | TlsClientObservation
    | TlsServerObservation
    | HttpRequestObservation
    | HttpResponseObservation
    | SshClientObservation
    | SshServerObservation
    | GreetingObservation
    | LoginObservation
    | ProxiedObservation
    | CertificateObservation
    | DeviceObservation
    | ChangeObservation
    | FindingObservation
    | SegmentsObservation
)


class Draft(Named):
    """A result under construction. It becomes read-only as an `AnalysisResult`."""

    _batch: Rows
    _first: int
    time_ns: int
    packet_number: int
    drop: str | None
    syn: SynObservation | None
    syn_ack: SynAckObservation | None
    mtu: MtuObservation | None
    client_uptime: UptimeObservation | None
    server_uptime: UptimeObservation | None
    tls_client: TlsClientObservation | None
    tls_server: TlsServerObservation | None
    http_request: HttpRequestObservation | None
    http_response: HttpResponseObservation | None
    changes: tuple[ChangeObservation, ...]
    findings: tuple[FindingObservation, ...]
    ssh_client: SshClientObservation | None
    ssh_server: SshServerObservation | None
    greeting: GreetingObservation | None
    login: LoginObservation | None
    proxied: ProxiedObservation | None
    certificate: CertificateObservation | None
    segments: SegmentsObservation | None
    announcement: DeviceObservation | None
    __slots__ = {  # noqa: RUF023 - in the order of `AnalysisResult.parts`
        "_batch": "",
        "_first": "Index of the packet's first row.",
        "time_ns": "When the packet was captured, in ns since the epoch, UTC.",
        "packet_number": "The packet's number, counted from 1 over all input.",
        "drop": "Why the packet could not be read; only `fingerprint` returns such results.",
        "syn": "Set when the packet is a SYN.",
        "syn_ack": "Set when the packet is a SYN+ACK.",
        "mtu": "Set when the packet shows the MTU of its sender's link.",
        "client_uptime": "Set when the packet shows how long the client has been up.",
        "server_uptime": "Set when the packet shows how long the server has been up.",
        "tls_client": "Set when the packet completes the first ClientHello of its connection.",
        "tls_server": "Set when the packet completes a ServerHello.",
        "http_request": "Set when the packet completes the head of a request (see `HttpRequestObservation`).",
        "http_response": "Set when the packet completes the head of a response.",
        "changes": "Changes of the sender that the packet completes (with ``changes=True``); mostly empty.",
        "findings": "Findings about the sender that the packet completes (``findings=True``); mostly empty.",
        "ssh_client": "Set when the packet completes the SSH client's identification or key exchange.",
        "ssh_server": "Set when the packet completes the server's identification, key exchange or host key.",
        "greeting": "Set when a packet completes a greeting (FTP, SMTP, POP3, IMAP, MySQL, PostgreSQL, TDS).",
        "login": "Set when the server answers a login in clear text, or an SSH session goes on after it.",
        "proxied": "Set when the packet completes a PROXY header with the addresses of a client.",
        "certificate": "Set when the packet completes the certificates of a TLS server, up to TLS 1.2.",
        "segments": "Set when the source's segments first point to a family, or point to a new one.",
        "announcement": "Set when a device announces itself in the packet, for example by DHCP.",
    }


PARTS: dict[int, tuple[str, type[Part]]] = {
    event: (name, globals()[Draft.__annotations__[name].partition(" ")[0]])
    for event, name in enumerate(EVENTS)
    if name in Draft.__annotations__
}
"""By event number: the attribute, which has the name of the event, and its class."""

_PART_NAMES = tuple(Draft.__slots__)[[*Draft.__slots__].index("syn") :]
_parts_of = attrgetter(*_PART_NAMES)


LONGEST_REPR = 160
"""Characters."""


class AnalysisResult(Draft):
    """The events of one packet: at least one of its parts is set, except in results of `fingerprint`.

    Tests get results from packets: ``hg.fingerprint(frame)``, or ``hg.read([frame, ...], linktype=1)``.

    A packet with several HTTP messages (`Analyzer` with ``http="all"``) or SSH messages gives one result
    per message.

    Results and their parts are read-only. Each of them keeps its whole batch in memory: 4096
    events (0.6 MB) in `Analyzer.analyze_pcap`.
    """

    __slots__ = ()

    @property
    def time(self) -> datetime:
        """When the packet was captured, in UTC, to the microsecond; `time_ns` is exact."""
        return times.moment(self.time_ns)

    def __new__(cls) -> AnalysisResult:
        """`TypeError`: only calls make results."""
        raise TypeError(MADE_BY_CALLS)

    @property
    def reason(self) -> str | None:
        """Why `fingerprint` could not read the packet, in words; ``None`` if it was read."""
        if self.drop is None:
            return None
        from huginn_cffi.base.counters import DROP_REASONS

        return DROP_REASONS[self.drop]

    @property
    def tunnel(self) -> str | None:
        """The outermost tunnel around the packet: such as "vxlan"; ``None`` without a tunnel."""
        return TUNNELS.get(self._batch._cells.tunnel[self._first])

    @property
    def capture(self) -> str:
        """The source of the packet.

        The path of a capture as given, "standard input", "capture in memory", the name of an
        interface, or "packets" for `Analyzer.analyze_packets`. `fingerprint` gives "IP packet",
        "Ethernet frame", or "frame of link type 113".
        """
        return self._batch.capture

    @property
    def number_in_capture(self) -> int:
        """The packet's number, counted from 1 within its capture."""
        return self.packet_number - self._batch.packets_before

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts that are set, including changes and findings."""
        found: list[Part] = []
        for part in _parts_of(self):
            if type(part) is tuple:  # the changes, or the findings
                found += part
            elif part is not None:
                found.append(part)
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """The records of the parts that are set, by their names: ``{"syn": {...}, "mtu": {...}}``.

        `changes` and `findings` are lists of records. A record is JSON as in docs/reference/events.md.
        """
        found: dict[str, Any] = {}
        for name, part in zip(_PART_NAMES, _parts_of(self), strict=True):
            if part:
                found[name] = [one.as_dict() for one in part] if type(part) is tuple else part.as_dict()
        return found

    def to_json(self) -> str:
        """`as_dict` as one line of JSON."""
        return json.dumps(self.as_dict(), separators=(",", ":"))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def __copy__(self) -> AnalysisResult:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return self._batch._pickled_result(self._first, len(self.parts), self.drop)

    def _repr_html_(self) -> str:
        from huginn_cffi.base.times import moment_text
        from huginn_cffi.formats.html import table

        title = f"packet {self.packet_number}, {moment_text(self.time_ns)} UTC"
        if self.tunnel:
            title += f", in {self.tunnel}"
        if self.drop:
            title += f", dropped: {self.drop}"
        return table(title, HEADS, map(part_row, self.parts))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AnalysisResult):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        """The events in the text format, with a blank line between two."""
        return "\n".join(map(str, self.parts)) or repr(self)

    def __repr__(self) -> str:
        """One line: the packet's number, its events and ends."""
        parts = self.parts
        words = ", ".join(part.event for part in parts) or self.reason or "no events"
        ends = f", {parts[0].source} → {parts[0].destination}" if parts else ""
        text = f"<AnalysisResult of packet {self.packet_number}: {words}{ends}>"
        return text if len(text) <= LONGEST_REPR else f"{text[: LONGEST_REPR - 2]}…>"

    def _key(self) -> tuple[object, ...]:
        return (self.time_ns, self.packet_number, self.drop, self.tunnel, self.parts)
