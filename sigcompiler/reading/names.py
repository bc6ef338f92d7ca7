"""Names of systems: what `sys` lines mention must be known from somewhere else."""

from __future__ import annotations

from dataclasses import dataclass, field

from sigcompiler.collector import Collector
from sigcompiler.diagnostics import nearest, quoted
from sigcompiler.model import Place


@dataclass(slots=True)
class SystemNames:
    """Names seen so far, in all files. They are compared without regard to case."""

    _known: dict[str, str] = field(default_factory=dict)
    _mentions: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def define(self, name: str) -> None:
        """Note that a label or a ``ua_os`` line names the system."""
        self._known.setdefault(name.lower(), name)

    def mention(self, name: str, place: Place) -> None:
        """Note that a ``sys`` line names the system."""
        self._mentions.setdefault(name.lower(), (name, place))

    def report_unknown(self, collector: Collector) -> None:
        """Warn of each mentioned name, once, that nothing defines. p0f accepts them silently."""
        for lowered, (name, place) in self._mentions.items():
            if lowered in self._known:
                continue
            guess = nearest(name, self._known) if collector.may_guess else None
            hint = f"did you mean {self._known[guess]}?" if guess else "name it in a label or in ua_os"
            collector.add("W006", place, f"no other line names a system {quoted(name)}", hint)
