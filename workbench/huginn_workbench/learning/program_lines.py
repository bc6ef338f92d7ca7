"""Lines for labelled programs and devices: proposed, refused, or already in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from huginn_cffi.explain import NearSignature
from huginn_workbench.formatting import format_file
from huginn_workbench.learning.results import SEVERAL, totals_line
from huginn_workbench.wording import counted, wrapped
from sigcompiler.diagnostics import Diagnostic

MOST_STRAY = 10
"""A line tolerates one host with another label per this many own hosts."""


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A line: ``section`` as in files, the value of its label, and the ``text`` of the ``sig`` line.

    ``reason`` is empty for a proposal; otherwise the refusal's reason, or the line that already names it.
    """

    section: str
    label: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LearnedPrograms:
    """Results for labelled hosts. ``text`` is a signature file, empty without proposals."""

    proposals: tuple[ProgramLine, ...]
    refusals: tuple[ProgramLine, ...]
    known: tuple[ProgramLine, ...]
    text: str
    left_out: int = 0
    """Hellos and messages, or announcements, beyond the limit; they were not examined."""

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        lines: list[str] = []
        for word, items, before in (
            ("proposed: ", self.proposals, ""),
            ("refused:  ", self.refusals, "  because "),
            ("known:    ", self.known, "  by "),
        ):
            for item in items:
                lines += [*wrapped(word, f"{item.label}, {item.section}"), *wrapped("  ", item.text)]
                lines += wrapped(before, item.reason) if before else ()
        return "\n".join([*lines, totals_line(self.proposals, self.refusals, self.known)])


class SectionLines:
    """Collects the judged lines for one section of a signature file."""

    def __init__(self, section: str, source: str) -> None:
        self.section, self.source = section, source
        self.proposals: list[ProgramLine] = []
        self.refusals: list[ProgramLine] = []
        self.known: list[ProgramLine] = []
        self._provenances: list[str] = []

    def propose(self, label: str, text: str, hosts: int, *, tied: bool = True) -> None:
        """Propose a line; if no word ties it to its label (`tied`), it gets a lower weight."""
        words = (("medium", "low"), ("high", "medium"))[hosts >= SEVERAL]
        self._provenances.append(f"{self.source} ({counted(hosts, 'labelled host')}); {words[not tied]}")
        self.proposals.append(ProgramLine(self.section, label, text))

    def refuse(self, label: str, text: str, reason: str) -> None:
        """Record why a line is not proposed."""
        self.refusals.append(ProgramLine(self.section, label, text, reason))

    def is_named(self, label: str, text: str, match: NearSignature | None) -> bool:
        """Whether a specific signature already names `text`, rightly or wrongly; records the result."""
        if match is None or match.kind == "generic":
            return False
        place = f"{match.file}:{match.line}"
        if match.name == label.split(":")[2]:
            self.known.append(ProgramLine(self.section, label, text, place))
        else:
            self.refuse(label, text, f"{place} names it {match.label}")
        return True

    @property
    def text(self) -> str:
        """A signature file of the proposals; empty without any."""
        pairs = zip(self.proposals, self._provenances, strict=True)
        lines = [(one.label, provenance, one.text) for one, provenance in pairs]
        return signature_file(lines, self.section) if lines else ""


def rivals_reason(rivals: int, own: int) -> str:
    """The objection if hosts with another label contradict a line that `own` hosts support; else empty."""
    return f"{counted(rivals, 'host')} with another label sent the same" if rivals * MOST_STRAY > own else ""


def learned(sections: Sequence[SectionLines], left_out: int) -> LearnedPrograms:
    """The lines of all sections, and one file of the proposals."""
    texts = [one.text for one in sections if one.proposals]
    # Each text begins with a classes line.
    text = "\n".join([*texts[:1], *(text.partition("\n\n")[2] for text in texts[1:])])
    return LearnedPrograms(
        tuple(line for one in sections for line in one.proposals),
        tuple(line for one in sections for line in one.refusals),
        tuple(line for one in sections for line in one.known),
        text,
        left_out,
    )


def signature_file(lines: Iterable[tuple[str, str, str]], section: str) -> str:
    """A signature file from labels, provenances and values; labels keep the order of their first line."""
    blocks: dict[str, list[tuple[str, list[str]]]] = {}
    for label, provenance, value in lines:
        blocks.setdefault(label, []).append((provenance, [value]))
    return format_file(section, blocks.items())


def template(label: str, value: str, section: str) -> str:
    """A signature file with one line and a label to fill in."""
    return signature_file([(label, "captures; low", value)], section)


def line_errors(label: str, value: str, section: str) -> list[Diagnostic]:
    """The errors in a label and a line."""
    from sigcompiler.reading.parser import parse_text  # needed only to check lines that are proposed

    found = parse_text(template(label, value, section), "<label>")[1]
    return [item for item in found if item.severity == "error"]
