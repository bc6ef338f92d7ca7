"""What learning gives, and its text: lines that are proposed, refused or known, and what has no name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from huginn_cffi.applications.learning.counting import Support
from huginn_cffi.applications.learning.systems import LabelledSystem
from huginn_cffi.explain import explanation
from huginn_cffi.explain.explanation import NearSignature
from huginn_cffi.signatures.signatures import Direction
from sigcompiler.diagnostics import visible

MOST_RELATIVES = 1000
"""The most signatures that are shown for an unknown one."""

MOST_KNOWN = 8
PACKETS = {"request": "SYN", "response": "SYN+ACK"}

wrapped = partial(explanation.wrapped, indent=4, hyphens=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ``sig`` line that can go into a file, under the label of its system.

    ``text`` is its value; ``narrowed`` says why it asks for more than usual, and may be empty.
    """

    system: LabelledSystem
    direction: Direction
    text: str
    provenance: str
    support: Support
    narrowed: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not proposed: ``reason`` names the line or the hosts that send the same."""

    system: LabelledSystem
    direction: Direction
    text: str
    support: Support
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Packets that a line names by their family already.

    ``line`` is its place and label. ``agrees`` is False when its versions exclude the labelled one:
    then a signature cannot distinguish them, and the line's flavor should hold both.
    """

    system: LabelledSystem
    direction: Direction
    line: str
    support: Support
    agrees: bool


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer that the proposed lines would change, for packets of the captures, labelled or not."""

    direction: Direction
    before: str
    after: str
    support: Support


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything that was found. ``text`` is a signature file of the proposals, empty without any."""

    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...]
    known: tuple[Known, ...]
    changes: tuple[AnswerChange, ...]
    notes: tuple[str, ...]
    text: str
    left_out: int = 0
    """Handshake packets beyond the limit, which were not examined."""

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        found = asdict(self)
        for name in ("proposals", "refusals", "known"):
            for item, own in zip(found[name], getattr(self, name), strict=True):
                item["system"] = own.system._asdict()
        return found

    def __str__(self) -> str:
        """Proposals, refusals, what is known, and what would change; then the totals."""
        lines = [*_proposals(self), *_refusals(self), *_known(self)]
        for item in self.changes:
            words = f"{PACKETS[item.direction]}, {item.support}: {item.before} becomes {item.after}"
            lines += wrapped("changes:  ", words)
        for note in self.notes:
            lines += wrapped("note: ", note)
        return "\n".join([*lines, totals_line(self.proposals, self.refusals, self.known)])


def _proposals(found: Learned) -> Iterator[str]:
    shown = ""
    for item in found.proposals:
        yield from wrapped("proposed: ", f"{item.system}, {PACKETS[item.direction]}: {item.support}")
        yield from wrapped("  ", item.text)
        if item.narrowed and item.narrowed != shown:
            yield from wrapped("  narrow, because of a wider one: ", item.narrowed)
        shown = item.narrowed


def _refusals(found: Learned) -> Iterator[str]:
    for item in found.refusals:
        where = f"{item.support} ({item.support.example})"
        yield from wrapped("refused:  ", f"{item.system}, {PACKETS[item.direction]}: {where}")
        yield from wrapped("  ", item.text)
        yield from wrapped("  because ", item.reason)


def _known(found: Learned) -> Iterator[str]:
    """All of them where they are few; those whose versions differ always."""
    few = len(found.known) <= MOST_KNOWN
    for item in found.known:
        if item.agrees and not few:
            continue
        yield from wrapped("known:    ", f"{item.system}, {PACKETS[item.direction]}: {item.support}")
        yield from wrapped("  by ", item.line)
        if not item.agrees:
            yield "  which names other versions: no signature distinguishes them; a flavor can hold both"


class UnknownRow:
    """Something that no signature names; `_shown` is its kind in words and what it shows."""

    __slots__ = ()
    answer: str
    support: Support
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        raise NotImplementedError

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)  # type: ignore[call-overload, no-any-return]  # subclasses are dataclasses

    def __str__(self) -> str:
        """Its senders, the nearest signatures and their differences, and the template, not wrapped."""
        title, shown = self._shown
        lines = [*wrapped(f"{title}: ", f"{self.support.in_full}, now {self.answer}")]
        lines += wrapped("  seen as ", shown)
        for near in getattr(self, "relatives", ()):
            lines += _relative(near)
        lines += ["", *(f"    {visible(line)}".rstrip() for line in self.template.splitlines())]
        return "\n".join(lines)


def _relative(near: NearSignature) -> Iterator[str]:
    fit = near.fit if near.fit != "no" else f"distance {near.distance:g}"
    yield from wrapped("  near ", f"{near.label}, {fit}: {near.file}:{near.line}")
    for item in near.of("differs") + near.of("tolerated"):
        words = f"{item.packet or 'none'}, there {item.signature or 'none'}"
        yield from wrapped(f"    {item.field} ", f"{words}: {item.note}" if item.note else words)


def totals_line(proposals: Sequence[object], refusals: Sequence[object], known: Sequence[object]) -> str:
    """The last line of a report: the number of lines of each kind."""
    return f"{len(proposals)} proposed, {len(refusals)} refused, {len(known)} known"
