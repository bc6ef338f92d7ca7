"""The base of everything that is a view on one row of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch


class View:
    """A batch and a row. Equality, hash and repr go over the attributes named in `_fields`."""

    __slots__ = ("_batch", "_row")
    _fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, batch: Batch, row: int) -> None:
        self._batch = batch
        self._row = row

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self._fields))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({values})"
