"""What p0f makes of the packets of a capture: which it sees, and which flow it keeps.

These are facts about packets, found from their bytes and the rules of p0f's flow table.
They tell why a row stands on one side only; nothing here looks at rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from sigcompiler.model import TcpSignature
from tests.parity.http import HttpFlow
from tests.reference.capture import ReferenceFrame
from tests.reference.drops import Drop, DroppedError
from tests.reference.link import ip_offset, u16
from tests.reference.matcher import ReferenceMatch, find_match
from tests.reference.packet import ACK, FIN, RST, SYN, TCP, Address, Observation, Place, read_frame

Endpoint = tuple[Place, int]
FlowKey = frozenset[Endpoint]


class Hidden(Enum):
    """Why p0f does not read a packet that we read."""

    TUNNEL = "packet in a tunnel"
    TAGS = "tagged, labelled or LLC frame (B10)"
    LINKTYPE = "link type whose header p0f reads as longer (B11)"
    UNKNOWN_LINK = "link type whose header p0f cannot parse"
    INTERFACES = "pcapng interfaces that differ (B18)"
    EXTENSIONS = "IPv6 extension headers"
    SNAPPED = "payload cut by the snap length"
    SNAPLEN = "record longer than the file's snap length"


class NoFlowReason(Enum):
    """Why p0f has no flow for a packet."""

    NEVER = "SYN not seen (B7)"
    AGED = "flow older than 30 s (B13)"
    CLOCK = "clock that ran backwards (B12)"
    HTTP = "flow ended by p0f's HTTP reader"
    EARLY_ACK = "flow ended by an ACK before the SYN+ACK"
    USERLAND = "flow of a userland tool ended"
    CLOSED = "flow ended by FIN or RST"


MAX_AGE_S = 30
EXPIRY_PACKETS = 50


@dataclass(slots=True)
class Packet:
    """A frame, what it holds, and p0f's side of it.

    ``gone`` says why p0f had no flow when the packet came; ``None`` when it had one.
    """

    frame: ReferenceFrame
    seen: Observation | Drop
    hidden: Hidden | None
    gone: NoFlowReason | None = NoFlowReason.NEVER
    new: bool = False
    """Whether p0f takes a SYN or SYN+ACK for a first one and fingerprints it."""
    opener: int = 0
    """Number of the SYN that opened p0f's flow of the packet, 0 for none."""
    references: tuple[int, int] = (0, 0)
    """Numbers of the sender's last SYN and SYN+ACK before that p0f keeps, 0 for none."""

    @property
    def tcp(self) -> Observation | None:
        """The observation of a packet that is analysed."""
        return self.seen if isinstance(self.seen, Observation) else None


@dataclass(slots=True)
class _Flow:
    client: Endpoint
    seq: int
    created: int
    """Seconds."""
    opener: int
    answered: bool = False
    expected: dict[bool, int] = field(default_factory=dict)
    """Next sequence number by side; True for the client's."""
    http: HttpFlow = field(default_factory=HttpFlow)


PLAIN_HEADERS = {0: 4, 1: 14, 9: 4, 51: 8, 104: 4, 105: 32, 113: 16, 276: 20}
"""Link headers as p0f takes them, in bytes; none for the types not listed."""

WIFI = 105
"""Of 802.11, p0f reads data frames of the plainest form."""
PPP, CISCO_HDLC = 9, b"\x0f\x8f"
"""Addresses of Cisco HDLC, whose EtherType is none of PPP's protocols: p0f's filter drops the frame."""
UNKNOWN_LINKS = (10, 119, 127, 163, 192, 242)
"""FDDI, whose header has an odd length, 802.11 behind radio headers and InfiniBand, which are too long: p0f
looks for an IP header at even offsets up to 38."""


def hidden(frame: ReferenceFrame, seen: Observation | Drop) -> Hidden | None:
    """Why p0f does not see a frame that we analyse."""
    if not isinstance(seen, Observation):
        return None
    if frame.mixed:
        return Hidden.INTERFACES
    start = seen.offset
    if seen.tunnel is not None:
        return Hidden.TUNNEL
    if frame.linktype in (50, 108, 117):
        return Hidden.LINKTYPE
    if frame.linktype == PPP and frame.data[0] in CISCO_HDLC:
        return Hidden.UNKNOWN_LINK
    if frame.linktype in UNKNOWN_LINKS or (frame.linktype == WIFI and start != PLAIN_HEADERS[WIFI]):
        return Hidden.UNKNOWN_LINK
    if start != PLAIN_HEADERS.get(frame.linktype, 0):
        return Hidden.TAGS
    ip = frame.data[start:]
    if seen.version == 6 and ip[6] != TCP:
        return Hidden.EXTENSIONS
    end = 40 + u16(ip, 4) if seen.version == 6 else u16(ip, 2)
    if end > len(ip):
        return Hidden.SNAPPED
    return Hidden.SNAPLEN if 0 < frame.snaplen < start + end else None


