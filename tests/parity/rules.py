"""Why a row stands on one side only: predicates on the packets of a capture.

Every rule stands for a bug of p0f that is not copied (B1 to B24) or for a decision of ours.
A rule looks at the packet that told a row and at what p0f makes of the packets before it;
never at a file's name.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address

from sigcompiler.vocabulary import Quirk
from tests.parity.rows import LogRow
from tests.parity.view import FlowKey, Hidden, NoFlowReason, P0fView, Packet, flow_key
from tests.reference.packet import ACK, FIN, RST, SYN, Address

FLOW_AGE = 900 * 10**9
"""How long we remember a silent flow (ns)."""

HANDSHAKES = {"syn": SYN, "syn+ack": SYN | ACK}


@dataclass(slots=True)
class Situation:
    """A capture as p0f sees it, and the rows we gave for it."""

    view: P0fView
    ours: Sequence[LogRow]
    fingerprints: dict[int, LogRow] = field(default_factory=dict)
    """Our rows of SYNs and SYN+ACKs by packet number."""
    repeats: frozenset[int] = frozenset()
    """Numbers of the SYNs that repeat the one of a flow."""

    def __post_init__(self) -> None:
        self.fingerprints = {row.packet or 0: row for row in self.ours if row.get("mod") in HANDSHAKES}
        self.repeats = frozenset(_repeats(self.view.packets, self.fingerprints))

    def packet(self, row: LogRow) -> Packet:
        """The packet that told one of our rows."""
        if row.packet is None:
            raise ValueError(f"no packet number: {row}")
        return self.view.packets[row.packet - 1]

    def candidates(self, row: LogRow) -> Iterator[Packet]:
        """Packets that can have told a row of p0f: same second, ends and kind."""
        for packet in self.view.packets:
            seen = packet.tcp
            if seen is None or packet.frame.time_ns // 10**9 != row.second:
                continue
            source, destination = (
                f"{address_text(seen.source)}/{seen.sport}",
                f"{address_text(seen.destination)}/{seen.dport}",
            )
            client, server = (destination, source) if row.get("subj") == "srv" else (source, destination)
            kind = HANDSHAKES.get(row.get("mod"), seen.type)
            if (client, server, kind) == (row.get("cli"), row.get("srv"), seen.type):
                yield packet

    def our_reference(self, packet: Packet, kind: int) -> int:
        """Number of the sender's last packet of ``kind`` that we keep to read timestamps against."""
        for number in sorted(self.fingerprints, reverse=True):
            earlier = self.view.packets[number - 1].tcp
            if number < packet.frame.number and earlier and packet.tcp:
                same = earlier.source == packet.tcp.source and earlier.type == kind
                if same and not self.fingerprints[number].get("app"):
                    return number
        return 0

    def kept(self, packet: Packet) -> bool:
        """Whether a SYN only repeats the one that opened a flow which we still keep."""
        return packet.frame.number in self.repeats


@dataclass(slots=True)
class _LastSyn:
    """The last SYN of a flow that has not ended since."""

    source: Address
    seq: int
    kept: bool
    """Whether it opened our flow, or repeats the SYN that did."""
    seen: int
    """When the flow's last packet came, ns."""


def _repeats(packets: Iterable[Packet], fingerprinted: Container[int]) -> Iterator[int]:
    """Numbers of the SYNs that only repeat the one that opened a flow which we still keep."""
    flows: dict[FlowKey, _LastSyn] = {}
    for packet in packets:
        seen, now, number = packet.tcp, packet.frame.time_ns, packet.frame.number
        if seen is None:
            continue
        key = flow_key(seen)
        last = flows.get(key)
        if last is not None and now - last.seen > FLOW_AGE:
            del flows[key]
            last = None
        if seen.type == SYN:
            again = last is not None and last.kept and (last.source, last.seq) == (seen.source, seen.seq)
            repeat = again and number not in fingerprinted
            if repeat:
                yield number
            flows[key] = _LastSyn(seen.source, seen.seq, repeat or number in fingerprinted, now)
        elif seen.type & (FIN | RST):
            flows.pop(key, None)
        elif last is not None:
            last.seen = now


