"""What devices announce and no signature names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.core import explain_device
from huginn_workbench.learning.inventories import AnnouncementInventory, unknown_announcements
from sigcompiler.reading.parser import parse_text
from tests.support.devices.dhcp import ACK, from_client, from_server, message, option
from tests.support.devices.made import MAC, OTHER_MAC, capture

SECRET = b"Petras-Telefon"
TEXT = """\
[device]
label = s:plug:Known:::
sig = dhcp-class known
label = g:plug:Weak:::
sig = dhcp-class weak
"""
DATABASE = hg.Database.compile(text=TEXT)
FRAMES = (
    from_client(message(option(60, b"pump*7"), option(12, SECRET), option(55, b"\x01\x03"))),
    from_client(message(option(60, b"pump*7"), mac=OTHER_MAC), mac=OTHER_MAC),
    from_client(message(option(60, b"known"), mac=OTHER_MAC), mac=OTHER_MAC),
    from_client(message(option(60, b"weak"))),
    from_server(message(option(60, b"of the server"), op=2, kind=ACK, yiaddr="192.0.2.7")),
)


def inventory(limit: int = 100, *, host_names: bool = False) -> AnnouncementInventory:
    seen = AnnouncementInventory(limit)
    with hg.Analyzer(None, host_names=host_names) as analyzer:
        for batch in analyzer.batches(capture(FRAMES)):
            seen.add(batch)
    return seen


def texts(seen: AnnouncementInventory, *, weak: bool = False) -> list[tuple[str, str, int]]:
    return [
        (one.announcement, one.text, one.support.hosts)
        for one in unknown_announcements(seen, DATABASE, weak=weak, most=9)[1]
    ]


def test_those_of_most_devices_stand_first() -> None:
    assert texts(inventory()) == [("dhcp-class", "pump*7", 2), ("dhcp-list", "1,3", 1)]


def test_weak_ones() -> None:
    _, rows = unknown_announcements(inventory(), DATABASE, weak=True, most=9)
    found = [one for one in rows if one.text == "weak"]
    assert [one.answer for one in found] == ["plug Weak"]


def test_names_are_there_when_they_are_asked_for() -> None:
    name = ("name", SECRET.decode(), 1)
    assert name in texts(inventory(host_names=True))
    assert name not in texts(inventory())


def test_a_template_names_the_text() -> None:
    count, [first] = unknown_announcements(inventory(), DATABASE, most=1)
    assert count == 2
    text = first.template.replace("???", "Acme")
    assert parse_text(text)[1] == []
    assert (
        explain_device(hg.Database.compile(text=text), first.announcement, first.text).manufacturer == "Acme"
    )


def test_the_limit_is_counted() -> None:
    seen = inventory(2)
    assert len(seen.counts) == 2
    assert seen.left_out == 3


def test_texts_have_a_limit_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A station can make up any number of them, and each takes a kilobyte."""
    monkeypatch.setattr(AnnouncementInventory, "MOST", 2)
    assert len(inventory(1_000_000).counts) == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_hides_names(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pcap"
    path.write_bytes(capture(FRAMES))
    assert main(["unknown", "--format", form, str(path)]) == 0
    hidden = capsys.readouterr().out
    assert "pump*7" in hidden
    assert SECRET.decode() not in hidden
    assert main(["unknown", "--format", form, "--host-names", str(path)]) == 0
    assert SECRET.decode() in capsys.readouterr().out


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.fp").write_text(TEXT, "utf-8")
    (tmp_path / "a.pcap").write_bytes(capture(FRAMES))
    words = ("--db", str(tmp_path / "own.fp"), "--limit", "1", str(tmp_path / "a.pcap"))
    assert main(["unknown", "--format", "json", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["announcement_count"] == 2
    [one] = found["unknown_announcements"]
    assert (one["announcement"], one["text"], one["support"]["packets"]) == ("dhcp-class", "pump*7", 2)
    assert MAC not in json.dumps(found)
