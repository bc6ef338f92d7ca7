"""A folder of tables: a file for each kind of event."""

from __future__ import annotations

import csv
import os
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.formats.folders import MANIFEST
from huginn_cffi.formats.forms import RecordWriter, is_folder
from huginn_cffi.formats.writers import open_folder
from tests.formats.inputs import SIGNATURES, Row, small_batches
from tests.support import samples

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

from huginn_cffi.formats import tables  # noqa: E402 - it needs pyarrow

DATABASE = hg.Database.compile(text=SIGNATURES)
SUFFIXES = {"csv": ".csv", "parquet": ".parquet"}
COMMON = [
    *("time_ns", "packet_number", "flow", "event", "src_ip", "src_port", "dst_ip", "dst_port"),
    *("tunnel", "segment", "from_server", "community_id"),
]
UPTIME = [*COMMON, "uptime_minutes", "modulo_days", "frequency_hz", "raw_frequency_hz", "reliable", "why"]
COLUMNS = {
    "mtu": [*COMMON, "mtu", "link", "link_file", "link_line", "capture", "database"],
    "client_uptime": [*UPTIME, "capture", "database"],
    "server_uptime": [*UPTIME, "capture", "database"],
}
FOREIGN = {"mtu", "link", "uptime_minutes", "why", "reliable"}


def batches(inputs: tuple[str, str]) -> list[hg.Batch]:
    with small_batches():
        return list(
            hg.Analyzer(
                hg.Database.compile(inputs[1]),
                protocols=PROTOCOLS,
                findings=True,
                device_news=True,
                senders=True,
                segments=True,
            ).batches(inputs[0])
        )


def write(format: str, folder: Path, found: list[hg.Batch], rows: int | None = None) -> RecordWriter:
    writer = open_folder(format, folder)
    for batch in found:
        writer.write(batch, rows)
    writer.close()
    return writer


def tables_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != MANIFEST)


def read(path: Path) -> Any:
    """A file as a table."""
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return parquet.read_table(path)
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(head)})


@pytest.mark.parametrize("format", SUFFIXES)
def test_each_kind_of_event_has_its_file(
    format: str, inputs: tuple[str, str], expected: list[Row], tmp_path: Path
) -> None:
    writer = write(format, tmp_path / "new" / "folder", batches(inputs))
    writer.close()
    kinds = {row["event"] for row in expected}
    found = tables_in(tmp_path / "new" / "folder")
    assert {path.name for path in found} == {f"{kind}{SUFFIXES[format]}" for kind in kinds}
    for path in found:
        table, kind = read(path), path.name.partition(".")[0]
        assert set(table["event"].to_pylist()) == {kind}
        numbers = [row["packet_number"] for row in expected if row["event"] == kind]
        assert [int(number) for number in table["packet_number"].to_pylist()] == numbers, "in order"
        assert table.column_names == COLUMNS.get(kind, table.column_names)
        if kind.startswith("syn"):
            assert table.column_names[: len(COMMON)] == COMMON
            assert not FOREIGN & set(table.column_names)
            assert ("syn_seen" in table.column_names) == (kind == "syn_ack")


def test_values_are_those_of_one_table(inputs: tuple[str, str], tmp_path: Path) -> None:
    found = batches(inputs)
    write("parquet", tmp_path, found)
    whole = [row for batch in found for row in hg_rows(batch)]
    for path in tables_in(tmp_path):
        kind = path.name.partition(".")[0]
        table = read(path)
        rows = [{name: row[name] for name in table.column_names} for row in whole if row["event"] == kind]
        assert table.to_pylist() == rows


def hg_rows(batch: hg.Batch) -> list[Row]:
    rows: list[Row] = batch.to_arrow().to_pylist()
    return rows


@pytest.mark.parametrize("format", SUFFIXES)
def test_parts_of_batches(format: str, tmp_path: Path) -> None:
    (batch,) = hg.Analyzer(DATABASE).batches(samples.capture(3))
    write(format, tmp_path, [batch, batch], rows=1)
    (path,) = tables_in(tmp_path)
    assert read(path).num_rows == 2


@pytest.mark.parametrize("format", SUFFIXES)
def test_files_of_an_earlier_run_are_replaced(format: str, inputs: tuple[str, str], tmp_path: Path) -> None:
    (batch,) = hg.Analyzer(DATABASE).batches(samples.capture(3))
    suffix = SUFFIXES[format]
    for name in ("notes.txt", f"other{suffix}"):
        (tmp_path / name).write_bytes(b"old")
    write(format, tmp_path, batches(inputs))
    write(format, tmp_path, [batch], rows=1)
    assert read(tmp_path / f"syn{suffix}").num_rows == 1
    assert len(tables_in(tmp_path)) == 3, "other kinds did not occur this time"
    assert (tmp_path / "notes.txt").read_bytes() == (tmp_path / f"other{suffix}").read_bytes() == b"old"


def test_row_groups_go_out_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP_ROWS", 4)
    (batch,) = hg.Analyzer(DATABASE).batches(samples.capture(3))
    writer = open_folder("parquet", tmp_path)
    for _ in range(6):
        writer.write(batch)
    assert (tmp_path / "syn.parquet.unfinished").stat().st_size > 4, "more than the magic number"
    writer.close()
    assert read(tmp_path / "syn.parquet").num_rows > 4


@pytest.mark.parametrize("format", ["text", "json", "p0f", "eve", "ecs"])
def test_text_is_refused_with_the_remedy(format: str, tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=f"^{format} is written to one file, not to a folder; .* csv or parquet$"
    ):
        open_folder(format, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("format", SUFFIXES)
def test_a_folder_that_cannot_be_is_named(format: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError, match="file"):
        open_folder(format, tmp_path / "file")


@pytest.mark.parametrize("format", SUFFIXES)
def test_a_full_disk_is_named(format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP_ROWS", 4)
    (batch,) = hg.Analyzer(DATABASE).batches(samples.capture(3))
    write(format, tmp_path, [batch])
    before = read(tmp_path / f"syn{SUFFIXES[format]}")
    writer = open_folder(format, tmp_path)

    def full(*_: object) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr(tables, "write_all", full)

    def write_much() -> None:
        for _ in range(6):
            writer.write(batch)

    with pytest.raises(OSError, match="No space left") as caught:
        write_much()
    assert caught.value.filename == str(tmp_path / f"syn{SUFFIXES[format]}.unfinished")
    with pytest.raises(OSError, match="No space left"):
        writer.close()
    assert read(tmp_path / f"syn{SUFFIXES[format]}") == before, "of the earlier run"
    monkeypatch.undo()
    write(format, tmp_path, [batch])


def test_what_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert is_folder(str(tmp_path))
    assert is_folder(f"{tmp_path}{os.sep}new/")
    assert not is_folder(str(tmp_path / "new"))
    assert not is_folder(str(tmp_path / "file"))
    assert not is_folder("-")
