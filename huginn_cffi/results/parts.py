"""The base class of all parts of a result."""

from __future__ import annotations

from huginn_cffi.base.names import EVENTS
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.results.observables import Endpoint, endpoint
from huginn_cffi.results.views import View


class EventPart(View, shows=("source", "destination")):
    """The base class of all parts of a result."""

    @property
    def source(self) -> Endpoint:
        """The sender of the packet; the part describes this host."""
        return endpoint(self._batch, self._row, "src")

    @property
    def destination(self) -> Endpoint:
        """The receiver of the packet."""
        return endpoint(self._batch, self._row, "dst")

    def __str__(self) -> str:
        """The event in the text format; `print` adds the blank line after it."""
        renderer = Renderer("text", self._batch.database)
        text = b"".join(renderer.pieces(self._batch, self._row, self._row + 1))
        return text[:-1].decode("utf-8", "replace")

    def _facts(self) -> tuple[str, str]:
        """Two texts for a table: the result, and the observed values behind it."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        from huginn_cffi.formats.html import table

        return table("", HEADS, [part_row(self)])


HEADS = ("event", "source", "destination", "meaning", "shows")


def part_row(part: EventPart) -> tuple[str, str, str, str, str]:
    """The cells below `HEADS`."""
    event = EVENTS[part._batch._cells.event[part._row]]
    return (event, str(part.source), str(part.destination), *part._facts())
