"""Collects the diagnostics of one run, up to a limit, and adds their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from sigcompiler.codes import severity_of
from sigcompiler.diagnostics import Diagnostic, Severity
from sigcompiler.model import Place, SigLine

MAX_ERRORS = 10_000
"""Errors after which reading stops."""

MOST_GUESSES = 200
"""Number of findings after which no more similar words are searched: each search takes a few ms."""

MAX_WARNINGS = 10_000
"""Limit of the warnings that are kept; further ones are only counted."""


@dataclass(slots=True)
class Collector:
    """The diagnostics so far. Lines of files are kept by file name, for the caret view."""

    _diagnostics: list[Diagnostic] = field(default_factory=list)
    _lines: dict[str, Sequence[str]] = field(default_factory=dict)
    errors: int = 0
    """The number of errors."""
    covered: list[tuple[SigLine, SigLine]] = field(default_factory=list)
    """Signatures that can never lead, each with one that covers it."""
    _warnings: int = 0
    _last_file: str = ""

    def begin_file(self, name: str, lines: Sequence[str]) -> None:
        """Register a file with its lines."""
        self._lines[name] = lines
        self._last_file = name

    @property
    def full(self) -> bool:
        """Whether there are too many errors to continue reading."""
        return self.errors >= MAX_ERRORS

    @property
    def may_guess(self) -> bool:
        """Whether there are so few findings that the search for similar words is worth its time."""
        return self.errors + self._warnings < MOST_GUESSES

    def add(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Record a finding at ``place``; line 0 stands for the whole file."""
        severity = cast(Severity, severity_of(code))
        if severity == "error":
            self.errors += 1
        else:
            self._warnings += 1
            if self._warnings > MAX_WARNINGS:
                return
        lines = self._lines.get(place.file, ())
        source = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        self._diagnostics.append(
            Diagnostic(code, severity, place.file, place.line, place.column, message, hint, source)
        )

    def finish(self) -> list[Diagnostic]:
        """All diagnostics, sorted by file, line and column; E005 and W005 at the end report omissions."""
        order = {name: number for number, name in enumerate(self._lines)}
        found = sorted(self._diagnostics, key=lambda item: (order.get(item.file, -1), item.line, item.column))
        end = Place(self._last_file, 0, 0)
        if self.full:
            found.append(
                Diagnostic("E005", "error", end.file, 0, 0, f"{MAX_ERRORS} errors: the rest was not read")
            )
        if self._warnings > MAX_WARNINGS:
            message = f"{self._warnings - MAX_WARNINGS} further warnings are not shown"
            found.append(Diagnostic("W005", "warning", end.file, 0, 0, message))
        return found
