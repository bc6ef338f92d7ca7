"""Signature files of proposed lines: labels, provenance, order."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from huginn_cffi.applications.learning.counting import Count, counted
from huginn_cffi.applications.learning.evidence import Kind
from huginn_cffi.applications.learning.generalise import Candidate, wildcards
from huginn_cffi.applications.learning.results import Proposal
from sigcompiler.diagnostics import visible
from sigcompiler.formatting import format_label
from sigcompiler.model import SECTION_WORDS, Section

SEVERAL = 3
"""Hosts that make a line more than a single witness."""

CLASS_ORDER = ("win", "unix", "other")

UNNAMED = "???"
"""What a result shows for no name; a label may hold it."""

_WIDTH = 100
_MOST_NAMES = 3

Pair = tuple["Candidate", "Proposal"]


def provenance_of(kind: Kind, source: str, tally: Count) -> str:
    """``captures 2024-2026 (3 labelled hosts); high``, as docs/database.md has it.

    A User-Agent is what a program says of itself, so it weighs a step less.
    """
    several = tally.hosts >= SEVERAL
    if kind == "user-agent":
        source, word = f"{source} with User-Agent", "medium" if several else "low"
    else:
        word = "high" if several else "medium"
    return f"{source} {_years(tally)} ({counted(tally.hosts, 'labelled host')}); {word}"


def signature_file(pairs: Sequence[Pair], files: Sequence[str]) -> str:
    """The text of a signature file, empty without lines. Narrow lines stand before wide ones."""
    if not pairs:
        return ""
    words = f"Proposed by huginn learn from {_named(files)}. Look at names and versions before you keep them."
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
    """A signature file of one line, valid as it is, whose label is to be filled in."""
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


def _named(files: Sequence[str]) -> str:
    """The captures by name, the first of them where they are many."""
    names = [visible(Path(name).name) for name in files[:_MOST_NAMES]]
    more = len(files) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _labels(pairs: Iterable[Pair]) -> list[str]:
    lines: list[str] = []
    ordered = sorted(pairs, key=lambda one: (wildcards(one[0].signature), -one[1].support.hosts, one[1].text))
    for system, own in groupby(_together(ordered), key=lambda pair: pair[1].system):
        sources = groupby(own, key=lambda pair: pair[1].provenance)
        label = f"s:{system.os_class}:{system.family}:{system.flavor}"
        lines += format_label(label, ((source, (one.text for _, one in same)) for source, same in sources))
    return lines


def _together(pairs: Sequence[Pair]) -> list[Pair]:
    """The same order, but lines with one label and one provenance are adjacent."""
    labels = {system: place for place, system in enumerate(dict.fromkeys(pair[1].system for pair in pairs))}
    sources = {
        source: place for place, source in enumerate(dict.fromkeys(pair[1].provenance for pair in pairs))
    }
    return sorted(pairs, key=lambda pair: (labels[pair[1].system], sources[pair[1].provenance]))
