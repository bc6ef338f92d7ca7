"""Files that cannot be read, are not text, or are too large."""

from __future__ import annotations

import hashlib
import itertools
import time
from pathlib import Path

import pytest

from sigcompiler.collector import MAX_ERRORS, MAX_WARNINGS
from sigcompiler.reading import parser
from sigcompiler.reading.parser import parse_files, parse_text
from sigcompiler.reading.syntax import MAX_LINE
from sigcompiler.table.build import TableLimitError, build_table

HEAD = "classes = unix\n[tcp:request]\nlabel = s:unix:A:x\n"
SIGNATURE = "sig = *:64:0:*:*,*:mss::0\n"


def test_e001_names_path_and_reason(tmp_path: Path) -> None:
    good = tmp_path / "good.fp"
    good.write_text(HEAD + SIGNATURE)
    model, found = parse_files([tmp_path / "none.fp", tmp_path, good])
    assert [(item.code, item.file) for item in found] == [
        ("E001", str(tmp_path / "none.fp")),
        ("E001", str(tmp_path)),
    ]
    assert "No such file or directory" in found[0].message
    assert "Is a directory" in found[1].message
    assert len(model) == 1


def test_e001_path_with_a_nul() -> None:
    [found] = parse_files(["a\0b"])[1]
    assert found.code == "E001"
    assert "\0" not in str(found)


def test_e002_in_memory_and_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MAX_SOURCE_BYTES", 1 << 20)
    monkeypatch.setattr("sigcompiler.reading.parser.MAX_SOURCE_BYTES", 1 << 20)
    text = HEAD + SIGNATURE + ";" * (1 << 20)
    [found] = parse_text(text)[1]
    assert (found.code, found.message) == ("E002", "more than 1 MiB of signature files")
    small, large = tmp_path / "a.fp", tmp_path / "b.fp"
    small.write_text(HEAD + SIGNATURE)
    large.write_text(text)
    model, [found] = parse_files([small, large])
    assert (found.code, found.file) == ("E002", str(large))
    assert len(model) == 1


def test_e002_counts_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MAX_SOURCE_BYTES", 1 << 20)
    half = tmp_path / "half.fp"
    half.write_text("\n" * (600 << 10))
    assert [item.code for item in parse_files([half])[1]] == ["W003"]
    assert [item.code for item in parse_files([half, half])[1]] == ["E002"]


def test_e002_endless_file() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("/dev/zero is absent: no endless file here")
    [found] = parse_files(["/dev/zero"])[1]
    assert found.code == "E002"


def test_e003_long_line_hides_nothing_else() -> None:
    model, [found] = parse_text(HEAD + "sig = " + "x" * MAX_LINE + "\n" + SIGNATURE)
    assert (found.code, found.line) == ("E003", 4)
    assert len(str(found)) < 500
    assert len(model) == 1


def test_line_of_the_greatest_length_is_read() -> None:
    model, found = parse_text(HEAD + SIGNATURE + ";" * MAX_LINE)
    assert not found
    assert len(model) == 1


def test_e005_reading_stops() -> None:
    _, found = parse_text("[mtu]\nlabel = x\n" + "sig = x\n" * (MAX_ERRORS + 500))
    assert len(found) == MAX_ERRORS + 1
    assert found[-1].code == "E005"
    assert found[-1].severity == "error"


def test_e025_texts_of_systems() -> None:
    """A longer text is refused by itself; those beside it count."""
    text = "[http:request]\nua_os = Linux,A=[{}],Windows\n"
    model, found = parse_text(text.format("x" * 1024))
    assert not [item for item in found if item.code == "E025"]
    assert [item.name for item in model.user_agent_systems] == ["Linux", "A", "Windows"]
    model, found = parse_text(text.format("\u00e4" * 513))
    [found] = [item for item in found if item.code == "E025"]
    assert (found.line, found.column) == (2, 15)
    assert found.message == "a text of more than 1024 bytes"
    assert [item.name for item in model.user_agent_systems] == ["Linux", "Windows"]


