"""Where captures come from: files, standard input, memory."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from huginn_cffi import arguments
from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import CaptureError, check, named

if TYPE_CHECKING:
    from huginn_cffi._native import CData

STANDARD_INPUT = "-"
"""The path that means standard input."""

Buffer: TypeAlias = "bytes | bytearray | memoryview | Any"
"""A capture in memory; anything with the buffer protocol, such as `mmap.mmap`."""

Capture: TypeAlias = "str | os.PathLike[str] | Buffer"

Stop: TypeAlias = Callable[[], bool]

Opened: TypeAlias = "Callable[[Stop], AbstractContextManager[CData]]"


class Input(NamedTuple):
    """A capture that can be opened once. ``name`` begins its error messages."""

    name: str
    open: Opened
    """Gives an ``hg_source *`` that is valid inside the ``with`` block. Its argument is asked
    whether to stop while an idle pipe is waited for; the source is then empty."""


def inputs_of(source: Capture | Iterable[Capture]) -> list[Input]:
    """The captures that one argument names: one, or several in order."""
    single = _single(source)
    if single is not None:
        return [single]
    if not isinstance(source, Iterable):
        raise TypeError(_expectation(source))
    found = []
    for item in source:
        one = _single(item)
        if one is None:
            raise TypeError(_expectation(item))
        found.append(one)
    if not found:
        raise ValueError("source names no capture")
    return found


def _expectation(value: object) -> str:
    return (
        "source must be a path (str or os.PathLike), a capture in memory (bytes, memoryview, mmap) "
        f"or a list of these, not {type(value).__name__}"
    )


def _single(source: object) -> Input | None:
    """The input that `source` names, or ``None`` when it is neither path nor buffer."""
    if isinstance(source, (str, os.PathLike)):
        name = os.fspath(source)
        if not isinstance(name, str):
            raise TypeError(_expectation(name))
        if name == STANDARD_INPUT:
            return Input("standard input", lambda stop: _opened_descriptor(0, "standard input", stop))
        return Input(name, lambda stop: _opened_file(name, stop))
    try:
        memoryview(source).release()  # type: ignore[arg-type]
    except TypeError:
        return None
    return Input("capture in memory", lambda _: _opened_memory(source))


@contextmanager
def _opened_file(path: str, stop: Stop) -> Iterator[CData]:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        number = error.errno if isinstance(error, OSError) else errno.EINVAL
        raise CaptureError(f"{named(path)}: {reason}", path=path, errno=number, refused=True) from None
    try:
        with _opened_descriptor(descriptor, path, stop) as source:
            yield source
    finally:
        os.close(descriptor)


@contextmanager
def _opened_descriptor(descriptor: int, name: str, stop: Stop) -> Iterator[CData]:
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    try:
        status = lib.hg_source_open_fd(descriptor, out, error)
        while status == lib.HG_E_IO and error.system == errno.EINTR:
            # Nothing has come yet, or a signal whose handler (Python has run it) wants to go on.
            if stop():
                with opened_packets(ffi.NULL, ffi.NULL, ffi.NULL, 0, arguments.LINKTYPE_RAW) as nothing:
                    yield nothing
                return
            status = lib.hg_source_open_fd(descriptor, out, error)
        check(status, error, subject=name, refused=True)
        yield out[0]
    finally:
        lib.hg_source_free(out[0])


@contextmanager
def _opened_memory(capture: object) -> Iterator[CData]:
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    with arguments.buffer("source", capture) as memory:
        status = lib.hg_source_open_memory(memory, len(memory), out, error)
        check(status, error, subject="capture in memory", refused=True)
        try:
            yield out[0]
        finally:
            lib.hg_source_free(out[0])


@contextmanager
def opened_packets(
    data: CData, offsets: CData, times_ns: CData, count: int, linktype: int
) -> Iterator[CData]:
    """A source of packets that lie in memory, as ``hg_source_open_packets`` wants them."""
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    check(lib.hg_source_open_packets(data, offsets, times_ns, count, linktype, out, error), error)
    try:
        yield out[0]
    finally:
        lib.hg_source_free(out[0])
