"""Opens the writer of a format. Each is imported when it is used, because tables need pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from huginn_cffi.formats.forms import RecordWriter, Sink, known, refuse_folder

if TYPE_CHECKING:
    from pathlib import Path

    from huginn_cffi.signatures.opened import OpenDatabase
    from sigcompiler.schema.rows import JsonFormat, RecordField


def open_writer(
    format: str,
    sink: Sink,
    database: OpenDatabase | None,
    *,
    interface: str | None = None,
    fields: Sequence[RecordField] | None = None,
    to_file: bool = False,
    clock: bool = False,
    captures: bool = False,
) -> RecordWriter:
    """A writer of records in this format to `sink`, which must stay open until it is closed.

    `database` is the one of the analyzer, `interface` the name of the interface when packets come
    from one. Only `fields` are written, when they are given (see `chosen_fields`). Arrow `to_file` is a
    file of its IPC format (Feather), which needs its end to be read, and else a stream. With `clock`
    text has the local time of each event, with `captures` JSON the capture. Records are handed to the sink
    as soon as each batch is written, but for Parquet, whose row groups are large.
    `ValueError` for an unknown format, `ModuleNotFoundError` that names the extra to install when a
    format needs one that is missing.
    """
    if known(format).code is not None:
        if fields is not None:
            from huginn_cffi.formats.plain import PickedWriter

            return PickedWriter(cast("JsonFormat", format), sink, database, interface, fields)
        from huginn_cffi.formats.rendering import TextWriter

        return TextWriter(format, sink, database, interface, clock=clock, captures=captures)
    from sigcompiler.schema.rows import FIELDS

    try:
        from huginn_cffi.formats.arrow import table_schema
    except ModuleNotFoundError:
        if format != "csv":
            raise
        from huginn_cffi.formats.plain import CsvWriter

        return CsvWriter(sink, database, FIELDS if fields is None else fields)
    from huginn_cffi.formats.tables import ParquetWriter, StreamWriter

    schema = table_schema(FIELDS if fields is None else fields)
    if format == "parquet":
        return ParquetWriter(sink, schema)
    return StreamWriter(format, sink, schema, ipc_file=to_file and format == "arrow")


def open_folder(format: str, folder: Path) -> RecordWriter:
    """A writer of tables to a folder: a file for each kind of event that occurs (``syn.parquet``, ...).

    Files of these names are replaced; the folder is made when there is none. `ValueError` for a
    format of text, `OSError` that names the path when something cannot be written, and as in
    `open_writer`.
    """
    refuse_folder(format)
    from huginn_cffi.formats.tables import FolderWriter

    return FolderWriter(format, folder)
