"""Systems over time."""

from __future__ import annotations

from collections import Counter
from typing import Any

from huginn_cffi.tools.reporting.charts import Chart, Series
from huginn_cffi.tools.reporting.naming import Key, Named
from huginn_cffi.tools.reporting.systems import UNNAMED, Systems, ranked_systems
from huginn_cffi.tools.reporting.tables import Column, Table, counted, number, table, text, time_text

OTHERS = "others"
_DATE = len("2026-01-15")
_SECOND_NS = 1_000_000_000
_MINUTE_NS = 60 * _SECOND_NS
_DAY_NS = 86_400 * _SECOND_NS
_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


class OverTime:
    """Handshakes by bin of time and by system; `bins` holds every bin from the first to the last."""

    def __init__(self, rows: Any, width_ns: int, names: dict[Key, Named], found: Systems) -> None:
        self.width_ns = width_ns
        systems = {key.signature: name.system for key, name in names.items()}
        self.shown = [found.systems[index] for index in ranked_systems(found)]
        self.counts: Counter[tuple[int, str]] = Counter()
        for row in rows.to_pylist():
            system = systems.get(row["signature"], UNNAMED)
            known = system in self.shown or system == UNNAMED
            self.counts[row["bin"], system if known else OTHERS] += row["count"]
        seen = {key[0] for key in self.counts}
        self.bins = range(min(seen), max(seen) + 1)

    @property
    def columns(self) -> list[str]:
        """The systems that are told apart, then what is left."""
        present = {system for _, system in self.counts}
        return [name for name in (*self.shown, OTHERS, UNNAMED) if name in present]

    @property
    def width(self) -> str:
        """The width of a bin in words."""
        return width_words(self.width_ns)

    def begin(self, at: int) -> str:
        """When a bin begins."""
        return time_text(at * self.width_ns, 0 if self.width_ns >= _SECOND_NS else 3)

    @property
    def day(self) -> str:
        """The day of all bins, or nothing when they are of several."""
        days = {self.begin(at)[:_DATE] for at in (self.bins[0], self.bins[-1])}
        return days.pop() if len(days) == 1 else ""

    @property
    def labels(self) -> tuple[str, ...]:
        """When the bins begin, without what all have in common."""
        first = _DATE + 1 if self.day else 0
        last = _DATE if self.width_ns >= _DAY_NS else None if self.width_ns < _MINUTE_NS else -len(":00")
        return tuple(self.begin(at)[first:last] for at in self.bins)


def width_words(width_ns: int) -> str:
    """``20 minutes``, ``1 day``."""
    for seconds, unit in _UNITS:
        if width_ns >= seconds * _SECOND_NS:
            return counted(width_ns // (seconds * _SECOND_NS), unit)
    return f"{width_ns // 1_000_000} ms"


def time_chart(found: OverTime) -> Chart:
    """Handshakes by bin, systems on top of each other."""
    roles = {OTHERS: "other", UNNAMED: "unknown"}
    series = tuple(
        Series(name, tuple(found.counts[at, name] for at in found.bins), roles.get(name, "system"))  # type: ignore[arg-type]
        for name in found.columns
    )
    by_bin: Counter[int] = Counter()
    for (at, _), count in found.counts.items():
        by_bin[at] += count
    busiest = max(by_bin, key=lambda at: (by_bin[at], -at))
    words = (
        f"{counted(by_bin.total(), 'handshake')} from {found.begin(found.bins[0])} UTC on, a bar for "
        f"{found.width}; the most, {by_bin[busiest]:,}, at {found.begin(busiest)}"
    )
    axis = ", ".join(filter(None, (found.day, "UTC", f"a bar for {found.width}")))
    return Chart(
        "time-chart", "Handshakes over time", words, found.labels, series, "handshakes", axis, stacked=True
    )


def time_table(found: OverTime) -> Table:
    """The same as a table; bins without a handshake are left out."""
    rows = []
    for at in found.bins:
        counts = [found.counts[at, name] for name in found.columns]
        if any(counts):
            rows.append([text(found.begin(at)), *map(number, counts)])
    columns = (Column("From (UTC)"), *(Column(name, numeric=True) for name in found.columns))
    return table("time", f"Handshakes by {found.width}", "time span", columns, rows)
