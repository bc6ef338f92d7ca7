"""The result of learning as text for the contributor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from huginn_cffi.explain import explanation
from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.counting import Support
    from huginn_cffi.explain.explanation import NearSignature


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


wrapped = partial(explanation.wrapped, indent=4, hyphens=False)


def totals_line(proposals: Sequence[object], refusals: Sequence[object], known: Sequence[object]) -> str:
    """The last line of a report: the number of lines of each kind."""
    return f"{len(proposals)} proposed, {len(refusals)} refused, {len(known)} known"
