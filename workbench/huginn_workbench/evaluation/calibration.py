"""Measures confidence on labelled hosts, and checks it against them.

The share of right families among hosts with the same basis (see `confidence.Basis`) is drawn towards the rate
of its manner, as if `PRIOR` more hosts had been seen; the rate of a manner is drawn towards one half by two
hosts. A source of lower weight has a lower target, and never claims more than one of higher weight. So a
group of three hosts claims little: most of the systems that it stands for were never labelled. Versions are
counted in the same way, among hosts whose label has a version and whose answer names one.

If only N < 10 labelled hosts have confirmed a family, an answer with it claims (N + 5) / (N + 6) of this
share: in a test without the only source of a family, it was right in 4 of 4 cases (`confidence.NEW_FAMILY`).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from huginn_cffi import Database
from huginn_cffi.run.answers import Basis
from huginn_workbench.core import confidence_of, with_confidence
from huginn_workbench.evaluation.judging import JudgedHost
from sigcompiler.claims.confidence import MANNERS, Confidence, Manner
from sigcompiler.claims.flavors import MAX_FAMILIES
from sigcompiler.claims.sources import WEIGHTS, Weight

PRIOR = 10
RATES: dict[Weight, float] = {"high": 1.0, "medium": 0.95, "low": 0.8, "unstated": 0.9}
"""The factor of each weight for the rate of its manner, before any host is seen."""

STRONGER: dict[Weight, Weight] = {"high": "high", "medium": "high", "low": "medium", "unstated": "high"}
"""For each weight, the weight whose share it must not exceed."""

DIGITS = 3
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""The limits of the groups in the calibration curve."""

Measured = Callable[[JudgedHost], float]
"""A function that gives the confidence of a host's answer."""
Right = Callable[[JudgedHost], bool]


def right_family(host: JudgedHost) -> bool:
    """Whether the named family is right."""
    return host.judgement.family == "right"


def right_version(host: JudgedHost) -> bool:
    """Whether a named version is right."""
    return host.judgement.generation == "right"


@dataclass(frozen=True, slots=True)
class Point:
    """Hosts with a confidence of at least `low` and below `high`; shares are from 0 to 1."""

    low: float
    high: float
    hosts: int
    confidence: float
    right: float


def answered_hosts(hosts: Iterable[JudgedHost]) -> list[JudgedHost]:
    """Hosts with an answer; other hosts have no confidence to check."""
    return [host for host in hosts if host.answer.families]


def versioned_hosts(hosts: Iterable[JudgedHost]) -> list[JudgedHost]:
    """Hosts whose label has a version and whose answer names one."""
    return [host for host in hosts if host.judgement.generation in ("right", "contradicted")]


def standing(hosts: Iterable[JudgedHost]) -> dict[str, float]:
    """The standing of each family: (N + 5) / (N + 6) after N confirmations by hosts, 1 from ten on."""
    right = Counter(family for host in hosts if right_family(host) for family in host.answer.families)
    return {
        family: 1.0 if count >= PRIOR else round((count + 5) / (count + 6), DIGITS)
        for family, count in sorted(right.items())
    }


def drawn(seen: Sequence[bool], towards: float) -> float:
    """The share of right answers, drawn towards another share as if `PRIOR` more answers had been seen."""
    return (sum(seen) + PRIOR * towards) / (len(seen) + PRIOR)


def fit(
    hosts: Iterable[JudgedHost], unstated: Iterable[JudgedHost] = (), right: Right = right_family
) -> dict[str, float]:
    """The confidence table: shares by basis.

    `unstated` are hosts named by another database, which has no provenance; only the groups with
    unstated weight use them.
    """
    manners: dict[Manner, list[bool]] = {manner: [] for manner in MANNERS}
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
        for weight in reversed(WEIGHTS):  # strongest first
            found = Basis(manner, families, weight)
            rate = drawn(groups[found], RATES[weight] * rates[manner])
            stronger = str(Basis(manner, families, STRONGER[weight]))
            cells[str(found)] = min(rate, cells.get(stronger, 1.0))
    return {name: round(rate, DIGITS) for name, rate in cells.items()}


def looked_up(database: Database, right: Right = right_family) -> Measured:
    """The confidence of a host's answer by the tables of `database`."""

    def measured(host: JudgedHost) -> float:
        found = host.answer.basis
        if found is None:
            return 0.0
        share, versions = confidence_of(found, database)
        return (share if right is right_family else versions or 0.0) * host.answer.agreement

    return measured


def without_own_source(hosts: Sequence[JudgedHost], right: Right = right_family) -> Measured:
    """The confidence of a host's answer from a table made without the host's own source.

    `hosts` are all hosts; for versions this function selects hosts whose label and answer have one.
    """
    counted = hosts if right is right_family else versioned_hosts(hosts)
    default = Database.load_default()
    tables: dict[str, Measured] = {}
    for source in {host.packet.source for host in hosts}:
        others = [host for host in counted if host.packet.source != source]
        stands = standing(host for host in hosts if host.packet.source != source)
        shares = fit(others, right=right)
        fitted = Confidence(confidence=shares, version_confidence=shares, standing=stands)
        tables[source] = looked_up(with_confidence(default, fitted._asdict()), right)
    return lambda host: tables[host.packet.source](host)


def curve(hosts: Iterable[JudgedHost], measured: Measured, right: Right = right_family) -> list[Point]:
    """Claimed and measured confidence, in groups of ascending confidence."""
    pairs = [(measured(host), right(host)) for host in answered_hosts(hosts)]
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
    """Mean distance between claim and share, with equal weight for each host; 0.05 is five points."""
    known = list(points)
    hosts = sum(point.hosts for point in known)
    return sum(point.hosts * abs(point.confidence - point.right) for point in known) / hosts if hosts else 0.0


def tables(hosts: Sequence[JudgedHost], unstated: Sequence[JudgedHost] = ()) -> dict[str, dict[str, float]]:
    """The content of ``data/confidence.json``."""
    return {
        "confidence": fit(hosts, unstated),
        "version_confidence": fit(versioned_hosts(hosts), versioned_hosts(unstated), right_version),
        "standing": standing(hosts),
    }


def table_text(found: dict[str, dict[str, float]], command: str, hosts: int) -> str:
    """The text of ``data/confidence.json``; lab/client_evidence.py writes the part about clients."""
    return json.dumps({"command": command, "hosts": hosts, **found}, indent=2) + "\n"
