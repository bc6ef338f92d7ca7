"""Files that a sensor writes for months: appended to, rotated, reopened, and what a full disk does."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huginn_cffi import Analyzer
from huginn_cffi.cli.output import live as rotating
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.live import LiveOutput, RotatedFile, Rotation
from huginn_cffi.formats.forms import FORMATS
from huginn_cffi.formats.writers import open_writer
from huginn_cffi.run.batch import Batch
from tests.support import samples

ROTATED = re.compile(r"out\.\d{8}T\d{6}Z(-\d+)?")


def opened(path: Path, rotation: Rotation = Rotation(), *, lines: bool = True) -> RotatedFile:  # noqa: B008
    return RotatedFile(path, rotation, ending=b"\n" if lines else None)


def put(file: RotatedFile, *texts: bytes) -> None:
    file.commit(b"".join(texts))


def rotated(folder: Path) -> list[Path]:
    """In the order of their making."""
    found = [path for path in folder.iterdir() if ROTATED.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns)


def test_what_is_there_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old\n")
    file = opened(path)
    put(file, b"new\n")
    assert path.read_bytes() == b"old\nnew\n"


@pytest.mark.parametrize("size", [9, 3 << 20])
def test_an_incomplete_last_record_is_removed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "out"
    whole = b"w" * (size - 1) + b"\n"
    path.write_bytes(whole + b'{"half":')
    file = opened(path)
    put(file, b"new\n")
    assert path.read_bytes() == whole + b"new\n"
    assert file.removed == 8


def test_a_file_without_a_whole_record_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"notes of somebody")
    put(opened(path), b"new\n")
    assert path.read_bytes() == b"new\n"
    assert [item.read_bytes() for item in rotated(tmp_path)] == [b"notes of somebody"]


@pytest.mark.parametrize("format_", [form.name for form in FORMATS.values() if form.ending])
def test_every_record_ends_as_its_format_says(
    tmp_path: Path, batch: Batch, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """After an interruption within the last record, a file has all records but that one."""

    def write(path: Path, rows: int) -> bytes:
        out = output(path, format_, Rotation())
        out.write(batch, rows)
        out.close()
        return path.read_bytes()

    fewer, all_of_them = write(tmp_path / "fewer", 7), write(tmp_path / "all", 8)
    assert len(fewer) < len(all_of_them)
    assert capsys.readouterr().err == ""
    (tmp_path / "torn").write_bytes(all_of_them[:-1])
    kept = write(tmp_path / "torn", 0)
    assert kept == fewer
    removed = len(all_of_them) - 1 - len(fewer)
    assert f"an incomplete record of {removed} bytes at the end was removed" in capsys.readouterr().err


def test_a_file_has_one_writer(tmp_path: Path) -> None:
    path = tmp_path / "out"
    first = opened(path)
    put(first, b"one\n")
    with pytest.raises(OSError, match="another capture writes to it"):
        opened(path)
    with pytest.raises(OSError, match="another capture writes to it"):
        opened(path, lines=False)
    first.reopen()
    put(first, b"two\n")
    first.close()
    put(opened(path), b"three\n")
    assert path.read_bytes() == b"one\ntwo\nthree\n"
    assert rotated(tmp_path) == []


def test_a_file_with_a_beginning_and_an_end_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"table")
    put(opened(path, lines=False), b"other table")
    assert path.read_bytes() == b"other table"
    assert [item.read_bytes() for item in rotated(tmp_path)] == [b"table"]


def test_nothing_is_written_before_the_batch_is_whole(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    out = output(path)
    write = out._writer.write

    def only_kept(batch: Batch, rows: int) -> None:
        write(batch, rows)
        assert path.read_bytes() == b""

    monkeypatch.setattr(out._writer, "write", only_kept)
    out.write(batch, 8)
    assert path.read_bytes().count(b"\n") == 8


def test_rotation_by_size_keeps_every_line(tmp_path: Path) -> None:
    path = tmp_path / "out"
    file = opened(path, Rotation(size=10))
    for number in range(5):
        put(file, b"line %d\n" % number)
        if file.is_due():
            file.rotate()
    kept = [item.read_bytes() for item in rotated(tmp_path)]
    assert kept == [b"line 0\nline 1\n", b"line 2\nline 3\n"]
    assert path.read_bytes() == b"line 4\n"


def test_rotated_files_are_compressed_and_counted(tmp_path: Path) -> None:
    left = tmp_path / "out.20200101T000000Z"
    left.write_bytes(b"of a run that ended before it compressed this\n")
    (tmp_path / "out.20191231T235959Z.gz.part").write_bytes(b"of a run that was killed while it compressed")
    file = opened(tmp_path / "out", Rotation(size=10, keep=3, compress=True))
    for number in range(8):
        put(file, b"line %d\nline %d\n" % (number, number))
        file.rotate()
        file._compressing.join()
    found = (one for one in tmp_path.iterdir() if one.name != "out")
    packed = sorted(found, key=lambda one: one.name.removesuffix(".gz"))
    assert [one.suffix for one in packed] == [".gz"] * 3, "those that were removed do not come back"
    wanted = [b"line %d\nline %d\n" % (number, number) for number in (5, 6, 7)]
    assert [gzip.decompress(one.read_bytes()) for one in packed] == wanted


def test_there_are_never_more_files_than_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when the process is killed while it opens the next one."""
    counts = []

    def counted(path: Path) -> int:
        counts.append(len(rotated(tmp_path)))
        return opening(path)

    opening = rotating._only_writer
    monkeypatch.setattr(rotating, "_only_writer", counted)
    file = opened(tmp_path / "out", Rotation(size=1, keep=2))
    for _ in range(4):
        put(file, b"line\n")
        file.rotate()
    assert counts == [0, 1, 2, 2, 2]


