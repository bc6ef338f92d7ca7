"""Files, folders and patterns as one stream, and spans of time."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.analyzer import captures_of
from huginn_cffi.sources.searching import find_captures
from tests.support import needs, samples
from tests.support.captures import pcap
from tests.support.core import ROOT
from tests.support.running import COMMAND, Run
from tests.support.sample import sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Captures on two levels, and other files."""
    place = tmp_path / "captures"
    (place / "b").mkdir(parents=True)
    packets = samples.conversation()
    (place / "a.pcap").write_bytes(pcap(packets[:1]))
    (place / "b" / "first.gz").write_bytes(gzip.compress(pcap(packets[1:2])))
    (place / "c").write_bytes(pcap(packets[2:]))
    (place / "notes.txt").write_text("words")
    (place / "notes.gz").write_bytes(gzip.compress(b"words"))
    return place


def events(text: str) -> list[tuple[str, int]]:
    return [(record["event"], record["packet_number"]) for record in map(json.loads, text.splitlines())]


WHOLE = [("syn", 1), ("mtu", 1), ("syn_ack", 2), ("mtu", 2), ("client_uptime", 3)]


def test_a_folder_is_one_stream_in_sorted_order(run: Run, folder: Path) -> None:
    done = run("pcap", "--format", "json", "captures")
    assert done.returncode == 0
    assert events(done.stdout) == WHOLE
    left = "huginn: left out 2 files of an unknown format: captures/notes.gz, captures/notes.txt\n"
    assert done.stderr == left


def test_patterns_and_files_in_any_order(run: Run, folder: Path) -> None:
    assert events(run("pcap", "--format", "json", "captures/**/[abcf]*").stdout) == WHOLE
    ordered = ("captures/a.pcap", "captures/b/first.gz", "captures/c")
    assert events(run("pcap", "--format", "json", *ordered).stdout) == WHOLE
    assert events(run("pcap", "--format", "json", *reversed(ordered)).stdout) == WHOLE


def test_the_library_takes_folders_too(folder: Path) -> None:
    results = list(hg.Analyzer().analyze_pcap(folder))
    assert [result.capture for result in results] == [
        str(folder / name) for name in ("a.pcap", "b/first.gz", "c")
    ]
    found = find_captures([folder, "-", folder / "notes.txt"])
    assert found.captures == (*(result.capture for result in results), "-", str(folder / "notes.txt"))
    assert found.left_out == (str(folder / "notes.gz"), str(folder / "notes.txt"))


def test_the_library_takes_patterns_too(folder: Path) -> None:
    found = list(hg.Analyzer().analyze_pcap(folder / "**" / "[abcf]*"))
    assert [result.capture for result in found] == [
        str(folder / name) for name in ("a.pcap", "b/first.gz", "c")
    ]
    literal = folder / "x[1].pcap"
    literal.write_bytes((folder / "a.pcap").read_bytes())  # a file with such a name is that file
    assert {result.capture for result in hg.Analyzer().analyze_pcap(literal)} == {str(literal)}
    with pytest.raises(hg.CaptureError, match=r"nosuch\*: No such file"):
        list(hg.Analyzer().analyze_pcap(str(folder / "nosuch*")))


def test_packets_are_traced_to_their_capture(run: Run, folder: Path) -> None:
    """Numbers count on; which of them are of which capture is told."""
    words = ("pcap", "captures", "nosuch.pcap")
    errors = run(*words, "--stats").stderr.splitlines()
    assert [line for line in errors if line.startswith("capture:")] == [
        "capture:  packets 1 to 1 from captures/a.pcap",
        "capture:  packets 2 to 2 from captures/b/first.gz",
        "capture:  packets 3 to 3 from captures/c",
        "capture:  no packets from nosuch.pcap",
    ]
    summary = json.loads(run(*words, "--summary", "--format", "json").stdout)
    assert summary["captures"] == [
        {"name": "captures/a.pcap", "first_packet": 1, "packets": 1, "out_of_order": False},
        {"name": "captures/b/first.gz", "first_packet": 2, "packets": 1, "out_of_order": False},
        {"name": "captures/c", "first_packet": 3, "packets": 1, "out_of_order": False},
        {"name": "nosuch.pcap", "first_packet": 4, "packets": 0, "out_of_order": False},
    ]
    analyzer = hg.Analyzer()
    assert captures_of(analyzer) == ()
    results = list(analyzer.analyze_pcap(folder))
    for result, capture in zip(results, captures_of(analyzer), strict=True):
        assert result.capture == capture.name
        assert result.packet_number == capture.first_packet
        assert (result.number_in_capture, capture.packets) == (1, 1)


