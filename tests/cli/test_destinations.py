"""Where results go: never over an input, and what is replaced keeps its mode, owner and links."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from huginn_cffi.base import files
from huginn_cffi.cli.output.live import RotatedFile, Rotation
from tests.support.in_process import run_in_process
from tests.support.sample import sample

FP = "[mtu]\nlabel = Ethernet\nsig = 1500\n"


def huginn(folder: Path, *words: str, source: str | None = None, into: str | None = None) -> tuple[int, str]:
    """Exit status and standard error; standard input and output are files of the folder."""
    with ExitStack() as stack:
        stdin, stdout = (
            stack.enter_context((folder / (name or os.devnull)).open(mode))
            for name, mode in ((source, "rb"), (into, "ab"))
        )
        done = run_in_process(*words, stdin=stdin, stdout=stdout, cwd=folder)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("output", ["s.pcap", "symbolic", "hard", "./s.pcap"])
def test_standard_input_is_not_written_over(tmp_path: Path, output: str) -> None:
    capture = tmp_path / "s.pcap"
    capture.write_bytes(sample())
    (tmp_path / "symbolic").symlink_to("s.pcap")
    (tmp_path / "hard").hardlink_to(capture)
    for command in (("pcap", "-"), ("pcap", "--summary", "-"), ("report", "-")):
        status, said = huginn(tmp_path, *command, "-o", output, source="s.pcap")
        assert status == 2
        assert "is an input as well" in said
        assert capture.read_bytes() == sample()


def test_standard_input_is_not_written_over_in_a_folder(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    (tmp_path / "out").mkdir()
    capture = tmp_path / "out" / "syn.csv"
    capture.write_bytes(sample())
    status, said = huginn(tmp_path, "pcap", "-", "--format", "csv", "-o", "out/", source="out/syn.csv")
    assert (status, capture.read_bytes()) == (2, sample())
    assert "out/syn.csv: cannot be written: it exists, and no earlier run wrote it" in said


def test_an_input_that_results_are_appended_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.pcap").write_bytes(sample())
    status, said = huginn(tmp_path, "pcap", "s.pcap", into="s.pcap")
    assert (status, (tmp_path / "s.pcap").read_bytes()) == (2, sample())
    assert "standard output: is an input as well" in said


def test_another_file_on_standard_input_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "s.pcap").write_bytes(sample())
    (tmp_path / "out").write_bytes(b"")
    status, said = huginn(tmp_path, "pcap", "s.pcap", "-o", "out", source="out")
    assert (status, said) == (0, "")


def test_two_results_in_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.fp").write_text(FP)
    (tmp_path / "link").symlink_to("q")
    for other in ("q", "./q", "link"):
        status, said = huginn(tmp_path, "compile", "a.fp", "-o", "q", "--header", other)
        assert status == 2
        assert "one file" in said
        assert not (tmp_path / "q").exists()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_a_file_that_is_replaced_keeps_its_mode_owner_and_symbolic_links(tmp_path: Path, mode: int) -> None:
    (tmp_path / "a.fp").write_text(FP)
    folder = tmp_path / "folder"
    folder.mkdir()
    real, link = folder / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(mode)
    owner = (1234, 2345) if os.geteuid() == 0 else (os.getuid(), os.getgid())
    os.chown(real, *owner)
    link.symlink_to(real)
    assert huginn(tmp_path, "compile", "a.fp", "-o", "link") == (0, "link: 1 signature\n")
    found = real.stat()
    assert stat.S_IMODE(found.st_mode) == mode
    assert (found.st_uid, found.st_gid) == owner
    assert link.is_symlink()
    assert real.read_bytes() != b"old"
    assert [path.name for path in folder.iterdir()] == ["real"]


def test_a_report_keeps_the_mode(tmp_path: Path) -> None:
    (tmp_path / "s.pcap").write_bytes(sample())
    page = tmp_path / "page.html"
    page.touch(0o600)
    assert huginn(tmp_path, "report", "s.pcap", "-o", "page.html")[0] == 0
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert page.stat().st_size


def test_hard_links_stay_one_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"old and long")
    other.hardlink_to(one)
    files.replace_file(one, b"new")
    assert other.read_bytes() == b"new"
    assert one.samefile(other)


def test_what_cannot_be_written_over_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk in the midst of a file with two names."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"old and long")
    other.hardlink_to(one)
    write, calls = os.write, []

    def fill(descriptor: int, data: memoryview) -> int:
        calls.append(len(data))
        if len(calls) == 2:
            raise OSError(28, os.strerror(28))
        return write(descriptor, data[:3] if len(calls) == 1 else data)

    monkeypatch.setattr(os, "write", fill)
    with pytest.raises(OSError, match="No space"):
        files.replace_file(one, b"newer bytes")
    assert one.read_bytes() == other.read_bytes() == b"old and long"


@pytest.mark.parametrize("cut", ["before", "between"])
def test_a_full_disk_while_another_program_truncates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """As copytruncate does; the disk is full again in the middle of the next batch."""
    path = tmp_path / "out"
    file = RotatedFile(path, Rotation(), ending=b"\n")
    file.commit(b"first line\n" * 1000)
    write, calls = os.write, []
    if cut == "before":
        os.truncate(path, 0)

    def fill(descriptor: int, data: memoryview) -> int:
        calls.append(len(data))
        if len(calls) == 2 and cut == "between":
            os.truncate(path, 0)
        if len(calls) == 3:
            raise OSError(28, os.strerror(28))
        return write(descriptor, data[:7])

    monkeypatch.setattr(os, "write", fill)
    with pytest.raises(OSError, match="No space"):
        file.commit(b"second line\n" * 10)
    monkeypatch.setattr(os, "write", write)
    assert path.read_bytes() == b"", "no half of a line, and no NUL"
    file.commit(b"third line\n")
    assert path.read_bytes() == b"third line\n"


def test_a_file_that_was_emptied_is_not_rotated(tmp_path: Path) -> None:
    path = tmp_path / "out"
    file = RotatedFile(path, Rotation(size=5), ending=b"\n")
    file.commit(b"long enough\n")
    assert file.is_due()
    os.truncate(path, 0)
    assert not file.is_due()


@pytest.mark.parametrize("command", [("pcap", "--format", "json"), ("pcap", "--summary"), ("hosts",)])
@pytest.mark.parametrize("source", ["missing.pcap", "text.txt"])
def test_an_input_that_is_refused_leaves_an_older_output(
    tmp_path: Path, command: tuple[str, ...], source: str
) -> None:
    (tmp_path / "text.txt").write_text("no capture")
    (tmp_path / "out").write_text("kept")
    status, _ = huginn(tmp_path, *command, source, "-o", "out")
    assert (status, (tmp_path / "out").read_text()) == (2, "kept")


def test_an_older_output_is_replaced_also_by_nothing(tmp_path: Path) -> None:
    (tmp_path / "s.pcap").write_bytes(sample())
    for words, is_empty in (((), False), (("--ip", "192.0.2.255"), True)):
        (tmp_path / "out").write_text("older" * 10_000)
        status, _ = huginn(tmp_path, "pcap", *words, "s.pcap", "-o", "out")
        written = (tmp_path / "out").read_text()
        assert (status, written == "", "older" in written) == (0, is_empty, False)
