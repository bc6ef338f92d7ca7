"""Parquet by kind of event, date and hour, capture by capture; an interrupted run is continued."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.files import write_all
from huginn_cffi.formats.arrow import Records
from huginn_cffi.formats.tables import parquet_settings, plain_schema
from sigcompiler.schema.rows import EVENTS

import pyarrow as pa  # isort: skip - `arrow` reports a missing pyarrow
import pyarrow.compute as pc  # isort: skip

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows

FILE_ROWS = 1 << 17
"""Rows of a capture and a kind of event that are written together, at most; this many are held in memory."""
MANIFEST = "manifest.jsonl"
_UNFINISHED = ".unfinished"


class Partitions:
    """A folder with files ``syn/date=2026-01-15/hour=10/NAME.parquet`` for each capture, and their manifest.

    The manifest has a line for each capture whose files are complete. `OSError` with the path if something
    cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        lines = (folder / MANIFEST).read_bytes().split(b"\n")[:-1] if (folder / MANIFEST).exists() else []
        self._known = {one["capture"]: one for one in map(_entry, lines) if one}
        """By capture; a line that was written in part is left out."""

    def is_done(self, capture: str) -> bool:
        """Whether the files of a capture are complete, and it has not changed since."""
        return bool(self._known.get(capture, {}).get("state", 0) == _state(capture))

    def write(self, capture: str, batches: Iterable[Rows]) -> PartitionedCapture:
        """Write the events of a capture. They count only once `PartitionedCapture.finish` was called."""
        made = PartitionedCapture(self._folder, capture)
        for batch in batches:
            made.add(batch)
        return made

    def finish(self, made: PartitionedCapture) -> None:
        """Give the files of a capture their names, remove older ones, and note it in the manifest."""
        entry = made.finish()
        for name in {*self._known.get(made.capture, {}).get("files", ())} - {*entry["files"]}:
            (self._folder / name).unlink(missing_ok=True)
        self._known[made.capture] = entry
        with (self._folder / MANIFEST).open("ab", buffering=0) as file:
            write_all(file.fileno(), f"\n{json.dumps(entry)}\n".encode())
            os.fsync(file.fileno())


class PartitionedCapture:
    """The files of one capture. Their contents depend only on its events, not on the size of batches."""

    def __init__(self, folder: Path, capture: str) -> None:
        self.capture = capture
        self._folder, self._state = folder, _state(capture)
        self._name = f"{Path(capture).name[:64]}-{sha256(os.fsencode(capture)).hexdigest()[:12]}"
        self._records = Records(by_kind=True)
        self._rest: dict[str, list[Any]] = defaultdict(list)
        self._files: list[str] = []
        self._parts = dict.fromkeys(EVENTS, 0)
        self.events = 0

    def add(self, batch: Rows) -> None:
        """Take a batch, and write what is enough for a file."""
        self.events += len(batch)
        self._records.add(batch)
        for event in EVENTS:
            if self._records.waiting(event) >= FILE_ROWS:
                self._write(event, least=FILE_ROWS)

    def finish(self) -> dict[str, Any]:
        """Write the rest, and give the files their names; returns the line of the manifest."""
        for event in EVENTS:
            self._write(event, least=1)
        for name in self._files:
            (self._folder / f"{name}{_UNFINISHED}").replace(self._folder / name)
        return {"capture": self.capture, "state": self._state, "events": self.events, "files": self._files}

    def _write(self, event: str, least: int) -> None:
        rest = self._rest[event]
        if self._records.waiting(event):
            records = self._records.take(event)
            rest.append(pa.Table.from_batches([records]).cast(plain_schema(records.schema)))
        while sum(map(len, rest)) >= least:
            table = pa.concat_tables(rest)
            rest[:] = [table.slice(FILE_ROWS)]
            self._write_hours(event, table.slice(0, FILE_ROWS))

    def _write_hours(self, event: str, table: Any) -> None:
        from pyarrow import parquet

        hours = pc.strftime(table["time_ns"], "date=%Y-%m-%d/hour=%H")
        for hour in pc.unique(hours).to_pylist():
            name = f"{event}/{hour}/{self._name}-{self._parts[event]}.parquet"
            path = self._folder / f"{name}{_UNFINISHED}"
            path.parent.mkdir(parents=True, exist_ok=True)
            parquet.write_table(table.filter(pc.equal(hours, hour)), path, **parquet_settings(table.schema))
            self._files.append(name)
        self._parts[event] += 1


def _state(capture: str) -> list[int] | None:
    """Size and time of a file; None for an address."""
    try:
        found = Path(capture).stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        return dict(json.loads(line))
    except ValueError:
        return None
