"""The iterators that analyzers return: over results or batches, also usable as an Arrow stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.later import Later
from huginn_cffi.formats.frames import ArrowTable
from huginn_cffi.run.batch import Batch

if TYPE_CHECKING:
    from huginn_cffi.analysis import feed as feed_types
    from huginn_cffi.analysis import summary as summary_types
    from huginn_cffi.analysis import watching as watching_types
    from huginn_cffi.hosts import devices as device_types
    from huginn_cffi.hosts import table as table_types
    from huginn_cffi.run import results as results_types
    from huginn_cffi.run import stats as stats_types
else:
    feed_types = Later("huginn_cffi.analysis.feed")
    device_types = Later("huginn_cffi.hosts.devices")
    table_types = Later("huginn_cffi.hosts.table")
    stats_types = Later("huginn_cffi.run.stats")
    results_types = Later("huginn_cffi.run.results")

Item = TypeVar("Item")
ResultsType = TypeVar("ResultsType", bound="Results[Any]")


class UnreadBatches(NamedTuple):
    """The batches of one call, with its counters."""

    batches: Generator[Batch, None, None]
    stats: Callable[[], stats_types.Stats]
    over: Event
    """Set to end the reading; the generator then ends within its next step."""
    opening: watching_types.Opening | None = None
    """The beginning of a capture from an interface."""
    whole: Callable[[Event], summary_types.Whole] | None = None
    """Reads the source for its hosts, until its own event is set: `over` may be set when the batches end."""
    is_repeatable: bool = False
    """Whether `whole` can read a source from which batches were taken."""


class _Progress:
    """The progress of a stream; a separate object, so that only the stream's owner refers to the stream."""

    def __init__(self) -> None:
        self.begun = self.ended = False
        self.events = 0


def _counted(batches: Generator[Batch, None, None], progress: _Progress) -> Generator[Batch, None, None]:
    progress.begun = True
    try:
        for batch in batches:
            progress.events += batch.count
            yield batch
    finally:
        progress.ended = True
        batches.close()


