"""The base class of views on one row of a batch."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from huginn_cffi.batch.rows import Rows

if TYPE_CHECKING:
    stored = property
else:

    def stored(getter):
        """A property that reads the slot ``_name``.

        It returns what `getter` describes in 25 ns; a Python function takes 65 ns.
        """
        return property(attrgetter(f"_{getter.__name__}"), doc=getter.__doc__)


Value = TypeVar("Value")


class Derived(property, Generic[Value]):
    """A property with a value type for type checkers; its docstring is an argument."""

    if TYPE_CHECKING:

        def __get__(self, of: Any, owner: type | None = None) -> Value: ...  # type: ignore[override]


class View:
    """A batch and a row. Equality, hash and repr use the attributes named in `_shown`.

    `_shown` lists the first base's attributes, then the class's own (`shows`), then those of the other bases.

    There is no ``__init__``, because calling a Python function would dominate the cost of a
    view (40 ns without it, 160 ns with it). The caller sets the attributes directly, as `view` does.
    """

    __slots__ = ("_batch", "_row")
    _shown: ClassVar[tuple[str, ...]] = ()
    _batch: Rows
    _row: int

    def __init_subclass__(cls, shows: tuple[str, ...] = ()) -> None:
        first, *others = (base._shown for base in cls.__bases__ if issubclass(base, View))
        cls._shown = tuple(dict.fromkeys((*first, *shows, *chain.from_iterable(others))))

    def __reduce__(self) -> tuple[object, ...]:
        return self._batch._pickled_view(type(self), self._row)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._shown)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self._shown))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
        return f"{type(self).__name__}({values})"


ViewType = TypeVar("ViewType", bound=View)


def view(kind: type[ViewType], batch: Rows, row: int) -> ViewType:
    """A view of this kind. Time-critical callers repeat its three lines instead of calling it."""
    made = kind()
    made._batch = batch
    made._row = row
    return made
