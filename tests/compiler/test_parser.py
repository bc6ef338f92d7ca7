"""What the model holds beyond single lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sigcompiler.diagnostics import SignatureFileError
from sigcompiler.model import HttpHeader
from sigcompiler.reading.parser import parse_files, parse_text, without_errors

HEAD = "classes = unix\n[tcp:request]\n"
SIGNATURE = "sig = *:64:0:*:*,*:mss::0\n"
OTHER = "sig = *:128:0:*:*,*:mss::0\n"


def test_provenance() -> None:
    model, found = parse_text(
        HEAD
        + "; source: above the label\nlabel = s:unix:A:x\n"
        + SIGNATURE
        + ";source:  measured: twice \n"
        + OTHER
        + "; any comment\nsig = *:32:0:*:*,*:mss::0\n; source:\nsig = *:255:0:*:*,*:mss::0\n"
        + "label = s:unix:B:y\nsig = *:200:0:*:*,*:mss::0\n[mtu]\nlabel = x\n; source: RFC 894\nsig = 1500\n"
    )
    assert not found
    assert [signature.provenance for signature in model.tcp] == [
        "",
        "measured: twice",
        "measured: twice",
        "",
        "",
    ]
    assert model.mtu[0].provenance == "RFC 894"


def test_text_and_place() -> None:
    model, _ = parse_text(HEAD + "label = s:unix:A:x\n\t sig\t =  *:64:0:*:*,*:mss::0 \t\r\n", "x.fp")
    [signature] = model.tcp
    assert signature.text == "*:64:0:*:*,*:mss::0"
    assert str(signature.place) == "x.fp:4:11"
    assert str(signature.label.place) == "x.fp:3:9"


def test_http_model() -> None:
    model, _ = parse_text(
        "[http:response]\nlabel = s:!:F:\nsys =\nsig = *:Date,?A=[b,c:d],E-f_1:Via,X:a b/\n"
    )
    [signature] = model.http
    assert signature.version is None
    assert signature.headers == (
        HttpHeader("Date", None, False),
        HttpHeader("A", "b,c:d", True),
        HttpHeader("E-f_1", None, False),
    )
    assert signature.absent == ("Via", "X")
    assert signature.software == "a b/"


def test_each_file_has_classes_of_its_own(tmp_path: Path) -> None:
    first, second = tmp_path / "a.fp", tmp_path / "b.fp"
    first.write_text(HEAD + "label = s:unix:A:x\n" + SIGNATURE)
    second.write_text("classes = win\n[tcp:request]\nlabel = s:unix:B:y\n" + OTHER + "nonsense\n")
    model, found = parse_files([first, second])
    assert model.files == [str(first), str(second)]
    assert model.classes == ["unix", "win"]
    assert [(item.file, item.line, item.code) for item in found] == [
        (str(second), 3, "E022"),
        (str(second), 5, "E011"),
    ]


def test_a_section_ends_with_its_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a.fp", tmp_path / "b.fp"
    first.write_text(HEAD + "label = s:unix:A:x\n" + SIGNATURE)
    second.write_text(OTHER)
    _, [found] = parse_files([first, second])
    assert (found.file, found.line, found.code) == (str(second), 1, "E013")


def test_files_cover_one_another(tmp_path: Path) -> None:
    first, second = tmp_path / "a.fp", tmp_path / "b.fp"
    first.write_text(HEAD + "label = s:unix:A:x\n" + SIGNATURE)
    second.write_text(HEAD + "label = s:unix:B:x\n" + SIGNATURE)
    _, [found] = parse_files([first, second])
    assert (found.file, found.line, found.code) == (str(second), 4, "W031")
    assert f"covered by {first}:4" in found.message
    assert found.source_line == "sig = *:64:0:*:*,*:mss::0"


def test_systems_known_from_another_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a.fp", tmp_path / "b.fp"
    first.write_text(HEAD + "label = s:!:T:x\nsys = Plan9\n" + SIGNATURE)
    second.write_text(HEAD + "label = s:unix:plan9:x\n" + OTHER)
    assert [item.code for item in parse_files([first])[1]] == ["W006"]
    assert not parse_files([first, second])[1]


def test_without_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.fp"
    path.write_text(HEAD + "label = s:unix:A:x\n" + SIGNATURE + SIGNATURE)
    model, warnings = without_errors(parse_files([path]))
    assert len(model) == 2
    assert [item.code for item in warnings] == ["W031"]
    path.write_text(path.read_text() + "sig = 4\n")
    with pytest.raises(SignatureFileError) as caught:
        without_errors(parse_files([path]))
    assert {item.code for item in caught.value.diagnostics} == {"W031", "E040"}


def test_import_is_light() -> None:
    code = "import sys, sigcompiler; raise SystemExit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
