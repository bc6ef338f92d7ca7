"""Lists of MAC prefixes as signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi import HuginnError
from huginn_cffi.cli import main
from huginn_workbench.commands.convert import prefix_text
from sigcompiler.reading.parser import parse_text
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import capture

OUI_TXT = """\
OUI/MA-L                                                    Organization
company_id                                                  Organization

00-00-5E   (hex)\t\tAcme: Works, Inc.
00005E     (base 16)\t\tAcme: Works, Inc.
\t\t\t\tSomewhere 1
02-00-5E   (hex)\t\tLocal
B8-27-EB   (hex)\t\tNamed by the default database
00-00-5F   (hex)\t\tPrivate
"""
OUI_CSV = """\
Registry,Assignment,Organization Name,Organization Address
MA-L,00005E,"Acme, Inc.",Somewhere
MA-M,0000601,Medium,Somewhere
MA-S,000061002,Small,Somewhere
"""
MANUF = """\
# a comment
00:00:5E\tAcme\tAcme Works
00:00:60:10:00:00/28\tMedium
00:00:61:00:20:00/36\tSmall\tSmall and Sons
"""


def made(folder: Path, text: str) -> dict[str, str]:
    """Manufacturers by pattern."""
    path = folder / "list"
    path.write_text(text, "utf-8")
    found, count = prefix_text(path)
    model, problems = parse_text(found)
    assert problems == []
    assert len(model.device) == count
    return {one.text: one.label.device.manufacturer for one in model.device if one.label.device}


def test_lists(tmp_path: Path) -> None:
    assert made(tmp_path, OUI_TXT) == {"mac 00:00:5e:*": "Acme Works, Inc."}
    both = {"mac 00:00:5e:*", "mac 00:00:60:1*", "mac 00:00:61:00:2*"}
    assert made(tmp_path, OUI_CSV).keys() == both
    assert made(tmp_path, MANUF) == {
        "mac 00:00:5e:*": "Acme Works",
        "mac 00:00:60:1*": "Medium",
        "mac 00:00:61:00:2*": "Small and Sons",
    }


def test_names_are_cut_and_cleaned(tmp_path: Path) -> None:
    [name] = made(tmp_path, f"00-00-5E   (hex)\t\tA<b>\x07 {'ä' * 60}\n").values()
    assert name.startswith("A b ä")
    assert len(name.encode()) <= 63


@pytest.mark.parametrize(
    "text", ["", "words\n", "Registry,Assignment\nMA-L,xyz,Acme,\n", "02-00-5E   (hex)\t\tA\n"]
)
def test_what_is_no_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(HuginnError, match="no recog patterns and no new MAC prefixes"):
        made(tmp_path, text)


def test_large_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huginn_workbench.commands.convert.MOST_PREFIXES", 2)
    with pytest.raises(HuginnError, match="more than 2 prefixes"):
        made(tmp_path, MANUF)
    monkeypatch.setattr("huginn_cffi.hosts.network_cards.MOST_BYTES", 8)
    with pytest.raises(HuginnError, match="has more than"):
        made(tmp_path, MANUF)


def test_a_prefix_counts_where_nothing_else_names_a_manufacturer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "oui.txt").write_text(OUI_TXT, "utf-8")
    out = tmp_path / "macs.fp"
    assert main(["convert", str(tmp_path / "oui.txt"), "-o", str(out)]) == 0
    assert "MAC prefixes converted: 1" in capsys.readouterr().err
    rest = "[device]\nlabel = s:camera:Axis:::\n; source: x; high\nsig = dhcp-class AXIS*\n"
    database = hg.Database.compile(text=out.read_text("utf-8") + rest)

    def manufacturer(text: bytes, mac: str) -> tuple[str | None, float | None]:
        frame = from_client(message(option(60, text), mac=mac), mac=mac)
        [one] = hg.Analyzer(database).read(capture([frame])).hosts
        return (
            (None, None)
            if one.device is None
            else (one.device.manufacturer, one.device.confidence.manufacturer)
        )

    name, share = manufacturer(b"other", "00:00:5e:00:53:01")
    assert name == "Acme Works, Inc."
    assert 0.6 < (share or 0) < 0.85
    assert manufacturer(b"AXIS,x", "00:00:5e:00:53:01")[0] == "Axis"
    assert manufacturer(b"other", "02:00:5e:00:53:01")[0] is None


def test_files_of_two_kinds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "oui.txt").write_text(OUI_TXT, "utf-8")
    (tmp_path / "a.xml").write_text('<fingerprints matches="x"/>', "utf-8")
    assert main(["convert", str(tmp_path / "a.xml"), str(tmp_path / "oui.txt")]) == 2
    assert "name files of recog, or one list of MAC prefixes" in capsys.readouterr().err
