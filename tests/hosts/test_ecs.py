"""Hosts and devices as documents of the Elastic Common Schema, whose names its reference lists."""

from __future__ import annotations

import json
from typing import Any

from huginn_cffi.formats.hosts_ecs import ecs_lines

FIRST, LAST = "2026-01-15T10:00:00.000000000Z", "2026-01-15T11:00:00.000000000Z"
EVENT = {"kind": "asset", "category": ["host"], "type": ["info"], "module": "huginn"}
ENDS = {"observer": {"type": "sensor", "vendor": "huginn"}, "ecs": {"version": "8.11.0"}}
NAME = 'all\'s "in": {one}, [two]\\\u2603'
HOST = {
    "event": "host",
    "ip": "192.0.2.7",
    "mac": "00:00:5e:00:53:af",
    "mac_local": False,
    "host_name": NAME,
    "device": {
        "manufacturer": None,
        "model": 'He said "7"',
        "type": "printer",
        "evidence": [{"a": [1, "]"]}],
    },
    "family": "Linux",
    "flavor": "5.x or newer",
    "uptime_minutes": 90,
    "uptime_reliable": True,
    "link": None,
    "first_seen": FIRST,
    "last_seen": LAST,
}


def document(record: dict[str, Any]) -> dict[str, Any]:
    [line] = ecs_lines([record])
    return dict(json.loads(line))


def test_a_host() -> None:
    """Marks inside texts end no value; what ECS has no name for is in an object of ours."""
    assert document(HOST) == {
        "@timestamp": LAST,
        "event": EVENT | {"dataset": "huginn.host", "start": FIRST, "end": LAST},
        "host": {
            "ip": ["192.0.2.7"],
            "mac": ["00-00-5E-00-53-AF"],
            "hostname": NAME,
            "os": {
                "name": "Linux",
                "version": "5.x or newer",
                "full": "Linux 5.x or newer",
                "type": "linux",
            },
            "uptime": 5400,
        },
        "device": {"model": {"name": 'He said "7"'}},
        "huginn": {
            **{key: HOST[key] for key in ("event", "family", "flavor", "uptime_minutes", "uptime_reliable")},
            "link": None,
            "first_seen": FIRST,
            "last_seen": LAST,
            "device": {"type": "printer", "evidence": [{"a": [1, "]"]}], "mac_local": False},
            "schema_version": 2,
        },
        **ENDS,
    }


def test_a_host_of_which_little_is_known() -> None:
    """Unknown values have no member; an uptime that may have wrapped is not the host's."""
    unknown = dict.fromkeys(("mac", "mac_local", "host_name", "device", "family", "flavor"))
    made = document({**HOST, **unknown, "ip": "2001:db8::1", "uptime_reliable": False})
    assert made["host"] == {"ip": ["2001:db8::1"]}
    assert "device" not in made
    assert "device" not in made["huginn"]


def test_a_flavor_that_names_both_families() -> None:
    made = document({**HOST, "family": "macOS or iOS", "flavor": "macOS 10.14 or newer / iOS 13 or newer"})
    assert made["host"]["os"]["full"] == "macOS 10.14 or newer / iOS 13 or newer"
    assert "type" not in made["host"]["os"]


def test_a_device_has_all_its_addresses() -> None:
    ips = [f"10.0.{number // 256}.{number % 256}" for number in range(1000)]
    addresses = [{"ip": ip, "first_seen": FIRST, "disputed": False} for ip in ips]
    device = {
        "event": "device",
        "mac": None,
        "host_name": None,
        "addresses": addresses,
        "manufacturer": "Axis",
        "model": None,
        "system": "Windows",
        "version": "",
        "first_seen": FIRST,
        "last_seen": LAST,
    }
    made = document(device)
    assert made["host"] == {"ip": ips, "os": {"name": "Windows", "type": "windows"}}
    assert made["device"] == {"manufacturer": "Axis"}
    assert made["event"]["dataset"] == "huginn.device"
    assert made["huginn"]["addresses"] == addresses
    assert "mac" not in made["huginn"]
    assert "ip" not in document({**device, "addresses": []})["host"]
