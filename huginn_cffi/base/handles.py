"""Objects of the core that Python owns: the one place where they are made and freed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check

if TYPE_CHECKING:
    from huginn_cffi._native import CData as CData
else:
    CData = Any  # the core's module has no name for it


class _HasHandle(Protocol):
    @property
    def _handle(self) -> CData: ...


def handle_of(database: _HasHandle | None) -> CData:
    """A database as the core takes it; NULL without one."""
    return ffi.NULL if database is None else database._handle


def made(kind: str, create: Callable[..., int], *arguments: Any, **checks: Any) -> CData:
    """An object of this kind, such as "hg_engine", freed with its last reference.

    `create` is the core's function: it gets the arguments, where to put the object, and an ``hg_error *``.
    Failures raise what `check` raises with `checks`.
    """
    out, error = ffi.new(f"{kind} **"), ffi.new("hg_error *")
    check(create(*arguments, out, error), error, **checks)
    return ffi.gc(out[0], getattr(lib, f"{kind}_free"))


@contextmanager
def opened(create: Callable[..., int], *arguments: Any, **checks: Any) -> Iterator[CData]:
    """An ``hg_source *``, made in the same way and freed at the end of the block."""
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    check(create(*arguments, out, error), error, **checks)
    try:
        yield out[0]
    finally:
        lib.hg_source_free(out[0])
