"""Judges an answer against a label as right, near, wrong or unknown, with one grade per host."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from huginn_workbench.core import contradiction
from huginn_workbench.evaluation.answers import Answered, PacketAnswer
from huginn_workbench.evaluation.labels import LabelledPacket, Truth, accepts, truth
from huginn_workbench.wording import family_text

Grade = Literal["right", "near", "wrong", "unknown"]
Generation = Literal["right", "contradicted", "unnamed", "unlabelled"]
"""The last value means that the label has no version."""

_BADNESS = {"right": 0, "near": 1, "unknown": 2, "unnamed": 2, "unlabelled": 2, "wrong": 3, "contradicted": 3}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The comparison of an answer with the label of its packet."""

    family: Grade
    generation: Generation
    among: bool
    """Whether a right family is among the candidates."""


@dataclass(frozen=True, slots=True)
class JudgedHost:
    """A host in one capture and direction, represented by one of its labelled packets."""

    packet: LabelledPacket
    answer: PacketAnswer
    judgement: Judgement
    answered: Answered
    packets: int
    """Number of the host's labelled packets with an event."""


def judge(packet: LabelledPacket, answer: PacketAnswer) -> Judgement:
    """Compare an answer with the label of its packet.

    The family is right if the answer names it, and near if a named family shares its network stack
    (iOS and macOS, Android and Linux). The generation is right if a named version could be the
    label's version, and contradicted if none could.
    """
    known = truth(packet.family, packet.version)
    right = [name for name in answer.families if accepts(packet.family, known.families, name)]
    among = any(accepts(packet.family, known.families, name) for name in answer.candidates)
    family: Grade = "near" if any(map(known.is_near, answer.families)) else "wrong"
    if right or not answer.families:
        family = "right" if right else "unknown"
    return Judgement(family, _generation(answer, known, family, right), among)


def judge_hosts(answered: Iterable[Answered]) -> tuple[list[JudgedHost], list[LabelledPacket]]:
    """One grade per host: the most frequent one of its packets, on a tie the worse one.

    The second list has one packet of each host without any event; these hosts are not judged.
    """
    by_host: dict[tuple[str, str, str], list[Answered]] = defaultdict(list)
    for one in answered:
        by_host[one.packet.host].append(one)
    found = [(_judged_host(packets), packets[0].packet) for packets in by_host.values()]
    return [host for host, _ in found if host], [packet for host, packet in found if host is None]


def _judged_host(packets: list[Answered]) -> JudgedHost | None:
    judged = [(judge(one.packet, one.answer), one, one.answer) for one in packets if one.answer is not None]
    if not judged:
        return None
    counted = Counter(judgement for judgement, _, _ in judged)
    chosen = max(counted, key=lambda one: (counted[one], _BADNESS[one.family], _BADNESS[one.generation]))
    one, answer = next((one, answer) for judgement, one, answer in judged if judgement == chosen)
    return JudgedHost(one.packet, answer, chosen, one, len(judged))


def _generation(answer: PacketAnswer, known: Truth, family: Grade, right: list[str]) -> Generation:
    if not known.versions:
        return "unlabelled"
    if family == "wrong":
        return "contradicted"
    named = [claim for claim in answer.claims if claim.family in right and claim.versions]
    if not named:
        return "unnamed"
    agree = any(contradiction((one,), (one._replace(versions=known.versions),)) is None for one in named)
    return "right" if agree else "contradicted"


@dataclass(frozen=True, slots=True)
class HostCounts:
    """Counts of hosts; `versioned` counts hosts whose label has a version."""

    hosts: int
    right: int
    near: int
    wrong: int
    unknown: int
    versioned: int
    generation_right: int
    generation_contradicted: int
    generation_unnamed: int
    among: int
    """Hosts whose true family is among the candidates."""

    def share(self, name: str) -> float | None:
        """A count in percent of the hosts that it can apply to; None without such hosts."""
        of = self.versioned if name.startswith("generation_") else self.hosts
        return 100 * int(getattr(self, name)) / of if of else None


def tally(hosts: Iterable[JudgedHost]) -> HostCounts:
    """Count hosts by grade."""
    judgements = [host.judgement for host in hosts]
    family = Counter(one.family for one in judgements)
    generation = Counter(one.generation for one in judgements)
    return HostCounts(
        hosts=len(judgements),
        versioned=len(judgements) - generation["unlabelled"],
        among=sum(one.among for one in judgements),
        **{grade: family[grade] for grade in ("right", "near", "wrong", "unknown")},
        **{f"generation_{one}": generation[one] for one in ("right", "contradicted", "unnamed")},
    )


def by(hosts: Iterable[JudgedHost], key: Callable[[JudgedHost], str]) -> dict[str, HostCounts]:
    """Counts by group, sorted by name; hosts with an empty key are left out."""
    groups: dict[str, list[JudgedHost]] = defaultdict(list)
    for host in hosts:
        groups[key(host)].append(host)
    return {name: tally(groups[name]) for name in sorted(groups) if name}


def confusion(hosts: Iterable[JudgedHost]) -> dict[str, dict[str, int]]:
    """The number of hosts, by labelled family and by the family of the answer."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for host in hosts:
        counts[host.packet.family][family_text(host.answer.families)] += 1
    return {family: dict(counts[family].most_common()) for family in sorted(counts)}
