"""Which signatures of segments can never lead: an earlier one fits wherever they fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigcompiler.model import SegmentCondition, SegmentSignature, SegmentValues


def covered_segments(
    signatures: Sequence[SegmentSignature],
) -> Iterator[tuple[SegmentSignature, SegmentSignature]]:
    """Each signature that an earlier one covers, with the first that does."""
    for number, signature in enumerate(signatures):
        for cover in signatures[:number]:
            if _covers(cover, signature):
                yield signature, cover
                break


def _covers(cover: SegmentSignature, signature: SegmentSignature) -> bool:
    """Whether each condition of `cover` holds wherever those of `signature` do."""
    return all(any(_implies(own, asked) for own in signature.conditions) for asked in cover.conditions)


def _implies(own: SegmentCondition, asked: SegmentCondition) -> bool:
    if (own.feature, own.negated) != (asked.feature, asked.negated):
        return False
    inner, outer = (asked, own) if own.negated else (own, asked)
    return all(any(_lies_in(one, other) for other in outer.values) for one in inner.values)


def _lies_in(one: SegmentValues, other: SegmentValues) -> bool:
    is_inside = other.first <= one.first and one.last <= other.last
    return is_inside and one.multiple % other.multiple == 0
