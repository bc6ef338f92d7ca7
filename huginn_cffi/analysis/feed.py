"""Batches for an event loop, read by a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from contextlib import suppress
from typing import TypeVar

from huginn_cffi.engine.batch import Batch

AHEAD = 8
"""Limit of the batches that wait for an event loop. At the limit the thread stops reading; of an interface,
the kernel's buffer then fills up, and the interface counters show the dropped packets."""

Item = TypeVar("Item")


class Feed:
    """A thread that reads batches for the running event loop, at most `AHEAD` batches ahead.

    Setting `over` ends the batches within their next step.
    """

    def __init__(self, batches: Generator[Batch, None, None], over: threading.Event) -> None:
        self._batches, self._over = batches, over
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[Batch | Exception | None] = asyncio.Queue()
        self._room = threading.Semaphore(AHEAD)
        self._thread = threading.Thread(target=self._run, name="huginn-feed", daemon=True)

    async def items(self, of: Callable[[Batch], Iterable[Item]]) -> AsyncGenerator[Item, None]:
        """The items of each batch. Raises the exception that ended the batches."""
        try:
            self._thread.start()
            while (batch := await self._next_batch()) is not None:
                for item in of(batch):
                    yield item
        finally:
            await self.aclose()

    def end(self) -> None:
        """End the batches, without waiting for it."""
        self._over.set()
        self._room.release()

    def close(self) -> None:
        """End the batches, and wait for the thread."""
        self.end()
        if self._thread.ident is not None:
            self._thread.join()

    async def aclose(self) -> None:
        """As `close`, without blocking the event loop."""
        await asyncio.to_thread(self.close)

    async def _next_batch(self) -> Batch | None:
        await asyncio.sleep(0)  # lets other tasks run even if batches are waiting
        item = await self._ready.get()
        if isinstance(item, Exception):
            raise item
        self._room.release()
        return item

    def _run(self) -> None:
        end: Exception | None = None
        try:
            for batch in self._batches:
                self._room.acquire()
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
