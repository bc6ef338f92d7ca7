"""Events from an interface as they happen, with or without an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base import arguments
from huginn_cffi.base.later import Later
from huginn_cffi.base.names import EVENT_PROTOCOLS, EVENTS, QUIET_PROTOCOLS
from huginn_cffi.engine.batch import Batch

if TYPE_CHECKING:
    from huginn_cffi.capture import sensor as sensor_types
    from huginn_cffi.engine import stats as stats_types
    from huginn_cffi.filters import bpf as bpf_types
    from huginn_cffi.results import results as results_types
else:
    sensor_types = Later("huginn_cffi.capture.sensor")
    stats_types = Later("huginn_cffi.engine.stats")
    bpf_types = Later("huginn_cffi.filters.bpf")
    results_types = Later("huginn_cffi.results.results")

AHEAD = 8
"""Limit of the batches that wait for an event loop, 5 MB at most. At the limit the thread stops reading, the
kernel's buffer fills up, and the interface counters show the dropped packets."""


def watch(
    interface: str, *, events: Iterable[str] | None = None, bpf: str | bpf_types.BpfFilter | None = None
) -> Watch:
    """The events from an interface ("eth0"; on Linux "any" means all) from this call on.

    ``for event in watch("eth0")``, or ``async for event in watch("eth0")`` on an event loop, gives each event
    as a part of a result. `events` selects kinds by name, such as "syn" or "http_request", including kinds
    that an `Analyzer` reports only on request ("host_change", "ip_sharing", "finding", "segments",
    "device_change", and protocols such as "arp"). `bpf` selects packets by a libpcap expression.

    `ValueError` for an unknown kind or an empty list, `TypeError` for a string in place of a list; otherwise
    raises as `Analyzer.analyze_network` does, also later, when the interface disappears.
    """
    wanted = frozenset(EVENTS if events is None else arguments.events(events, EVENTS))
    asked = frozenset() if events is None else wanted
    news = "device_change" in asked
    analyzer = Analyzer(
        bpf=bpf,
        changes=not asked.isdisjoint(("host_change", "ip_sharing")),
        findings="finding" in asked,
        segments="segments" in asked,
        protocols=(*EVENT_PROTOCOLS, *(QUIET_PROTOCOLS if news else asked.intersection(QUIET_PROTOCOLS))),
        device_news=news,
    )
    return Watch(analyzer.sensor(interface), frozenset(map(EVENTS.index, wanted)))


class Watch:
    """The return value of `watch`: an iterable and asynchronous iterable that can be read once.

    The capture ends with the loop: by ``break``, an exception, Ctrl-C or the task's cancellation.
    `contextlib.closing` and `contextlib.aclosing` work as well. A second loop raises `HuginnError`.
    """

    def __init__(self, sensor: sensor_types.Sensor, kinds: frozenset[int]) -> None:
        self._sensor, self._kinds = sensor, kinds
        self._over = threading.Event()
        self._feed: _Feed | None = None

    @property
    def stats(self) -> stats_types.Stats:
        """The counters so far; ``stats.interface`` counts packets dropped because the loop was too slow."""
        return self._sensor.stats

    def __iter__(self) -> Generator[results_types.Part, None, None]:
        return self._parts(self._batches())

    def __aiter__(self) -> AsyncGenerator[results_types.Part, None]:
        """Yield each event without blocking the event loop; a thread reads at most eight batches ahead."""
        return self._parts_of_feed(self._batches())

    def close(self) -> None:
        """End the capture, from any thread. A loop over it ends; a second call does nothing."""
        self._end()
        self._sensor.close()

    async def aclose(self) -> None:
        """As `close`, without blocking the event loop while the thread ends."""
        self._end()
        if self._feed is None:
            self._sensor.close()
        else:
            await asyncio.to_thread(self._feed.thread.join)

    def _end(self) -> None:
        self._over.set()
        if self._feed is not None:
            self._feed.room.release()

    def _batches(self) -> Generator[Batch, None, None]:
        """The batches with at least one selected event."""
        batches = self._sensor.batches(self._over.is_set)
        return (batch for batch in batches if not self._kinds.isdisjoint(batch["event"]))

    def _selected(self, batch: Batch) -> Generator[results_types.Part, None, None]:
        kinds = batch["event"]
        return (part for part in batch if kinds[part._row] in self._kinds)

    def _parts(self, batches: Generator[Batch, None, None]) -> Generator[results_types.Part, None, None]:
        try:
            for batch in batches:
                yield from self._selected(batch)
        finally:
            batches.close()
            self.close()

    async def _parts_of_feed(
        self, batches: Generator[Batch, None, None]
    ) -> AsyncGenerator[results_types.Part, None]:
        feed = self._feed = _Feed(batches, self._over)
        try:
            feed.thread.start()
            while (batch := await feed.next_batch()) is not None:
                for part in self._selected(batch):
                    yield part
        finally:
            await self.aclose()


class _Feed:
    """A thread that reads batches for the running event loop, at most `AHEAD` batches ahead."""

    def __init__(self, batches: Generator[Batch, None, None], over: threading.Event) -> None:
        self._batches, self._over = batches, over
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[Batch | Exception | None] = asyncio.Queue()
        self.room = threading.Semaphore(AHEAD)
        self.thread = threading.Thread(target=self._run, name="huginn-watch", daemon=True)

    async def next_batch(self) -> Batch | None:
        """The next batch, None at the end. Raises the exception that ended the capture."""
        await asyncio.sleep(0)  # lets other tasks run even if batches are waiting
        item = await self._ready.get()
        if isinstance(item, Exception):
            raise item
        self.room.release()
        return item

    def _run(self) -> None:
        end: Exception | None = None
        try:
            for batch in self._batches:
                self.room.acquire()
                if self._over.is_set():
                    break
                self._deliver(batch)
        except Exception as error:
            end = error
        self._batches.close()
        with suppress(RuntimeError):  # the loop is closed
            self._deliver(end)

    def _deliver(self, item: Batch | Exception | None) -> None:
        self._loop.call_soon_threadsafe(self._ready.put_nowait, item)