def is_tcp(frame: ReferenceFrame) -> bool:
    """Whether p0f's packet filter lets the frame through."""
    try:
        start = ip_offset(frame.linktype, frame.data)
    except DroppedError:
        return False
    ip = frame.data[start:]
    return len(ip) > 20 and ip[6 if ip[0] >> 4 == 6 else 9] == TCP


class P0fView:
    """One pass over a capture's packets with p0f's flow table beside."""

    def __init__(self, frames: Iterable[ReferenceFrame], signatures: Sequence[TcpSignature]) -> None:
        self.signatures = signatures
        self.flows: dict[FlowKey, _Flow] = {}
        self.gone: dict[FlowKey, NoFlowReason] = {}
        self.references: dict[Address, tuple[int, int]] = {}
        self.counted = 0
        self.last_expiry = 0
        self.packets: list[Packet] = []
        for frame in frames:
            seen = read_frame(frame.linktype, frame.data, frame.wire_length)
            packet = Packet(frame, seen, hidden(frame, seen))
            self.packets.append(packet)
            if not frame.mixed and is_tcp(frame):
                self._expire(frame.time_ns // 10**9)
            self._feed(packet)

    def _expire(self, now: int) -> None:
        self.counted += 1
        if self.counted % EXPIRY_PACKETS or now == self.last_expiry:
            return
        self.last_expiry = now
        for key, flow in list(self.flows.items()):
            if not 0 <= now - flow.created <= MAX_AGE_S:
                self._end(key, NoFlowReason.AGED if now > flow.created else NoFlowReason.CLOCK)

    def _end(self, key: FlowKey, why: NoFlowReason) -> None:
        del self.flows[key]
        self.gone[key] = why

    def _feed(self, packet: Packet) -> None:
        seen = packet.tcp
        if seen is None:
            return
        key = flow_key(seen)
        flow = self.flows.get(key)
        packet.references = self.references.get(seen.source, (0, 0))
        packet.gone = None if flow else self.gone.get(key, NoFlowReason.NEVER)
        packet.opener = flow.opener if flow else 0
        if packet.hidden:
            return
        if seen.type == SYN:
            self._syn(key, flow, packet, seen)
        elif flow is None:
            return
        elif seen.type == SYN | ACK:
            self._syn_ack(key, flow, packet, seen)
        elif seen.type == ACK:
            self._ack(key, flow, packet, seen)
        elif seen.type & (FIN | RST):
            self._end(key, NoFlowReason.CLOSED)

    def _syn(self, key: FlowKey, flow: _Flow | None, packet: Packet, seen: Observation) -> None:
        client = (seen.source, seen.sport)
        if flow is not None and flow.client == client and flow.seq == seen.seq:
            return
        packet.new = True
        self.flows.pop(key, None)
        packet.opener = packet.frame.number
        self.flows[key] = _Flow(client, seen.seq, packet.frame.time_ns // 10**9, packet.opener)
        self.flows[key].expected[True] = after(seen.seq, 1)
        if is_userland(find_match(self.signatures, seen)):
            self._end(key, NoFlowReason.USERLAND)
        else:
            self.references[seen.source] = packet.frame.number, packet.references[1]

    def _syn_ack(self, key: FlowKey, flow: _Flow, packet: Packet, seen: Observation) -> None:
        if flow.client == (seen.source, seen.sport) or flow.answered:
            return
        packet.new = True
        flow.answered = True
        flow.expected[False] = after(seen.seq, 1)
        if is_userland(find_match(self.signatures, seen)):
            self._end(key, NoFlowReason.USERLAND)
        else:
            self.references[seen.source] = packet.references[0], packet.frame.number

    def _ack(self, key: FlowKey, flow: _Flow, packet: Packet, seen: Observation) -> None:
        if not flow.answered:
            self._end(key, NoFlowReason.EARLY_ACK)
            packet.gone = NoFlowReason.EARLY_ACK
            return
        from_client = flow.client == (seen.source, seen.sport)
        if flow.expected[from_client] != seen.seq:
            return
        flow.expected[from_client] = after(seen.seq, seen.payload)
        if seen.payload and flow.http.ends(from_client, payload(packet.frame, seen)):
            self._end(key, NoFlowReason.HTTP)


def payload(frame: ReferenceFrame, seen: Observation) -> bytes:
    """The TCP payload of a frame."""
    start = seen.offset + seen.headers
    return frame.data[start : start + seen.payload]


def flow_key(seen: Observation) -> FlowKey:
    """The same for both directions of a conversation."""
    return frozenset(((seen.sender, seen.sport), (seen.receiver, seen.dport)))


def after(seq: int, count: int) -> int:
    """Sequence number ``count`` bytes on."""
    return (seq + count) % 2**32


def is_userland(match: ReferenceMatch | None) -> bool:
    """Whether a tool, not a system, sent the packet."""
    return match is not None and match.signature.label.userland
