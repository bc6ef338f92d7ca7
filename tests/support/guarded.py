"""Memory that ends right before an unreadable page: reading past its end ends the process.

All tests hand packets and captures to the core in such memory (`tests/conftest.py`).
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from typing import Any

from cffi import FFI

PAGE = mmap.PAGESIZE
LARGEST = 4 << 20
"""Bytes that are worth a copy; larger captures stay where they are."""

_READ_WRITE, _NONE = 3, 0
_PRIVATE_ANONYMOUS = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS

_ffi = FFI()
_ffi.cdef("""
void *mmap(void *start, size_t length, int protection, int flags, int fd, long offset);
int mprotect(void *start, size_t length, int protection);
int munmap(void *start, size_t length);
""")
_libc = _ffi.dlopen(None)


def guarded(data: bytes) -> memoryview:
    """A copy of `data`; the memory lives as long as the view or what was made of it."""
    return memoryview(_copied(data)).toreadonly()


def _copied(data: bytes) -> Any:
    """The same as a buffer of cffi. Before 3.13, CPython crashes when it collects a view in a cycle with
    what ``ffi.from_buffer`` made of it."""
    span = -(-len(data) // PAGE) * PAGE
    start = _libc.mmap(_ffi.NULL, span + PAGE, _READ_WRITE, _PRIVATE_ANONYMOUS, -1, 0)
    assert start != _ffi.cast("void *", -1)
    assert _libc.mprotect(start + span, PAGE, _NONE) == 0
    place = _ffi.cast("char *", start) + span - len(data)
    copy = _ffi.buffer(_ffi.gc(place, lambda _: _libc.munmap(start, span + PAGE), span + PAGE), len(data))
    copy[:] = data
    return copy


def guarding(buffer: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    """`huginn_cffi.base.arguments.buffer` over a guarded copy of what cannot change anyway."""

    def buffer_of_copy(name: str, value: Any) -> Any:
        if type(value) is bytes and len(value) <= LARGEST:
            value = _copied(value)
        return buffer(name, value)

    return buffer_of_copy


def guarding_chunk(memory: Callable[[Any], tuple[Any, Any, Any]]) -> Callable[[Any], tuple[Any, Any, Any]]:
    """`huginn_cffi.sources.packets.Chunk.memory`, the last packet of which ends where its memory does."""

    def memory_of_copy(chunk: Any) -> tuple[Any, Any, Any]:
        from huginn_cffi._native import ffi

        data, offsets, times_ns = memory(chunk)
        copy = _copied(bytes(ffi.buffer(data)))
        return ffi.from_buffer("uint8_t[]", copy), offsets, times_ns

    return memory_of_copy
