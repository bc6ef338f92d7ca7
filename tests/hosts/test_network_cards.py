"""Makers of network cards, by lists that the machine has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from huginn_cffi.hosts import network_cards
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.store.opening import open_for_writing
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from tests.support.devices.made import MAC
from tests.support.devices.requests import AXIS, request
from tests.support.hosts import host
from tests.support.local_hosts import saved

FORMS = {
    "oui.txt": "00-00-5E   (hex)\t\tAcme Chips\r\n00005E     (base 16)\t\tAcme Chips\r\n",
    "oui.csv": "Registry,Assignment,Organization Name,Organization Address\r\nMA-L,00005E,Acme Chips,\r\n",
    "manuf": "00:00:5E\tAcme\tAcme Chips\n",
    "manuf, newer": "00:00:5E       \tAcme        \tAcme Chips\n",
    "nmap": "# of nmap\n00005E Acme Chips\n",
}


def installed(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(network_cards, "INSTALLED", (paths,))


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_each_form_of_list(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_text(text, "utf-8", newline="")
    installed(monkeypatch, path)
    cards = NetworkCards()
    assert (cards.maker(MAC), cards.maker("00:11:22:33:44:55"), cards.problems) == ("Acme Chips", None, [])


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("digits", ["AC1BCD", "ac1bcd", "aC1BcD"])
def test_digits_in_any_case(digits: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few prefixes are searched for, and many looked up: both find the same."""
    path = tmp_path / "list"
    pairs = [digits[:2], digits[2:4], digits[4:]]
    for sign in ("", "-", ":"):
        text = text.replace(sign.join(("00", "00", "5E")), sign.join(pairs))
    path.write_text(text, "utf-8", newline="")
    installed(monkeypatch, path)
    searched = NetworkCards().maker("ac:1b:cd:00:00:01")
    monkeypatch.setattr(network_cards, "SEARCHED", 0)
    assert (searched, NetworkCards().maker("ac:1b:cd:00:00:01")) == ("Acme Chips", "Acme Chips")


def test_a_list_that_is_gone_is_a_problem_and_no_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package may be updated while a capture runs."""
    path = tmp_path / "list"
    path.write_text(FORMS["nmap"], "utf-8")
    installed(monkeypatch, path)
    cards = NetworkCards()
    assert cards.maker(MAC) == "Acme Chips"
    path.unlink()
    assert [cards.maker(mac) for mac in ("00:11:22:33:44:55", "00:11:24:33:44:55", MAC)] == [
        None,
        None,
        "Acme Chips",
    ]
    assert cards.problems == [f"{path}: No such file or directory"]


@pytest.mark.parametrize(
    ("row", "maker"),
    [
        ('"Acme, Inc.","1 Road, Town"', "Acme, Inc."),
        ('"Acme ""Chips"", Inc.",', 'Acme "Chips", Inc.'),
        ('"Acme, Inc."', "Acme, Inc."),
        ("Acme: <Chips>,1 Road", "Acme Chips"),
        ("Acme", "Acme"),
        ("Private,", None),
        ("IEEE Registration Authority,445 Hoes Lane", None),
        (",", None),
    ],
)
def test_names_in_csv(row: str, maker: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_text(f"Registry,Assignment,Organization Name\r\nMA-L,00005E,{row}\r\n", "utf-8", newline="")
    installed(monkeypatch, path)
    assert NetworkCards().maker(MAC) == maker
    assert dict(network_cards.prefixes(path)) == ({} if maker is None else {"00005e": maker})


@pytest.mark.parametrize(
    "text",
    [
        "00:00:5E\tA\tWide\n00:00:5E:00:00:00/28\tB\tMiddle\n00:00:5E:00:50:00/36\tC\tNarrow\n",
        "00005E Wide\n00005E0 Middle\n00005E005 Narrow\n",
        "Registry,Assignment,Name\nMA-L,00005E,Wide\nMA-M,00005E0,Middle\nMA-S,00005E005,Narrow\n",
    ],
)
def test_the_longest_prefix_wins(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_text(text, "utf-8")
    installed(monkeypatch, path)
    macs = ("00:00:5e:00:53:01", "00:00:5e:0f:53:01", "00:00:5e:f0:53:01")
    assert [*map(NetworkCards().maker, macs)] == ["Narrow", "Middle", "Wide"]


def test_a_local_mac_has_none_and_reads_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_text("no list", "utf-8")
    installed(monkeypatch, path)
    cards = NetworkCards()
    assert (cards.maker("02:00:5e:00:53:01"), cards.maker(None), cards.problems) == (None, None, [])
    assert cards.maker(MAC) is None
    assert cards.problems == [f"{path}: holds no MAC prefixes"]


def test_the_next_list_stands_in_for_a_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged, whole = tmp_path / "damaged", tmp_path / "whole"
    damaged.write_bytes(b"Registry,\0\xff\n" + bytes(range(256)))
    whole.write_text(FORMS["nmap"], "utf-8")
    monkeypatch.setattr(network_cards, "INSTALLED", ((damaged,), (tmp_path / "absent",), (whole,)))
    cards = NetworkCards()
    assert cards.maker(MAC) == "Acme Chips"
    assert cards.problems == [f"{damaged}: holds no MAC prefixes"]


def test_devices_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In JSON, ECS and CSV; in the table where no announcement names the device, with text made harmless."""
    path = tmp_path / "list"
    path.write_text("00005E Acme\x1b[31m \u202eChips\n", "utf-8")
    installed(monkeypatch, path)
    capture = saved(tmp_path, request(AXIS, ip="192.0.2.7"))
    shown = {}
    for form in ("json", "ecs", "csv"):
        assert main(["devices", "--format", form, capture]) == 0
        shown[form] = capsys.readouterr().out
    one = json.loads(shown["json"])
    assert (one["network_card"], one["manufacturer"]) == ("Acme [31m Chips", "Axis")
    assert json.loads(shown["ecs"])["huginn"]["network_card"] == one["network_card"]
    assert "network_card" in shown["csv"].splitlines()[0]
    assert "Acme" in shown["csv"].splitlines()[1]

    store = str(tmp_path / "hosts.sqlite")
    connection, lock = open_for_writing(store)
    Upserts(connection, "", "gate").write(in_order([host(mac=MAC, local=True)]))
    connection.close()
    lock.release()
    assert main(["devices", "--store", store]) == 0
    text = capsys.readouterr().out
    assert "network card: Acme [31m" in text
    assert "\u202e" not in text


