"""Events from an interface as they happen, with or without an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from huginn_cffi.analysis.feed import Feed, FeedItems
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import ABSENT_S
from huginn_cffi.base.names import EVENTS, PROTOCOLS, QUIET_PROTOCOLS, EventName
from huginn_cffi.engine.batch import Batch, selected
from huginn_cffi.engine.settings import DeviceNews, Settings

if TYPE_CHECKING:
    from huginn_cffi.capture import sensor as sensor_types
    from huginn_cffi.engine import stats as stats_types
    from huginn_cffi.results import results as results_types
else:
    sensor_types = Later("huginn_cffi.capture.sensor")
    stats_types = Later("huginn_cffi.engine.stats")
    results_types = Later("huginn_cffi.results.results")


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

    def batches(self, cancel: arguments.Cancel) -> Generator[Batch, None, None]:
        """As of the sensor, once it is open."""
        yield from self.sensor.result().batches(cancel)

    def close(self, _: object = None) -> None:
        """Close the sensor, once it is open."""
        if self.sensor.exception() is None:
            self.sensor.result().close()


class Watch:
    """The return value of `watch`: an iterable and asynchronous iterable of results that can be read once.

    The capture ends with the loop: by ``break``, an exception, Ctrl-C or the task's cancellation. ``with``
    and ``async with`` end it, too. A second loop, or one after that, raises `HuginnError`.

    On an event loop a thread opens the interface, which takes about 0.1 s. ``async with`` waits until the
    capture has begun; it or the first step of ``async for`` raises the error if that fails.
    """

    def __init__(
        self,
        open_sensor: Callable[[], sensor_types.Sensor],
        stop: Callable[[threading.Event], arguments.Cancel],
        kinds: Kinds | None,
    ) -> None:
        self._kinds = kinds
        self._over = threading.Event()
        self._stop = stop(self._over)
        self._feed: Feed | None = None
        self._begun = False
        self._opening = Opening(open_sensor)

    @property
    def stats(self) -> stats_types.Stats:
        """The counters so far; ``stats.interface`` counts packets dropped because the loop was too slow."""
        return self._opening.stats()

    def __iter__(self) -> Generator[results_types.AnalysisResult, None, None]:
        return self._results(self._batches())

    def __aiter__(self) -> AsyncIterator[results_types.AnalysisResult]:
        """Yield each result without blocking the event loop; a thread reads at most eight batches ahead.

        A cancelled step (``asyncio.wait_for(anext(...), 1)``) loses no result, and the next step continues.
        """
        self._feed = Feed(self._batches(), self._over)
        return FeedItems(self._feed, Batch.results)

    def close(self) -> None:
        """End the capture, from any thread. A loop over it ends; a second call does nothing."""
        self._over.set()
        if self._feed is not None:
            self._feed.end()
        self._opening.sensor.add_done_callback(self._opening.close)

    async def aclose(self) -> None:
        """As `close`, without blocking the event loop while the threads end."""
        self.close()
        if self._feed is not None:
            await self._feed.aclose()
        await asyncio.to_thread(self._opening.close)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Watch:
        """Wait until the interface is open."""
        try:
            await asyncio.wrap_future(self._opening.sensor)
        except BaseException:
            self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def _batches(self) -> Generator[Batch, None, None]:
        """The selected events of each batch that has any."""
        if self._begun or self._over.is_set():
            raise HuginnError(
                "the events of `watch` can be taken only once, before it is closed; call it again"
            )
        self._begun = True
        return self._captured()

    def _captured(self) -> Generator[Batch, None, None]:
        for batch in self._opening.batches(self._stop):
            found = batch if self._kinds is None else selected(batch, *self._kinds)
            if len(found):
                yield found

    def _results(
        self, batches: Generator[Batch, None, None]
    ) -> Generator[results_types.AnalysisResult, None, None]:
        try:
            for batch in batches:
                yield from batch.results()
        finally:
            batches.close()
            self.close()
