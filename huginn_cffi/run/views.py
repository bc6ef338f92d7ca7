"""The base class of views on one row of a batch, and values of the row as the core writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import handle_of
from huginn_cffi.base.unknown import unknown
from huginn_cffi.run.rows import Rows

_allocate = ffi.new_allocator(should_clear_after_alloc=False)

Value = TypeVar("Value")


class Derived(property, Generic[Value]):
    """A property with a value type for type checkers.

    An `operator.attrgetter` as its getter takes 25 ns, a Python function 65 ns.
    """

    def __init__(self, get: Callable[[Any], Value], doc: str) -> None:
        super().__init__(get)
        self.__doc__ = doc  # up to Python 3.12, an argument `doc` does not replace the class's text

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: type | None = None) -> Value: ...  # type: ignore[override]


class _Slotted(type):
    """Makes classes whose objects have no attributes except those that ``__slots__`` names."""

    _shown: tuple[str, ...]

    def __new__(
        cls, name: str, bases: tuple[type, ...], members: dict[str, Any], shows: tuple[str, ...] = ()
    ) -> Any:
        made = super().__new__(cls, name, bases, {"__slots__": (), **members})
        first, *others = [base._shown for base in bases if isinstance(base, cls)] or [()]
        made._shown = tuple(dict.fromkeys((*first, *shows, *chain.from_iterable(others))))
        return made


MADE_BY_CALLS = (
    "results come from hg.read, hg.watch and hg.fingerprint; "
    "for tests make them from frames: hg.read([frame], linktype=1)"
)


class View(metaclass=_Slotted):
    """A batch and a row. Equality, hash and repr use the attributes named in `_shown`.

    `_shown` lists the first base's attributes, then the class's own (`shows`), then the other bases'.

    There is no ``__init__``, because calling a Python function would dominate the cost of a
    view (40 ns without it, 160 ns with it). The caller sets the attributes directly, as `view` does.
    """

    __slots__ = ("_batch", "_row")
    _shown: ClassVar[tuple[str, ...]]
    _batch: Rows
    _row: int

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> None:
            if name in ("_batch", "_row", "_signature", "_match"):
                raise TypeError(MADE_BY_CALLS)
            raise unknown(self, name)

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


def recorded(part: Any, name: str) -> Any:
    """The value of a field that all records have, or that comes from the database."""
    return part.as_dict().get(name)


class SignatureText(str):
    """A signature as text. It also has the attributes of its part, which had their own object before."""

    _part: View

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._part, name)


def signature_text(text: str, part: View) -> SignatureText:
    """The text of a part's signature."""
    made = SignatureText(text)
    made._part = part
    return made


def written(
    write: Callable[..., int], *arguments: Any, capacity: int, kind: str = "char[]", count: str = "size_t *"
) -> tuple[Any, int]:
    """Call a core function with a buffer, enlarged if needed; return the buffer and the written length."""
    length, error = ffi.new(count), ffi.new("hg_error *")
    while True:
        out = _allocate(kind, capacity)
        check(write(*arguments, out, capacity, length, error), error)
        if length[0] <= capacity:
            return out, length[0]
        capacity = length[0]


def value(batch: Rows, row: int, field: int) -> Any:
    """The value of a field by its index in `sigcompiler.schema.rows.FIELDS`; lists are tuples."""
    out, length, error = _allocate("char[]", lib.HG_MAX_RECORD), ffi.new("size_t *"), ffi.new("hg_error *")
    database = handle_of(batch.database)
    check(lib.hg_field_json(batch._native, database, row, field, out, length, error), error)
    found = json.loads(ffi.buffer(out, length[0])[:])
    return tuple(found) if isinstance(found, list) else found
