"""What a receiver of segments has of a direction."""

from __future__ import annotations


def receive(seen: dict[int, int], place: int, data: bytes) -> None:
    """Adds a segment: the first copy of a byte counts; behind a gap, that of the earlier beginning."""
    known = place
    while known in seen:
        known += 1
    seen.update((number, byte) for number, byte in enumerate(data, place) if number >= known)