Predicate = Callable[[LogRow, Situation], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """``extra`` judges rows that only we give, ``missing`` rows that only p0f gives."""

    name: str
    extra: Predicate | None = None
    missing: Predicate | None = None


def hidden_by(reason: Hidden) -> Rule:
    """The packet that told our row is one that p0f does not read."""

    def extra(row: LogRow, situation: Situation) -> bool:
        return situation.packet(row).hidden is reason

    return Rule(reason.value, extra)


def gone_by(reason: NoFlowReason) -> Rule:
    """p0f had no flow, or no longer one, for the packet of the row.

    Our row is then one that needs a flow; p0f's row stands in a flow that a SYN sent again
    opened, which is a retransmission for us.
    """

    def extra(row: LogRow, situation: Situation) -> bool:
        packet = situation.packet(row)
        return packet.gone is reason and packet.tcp is not None and packet.tcp.type != SYN

    def missing(row: LogRow, situation: Situation) -> bool:
        openers = [
            situation.view.packets[packet.opener - 1] for packet in situation.candidates(row) if packet.opener
        ]
        return any(opener.gone is reason and situation.kept(opener) for opener in openers)

    return Rule(reason.value, extra, missing)


def _ack_plus_extra(row: LogRow, situation: Situation) -> bool:
    seen = situation.packet(row).tcp
    return row.get("mod") == "syn" and seen is not None and Quirk.ACK_PLUS in seen.quirks


def _ack_plus_missing(row: LogRow, situation: Situation) -> bool:
    """p0f's row is ours but for the quirk, and for the name found with it."""
    for packet in situation.candidates(row):
        own = situation.fingerprints.get(packet.frame.number)
        if own is not None and row.get("mod") == "syn" and _without(own, "ack+") == row.get("raw_sig"):
            return _ack_plus_extra(own, situation)
    return False


def _without(row: LogRow, quirk: str) -> str:
    *front, quirks, payload = row.get("raw_sig").split(":")
    kept = [word for word in quirks.split(",") if word != quirk]
    return ":".join([*front, ",".join(kept), payload])


def _other_reference(row: LogRow, situation: Situation, packet: Packet) -> bool:
    if row.get("mod") != "uptime":
        return False
    client = row.get("subj") == "cli"
    theirs = packet.references[0 if client else 1]
    return theirs != situation.our_reference(packet, SYN if client else SYN | ACK)


def _reference_extra(row: LogRow, situation: Situation) -> bool:
    return _other_reference(row, situation, situation.packet(row))


def _reference_missing(row: LogRow, situation: Situation) -> bool:
    return any(_other_reference(row, situation, packet) for packet in situation.candidates(row))


def _odd_time(row: LogRow, situation: Situation) -> bool:
    return row.get("mod") == "uptime" and situation.packet(row).frame.odd_time


def _crossing(row: LogRow, situation: Situation) -> bool:
    """The sender's own SYN crossed the one that its SYN+ACK answers, and has its number."""
    answers = [
        one.tcp for one in situation.candidates(row) if one.new and one.tcp and one.tcp.type == SYN | ACK
    ]
    syns = {
        (flow_key(one.tcp), one.tcp.source, one.tcp.seq)
        for one in situation.view.packets
        if one.tcp and one.tcp.type == SYN
    }
    return any((flow_key(seen), seen.source, seen.seq) in syns for seen in answers)


CROSSING = Rule("SYNs of both ends that cross: one connection", missing=_crossing)
ACK_PLUS = Rule("ack number in a SYN (B1)", _ack_plus_extra, _ack_plus_missing)
REFERENCE = Rule(
    "timestamps compared with a handshake packet that only one side counts as the first",
    _reference_extra,
    _reference_missing,
)
ODD_TIME = Rule("fraction of a second that is a second or more, kept within its second", _odd_time)

RULES: tuple[Rule, ...] = (
    *(hidden_by(reason) for reason in Hidden),
    ODD_TIME,
    ACK_PLUS,
    CROSSING,
    *(gone_by(reason) for reason in NoFlowReason),
    REFERENCE,
)


def address_text(address: Address) -> str:
    """IPv6 as eight groups without leading zeros and without ``::``."""
    if isinstance(address, IPv4Address):
        return str(address)
    return ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":"))
