"""Typed results: views on a row of a batch, made when asked for.

Nothing is copied before an attribute is read. Two parts are equal when all their values are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from huginn_cffi._native import ffi, lib
from huginn_cffi.observables import Endpoint, ObservableMtu, ObservableTcp, ObservableUptime, endpoint
from huginn_cffi.views import View

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.confidence import Basis
    from huginn_cffi.signatures import Kind, Signature

NO_SIGNATURE: int = lib.HG_NO_SIGNATURE
"""Stands for "none" in the columns ``signature`` and ``link``."""

QUALITY_FUZZY = 0.5
QUALITY: dict[Kind, float] = {"specific": 1.0, "generic": 0.8}
"""Quality of an exact match by the kind of its label; no match counts as 0.0."""

MAX_DISTANCE = 35
"""Hops beyond which a distance is called excessive."""


class OsMatch(View):
    """The signature that named a SYN or SYN+ACK."""

    __slots__ = ("_signature",)
    _fields: ClassVar[tuple[str, ...]] = (
        *("name", "flavor", "kind", "fuzzy", "userland", "quality", "signature", "file", "line"),
    )

    def __init__(self, batch: Batch, row: int, signature: Signature) -> None:
        self._batch = batch
        self._row = row
        self._signature = signature

    @property
    def name(self) -> str:
        """The system's, or the tool's, name."""
        return self._signature.label.name

    @property
    def flavor(self) -> str:
        """Its version or variant; may be empty."""
        return self._signature.label.flavor

    @property
    def kind(self) -> Kind:
        """Whether the label is a specific or a generic one."""
        return self._signature.label.kind

    @property
    def fuzzy(self) -> bool:
        """True when the TTL or a soft quirk differs from the signature."""
        return bool(self._batch.cells.fuzzy[self._row])

    @property
    def userland(self) -> bool:
        """True when a tool made the packet, not a system's own network stack."""
        return self._signature.label.userland

    @property
    def quality(self) -> float:
        """Specific 1.0, generic 0.8, fuzzy 0.5."""
        return QUALITY_FUZZY if self.fuzzy else QUALITY[self.kind]

    @property
    def signature(self) -> str:
        """The signature as its file has it."""
        return self._signature.text

    @property
    def file(self) -> str:
        """The file that the signature comes from."""
        return self._signature.file

    @property
    def line(self) -> int:
        """Its line in that file, counted from 1."""
        return self._signature.line

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every other label ("name flavor") whose signature fits as well as this one, in order."""
        from huginn_cffi.candidates import other_labels

        return other_labels(self._batch, self._row, self._signature)

    @property
    def family(self) -> str:
        """One family, or two that send the same ("macOS or iOS"); "unknown" where more do."""
        from huginn_cffi.families import family_text

        return family_text(self._families())

    @property
    def confidence(self) -> float:
        """The share of answers of this kind whose `family` is right, measured; 0.0 for "unknown"."""
        from huginn_cffi.confidence import confidence

        return confidence(self._basis())

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why, in words: how the signature fits, what differs, where it comes from."""
        from huginn_cffi.evidence import evidence

        seen = ObservableTcp(self._batch, self._row)
        return evidence(self._signature, fuzzy=self.fuzzy, families=self._families(), seen=seen)

    def _families(self) -> tuple[str, ...]:
        """The families of all labels that fit as well as this one."""
        from huginn_cffi.candidates import labels_alike
        from huginn_cffi.families import narrowest

        alike = labels_alike(self._batch, self._row, self._signature)
        return narrowest((self.name, *(label.name for label in alike)))

    def _basis(self) -> Basis:
        from huginn_cffi.confidence import basis

        return basis(self.kind, self.fuzzy, len(self._families()), self._signature.provenance)

    def __str__(self) -> str:
        """Name and flavor."""
        return str(self._signature.label)


