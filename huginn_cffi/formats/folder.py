"""A folder of tables: one file per kind of event, with the columns that this kind can have."""

from __future__ import annotations

import os
from contextlib import ExitStack
from errno import ENOTDIR
from pathlib import Path
from typing import TYPE_CHECKING

from huginn_cffi.formats import tables
from huginn_cffi.formats.arrow import Records
from huginn_cffi.formats.forms import folder_files
from huginn_cffi.formats.schema import kind_schema
from huginn_cffi.formats.tables import ParquetWriter, StreamWriter
from sigcompiler.schema.rows import EVENTS

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows


class FolderWriter:
    """Writes one file for each kind of event that occurs; a `RecordWriter`.

    It first deletes all files of this format from earlier runs, even for kinds that do not occur this
    time, so that all files of a folder describe the same packets. An `OSError` names the path.
    """

    def __init__(self, format: str, folder: Path) -> None:
        self._format = format
        self._paths = dict(zip(EVENTS, folder_files(format, folder), strict=True))
        self._writers: dict[str, ParquetWriter | StreamWriter] = {}
        self._open = ExitStack()
        self._records = Records(by_kind=True)
        self._least = tables.ROW_GROUP_ROWS if format == "parquet" else 1
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder)) from None
        for path in self._paths.values():
            path.unlink(missing_ok=True)

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch, by default all."""
        self._records.add(batch, rows)
        self._hand_over(self._least)

    def close(self) -> None:
        """Write the ends of the files and close them; a second call is harmless."""
        try:
            self._hand_over(1)
        finally:
            self._writers.clear()
            self._open.close()

    def _hand_over(self, least: int) -> None:
        for event in EVENTS:
            if self._records.waiting(event) >= least:
                self._writer(event).write_records(self._records.take(event))

    def _writer(self, event: str) -> ParquetWriter | StreamWriter:
        """The writer for a kind of event; the file is created at the first event."""
        if event not in self._writers:
            file = self._open.enter_context(_NamedFile(self._paths[event]))
            schema = kind_schema(event)
            writer = (
                ParquetWriter(file, schema)
                if self._format == "parquet"
                else StreamWriter(self._format, file, schema, ipc_file=self._format == "arrow")
            )
            self._open.callback(writer.close)
            self._writers[event] = writer
        return self._writers[event]


class _NamedFile:
    """A new, unbuffered file. Its errors name the path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb", buffering=0)

    def write(self, data: bytes | memoryview, /) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self._path)) from None

    def __enter__(self) -> _NamedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
