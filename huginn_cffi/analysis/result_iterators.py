"""The iterators that analyzers return: over results or batches, also usable as an Arrow stream."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from huginn_cffi.base.errors import HuginnError

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.results.results import AnalysisResult

Item = TypeVar("Item")


class _Progress:
    """The progress of a stream; a separate object, so that only the stream's owner refers to the stream."""

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
    """An iterator over the events of one call. An Arrow export takes all remaining events."""

    _items: Generator[Item, None, None]

    def __init__(self, batches: Generator[Batch, None, None], subject: str) -> None:
        self._subject = subject
        self._progress = _Progress()
        self._batches = _counted(batches, self._progress)

    def __iter__(self) -> Iterator[Item]:
        """Iterate over the unread rest."""
        return self._items

    def __next__(self) -> Item:
        return next(self._items)

    def close(self) -> None:
        """Stop reading the capture or interface; a second call is harmless."""
        self._items.close()
        self._batches.close()
        self._progress.ended = True  # set here too, because closing an unstarted generator runs no code

    def throw(self, error: BaseException) -> Item:
        """Raise `error` at the current position. This ends the iteration."""
        return self._items.throw(error)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """All unread events as a stream of Arrow's C interface.

        pyarrow, pandas, polars and DuckDB call it when they get this object. It can be read once:
        `HuginnError` if the events were already read, `ModuleNotFoundError` without the extra
        ``huginn-cffi[arrow]``.
        """
        from huginn_cffi.formats.arrow import reader

        if self._progress.ended:
            raise HuginnError(f"{self._subject} was already read; call the analyzer again")
        return reader(self._batches).__arrow_c_stream__(requested_schema)

    def __array__(self, dtype: object = None, copy: object = None) -> Any:
        """All unread events as an array of dataclass instances.

        ``pandas.DataFrame(...)`` calls it and makes a row of each. ``pandas.DataFrame.from_arrow(...)`` is
        many times faster and keeps the column types. Raises as `__arrow_c_stream__` does.
        """
        from huginn_cffi.formats.arrow import event_records

        return event_records(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._subject}: {self._state()}>"

    def _repr_html_(self) -> str:
        """The display in a notebook. It reads no events."""
        from html import escape  # imported here because it takes 1 ms and only notebooks need it

        return f"<code>{escape(repr(self))}</code>"

    def _state(self) -> str:
        events = f"{self._progress.events} events"
        if self._progress.ended:
            return f"read, {events}"
        return f"{events} so far" if self._progress.events else "not read yet"


class Batches(_Stream["Batch"]):
    """An iterator over batches of events, which are never empty.

    Programs that read Arrow streams see a table of all events: ``pyarrow.table(batches)``,
    ``pandas.DataFrame.from_arrow(batches)``, ``polars.DataFrame(batches)``, and DuckDB by the variable's
    name. ``pandas.DataFrame(batches)`` works as well, but more slowly.
    """

    def __init__(self, batches: Generator[Batch, None, None], subject: str) -> None:
        super().__init__(batches, subject)
        self._items = self._batches


class Results(_Stream["AnalysisResult"]):
    """An iterator over results, one for each packet with events.

    It is also a table of these events, as `Batches` is.
    """

    def __init__(
        self,
        batches: Generator[Batch, None, None],
        subject: str,
        results: Callable[[Iterable[Batch]], Generator[AnalysisResult, None, None]],
    ) -> None:
        super().__init__(batches, subject)
        self._items = results(self._batches)


def named(sources: Iterable[str]) -> str:
    """A short description of the sources."""
    names = list(sources)
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
