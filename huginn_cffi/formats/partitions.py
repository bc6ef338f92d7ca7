"""Parquet by kind of event, date and hour, capture by capture; an interrupted run is continued."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huginn_cffi.formats.arrow import Records
from huginn_cffi.formats.folders import OutputFolder, file_state
from huginn_cffi.formats.tables import parquet_settings, plain_schema
from sigcompiler.schema.rows import EVENTS

import pyarrow as pa  # isort: skip - `arrow` reports a missing pyarrow
import pyarrow.compute as pc  # isort: skip

if TYPE_CHECKING:
    from huginn_cffi.run.rows import Rows

FILE_ROWS = 1 << 17
"""Rows of a capture and a kind of event that are written together, at most; this many are held in memory."""


class Partitions:
    """A folder with files ``syn/date=2026-01-15/hour=10/NAME.parquet`` for each capture, and their manifest.

    The manifest has a line for each capture whose files are complete. `OSError` as in `OutputFolder`.
    """

    def __init__(self, folder: Path, captures: Iterable[str]) -> None:
        own = {*map(_name, captures)}
        found = folder.glob("*/date=*/hour=*/*.parquet")
        names = [one.relative_to(folder).as_posix() for one in found if one.name.rpartition("-")[0] in own]
        self._folder = OutputFolder(folder, names)
        self._known: dict[str, dict[str, Any]] = {}
        self._files: dict[str, set[str]] = defaultdict(set)
        for line in self._folder.lines:
            if capture := line.get("capture"):
                self._known[capture] = line
                self._files[capture].update(line["files"])

    def is_done(self, capture: str) -> bool:
        """Whether the files of a capture are complete, and it has not changed since."""
        known = self._known.get(capture, {})
        return bool(known.get("state", 0) == _state(capture)) and all(
            file_state(self._folder.path / name) == state for name, state in known["files"].items()
        )

    def write(self, capture: str, batches: Iterable[Rows]) -> PartitionedCapture:
        """Write the events of a capture. They count only once `finish` was called."""
        made = PartitionedCapture(self._folder, capture)
        for batch in batches:
            made.add(batch)
        return made

    def finish(self, made: PartitionedCapture) -> None:
        """Give the files of a capture their names, remove older ones, and note it in the manifest."""
        made.finish(self._files[made.capture])
        self._known[made.capture] = self._folder.lines[-1]

    def close(self) -> None:
        """Release the folder."""
        self._folder.close()


class PartitionedCapture:
    """The files of one capture. Their contents depend only on its events, not on the size of batches."""

    def __init__(self, folder: OutputFolder, capture: str) -> None:
        self.capture = capture
        self._folder, self._state = folder, _state(capture)
        self._records = Records(by_kind=True)
        self._rest: dict[str, list[Any]] = defaultdict(list)
        self._parts = dict.fromkeys(EVENTS, 0)
        self.events = 0

    def add(self, batch: Rows) -> None:
        """Take a batch, and write what is enough for a file."""
        self.events += len(batch)
        self._records.add(batch)
        for event in EVENTS:
            if self._records.waiting(event) >= FILE_ROWS:
                self._write(event, least=FILE_ROWS)

    def finish(self, earlier: Iterable[str]) -> None:
        """Write the rest, and give the files their names in place of `earlier` ones."""
        for event in EVENTS:
            self._write(event, least=1)
        noted = {"capture": self.capture, "state": self._state, "events": self.events}
        self._folder.publish(earlier, **noted)

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
            name = f"{event}/{hour}/{_name(self.capture)}-{self._parts[event]}.parquet"
            with self._folder.unfinished(name).open("xb") as file:
                parquet.write_table(
                    table.filter(pc.equal(hours, hour)), file, **parquet_settings(table.schema)
                )
        self._parts[event] += 1


def _name(capture: str) -> str:
    return f"{Path(capture).name[:64]}-{sha256(os.fsencode(capture)).hexdigest()[:12]}"


def _state(capture: str) -> list[int] | None:
    """Size and time of a file; None for an address."""
    return file_state(Path(capture), follow_symlinks=True)
