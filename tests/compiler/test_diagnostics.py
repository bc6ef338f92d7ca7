"""How a diagnostic looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigcompiler.diagnostics import Diagnostic, SignatureFileError, nearest, quoted, visible
from sigcompiler.reading.parser import parse_files, parse_text


def diagnostic(line: str, column: int, *, file: str = "x.fp", hint: str = "") -> Diagnostic:
    return Diagnostic("E037", "error", file, 5, column, "unknown option 'foo'", hint, line)


def test_layout() -> None:
    _, [found] = parse_text(
        "classes = unix\n[tcp:request]\nlabel = s:unix:A:x\n  sig = *:64:0:*:*,*:fop::0\n", "my.fp"
    )
    assert str(found) == (
        "my.fp:4:22: error[E037]: unknown or malformed option 'fop'\n"
        "    sig = *:64:0:*:*,*:fop::0\n"
        "                       ^\n"
        "  hint: did you mean nop?"
    )


def test_whole_file_has_no_place_and_no_line() -> None:
    found = Diagnostic("E001", "error", "x.fp", 0, 0, "cannot read the file: gone")
    assert str(found) == "x.fp: error[E001]: cannot read the file: gone"


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("\tab", 2, "    ab", 4),
        ("a\tb", 3, "a    b", 5),
        ("\x1b[31mred", 6, "\\x1b[31mred", 8),
        ("\u202eab", 2, "\\u202eab", 6),
        ("\u65e5\u672cx", 3, "\u65e5\u672cx", 4),
        ("e\u0301x", 3, "e\u0301x", 1),
        ("ab", 3, "ab", 2),
        ("ab", 9, "ab", 2),
        ("a\x00b\r", 3, "a\\x00b\\r".replace("\\r", "\\x0d"), 5),
    ],
)
def test_caret(line: str, column: int, shown: str, caret: int) -> None:
    lines = str(diagnostic(line, column)).split("\n")
    assert lines[1] == f"  {shown}"
    assert lines[2] == "  " + " " * caret + "^"


def test_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 5000 + "HERE" + "y" * 5000
    shown, caret = str(diagnostic(line, 5001)).split("\n")[1:]
    assert shown.startswith("  ...xxx")
    assert shown.endswith("yyy...")
    assert len(shown) < 120
    assert shown[caret.index("^") :].startswith("HERE")


def test_long_line_with_the_caret_at_its_start() -> None:
    shown, caret = str(diagnostic("HERE" + "y" * 5000, 1)).split("\n")[1:]
    assert shown.startswith("  HERE")
    assert caret == "  ^"


def test_nothing_reaches_the_terminal_raw() -> None:
    text = f"\x1b[2J = 1\n{'z' * 99}\x1b = 3\n[\x1b]0;x\x07]\n"
    _, found = parse_text(text, "evil\x1b.fp")
    assert len(found) == 3
    assert all(character.isprintable() or character == "\n" for item in found for character in str(item))
    assert str(found[0]).startswith("evil\\x1b.fp:1:1: ")


def test_words_in_messages() -> None:
    assert quoted("a\tb") == "'a\\x09b'"
    assert quoted("x" * 50) == "'" + "x" * 40 + "...'"
    assert visible("\U0010ffff") == "\\U0010ffff"
    assert nearest("LABLE", ["label", "sig"]) == "label"
    assert nearest("zzz", ["label"]) is None


def test_exception_carries_everything() -> None:
    error = diagnostic("abc", 2)
    warning = Diagnostic("W011", "warning", "x.fp", 1, 1, "a comma")
    raised = SignatureFileError([warning, error])
    assert raised.diagnostics == (warning, error)
    assert str(raised) == str(error)
    assert isinstance(raised, ValueError)


def test_flavors_with_numbers_that_are_no_versions(tmp_path: Path) -> None:
    flavors = ("5.x", "5.4-6.1", "of a phone", "10 or 11", "NT kernel 6.x")
    pairs = enumerate(flavors, 60)
    lines = [f"label = s:unix:Linux:{flavor}\nsig = *:{ttl}:0:*:*,*:mss::0" for ttl, flavor in pairs]
    path = tmp_path / "own.fp"
    path.write_text("\n".join(["classes = unix", "[tcp:request]", *lines]), encoding="utf-8")
    _, found = parse_files([path], checks_flavors=True)
    assert [(item.line, item.code) for item in found] == [(3, "W014"), (11, "W014")]
    assert "'5.x'" in found[0].message
    assert parse_files([path])[1] == []