def test_a_rotated_file_is_whole_until_it_is_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*whatever: object) -> None:
        raise OSError(28, "No space left on device")

    file = opened(tmp_path / "out", Rotation(size=10, compress=True))
    monkeypatch.setattr(shutil, "copyfileobj", full)
    put(file, b"line 1\n")
    file.rotate()
    file._compressing.join()
    assert [one.read_bytes() for one in rotated(tmp_path)] == [b"line 1\n"]
    assert "cannot be compressed: No space left on device" in capsys.readouterr().err


def test_rotation_by_time_leaves_empty_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    file = opened(tmp_path / "out", Rotation(every=60))
    now += 61
    assert not file.is_due()
    put(file, b"line\n")
    assert file.is_due()
    file.rotate()
    put(file, b"line\n")
    now += 59
    assert not file.is_due()
    now += 1
    assert file.is_due()


def test_a_rotation_that_fails_loses_nothing_and_is_tried_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    file = opened(path, Rotation(size=1))
    put(file, b"one\n")
    monkeypatch.setattr(rotating, "_rotated_name", lambda path: tmp_path / "absent" / "name")
    with pytest.raises(FileNotFoundError):
        file.rotate()
    put(file, b"two\n")
    assert not file.is_due()
    assert path.read_bytes() == b"one\ntwo\n"


def test_a_new_file_that_cannot_be_opened_leaves_the_old_one_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    file = opened(path, Rotation(size=1))
    put(file, b"one\n")

    def refuse(self: RotatedFile) -> None:
        raise PermissionError

    monkeypatch.setattr(RotatedFile, "_open", refuse)
    with pytest.raises(PermissionError):
        file.rotate()
    put(file, b"two\n")
    assert path.read_bytes() == b"one\ntwo\n"


def test_reopening_follows_the_name(tmp_path: Path) -> None:
    """As logrotate wants it."""
    path, moved = tmp_path / "out", tmp_path / "moved"
    file = opened(path)
    put(file, b"one\n")
    path.rename(moved)
    put(file, b"two\n")
    file.reopen()
    put(file, b"three\n")
    assert (moved.read_bytes(), path.read_bytes()) == (b"one\ntwo\n", b"three\n")


