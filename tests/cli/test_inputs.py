"""Every command that reads captures takes standard input, filters and times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from tests.support.in_process import run_in_process_as_text
from tests.support.meter import PATH as METER
from tests.support.report_pages import read
from tests.support.sample import sample

PUMP = """\
classes = unix

[tcp:request]
label = s:unix:Pump controller:2.1
sig   = *:64:0:*:mss*4,7:mss,sok,ts,nop,ws:df,id+:0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample capture, and two signature files that name a host of it differently."""
    (tmp_path / "some.pcap").write_bytes(sample())
    (tmp_path / "other.fp").write_text(PUMP.replace("Pump", "Valve"))
    (tmp_path / "own.fp").write_text(PUMP)
    return tmp_path


def output(folder: Path, *words: str, capture: Path | None = None) -> str:
    """What a command writes, with a capture as its standard input."""
    with (capture or folder / "some.pcap").open("rb") as file:
        done = run_in_process_as_text(*words, cwd=folder, stdin=file)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("pcap", "-"),
        ("hosts", "-"),
        ("unknown", "-"),
        ("diff", "other.fp", "own.fp", "-"),
        ("explain", "--packet", "1", "-"),
    ],
    ids=lambda words: words[0],
)
def test_standard_input(folder: Path, words: tuple[str, ...]) -> None:
    *command, _ = words
    assert output(folder, *words).replace("standard input", "some.pcap") == output(
        folder, *command, "some.pcap"
    )


def test_standard_input_to_learn_from(folder: Path) -> None:
    words = ("learn", "--as", "Acme Meter 3.1", "--host", "192.0.2.31", "--host", "192.0.2.32")
    found = output(folder, *words, "-", capture=METER)
    assert "label = s:other:Acme Meter:3.1" in found
    assert found == output(folder, *words, str(METER)).replace(METER.name, "standard input")


def text(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> str:
    assert main([*map(str, words)]) == status
    out, err = capsys.readouterr()
    return str(err if status == 2 else out)


@pytest.mark.parametrize(
    ("passing", "refusing"),
    [
        (("--src-port", "35780"), ("--port", "80")),
        (("--ip", "203.0.113.0/24"), ("--ip", "192.0.2.0/24")),
        (("--since", "2026-01-15T10:00:00Z"), ("--until", "2026-01-15T10:00:00.000000001Z")),
    ],
)
def test_filters_and_times(
    folder: Path, capsys: pytest.CaptureFixture[str], passing: tuple[str, ...], refusing: tuple[str, ...]
) -> None:
    """The SYN of 203.0.113.7 is there or not; the same in all of them."""
    capture = folder / "some.pcap"
    for words in (("hosts",), ("diff", folder / "other.fp", folder / "own.fp"), ("pcap",)):
        shown = "203.0.113.7" if words[0] != "diff" else "becomes Pump controller 2.1"
        assert shown in text(capsys, *words, capture, *passing), words
        assert shown not in text(capsys, *words, capture, *refusing), words
    explain = ("explain", "--packet", "8", capture)
    assert "Linux" in text(capsys, *explain, *passing)
    assert "it is not analysed (" in text(capsys, *explain, *refusing, status=2)


def test_filters_of_what_is_learned(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("learn", "--as", "Acme Meter 3.1", "--host", "192.0.2.31", METER)
    assert "label = s:other:Acme Meter:3.1" in text(capsys, *words, "--ip", "192.0.2.31")
    assert "hold no SYN" in text(capsys, *words, "--ip", "192.0.2.99", status=2)
    assert "no User-Agent" in text(capsys, "learn", METER, "--ip", "192.0.2.31", status=2)


def test_times_of_a_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("report", folder / "some.pcap", "-o", "-")
    assert "203.0.113.7" in str(read(text(capsys, *words).encode()).document)
    early = text(capsys, *words, "--until", "2026-01-15T10:00:00.000000001Z")
    assert "203.0.113.7" not in str(read(early.encode()).document)


def test_records_of_several_captures_name_theirs(folder: Path) -> None:
    (folder / "other.pcap").write_bytes(sample())
    one = output(folder, "pcap", "--format", "json", "some.pcap").splitlines()
    both = [json.loads(line) for line in output(folder, "pcap", "--format", "json", ".").splitlines()]
    assert "capture" not in json.loads(one[0])
    named = [Path(record.pop("capture")).name for record in both]
    assert sorted(set(named)) == ["other.pcap", "some.pcap"]
    assert named == sorted(named)
    assert both[: named.count("other.pcap")] == [json.loads(line) for line in one]
    live = output(folder, "pcap", "--format", "eve", "some.pcap")
    assert '"pcap_filename":"some.pcap"' in live
