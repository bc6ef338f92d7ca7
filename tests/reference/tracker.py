"""Flows and hosts: peer MSS, retransmissions, MTU and uptime, by the capture's clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from sigcompiler.model import MtuSignature, TcpSignature
from tests.reference.matcher import ReferenceMatch, find_link, find_match
from tests.reference.packet import ACK, FIN, RST, SYN, Observation, Place
from tests.reference.uptime import NoReading, Reference, ReferenceUptime, measure

FLOW_AGE = 900 * 10**9
HOST_AGE = 7200 * 10**9
ANSWER_TIME = 50 * 10**6
MOST_RIVALS = 8
NEAR = 2**24

Endpoint = tuple[Place, int]
FlowKey = frozenset[Endpoint]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a SYN or SYN+ACK says about its sender."""

    seen: Observation
    match: ReferenceMatch | None
    peer_mss: int


@dataclass(frozen=True, slots=True)
class Mtu:
    """The MTU behind the MSS of a SYN or SYN+ACK."""

    seen: Observation
    mtu: int
    link: str | None


@dataclass(frozen=True, slots=True)
class UptimeReading:
    """The sender's timestamp clock."""

    seen: Observation
    by_server: bool
    uptime: ReferenceUptime


Event = Fingerprint | Mtu | UptimeReading


class HandshakeStage(Enum):
    """How far a flow's handshake came; flows are evicted in this order."""

    OPENED = 0
    ANSWERED = 1
    ESTABLISHED = 2


@dataclass(slots=True)
class FlowSide:
    """One end of a flow. ``expected`` is its next sequence number, ``None`` when unknown."""

    expected: int | None = None
    uptime_open: bool = True


@dataclass(slots=True)
class Flow:
    """A conversation, opened by a SYN or by a SYN+ACK whose SYN was not seen."""

    client: Endpoint
    server: Endpoint
    first_seq: int | None
    syn_mss: int
    last_time: int
    stage: HandshakeStage = HandshakeStage.OPENED
    of_client: FlowSide = field(default_factory=FlowSide)
    of_server: FlowSide = field(default_factory=FlowSide)
    passed: bool = False
    """Whether another SYN came after its own, which then counts as new when it comes again."""

    @property
    def key(self) -> FlowKey:
        """The same for both directions."""
        return frozenset((self.client, self.server))

    @property
    def unanswered(self) -> bool:
        """Whether nothing followed its SYN."""
        only_syn = self.first_seq is not None and self.stage == HandshakeStage.OPENED
        return only_syn and self.of_client.expected == after(self.first_seq or 0, 1)

    def answers_crossing_syn(self, seen: Observation) -> bool:
        """Whether the client's SYN+ACK repeats the number of its SYN."""
        return seen.type == SYN | ACK and not by_server(self, seen) and seen.seq == self.first_seq

    @property
    def answered(self) -> bool:
        """Whether both sides were seen."""
        return self.first_seq is not None and self.stage != HandshakeStage.OPENED

    def asks_for(self, seen: Observation) -> bool:
        """Whether the packet is its SYN again, the answer to it, or what its client sends next."""
        from_client, begin = not by_server(self, seen), self.of_client_begin
        if seen.type == SYN:
            return from_client and seen.seq == self.first_seq
        if not seen.type & ACK or self.stage != HandshakeStage.OPENED:
            return False
        return seen.seq == begin if from_client else seen.ack == begin and seen.type == SYN | ACK

    def is_handshake(self, seen: Observation) -> bool:
        """Whether the packet is its SYN again, or an answer to it."""
        if seen.type == SYN:
            return not by_server(self, seen) and seen.seq == self.first_seq
        return seen.type == SYN | ACK and by_server(self, seen) and seen.ack == self.of_client_begin

    def is_continued(self, seen: Observation) -> bool:
        """Whether the packet's numbers are near its own."""
        own, other = (
            (self.of_server, self.of_client) if by_server(self, seen) else (self.of_client, self.of_server)
        )
        is_near = near(seen.seq, own.expected) and (not seen.type & ACK or near(seen.ack, other.expected))
        return self.stage != HandshakeStage.OPENED and not seen.type & SYN and is_near

    def is_refused(self, seen: Observation) -> bool:
        """Whether the server refuses its SYN."""
        return seen.type == RST | ACK and by_server(self, seen) and seen.ack == self.of_client_begin

    @property
    def of_client_begin(self) -> int | None:
        """The sequence number behind its SYN."""
        return None if self.first_seq is None else after(self.first_seq, 1)


