"""The names that hosts gave themselves, which only ``--host-names`` shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.support.devices import dhcp, mdns, neighbours, netbios
from tests.support.devices.dhcp import from_client, from_server, message, option
from tests.support.devices.made import MAC, OTHER_MAC, Record, capture
from tests.support.devices.requests import request

NAMED = option(12, b"Annas-PC")
FRAMES = (
    from_client(message(NAMED)),
    request(NAMED),
    neighbours.lldp_frame(neighbours.tlv(5, b"hall-switch"), mac=OTHER_MAC),
)


def names(*frames: bytes, host_names: bool = True) -> list[tuple[str | None, str | None]]:
    """Addresses and names."""
    table = hg.Analyzer(host_names=host_names).read(capture(frames)).hosts
    return [(one.ip, one.host_name) for one in table]


def test_a_client_names_itself() -> None:
    assert names(request(NAMED)) == [("192.0.2.7", "Annas-PC")]


def test_no_name_without_the_option() -> None:
    assert names(*FRAMES, host_names=False) == [("192.0.2.7", None), (None, None)]


def test_a_name_stated_before_the_address_stays() -> None:
    ack = from_server(message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.7"))
    assert ("192.0.2.7", "Annas-PC") in names(from_client(message(NAMED)), ack)
    assert ("192.0.2.7", "Annas-PC") in names(from_client(message(NAMED)), request())


def test_a_server_does_not_name_its_client() -> None:
    answer = from_server(message(NAMED, kind=dhcp.ACK, op=2, yiaddr="192.0.2.7"))
    assert names(request(), answer)[0] == ("192.0.2.7", None)


def test_the_latest_name_counts() -> None:
    assert names(request(NAMED), request(option(12, b"Old-PC"))) == [("192.0.2.7", "Old-PC")]


def test_case_alone_is_no_new_name() -> None:
    upper = netbios.names(netbios.registration(netbios.encoded(b"ANNAS-PC")), source="192.0.2.7")
    assert names(request(NAMED), upper) == [("192.0.2.7", "Annas-PC")]
    assert names(upper, request(NAMED)) == [("192.0.2.7", "ANNAS-PC")]


def test_another_mac_does_not_rename_a_host() -> None:
    """The host has spoken often enough, so that a forged message does not count."""
    forged = request(option(12, b"Mallory"), mac=OTHER_MAC)
    assert ("192.0.2.7", "Annas-PC") in names(*[request(NAMED)] * 6, forged)


def test_mdns() -> None:
    sent = mdns.sent(mdns.message(mdns.address("Annas-iPhone")))
    assert [name for _, name in names(sent)] == ["Annas-iPhone"]


def shown(words: list[str], path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command writes."""
    assert main([*words, str(path)]) == 0
    return capsys.readouterr().out


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A capture of named hosts."""
    made = tmp_path / "in.pcap"
    made.write_bytes(capture(FRAMES))
    return made


@pytest.mark.parametrize(
    "words",
    [
        *(["hosts", "--format", form] for form in ("text", "json", "ecs", "csv")),
        *(["devices", "--format", form] for form in ("text", "json", "ecs", "ocsf", "netbox")),
        ["devices", "--long"],
        ["pcap", "--summary", "--format", "json"],
    ],
    ids=" ".join,
)
def test_every_view_has_the_name_on_request(
    words: list[str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Annas-PC" in shown([*words, "--host-names"], path, capsys)
    assert "Annas-PC" not in shown(words, path, capsys)


def test_the_table_has_a_column(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *rows = shown(["devices", "--host-names"], path, capsys).splitlines()
    assert heading.split()[:3] == ["address", "name", "MAC"]
    assert rows[0].split()[:3] == ["192.0.2.7", "Annas-PC", MAC]
    assert rows[1].split()[:2] == ["hall-switch", OTHER_MAC]


def test_anonymized(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    (tmp_path / "key").write_bytes(bytes(range(32)))
    words = ["hosts", "--host-names", "--format", "json", "--anonymize", str(tmp_path / "key")]
    assert "Annas-PC" not in shown(words, path, capsys)


@pytest.mark.parametrize("options", [["--host-names"], []], ids=["names", "none"])
def test_a_store_keeps_it_on_request(
    options: list[str], path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(tmp_path / "hosts.sqlite")]
    assert main(["hosts", *store, *options, str(path)]) == 0
    capsys.readouterr()
    for command in ("devices", "hosts"):
        assert main([command, *store, "--format", "json"]) == 0
        found: list[Record] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        stated: Any = {one["host_name"] for one in found if one.get("event") in ("host", "device")}
        assert ("Annas-PC" in stated) is bool(options)
