"""What a call of an analyzer gives: results or batches, one after the other, or as an Arrow stream."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from huginn_cffi.base.errors import HuginnError

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.results.results import AnalysisResult

Item = TypeVar("Item")


class _Progress:
    """How far a stream was read. Apart from it, so that nothing refers to the stream but its owner."""

    __slots__ = ("ended", "events")

    def __init__(self) -> None:
        self.ended = False
        self.events = 0


def _counted(batches: Generator[Batch, None, None], progress: _Progress) -> Generator[Batch, None, None]:
    try:
        for batch in batches:
            progress.events += len(batch)
            yield batch
    finally:
        progress.ended = True
        batches.close()


class _Stream(Generic[Item]):
    """An iterator over the events of one call. Its first use for Arrow takes all that is left."""

    __slots__ = ("_batches", "_items", "_progress", "_subject")
    _items: Generator[Item, None, None]

    def __init__(self, batches: Generator[Batch, None, None], subject: str) -> None:
        self._subject = subject
        self._progress = _Progress()
        self._batches = _counted(batches, self._progress)

    def __iter__(self) -> Iterator[Item]:
        """What was not read yet."""
        return self._items

    def __next__(self) -> Item:
        return next(self._items)

    def close(self) -> None:
        """End the reading, of an interface too; a second time is harmless."""
        self._items.close()
        self._batches.close()
        self._progress.ended = True  # also where it never began

    def throw(self, error: BaseException) -> Item:
        """Raise `error` at the current position. This ends the iteration."""
        return self._items.throw(error)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """All events that were not read yet as a stream of Arrow's C interface.

        pyarrow, pandas, polars and DuckDB ask for it when they are given this object. They read it
        once: `HuginnError` when nothing is left because it was read before, `ModuleNotFoundError`
        without the extra ``huginn-cffi[arrow]``.
        """
        from huginn_cffi.formats.arrow import reader

        if self._progress.ended:
            raise HuginnError(f"{self._subject} was already read; call the analyzer again")
        return reader(self._batches).__arrow_c_stream__(requested_schema)

    def __array__(self, dtype: object = None, copy: object = None) -> Any:
        """All events that were not read yet as records, which are dataclasses.

        ``pandas.DataFrame(...)`` asks for it, and gives a row of each. ``pandas.DataFrame.from_arrow(...)``
        is many times faster, and keeps the types of columns. Raises as `__arrow_c_stream__` does.
        """
        from huginn_cffi.formats.arrow import event_records

        return event_records(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._subject}: {self._state()}>"

    def _repr_html_(self) -> str:
        """What a notebook shows. Nothing is read for it."""
        from html import escape  # one millisecond that only notebooks need

        return f"<code>{escape(repr(self))}</code>"

    def _state(self) -> str:
        events = f"{self._progress.events} events"
        if self._progress.ended:
            return f"read, {events}"
        return f"{events} so far" if self._progress.events else "not read yet"


class Batches(_Stream["Batch"]):
    """Batches of events, never empty, one after the other.

    Also a table of all events for programs that read Arrow streams: ``pyarrow.table(batches)``,
    ``pandas.DataFrame.from_arrow(batches)``, ``polars.DataFrame(batches)``, and DuckDB by its name.
    ``pandas.DataFrame(batches)`` gives the frame, too, more slowly.
    """

    __slots__ = ()

    def __init__(self, batches: Generator[Batch, None, None], subject: str) -> None:
        super().__init__(batches, subject)
        self._items = self._batches


class Results(_Stream["AnalysisResult"]):
    """Results, one for each packet that showed something, one after the other.

    Also a table of their events, as `Batches` are.
    """

    __slots__ = ()

    def __init__(
        self,
        batches: Generator[Batch, None, None],
        subject: str,
        results: Callable[[Iterable[Batch]], Generator[AnalysisResult, None, None]],
    ) -> None:
        super().__init__(batches, subject)
        self._items = results(self._batches)


def named(sources: Iterable[str]) -> str:
    """Sources in a few words."""
    names = list(sources)
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
