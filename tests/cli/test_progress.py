"""The progress bar: on a terminal, of files, and nowhere else."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal
from tests.support import samples
from tests.support.running import COMMAND, Run

LINE = re.compile(r"\[?[#-]{24}\]? +(\d+)%  +\d+ [kMGT]?B/s  [\d,]+ packets/s")


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "some.pcap"
    path.write_bytes(samples.capture(20000))
    return path


def last_screen(output: str) -> str:
    """What is left of the lines that were drawn over."""
    return "\n".join(line.rpartition("\r\x1b[K")[2] for line in output.replace("\r\n", "\n").split("\n"))


@pytest.mark.parametrize("compressed", [False, True])
def test_a_terminal_sees_it_and_keeps_nothing_of_it(capture: Path, compressed: bool) -> None:
    if compressed:
        capture.write_bytes(gzip.compress(capture.read_bytes()))
    session = on_terminal("pcap", capture, stdout_to_pipe=True)
    assert session.status == 0
    shares = [int(share) for share in LINE.findall(session.output)]
    assert shares[0] == 0
    assert shares[-1] == 100
    assert shares == sorted(shares)
    assert session.piped.count("[TCP SYN]") == 20000
    assert "%" not in session.piped
    assert last_screen(session.output).strip() == ""


def test_results_on_the_same_terminal_stay_whole(capture: Path) -> None:
    session = on_terminal("pcap", capture, "--color", "never")
    plain = subprocess.run([*COMMAND, "pcap", str(capture)], capture_output=True, timeout=60).stdout.decode()
    assert LINE.search(session.output)
    assert last_screen(session.output).strip() == plain.strip()


def test_errors_stay_whole(capture: Path) -> None:
    session = on_terminal("pcap", "nosuch.pcap", capture, stdout_to_pipe=True)
    assert session.status == 1
    assert last_screen(session.output).strip() == "huginn: nosuch.pcap: No such file or directory"


def test_a_pipe_sees_none(run: Run, capture: Path) -> None:
    assert run("pcap", capture).stderr == ""


@pytest.mark.parametrize("command", ["hosts", "devices", "report", "annotate"])
def test_all_commands_that_read_captures_to_their_end_have_it(
    capture: Path, command: str, tmp_path: Path
) -> None:
    out = ("-o", tmp_path / "out")
    session = on_terminal(command, capture, *out, stdout_to_pipe=True)
    assert session.status == 0
    assert LINE.findall(session.output)[-1] == "100"
    without = on_terminal(command, capture, *out, "--no-progress", stdout_to_pipe=True)
    assert without.status == 0
    assert not LINE.search(without.output)


@pytest.mark.parametrize("words", [("--no-progress",), ()])
def test_it_can_be_turned_off(capture: Path, words: tuple[str, ...]) -> None:
    environment = {} if words else {"TERM": "dumb"}
    session = on_terminal("pcap", capture, *words, stdout_to_pipe=True, **environment)
    assert (session.status, session.output) == (0, "")


def test_it_is_of_files_only(capture: Path) -> None:
    session = on_terminal("pcap", "-", stdout_to_pipe=True)  # /dev/null
    assert session.output.replace("\r\n", "\n") == "huginn: standard input: empty capture file\n"
