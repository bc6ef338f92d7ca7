"""What a call counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import DROPS, EVENTS

if TYPE_CHECKING:
    from huginn_cffi._native import CData
else:
    CData = Any

COUNTERS = tuple(name for name, found in ffi.typeof("hg_stats").fields if found.type.kind == "primitive")
"""Names of the counters of `Stats` that are plain numbers, as ``hg_stats`` has them.

Everything that adds, saves or prints counters goes by this list. A counter that is new in ``hg_stats`` needs
a field of `Stats`, and nothing else in Python.
"""


def _zeros(names: tuple[str, ...]) -> Mapping[str, int]:
    return MappingProxyType(dict.fromkeys(names, 0))


@dataclass(frozen=True, slots=True)
class InterfaceStats:
    """What became of the packets of an interface before they were read.

    ``received`` are those that came to the kernel's filter (BSD, macOS) or passed it (Linux);
    ``dropped_by_kernel`` those of them that found its buffer full, ``dropped_by_ring`` those that
    found a worker's ring full, ``unread`` those that lay in a buffer when the capture ended (only
    on Linux, and not for "any"). ``dropped_by_interface`` never came so far: the interface, its
    driver or the queue behind it had no room for them.

    On Linux ``received == dropped_by_kernel + dropped_by_ring + unread + packets`` at the end.
    """

    received: int = 0
    dropped_by_kernel: int = 0
    dropped_by_interface: int = 0
    dropped_by_ring: int = 0
    unread: int = 0

    def __add__(self, other: InterfaceStats) -> InterfaceStats:
        """Both together."""
        return InterfaceStats(*(getattr(self, one) + getattr(other, one) for one in INTERFACE_COUNTERS))


INTERFACE_COUNTERS = tuple(item.name for item in fields(InterfaceStats))
"""Names of the counters of `InterfaceStats`."""


class ReadCapture(NamedTuple):
    """One of the captures that a call read: its packets are numbered from ``first_packet`` on."""

    name: str
    """Its path as it was given, "standard input" or "capture in memory"."""
    first_packet: int
    packets: int
    """How many were read from it so far; 0 of one that could not be read."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Counters of one call. All but ``bytes``, which are captured bytes, are numbers of things.

    The page Counters of the manual (``docs/counters.md``) says of each what it counts.

    ``packets`` were read, ``analysed`` of them taken up, and ``drops`` has the others by reason:
    ``packets == analysed + sum(drops.values())`` always holds. ``drops`` has every reason,
    ``events_by_kind`` every kind of event, with 0 where none was met. ``retransmissions`` are
    handshake packets that were sent again, ``syn_acks_without_syn`` those whose SYN was not seen.

    ``flows`` were opened; they end as ``flows_closed`` (FIN or RST), ``flows_replaced`` (a new SYN
    on the same ports), ``flows_aged`` (900 s without a packet), or for lack of room as
    ``flows_evicted_half_open`` and ``flows_evicted_established``. ``hosts`` are clocks that were
    remembered; of these ``hosts_aged`` and ``hosts_evicted`` were forgotten.
    Of directions of connections whose bytes were read, ``streams_with_gap`` were given up because
    bytes are missing, ``streams_too_long`` because what was read did not end within 32 KB, and
    ``streams_evicted`` for lack of memory. ``tls_later_hellos`` are those of clients after the first of
    their connection, ``tls_unreadable`` what began like a hello and is none, or is too long. All these
    count QUIC and DTLS too, as do ``flows``.

    Of QUIC alone, ``quic_not_decrypted`` are connections for whose packets there are no ciphers
    (`huginn_cffi[quic]`), ``quic_undecryptable`` clients' packets that no key opened,
    ``quic_google`` packets of Google's own QUIC, which has no TLS, and ``quic_other_version`` packets of
    unknown versions. ``streams_too_costly`` are directions given up because readers examined far more
    bytes than came. ``segments_outside_window`` are TCP segments that their receiver does not take, by the
    window that it announced; they have no effect. ``streams_displaced`` are directions that were read again
    because bytes came for others that the receiver may not have taken.
    ``http_interim`` are responses that announce another one (1xx but 101), ``http_cut`` messages of which
    only the first headers are read (100, or what is within 16 KB of HTTP/2). Directions of connections were
    given up as ``http_other`` because they began like HTTP and are something else, as ``http_unreadable``
    because a head breaks a rule, as ``http_too_long`` because one is longer than 16 KB or its first line
    than 8 KB, as ``http_early`` because the server spoke before its client's head was whole, and, with
    ``http="all"``, as ``http_broken_bodies`` because it is not known where a message ends.
    With ``segments=True``, ``segment_hosts`` had all their segments looked at, of which
    ``segment_hosts_evicted`` were forgotten for lack of room, and ``segments_not_ipv4`` are segments of IPv6,
    which are not looked at.
    ``dhcp_malformed``, ``mdns_malformed``, ``netbios_malformed``, ``lldp_malformed`` and ``cdp_malformed``
    are messages with wrong lengths, options or names, ``ssdp_malformed`` those that are none or have lines
    that are no headers, ``smb_malformed`` directions and session setups;
    ``announcements_cut`` events of devices that hold only the first of what was announced. Announcements
    that say nothing of a host: ``announcements_tunnelled`` came in a tunnel, ``announcements_routed`` need
    not come from the link, and ``announcements_of_others`` name another host than their sender.
    Of datagrams in fragments, ``datagrams_reassembled`` were read, and given up as ``datagrams_incomplete``
    after 30 s, as ``datagrams_overlapping``, or as ``datagrams_evicted`` for lack of room.
    ``unsupported_linktypes`` are the LINKTYPE_ numbers that could not be read, the first eight
    as they were met. ``interface`` is there when packets came from one.
    """

    packets: int = 0
    analysed: int = 0
    bytes: int = 0
    drops: Mapping[str, int] = field(default_factory=lambda: _zeros(DROPS))
    events_by_kind: Mapping[str, int] = field(default_factory=lambda: _zeros(EVENTS))
    syn_acks_without_syn: int = 0
    retransmissions: int = 0
    flows: int = 0
    flows_closed: int = 0
    flows_replaced: int = 0
    flows_aged: int = 0
    flows_evicted_half_open: int = 0
    flows_evicted_established: int = 0
    hosts: int = 0
    hosts_aged: int = 0
    hosts_evicted: int = 0
    streams_with_gap: int = 0
    streams_too_long: int = 0
    streams_evicted: int = 0
    tls_later_hellos: int = 0
    tls_unreadable: int = 0
    http_interim: int = 0
    http_unreadable: int = 0
    quic_not_decrypted: int = 0
    quic_undecryptable: int = 0
    quic_google: int = 0
    quic_other_version: int = 0
    streams_too_costly: int = 0
    segments_outside_window: int = 0
    streams_displaced: int = 0
    segment_hosts: int = 0
    segment_hosts_evicted: int = 0
    segments_not_ipv4: int = 0
    dhcp_malformed: int = 0
    mdns_malformed: int = 0
    ssdp_malformed: int = 0
    netbios_malformed: int = 0
    smb_malformed: int = 0
    lldp_malformed: int = 0
    cdp_malformed: int = 0
    announcements_cut: int = 0
    announcements_tunnelled: int = 0
    announcements_routed: int = 0
    announcements_of_others: int = 0
    datagrams_reassembled: int = 0
    datagrams_incomplete: int = 0
    datagrams_overlapping: int = 0
    datagrams_evicted: int = 0
    http_other: int = 0
    http_too_long: int = 0
    http_early: int = 0
    http_cut: int = 0
    http_broken_bodies: int = 0
    unsupported_linktypes: tuple[int, ...] = ()
    interface: InterfaceStats | None = None

    @property
    def events(self) -> int:
        """Events of all kinds."""
        return sum(self.events_by_kind.values())

    @property
    def evictions(self) -> int:
        """Flows and hosts that were given up for lack of room."""
        return self.flows_evicted_half_open + self.flows_evicted_established + self.hosts_evicted

    def __add__(self, other: Stats) -> Stats:
        """Both together, as of two workers."""
        both = zip((self.drops, self.events_by_kind), (other.drops, other.events_by_kind), strict=True)
        drops, events = ({name: one[name] + two[name] for name in one} for one, two in both)
        linktypes = dict.fromkeys(self.unsupported_linktypes + other.unsupported_linktypes)
        interfaces = [item.interface for item in (self, other) if item.interface is not None]
        return Stats(
            **{name: getattr(self, name) + getattr(other, name) for name in COUNTERS},
            drops=MappingProxyType(drops),
            events_by_kind=MappingProxyType(events),
            unsupported_linktypes=tuple(linktypes),
            interface=sum(interfaces[1:], interfaces[0]) if interfaces else None,
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the mappings, which are read-only, as dictionaries."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        drops, events = dict(values.pop("drops")), dict(values.pop("events_by_kind"))
        return _restored, (values, drops, events)

    def _repr_html_(self) -> str:
        from huginn_cffi.formats.html import table

        rows = []
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Mapping):
                value = ", ".join(f"{count} {name}" for name, count in value.items() if count) or "none"
            if value not in ((), None):
                rows.append((one.name, str(value)))
        return table("", ("counter", "value"), rows)

    def _native(self) -> CData:
        native = ffi.new("hg_stats *", {name: getattr(self, name) for name in COUNTERS})
        for number, name in enumerate(DROPS, lib.HG_DROP_NONE + 1):
            native.drops[number] = self.drops[name]
        for number, name in enumerate(EVENTS):
            native.events[number] = self.events_by_kind[name]
        for place, number in enumerate(self.unsupported_linktypes):
            native.unsupported_linktypes[place] = number
        return native


def stats_of(native: CData) -> Stats:
    """The counters of an ``hg_stats *``."""
    drops = {name: native.drops[number] for number, name in enumerate(DROPS, lib.HG_DROP_NONE + 1)}
    events: dict[str, int] = {name: native.events[number] for number, name in enumerate(EVENTS)}
    return Stats(
        **{name: getattr(native, name) for name in COUNTERS},
        drops=MappingProxyType(drops),
        events_by_kind=MappingProxyType(events),
        unsupported_linktypes=tuple(number for number in native.unsupported_linktypes if number),
    )


def _restored(values: dict[str, Any], drops: dict[str, int], events: dict[str, int]) -> Stats:
    return Stats(**values, drops=MappingProxyType(drops), events_by_kind=MappingProxyType(events))