def test_e056_headers_and_texts() -> None:
    """Equal ones count once, whatever the case of their names; 2048 are allowed."""
    label = "[http:request]\nlabel = s:unix:A:x\n"
    wanted = [f"X-{number // 2}" if number % 2 else f"X-{number // 2}=[{number}]" for number in range(2047)]
    lines = [f"sig = *:{','.join(wanted[at : at + 32])}::" for at in range(0, 2047, 32)]
    text = "\n".join(("classes = unix", label, *lines, "sig = *:x-0=[0],User-Agent::", ""))
    assert not [item for item in parse_text(text)[1] if item.code == "E056"]
    _, found = parse_text(text + "sig = *:x-1::curl/\nsig = *:x-2::wget\n")
    [found] = [item for item in found if item.code == "E056"]
    assert (found.line, found.severity) == (text.count("\n") + 1, "error")
    assert found.message.startswith("more than 2048 different headers")


def test_e056_systems() -> None:
    """Of several lines; they count on their own."""
    lines = [
        f"ua_os = {','.join(f's{number}' for number in range(at, at + 512))}" for at in range(0, 2048, 512)
    ]
    text = "\n".join(("[http:request]", *lines))
    assert not [item for item in parse_text(text)[1] if item.code == "E056"]
    [found] = [item for item in parse_text(text + "\nua_os = Linux,Windows")[1] if item.code == "E056"]
    assert (found.line, found.column) == (6, 9)


def test_steps_to_texts_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each beginning of a text, here a, aa, aab, ab, aba, b, bb; more lead from one to another."""
    model, _ = parse_text("[http:request]\nua_os = x=[aab],y=[aba],z=[bb]")
    monkeypatch.setattr("sigcompiler.table.layout.HTTP_MOST_MOVES", 1000)
    assert build_table(model)
    monkeypatch.setattr("sigcompiler.table.layout.HTTP_MOST_MOVES", 7)
    with pytest.raises(TableLimitError, match="write fewer, or shorter ones"):
        build_table(model)


def test_w002_place_of_the_first_bad_byte() -> None:
    data = "[mtu]\n; \u00e4\u00f6 ".encode() + b"\xff\xfe\nlabel = b\xe4d\nsig = 1500\n"
    model, [found] = parse_text(data)
    assert (found.code, found.line, found.column) == ("W002", 2, 6)
    assert model.mtu[0].label.name == "b\ufffdd"


def test_w002_lone_surrogates_do_not_reach_the_model() -> None:
    model, [found] = parse_text("[mtu]\nlabel = a\ud800b\nsig = 1500\n")
    assert (found.code, found.line, found.column) == ("W002", 2, 10)
    assert model.mtu[0].label.name.encode("utf-8")


def test_w005_warnings_are_counted() -> None:
    count = MAX_WARNINGS + 301
    model, found = parse_text(HEAD + SIGNATURE * count)
    assert len(model) == count
    assert len(found) == MAX_WARNINGS + 1
    assert found[-1].code == "W005"
    assert found[-1].message.startswith("300 further warnings")


def test_no_line_break_but_newline() -> None:
    """Other characters that some tools take for line ends belong to their line."""
    model, found = parse_text("[mtu]\nlabel = a\x0b\x0c\u2028\x85b\nsig = 1500")
    assert not found
    assert model.mtu[0].label.name == "a\x0b\x0c\u2028\x85b"


def test_source_hash_is_that_of_all_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "a.fp", tmp_path / "b.fp"
    one.write_bytes(b"[mtu]\r\nlabel = x\r\n")
    other.write_bytes(b"\xef\xbb\xbf; \xff\n")
    together = hashlib.sha256(one.read_bytes() + other.read_bytes()).digest()
    assert parse_files([one, other])[0].source_hash == together
    assert parse_text("a = \u00e4")[0].source_hash == hashlib.sha256("a = \u00e4".encode()).digest()


@pytest.mark.slow
def test_many_lines_take_seconds() -> None:
    """They take two; in a time that grows with the square of their number they would take many minutes."""
    pairs = itertools.product(range(1000, 1020), range(1, 1001))
    lines = [f"sig = *:64:0:{mss}:mss*{multiple},*:mss,sok,ts,nop,ws:df,id+:0" for mss, multiple in pairs]
    start = time.process_time()
    model, found = parse_text(HEAD + "\n".join(lines))
    assert time.process_time() - start < 12
    assert len(model) == 20_000
    assert not found


@pytest.mark.slow
def test_repetitions_and_moduli_do_not_explode() -> None:
    lines = [f"sig = *:64:0:*:%{modulus},*:mss::0\n" for modulus in range(8_000, 2, -1)]
    lines += ["sig = *:64:0:*:0,*:mss::0\n"] * 4_000
    start = time.process_time()
    model, _ = parse_text(HEAD + "".join(lines))
    assert time.process_time() - start < 12
    assert len(model) == 11_998
