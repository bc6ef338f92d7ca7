"""Renders rows as text, using the core."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData, handle_of, made
from huginn_cffi.base.names import ANY, with_interface_names
from huginn_cffi.formats.forms import FORMATS, Sink, format_named

if TYPE_CHECKING:
    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.rows import Rows

JSON_FORMATS = ("json", "eve", "ecs")

_PIECE_BYTES = 1 << 18
_NAME_LIMIT = (1 << 16) - 1
"""Longest name of a capture, in bytes."""
_RECORD_LIMIT = 1 << 28
"""Largest record, in bytes; a larger one can only be an error."""

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class Renderer:
    """Turns rows into records of a text format. It caches names, so use one renderer per stream.

    With `captures`, JSON names the capture of each row; EVE and ECS always do.

    `ValueError` for formats other than text. Only one thread may use it at a time.
    """

    def __init__(
        self,
        format: str,
        database: OpenDatabase | None,
        interface: str | None = None,
        *,
        clock: bool = False,
        captures: bool = False,
    ) -> None:
        code = format_named(format).code
        if code is None:
            texts = ", ".join(form.name for form in FORMATS.values() if form.code is not None)
            raise ValueError(f"format {format!r} is not one of text; there are {texts}")
        name = ffi.NULL if interface is None else ffi.new("char[]", os.fsencode(interface))
        self._names_interfaces = interface == ANY
        self._handle = made("hg_renderer", lib.hg_renderer_new, handle_of(database), code, name)
        if clock:
            lib.hg_renderer_show_clock(self._handle)
        if captures:
            lib.hg_renderer_name_captures(self._handle)
        self._database = database  # keeps it alive for the handle, which refers to it
        self._size = 0
        self._out: CData = ffi.NULL
        self._json = format in JSON_FORMATS
        self._capture: str | None = None
        self._outcome = (ffi.new("size_t *"), ffi.new("uint32_t *"), ffi.new("hg_error *"))

    def pieces(self, batch: Rows, first: int, last: int) -> Iterator[bytes]:
        """Rows `first` to `last` - 1 as UTF-8, in pieces of bounded size that hold whole records."""
        return map(bytes, self.views(batch, first, last))

    def views(self, batch: Rows, first: int, last: int) -> Iterator[memoryview]:
        """As `pieces`, without a copy: a piece is valid until the next one is requested."""
        written, following, error = self._outcome
        if batch._hides_private:
            lib.hg_renderer_hide_private(self._handle)
        if self._json and batch.capture != self._capture:
            name = ffi.new("char[]", os.fsencode(batch.capture)[:_NAME_LIMIT])
            check(lib.hg_renderer_capture(self._handle, name, error), error)
            self._capture = batch.capture
        self._reserve(min(_PIECE_BYTES, (last - first) * lib.HG_MAX_RECORD))
        while first < last:
            status = lib.hg_render(
                self._handle, batch._native, first, last, self._out, self._size, written, following, error
            )
            if status == lib.HG_E_ARGUMENT and self._size < _RECORD_LIMIT:
                self._reserve(2 * self._size)  # one record with a very long label needs more room
                continue
            check(status, error)
            piece = memoryview(ffi.buffer(self._out, written[0]))
            yield memoryview(with_interface_names(bytes(piece))) if self._names_interfaces else piece
            first = following[0]

    def _reserve(self, size: int) -> None:
        if size > self._size:
            self._size, self._out = size, _allocate("char[]", size)


class TextWriter:
    """Writes records of a text format to a sink; a `RecordWriter`."""

    def __init__(self, renderer: Renderer, sink: Sink) -> None:
        self._renderer, self._sink = renderer, sink

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch, by default all."""
        for piece in self._renderer.views(batch, 0, len(batch) if rows is None else rows):
            self._sink.write(self._converted(batch, piece))

    def _converted(self, batch: Rows, piece: memoryview) -> bytes | memoryview:
        """The bytes to write for a piece; here the unchanged piece."""
        return piece

    def close(self) -> None:
        """Do nothing: a text format has no end to write."""