@pytest.fixture
def batch() -> Batch:
    (found,) = Analyzer(None).batches(samples.capture(4))
    assert len(found) == 8
    return found


def output(path: Path, format_: str = "json", rotation: Rotation = Rotation()) -> LiveOutput:  # noqa: B008
    return LiveOutput(str(path), format_, None, "eth0", rotation, [])


class FullDisk:
    """A disk on which no more than half a batch fits, until `full` is false."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
        self.full, self._most, self._write = True, most, os.write
        monkeypatch.setattr(os, "write", self.write)
        monkeypatch.setattr(rotating, "RETRY_S", 0.0)

    def write(self, descriptor: int, data: memoryview) -> int:
        if not self.full or len(data) < 100:
            return self._write(descriptor, data)
        if len(data) < self._most:
            raise OSError(28, os.strerror(28))
        return self._write(descriptor, data[: len(data) - self._most // 2])


def test_results_wait_for_a_full_disk(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out"
    out = output(path)
    out.write(batch, 8)
    whole = path.read_bytes()
    disk = FullDisk(monkeypatch, len(whole))
    out.write(batch, 8)
    out.write(batch, 8)
    assert path.read_bytes() == whole, "no half of a line"
    assert not out.is_delivered
    disk.full = False
    out.rotate_if_due()
    assert out.is_delivered
    out.write(batch, 8)
    out.close()
    assert path.read_bytes() == whole * 4
    assert out.lost == 0
    assert capsys.readouterr().err.splitlines() == [
        f"huginn: {path}: cannot be written: No space left on device; results wait until it can",
        f"huginn: {path}: written to again",
    ]


def test_results_beyond_the_limit_are_lost_and_counted(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first ones wait, and are written in their place."""
    path = tmp_path / "out"
    out = output(path)
    out.write(batch, 8)
    whole = path.read_bytes()
    monkeypatch.setattr(rotating, "MOST_WAITING", 2 * len(whole))
    disk = FullDisk(monkeypatch, len(whole))
    for _ in range(5):
        out.write(batch, 8)
    assert (out.lost, out.is_delivered) == (24, False)
    disk.full = False
    out.write(batch, 8)
    out.close()
    assert path.read_bytes() == whole * 4
    assert capsys.readouterr().err.splitlines()[1:] == [f"huginn: {path}: written to again; 24 results lost"]


