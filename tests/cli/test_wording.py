"""Errors say what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.running import Run
from tests.support.sample import sample


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("pcpa", "x"), "Did you mean 'pcap'?"),
        (("explian", "x"), "Did you mean 'explain'?"),
        (("pcap", "--format", "jsn", "x"), "Did you mean 'json'?"),
        (("pcap", "--formt", "json", "x"), "'--format'"),
        (("completion", "bsh"), "Did you mean 'bash'?"),
        (("pcap", "--color", "alwys", "x"), "Did you mean 'always'?"),
    ],
)
def test_near_misses(words: tuple[str, ...], meant: str, run: Run) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("huginn: ")
    assert meant in line
    assert line.endswith(" --help)")


def test_a_missing_word_is_asked_for_in_one_line(run: Run) -> None:
    done = run("completion")
    assert done.returncode == 2
    assert done.stderr == (
        "huginn: Missing argument 'SHELL'. Choose from bash, zsh, fish. (see: huginn completion --help)\n"
    )


def test_what_is_far_from_all_has_no_suggestion(run: Run) -> None:
    assert run("xyzzy").stderr == "huginn: No such command 'xyzzy'. (see: huginn --help)\n"


def test_a_file_in_the_place_of_a_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "some.pcap").write_bytes(sample())
    assert "To read that file: huginn pcap some.pcap" in run("some.pcap").stderr


def test_span_without_room(run: Run) -> None:
    done = run("pcap", "--since", "2026-01-16", "--until", "2026-01-15", "x")
    assert done.returncode == 2
    assert "--until must be later than --since" in done.stderr


def test_summary_in_a_form_that_it_has_not(run: Run) -> None:
    done = run("pcap", "--summary", "--format", "p0f", "x")
    assert done.returncode == 2
    assert "--summary is written as text or json, not as p0f" in done.stderr
