"""Confidence: measured on labelled hosts, and checked against them.

The share of right families among hosts named in one way (see `confidence.Basis`) is drawn
towards that of its manner, as if `PRIOR` hosts more had been seen, and the rate of a manner
towards one half by two hosts. A weak witness draws lower, and never claims more than a strong one.
So a group of three hosts claims little: most of its systems were never among the labelled ones.
Versions are counted in the same way, among hosts whose label has a version and whose answer names one.

A family that fewer than ten labelled hosts have borne out, N of them, claims (N + 1) / (N + 2) of that.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from huginn_cffi.labels.confidence import WITNESSES, Basis, Manner, Witness, bounded
from huginn_cffi.labels.confidence import confidence as confidence_of
from huginn_cffi.labels.confidence import version_confidence as version_confidence_of
from huginn_cffi.labels.families import MAX_FAMILIES
from huginn_cffi.tools.evaluation.judging import JudgedHost

PRIOR = 10
WEIGHT: dict[Witness, float] = {"high": 1.0, "medium": 0.9, "low": 0.8, "unstated": 0.9}
"""What a witness makes of the rate of its manner before any host is seen."""

STRONGER: dict[Witness, Witness] = {"high": "high", "medium": "high", "low": "medium", "unstated": "high"}
"""The witness that another one never claims more than."""

DIGITS = 3
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Where the groups of the calibration curve begin and end."""

Confidence = Callable[[JudgedHost], float]
Right = Callable[[JudgedHost], bool]


def right_family(host: JudgedHost) -> bool:
    """Whether the family is right."""
    return host.judgement.family == "right"


def right_version(host: JudgedHost) -> bool:
    """Whether a version is right."""
    return host.judgement.generation == "right"


@dataclass(frozen=True, slots=True)
class Point:
    """Hosts whose confidence lies from `low` on and below `high`; shares from 0 to 1."""

    low: float
    high: float
    hosts: int
    confidence: float
    right: float


def answered_hosts(hosts: Iterable[JudgedHost]) -> list[JudgedHost]:
    """Hosts that got an answer at all: others have no confidence to be wrong about."""
    return [host for host in hosts if host.answer.families]


def versioned_hosts(hosts: Iterable[JudgedHost]) -> list[JudgedHost]:
    """Hosts whose label has a version and whose answer names one."""
    return [host for host in hosts if host.judgement.generation in ("right", "contradicted")]


def standing(hosts: Iterable[JudgedHost]) -> dict[str, float]:
    """What labelled hosts have borne out of each family: N of them (N + 1) / (N + 2), ten all of it."""
    right = Counter(family for host in hosts if right_family(host) for family in host.answer.families)
    return {family: _standing(count) for family, count in sorted(right.items())}


def _standing(count: int) -> float:
    return 1.0 if count >= PRIOR else round((count + 1) / (count + 2), DIGITS)


def fit(
    hosts: Iterable[JudgedHost], unstated: Iterable[JudgedHost] = (), right: Right = right_family
) -> dict[str, float]:
    """The table of `confidence`: shares by basis.

    `unstated` are hosts as another database names them, without provenance; they only make the
    groups of that kind.
    """
    manners: dict[Manner, list[bool]] = {"specific": [], "generic": [], "fuzzy": []}
    groups: dict[Basis, list[bool]] = defaultdict(list)
    for own, some in ((True, answered_hosts(hosts)), (False, answered_hosts(unstated))):
        for host in some:
            found = host.answer.basis
            if found is not None and found.families <= MAX_FAMILIES:
                groups[found._replace(names=())].append(right(host))
                if own:
                    manners[found.manner].append(right(host))
    rates = {manner: (sum(seen) + 1) / (len(seen) + 2) for manner, seen in manners.items()}
    cells: dict[str, float] = {}
    for manner, families in product(rates, range(1, MAX_FAMILIES + 1)):
        for witness in WITNESSES:
            found = Basis(manner, families, witness)
            seen = groups[found]
            rate = (sum(seen) + PRIOR * WEIGHT[witness] * rates[manner]) / (len(seen) + PRIOR)
            stronger = str(Basis(manner, families, STRONGER[witness]))
            cells[str(found)] = min(rate, cells.get(stronger, 1.0))
    return {name: round(rate, DIGITS) for name, rate in cells.items()}


def looked_up(table: dict[str, float], stands: dict[str, float] | None = None) -> Confidence:
    """The confidence that a table, and the standing of families, give a host's answer."""

    def confidence(host: JudgedHost) -> float:
        found = host.answer.basis
        if found is None:
            return 0.0
        share = table[str(found)] if stands is None else bounded(table[str(found)], found, stands)
        return share * host.answer.agreement

    return confidence


def package_table(right: Right = right_family) -> Confidence:
    """The confidence that results carry: that of the table in the package."""

    def confidence(host: JudgedHost) -> float:
        found = host.answer.basis
        if found is None:
            return 0.0
        share = (
            confidence_of(found) if right is right_family else version_confidence_of(found, host.answer.text)
        )
        return (share or 0.0) * host.answer.agreement

    return confidence


def without_own_source(hosts: Sequence[JudgedHost], right: Right = right_family) -> Confidence:
    """The confidence of a host's answer from a table that its own source had no part in.

    `hosts` are all of them; for versions, those that name one are chosen here.
    """
    counted = hosts if right is right_family else versioned_hosts(hosts)
    tables: dict[str, Confidence] = {}
    for source in {host.packet.source for host in hosts}:
        others = [host for host in counted if host.packet.source != source]
        stands = standing(host for host in hosts if host.packet.source != source)
        tables[source] = looked_up(fit(others, right=right), stands)
    return lambda host: tables[host.packet.source](host)


def curve(hosts: Iterable[JudgedHost], confidence: Confidence, right: Right = right_family) -> list[Point]:
    """What was claimed beside what was right, in groups of rising confidence."""
    pairs = [(confidence(host), right(host)) for host in answered_hosts(hosts)]
    points = []
    for low, high in pairwise(EDGES):
        last = high == EDGES[-1]
        group = [pair for pair in pairs if low <= pair[0] and (pair[0] < high or last)]
        if group:
            claimed = sum(claim for claim, _ in group) / len(group)
            share = sum(hit for _, hit in group) / len(group)
            points.append(Point(low, high, len(group), claimed, share))
    return points


def calibration_error(points: Iterable[Point]) -> float:
    """Mean distance between claim and share, hosts counted alike; 0.05 is five points."""
    known = list(points)
    hosts = sum(point.hosts for point in known)
    return sum(point.hosts * abs(point.confidence - point.right) for point in known) / hosts if hosts else 0.0


def tables(hosts: Sequence[JudgedHost], unstated: Sequence[JudgedHost] = ()) -> dict[str, dict[str, float]]:
    """All that ``data/confidence.json`` holds."""
    return {
        "confidence": fit(hosts, unstated),
        "version_confidence": fit(versioned_hosts(hosts), versioned_hosts(unstated), right_version),
        "standing": standing(hosts),
    }


def table_text(found: dict[str, dict[str, float]], command: str, hosts: int) -> str:
    """The file ``data/confidence.json``."""
    return json.dumps({"command": command, "hosts": hosts, **found}, indent=2) + "\n"
