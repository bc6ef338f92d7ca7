"""One verdict a host, from all its handshake packets together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from huginn_cffi._native import lib
from huginn_cffi.answers import Basis, agreement
from huginn_cffi.hosts.fronts import Answer, answer_of, fronts
from huginn_cffi.hosts.signals import MOST_RATES, SIGNALS, Habits
from huginn_cffi.inventory import MAX_INVENTORY
from huginn_cffi.pickled import by_names
from huginn_cffi.results import AnalysisResult, SynAckObservation, SynObservation, UptimeObservation
from huginn_cffi.results.os_match import OsMatch
from sigcompiler.claims.flavors import UNKNOWN, Claim, claims, family_text, label_text, named_families
from sigcompiler.claims.labels import LabelClaim, claim_of_families
from sigcompiler.claims.versions import Ranges, common, versions_text

Handshake = SynObservation | SynAckObservation

AGREEMENTS = frozenset((lib.HG_AGREE, lib.HG_NARROW))

MOST_READINGS = 64
"""Labels of a host that are told apart; an address behind which more systems speak says nothing."""


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
    """The labels that named its packets, those of most packets first."""
    confidence: float
    """0.0 to 1.0: of the strongest witness; less where the packets disagree, 0.0 for "unknown"."""
    evidence: tuple[str, ...]
    """Why, in words."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What named packets, the same for all hosts."""

    label: str
    weak: bool
    """Its versions count only where nothing else names any."""
    families: tuple[str, ...]
    claims: tuple[Claim, ...]
    confidence: float
    version_share: float | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Reading:
    """One label that named packets of a host, and how many."""

    of: Label
    packets: int

    def ranges(self, family: str) -> Ranges:
        """The versions it names of a family; none when it says nothing."""
        return next((claim.versions for claim in self.of.claims if claim.family == family), ())


class Seen:
    """What is known of a host, in few bytes: there may be millions."""

    __slots__ = ("answer", "counts", "labels", "lowest_port", "rates", "syn_acks", "syns", "tools")

    def __init__(self) -> None:
        self.labels: tuple[Label, ...] = ()
        self.counts: tuple[int, ...] = ()
        """Packets of each label."""
        self.tools: tuple[str, ...] = ()
        self.rates: tuple[float, ...] = ()
        self.lowest_port = 65535
        self.syns = self.syn_acks = 0
        self.answer: Answer | None = None
        """The first one, where a system of its own could have given it."""

    def named(self, label: Label, packets: int = 1) -> bool:
        """Count packets that this label named. False where the host has too many of them."""
        if label in self.labels:
            at = self.labels.index(label)
            self.counts = (*self.counts[:at], self.counts[at] + packets, *self.counts[at + 1 :])
        elif len(self.labels) < MOST_READINGS:
            self.labels, self.counts = (*self.labels, label), (*self.counts, packets)
        else:
            return False
        return True

    def absorb(self, later: Seen, labels: dict[Label, Label]) -> int:
        """Count what was seen of the same host later. Returns how many packets found no room."""
        left_out = 0
        for label, count in zip(later.labels, later.counts, strict=True):
            left_out += 0 if self.named(labels[label], count) else count
        self.tools += tuple(tool for tool in later.tools if tool not in self.tools)
        self.rates = (*self.rates, *later.rates)[:MOST_RATES]
        self.lowest_port = min(self.lowest_port, later.lowest_port)
        self.answer = self.answer or later.answer
        self.syns += later.syns
        self.syn_acks += later.syn_acks
        return left_out

    def habits(self) -> Habits:
        """What was seen beside its signatures."""
        return Habits(self.lowest_port, self.syns, list(self.rates))


