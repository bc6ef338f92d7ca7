"""Which times belong together: a wrong clock must not spoil the axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

DAY_NS = 86_400 * 10**9
GAP = 10
"""A gap this many times as long as all the rest sets what is beyond it apart."""
MOST_APART = 8
"""At each end at most one event in this many is set apart."""


def together(times: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """First and last of the times that belong together, ns; `times` are pairs of time and count.

    Most events always do. Outwards from them a gap of a day or more, and of `GAP` times the span
    so far, sets what is beyond it apart.
    """
    ordered = sorted(times)
    most = sum(count for _, count in ordered) // MOST_APART
    low, high = _beyond(ordered, most), len(ordered) - 1 - _beyond(ordered[::-1], most)
    while low > 0 and not _is_gap(ordered[low - 1][0], ordered[low][0], ordered[high][0] - ordered[low][0]):
        low -= 1
    while high + 1 < len(ordered) and not _is_gap(
        ordered[high][0], ordered[high + 1][0], ordered[high][0] - ordered[low][0]
    ):
        high += 1
    return ordered[low][0], ordered[high][0]


def _beyond(times: Sequence[tuple[int, int]], most: int) -> int:
    """The place of the first time before which there are no more than `most` events."""
    ends = accumulate(count for _, count in times)
    return next(place for place, end in enumerate(ends) if end > most)


def _is_gap(before: int, after: int, span: int) -> bool:
    return after - before >= max(DAY_NS, GAP * span)
