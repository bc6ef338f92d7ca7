"""The grammar and the vocabulary name the same words; every line is read by the grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

import sigcompiler
from sigcompiler.model import SECTION_WORDS
from sigcompiler.reading import reader
from sigcompiler.reading.parser import parse_text
from sigcompiler.reading.syntax import LineError, parse_line
from sigcompiler.vocabulary import OPTION_WORDS, QUIRK_WORDS, OptionKind

GRAMMAR = (Path(sigcompiler.__file__).parent / "reading" / "grammar.lark").read_text("utf-8")


@pytest.mark.parametrize("word", [*OPTION_WORDS.values()])
def test_option_words(word: str) -> None:
    word = "eol+1" if word == OPTION_WORDS[OptionKind.EOL] else word
    kind, tokens = parse_line(f"sig = *:64:0:*:*,*:{word}::0", "tcp")
    assert (kind, tokens[7].value) == ("tcp_signature", f":{word}")


@pytest.mark.parametrize("word", [*QUIRK_WORDS.values()])
def test_quirk_words(word: str) -> None:
    _, tokens = parse_line(f"sig = *:64:0:*:*,*:mss:{word}:0", "tcp")
    assert tokens[8].value == f":{word}"


@pytest.mark.parametrize("word", [*SECTION_WORDS.values()])
@pytest.mark.parametrize("start", ["preamble", "mtu", "tcp", "http", "tls"])
def test_sections_everywhere(word: str, start: str) -> None:
    assert parse_line(word, start)[0] == "section"


def test_no_other_words() -> None:
    line = next(line for line in GRAMMAR.splitlines() if line.startswith("QUIRKS:"))
    assert line.count("|") == len(QUIRK_WORDS)  # between the words, and once in (,|(?=:))
    line = next(line for line in GRAMMAR.splitlines() if line.startswith("OLAYOUT:"))
    assert line.count("|") == len(OPTION_WORDS) + 1  # ?N besides


def test_same_line_in_other_sections() -> None:
    assert parse_line("sig = 1500", "mtu")[0] == "mtu_signature"
    with pytest.raises(LineError) as caught:
        parse_line("sig = 1500", "tcp")
    assert caught.value.problem.code == "E031"


def test_every_line_passes_the_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "; source: x",
        "classes = unix",
        "[tcp:request]",
        "label = s:unix:A:x",
        "; comment",
        "sig = *:64:0:*:*,*:mss::0",
        "[http:request]",
        "ua_os = Linux",
        "label = s:!:F:",
        "sys = @unix",
        "sig = *:Host::x",
        "[mtu]",
        "label = x",
        "sig = 1500",
    ]
    seen = []

    def spy(text: str, start: str) -> object:
        seen.append(text)
        return parse_line(text, start)

    monkeypatch.setattr(reader, "parse_line", spy)
    _, found = parse_text("\n\n".join(lines))
    assert not found
    assert seen == lines
