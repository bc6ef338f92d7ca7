"""Progress of reading files: one line on standard error, if that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.standard_error import draw_line, erase_line, is_terminal

if TYPE_CHECKING:
    from huginn_cffi.base.arguments import Cancel
    from huginn_cffi.inputs.opening import Input

INTERVAL_S = 0.1
_UNITS = ("B", "kB", "MB", "GB", "TB")


class Progress:
    """A bar with share, rate and remaining time, shown only on a terminal.

    It acts as a `Cancel` that is never set: the analyzer calls `is_set` often, which updates the bar.
    """

    def __init__(self, inputs: Iterable[Input], packets: Callable[[], int], *, wanted: bool = True) -> None:
        self.inputs = list(inputs)
        self._packets = packets
        sizes = [item.size for item in self.inputs]
        self._total = sum(size for size in sizes if size is not None)
        seen = wanted and self._total > 0 and None not in sizes and is_terminal()
        self._bar = click.progressbar(length=self._total, width=24, file=sys.stderr) if seen else None
        self._began = self._drawn = time.monotonic()

    @property
    def cancel(self) -> Cancel | None:
        """The object for an analyzer's `cancel`. None without a bar, because the calls cost some speed."""
        return None if self._bar is None else self

    def is_set(self) -> bool:
        """Redraw the bar if it is due; always returns False."""
        if self._bar is not None and time.monotonic() - self._drawn >= INTERVAL_S:
            self._draw()
        return False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show the bar until the block ends."""
        self._draw()
        try:
            yield
        finally:
            self._draw()
            erase_line()
            self._bar = None

    def _draw(self) -> None:
        bar = self._bar
        if bar is None:
            return
        self._drawn = time.monotonic()
        bar.make_step(min(sum(item.position for item in self.inputs), self._total) - bar.pos)
        passed = max(self._drawn - self._began, 1e-3)
        rates = f"{_amount(bar.pos / passed)}/s  {self._packets() / passed:,.0f} packets/s"
        left = f"{eta} left" if (eta := bar.format_eta()) else ""
        draw_line(f"{bar.format_bar()} {bar.format_pct()}  {rates}  {left}")


def _amount(number: float) -> str:
    for unit in _UNITS[:-1]:
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.0f} {_UNITS[-1]}"
