"""The base class of all parts of a result."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from huginn_cffi.base import times
from huginn_cffi.base.names import EVENTS, TUNNELS, EventName
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.run import fields
from huginn_cffi.run.observables import Endpoint, endpoint


class EventPart(fields.EventFields, shows=("source", "destination")):
    """The base class of all parts of a result."""

    @property
    def time(self) -> datetime:
        """When the packet was captured, in UTC, to the microsecond; `time_ns` is exact."""
        return times.moment(self.time_ns)

    @property
    def event(self) -> EventName:
        """The kind of event, one of `huginn_cffi.EVENTS`."""
        return EVENTS[self._batch._cells.event[self._row]]

    @property
    def tunnel(self) -> str | None:
        """The outermost tunnel around the packet, such as "vxlan"; ``None`` without a tunnel."""
        return TUNNELS.get(self._batch._cells.tunnel[self._row])

    @property
    def src_ip(self) -> str:
        """The address of `source`."""
        return self.source.ip

    @property
    def dst_ip(self) -> str:
        """The address of `destination`."""
        return self.destination.ip

    @property
    def source(self) -> Endpoint:
        """The sender of the packet; the part describes this host."""
        return endpoint(self._batch, self._row, "src")

    @property
    def destination(self) -> Endpoint:
        """The receiver of the packet."""
        return endpoint(self._batch, self._row, "dst")

    def as_dict(self) -> dict[str, Any]:
        """The event's record as plain values: the JSON of docs/reference/events.md."""
        found: dict[str, Any] = json.loads(self.to_json())
        return found

    def to_json(self) -> str:
        """The event's record as one line of JSON, as ``huginn pcap --format json`` writes it."""
        return self._rendered("json")

    def __str__(self) -> str:
        """The event in the text format; `print` adds the blank line after it."""
        return self._rendered("text")

    def _rendered(self, format: str) -> str:
        renderer = Renderer(format, self._batch.database)
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
    return (part.event, str(part.source), str(part.destination), *part._facts())