class HostObserver:
    """Collects results and says what their hosts are. Memory grows with hosts, not with packets.

    The first `max_inventory` hosts are told apart. Packets of others are left out, and counted.
    """

    def __init__(
        self, signals: Iterable[str] = tuple(SIGNALS), *, max_inventory: int = MAX_INVENTORY
    ) -> None:
        unknown = set(signals) - set(SIGNALS)
        if unknown:
            raise ValueError(f"no signal {', '.join(sorted(unknown))}; there are {', '.join(SIGNALS)}")
        self.left_out = 0
        """Packets that are in no verdict, because their hosts (or what names them) were too many."""
        self._signals = [signal for name, signal in SIGNALS.items() if name in signals]
        self._max_inventory = max_inventory
        self._hosts: dict[str, Seen] = {}
        self._labels: dict[tuple[str, bool], Label] = {}

    def add(self, result: AnalysisResult) -> None:
        """Take what one packet showed."""
        taken = True
        if result.syn is not None:
            taken = self._handshake(result.syn, syn=True)
        if result.syn_ack is not None:
            taken = self._handshake(result.syn_ack, syn=False)
        for part in (result.client_uptime, result.server_uptime):
            if part is not None:
                taken = self._uptime(part) and taken
        self.left_out += not taken

    def absorb(self, later: HostObserver) -> None:
        """Take what another observer, with the same signals, saw of the packets that follow."""
        labels = {label: self._labels.setdefault(key, label) for key, label in later._labels.items()}
        for ip, seen in later._hosts.items():
            host = self._host(ip)
            if host is None:
                self.left_out += sum(seen.counts)
            else:
                self.left_out += host.absorb(seen, labels)
        self.left_out += later.left_out

    def __iter__(self) -> Iterator[HostVerdict]:
        """One verdict a host, in the order in which they were first seen; each is made when asked for."""
        found = fronts((ip, host.answer) for ip, host in self._hosts.items() if host.answer and not host.syns)
        for ip, host in self._hosts.items():
            one = self.verdict(ip, host)
            behind = found.get(host.answer) if host.answer and not host.syns else None
            yield one if behind is None else hidden(one, *behind)

    def __len__(self) -> int:
        """The number of hosts."""
        return len(self._hosts)

    def verdicts(self) -> list[HostVerdict]:
        """The same as a list."""
        return list(self)

    def _host(self, ip: str) -> Seen | None:
        host = self._hosts.get(ip)
        if host is None and len(self._hosts) < self._max_inventory:
            host = self._hosts[ip] = Seen()
        return host

    def _handshake(self, seen: Handshake, *, syn: bool) -> bool:
        host = self._host(seen.source.ip)
        if host is None:
            return False
        match, taken = seen.match, True
        if match is not None and match.userland:
            if str(match) not in host.tools:
                host.tools = (*host.tools, str(match))
        elif match is not None:
            taken = host.named(self.label(match))
        if not syn:
            host.syn_acks += 1
            if host.answer is None and match is not None and match._signature.label.os_class != "other":
                host.answer = answer_of(str(seen.signature), seen.distance)
        elif match is None or not match.userland:
            host.syns += 1
            host.lowest_port = min(host.lowest_port, seen.source.port)
        return taken

    def _uptime(self, part: UptimeObservation) -> bool:
        host = self._host(part.source.ip)
        if host is not None and part.reliable and len(host.rates) < MOST_RATES:
            host.rates = (*host.rates, part.observed.raw_frequency_hz)
        return host is not None

    def label(self, match: OsMatch) -> Label:
        """What this match says, once for all packets that say it."""
        weak = match.fuzzy or match._signature.last_resort
        key = (str(match), weak)
        label = self._labels.get(key)
        if label is None:
            found = match._answer()
            label = self._labels[key] = Label(
                label=str(match),
                weak=weak,
                families=named_families(found.families),
                claims=claims(match.name, match.flavor),
                confidence=found.confidence,
                version_share=found.version_share,
                basis=found.basis,
            )
        return label

    def verdict(self, ip: str, host: Seen) -> HostVerdict:
        """What these packets say of the host with this address."""
        readings = [_Reading(*pair) for pair in zip(host.labels, host.counts, strict=True)]
        readings.sort(key=lambda one: -one.packets)
        alone = is_loopback(ip)
        families, agreeing = _families(readings[:1] if alone else readings)
        found, reasons = self._versions(host, families, agreeing, alone)
        if len(agreeing) < len(readings):
            others = ", ".join(one.of.label for one in readings if one not in agreeing)
            reasons.append(f"other packets from this address say: {others}")
        best = max(agreeing, key=lambda one: one.of.confidence, default=None)
        part, flavor = _agreement(readings, agreeing), _flavor(found)
        share = best.of.version_share if best and flavor else None
        return HostVerdict(
            ip=ip,
            family=family_text(families) if families else UNKNOWN,
            flavor=flavor,
            candidates=tuple(one.of.label for one in readings),
            confidence=best.of.confidence * part if best else 0.0,
            version_confidence=None if share is None else share * part,
            evidence=(*_witnesses(agreeing), *reasons),
            tools=host.tools,
            syns=host.syns,
            syn_acks=host.syn_acks,
            claims=found,
            basis=best.of.basis if best else None,
            agreement=part,
        )

    def _versions(
        self, host: Seen, families: tuple[str, ...], agreeing: list[_Reading], alone: bool
    ) -> tuple[tuple[Claim, ...], list[str]]:
        """The versions of each family that all readings leave, narrowed by the signals.

        Weak readings have a say only where there are no others. `alone`: nothing is combined.
        """
        found, reasons, habits = [], [], host.habits()
        signals = [] if alone else self._signals
        firm = [one for one in agreeing if not one.of.weak] or agreeing
        if alone:
            reasons.append("a loopback address, which every machine has: its packets are not combined")
        for family in families:
            left = _common_ranges([one.ranges(family) for one in firm])
            for signal in signals:
                finding = signal(habits, family, left)
                if finding is not None:
                    left = finding.versions
                    reasons.append(finding.reason)
            found.append(Claim(family, left))
        return tuple(found), reasons


