"""Judged hosts, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from huginn_cffi.applications.evaluation.judging import JudgedHost
from huginn_cffi.applications.evaluation.truths import version_words
from sigcompiler.claims.flavors import family_text


@dataclass(frozen=True, slots=True)
class HostCounts:
    """Counts of hosts; `versioned` are those whose label has a version."""

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
        """A count in percent of the hosts that it can apply to; None when there are none."""
        of = self.versioned if name.startswith("generation_") else self.hosts
        return 100 * int(getattr(self, name)) / of if of else None


def tally(hosts: Iterable[JudgedHost]) -> HostCounts:
    """Count hosts by verdict."""
    judgements = [host.judgement for host in hosts]
    family = Counter(one.family for one in judgements)
    generation = Counter(one.generation for one in judgements)
    return HostCounts(
        hosts=len(judgements),
        right=family["right"],
        near=family["near"],
        wrong=family["wrong"],
        unknown=family["unknown"],
        versioned=len(judgements) - generation["unlabelled"],
        generation_right=generation["right"],
        generation_contradicted=generation["contradicted"],
        generation_unnamed=generation["unnamed"],
        among=sum(one.among for one in judgements),
    )


def by(hosts: Iterable[JudgedHost], key: Callable[[JudgedHost], str]) -> dict[str, HostCounts]:
    """Counts of groups, in the order of their names; hosts with an empty key are left out."""
    groups: dict[str, list[JudgedHost]] = defaultdict(list)
    for host in hosts:
        groups[key(host)].append(host)
    return {name: tally(groups[name]) for name in sorted(groups) if name}


def label_family(host: JudgedHost) -> str:
    """The family of the label."""
    return host.packet.family


def label_generation(host: JudgedHost) -> str:
    """Family and version of the label, in the words of flavors; empty without a version."""
    words = version_words(host.packet.family, host.packet.version)
    return f"{host.packet.family} {words}" if words else ""


def label_year(host: JudgedHost) -> str:
    """When the capture was made."""
    return host.packet.year


def answer_signature(host: JudgedHost) -> str:
    """The signature that named the host, and the name."""
    return f"{host.answer.rule}  {host.answer.text}" if host.answer.rule else ""


def confusion(hosts: Iterable[JudgedHost]) -> dict[str, dict[str, int]]:
    """How often hosts of a labelled family got which family as an answer."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for host in hosts:
        counts[host.packet.family][family_text(host.answer.families)] += 1
    return {family: dict(counts[family].most_common()) for family in sorted(counts)}
