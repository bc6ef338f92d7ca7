"""What the streams of the core must give, as plainly as it can be said."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_RUNS = 8


@dataclass
class Direction:
    """One direction of a flow: bytes by their place, the first copy of each."""

    bound: int
    first: int | None = None
    seen: dict[int, int] = field(default_factory=dict)
    end: int = 0
    """Of the bytes in order."""
    kept: int = 0
    """The first byte that the reader still needs."""
    stopped: bool = False


@dataclass
class Model:
    """All directions. Counts those that were given up, by reason."""

    bound: int
    directions: dict[tuple[int, int], Direction] = field(default_factory=dict)
    with_gap: int = 0
    too_long: int = 0

    def direction(self, flow: int, side: int) -> Direction:
        return self.directions.setdefault((flow, side), Direction(self.bound))

    def close(self, flow: int) -> None:
        for side in (0, 1):
            self.directions.pop((flow, side), None)

    def stop(self, flow: int, side: int) -> None:
        self.direction(flow, side).stopped = True

    def again(self) -> None:
        """Saved and loaded: nothing changes."""

    def begin(self, flow: int, side: int, seq: int) -> None:
        one = self.direction(flow, side)
        if one.first is None:
            one.first = seq

    def take(self, flow: int, side: int, seq: int, done: int, data: bytes) -> tuple[int, bytes]:
        """Offset and bytes that a segment gives; of these, `done` are then done with."""
        self.begin(flow, side, seq)
        one = self.direction(flow, side)
        if one.stopped:
            return 0, b""
        assert one.first is not None
        ahead = (seq - one.first - one.end + 2**31) % 2**32 - 2**31
        place = one.end + ahead
        if ahead > 0 and place >= self.bound:
            one.stopped, self.with_gap = True, self.with_gap + 1
            return 0, b""
        for number, byte in enumerate(data, place):
            if one.end <= number < self.bound:
                one.seen.setdefault(number, byte)
        before = one.end
        while one.end in one.seen:
            one.end += 1
        if sum(number - 1 not in one.seen for number in one.seen if number > one.end) > MOST_RUNS:
            one.stopped, self.with_gap = True, self.with_gap + 1
            return 0, b""
        if one.end == before:
            return 0, b""
        offset, found = one.kept, bytes(one.seen[number] for number in range(one.kept, one.end))
        if one.end >= self.bound:
            one.stopped, self.too_long = True, self.too_long + 1
        one.kept += min(done, len(found))
        return offset, found
