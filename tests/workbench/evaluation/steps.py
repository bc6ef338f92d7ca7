"""Stated confidence beside the share of right answers, in steps of 10 percent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import sqrt

MANY = 200
MOST_APART = 0.05
Z = 1.96
"""Of 95 percent of a normal distribution."""


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's interval of 95 percent."""
    share, square = right / count, Z * Z / count
    middle, half = share + square / 2, Z * sqrt(share * (1 - share) / count + square / count / 4)
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def missed_steps(answers: Iterable[tuple[float, bool]]) -> dict[int, tuple[int, float, float]]:
    """Steps, by their lower end, with answers, stated confidence and share that lie too far apart.

    Both may differ by 5 points where a step has 200 answers; below that the stated one has to lie in the
    interval of the share.
    """
    steps: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for claimed, is_right in answers:
        steps[min(int(claimed * 10 + 1e-9), 9) * 10].append((claimed, is_right))
    found = {}
    for step, some in steps.items():
        claimed, right = sum(one for one, _ in some) / len(some), sum(is_right for _, is_right in some)
        share = right / len(some)
        low, high = wilson(right, len(some))
        if len(some) >= MANY:
            low, high = share - MOST_APART, share + MOST_APART
        if not low <= claimed <= high:
            found[step] = len(some), claimed, share
    return found
