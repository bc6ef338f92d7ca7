"""``huginn check --format``: the same diagnostics for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.cli.commands.check import file_uri
from sigcompiler.codes import CODES
from sigcompiler.reading.parser import parse_files
from tests.authors.sarif import SCHEMA

jsonschema = pytest.importorskip("jsonschema")

HEAD = "classes = unix\n[tcp:request]\nlabel = s:unix:A:x\n"
GOOD = "sig = *:64:0:*:*,*:mss::0\n"
BAD = "  sig = *:64:0:*:*,*:mss,foo::0\nlabel = s:unix:\u00c4:x\n"

FILES = {
    "clean": HEAD + GOOD,
    "warnings": HEAD + GOOD + GOOD,
    "errors": HEAD + BAD,
    "empty": "",
    "no text": "\0\1",
}


def written(folder: Path, text: str, name: str = "made.fp") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main(["check", *arguments])
    out, err = capsys.readouterr()
    assert err == ""
    return status, json.loads(out)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("strict", [False, True])
def test_every_format_ends_alike(
    kind: str, strict: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, FILES[kind]))
    more = ["--strict"] * strict
    statuses = {form: main(["check", "--format", form, *more, path]) for form in ("text", "json", "sarif")}
    expected = {"clean": 0, "warnings": int(strict), "errors": 2, "empty": int(strict), "no text": 2}[kind]
    assert set(statuses.values()) == {expected}
    capsys.readouterr()


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, HEAD + GOOD + GOOD + BAD))
    status, found = printed(capsys, "--format", "json", path)
    _, diagnostics = parse_files([path])
    assert status == 2
    assert {name: found[name] for name in ("files", "signatures", "errors", "warnings")} == {
        "files": [path],
        "signatures": 2,
        "errors": 2,
        "warnings": 1,
    }
    assert found["diagnostics"] == [item._asdict() for item in diagnostics]
    assert [item["line"] for item in found["diagnostics"]] == [5, 6, 7]


@pytest.mark.parametrize("kind", FILES)
def test_sarif_is_valid(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, missing = str(written(tmp_path, FILES[kind])), str(tmp_path / "nowhere.fp")
    for files in ([path], [path, missing]):
        _, log = printed(capsys, "--format", "sarif", *files)
        jsonschema.Draft7Validator(SCHEMA).validate(log)
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        codes = [rule["id"] for rule in rules]
        assert all(codes[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
        assert all(
            rule["shortDescription"]["text"] == CODES[rule["id"]] for rule in run["tool"]["driver"]["rules"]
        )
        assert run["invocations"] == [{"executionSuccessful": missing not in files}]


def test_the_schema_of_the_test_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, log = printed(capsys, "--format", "sarif", str(written(tmp_path, HEAD + BAD)))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(SCHEMA).validate(log)


def test_sarif_names_place_and_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, HEAD + BAD, "my lines.fp")
    _, log = printed(capsys, "--format", "sarif", "my lines.fp")
    results = log["runs"][0]["results"]
    assert [
        (item["ruleId"], item["level"], item["locations"][0]["physicalLocation"]) for item in results
    ] == [
        (
            "E037",
            "error",
            {
                "artifactLocation": {"uri": "my%20lines.fp", "index": 0},
                "region": {
                    "startLine": 4,
                    "startColumn": 26,
                    "snippet": {"text": "  sig = *:64:0:*:*,*:mss,foo::0"},
                },
            },
        ),
        (
            "E021",
            "error",
            {
                "artifactLocation": {"uri": "my%20lines.fp", "index": 0},
                "region": {
                    "startLine": 5,
                    "startColumn": 16,
                    "snippet": {"text": "label = s:unix:\u00c4:x"},
                },
            },
        ),
    ]
    assert results[0]["message"]["text"].startswith("unknown or malformed option 'foo'")
    assert "(hint: " in results[0]["message"]["text"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a/b.fp", "a/b.fp"),
        ("/a b/\u00e4.fp", "file:///a%20b/%C3%A4.fp"),
        ("50%.fp", "50%25.fp"),
        ("\udcff.fp", "%FF.fp"),
    ],
)
def test_file_uris(name: str, uri: str) -> None:
    assert file_uri(name) == uri


def test_with_default_only_own_lines_that_collide_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An own line that overrides built-in ones does what it is for; one that they hide is a mistake."""
    line = "sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0\n"
    path = str(written(tmp_path, HEAD + line))
    for options in ([], ["--with-default"]):
        assert main(["check", "--strict", *options, path]) == 0
        out = capsys.readouterr().out
        assert "warning[" not in out
        assert (" signatures, 1 overriding a built-in one, 0 errors, 0 warnings\n" in out) == bool(options)
    assert main(["check", "--format", "json", "--with-default", path]) == 0
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []
    generic = HEAD.replace("label = s:", "label = g:")
    assert generic != HEAD
    path = str(written(tmp_path, generic + line))
    assert main(["check", "--strict", path]) == 0
    assert main(["check", "--strict", "--with-default", path]) == 1
    assert "made.fp:4:" in capsys.readouterr().out


def test_compile_with_default(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = str(written(tmp_path, HEAD + GOOD)), str(tmp_path / "own.hgdb")
    assert main(["compile", "--with-default", path, "-o", out]) == 0
    capsys.readouterr()
    import huginn_cffi as hg

    database = hg.Database.open(out)
    assert database.signatures[0].name == "A"
    assert len(database) == len(hg.Database.load_default()) + 1
