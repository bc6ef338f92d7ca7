"""What the package, or p0f, says about labelled packets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi.analysis.analyzer import Analyzer, OnError
from huginn_cffi.applications.evaluation.labels import LabelledPacket
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.results.answers import Basis
from sigcompiler.claims.confidence import MANNERS
from sigcompiler.claims.flavors import Claim, claims, label_text, named_families
from sigcompiler.claims.labels import claim_of_families
from sigcompiler.claims.sources import WEIGHTS
from sigcompiler.claims.versions import Versions

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.hosts.record import HostRecord
    from huginn_cffi.results.results import SynAckObservation, SynObservation
    from sigcompiler.schema import hosts

    Handshake = SynObservation | SynAckObservation

Signals = Collection[str] | None
"""Names of `hosts.inventory.SOURCES` that count besides a host's signatures; None: each packet alone."""

Connection = tuple[str, str, str]
"""Direction, client and server as p0f writes them: ``10.0.0.1/1234``."""


@dataclass(frozen=True, slots=True)
class PacketAnswer:
    """A name for a packet. Nothing was found: no families, no claims, no basis."""

    text: str
    """Name and flavor, as printed."""
    families: tuple[str, ...] = ()
    """At most two; none stands for unknown."""
    claims: tuple[Claim, ...] = ()
    candidates: frozenset[str] = frozenset()
    """All families that fit as well, those of the answer included."""
    basis: Basis | None = None
    agreement: float = 1.0
    """The part of the host's packets that allow the answer."""
    signature: int | None = None
    """Number of the signature in the database."""
    rule: str = ""
    """The signature's text and where it is written."""
    others: frozenset[int] = frozenset()
    """Numbers of the signatures of the host's other packets, where these had a say."""


UNNAMED = PacketAnswer("???")


class PacketValues(NamedTuple):
    """What a handshake packet shows, as `ObservableTcp` has it."""

    ip_version: int
    olayout: str
    ittl: int
    wsize: int
    window_kind: str
    window_multiple: int | None
    wscale: int | None
    distance: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A labelled packet, what it shows, and its name. The last three are None if it gave no event."""

    packet: LabelledPacket
    answer: PacketAnswer | None
    seen: PacketValues | None = None
    connection: Connection | None = None
    time_ns: int = 0


def answers(
    folder: Path,
    packets: Iterable[LabelledPacket],
    database: Database,
    on_error: OnError,
    signals: Signals = None,
    traffic: Mapping[str, Any] | None = None,
) -> list[Answered]:
    """Analyse each capture as one stream, and take the event of each labelled packet.

    Captures that are missing or damaged are reported to `on_error`; what precedes the damage counts.
    With `signals` the answer about a packet is that about its host, from all that the capture
    has of it. `traffic` is what `Analyzer` takes to analyse only some packets.
    """
    by_file: dict[str, list[LabelledPacket]] = defaultdict(list)
    for packet in packets:
        by_file[packet.file].append(packet)
    analyzer = Analyzer(database, uptime=signals is not None, **(traffic or {}))
    found: list[Answered] = []
    for file, wanted in by_file.items():
        whole = None if signals is None else WholeHosts(signals)
        frames = {packet.frame for packet in wanted}
        events = _events(analyzer, folder / file, frames, whole, on_error)
        own = [_answered(packet, events) for packet in wanted]
        found.extend(own if whole is None else whole.answered(own))
    return found


def name_of(seen: Handshake) -> PacketAnswer:
    """The answer of the package about a handshake packet."""
    match = seen.match
    if match is None:
        return UNNAMED
    found = match._answer()
    return PacketAnswer(
        text=str(match),
        families=named_families(found.families),
        claims=claim_of_families(claims(match.name, match.flavor)).families,
        candidates=frozenset(found.families),
        basis=found.basis,
        signature=seen._batch._cells.signature[seen._row],
        rule=f"{match.signature}  {Path(match.file).name}:{match.line}",
    )


def shown(seen: Handshake) -> PacketValues:
    """The values of a view."""
    of = seen.signature
    return PacketValues(*(getattr(of, name) for name in PacketValues._fields))


class WholeHosts:
    """All packets of a capture, as far as they show its hosts."""

    def __init__(self, signals: Collection[str]) -> None:
        self._inventory = Inventory(None, sources=signals)
        self._numbers: dict[str, set[int]] = defaultdict(set)

    def add(self, batch: Batch) -> None:
        """Take a batch."""
        self._inventory.add(batch)
        for result in batch.results():
            for seen in (result.syn, result.syn_ack):
                if seen is not None and seen.match is not None:
                    self._numbers[seen.source.ip].add(seen._batch._cells.signature[seen._row])

    def answered(self, own: Iterable[Answered]) -> list[Answered]:
        """The same packets with the answers about their hosts; a tool's stays as it is."""
        self._inventory.conclude()
        return [self._with_verdict(one, self._inventory.find(one.packet.ip)) for one in own]

    def _with_verdict(self, one: Answered, host: HostRecord | None) -> Answered:
        if one.answer is None or host is None or host.family is None:
            return one
        if ip_address(one.packet.ip).is_loopback:
            return one
        named, of = tuple(claim.family for claim in host.claims), host.basis
        answer = replace(
            one.answer,
            text=label_text(host.family, host.flavor or ""),
            families=named,
            claims=tuple(map(_claim, host.claims)),
            candidates=one.answer.candidates | set(named),
            basis=Basis(MANNERS[of.manner], of.families, WEIGHTS[of.weight], of.names) if of else None,
            agreement=host.agreement,
            others=frozenset(self._numbers[one.packet.ip]),
        )
        return replace(one, answer=answer)


def _claim(of: hosts.HostClaim) -> Claim:
    return Claim(of.family, tuple(map(Versions, of.versions[::2], of.versions[1::2])))


Event = tuple[PacketAnswer, "PacketValues", Connection, int]


def _events(
    analyzer: Analyzer, path: Path, frames: set[int], whole: WholeHosts | None, on_error: OnError
) -> dict[tuple[int, str, str], Event]:
    """SYNs and SYN+ACKs of the wanted packets, by packet number, direction and sender.

    Their values are read at once: a view keeps the whole batch that it is of.
    """
    found: dict[tuple[int, str, str], Event] = {}
    for batch in analyzer.batches(path, on_error=on_error):
        if whole is not None:
            whole.add(batch)
        for result in batch.results():
            if result.packet_number not in frames:
                continue
            for direction, part in (("request", result.syn), ("response", result.syn_ack)):
                if part is not None:
                    event = name_of(part), shown(part), _connection(direction, part), result.time_ns
                    found[result.packet_number, direction, part.source.ip] = event
    return found


def _connection(direction: str, seen: Handshake) -> Connection:
    source, destination = seen.source, seen.destination
    client, server = (source, destination) if direction == "request" else (destination, source)
    return direction, f"{client.ip}/{client.port}", f"{server.ip}/{server.port}"


def _answered(packet: LabelledPacket, events: dict[tuple[int, str, str], Event]) -> Answered:
    event = events.get((packet.frame, packet.direction, packet.ip))
    return Answered(packet, None) if event is None else Answered(packet, *event)
