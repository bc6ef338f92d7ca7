"""One verdict a host, from all its packets together. The core makes it (``csrc/hosts/verdict.c``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from huginn_cffi.answers import Basis
from huginn_cffi.pickled import by_names
from huginn_cffi.results import AnalysisResult
from sigcompiler.claims.confidence import MANNERS
from sigcompiler.claims.flavors import Claim, label_text
from sigcompiler.claims.sources import WEIGHTS
from sigcompiler.claims.versions import Versions

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

Relation = Literal["agrees", "narrows", "contradicts", "not_compared"]


@by_names
@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says of a host."""

    source: str
    """``syn syn_ack client_hello user_agent client_hint server_header tls_connection http_connection``, or,
    without packets, ``port_range clock middlebox loopback``."""
    name: str
    """The name that it gives, or the reason in words."""
    packets: int | None
    first_seen: int | None
    """In ns since 1970."""
    last_seen: int | None
    relation: Relation
    """To the verdict. What only narrows it agrees with it, too."""

    def __str__(self) -> str:
        """``syn: Linux 4.19-6.15 (3 packets)``."""
        if self.packets is None:
            return self.name
        return f"{self.source}: {self.name} ({self.packets} packet{'' if self.packets == 1 else 's'})"


@by_names
@dataclass(frozen=True, slots=True)
class HostVerdict:
    """The verdict of all packets of a host. `str()` is one line."""

    ip: str
    """Its address."""
    family: str
    """One family, or two with "or" between that cannot be told apart; "unknown" for more or none."""
    flavor: str
    """Versions, as in a label; may be empty."""
    candidates: tuple[str, ...]
    """The labels that named its handshakes, those of most packets first."""
    confidence: float
    """0.0 to 1.0: of the strongest witness; less where the packets disagree, 0.0 for "unknown"."""
    evidence: tuple[Evidence, ...]
    """Why."""
    tools: tuple[str, ...]
    """Scanners and packet makers that ran on it; they say nothing about its system."""
    syns: int
    """SYNs that its own stack sent."""
    syn_acks: int
    """SYN+ACKs that it sent."""
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    """Families and versions, for programs."""
    version_confidence: float | None = field(default=None, repr=False)
    """How sure the versions are; None where none are named, or it is not measured."""
    basis: Basis | None = field(default=None, repr=False, compare=False)
    """What the confidence depends on; None for "unknown"."""
    agreement: float = field(default=1.0, repr=False)
    """The part of the packets that allow the verdict."""

    def __str__(self) -> str:
        """``192.0.2.1: Linux 4.19-6.15 (0.99)``."""
        name = label_text(self.family, self.flavor)
        return f"{self.ip}: {name} ({self.confidence:.2f})" if self.confidence else f"{self.ip}: {name}"


def verdict_of(values: Mapping[str, Any]) -> HostVerdict:
    """The verdict in a record as the core writes it."""
    return HostVerdict(
        ip=values["ip"],
        family=values["family"],
        flavor=values["flavor"],
        candidates=tuple(values["candidates"]),
        confidence=values["exact_confidence"],
        evidence=tuple(Evidence(**one) for one in values["evidence"]),
        tools=tuple(values["tools"]),
        syns=values["syns"],
        syn_acks=values["syn_acks"],
        claims=tuple(_claim(*one) for one in values["claims"]),
        version_confidence=values["exact_version_confidence"],
        basis=None if values["basis"] is None else _basis(*values["basis"]),
        agreement=values["agreement"],
    )


def _claim(family: str, *ends: int) -> Claim:
    return Claim(family, tuple(map(Versions, ends[::2], ends[1::2])))


def _basis(manner: int, weight: int, families: int, counts_families: bool, *names: str) -> Basis:
    return Basis(MANNERS[manner], families, WEIGHTS[weight], names if counts_families else ())


def host_verdicts(results: Iterable[AnalysisResult]) -> list[HostVerdict]:
    """One verdict a host of whatever `Analyzer.analyze_…` gives, in the order of appearance."""
    from huginn_cffi.hosts.inventory import Inventory

    inventory = Inventory(None)
    for batch in _batches(results):
        inventory.add(batch)
    inventory.conclude()
    return [one.verdict for one in inventory]


def _batches(results: Iterable[AnalysisResult]) -> Iterator[Batch]:
    """The rows of results as batches of their own."""
    from huginn_cffi.batch.moving import TEXT_CELLS, cells_of, fill, joined

    places = ((part._batch, part._row) for result in results for part in result.parts)
    for batch, rows in groupby(places, key=lambda place: place[0]):
        cells = joined(cells_of(batch, row, row + 1) for _, row in rows)
        count, texts = len(cells["event"]), len(cells[TEXT_CELLS])
        found = type(batch)(max(count, 1), batch.database, batch.capture, batch.packets_before, texts)
        fill(found, cells)
        yield found
