"""Writers of records: streams, interrupts, damage, terminals."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.installation import to_add
from huginn_cffi.formats.forms import FORMATS, RecordWriter
from huginn_cffi.formats.writers import open_writer
from huginn_cffi.run.run import Run
from tests.formats.inputs import BATCH_ROWS, SIGNATURES, capture, run
from tests.support import samples

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

from huginn_cffi.formats import tables  # noqa: E402 - it needs pyarrow

DATABASE = hg.Database.compile(text=SIGNATURES)
TABLES = ("csv", "parquet")
ROOT = Path(__file__).resolve().parents[2]


class ClosedSink(io.BytesIO):
    """Keeps what it gets, and is no more open than a file that others closed."""


def written(format: str, rows: int | None = None, batches: int = 2) -> tuple[ClosedSink, RecordWriter]:
    sink = ClosedSink()
    writer = open_writer(format, sink, DATABASE)
    for number in range(batches):
        for batch in hg.Analyzer(DATABASE).batches(samples.capture(3 + number)):
            writer.write(batch, rows)
    return sink, writer


def count(format: str, data: bytes) -> int:
    """Records in an output."""
    if format == "parquet":
        from pyarrow import parquet

        return int(parquet.read_table(pa.BufferReader(data)).num_rows)
    if format == "csv":
        from pyarrow import csv

        return int(csv.read_csv(pa.BufferReader(data)).num_rows)
    return data.count(b"\n\n") if format == "text" else len(data.splitlines())


@pytest.mark.parametrize("format", FORMATS)
def test_batches_and_parts_of_them(format: str) -> None:
    for rows, expected in ((None, 14), (2, 4), (0, 0)):
        sink, writer = written(format, rows)
        writer.close()
        writer.close()
        assert not sink.closed
        assert count(format, sink.getvalue()) == expected


@pytest.mark.parametrize("format", FORMATS)
def test_no_events_are_a_valid_output(format: str) -> None:
    sink, writer = written(format, batches=0)
    writer.close()
    assert count(format, sink.getvalue()) == 0


@pytest.mark.parametrize("format", ["text", "json", "p0f", "eve", "ecs", "csv"])
def test_a_batch_goes_out_at_once(format: str) -> None:
    sink, _ = written(format)
    assert count(format, sink.getvalue()) == 14, "before the end"


def test_row_groups_go_out_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP_ROWS", 6)
    sink, writer = written("parquet", batches=3)
    assert len(sink.getvalue()) > 4, "more than the magic number"
    writer.close()
    assert count("parquet", sink.getvalue()) == 24


@pytest.mark.parametrize("format", FORMATS)
def test_only_the_caller_writes_to_the_sink(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP_ROWS", 6)
    sink, writer = written(format, batches=0)
    threads, keep = set(), sink.write

    def noted(data: bytes) -> int:
        threads.add(threading.current_thread())
        return keep(data)

    monkeypatch.setattr(sink, "write", noted)
    for batch in hg.Analyzer(DATABASE).batches(samples.capture(30)):
        for _ in range(3):
            writer.write(batch)
    writer.close()
    assert threads == {threading.current_thread()}
    assert count(format, sink.getvalue()) == 180


@pytest.mark.parametrize("format", TABLES)
def test_a_sink_that_fails_is_heard_of(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP_ROWS", 6)
    sink, writer = written(format, batches=0)

    def full(data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sink, "write", full)
    (batch,) = hg.Analyzer(DATABASE).batches(samples.capture(3))

    def write() -> None:
        for _ in range(3):
            writer.write(batch)

    with pytest.raises(OSError, match="No space left"):
        write()


@pytest.mark.parametrize("format", FORMATS)
def test_what_came_before_damage_is_in_the_file(format: str, tmp_path: Path) -> None:
    source, database, output = tmp_path / "cut.pcap", tmp_path / "db.fp", tmp_path / "out"
    source.write_bytes(samples.capture(5)[:-3])
    database.write_text(SIGNATURES, encoding="utf-8")
    assert run(format, str(source), str(database), output) == 1
    assert count(format, output.read_bytes()) == 8


@pytest.mark.parametrize("format", FORMATS)
def test_an_interrupted_run_leaves_a_file_that_can_be_read(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, database, output = tmp_path / "in.pcap", tmp_path / "db.fp", tmp_path / "out"
    source.write_bytes(capture())
    database.write_text(SIGNATURES, encoding="utf-8")
    real = Run.batches

    def one_batch(self: Run, *arguments: object, **more: object) -> object:
        for batch in real(self, *arguments, **more):  # type: ignore[arg-type]
            yield batch
            raise KeyboardInterrupt

    monkeypatch.setattr(Run, "batches", one_batch)
    assert run(format, str(source), str(database), output) == 130
    found = count(format, output.read_bytes())
    assert BATCH_ROWS - 15 < found <= 2 * BATCH_ROWS, "the first batch, with the changes that its events tell"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "huginn_cffi", "pcap", str(ROOT / "examples" / "sample.pcap"), *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_binary_formats_are_for_no_terminal() -> None:
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            command("--format", "parquet"),
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 2
    assert (
        done.stderr.decode()
        .splitlines()[-1]
        .startswith("huginn: parquet is not for a terminal; name a file with -o, or use a pipe")
    )


@pytest.mark.parametrize("format", TABLES)
def test_tables_go_into_pipes(format: str) -> None:
    done = subprocess.run(command("--format", format), capture_output=True, env=environment(), check=True)
    assert count(format, done.stdout) == 39


def test_missing_pyarrow_is_one_line_that_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from huginn_cffi.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = command("--format", "parquet")[3:]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment(), check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"huginn: tables need pyarrow; install it with: {to_add('arrow')}\n"


def test_unknown_formats_name_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown format 'xml'; there are text, json, p0f, eve"):
        open_writer("xml", io.BytesIO(), None)
    with pytest.raises(ValueError, match="format 'csv' is not one of text; there are text, json, p0f"):
        hg.Batch(16, None).render("csv")
