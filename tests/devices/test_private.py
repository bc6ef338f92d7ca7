"""What announcements say of persons and single devices is shown on request only, in every view."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.support.devices import mdns, neighbours, ssdp
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import capture, rendered
from tests.support.devices.requests import hosts, request

FORMS = ("json", "eve", "ecs", "text")
KEEP = "Dell EMC Networking OS10"


@pytest.mark.parametrize(
    "secret",
    [
        "Service Tag: QQ1ZZ34",
        "service tag QQ1ZZ34, OS 10",
        "SN: QQ1ZZ34",
        "(S/N QQ1ZZ34)",
        "s/n:QQ1ZZ34",
        "Serial Number: QQ1ZZ34",
        "Serial No. QQ1ZZ34",
        "serial=QQ1ZZ34",
        "SerialNumber QQ1ZZ34",
        "Asset Tag QQ1ZZ34",
        "UUID: QQ1ZZ34",
    ],
)
@pytest.mark.parametrize("kind", ["lldp", "software", "platform", "dhcp-class", "server"])
def test_serial_numbers_in_descriptions(kind: str, secret: str) -> None:
    text = f"{KEEP}; {secret}".encode()
    sent = {
        "lldp": lambda: neighbours.lldp_frame(neighbours.tlv(6, text)),
        "software": lambda: neighbours.cdp_frame(neighbours.cdp_tlv(5, text)),
        "platform": lambda: neighbours.cdp_frame(neighbours.cdp_tlv(6, text)),
        "dhcp-class": lambda: from_client(message(option(60, text))),
        "server": lambda: ssdp.sent(ssdp.alive("NT: upnp:rootdevice", f"SERVER: {KEEP}; {secret}")),
    }[kind]()
    for form in FORMS:
        shown = rendered(sent, form=form)[0]
        assert KEEP in shown
        assert "QQ1ZZ34" not in shown
    assert "QQ1ZZ34" in rendered(sent, host_names=True)[0]


@pytest.mark.parametrize(
    "text",
    [
        "HP serial to ethernet adapter",
        "2 serial ports",
        "SNMP agent: 3",
        "Sn4 sensor",
        "assets: none",
        "MSN: a",
    ],
)
def test_words_alone_hide_nothing(text: str) -> None:
    assert text in rendered(neighbours.lldp_frame(neighbours.tlv(6, text.encode())))[0]


def test_a_model_ends_before_the_serial_number() -> None:
    """What a pattern takes to the end of the text."""
    database = hg.Database.compile(
        text="classes = other\n[device]\nlabel = s:switch:A:<model>::\nsig = description A <model>\n"
    )
    frame = neighbours.lldp_frame(neighbours.tlv(6, b"A 1000 (S/N: QQ1ZZ34)"))
    [one] = hg.Analyzer(database).read(capture([frame])).hosts
    assert one.device is not None
    assert one.device.model == "1000"


FRAMES = (
    request(option(60, b"MSFT 5.0"), option(12, b"Annas-PC"), option(81, b"\0\0\0annas-pc.home")),
    mdns.sent(mdns.message(mdns.address("Annas-iPhone"), mdns.points("_http._tcp", "Anna Q"))),
    neighbours.lldp_frame(neighbours.tlv(5, b"anna-switch"), neighbours.tlv(6, b"Linux S/N: QQ1ZZ34")),
)
NAMES = ("anna", "QQ1ZZ34")
VIEWS = (
    ("pcap",),
    *(("pcap", "--format", form) for form in ("json", "eve", "ecs", "csv")),
    ("pcap", "--summary"),
    ("pcap", "--summary", "--format", "json"),
    ("hosts",),
    *(("hosts", "--format", form) for form in ("json", "ecs", "csv")),
    ("hosts", "--ip", "192.0.2.7"),
)


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_no_view_shows_names(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.pcap"
    path.write_bytes(capture(FRAMES))
    assert main([*words, str(path)]) == 0
    shown = capsys.readouterr().out
    assert not [name for name in NAMES if name.lower() in shown.lower()]
    assert shown


@pytest.mark.parametrize("form", ["text", "json", "eve", "ecs", "csv"])
def test_names_on_request(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.pcap"
    path.write_bytes(capture(FRAMES))
    assert main(["pcap", "--host-names", "--format", form, str(path)]) == 0
    shown = capsys.readouterr().out
    assert [name for name in ("Annas-PC", "Annas-iPhone", "anna-switch") if name not in shown] == []


@pytest.mark.parametrize("words", [one for one in VIEWS if "csv" not in one], ids=" ".join)
def test_anonymized_views_show_no_address(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    path, key = tmp_path / "in.pcap", tmp_path / "key"
    path.write_bytes(capture(FRAMES))
    key.write_bytes(bytes(range(32)))
    if "--ip" in words:
        words = ("hosts",)
    host_names = ("--host-names",) if words[:1] == ("pcap",) and "--summary" not in words else ()
    assert main([*words, *host_names, "--anonymize", str(key), str(path)]) == 0
    shown = capsys.readouterr().out.lower()
    real = ("192.0.2.7", "00:00:5e", "00-00-5e", "00:00:5e:00:53:01", *NAMES)
    assert not [one for one in real if one.lower() in shown]


@pytest.mark.parametrize("mac", ["00:00:5e:00:53:01", "02:00:5e:00:53:01"])
def test_an_anonymized_mac_stays_local_or_not(
    mac: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    path, key = tmp_path / "in.pcap", tmp_path / "key"
    path.write_bytes(capture([from_client(message(option(60, b"MSFT 5.0"), mac=mac), mac=mac)]))
    key.write_bytes(bytes(range(32)))
    assert main(["hosts", "--format", "json", "--anonymize", str(key), str(path)]) == 0
    [host] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"mac"' in line][:1]
    assert host["mac"] != mac
    assert host["mac_local"] is mac.startswith("02")


def test_hosts_keep_no_names() -> None:
    found = hosts(*FRAMES)
    text = repr(found)
    assert not [name for name in NAMES if name.lower() in text.lower()]
