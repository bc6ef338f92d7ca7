"""``huginn annotate`` as a user runs it."""

from __future__ import annotations

import errno
import gzip
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.annotating.blocks import NAMES, blocks_of, comments
from tests.support import needs, samples
from tests.support.captures import pcap
from tests.support.core import ROOT
from tests.support.in_process import run_in_process_as_text
from tests.support.running import COMMAND, Run, run
from tests.support.sample import sample
from tests.support.sanitizers import OF_OTHERS

__all__ = ["run"]


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    place = tmp_path / "sample.pcap"
    place.write_bytes(sample())
    return place


def words(data: bytes) -> list[str]:
    return [one for block in blocks_of(data) for one in comments(block)]


def test_a_copy_with_comments(run: Run, capture: Path, tmp_path: Path) -> None:
    done = run("annotate", "sample.pcap", "-o", "out.pcapng")
    assert (done.returncode, done.stdout) == (0, "")
    said = words((tmp_path / "out.pcapng").read_bytes())
    packets = len([block for block in blocks_of((tmp_path / "out.pcapng").read_bytes()) if comments(block)])
    names = len([block for block in blocks_of((tmp_path / "out.pcapng").read_bytes()) if block.kind == NAMES])
    findings = len([one for one in said if one.startswith("huginn Finding | ")])
    assert findings > 0
    counts = f"{len(said)} comments at {packets} packets, {findings} finding{'s' * (findings > 1)}"
    assert done.stderr == f"out.pcapng: {counts}, {names} names of addresses\n"
    assert len(said) > 20
    assert any("| OS: Windows" in one for one in said)


def test_in_pipes_and_compressed(run: Run, capture: Path, tmp_path: Path) -> None:
    run("annotate", "sample.pcap", "-o", "out.pcapng")
    (tmp_path / "sample.pcap.gz").write_bytes(gzip.compress(sample()))
    for data in (sample(), gzip.compress(sample())):
        done = subprocess.run(
            [*COMMAND, "annotate", "-", "-o", "-"],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=60,
        )
        assert done.stdout == (tmp_path / "out.pcapng").read_bytes()
        assert done.stderr.startswith(b"standard output: ")


def test_filters_and_protocols_choose_what_is_said_not_what_is_copied(
    run: Run, capture: Path, tmp_path: Path
) -> None:
    needs.libpcap()

    def blocks(*options: str) -> tuple[int, list[str]]:
        assert run("annotate", "sample.pcap", "-o", "out.pcapng", *options).returncode == 0
        data = (tmp_path / "out.pcapng").read_bytes()
        return len([one for one in blocks_of(data) if one.kind == 6]), words(data)

    packets, every = blocks()
    for options in (
        ("--ip", "192.0.2.10"),
        ("--protocols", "tls"),
        ("--since", "2026-01-15T10:00:02Z"),
        ("--fields", "match_name"),
        ("--bpf", "host 192.0.2.10"),
    ):
        if options[0] == "--bpf" and "is missing" in run("pcap", "sample.pcap", *options).stderr:
            continue
        count, some = blocks(*options)
        assert count == packets
        assert 0 < len(some) < len(every) or options[:2] == ("--protocols", "tls")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["annotate", "sample.pcap"], "name the file to write with -o"),
        (["annotate", "sample.pcap", "-o", "sample.pcap"], "is an input as well"),
        (["annotate", "sample.pcap", "-o", "."], "is a folder"),
        (["annotate", "sample.pcap", "-o", "out", "--fields", "ttll"], "no field"),
        (["annotate", "notes.txt", "-o", "out"], "not a pcap or pcapng file"),
        (["annotate", "absent.pcap", "-o", "out"], "No such file"),
        (["annotate", "sample.pcap", "-o", "nowhere/out"], "cannot be written"),
    ],
)
def test_what_is_refused(run: Run, capture: Path, tmp_path: Path, words: list[str], reason: str) -> None:
    (tmp_path / "notes.txt").write_text("no capture at all\n" * 9)
    done = run(*words)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert capture.read_bytes() == sample()


def test_no_room_for_the_draft(
    run: Run, capture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> io.BytesIO:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("huginn_cffi.applications.annotating.TemporaryFile", full)
    done = run_in_process_as_text("annotate", capture, "-o", tmp_path / "out")
    assert done.returncode == 2
    folder = tempfile.gettempdir()
    assert done.stderr.startswith(f"huginn: {folder}: a draft of the copy cannot be written: No space left")
    assert done.stderr.count("\n") == 1


def test_no_folder_for_the_draft(capture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> io.BytesIO:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr("huginn_cffi.applications.annotating.TemporaryFile", none)
    monkeypatch.setattr("huginn_cffi.cli.commands.annotate.tempfile", SimpleNamespace(gettempdir=none))
    done = run_in_process_as_text("annotate", capture, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr == (
        "huginn: no folder for a draft of the copy can be written: set TMPDIR to one with room\n"
    )


def test_damage_is_reported_and_the_rest_is_copied(run: Run, tmp_path: Path) -> None:
    whole = pcap(samples.conversation())
    (tmp_path / "cut.pcap").write_bytes(whole[:-1])
    (tmp_path / "whole.pcap").write_bytes(whole)
    done = run("annotate", "cut.pcap", "whole.pcap", "-o", "out.pcapng")
    assert done.returncode == 1
    first, early, second = done.stderr.splitlines()
    assert first.startswith("huginn: cut.pcap: truncated at record 3, byte offset ")
    assert "1 file begins before the file read before ended" in early
    assert second.startswith("out.pcapng: ")
    kinds = [block.kind for block in blocks_of((tmp_path / "out.pcapng").read_bytes())]
    assert kinds.count(6) == 5


def test_addresses_beyond_the_limit_are_reported(run: Run, capture: Path) -> None:
    done = run("annotate", "sample.pcap", "-o", "out.pcapng", "--max-inventory", "2")
    assert done.returncode == 1
    assert "left out, beyond the first 2 addresses with names and findings" in done.stderr


def test_wireshark_shows_comments_and_names(run: Run, capture: Path, tmp_path: Path) -> None:
    if shutil.which("tshark") is None:
        pytest.skip("tshark is not installed (Debian: tshark)")
    run("annotate", "sample.pcap", "-o", "out.pcapng")

    def tshark(*options: str) -> list[str]:
        command = ["tshark", "-r", str(tmp_path / "out.pcapng"), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=OF_OTHERS, timeout=120)
        return done.stdout.splitlines()

    shown = tshark("-n", "-Y", 'frame.comment contains "| OS: Windows"', "-T", "fields", "-e", "frame.number")
    wanted = [
        str(number)
        for number, block in enumerate(
            (one for one in blocks_of((tmp_path / "out.pcapng").read_bytes()) if one.kind == 6), 1
        )
        if any("| OS: Windows" in one for one in comments(block))
    ]
    assert shown == wanted
    assert len(shown) >= 2
    first = tshark("-N", "n", "-c", "1")[0]
    assert "192.0.2.10 Windows 10" in first


def test_no_terminal_is_written_to(capture: Path, tmp_path: Path) -> None:
    import pty

    _, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "huginn_cffi", "annotate", "sample.pcap", "-o", "-"],
        stdout=terminal,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert done.returncode == 2
    assert b"pcapng is not for a terminal" in done.stderr
