"""What the streams of the core must give, as plainly as it can be said."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_RUNS = 32
NOTHING = (0, b"")


@dataclass
class StreamDirection:
    """One direction of a flow: bytes by their place.

    The first copy of each counts; of bytes behind a gap, that of the segment that begins earlier.
    """

    bound: int
    first: int | None = None
    seen: dict[int, int] = field(default_factory=dict)
    end: int = 0
    """Of the bytes in order."""
    kept: int = 0
    """The first byte that the reader still needs."""
    stopped: bool = False
    forgotten: int | None = None
    """The first byte behind too many gaps: from there on, copies do not count."""
    beyond: int | None = None
    """Where the latest segment beyond the bound ended."""

    def join(self) -> None:
        """Bytes that continue those in order are in order."""
        while self.end in self.seen:
            self.end += 1

    def waiting(self) -> tuple[int, bytes]:
        """What the reader needs."""
        return self.kept, bytes(self.seen[number] for number in range(self.kept, self.end))


@dataclass
class StreamModel:
    """All directions. Counts those that were given up, by reason."""

    bound: int
    whole: bool = False
    """The bound counts from the first byte that is kept, and bytes may be passed over."""
    directions: dict[tuple[int, int], StreamDirection] = field(default_factory=dict)
    with_gap: int = 0
    too_long: int = 0

    def direction(self, flow: int, side: int) -> StreamDirection:
        return self.directions.setdefault((flow, side), StreamDirection(self.bound))

    def close(self, flow: int) -> None:
        for side in (0, 1):
            one = self.directions.pop((flow, side), None)
            if one is not None and not one.stopped and one.forgotten is None:
                self.with_gap += any(at > one.end for at in one.seen)

    def stop(self, flow: int, side: int) -> None:
        self.direction(flow, side).stopped = True

    def again(self) -> None:
        """Saved and loaded: nothing changes."""

    def begin(self, flow: int, side: int, seq: int) -> None:
        one = self.direction(flow, side)
        if one.first is None:
            one.first = seq

    def take(self, flow: int, side: int, seq: int, done: int, data: bytes) -> list[tuple[int, bytes]]:
        """Offset and bytes that a segment gives; of these, `done` are then done with.

        Where that is more than there are, those behind them are passed over, and what waited there is given,
        too, of which nothing is needed again.
        """
        self.begin(flow, side, seq)
        one = self.direction(flow, side)
        if one.stopped:
            return [NOTHING]
        assert one.first is not None
        ahead = (seq - one.first - one.end + 2**31) % 2**32 - 2**31
        place = one.end + ahead
        if one.forgotten is not None and one.forgotten >= one.end:
            data = data[: max(0, one.forgotten - place)]
            if not data:
                return [NOTHING]
        if ahead > 0 and place - (one.kept if self.whole else 0) >= self.bound:
            goes_on, one.beyond = one.beyond == place, place + len(data)
            if goes_on and one.forgotten is None:
                one.stopped, self.with_gap = True, self.with_gap + 1
            return [NOTHING]
        known = max(place, one.end)
        while known in one.seen:
            known += 1
        for number, byte in enumerate(data, place):
            if known <= number and (self.whole or number < self.bound):
                one.seen[number] = byte
        before = one.end
        one.join()
        while len(runs := [at for at in one.seen if at > one.end and at - 1 not in one.seen]) > MOST_RUNS:
            self.with_gap, one.forgotten = self.with_gap + (one.forgotten is None), max(runs)
            one.seen = {at: byte for at, byte in one.seen.items() if at < max(runs)}
        if one.end == before:
            return [NOTHING]
        found = [one.waiting()]
        self.keep(one, done if self.whole else min(done, len(found[0][1])))
        while not one.stopped and one.end in one.seen:
            one.join()
            found.append(one.waiting())
            one.kept = one.end
        return found

    def keep(self, one: StreamDirection, done: int) -> None:
        """The first `done` bytes from the first kept one on are done with."""
        held = one.end - one.kept - done if self.whole else one.end
        if held >= self.bound:
            one.stopped, self.too_long = True, self.too_long + 1
        one.kept += done
        one.end = max(one.end, one.kept)
