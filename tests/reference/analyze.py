"""The whole path: frames in, events and counts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sigcompiler.model import SignatureFile
from tests.reference.capture import ReferenceFrame
from tests.reference.drops import Drop
from tests.reference.packet import Observation, read_frame
from tests.reference.tracker import Event, Tracker


@dataclass(frozen=True, slots=True)
class FrameEvent:
    """One event and the frame that told it."""

    frame: ReferenceFrame
    event: Event


@dataclass(slots=True)
class ReferenceAnalysis:
    """Runs frames through one tracker; ``drops`` counts those that gave no observation."""

    tracker: Tracker
    decapsulate: bool = field(default=True, kw_only=True)
    packets: int = 0
    analysed: int = 0
    drops: Counter[str] = field(default_factory=Counter)

    def run(self, frames: Iterable[ReferenceFrame]) -> Iterator[FrameEvent]:
        """Yield the events in order."""
        for frame in frames:
            self.packets += 1
            seen: Observation | Drop = read_frame(
                frame.linktype, frame.data, frame.wire_length, decapsulate=self.decapsulate
            )
            if isinstance(seen, Drop):
                self.drops[seen.value] += 1
                continue
            self.analysed += 1
            for event in self.tracker.feed(frame.time_ns, seen):
                yield FrameEvent(frame, event)


def analysis_with(database: SignatureFile | None) -> ReferenceAnalysis:
    """An analysis over an empty tracker; ``None`` for no signatures."""
    if database is None:
        return ReferenceAnalysis(Tracker())
    return ReferenceAnalysis(Tracker(database.tcp, database.mtu))