class Results(ArrowTable, Generic[Item]):
    """An iterator over the events of one call: results, one per packet, or batches, which are never empty.

    Programs that read Arrow streams see a table of all events that are left: ``pyarrow.table(results)``,
    ``pandas.DataFrame.from_arrow(results)``, ``polars.DataFrame(results)``, and DuckDB by the variable's
    name. ``pandas.DataFrame(results)`` works as well, but more slowly.

    It is also an asynchronous iterable: a thread reads ahead, and the reading ends with the loop. It is a
    context manager of both kinds, which closes it. The capture of an interface ends with any loop over it.
    """

    def __init__(
        self,
        unread: UnreadBatches,
        subject: str,
        items: Callable[[Iterable[Batch]], Generator[Item, None, None]],
    ) -> None:
        self._subject = subject
        self._progress = _Progress()
        self._batches = _counted(unread.batches, self._progress)
        self._items = items(self._batches)
        self._unread, self._made = unread, items
        self._feed: feed_types.Feed | None = None
        self._taken = False
        self._whole_over = Event()

    @property
    def stats(self) -> stats_types.Stats:
        """The counters so far, of the events once they were begun; ``stats.interface`` counts lost ones."""
        whole = None if self._progress.begun else self.__dict__.get("_whole")
        return (whole or self._unread).stats()

    @property
    def hosts(self) -> table_types.HostTable:
        """One conclusion per host, from all packets: what ``huginn hosts`` prints, as objects and a table.

        It reads all of a source, with segments and, unless `protocols` were chosen, all protocols and
        senders; an interface until `cancel`, with these only if the analyzer or `events` ask for them.
        A path or bytes can be read before and after that, everything else once: then `HuginnError`.
        """
        return self._whole.hosts

    @property
    def devices(self) -> device_types.Devices:
        """The devices of the same pass: a record for each, with the keys of JSON."""
        return self._whole.devices

    @property
    def summary(self) -> dict[str, Any]:
        """The summary of the same pass: the JSON document that ``huginn pcap --summary`` writes."""
        return self._whole.summary

    @cached_property
    def _whole(self) -> summary_types.Whole:
        if not self._unread.is_repeatable:
            self._begin("hosts, devices and summary, which need all of it")
            self._progress.ended = True
        assert self._unread.whole is not None
        self._whole_over.clear()  # a path can be read after `close`
        return self._unread.whole(self._whole_over)

    def __iter__(self) -> Iterator[Item]:
        """Iterate over the unread rest. `HuginnError` if an earlier pass took all events."""
        if self._unread.opening is not None:
            self._begin("events")
            return self._until_left()
        self._take()
        return self._items

    def __next__(self) -> Item:
        return next(self._items)

    def __aiter__(self) -> AsyncIterator[Item]:
        """Iterate without blocking the event loop; once, and only if nothing was read before.

        A cancelled step (``asyncio.wait_for(anext(...), 1)``) loses no item, and the next step continues.
        """
        self._begin("an asynchronous loop")
        self._feed = feed_types.Feed(self._batches, self._unread.over)
        return feed_types.FeedItems(self._feed, lambda batch: self._made((batch,)))

    def close(self) -> None:
        """Stop reading the capture or interface, from any thread; a second call is harmless."""
        self._unread.over.set()
        self._whole_over.set()
        if self._unread.opening is not None:
            self._unread.opening.sensor.add_done_callback(self._unread.opening.close)
        if self._feed is not None:
            self._feed.end() if self._unread.opening is not None else self._feed.close()
        else:
            for part in (self._items, self._batches):
                with suppress(ValueError):  # another thread is within a step, which ends soon
                    part.close()
        self._taken = self._progress.ended = True  # closing an unstarted generator runs no code

    async def aclose(self) -> None:
        """As `close`, without blocking the event loop."""
        if self._unread.opening is not None:
            self.close()
        if self._feed is not None:
            await self._feed.aclose()
        if self._unread.opening is not None:
            from asyncio import to_thread

            await to_thread(self._unread.opening.close)
        self.close()

    def __enter__(self: ResultsType) -> ResultsType:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self: ResultsType) -> ResultsType:
        """Wait until the capture has begun."""
        if self._unread.opening is not None:
            from asyncio import wrap_future

            try:
                await wrap_future(self._unread.opening.sensor)
            except BaseException:
                self.close()
                raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def throw(self, error: BaseException) -> Item:
        """Raise `error` at the current position. This ends the iteration."""
        return self._items.throw(error)

    def batches(self) -> Results[Batch]:
        """The same events as columns: batches, never empty. `HuginnError` if some were read before."""
        self._begin("batches")
        self._progress.ended = True  # a further pass is refused
        return batches_of(self._unread._replace(batches=self._batches), self._subject)

    def to_arrow(self) -> Any:
        """All unread events as a `pyarrow.Table`, with the columns of `Batch.to_arrow`; raises as below."""
        from huginn_cffi.formats.arrow import reader

        self._take()
        return reader(self._batches).read_all()

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """All unread events as a stream of Arrow's C interface.

        pyarrow, pandas, polars and DuckDB call it when they get this object. It can be read once:
        `HuginnError` if the events were already read, `ModuleNotFoundError` without the extra
        ``huginn-cffi[arrow]``.
        """
        from huginn_cffi.formats.arrow import reader

        self._take()
        return reader(self._batches).__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._subject}: {self._state()}>"

    def _repr_html_(self) -> str:
        """The display in a notebook. It reads no events."""
        from html import escape  # imported here because it takes 1 ms and only notebooks need it

        return f"<code>{escape(repr(self))}</code>"

    def _until_left(self) -> Generator[Item, None, None]:
        try:
            yield from self._items
        finally:
            self.close()

    def _begin(self, wanted: str) -> None:
        """Begin the only pass over everything."""
        is_begun = self._taken or self._progress.events > 0
        if self._unread.opening is not None:
            if self._progress.ended or self._feed is not None:
                raise HuginnError(
                    "the events of `watch` can be taken only once, before it is closed; call it again"
                )
            is_begun = False
        self._take()
        if is_begun:
            raise HuginnError(f"{self._subject} was begun; call the analyzer again for {wanted}")

    def _take(self) -> None:
        """Begin a pass over the rest."""
        if self._progress.ended and self._taken:
            raise HuginnError(f"{self._subject} was already read; call the analyzer again")
        self._taken = True

    def _state(self) -> str:
        events = f"{self._progress.events} events"
        if self._progress.ended:
            return f"read, {events}"
        return f"{events} so far" if self._progress.events else "not read yet"


def batches_of(unread: UnreadBatches, subject: str) -> Results[Batch]:
    """The batches of a call."""
    return Results(unread, subject, _unchanged)


def _unchanged(batches: Iterable[Batch]) -> Generator[Batch, None, None]:
    yield from batches


def named(sources: Iterable[str]) -> str:
    """A short description of the sources."""
    names = list(sources)
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
