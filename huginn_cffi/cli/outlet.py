"""Results on their way out of a running sensor: written, or counted as lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.color import PaintedSink
from huginn_cffi.cli.output import (
    STANDARD_OUTPUT,
    ReaderLeftError,
    abandon_standard_output,
    refuse_input,
    refuse_terminal,
)
from huginn_cffi.cli.sink import OutputFile, Rotation, StandardOutput
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.errors import named
from huginn_cffi.formats import FORMATS, RecordWriter, Sink, open_writer

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database


class Outlet:
    """Writes batches in a format to a file, or to standard output (no path, or "-").

    An output that cannot be written to does not end a capture: it is said once, the results are
    counted in `lost`, and each further batch is tried again. Opening raises `click.ClickException`.
    """

    def __init__(
        self,
        path: str | None,
        format_: str,
        database: Database | None,
        interface: str,
        rotation: Rotation,
        inputs: Sequence[str],
        *,
        paints: bool = False,
    ) -> None:
        self._paints = paints
        self.lost = 0
        """Results that could not be written."""
        self._name = STANDARD_OUTPUT if path in (None, "-") else named(str(path))
        self._format, self._interface, self._database = format_, interface, database
        self._lines = FORMATS[format_].code is not None
        self._failing = 0
        self._spoilt = False
        self._rows = 0  # written since the file was begun
        self._file = self._opened(path, rotation, inputs)
        self._writer = self._new_writer()

    def write(self, batch: Batch, rows: int) -> None:
        """Write the first `rows` events of a batch. `ReaderLeftError` when nobody reads any more."""
        if batch.database is not self._database:
            self._database = batch.database
            self._begin_again()
        elif self._spoilt:
            self._end_file(self._file.begin_anew)
        self._writer.write(batch, rows)
        self._commit(rows)
        self.rotate_if_due()

    def rotate_if_due(self) -> None:
        """Rotate when the file is full, or its time is up."""
        if self._rows and self._file.is_due():
            self._end_file(self._file.rotate)

    def reopen(self) -> None:
        """Open the file by its name once more; when that fails, the old one is gone on with."""
        self._end_file(self._file.reopen)

    def close(self) -> None:
        """Write what ends the output."""
        self._writer.close()
        if self._spoilt:
            self._file.discard()
        self._commit(0)
        self._file.close()

    def _opened(
        self, path: str | None, rotation: Rotation, inputs: Sequence[str]
    ) -> OutputFile | StandardOutput:
        if path is None or path == "-":
            if sys.stdout is None:
                raise click.ClickException(f"{STANDARD_OUTPUT} is closed; name a file with -o")
            refuse_terminal(self._format, sys.stdout.isatty())
            return StandardOutput()
        refuse_input(path, inputs)
        try:
            return OutputFile(Path(path), rotation, lines=self._lines)
        except OSError as error:
            raise click.ClickException(f"{self._name}: cannot be written: {error.strerror}") from None

    def _new_writer(self) -> RecordWriter:
        sink: Sink = PaintedSink(self._file) if self._paints else self._file
        try:
            return open_writer(self._format, sink, self._database, interface=self._interface)
        except ModuleNotFoundError as error:
            raise click.ClickException(str(error)) from None

    def _begin_again(self) -> None:
        """Go on with another database; formats whose files have a beginning need another file."""
        if self._lines:
            self._writer = self._new_writer()
        else:
            self._end_file(self._file.rotate)

    def _end_file(self, change: Callable[[], None]) -> None:
        """End the file's records, change to another file, and begin there."""
        self._writer.close()
        if self._rows and not self._spoilt:
            self._commit(0)
        self._file.discard()
        self._spoilt, self._rows = False, 0
        try:
            change()
        except OSError as error:
            complain(f"{self._name}: going on with the old file: {error.strerror}")
        self._writer = self._new_writer()

    def _commit(self, rows: int) -> None:
        try:
            self._file.commit()
        except OSError as error:
            self._failed(error, rows)
            return
        self._rows += rows
        if self._failing and rows:
            complain(f"{self._name}: written to again; {counted(self._failing, 'result')} lost")
            self._failing = 0

    def _failed(self, error: OSError, rows: int) -> None:
        if isinstance(error, BrokenPipeError):
            if isinstance(self._file, StandardOutput):
                abandon_standard_output()
            raise ReaderLeftError from None
        if not self._failing:
            complain(f"{self._name}: cannot be written: {error.strerror}; results are lost until it can")
        self._failing += rows
        self.lost += rows
        self._spoilt = not self._lines  # a piece of it is missing: what follows needs another file
