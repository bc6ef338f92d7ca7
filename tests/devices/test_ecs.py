"""Devices in the names of the Elastic Common Schema: of announcements, and of host records."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.formats.rendering import Renderer
from tests.support.core import ROOT
from tests.support.described_paths import paths
from tests.support.devices import dhcp, mdns
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import MAC, capture
from tests.support.devices.requests import ANDROID, AXIS, request
from tests.support.ecs_mapping import mapped

LOCAL = "02:00:5e:00:53:23"
TEMPLATE = json.loads((ROOT / "examples" / "elastic" / "index-template.json").read_text(encoding="utf-8"))
OF_ECS = dict(mapped(TEMPLATE["template"]["mappings"]["properties"]))
"""Names that are in ECS 8.11 (`tests/examples/test_consumers.py`)."""


def rows(*frames: bytes) -> list[dict[str, Any]]:
    """The rows of a capture in ECS."""
    analyzer, sink = hg.Analyzer(), io.BytesIO()
    for batch in analyzer.batches(capture(frames)):
        for piece in Renderer("ecs", analyzer.database).pieces(batch, 0, len(batch)):
            sink.write(piece)
    found = [json.loads(line) for line in sink.getvalue().splitlines()]
    for one in found:
        assert {*paths(one)} <= {*OF_ECS} | {path for path in paths(one) if path.startswith("huginn.")}
    return found


def hosts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], frames: Sequence[bytes]
) -> list[dict[str, Any]]:
    """The hosts of a capture in ECS."""
    path = tmp_path / "in.pcap"
    path.write_bytes(capture(frames))
    assert main(["hosts", "--format", "ecs", str(path)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for one in found:
        assert {*paths(one)} <= {*OF_ECS} | {path for path in paths(one) if path.startswith("huginn.")}
    return found


def test_an_announcement_has_the_device_that_it_names() -> None:
    [row] = rows(request(AXIS, mac="00:00:5e:00:53:23"))
    assert row["host"] == {"ip": ["192.0.2.7"], "mac": ["00-00-5E-00-53-23"]}
    assert row["device"] == {"manufacturer": "Axis", "model": {"name": "P3245"}}
    assert row["huginn"]["device"] == {"type": "camera", "version": "10.12.1", "mac_local": False}


def test_what_it_does_not_name_is_left_out() -> None:
    [row] = rows(request(ANDROID, mac=LOCAL))
    assert "device" not in row
    assert row["huginn"]["device"] == {
        "system": "Android",
        "version": "13",
        "mac_local": True,
    }
    [row] = rows(request(option(60, b"nobody names this"), mac=LOCAL))
    assert "device" not in row
    assert row["huginn"]["device"] == {"mac_local": True}


def test_all_texts_of_an_announcement_count() -> None:
    """The service names a printer; the pairs beside it its manufacturer and model."""
    printer = mdns.text(b"P", "_ipp._tcp", b"ty=HP LaserJet 400 M401dn", b"usb_MFG=HP")
    answer = mdns.message(mdns.points("_ipp._tcp", b"P"), printer, mdns.server(b"P", "_ipp._tcp", "p"))
    [row] = rows(mdns.sent(answer))
    assert row["device"] == {"manufacturer": "HP", "model": {"name": "LaserJet 400 M401dn"}}
    assert row["huginn"]["device"]["type"] == "printer"


def test_a_host_has_its_device(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [host] = hosts(tmp_path, capsys, [request(AXIS, mac="00:00:5e:00:53:23")])
    assert host["host"] == {"ip": ["192.0.2.7"], "mac": ["00-00-5E-00-53-23"]}
    assert host["device"] == {"manufacturer": "Axis", "model": {"name": "P3245"}}
    own = host["huginn"]["device"]
    assert (own["type"], own["version"], own["mac_local"]) == ("camera", "10.12.1", False)
    assert own["confidence"]["model"] > 0.5
    assert [one["source"] for one in own["evidence"]] == ["dhcp-class"]
    assert host["event"]["kind"] == "asset"
    assert host["event"]["dataset"] == "huginn.host"
    assert host["event"]["start"] == host["@timestamp"] == host["event"]["end"]


def test_a_host_without_an_address_or_without_a_device(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [host] = hosts(tmp_path, capsys, [from_client(message(kind=dhcp.DISCOVER, mac=MAC), mac=MAC)])
    assert host["host"] == {"mac": [MAC.upper().replace(":", "-")]}
    sample = ROOT / "examples" / "sample.pcap"
    assert main(["hosts", "--format", "ecs", "--ip", "192.0.2.144", str(sample)]) == 0
    host = json.loads(capsys.readouterr().out)
    assert host["host"]["ip"] == ["192.0.2.144"]
    assert (host["host"]["os"]["name"], host["host"]["os"]["type"]) == ("Linux", "linux")
    assert not {"device", "mac"} & {*host, *host["host"], *host["huginn"]}
