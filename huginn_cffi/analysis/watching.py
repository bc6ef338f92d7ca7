"""Events from an interface as they happen, with or without an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from huginn_cffi.base import arguments
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import ABSENT_S
from huginn_cffi.base.names import EVENTS, PROTOCOLS, QUIET_PROTOCOLS, EventName
from huginn_cffi.run.batch import Batch, selected
from huginn_cffi.run.settings import DeviceNews, Settings

if TYPE_CHECKING:
    from huginn_cffi.run import stats as stats_types
    from huginn_cffi.sources import sensor as sensor_types
else:
    sensor_types = Later("huginn_cffi.sources.sensor")
    stats_types = Later("huginn_cffi.run.stats")


def reporting(settings: Settings, events: Iterable[EventName] | None) -> tuple[Settings, Kinds | None]:
    """The settings that report these kinds of events, and the kinds; by default `settings`, and all kinds."""
    asked = frozenset() if events is None else arguments.events(events, EVENTS)
    wants_news = "device_change" in asked
    quiet = QUIET_PROTOCOLS if wants_news else asked.intersection(QUIET_PROTOCOLS)
    found = settings._replace(
        changes=settings.changes or not asked.isdisjoint(("host_change", "ip_sharing")),
        findings=settings.findings or "finding" in asked,
        segments=settings.segments or "segments" in asked,
        protocols=tuple(name for name in PROTOCOLS if name in quiet or name in settings.protocols),
        news=settings.news or (DeviceNews(ABSENT_S) if wants_news else None),
    )
    kinds = sum(1 << EVENTS.index(name) for name in asked)
    findings, news = ((1 << 32 if name in asked else 1) - 1 for name in ("finding", "device_change"))
    return found, (kinds, findings << 32 | findings, news) if asked else None


Kinds = tuple[int, int, int]
"""The arguments of `selected` after the batch."""


class Opening:
    """A sensor that is being opened: on an event loop by a thread, else at once, and errors are raised."""

    def __init__(self, open_sensor: Callable[[], sensor_types.Sensor]) -> None:
        self._open_sensor = open_sensor
        self.sensor: Future[sensor_types.Sensor] = Future()
        self.sensor.set_running_or_notify_cancel()  # so that nobody's cancellation reaches it
        try:
            asyncio.get_running_loop()
        except RuntimeError:  # no loop to block
            self._open()
            self.sensor.result()
        else:
            threading.Thread(target=self._open, name="huginn-open", daemon=True).start()

    def _open(self) -> None:
        try:
            self.sensor.set_result(self._open_sensor())
        except BaseException as error:
            self.sensor.set_exception(error)

    def stats(self) -> stats_types.Stats:
        """The counters so far."""
        if not self.sensor.done() or self.sensor.exception() is not None:
            return stats_types.Stats()
        return self.sensor.result().stats

    def batches(self, cancel: arguments.Cancel, kinds: Kinds | None) -> Generator[Batch, None, None]:
        """The events of these kinds, once the sensor is open; by default all."""
        for batch in self.sensor.result().batches(cancel):
            found = batch if kinds is None else selected(batch, *kinds)
            if len(found):
                yield found

    def close(self, _: object = None) -> None:
        """Close the sensor, once it is open."""
        if self.sensor.exception() is None:
            self.sensor.result().close()