class EventPart(View):
    """What all parts of a result share."""

    __slots__ = ()

    @property
    def source(self) -> Endpoint:
        """Who sent the packet; the part describes this end."""
        return endpoint(self._batch, self._row, "src")

    @property
    def destination(self) -> Endpoint:
        """Who the packet was sent to."""
        return endpoint(self._batch, self._row, "dst")

    def __str__(self) -> str:
        """The text format; `print` adds the blank line that follows it."""
        text = b"".join(self._batch.render_rows(lib.HG_FORMAT_TEXT, self._row, self._row + 1))
        return text[:-1].decode("utf-8", "replace")


class _Handshake(EventPart):
    """A SYN or SYN+ACK."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (
        *("source", "destination", "signature", "match", "distance", "params"),
    )

    @property
    def signature(self) -> ObservableTcp:
        """What the packet shows."""
        return ObservableTcp(self._batch, self._row)

    @property
    def match(self) -> OsMatch | None:
        """What the database says about it."""
        batch, row = self._batch, self._row
        index = batch.cells.signature[row]
        if index == NO_SIGNATURE or batch.database is None:
            return None
        return OsMatch(batch, row, batch.database.records.tcp[index])

    @property
    def distance(self) -> int:
        """Hops between the sender and the capture; an upper bound with ``random_ttl``."""
        return self._batch.cells.distance[self._row]

    @property
    def params(self) -> tuple[str, ...]:
        """Remarks in p0f's words: generic, fuzzy, random_ttl, excess_dist, tos:0xNN."""
        batch, row = self._batch, self._row
        match = self.match
        dscp = batch.cells.dscp[row]
        found = (
            ("generic", match is not None and match.kind == "generic"),
            ("fuzzy", match is not None and match.fuzzy),
            ("random_ttl", match is not None and match._signature.unreliable_ttl),
            ("excess_dist", self.distance > MAX_DISTANCE),
            (f"tos:0x{dscp:02x}", dscp != 0),
        )
        return tuple(word for word, applies in found if applies)


class SynObservation(_Handshake):
    """A client's SYN."""

    __slots__ = ()


class SynAckObservation(_Handshake):
    """A server's SYN+ACK."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (*_Handshake._fields, "syn_seen")

    @property
    def syn_seen(self) -> bool:
        """True when the SYN that it answers was in the capture."""
        return bool(self._batch.cells.syn_seen[self._row])


class MtuObservation(EventPart):
    """The MTU of the sender's link, from the MSS of a SYN or SYN+ACK."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ("source", "destination", "observed", "link")

    @property
    def observed(self) -> ObservableMtu:
        """The value."""
        return ObservableMtu(self._batch, self._row)

    @property
    def link(self) -> str | None:
        """The kind of link that this value points to."""
        batch = self._batch
        index = batch.cells.link[self._row]
        if index == NO_SIGNATURE or batch.database is None:
            return None
        return batch.database.records.mtu[index].label.name


class UptimeObservation(EventPart):
    """The sender's uptime, from the pace of its TCP timestamps."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ("source", "destination", "observed", "reliable", "why")

    @property
    def observed(self) -> ObservableUptime:
        """The values."""
        return ObservableUptime(self._batch, self._row)

    @property
    def reliable(self) -> bool:
        """False when the packets show that the clock says little about the host's uptime."""
        return self._batch.cells.doubt[self._row] == lib.HG_DOUBT_NONE

    @property
    def why(self) -> str | None:
        """Why the uptime is not reliable, in words; None when nothing speaks against it."""
        reason = lib.hg_doubt_reason(self._batch.cells.doubt[self._row])
        return None if reason == ffi.NULL else ffi.string(reason).decode()


Part: TypeAlias = "SynObservation | SynAckObservation | MtuObservation | UptimeObservation"

SYN, SYN_ACK, MTU = lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK, lib.HG_EVENT_MTU
CLIENT_UPTIME, SERVER_UPTIME = lib.HG_EVENT_CLIENT_UPTIME, lib.HG_EVENT_SERVER_UPTIME

PARTS: dict[int, Callable[[Any, int], Part]] = {
    SYN: SynObservation,
    SYN_ACK: SynAckObservation,
    MTU: MtuObservation,
    CLIENT_UPTIME: UptimeObservation,
    SERVER_UPTIME: UptimeObservation,
}
"""The class of a row's part, by its event."""


