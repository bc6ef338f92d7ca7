"""Objects of the C core that Python owns. All of them are created and freed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check

if TYPE_CHECKING:
    from huginn_cffi._native import CData as CData
else:
    CData = Any  # the compiled module does not export this type


class _HasHandle(Protocol):
    @property
    def _handle(self) -> CData: ...


def handle_of(database: _HasHandle | None) -> CData:
    """The core's pointer for a database; NULL for None."""
    return ffi.NULL if database is None else database._handle


def made(kind: str, create: Callable[..., int], *arguments: Any, **checks: Any) -> CData:
    """A new object of this kind, such as "hg_engine", freed when its last reference goes.

    `create` is the core's function: it gets the arguments, an output pointer and an ``hg_error *``. Its
    status goes to `check` with the keyword arguments `checks`.
    """
    out, error = ffi.new(f"{kind} **"), ffi.new("hg_error *")
    check(create(*arguments, out, error), error, **checks)
    return ffi.gc(out[0], getattr(lib, f"{kind}_free"))


def output_of(write: Callable[..., int], *arguments: Any, first: int, most: int) -> bytes:
    """The output of a core function, in a buffer of `first` bytes that grows up to `most` if it is too small.

    `write` gets the arguments, the buffer, its size, an output for the length and an ``hg_error *``.
    """
    length, error = ffi.new("size_t *"), ffi.new("hg_error *")
    while True:
        out = ffi.new("char[]", first)
        status = write(*arguments, out, first, length, error)
        if status != lib.HG_E_ARGUMENT or first >= most:
            check(status, error)
            return bytes(ffi.buffer(out, length[0]))
        first *= 4


@contextmanager
def opened(create: Callable[..., int], *arguments: Any, **checks: Any) -> Iterator[CData]:
    """An ``hg_source *`` created like `made`, but freed at the end of the block."""
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    check(create(*arguments, out, error), error, **checks)
    try:
        yield out[0]
    finally:
        lib.hg_source_free(out[0])