def test_the_end_counts_what_still_waits(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = output(tmp_path / "out")
    FullDisk(monkeypatch, 1 << 20)
    out.write(batch, 8)
    out.close()
    assert (out.lost, out.is_delivered) == (8, False)


def test_lines_that_wait_follow_into_a_new_file(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGHUP after a disk was cleared by renaming the file."""
    path = tmp_path / "out"
    out = output(path)
    out.write(batch, 8)
    whole = path.read_bytes()
    disk = FullDisk(monkeypatch, len(whole))
    out.write(batch, 8)
    path.rename(tmp_path / "moved")
    out.reopen()
    disk.full = False
    out.close()
    assert (tmp_path / "moved").read_bytes() + path.read_bytes() == whole * 2
    assert out.lost == 0


def piped(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> tuple[LiveOutput, int]:
    """An output to a pipe, and the end for its reader."""
    read, written = os.pipe()
    monkeypatch.setattr("sys.stdout", os.fdopen(written, "w"))
    return LiveOutput(None, "json", None, "eth0", Rotation(), []), read


def read_all(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def test_a_slow_reader_of_standard_output_costs_results_and_no_time(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It reads nothing until 1,000 batches were written, far more than a pipe holds."""
    monkeypatch.setattr(rotating, "MOST_WAITING", 1 << 20)
    out, reader = piped(batch, monkeypatch)
    for _ in range(1000):
        out.write(batch, 8)
    assert not out.is_delivered
    assert 0 < out.lost < 8000
    reading = ThreadPoolExecutor().submit(read_all, reader)
    out.close()
    sys.stdout.close()
    lines = reading.result().decode().splitlines()
    assert len(lines) + out.lost == 8000
    assert [json.loads(line)["packet_number"] for line in lines[:8]] == [*batch["packet_number"]]
    assert "standard output: its reader is too slow; results are lost" in capsys.readouterr().err


def test_a_reader_that_left_ends_it(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    out, reader = piped(batch, monkeypatch)
    os.close(reader)
    out.write(batch, 8)
    out._file.wait(60)
    with pytest.raises(ReaderLeftError):
        out.rotate_if_due()


def test_a_table_that_lost_a_piece_is_left_and_another_begun(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formats with a beginning cannot go on in the middle."""
    path = tmp_path / "out"
    out = output(path, "csv")
    out.write(batch, 8)
    first = path.read_bytes()
    write = os.write

    def fail(descriptor: int, data: memoryview) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "write", fail)
    for _ in range(3):
        out.write(batch, 8)
    monkeypatch.setattr(os, "write", write)
    out.write(batch, 8)
    out.close()
    (left,) = rotated(tmp_path)
    assert left.read_bytes() == path.read_bytes() == first
    assert out.lost == 24


@pytest.mark.parametrize(
    "format_",
    [
        pytest.param(one, marks=pytest.mark.no_tsan("pyarrow is hidden there")) if one == "parquet" else one
        for one in FORMATS
    ],
)
def test_every_format_is_rotated_into_files_that_are_whole(
    format_: str, batch: Batch, tmp_path: Path
) -> None:
    """Each file is what the format's writer gives for its batch alone."""
    alone = io.BytesIO()
    writer = open_writer(format_, alone, None, interface="eth0")
    writer.write(batch, 8)
    writer.close()
    out = output(tmp_path / "out", format_, Rotation(size=1))
    for _ in range(2):
        out.write(batch, 8)
        out.reopen()
    out.close()
    whole = [path.read_bytes() for path in rotated(tmp_path)]
    assert whole == [alone.getvalue()] * 2


def test_a_device_that_is_full_from_the_beginning(batch: Batch) -> None:
    """/dev/full, which is no regular file, so that nothing is cut or rotated."""
    out = output(Path("/dev/full"), rotation=Rotation(size=1))
    out.write(batch, 8)
    out.close()
    assert out.lost == 8


def test_old_files_are_removed_and_others_stay(batch: Batch, tmp_path: Path) -> None:
    for name in ("out.old", "out.20260101T000000", "other.20260101T000000Z"):
        (tmp_path / name).touch()
    (tmp_path / "out.20260101T000000Z").touch()
    out = output(tmp_path / "out", rotation=Rotation(size=1, keep=2))
    for _ in range(4):
        out.write(batch, 8)
    out.close()
    assert len(rotated(tmp_path)) == 2
    assert not (tmp_path / "out.20260101T000000Z").exists()
    assert len([*tmp_path.iterdir()]) == 6


def test_results_are_rotated_between_batches(batch: Batch, tmp_path: Path) -> None:
    out = output(tmp_path / "out", rotation=Rotation(size=1))
    for _ in range(3):
        out.write(batch, 8)
    out.close()
    files = rotated(tmp_path)
    assert len(files) == 3
    assert {path.read_bytes().count(b"\n") for path in files} == {8}
    assert (tmp_path / "out").read_bytes() == b""


def test_an_output_that_is_an_input_is_refused(tmp_path: Path) -> None:
    from click import UsageError

    path = tmp_path / "some.fp"
    path.write_text("")
    with pytest.raises(UsageError, match="is an input as well"):
        LiveOutput(str(path), "json", None, "eth0", Rotation(), [str(path)])
