"""Charts as data: what the charting library in the page gets, and the same in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Role = Literal["system", "other", "unknown", "client", "server"]
"""Chooses the colour: systems take those of the palette in turn."""


@dataclass(frozen=True, slots=True)
class Series:
    """One value a label of the chart."""

    name: str
    values: tuple[int, ...]
    role: Role = "system"
    bars: tuple[Role, ...] = ()
    """The role of each value, where the bars of a series are of different things."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars: ``across`` lie on their side, ``stacked`` stand on each other.

    ``words`` say in a sentence what is to be seen, for who cannot see it.
    """

    name: str
    title: str
    words: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    axis: str = ""
    across: bool = False
    stacked: bool = False

    def data(self) -> dict[str, Any]:
        """As the page's script reads it."""
        return asdict(self)

    @property
    def height(self) -> int:
        """Pixels that it wants."""
        return max(120, 46 + 30 * len(self.labels)) if self.across else 340 if self.stacked else 280
