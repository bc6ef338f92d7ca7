"""``huginn learn`` and ``huginn unknown``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.learning import learn
from tests.support.meter import PATH, meter
from tests.workbench.learning.build import syn, write

METERS = ("--host", "192.0.2.31", "--host", "192.0.2.32")


def test_committed_capture_is_the_one_that_the_code_makes() -> None:
    assert PATH.read_bytes() == meter(), "make it anew: cd tests && python -m support.meter"


def test_lines_on_standard_output_and_the_report_beside(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "--as", "Acme Meter 3.1", *METERS, str(PATH)]) == 0
    out, err = capsys.readouterr()
    assert out == learn(PATH, system="Acme Meter 3.1", hosts=["192.0.2.31", "192.0.2.32"]).text
    assert "2 proposed, 0 refused, 0 known" in err
    assert "changes:  SYN, 2 hosts, 4 packets: ??? becomes Acme Meter 3.1" in err


def test_lines_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "meter.fp"
    assert main(["learn", "--as", "Acme Meter 3.1", *METERS, str(PATH), "-o", str(path)]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("2 proposed, 0 refused, 0 known\n")
    assert err == ""
    assert main(["check", "--with-default", "--strict", str(path)]) == 0
    capsys.readouterr()
    assert main(["pcap", "--db", str(path), str(PATH)]) == 0
    assert capsys.readouterr().out.count("OS:     Acme Meter 3.1") == 5


def test_no_file_without_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "nothing.fp"
    assert main(["learn", str(PATH), "-o", str(path)]) == 0
    assert not path.exists()
    out, err = capsys.readouterr()
    assert "known:    Windows 10 or newer" in out
    assert err == f"huginn: {path}: not written, for there is no line to propose\n"


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "--as", "Acme Meter 3.1", *METERS, "--format", "json", str(PATH)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"proposals", "refusals", "known", "changes", "notes", "text", "left_out"}
    assert found["proposals"][0] == {
        "system": {"family": "Acme Meter", "flavor": "3.1", "os_class": "other"},
        "direction": "request",
        "text": "4:64:0:*:mss*6,3:mss,nop,nop,ts,nop,nop,sok,nop,ws::0",
        "provenance": "captures 2026 (2 labelled hosts); medium",
        "support": {"hosts": 2, "packets": 4, "file": str(PATH), "packet": 1},
        "narrowed": "",
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as", "Pump", "nowhere.pcap"], "nowhere.pcap: there is no such capture"),
        (["--labels", "nowhere.csv", str(PATH)], "nowhere.csv: No such file or directory"),
        (["--as", "Pump", str(PATH)], "say with --host which one it is"),
        (["--db", "nowhere.fp", str(PATH)], "nowhere.fp: No such file or directory"),
        (["--as", "Pump", "-o", str(PATH), str(PATH)], "is an input as well"),
        (["--as", "Pump", __file__], "the captures hold no SYN and no SYN+ACK to learn from"),
        ([], "Missing argument 'CAPTURE...'"),
    ],
)
def test_refused_in_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_dash_is_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    of_meter = ["learn", "--as", "Acme Meter 3.1", "--host", "192.0.2.31", str(PATH)]
    assert main(of_meter) == 0
    plain = capsysbinary.readouterr()
    assert main([*of_meter, "-o", "-"]) == 0
    assert capsysbinary.readouterr() == plain
    Path("own.fp").write_bytes(plain.out)
    assert main(["compile", "own.fp", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"HUGINNDB")
    assert [path.name for path in tmp_path.iterdir()] == ["own.fp"]


def test_a_damaged_capture_is_reported_and_learned_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "cut.pcap", syn(1), syn(1))
    path.write_bytes(path.read_bytes()[:-9])
    assert main(["learn", "--as", "Pump", str(path)]) == 1
    out, err = capsys.readouterr()
    assert "label = s:other:Pump:" in out
    assert "cut.pcap: truncated at record 2" in err
    assert main(["unknown", str(path)]) == 1
    assert "SYN: 1 host, 1 packet" in capsys.readouterr().out


def test_unknown_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unknown", "--relatives", "1", "--limit", "1", str(PATH)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 signatures without a name, by hosts"
    assert lines[2].startswith("1. SYN: 2 hosts, 4 packets (")
    assert "  seen as 4:64+0:0:1460:mss*6,3:mss,nop,nop,ts,nop,nop,sok,nop,ws::0" in lines
    assert "    sig   = 4:64:0:*:mss*6,3:mss,nop,nop,ts,nop,nop,sok,nop,ws::0" in lines
    assert "1 signature of HTTP without a name, by hosts" in lines


def test_unknown_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unknown", "--format", "json", "--relatives", "1", str(PATH)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["count"] == 2
    first = found["unknown"][0]
    assert first["support"] == {"hosts": 2, "packets": 4, "file": str(PATH), "packet": 1}
    assert len(first["relatives"]) == 1
    assert hg.Database.compile(text=first["template"]).warnings == ()
