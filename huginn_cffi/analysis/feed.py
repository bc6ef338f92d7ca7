"""Batches for an event loop, read by a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from huginn_cffi.run.batch import Batch

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

    async def guard(self) -> AsyncGenerator[None, None]:
        """Held by an iterator: the event loop closes it with the iterator, or when the loop itself ends."""
        try:
            self._thread.start()
            yield
        finally:
            await self.aclose()

    def end(self) -> None:
        """End the batches, without waiting for it. Only the thread closes them, once it was started."""
        self._over.set()
        self._room.release()
        if self._thread.ident is None:
            self._batches.close()

    def close(self) -> None:
        """End the batches, and wait for the thread."""
        self.end()
        if self._thread.ident is not None:
            self._thread.join()

    async def aclose(self) -> None:
        """As `close`, without blocking the event loop."""
        await asyncio.to_thread(self.close)

    async def next_batch(self) -> Batch | Exception | None:
        """The next batch, or what ended them: an exception or ``None``."""
        await asyncio.sleep(0)  # lets other tasks run even if batches are waiting
        item = await self._ready.get()
        if isinstance(item, Batch):
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


class FeedItems(AsyncIterator[Item]):
    """The items of each batch of a feed. A cancelled step loses none of them, and the next step continues.

    Of several tasks, one waits for a batch; the others wait for it, and share its items.
    """

    def __init__(self, feed: Feed, of: Callable[[Batch], Iterable[Item]]) -> None:
        self._feed, self._of = feed, of
        self._items: Iterator[Item] = iter(())
        self._guard = feed.guard()
        self._turn = asyncio.Lock()
        self._begun = self._ended = False
        self._error: Exception | None = None

    async def __anext__(self) -> Item:
        for item in self._items:
            return item
        async with self._turn:
            for item in self._items:
                return item
            if not self._begun:
                self._begun = True
                await anext(self._guard, None)
            while not self._ended:
                batch = await self._feed.next_batch()
                if isinstance(batch, Batch):
                    self._items = iter(self._of(batch))
                    for item in self._items:
                        return item
                elif not self._ended:  # else it was closed
                    self._ended, self._error = True, batch
                    await self._guard.aclose()
        error, self._error = self._error, None  # a step that was cancelled while it closed has left it
        raise error or StopAsyncIteration

    async def aclose(self) -> None:
        """End the batches; a further step ends the iteration."""
        self._ended, self._items = True, iter(())
        await self._guard.aclose()
        await self._feed.aclose()  # the guard of an iterator that was never used does nothing
