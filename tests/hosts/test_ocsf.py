"""``huginn devices --format ocsf``: Device Inventory Info (5001) of OCSF 1.8.0."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi import __version__
from huginn_cffi.cli import main
from huginn_cffi.formats.devices_ocsf import device_event
from sigcompiler.vocabulary import DEVICE_TYPES
from tests.hosts.test_devices import EXAMPLE, run
from tests.support.devices.made import MAC
from tests.support.devices.requests import AXIS, WINDOWS, request
from tests.support.local_hosts import saved, syn

Event = dict[str, Any]

DEVICE_TYPE_IDS = {
    0: None,
    1: "Server",
    2: "Desktop",
    3: "Laptop",
    4: "Tablet",
    5: "Mobile",
    6: "Virtual",
    7: "IOT",
    8: "Browser",
    9: "Firewall",
    10: "Switch",
    11: "Hub",
    12: "Router",
    13: "IDS",
    14: "IPS",
    15: "Load Balancer",
}
"""https://schema.ocsf.io/1.8.0/objects/device; 99 is any other, with the source's word."""
OS_TYPE_IDS = {
    0: None,
    100: "Windows",
    101: "Windows Mobile",
    200: "Linux",
    201: "Android",
    300: "macOS",
    301: "iOS",
    302: "iPadOS",
    400: "Solaris",
    401: "AIX",
    402: "HP-UX",
}
"""https://schema.ocsf.io/1.8.0/objects/os"""


@lru_cache
def schema() -> Any:
    """JSON Schema of the class as it is published."""
    package = pytest.importorskip("ocsf_json_schema", reason="ocsf-json-schema is not installed")
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    made = package.OcsfJsonSchemaEmbedded(package.get_ocsf_schema("1.8.0"))
    return jsonschema.Draft202012Validator(made.get_class_schema("inventory_info"))


def known(event: Event) -> None:
    """Numbers and captions are those of the schema, and belong together."""
    device = event["device"]
    for captions, one in ((DEVICE_TYPE_IDS, device), (OS_TYPE_IDS, device.get("os"))):
        if one is not None and one["type_id"] == 99:
            assert one["type"] not in (None, *captions.values())
        elif one is not None:
            assert one.get("type") == captions[one["type_id"]]
    assert None not in device.values()


def events(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Event]:
    found = [*map(json.loads, run(capsys, "--format", "ocsf", *arguments).splitlines())]
    for one in found:
        known(one)
    return found


def test_a_device_as_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not known is absent: the camera announces no system, the other host has no MAC."""
    path = saved(tmp_path, request(AXIS, ip="192.0.2.7"), request(AXIS, ip="192.0.2.8"), syn("10.0.0.5"))
    camera, host = events(capsys, path)
    time = camera["time"]
    camera["device"].pop("mac_vendor", None)  # by a list of prefixes, where one is installed
    assert 1_000_000_000_000 < time < 10_000_000_000_000, "ms"
    assert camera == {
        "category_uid": 5,
        "class_uid": 5001,
        "activity_id": 2,
        "type_uid": 500102,
        "severity_id": 1,
        "time": time,
        "metadata": {"version": "1.8.0", "product": {"name": "huginn", "version": __version__}},
        "device": {
            "uid": MAC,
            "type_id": 7,
            "type": "IOT",
            "mac": MAC,
            "ip": "192.0.2.8",
            "network_interfaces": [{"mac": MAC, "ip": "192.0.2.8"}, {"mac": MAC, "ip": "192.0.2.7"}],
            "vendor_name": "Axis",
            "model": "P3245",
            "first_seen_time": camera["device"]["first_seen_time"],
            "last_seen_time": time,
        },
    }
    assert host["device"]["network_interfaces"] == [{"ip": "10.0.0.5"}]
    assert "mac" not in host["device"]
    assert (host["device"]["type_id"], host["device"]["os"]["type_id"]) == (0, 200)


def test_all_events_are_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, merged = str(tmp_path / "x.sqlite"), str(tmp_path / "merged.sqlite")
    assert main(["hosts", EXAMPLE, "--store", store, "--sensor", "s"]) == 0
    assert main(["hosts", "merge", "--site", "Berlin", merged, store]) == 0
    capsys.readouterr()
    captured, stored = events(capsys, EXAMPLE), events(capsys, "--store", merged)
    assert len(captured) == len(stored) == 5
    assert {one["device"]["zone"] for one in stored} == {"Berlin"}
    for one in (*captured, *stored):
        schema().validate(one)


def test_types(capsys: pytest.CaptureFixture[str]) -> None:
    """Of all words there are; a computer may be a desktop or a laptop, and two systems are none."""
    one = next(map(json.loads, run(capsys, "--format", "json", EXAMPLE).splitlines()))
    types, systems = {}, {}
    for kind in (None, *DEVICE_TYPES):
        known(event := device_event({**one, "type": kind}))
        types[kind] = event["device"]["type_id"]
    for system in (*filter(None, OS_TYPE_IDS.values()), "FreeBSD", "macOS or iOS"):
        known(event := device_event({**one, "system": system, "version": None}))
        systems[system] = event["device"]["os"]["type_id"]
    assert [types[kind] for kind in (None, "computer", "printer", "phone", "switch")] == [0, 99, 99, 5, 10]
    assert device_event({**one, "network_card": "Acme"})["device"]["mac_vendor"] == "Acme"
    assert (systems["iPadOS"], systems["FreeBSD"], systems["macOS or iOS"]) == (302, 99, 0)


def test_a_device_without_an_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.support.devices.dhcp import from_client, message

    [one] = events(capsys, saved(tmp_path, from_client(message(WINDOWS, kind=1))))
    assert one["device"]["network_interfaces"] == [{"mac": MAC}]
    assert one["device"]["os"]["type_id"] == 100
    schema().validate(one)


def test_schema_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    """The published schema notices what does not belong there."""
    [one, *_] = events(capsys, EXAMPLE)
    for wrong in ({"unknown": 1}, {"type_id": "5"}, {"type_id": 77}):
        assert not schema().is_valid({**one, "device": {**one["device"], **wrong}})
