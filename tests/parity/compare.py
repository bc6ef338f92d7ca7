"""Rows of one side against rows of the other, every difference explained or listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sigcompiler.model import TcpSignature
from tests.parity.rows import LogRow, Producer, captures, oracle_rows
from tests.parity.rules import RULES, Rule, Situation
from tests.parity.view import Hidden, P0fView, Packet
from tests.reference.capture import CaptureDamageError, ReferenceFrame, read_capture


@dataclass(slots=True)
class RowComparison:
    """``total`` rows of p0f, of which ``identical`` are ours too."""

    total: int = 0
    identical: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    """Rows of p0f that we do not give, by rule."""
    extra: Counter[str] = field(default_factory=Counter)
    """Rows that only we give, by rule."""
    unexplained: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    """Rows of both sides which p0f could not have given if the rules were right."""

    @property
    def share(self) -> float:
        """Part of p0f's rows that are ours, field for field."""
        return self.identical / self.total if self.total else 1.0

    def table(self) -> str:
        """The counts, for people."""
        lines = [f"{self.identical} of {self.total} rows of p0f identical ({self.share:.3%})"]
        for title, counts in (("only p0f", self.missing), ("only ours", self.extra)):
            lines += [f"{count:6} {title}: {name}" for name, count in counts.most_common()]
        return "\n".join(lines)

    def add(self, name: str, situation: Situation, theirs: Sequence[LogRow]) -> None:
        """Compare the rows of one capture; ``name`` is for the messages only."""
        own = Counter(row.key for row in situation.ours)
        wanted = Counter(row.key for row in theirs)
        self.total += len(theirs)
        self.identical += (own & wanted).total()
        for row in _first(theirs, wanted - own):
            self._explain(name, "only p0f", row, self.missing, _judge(row, situation, "missing"))
        explained_last = sorted(situation.ours, key=lambda row: _judge(row, situation, "extra") is None)
        for row in _first(explained_last, own - wanted):
            self._explain(name, "only ours", row, self.extra, _judge(row, situation, "extra"))
        for row in situation.ours:
            if own[row.key] == wanted[row.key] and not possible(row, situation):
                self.contradicted.append(f"{name}: {row}")

    def _explain(self, name: str, side: str, row: LogRow, counts: Counter[str], rule: Rule | None) -> None:
        if rule is None:
            self.unexplained.append(f"{name}: {side}: {row}")
        else:
            counts[rule.name] += 1


def possible(row: LogRow, situation: Situation) -> bool:
    """Whether p0f's view of the packets allows a row that it printed.

    A mirrored packet may be there twice, in a tunnel and by itself; p0f's row is then of the latter.
    """
    packet = situation.packet(row)
    tellers = situation.candidates(row) if packet.hidden is Hidden.TUNNEL else (packet,)
    return any(_may_tell(teller, row) for teller in tellers)


def _may_tell(packet: Packet, row: LogRow) -> bool:
    if packet.hidden is not None:
        return False
    return packet.new or (row.get("mod") == "uptime" and packet.gone is None)


def _judge(row: LogRow, situation: Situation, side: str) -> Rule | None:
    """The first rule that explains a row."""
    for rule in RULES:
        predicate = rule.extra if side == "extra" else rule.missing
        if predicate is not None and predicate(row, situation):
            return rule
    return None


def _first(rows: Iterable[LogRow], surplus: Counter[tuple[int, tuple[tuple[str, str], ...]]]) -> list[LogRow]:
    """As many rows of each key as are surplus, in the order given."""
    left = Counter(surplus)
    found = []
    for row in rows:
        if left[row.key] > 0:
            left[row.key] -= 1
            found.append(row)
    return found


def readable_frames(data: bytes) -> list[ReferenceFrame]:
    """The frames of a capture up to its end or damage."""
    frames: list[ReferenceFrame] = []
    try:
        frames.extend(read_capture(data))
    except CaptureDamageError:
        return frames
    return frames


def compare_corpus(
    corpus: Path,
    rows_of: Producer,
    signatures: Sequence[TcpSignature],
    selected: Callable[[Path], bool] = lambda file: True,
) -> RowComparison:
    """Compare what ``rows_of`` gives for the captures of a corpus with p0f's answers."""
    comparison = RowComparison()
    for file in filter(selected, captures(corpus)):
        ours = rows_of(file)
        view = P0fView(readable_frames(file.read_bytes()), signatures)
        comparison.add(file.name, Situation(view, ours), oracle_rows(file))
    return comparison
