"""The command, as a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from tests.workbench.evaluation.build import HEADER, capture, client
from tests.workbench.evaluation.build import LINUX as LINUX_SYN


def run(folder: Path, *options: str) -> int:
    return main(["evaluate", str(folder), str(folder / "labels.csv"), *options])


def test_text(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "--db", str(made / "own.fp"), "--leave-one-source-out") == 0
    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("SYN  "))
    assert [" ".join(line.split()) for line in lines[start : start + 2]] == [
        "SYN hosts right near wrong unknown version right contrad. unnamed among",
        "huginn 5 40.0 20.0 20.0 20.0 4 25.0 25.0 50.0 40.0",
    ]
    assert "  iOS: macOS 1" in lines
    assert "  alpha: 2" in lines
    assert any(line.split()[:3] == ["2", "1", "1"] and line.endswith("Linux 4.19 or newer") for line in lines)
    assert "  beta__two.pcap, packet 9, 10.0.0.9: Linux" in lines


def test_json(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "--db", str(made / "own.fp"), "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["syn"]["total"]["hosts"] == 5
    assert found["syn"]["by_generation"]["Windows 7 or 2008 R2"]["generation_right"] == 1
    assert found["syn"]["by_year"]["2021"]["hosts"] == 3
    assert found["syn"]["confusion"]["macOS"] == {"Linux": 1}
    assert found["syn_ack"]["mistakes"] == [
        {
            "file": "alpha__one.pcap",
            "packet": 6,
            "ip": "198.51.100.2",
            "label": "Linux kernel 5.4",
            "answer": "Linux 3.11-4.19",
            "judged": {"family": "right", "generation": "contradicted"},
        }
    ]
    assert [one["counted"] for one in found["refuted"]] == [False, True]
    assert 0 <= found["calibration"]["error"] <= 1


def test_a_damaged_capture_is_reported_and_the_rest_counts(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (made / "beta__two.pcap").write_bytes(capture(client(1, LINUX_SYN), client(2, LINUX_SYN))[:-3])
    assert run(made, "--db", str(made / "own.fp")) == 1
    printed = capsys.readouterr()
    assert "beta__two.pcap: truncated at record 2" in printed.err
    assert printed.out.startswith("Shares in percent")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--oracle", "absent", "--leave-one-source-out", "--fit", "table.json"),
            "absent: is not a folder of p0f's answers",
        ),
        (("--oracle", "oracle"), "--oracle goes with --fit; to compare tools: "),
        (("--db", "absent.fp"), "absent.fp"),
        (("--db", "own.hgdb", "--leave-one-source-out"), "own.hgdb: to leave sources out, name the .fp file"),
        (("--fit", "table.json"), "--fit takes --leave-one-source-out, --oracle and the default database"),
        (("--format", "xml"), "'xml' is not one of 'text', 'json'"),
    ],
)
def test_refusals_are_one_line(
    made: Path,
    options: tuple[str, ...],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(made)
    assert run(made, *options) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_a_corpus_that_is_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(made / "absent"), str(made / "labels.csv")]) == 2
    assert "absent: is not a folder of captures" in capsys.readouterr().err


def test_rows_of_p0f_that_are_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "oracle" / "alpha__one.pcap.jsonl").write_text('{"mod": "syn"}\n', encoding="utf-8")
    options = ("--oracle", str(made / "oracle"), "--leave-one-source-out", "--fit", str(made / "table.json"))
    assert run(made, *options) == 2
    assert "alpha__one.pcap.jsonl:1: is not a row of p0f's answers" in capsys.readouterr().err


def test_no_labels_at_all(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "labels.csv").write_text(f"{HEADER}\n", encoding="utf-8")
    assert run(made) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("huginn")]
    assert rows == [["huginn", "0", "-", "-", "-", "-", "0", "-", "-", "-", "-"]] * 2


def test_fit_writes_the_table(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = made / "table.json"
    options = ("--oracle", str(made / "oracle"), "--leave-one-source-out", "--fit", str(target))
    assert run(made, *options) == 0
    assert capsys.readouterr().err == ""
    assert set(json.loads(target.read_text(encoding="utf-8"))) == {
        *("command", "hosts", "confidence", "version_confidence", "standing", "segments")
    }