def test_a_file_that_is_named_itself_is_never_left_out(run: Run, folder: Path) -> None:
    done = run("pcap", "captures/a.pcap", "captures/notes.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("huginn: captures/notes.txt: not a pcap or pcapng file, but a text file; ")


def test_nothing_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("pcap", "empty")
    reason = "Is a directory, and no capture is in it or below"
    assert (done.returncode, done.stderr) == (2, f"huginn: empty: {reason}\n")
    done = run("pcap", "*.nothing")
    assert (done.returncode, done.stderr) == (2, "huginn: *.nothing: No such file or directory\n")


def test_a_subfolder_that_cannot_be_listed_is_not_skipped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def refused(path: str) -> object:
        if path == str(folder / "b"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert find_captures(folder).captures == tuple(str(folder / name) for name in ("a.pcap", "b", "c"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_such_a_subfolder_is_an_error(run: Run, folder: Path) -> None:
    (folder / "b").chmod(0)
    done = run("pcap", "--format", "json", "captures")
    (folder / "b").chmod(0o755)
    assert done.returncode == 1
    assert "huginn: captures/b: Permission denied" in done.stderr.splitlines()
    assert events(done.stdout)[:2] == WHOLE[:2]


def test_links_to_folders_are_not_followed(run: Run, folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    assert events(run("pcap", "--format", "json", "captures").stdout) == WHOLE


def test_output_must_not_be_a_capture_of_the_folder(run: Run, folder: Path) -> None:
    done = run("pcap", "captures", "-o", "captures/c")
    assert done.returncode == 2
    assert "captures/c: is an input as well" in done.stderr
    assert (folder / "c").stat().st_size > 0


def test_a_span_of_time(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sample.pcap").write_bytes(sample())
    words = ("pcap", "--format", "json", "sample.pcap")
    whole = run(*words).stdout.splitlines()
    cut = run(*words, "--since", "2026-01-15T10:00:05Z", "--until", "1768471206.001", "--stats")
    times = [json.loads(line)["time"] for line in cut.stdout.splitlines()]
    assert times == ["2026-01-15T10:00:05.000000000Z", *["2026-01-15T10:00:06.000000000Z"] * 2]
    assert all(line in whole for line in cut.stdout.splitlines())
    assert "23 filtered" in cut.stderr


COMMANDS = [
    ("pcap", "many"),
    ("pcap", "--summary", "many"),
    ("pcap", "--format", "json", "many"),
    ("explain", "--packet", "1", "many"),
    ("unknown", "many"),
    ("learn", "--as", "Thing 1", "--host", "10.1.0.1", "many"),
    ("check", "bad.fp"),
    ("diff", "good.fp", "other.fp"),
    ("interfaces",),
    ("completion", "zsh"),
    ("--help",),
    ("pcap", "--help"),
    ("--version",),
]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_reader_that_leaves_is_no_error(words: tuple[str, ...], tmp_path: Path) -> None:
    """Of no command; bad signatures stay bad."""
    if words == ("interfaces",):
        needs.libpcap()
    (tmp_path / "many").write_bytes(samples.capture(3000))
    (tmp_path / "bad.fp").write_text("nonsense\n" * 50)
    (tmp_path / "good.fp").write_text(samples.SIGNATURES)
    (tmp_path / "other.fp").write_text(samples.SIGNATURES.replace("Linux", "Unix"))
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    finally:
        os.close(write)
    assert b"Traceback" not in done.stderr
    assert b"pipe" not in done.stderr.lower()
    assert done.returncode == (2 if "bad.fp" in words else 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_where_a_capture_is_cut_makes_no_difference(workers: int) -> None:
    """The sample in two files, cut after each of its packets."""
    whole = [(result.packet_number, result.parts) for result in hg.Analyzer().analyze_pcap(sample())]
    header, records = sample()[:24], sample()[24:]
    ends = [0]
    while ends[-1] < len(records):
        ends.append(ends[-1] + 16 + int.from_bytes(records[ends[-1] + 8 : ends[-1] + 12], "little"))
    for end in ends:
        files = [header + records[:end], header + records[end:]]
        results = list(hg.Analyzer().analyze_pcap(files, workers=workers))
        assert [(result.packet_number, result.parts) for result in results] == whole
