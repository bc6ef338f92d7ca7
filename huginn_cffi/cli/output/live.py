"""Results of a running capture: written, or counted as lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from huginn_cffi.cli.color import PaintedSink
from huginn_cffi.cli.output.destination import Destination
from huginn_cffi.cli.output.results import record_writer
from huginn_cffi.cli.output.rotation import RotatedFile, Rotation, StandardOutput
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.formats.forms import FORMATS, RecordWriter, Sink

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.signatures.opened import OpenDatabase
    from sigcompiler.schema.rows import RecordField


class LiveOutput:
    """Writes batches in a format to a file, or to standard output (no path, or "-").

    An output that cannot be written to does not end a capture: it is reported once, the results are
    counted in `lost`, and each further batch is tried again. Opening raises `click.ClickException`.
    """

    def __init__(
        self,
        path: str | None,
        format_: str,
        database: OpenDatabase | None,
        interface: str,
        rotation: Rotation,
        inputs: Sequence[str],
        *,
        paints: bool = False,
        fields: Sequence[RecordField] | None = None,
    ) -> None:
        self._fields = fields
        self._paints = paints
        self.lost = 0
        """Results that could not be written."""
        self._destination = Destination.of(path, inputs)
        self._format, self._interface, self._database = format_, interface, database
        self._lines = FORMATS[format_].ending is not None
        self._failing = 0
        self._spoilt = False
        self._rows = 0  # written since the file was begun
        self._file = self._opened(rotation)
        self._writer = self._new_writer()

    @property
    def is_terminal(self) -> bool:
        """Whether output goes to a terminal: then text has the time of each event."""
        return self._destination.is_terminal

    def write(self, batch: Batch, rows: int) -> None:
        """Write the first `rows` events of a batch. `ReaderLeftError` when the reader has left."""
        if batch.database is not self._database:
            self._database = batch.database
            if self._lines:
                self._writer = self._new_writer()
            else:
                self._end_file(self._file.rotate)
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
        """Open the file by its name again; when that fails, the old one continues."""
        self._end_file(self._file.reopen)

    def close(self) -> None:
        """Write what ends the output."""
        self._writer.close()
        if self._spoilt:
            self._file.discard()
        self._commit(0)
        self._file.close()

    def _opened(self, rotation: Rotation) -> RotatedFile | StandardOutput:
        self._destination.refuse_binary(self._format)
        if self._destination.path is None:
            return StandardOutput()
        try:
            file = RotatedFile(self._destination.path, rotation, ending=FORMATS[self._format].ending)
        except OSError as error:
            self._destination.failed(error)
        if file.removed:
            what = f"an incomplete record of {counted(file.removed, 'byte')} at the end was removed"
            complain(f"{self._destination.name}: {what}; an earlier run was interrupted")
        return file

    def _new_writer(self) -> RecordWriter:
        sink: Sink = PaintedSink(self._file) if self._paints else self._file
        to_file = self._destination.path is not None
        return record_writer(
            *(self._format, sink, self._database),
            interface=self._interface,
            fields=self._fields,
            to_file=to_file,
            clock=self.is_terminal,
        )

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
            complain(f"{self._destination.name}: going on with the old file: {error.strerror}")
        self._writer = self._new_writer()

    def _commit(self, rows: int) -> None:
        try:
            self._file.commit()
        except OSError as error:
            self._destination.check_reader(error)
            if not self._failing:
                reason = f"cannot be written: {error.strerror}"
                complain(f"{self._destination.name}: {reason}; results are lost until it can")
            self._failing += rows
            self.lost += rows
            self._spoilt = not self._lines  # a record is incomplete: continue in a new file
            return
        self._rows += rows
        if self._failing and rows:
            complain(f"{self._destination.name}: written to again; {counted(self._failing, 'result')} lost")
            self._failing = 0
