"""The answers of this package and of p0f about labelled packets."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from ipaddress import ip_address
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from huginn_cffi import AnalysisResult, Analyzer, Batch, Database, SynAckObservation, SynObservation
from huginn_cffi.run.answers import Basis
from huginn_workbench.arguments import Direction, OnError
from huginn_workbench.core import Matcher, inventory_of
from huginn_workbench.evaluation.labels import LabelError, LabelledPacket
from huginn_workbench.evaluation.tool_names import family_and_version
from huginn_workbench.wording import named
from sigcompiler.claims.confidence import MANNERS, Manner
from sigcompiler.claims.flavors import Claim, claims, label_text, named_families
from sigcompiler.claims.labels import claim_of_families
from sigcompiler.claims.sources import WEIGHTS
from sigcompiler.claims.versions import Versions

Handshake = SynObservation | SynAckObservation


Signals = Collection[str] | None
"""Some of `NARROWING` (sigcompiler.schema.hosts), which count too; None: single packets only."""

SignaturePlace = tuple[str, int]
"""File and line."""

Connection = tuple[str, str, str]
"""Direction, client and server in p0f's notation: ``10.0.0.1/1234``."""


@dataclass(frozen=True, slots=True)
class PacketAnswer:
    """A name for a packet. Without a match it has no families, no claims and no basis."""

    text: str
    """Name and flavor, as printed."""
    families: tuple[str, ...] = ()
    """At most two; empty means unknown."""
    claims: tuple[Claim, ...] = ()
    candidates: frozenset[str] = frozenset()
    """All families that fit equally well, including the answer's families."""
    basis: Basis | None = None
    agreement: float = 1.0
    """The share of the host's packets that agree with the answer."""
    signature: SignaturePlace | None = None
    rule: str = ""
    """The signature's text and place."""
    others: frozenset[SignaturePlace] = frozenset()
    """The signatures of the host's other packets, if these contributed."""

    @property
    def signatures(self) -> frozenset[SignaturePlace]:
        """All signatures that contributed to the answer."""
        return frozenset() if self.signature is None else self.others | {self.signature}


UNNAMED = PacketAnswer("???")


class PacketValues(NamedTuple):
    """The observed values of a handshake packet, as in `SynObservation`."""

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
    """A labelled packet, its name and its observed values; without an event only the packet is set."""

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

    Missing and damaged captures are reported to `on_error`; packets before the damage count. With
    `signals` the answer about a packet is the answer about its host, from all packets of the capture.
    `traffic` has the arguments of `Analyzer` that select packets.
    """
    by_file: dict[str, list[LabelledPacket]] = defaultdict(list)
    for packet in packets:
        by_file[packet.file].append(packet)
    analyzer = Analyzer(database, uptime=signals is not None, **(traffic or {}))
    found: list[Answered] = []
    for file, wanted in by_file.items():
        whole = None if signals is None else _WholeHosts(signals)
        frames = {packet.frame for packet in wanted}
        events = _events(analyzer, folder / file, frames, whole, on_error)
        own = [Answered(one, *events.get((one.frame, one.direction, one.ip), _NO_EVENT)) for one in wanted]
        found.extend(own if whole is None else whole.answered(own))
    return found


def handshakes(result: AnalysisResult) -> Iterator[tuple[Direction, Handshake]]:
    """The SYN or SYN+ACK of a packet, with its direction."""
    if result.syn is not None:
        yield "request", result.syn
    if result.syn_ack is not None:
        yield "response", result.syn_ack


def name_of(seen: Handshake) -> PacketAnswer:
    """The answer about a handshake packet in a result."""
    match = seen.match
    if match is None:
        return UNNAMED
    found = Matcher.answer(match)
    return PacketAnswer(
        text=str(match),
        families=named_families(found.families),
        claims=claim_of_families(claims(match.name, match.flavor)).families,
        candidates=frozenset(found.families),
        basis=found.basis,
        signature=(match.file, match.line),
        rule=f"{match.signature}  {Path(match.file).name}:{match.line}",
    )


def shown(seen: Handshake) -> PacketValues:
    """The values of a handshake packet in a result."""
    return PacketValues(*attrgetter(*PacketValues._fields)(seen.signature))


class _WholeHosts:
    """Names the hosts of a capture by all their packets."""

    def __init__(self, signals: Collection[str]) -> None:
        self._inventory = inventory_of(signals)
        self._signatures: dict[str, set[SignaturePlace]] = defaultdict(set)

    def add(self, batch: Batch) -> None:
        self._inventory.add(batch)
        for result in batch.results():
            for _, seen in handshakes(result):
                if seen.match is not None:
                    self._signatures[seen.source.ip].add((seen.match.file, seen.match.line))

    def answered(self, own: Iterable[Answered]) -> list[Answered]:
        """The packets with answers about their hosts; unchanged if a host is loopback or has no family."""
        self._inventory.conclude()
        return [*map(self._with_conclusion, own)]

    def _with_conclusion(self, one: Answered) -> Answered:
        host = self._inventory.find(one.packet.ip)
        if one.answer is None or host is None or host.family is None:
            return one
        if ip_address(one.packet.ip).is_loopback:
            return one
        named, of = tuple(claim.family for claim in host.claims), host.basis
        answer = replace(
            one.answer,
            text=label_text(host.family, host.flavor or ""),
            families=named,
            claims=tuple(
                Claim(one.family, tuple(map(Versions, one.versions[::2], one.versions[1::2])))
                for one in host.claims
            ),
            candidates=one.answer.candidates | set(named),
            basis=Basis(MANNERS[of.manner], of.families, WEIGHTS[of.weight], of.names) if of else None,
            agreement=host.agreement,
            others=frozenset(self._signatures[one.packet.ip]),
        )
        return replace(one, answer=answer)


_Event = tuple[PacketAnswer | None, PacketValues | None, Connection | None, int]
_NO_EVENT: _Event = (None, None, None, 0)


def _events(
    analyzer: Analyzer, path: Path, frames: set[int], whole: _WholeHosts | None, on_error: OnError
) -> dict[tuple[int, str, str], _Event]:
    """SYNs and SYN+ACKs among the wanted packets, by packet number, direction and sender.

    Their values are copied at once, because a view would keep its whole batch in memory.
    """
    found: dict[tuple[int, str, str], _Event] = {}
    for batch in analyzer.batches(path, on_error=on_error):
        if whole is not None:
            whole.add(batch)
        for result in batch.results():
            if result.packet_number not in frames:
                continue
            for direction, part in handshakes(result):
                event = name_of(part), shown(part), _connection(direction, part), result.time_ns
                found[result.packet_number, direction, part.source.ip] = event
    return found


def _connection(direction: str, seen: Handshake) -> Connection:
    source, destination = seen.source, seen.destination
    client, server = (source, destination) if direction == "request" else (destination, source)
    return direction, f"{client.ip}/{client.port}", f"{server.ip}/{server.port}"


_DIRECTIONS = {"syn": "request", "syn+ack": "response"}

_Answer = tuple[int, PacketAnswer]
"""An answer, with the packet's time in seconds."""


