"""How right devices are named: labels, judging, shares, and the command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.core import with_confidence
from huginn_workbench.evaluation.devices import (
    JudgedValue,
    counts,
    evaluate_devices,
    fit_devices,
    judge_value,
)
from sigcompiler.claims.confidence import ANNOUNCED, ConfidenceError, confidence_of, read_confidence
from tests.support.core import CONFIDENCE
from tests.support.devices import dhcp
from tests.support.devices.captured import DEVICES
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import capture
from tests.workbench.evaluation.steps import missed_steps

HEADER = "file,mac,ip,type,maker,model,system,version\n"
MACS = [f"00:00:5e:00:53:{number:02x}" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("field", "label", "said", "grade"),
    [
        ("type", "camera", "camera", "right"),
        ("type", "camera", "doorbell", "near"),
        ("type", "camera", "printer", "wrong"),
        ("manufacturer", "Hewlett-Packard", "HP Inc.", "right"),
        ("manufacturer", "TP-Link", "D-Link Corp", "right"),  # a word in common
        ("manufacturer", "Sony", "Samsung", "wrong"),
        ("manufacturer", "Sony", "Sony Samsung Apple Google LG", "wrong"),
        ("model", "Galaxy J3 (2017)", "Galaxy J3 (2017)", "right"),
        ("model", "Galaxy J3 (2017)", "Galaxy", "near"),
        ("model", "Galaxy J3 (2017)", "Galaxy J32017", "wrong"),
        ("system", "Linux", "Linux or Android", "right"),
        ("system", "Linux", "Android", "near"),
        ("system", "Linux", "Windows", "wrong"),
        ("version", "10.12", "10.12.1", "right"),
        ("version", "10.12.1", "10.12", "near"),
        ("version", "6.0", "6.00", "wrong"),
        ("version", "7.x", "7", "right"),
    ],
)
def test_judging(field: str, label: str, said: str, grade: str) -> None:
    assert judge_value(field, label, said) == grade


def _value(device: int, grade: str, *kinds: str) -> JudgedValue:
    return JudgedValue(
        str(device), "model", "a", "" if grade == "silent" else "b", grade, 0.9, kinds, "class"
    )


def test_shares() -> None:
    seen = [_value(n, "right", "name") for n in range(97)] + [
        _value(n, "wrong", "name") for n in range(97, 99)
    ]
    found = fit_devices([*seen, _value(99, "silent")])
    assert list(found) == list(ANNOUNCED)
    rate = 98 / 101
    assert found["name model"] == pytest.approx((97 + 10 * 0.95 * rate) / 109, abs=5e-4)
    assert found["mdns model"] == pytest.approx(0.95 * rate, abs=5e-4)
    assert found["mdns type"] == pytest.approx(0.95 / 2, abs=5e-4)
    assert max(found.values()) < 1


def test_counts() -> None:
    found = counts([_value(1, "right"), _value(2, "near"), _value(3, "wrong"), _value(4, "silent")])
    assert (found.labels, found.right, found.near, found.wrong, found.silent) == (4, 1, 1, 1, 1)
    assert (found.claimed, found.share) == (pytest.approx(0.9), pytest.approx(1 / 3))


def test_tables_of_devices_are_checked() -> None:
    tables = read_confidence(CONFIDENCE)._asdict()
    assert set(tables["devices"]) == set(ANNOUNCED)
    with pytest.raises(ConfidenceError, match="devices: 'mdns colour' is not a known key"):
        confidence_of({**tables, "devices": {"mdns colour": 0.5}})


def test_the_tables_of_a_database_count() -> None:
    tables = read_confidence(CONFIDENCE)._asdict()
    frame = from_client(message(option(60, b"AXIS,Network Camera,P3245,10.12.1")))

    def confidence(database: hg.Database) -> list[float | None]:
        [one] = hg.Analyzer(database).read(capture([frame])).hosts
        assert one.device is not None
        return [one.device.confidence.model, one.device.confidence.type]

    default = hg.Database.load_default()
    other = with_confidence(default, {**tables, "devices": {"dhcp-class model": 0.25}})
    assert confidence(other) == [pytest.approx(0.25), pytest.approx(0.5)]
    without = with_confidence(default, {**tables, "devices": {}})
    assert confidence(without) == confidence(default)


def test_a_weaker_source_is_less_sure() -> None:
    frame = from_client(message(option(60, b"pump")))

    def confidence(source: str) -> float:
        text = f"[device]\nlabel = s:plug:Maker:::\n{source}\nsig = dhcp-class pump\n"
        [one] = hg.Analyzer(hg.Database.compile(text=text)).read(capture([frame])).hosts
        assert one.device is not None
        return one.device.confidence.type or 0.0

    weights = [confidence(f"; source: a test; {word}") for word in ("high", "medium", "low")]
    assert weights == sorted(weights, reverse=True)
    assert len({*weights}) == 3
    assert confidence("") < weights[1]


# ---- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two captures; the labels of one device are false."""
    classes = [
        b"AXIS,Network Camera,P3245,10.12.1",
        b"Canon MG3600",
        b"yealink",
        b"ubnt",
        b"zzz",
        b"Cisco AP c1200",
    ]
    for start, name in ((0, "one.pcap"), (3, "made__0123abcd.cut.pcap")):
        frames = [
            from_client(message(option(60, classes[n]), kind=dhcp.INFORM, mac=MACS[n]), mac=MACS[n])
            for n in range(start, start + 3)
        ]
        (tmp_path / name).write_bytes(capture(frames))
    rows = [
        ("one.pcap", MACS[0], "camera,Axis,P3245,,10.12.1"),
        ("one.pcap", MACS[1], "printer,Canon,MG3600,,"),
        ("one.pcap", MACS[2], "camera,Yealink,,,"),
        ("made__0123abcd.cut.pcap", MACS[3].upper(), "access-point,Ubiquiti,,,"),
        ("made__0123abcd.cut.pcap", MACS[4], "plug,,,,"),
        ("made__0123abcd.cut.pcap", MACS[5], "access-point,Cisco,,,"),
    ]
    text = "".join(f"{file},{mac},,{values}\n" for file, mac, values in rows)
    (tmp_path / "labels.csv").write_text(HEADER + text, "utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> int:
    return main(["evaluate", "--devices", str(folder), str(folder / "labels.csv"), *options])


def test_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == [
        "Devices labels right near wrong silent",
        "type 6 4 0 1 1",
        "manufacturer 5 5 0 0 0",
    ]
    assert lines[8:13] == [
        "By rank labels right near wrong silent",
        "identity 0 0 0 0 0",
        "class 13 12 0 1 0",
        "description 0 0 0 0 0",
        "service 0 0 0 0 0",
    ]
    assert lines[-1].startswith("wrong: one.pcap 00:00:5e:00:53:03: type voip-phone, not camera")


def test_json_and_fit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = folder / "table.json"
    assert run(folder, "--format", "json", "--fit", str(table)) == 0
    found = json.loads(capsys.readouterr().out)["devices"]
    assert found["fields"]["type"]["right"] == 4
    assert sum(row["labels"] for row in found["ranks"].values()) == found["fields"]["all"]["labels"]
    assert found["held_out"]["all"]["labels"] == found["fields"]["all"]["labels"]
    assert sum(row["labels"] for row in found["steps"].values()) == 5
    assert read_confidence(table).devices == pytest.approx(found["shares"])
    fitted, kept = read_confidence(table), read_confidence(CONFIDENCE)
    assert fitted._replace(devices={}, assumed=()) == kept._replace(devices={}, assumed=())
    assert "inventory type" in fitted.assumed
    assert "dhcp-class type" not in fitted.assumed


def test_each_source_is_judged_by_the_others(folder: Path) -> None:
    """The false label is in one source: the other one, which has it as its only measure, is less sure."""
    found = evaluate_devices(folder, folder / "labels.csv", hg.Database.load_default(), lambda error: None)
    shares = {
        source: max(
            one.confidence for one in found.held_out if one.field == "type" and one.device.startswith(source)
        )
        for source in ("one", "made")
    }
    assert shares["made"] < shares["one"]


def test_captures_are_found_by_their_hash(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = f"{'0123abcd' + 8 * '00'},{MACS[3]},,access-point,Ubiquiti,,,\n"
    (folder / "labels.csv").write_text(HEADER.replace("file", "sha256") + rows, "utf-8")
    assert run(folder, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["devices"]["fields"]["type"]["right"] == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mac,ip,type,maker,model,system,version\n", "labels.csv:1: no column file"),
        ("file,mac\n", "labels.csv:1: no column ip, type, manufacturer"),
        (HEADER + "one.pcap,,,camera,,,,\n", "labels.csv:2: mac and ip are both empty"),
        (HEADER + "../one.pcap,a,,camera,,,,\n", "labels.csv:2: file must be the name of a capture"),
        (HEADER.replace("file", "sha256") + "12,a,,camera,,,,\n", "labels.csv:2: neither file nor sha256"),
        (
            HEADER.replace("file", "sha256") + f"{8 * '0'},a,,camera,,,,\n",
            "0 captures in the folder end with",
        ),
    ],
)
def test_labels_that_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (folder / "labels.csv").write_text(text, "utf-8")
    assert run(folder) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--segments", "--combine-hosts", "--leave-one-source-out"])
def test_options_that_do_not_go_together(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert run(folder, option) == 2
    assert "--devices goes with --db, --format and --fit alone" in capsys.readouterr().err


def test_a_capture_that_is_missing_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "one.pcap").unlink()
    assert run(folder) == 1
    assert "one.pcap" in capsys.readouterr().err


# ---- labelled devices ------------------------------------------------------------------------------------


def _share(values: Sequence[JudgedValue], field: str) -> float:
    own = [value for value in values if field in (value.field, "all")]
    return sum(value.grade == "right" for value in own) / len(own)


def test_labelled_devices() -> None:
    if not DEVICES.is_dir():
        pytest.skip("needs ../shared")
    found = evaluate_devices(
        DEVICES / "captures", DEVICES / "devices.csv", hg.Database.load_default(), lambda error: None
    )
    answered = [value for value in found.values if value.answer]
    assert _share(found.values, "type") >= 0.70
    assert _share(found.values, "all") >= 0.65
    assert sum(value.grade == "wrong" for value in answered) / len(answered) <= 0.025
    for values in (found.values, found.held_out):
        row = counts(values)
        assert abs(row.claimed - row.share) <= 0.05
    held_out = [one for one in found.held_out if one.answer]
    assert missed_steps((one.confidence, one.grade == "right") for one in held_out) == {}
