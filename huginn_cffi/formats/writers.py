"""Opens the writer of a format. Writers are imported on use, because tables need pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from huginn_cffi.formats.forms import (
    EVENTS_OCSF,
    ZEEK,
    RecordWriter,
    Sink,
    format_named,
    refuse_folder,
)

if TYPE_CHECKING:
    from pathlib import Path

    from huginn_cffi.run.opened import OpenDatabase
    from sigcompiler.schema.rows import JsonFormat, RecordField


def open_writer(
    format: str,
    sink: Sink,
    database: OpenDatabase | None,
    *,
    interface: str | None = None,
    fields: Sequence[RecordField] | None = None,
    clock: bool = False,
    captures: bool = False,
) -> RecordWriter:
    """A writer of records in this format to `sink`, which must stay open until the writer is closed.

    `database` is the analyzer's; `interface` is the name of the captured interface, if there is one.
    If `fields` are given, only these are written (see `chosen_fields`). With `clock` text has the local
    time of each event, with `captures` JSON has the capture. Each batch reaches the sink at once, except
    for Parquet, whose row groups are large. `ValueError` for an unknown format,
    `ModuleNotFoundError` that names the extra to install if a format needs it.
    """
    if format == EVENTS_OCSF:
        from huginn_cffi.formats.events_ocsf import OcsfWriter

        return OcsfWriter(sink, database)
    if format_named(format).code is not None:
        if fields is not None:
            from huginn_cffi.formats.plain import PickedWriter

            return PickedWriter(cast("JsonFormat", format), sink, database, interface, fields)
        from huginn_cffi.formats.rendering import Renderer, TextWriter

        return TextWriter(Renderer(format, database, interface, clock=clock, captures=captures), sink)
    from sigcompiler.schema.rows import FIELDS

    try:
        from huginn_cffi.formats.arrow import table_schema
    except ModuleNotFoundError:
        if format != "csv":
            raise
        from huginn_cffi.formats.plain import CsvWriter

        return CsvWriter(sink, database, interface, FIELDS if fields is None else fields)
    from huginn_cffi.formats import tables

    schema = table_schema(FIELDS if fields is None else fields)
    if format == "parquet":
        return tables.ParquetWriter(sink, schema, interface=interface)
    return tables.TableCsvWriter(sink, schema, interface=interface)


def open_folder(format: str, folder: Path) -> RecordWriter:
    """A writer of tables to a folder: one for each kind of event that occurs (``syn.parquet``, ...), or logs.

    Files of an earlier run are replaced; a missing folder is created. `ValueError` for a text format,
    `OSError` as in `OutputFolder`; other errors as in `open_writer`.
    """
    refuse_folder(format)
    if format == ZEEK:
        from huginn_cffi.formats.zeek import ZeekWriter

        return ZeekWriter(folder)
    from huginn_cffi.formats.tables import FolderWriter

    return FolderWriter(format, folder)