def host_verdicts(results: Iterable[AnalysisResult]) -> list[HostVerdict]:
    """One verdict a host of whatever `Analyzer.analyze_…` gives, in the order of appearance."""
    observer = HostObserver()
    for result in results:
        observer.add(result)
    return observer.verdicts()


def _families(readings: list[_Reading]) -> tuple[tuple[str, ...], list[_Reading]]:
    """The families that most evidence names, and the readings that allow them.

    Each label counts once, by its confidence: many packets of one kind are one witness.
    """
    weights: dict[str, float] = {}
    for one in readings:
        for family in one.of.families:
            weights[family] = weights.get(family, 0.0) + one.of.confidence
    if not weights:
        return (), []
    most = max(weights.values())
    families = named_families(tuple(family for family, weight in weights.items() if weight == most))
    chosen = _claim(families)
    return families, [one for one in readings if agreement(_claim(one.of.families), chosen) in AGREEMENTS]


@lru_cache(maxsize=1024)
def _claim(families: tuple[str, ...]) -> LabelClaim:
    return claim_of_families(tuple(Claim(family, ()) for family in families))


def _common_ranges(ranges: list[Ranges]) -> Ranges:
    """What all have in common; where two exclude each other, what the first, of most packets, says."""
    left: Ranges = ()
    for one in ranges:
        left = common(left, one) or left
    return left


def hidden(one: HostVerdict, addresses: int, networks: int) -> HostVerdict:
    """The verdict about a host in whose place a middlebox answers."""
    reason = (
        f"{addresses} addresses of {networks} large networks answer alike at one distance: a middlebox does"
    )
    evidence = (*one.evidence, reason)
    return replace(
        one,
        family=UNKNOWN,
        flavor="",
        confidence=0.0,
        evidence=evidence,
        claims=(),
        version_confidence=None,
        basis=None,
    )


def is_loopback(ip: str) -> bool:
    """Whether every machine has this address: of its readings the one of most packets stands alone."""
    return ip == "::1" or ip.startswith("127.")


def _agreement(readings: list[_Reading], agreeing: list[_Reading]) -> float:
    """The part of the packets whose readings allow the verdict."""
    everything = sum(one.packets for one in readings)
    return sum(one.packets for one in agreeing) / everything if everything else 0.0


def _witnesses(agreeing: list[_Reading]) -> list[str]:
    return [f"{one.of.label}: {one.packets} packet{'s' if one.packets != 1 else ''}" for one in agreeing]


def _flavor(found: tuple[Claim, ...]) -> str:
    """Versions as in a label: with the names of the families where there are two."""
    texts = [(claim.family, versions_text(claim.family, claim.versions)) for claim in found]
    if len(texts) == 1:
        return texts[0][1]
    return " / ".join(f"{family} {text}" for family, text in texts) if all(text for _, text in texts) else ""
