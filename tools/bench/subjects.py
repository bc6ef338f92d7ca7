"""The timed jobs of this package, each through its public interface."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from huginn_cffi import Analyzer, Database, fingerprint
from huginn_cffi.formats.forms import RecordWriter
from huginn_cffi.formats.writers import open_folder, open_writer

ROOT = Path(__file__).resolve().parents[2]


def columns(analyzer: Analyzer, source: Any, **options: Any) -> int:
    """All events of a capture as columns; returns the number of events."""
    return sum(map(len, analyzer.batches(source, **options)))


READ_AT_ONCE = 1 << 20
"""Bytes, as the package reads a capture."""


def drain(path: Path) -> int:
    """Copy a file from the page cache into memory that stays in the cache: the floor for all readers.

    Returns the number of bytes.
    """
    buffer = bytearray(READ_AT_ONCE)
    size = 0
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            size += count
    return size


def parquet(analyzer: Analyzer, source: Any, folder: Path | None = None) -> int:
    """All events of a capture as a Parquet file or folder; returns the number of events."""
    from pyarrow import MockOutputStream

    events = 0
    if folder is None:
        writer: RecordWriter = open_writer("parquet", MockOutputStream(), analyzer.database)
    else:
        writer = open_folder("parquet", folder)
    for batch in analyzer.batches(source):
        writer.write(batch)
        events += len(batch)
    writer.close()
    return events


def tables_of(analyzer: Analyzer, source: Any) -> int:
    """All events of a capture as Arrow tables, one after the other; returns the number of events."""
    return sum(batch.to_arrow().num_rows for batch in analyzer.batches(source))


def one_table(analyzer: Analyzer, source: Any) -> Any:
    """The table that `parquet` writes to one file, in memory."""
    from pyarrow import Table

    from huginn_cffi.formats.arrow import Records

    records = Records()
    for batch in analyzer.batches(source):
        records.add(batch)
    return Table.from_batches([records.take()])


def kind_tables(analyzer: Analyzer, source: Any) -> list[Any]:
    """The tables that `parquet` writes to a folder, in memory."""
    from pyarrow import Table

    from huginn_cffi.formats.arrow import Records
    from sigcompiler.schema.rows import EVENTS

    records = Records(by_kind=True)
    for batch in analyzer.batches(source):
        records.add(batch)
    return [Table.from_batches([records.take(event)]) for event in filter(records.waiting, EVENTS)]


def encoded(tables: list[Any], folder: Path | None = None) -> int:
    """Tables written as Parquet by pyarrow alone, with default settings; returns the number of rows."""
    from pyarrow import MockOutputStream
    from pyarrow.parquet import write_table

    if folder is not None:
        folder.mkdir(exist_ok=True)
    for number, table in enumerate(tables):
        write_table(table, MockOutputStream() if folder is None else folder / f"{number}.parquet")
    return sum(table.num_rows for table in tables)


def five_parts(analyzer: Analyzer, source: Any) -> int:
    """All results of a capture; reads the five parts of each. Returns the number of results."""
    results = 0
    for result in analyzer.analyze_pcap(source):
        _ = result.syn, result.syn_ack, result.mtu, result.client_uptime, result.server_uptime
        results += 1
    return results


def named(analyzer: Analyzer, source: Any) -> int:
    """The same, reading the name of the system if there is one; returns the number of results."""
    results = 0
    for result in analyzer.analyze_pcap(source):
        part = result.syn or result.syn_ack
        if part is not None and part.match is not None:
            _ = part.source, part.match.name, part.match.flavor, part.distance
        results += 1
    return results


def fingerprints(packets: list[bytes], database: Database) -> int:
    """`fingerprint` of each packet; returns the number of named packets."""
    found = 0
    for packet in packets:
        syn = fingerprint(packet, database).syn
        found += syn is not None and syn.match is not None
    return found


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def command_line(capture: Path, database: Path, form: str, output: Path) -> None:
    """``huginn pcap`` with its results in `output`; includes Python's start."""
    command = [sys.executable, "-m", "huginn_cffi", "pcap", str(capture), "--db", str(database)]
    command += ["--format", form, "-o", str(output)]
    subprocess.run(command, env=_environment(), check=True, timeout=600, stderr=subprocess.PIPE)


def python(code: str) -> str:
    """The output of a new Python that runs `code`."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=_environment(),
        check=True,
        timeout=3600,
        capture_output=True,
        text=True,
    )
    return done.stdout