TUNNELS: dict[int, str] = {
    number: ffi.string(lib.hg_tunnel_name(number)).decode("ascii")
    for number in range(lib.HG_TUNNEL_NONE + 1, lib.HG_TUNNEL_KINDS)
}
"""Names of the tunnels, by their numbers in the column ``tunnel``."""


class TcpAnalysisResult:
    """What one packet told: at least one of its parts is not ``None``.

    The events of a packet stand together in the batch and in the order of ``hg_event``, so
    that each part's row follows from the first and the last one.
    """

    __slots__ = ("_batch", "_end", "_first", "packet_number", "time_ns")

    def __init__(self, batch: Batch, first: int, end: int, time_ns: int, packet_number: int) -> None:
        self._batch = batch
        self._first = first
        self._end = end
        self.time_ns = time_ns
        """When the packet was captured, in ns since the epoch, UTC."""
        self.packet_number = packet_number
        """The packet's number, counted from 1 over all input."""

    @property
    def drop(self) -> str | None:
        """Why nothing was read from the packet; only `fingerprint` gives such results."""
        return None

    @property
    def tunnel(self) -> str | None:
        """The outermost tunnel that the packet came in: one of `TUNNELS`; ``None`` for no tunnel."""
        return TUNNELS.get(self._batch.cells.tunnel[self._first]) if self._end > self._first else None

    @property
    def syn(self) -> SynObservation | None:
        """Set when the packet is a SYN."""
        first = self._first
        return SynObservation(self._batch, first) if self._batch.cells.event[first] == SYN else None

    @property
    def syn_ack(self) -> SynAckObservation | None:
        """Set when the packet is a SYN+ACK."""
        first = self._first
        return SynAckObservation(self._batch, first) if self._batch.cells.event[first] == SYN_ACK else None

    @property
    def mtu(self) -> MtuObservation | None:
        """Set when the packet tells the MTU of its sender's link."""
        events = self._batch.cells.event
        row = self._first + (events[self._first] < MTU)
        return MtuObservation(self._batch, row) if row < self._end and events[row] == MTU else None

    @property
    def client_uptime(self) -> UptimeObservation | None:
        """Set when the packet tells how long the client has been up."""
        return self._uptime(CLIENT_UPTIME)

    @property
    def server_uptime(self) -> UptimeObservation | None:
        """Set when the packet tells how long the server has been up."""
        return self._uptime(SERVER_UPTIME)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are set, in the order syn, syn_ack, mtu, client and server uptime."""
        events = self._batch.cells.event
        return tuple(PARTS[events[row]](self._batch, row) for row in range(self._first, self._end))

    def _uptime(self, event: int) -> UptimeObservation | None:
        last = max(self._end - 1, self._first)
        return UptimeObservation(self._batch, last) if self._batch.cells.event[last] == event else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TcpAnalysisResult):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        names = ("time_ns", "packet_number", "drop", "tunnel", "parts")
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({values})"

    def _key(self) -> tuple[object, ...]:
        return (self.time_ns, self.packet_number, self.drop, self.tunnel, self.parts)


class FingerprintResult(TcpAnalysisResult):
    """The result of `fingerprint`: of one packet alone, perhaps without any part."""

    __slots__ = ("_drop",)

    def __init__(self, batch: Batch, drop: str | None) -> None:
        super().__init__(batch, 0, batch.count, 0, 1)
        self._drop = drop
        if not batch.count:
            batch.cells.event[0] = lib.HG_EVENT_KINDS  # no part is that of this row

    @property
    def drop(self) -> str | None:
        """Why nothing was read from the packet; ``None`` when it was analysed."""
        return self._drop


Event: TypeAlias = Literal["syn", "syn_ack", "mtu", "client_uptime", "server_uptime"]
EVENTS: tuple[Event, ...] = ("syn", "syn_ack", "mtu", "client_uptime", "server_uptime")
"""Names of the events, by their numbers."""
