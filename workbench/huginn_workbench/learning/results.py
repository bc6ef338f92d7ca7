"""Results of learning, also as text: proposed, refused and known lines, and traffic without a name."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from huginn_cffi.explain import NearSignature
from huginn_workbench.arguments import Direction
from huginn_workbench.formatting import format_label
from huginn_workbench.learning.counting import Count, Support, first_of
from huginn_workbench.learning.evidence import Kind, LabelledSystem
from huginn_workbench.learning.generalise import Candidate, wildcards
from huginn_workbench.wording import counted, wrapped
from sigcompiler.diagnostics import visible
from sigcompiler.model import SECTION_WORDS, Section

MOST_RELATIVES = 1000
"""Limit of the nearest signatures shown for an unknown one."""

MOST_KNOWN = 8
PACKETS = {"request": "SYN", "response": "SYN+ACK"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ``sig`` line that can go into a file, under the label of its system.

    ``text`` is its value; ``narrowed`` is the reason why it is narrower than usual, and may be empty.
    """

    system: LabelledSystem
    direction: Direction
    text: str
    provenance: str
    support: Support
    narrowed: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not proposed: ``reason`` names the line or the hosts that conflict with it."""

    system: LabelledSystem
    direction: Direction
    text: str
    support: Support
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Packets that an existing line already names with their family.

    ``line`` is its place and label. ``agrees`` is False if its versions exclude the labelled one: no
    signature can distinguish these versions, so the line's flavor should include both.
    """

    system: LabelledSystem
    direction: Direction
    line: str
    support: Support
    agrees: bool


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer that the proposed lines would change, for packets of the captures with or without a label."""

    direction: Direction
    before: str
    after: str
    support: Support


@dataclass(frozen=True, slots=True)
class Learned:
    """All results. ``text`` is a signature file of the proposals, empty without any."""

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
        """Proposals, refusals, known packets and changed answers, then the totals."""
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
    """All known packets if they are few; otherwise only those whose versions differ."""
    few = len(found.known) <= MOST_KNOWN
    for item in found.known:
        if item.agrees and not few:
            continue
        yield from wrapped("known:    ", f"{item.system}, {PACKETS[item.direction]}: {item.support}")
        yield from wrapped("  by ", item.line)
        if not item.agrees:
            yield "  which names other versions: no signature distinguishes them; a flavor can hold both"


class UnknownRow:
    """Traffic that no signature names; `_shown` gives its kind and its observed values in words."""

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
        """Its senders, the nearest signatures with their differences, and the template without wrapping."""
        title, shown = self._shown
        lines = [*wrapped(f"{title}: ", f"{self.support} ({self.support.example}), now {self.answer}")]
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


SEVERAL = 3
"""Least number of hosts for a higher weight."""

CLASS_ORDER = ("win", "unix", "other")

UNNAMED = "???"
"""The placeholder for a missing name; it is valid in a label."""

_WIDTH = 100
_MOST_FILES = 3

Pair = tuple["Candidate", "Proposal"]


def provenance_of(kind: Kind, source: str, tally: Count) -> str:
    """``captures 2024-2026 (3 labelled hosts); high``, as docs/reference/database.md describes it.

    A User-Agent is a program's own statement, so it has a lower weight.
    """
    several = tally.hosts >= SEVERAL
    if kind == "user-agent":
        source, word = f"{source} with User-Agent", "medium" if several else "low"
    else:
        word = "high" if several else "medium"
    return f"{source} {_years(tally)} ({counted(tally.hosts, 'labelled host')}); {word}"


def signature_file(pairs: Sequence[Pair], files: Sequence[str]) -> str:
    """The text of a signature file, empty without lines. Narrow lines come before wide ones."""
    if not pairs:
        return ""
    names = first_of([visible(Path(name).name) for name in files], _MOST_FILES)
    words = f"Proposed by huginn learn from {names}. Look at names and versions before you keep them."
    lines = textwrap.wrap(words, _WIDTH, initial_indent="; ", subsequent_indent="; ", break_on_hyphens=False)
    used = {proposal.system.os_class for _, proposal in pairs}
    known = [name for name in CLASS_ORDER if name in used]
    lines += ["", f"classes = {','.join(known + sorted(used.difference(known)))}"]
    for section in (Section.TCP_REQUEST, Section.TCP_RESPONSE):
        own = [pair for pair in pairs if pair[0].signature.label.section is section]
        if own:
            lines += ["", SECTION_WORDS[section], *_labels(own)]
    return "\n".join(lines) + "\n"


def template(candidate: Candidate, os_class: str) -> str:
    """A valid signature file with one line and a placeholder in its label."""
    signature, tally = candidate.signature, candidate.tally
    return (
        f"classes = {os_class}\n\n{SECTION_WORDS[signature.label.section]}\n\n"
        f"; The system's name stands in place of {UNNAMED}, its version after the last colon.\n"
        f"label = s:{os_class}:{UNNAMED}:\n"
        f"; source: captures {_years(tally)}; low\n"
        f"sig   = {candidate.text}\n"
    )


def _years(tally: Count) -> str:
    return "-".join(dict.fromkeys((str(min(tally.years)), str(max(tally.years)))))


def _labels(pairs: Iterable[Pair]) -> Iterator[str]:
    """The labels and their sources in the order of their first line."""
    ordered = sorted(pairs, key=lambda one: (wildcards(one[0].signature), -one[1].support.hosts, one[1].text))
    labels: dict[LabelledSystem, dict[str, list[str]]] = {one.system: {} for _, one in ordered}
    for source in dict.fromkeys(one.provenance for _, one in ordered):
        for one in (one for _, one in ordered if one.provenance == source):
            labels[one.system].setdefault(source, []).append(one.text)
    for system, sources in labels.items():
        yield from format_label(f"s:{system.os_class}:{system.family}:{system.flavor}", sources.items())