def test_hosts_show_it_wherever_their_mac_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In text, JSON, ECS and CSV, devices in full, and in the document of a report."""
    path = tmp_path / "list"
    path.write_text("00005E Acme Chips\n", "utf-8")
    installed(monkeypatch, path)
    capture = saved(tmp_path, request(AXIS, ip="192.0.2.7"))
    shown = {}
    for form in ("text", "json", "ecs", "csv"):
        assert main(["hosts", "--format", form, capture]) == 0
        shown[form] = capsys.readouterr().out
    assert f"  MAC:    {MAC}, network card: Acme Chips\n" in shown["text"]
    assert json.loads(shown["json"].splitlines()[0])["network_card"] == "Acme Chips"
    assert json.loads(shown["ecs"].splitlines()[0])["huginn"]["network_card"] == "Acme Chips"
    assert "Acme Chips" in shown["csv"].splitlines()[1]
    assert main(["hosts", capture]) == 0
    assert f"  MAC:    {MAC}, network card: Acme Chips\n" in capsys.readouterr().out
    page = tmp_path / "report.html"
    assert main(["report", capture, "-o", str(page)]) == 0
    assert '"network_card":"Acme Chips"' in page.read_text("utf-8")
    assert main(["pcap", "--summary", "--format", "json", capture]) == 0
    assert '"network_card":"Acme Chips"' in capsys.readouterr().out


def test_a_name_that_is_longer_than_a_record_takes_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list"
    path.write_text("00005E " + "\u00e9" * 200 + "\n", "utf-8")
    installed(monkeypatch, path)
    assert main(["hosts", "--format", "json", saved(tmp_path, request(AXIS))]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["network_card"] == "\u00e9" * 31


def test_reserved_prefixes_name_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_text("00-00-5E   (hex)\t\tICANN, IANA Department\n00-00-5F   (hex)\t\tAcme\n", "utf-8")
    installed(monkeypatch, path)
    assert [*map(NetworkCards().maker, (MAC, "00:00:5f:00:00:01"))] == [None, "Acme"]


def test_a_damaged_list_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(monkeypatch, tmp_path)
    assert main(["devices", saved(tmp_path, request(AXIS, ip="192.0.2.7"))]) == 0
    found = capsys.readouterr()
    assert "192.0.2.7" in found.out
    assert f"network cards: {tmp_path}: Is a directory" in found.err


def test_an_anonymized_mac_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the prefix of nobody, so a maker would be made up."""
    path = tmp_path / "list"
    path.write_text(FORMS["nmap"], "utf-8")
    installed(monkeypatch, path)
    assert NetworkCards(are_real=False).maker(MAC) is None
