"""Colours: on a terminal only, and never a change of what is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huginn_cffi.cli.color import paint
from tests.cli.terminal import on_terminal
from tests.support.running import Run
from tests.support.sample import sample

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    return path


def test_a_pipe_gets_none(run: Run, capture: Path) -> None:
    plain = run("pcap", capture)
    assert "\x1b" not in plain.stdout
    assert run("pcap", capture, "--color", "never").stdout == plain.stdout
    painted = run("pcap", capture, "--color", "always").stdout
    assert painted.count("\x1b[") > 20
    assert ESCAPE.sub("", painted) == plain.stdout


def test_other_formats_get_none(run: Run, capture: Path) -> None:
    for name in ("json", "p0f"):
        assert "\x1b" not in run("pcap", capture, "--color", "always", "--format", name).stdout


def test_explain_and_check(run: Run, capture: Path, tmp_path: Path) -> None:
    for words in (("explain", "--packet", "1", capture), ("check", "bad.fp")):
        (tmp_path / "bad.fp").write_text("nonsense\n")
        plain = run(*words).stdout
        painted = run(*words, "--color", "always").stdout
        assert "\x1b" not in plain
        assert "\x1b[" in painted
        assert ESCAPE.sub("", painted) == plain


def test_a_terminal_gets_them_unless_told_otherwise(capture: Path) -> None:
    words = ("pcap", capture, "--no-progress")
    assert "\x1b[" in on_terminal(*words).output
    assert "\x1b[" not in on_terminal(*words, NO_COLOR="1").output
    assert "\x1b[" in on_terminal(*words, NO_COLOR="").output, "an empty NO_COLOR says nothing"
    assert "\x1b[" not in on_terminal(*words, TERM="dumb").output
    assert "\x1b[" not in on_terminal(*words, "--color", "never").output
    assert "\x1b[" in on_terminal(*words, "--color", "always", NO_COLOR="1").output


def test_what_is_painted() -> None:
    assert paint("  OS:     ???\n") == "  OS:     \x1b[33m???\x1b[0m\n"
    assert paint("  App:    NMap\n") == "  App:    \x1b[1;32mNMap\x1b[0m\n"
    assert paint("  Link:   Ethernet\n") == "  Link:   \x1b[1;32mEthernet\x1b[0m\n"
    assert paint("  Client:  ???\n") == "  Client:  \x1b[33m???\x1b[0m\n"
    assert paint("  Client:  curl\n") == "  Client:  \x1b[1;32mcurl\x1b[0m\n"
    assert paint("[TLS Client] a → b\n") == "\x1b[1;36m[TLS Client]\x1b[0m a → b\n"
    assert paint("10:00:02 [TCP MTU] a\n") == "\x1b[2m10:00:02\x1b[0m \x1b[1;36m[TCP MTU]\x1b[0m a\n"
    assert paint("[TCP MTU] a → b\n") == "\x1b[1;36m[TCP MTU]\x1b[0m a → b\n"


def test_what_is_unreliable_has_the_colour_of_a_warning() -> None:
    sure = "  Uptime: 10 days\n  Freq:   1000.00 Hz\n"
    assert paint(sure).splitlines()[0] == "  Uptime: \x1b[1m10 days\x1b[0m"
    first, _, note = paint(f"{sure}  Note:   unreliable: no one clock\n").splitlines()
    assert first == "  Uptime: \x1b[33m10 days\x1b[0m"
    assert note == "\x1b[33m  Note:   unreliable: no one clock\x1b[0m"
