"""Measures, on the same labelled hosts, how much each signal improves the verdict on a host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from huginn_cffi.applications.evaluation.judging import JudgedHost
from huginn_cffi.applications.evaluation.run import EvaluationPlan, evaluate
from huginn_cffi.hosts.inventory import SOURCES

ALONE, LABELS, ALL = "each packet alone", "signatures together", "all of them"


@dataclass(frozen=True, slots=True)
class Gain:
    """Results of one way of combining packets of hosts, compared with each packet alone."""

    name: str
    changed: int
    """Hosts with another answer."""
    families: int
    """Hosts whose family is right and one instead of two."""
    versions: int
    """Hosts whose version is right and fewer versions are named."""
    repaired: int
    """Hosts whose version was contradicted, or whose family was not right, and now is right."""
    broken: int
    """Hosts whose version or family was right and is no longer."""


def gains(plan: EvaluationPlan) -> list[Gain]:
    """One line a signal that is used, and one for all together."""
    alone = _hosts(replace(plan, signals=None))
    ways = {LABELS: (), **{f"and {name}": (name,) for name in SOURCES}, ALL: tuple(SOURCES)}
    return [_gain(name, alone, _hosts(replace(plan, signals=chosen))) for name, chosen in ways.items()]


def gains_text(found: Sequence[Gain]) -> str:
    """A table with a heading."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Sequence[Gain]) -> Iterator[str]:
    rows = [("Packets of a host together", "changed", "one family", "fewer versions", "repaired", "broken")]
    yield ""
    for name, *counts in (*rows, *map(astuple, found)):
        yield name.ljust(28) + "".join(str(count).rjust(16) for count in counts)


def _hosts(plan: EvaluationPlan) -> dict[object, JudgedHost]:
    # Damaged captures were reported by the evaluation itself.
    return {host.packet.host: host for host in evaluate(plan, lambda error: None).hosts}


def _gain(name: str, alone: dict[object, JudgedHost], together: dict[object, JudgedHost]) -> Gain:
    pairs = [(alone[key], together[key]) for key in alone if key in together]

    def count(holds: Callable[[JudgedHost, JudgedHost], bool]) -> int:
        return sum(holds(before, after) for before, after in pairs)

    return Gain(
        name,
        count(lambda before, after: before.answer.claims != after.answer.claims),
        count(
            lambda before, after: (
                _right(after) and len(after.answer.families) == 1 < len(before.answer.families)
            )
        ),
        count(_fewer_versions),
        count(lambda before, after: _right(after) and not _right(before)),
        count(lambda before, after: _right(before) and not _right(after)),
    )


def _right(host: JudgedHost) -> bool:
    return host.judgement.family == "right" and host.judgement.generation != "contradicted"


def _fewer_versions(before: JudgedHost, after: JudgedHost) -> bool:
    """Whether a family that both name has other versions, still with the label's among them."""
    if after.judgement.generation not in ("right", "unlabelled") or not _right(before):
        return False
    known = {claim.family: claim.versions for claim in before.answer.claims}
    return any(
        bool(claim.versions) and known.get(claim.family, claim.versions) != claim.versions
        for claim in after.answer.claims
    )