@dataclass(slots=True)
class ReferenceHost:
    """The last handshake packets of an address, from any of its flows."""

    syn: Reference | None = None
    syn_ack: Reference | None = None

    @property
    def last_time(self) -> int:
        """When the later of the two was captured (ns)."""
        return max(reference.time_ns for reference in (self.syn, self.syn_ack) if reference)


@dataclass(slots=True)
class EvictionCounts:
    """How flows and hosts left the tables."""

    flows_evicted: int = 0
    flows_aged: int = 0
    hosts_evicted: int = 0
    hosts_aged: int = 0
    orphan_syn_acks: int = 0


class Tracker:
    """Feeds packets to flows, in the order given, and yields what they tell."""

    def __init__(
        self,
        signatures: Sequence[TcpSignature] = (),
        links: Sequence[MtuSignature] = (),
        max_connections: int = 1000,
        max_hosts: int = 10000,
    ) -> None:
        self.signatures = signatures
        self.links = links
        self.max_connections = max_connections
        self.max_hosts = max_hosts
        self.flows: dict[FlowKey, list[Flow]] = {}
        """One, or more while nobody knows which of them are spoofed, the earlier ones first."""
        self.hosts: dict[Place, ReferenceHost] = {}
        """The one whose handshake was remembered longest ago first."""
        self.queues: dict[HandshakeStage, list[Flow]] = {stage: [] for stage in HandshakeStage}
        """The order of eviction: by opening, by the SYN+ACK, and least recently used first."""
        self.counts = EvictionCounts()

    def feed(self, time_ns: int, seen: Observation) -> Iterator[Event]:
        """Yield the events of one packet."""
        flow = self._find(time_ns, seen)
        is_other_syn = seen.type == SYN and flow is not None and not flow.asks_for(seen)
        if flow is not None and not is_other_syn:
            flow.last_time = time_ns
            if flow.stage == HandshakeStage.ESTABLISHED:
                self._advance(flow, HandshakeStage.ESTABLISHED)
        if seen.type == SYN:
            yield from self._syn(flow, time_ns, seen)
        elif seen.type == SYN | ACK:
            yield from self._syn_ack(flow, time_ns, seen)
        elif flow is not None and seen.type == ACK:
            yield from self._ack(flow, time_ns, seen)
        elif flow is not None and seen.type & (FIN | RST):
            yield from self._uptime(flow, time_ns, seen, by_server(flow, seen))
            self._remove(flow)

    def _find(self, time_ns: int, seen: Observation) -> Flow | None:
        """The flow of a packet; if it shows that only one of two lives, the other ends."""
        while (flows := self.flows.get(flow_key(seen), [])) and self._drop_if_aged(flows[-1], time_ns):
            pass
        if not flows:
            return None
        if len(flows) == 1:
            return flows[0]
        earlier, *_, later = flows
        first = next((flow for flow in flows if flow.answered), earlier)
        if first.unanswered and first.answers_crossing_syn(seen):
            return self._decided(first, later, seen)
        ring = (first, *(flow for flow in reversed(flows) if flow is not first))
        mine = [flow for flow in ring if flow.is_handshake(seen) or flow.is_continued(seen)]
        if mine or first.answered:
            return mine[0] if mine else first
        if later.asks_for(seen):
            return self._decided(later, earlier, seen)
        if earlier.unanswered:
            if earlier.asks_for(seen):
                return self._decided(earlier, later, seen)
            return earlier if seen.type == SYN or earlier.is_refused(seen) else later
        return earlier

    def _decided(self, one: Flow, other: Flow, seen: Observation) -> Flow:
        if seen.type != SYN:
            self._remove(other)
        return one

    def _syn(self, flow: Flow | None, time_ns: int, seen: Observation) -> Iterator[Event]:
        if flow is not None and flow.asks_for(seen):
            if not flow.passed or flow.stage != HandshakeStage.OPENED:
                return
            self._remove(flow)
            flow = self._find(time_ns, seen)
        if flow is not None:
            self._defend(flow)
        flow = Flow((seen.sender, seen.sport), (seen.receiver, seen.dport), seen.seq, seen.mss, time_ns)
        flow.of_client.expected = after(seen.seq, 1)
        self._open(flow)
        match = find_match(self.signatures, seen)
        yield Fingerprint(seen, match, peer_mss=0)
        if is_userland(match):
            flow.of_client.uptime_open = False
            return
        yield from self._mtu(seen)
        yield from self._uptime(flow, time_ns, seen, from_server=False)
        self._remember(time_ns, seen)

    def _defend(self, flow: Flow) -> None:
        """Another SYN came on the ports of a flow, which has room for so many rivals."""
        if not flow.answered and not flow.unanswered:
            self._remove(flow)
            return
        if flow.stage == HandshakeStage.ANSWERED:
            self._advance(flow, HandshakeStage.ESTABLISHED)
        rivals = [other for other in reversed(self.flows[flow.key]) if other is not flow]
        for other in rivals:
            other.passed |= not flow.answered
        if len(rivals) + 1 == MOST_RIVALS:
            self._remove(min(rivals, key=lambda one: (one.answered, one.last_time)))

    def _syn_ack(self, flow: Flow | None, time_ns: int, seen: Observation) -> Iterator[Event]:
        if flow is None:
            self.counts.orphan_syn_acks += 1
            ends = (seen.receiver, seen.dport), (seen.sender, seen.sport)
            flow = Flow(*ends, None, 0, time_ns)
            flow.of_client.expected = seen.ack
            self._open(flow)
        elif not by_server(flow, seen) or flow.stage != HandshakeStage.OPENED:
            return
        self._advance(flow, HandshakeStage.ANSWERED)
        flow.of_server.expected = after(seen.seq, 1)
        match = find_match(self.signatures, seen, flow.syn_mss)
        yield Fingerprint(seen, match, flow.syn_mss)
        if is_userland(match):
            flow.of_server.uptime_open = False
            return
        yield from self._mtu(seen)
        yield from self._uptime(flow, time_ns, seen, from_server=True)
        self._remember(time_ns, seen)

    def _ack(self, flow: Flow, time_ns: int, seen: Observation) -> Iterator[Event]:
        side = flow.of_server if by_server(flow, seen) else flow.of_client
        if side.expected != seen.seq:
            return
        yield from self._uptime(flow, time_ns, seen, by_server(flow, seen))
        side.expected = after(seen.seq, seen.payload)
        if flow.stage == HandshakeStage.ANSWERED:
            self._advance(flow, HandshakeStage.ESTABLISHED)

    def _mtu(self, seen: Observation) -> Iterator[Event]:
        if seen.mss:
            mtu = seen.mss + (40 if seen.version == 4 else 60)
            yield Mtu(seen, mtu, find_link(self.links, mtu))

    def _uptime(self, flow: Flow, time_ns: int, seen: Observation, from_server: bool) -> Iterator[Event]:
        side = flow.of_server if from_server else flow.of_client
        host = self.hosts.get(seen.sender)
        if not side.uptime_open or seen.ts1 == 0 or host is None:
            return
        reference = host.syn_ack if from_server else host.syn
        if reference is None:
            return
        reading = measure(reference, seen.ts1, time_ns)
        if isinstance(reading, ReferenceUptime):
            side.uptime_open = False
            yield UptimeReading(seen, from_server, reading)
        elif reading == NoReading.BAD and seen.type != SYN:
            side.uptime_open = False

    def _remember(self, time_ns: int, seen: Observation) -> None:
        """Later timestamps of the host are read against this one, also when it has none."""
        if seen.ts1 == 0 and seen.sender not in self.hosts:
            return
        host = self._host(seen.sender, time_ns)
        if seen.type == SYN:
            host.syn = Reference(seen.ts1, time_ns)
        else:
            host.syn_ack = Reference(seen.ts1, time_ns)

    def _host(self, address: Place, time_ns: int) -> ReferenceHost:
        """The host's entry, made the one remembered last."""
        host = self.hosts.pop(address, None)
        if host is None:
            self._make_room_for_a_host(time_ns)
            host = ReferenceHost()
        self.hosts[address] = host
        return host

    def _make_room_for_a_host(self, time_ns: int) -> None:
        """Forget the host remembered longest ago when it is too old or there are too many."""
        for address, host in list(self.hosts.items())[:1]:
            if time_ns // 10**6 - host.last_time // 10**6 > HOST_AGE // 10**6:
                del self.hosts[address]
                self.counts.hosts_aged += 1
        while len(self.hosts) >= self.max_hosts:
            del self.hosts[next(iter(self.hosts))]
            self.counts.hosts_evicted += 1

    def _open(self, flow: Flow) -> None:
        if self._count() >= self.max_connections:
            self._make_room_for_a_flow(flow.last_time)
        self.flows.setdefault(flow.key, []).append(flow)
        self.queues[flow.stage].append(flow)

    def _count(self) -> int:
        return sum(map(len, self.flows.values()))

    def _make_room_for_a_flow(self, time_ns: int) -> None:
        """Aged flows go before live ones; only the first of each stage is looked at."""
        for first in [queue[0] for queue in self.queues.values() if queue]:
            self._drop_if_aged(first, time_ns)
        if self._count() >= self.max_connections:
            self._remove(self._flow_to_evict(time_ns))
            self.counts.flows_evicted += 1

    def _flow_to_evict(self, time_ns: int) -> Flow:
        """The first of the first stage; of answered flows, if only it had time to go on."""
        first, second, *others = (queue[0] if queue else None for queue in self.queues.values())
        if first and second and time_ns - second.last_time > ANSWER_TIME >= time_ns - first.last_time:
            return second
        return next(one for one in (first, second, *others) if one)

    def _advance(self, flow: Flow, stage: HandshakeStage) -> None:
        """Make the flow the last one of a stage."""
        self._leave_queue(flow)
        self.queues[stage].append(flow)
        flow.stage = stage

    def _remove(self, flow: Flow) -> None:
        self._leave_queue(flow)
        left = [other for other in self.flows.pop(flow.key) if other is not flow]
        if left:
            self.flows[flow.key] = left

    def _leave_queue(self, flow: Flow) -> None:
        queue = self.queues[flow.stage]
        del queue[next(place for place, other in enumerate(queue) if other is flow)]

    def _drop_if_aged(self, flow: Flow, time_ns: int) -> bool:
        """Forget a flow that was silent too long; a clock that ran backwards ages nothing."""
        is_aged = time_ns - flow.last_time > FLOW_AGE
        if is_aged:
            self._remove(flow)
            self.counts.flows_aged += 1
        return is_aged


def flow_key(seen: Observation) -> FlowKey:
    """The same for both directions of a conversation."""
    return frozenset(((seen.sender, seen.sport), (seen.receiver, seen.dport)))


def by_server(flow: Flow, seen: Observation) -> bool:
    """Whether a packet comes from the server; where both ends are one it is the client's."""
    return flow.client != (seen.sender, seen.sport)


def after(seq: int, count: int) -> int:
    """Sequence number ``count`` bytes on."""
    return (seq + count) % 2**32


def near(number: int, expected: int | None) -> bool:
    """Whether a sequence number is plausible where this one is expected."""
    return expected is not None and (number - expected + NEAR) % 2**32 < 2 * NEAR


def is_userland(match: ReferenceMatch | None) -> bool:
    """Whether a tool, not a system, sent the packet."""
    return match is not None and match.signature.label.userland