def oracle_answers(folder: Path, packets: Iterable[Answered]) -> list[Answered]:
    """The packets with p0f's answers. A packet for which p0f printed nothing counts as unknown.

    `folder` has files ``CAPTURE.jsonl``, one JSON object per line with the fields of p0f's log: ``ts``
    (RFC 3339, seconds), ``mod`` ("syn", "syn+ack", others are ignored), ``cli`` and ``srv``
    ("address/port"), ``os`` or ``app``, ``params``.
    """
    found: list[Answered] = []
    for file, wanted in groupby(packets, key=lambda one: one.packet.file):
        rows = _oracle_rows(folder / f"{file}.jsonl")
        found.extend(_oracle_answer(one, rows) for one in wanted)
    return found


def p0f_answer(text: str, params: str) -> PacketAnswer:
    """Parse an answer of p0f: ``Linux 2.2.x-3.x`` with the params ``generic fuzzy``."""
    if text == UNNAMED.text:
        return UNNAMED
    name, flavor = family_and_version("p0f", text)
    found = claims(name, flavor)
    marks = params.split()
    manner: Manner = "fuzzy" if "fuzzy" in marks else "generic" if "generic" in marks else "specific"
    return PacketAnswer(text, (name,), found, frozenset((name,)), Basis(manner, 1, "unstated"))


def _oracle_answer(one: Answered, rows: Mapping[Connection, list[_Answer]]) -> Answered:
    if one.connection is None:
        return one
    direction, client, server = one.connection
    found = rows.get((direction, _end(client), _end(server)), [])
    second = one.time_ns // 10**9
    _, answer = min(found, key=lambda row: abs(row[0] - second), default=(0, UNNAMED))
    return replace(one, answer=answer)


def _oracle_rows(path: Path) -> dict[Connection, list[_Answer]]:
    """The rows of a file by connection; empty if the file is missing."""
    found: dict[Connection, list[_Answer]] = defaultdict(list)
    if not path.is_file():
        return found
    try:
        # Not splitlines(): it would also break lines at other characters that JSON may contain.
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise LabelError(f"{named(str(path))}: {reason}") from None
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            row = json.loads(line)
            direction = _DIRECTIONS.get(row["mod"])
            if direction is not None:
                text = row.get("os") or row.get("app") or UNNAMED.text
                key = (direction, _end(row["cli"]), _end(row["srv"]))
                moment = datetime.fromisoformat(row["ts"].removesuffix("Z")).replace(tzinfo=timezone.utc)
                found[key].append((int(moment.timestamp()), p0f_answer(text, row["params"])))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            place = f"{named(str(path))}:{number}"
            raise LabelError(f"{place}: is not a row of p0f's answers: {repr(error)[:100]}") from None
    return found


def _end(text: str) -> str:
    """The short form of an IPv6 address; p0f writes every group."""
    address, _, port = text.rpartition("/")
    return f"{ip_address(address)}/{port}"
