"""``-o DIR/``: a file for each kind of event."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from huginn_cffi.run import run as hg_run
from tests.support import samples
from tests.support.captures import pcap
from tests.support.running import Run

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

from pyarrow import parquet  # noqa: E402 - it is there

SUFFIXES = {"csv": ".csv", "parquet": ".parquet"}
KINDS = ("client_uptime", "mtu", "syn", "syn_ack")


@pytest.fixture(autouse=True)
def capture(tmp_path: Path) -> None:
    (tmp_path / "in.pcap").write_bytes(pcap(samples.conversation()))


@pytest.mark.parametrize("format", SUFFIXES)
def test_a_name_that_ends_in_a_slash_is_a_folder(run: Run, format: str, tmp_path: Path) -> None:
    done = run("pcap", "--format", format, "-o", "a/b/", "in.pcap")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    tables = [f"{kind}{SUFFIXES[format]}" for kind in KINDS]
    found = {path.name for path in (tmp_path / "a" / "b").iterdir()}
    assert found == {*tables, "manifest.jsonl"}


def test_so_is_a_folder_that_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert run("pcap", "--format", "csv", "-o", "there", "in.pcap").returncode == 0
    with (tmp_path / "there" / "syn.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["event"] == "syn"
    assert "mtu" not in row


@pytest.mark.parametrize("format", SUFFIXES)
def test_an_interrupted_run_leaves_files_that_can_be_read(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = hg_run.Run.batches

    def one_batch(self: hg_run.Run, *arguments: object, **more: object) -> object:
        for batch in real(self, *arguments, **more):  # type: ignore[arg-type]
            yield batch
            raise KeyboardInterrupt

    monkeypatch.setattr(hg_run.Run, "batches", one_batch)
    words = ["pcap", "--format", format, "-o", f"{tmp_path}/out/", str(tmp_path / "in.pcap")]
    assert main(words) == 130
    path = tmp_path / "out" / f"syn{SUFFIXES[format]}"
    if format == "parquet":
        assert parquet.read_table(path).num_rows == 1
    else:
        assert len(path.read_text().splitlines()) == 2


def test_text_names_the_remedy(run: Run, tmp_path: Path) -> None:
    done = run("pcap", "--format", "json", "-o", "new/", "in.pcap")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        "huginn: new/: json is written to one file, not to a folder; name a file, or choose csv or parquet"
        in (done.stderr)
    )
    assert not (tmp_path / "new").exists()


def test_a_summary_is_one_file(run: Run, tmp_path: Path) -> None:
    done = run("pcap", "--summary", "-o", "new/", "in.pcap")
    assert done.returncode == 2
    assert "new/: is a folder; name a file" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_is_named(run: Run) -> None:
    done = run("pcap", "--format", "csv", "-o", "in.pcap/", "in.pcap")
    assert done.returncode == 2
    assert done.stderr == "huginn: in.pcap: cannot be written: Not a directory\n"


def test_an_input_is_not_written_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.pcap").rename(tmp_path / "syn.csv")
    before = (tmp_path / "syn.csv").read_bytes()
    done = run("pcap", "--format", "csv", "-o", "./", "syn.csv")
    assert done.returncode == 2
    assert "syn.csv: cannot be written: it exists, and no earlier run wrote it" in done.stderr
    assert (tmp_path / "syn.csv").read_bytes() == before


def test_live_capture_writes_one_file(run: Run) -> None:
    done = run("capture", "-o", "new/", "lo")
    assert done.returncode == 2
    assert "new/: is a folder; results of live capture go to one file" in done.stderr
