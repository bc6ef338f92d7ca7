"""Devices as events of the Open Cybersecurity Schema Framework: Device Inventory Info."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huginn_cffi.base.times import parse_time
from huginn_cffi.formats.hosts_ecs import without_nulls
from sigcompiler.schema.rows import ECS_OBJECT, OCSF_OS_TYPES, OCSF_VERSION

OTHER = 99
_IOT = ("IOT", 7)
_TYPES = {
    **dict.fromkeys(("camera", "doorbell", "hub", "plug", "light", "lock", "sensor", "thermostat"), _IOT),
    **dict.fromkeys(("siren", "scale", "appliance", "vacuum", "speaker", "iot-module"), _IOT),
    "server": ("Server", 1),
    "tablet": ("Tablet", 4),
    "phone": ("Mobile", 5),
    "firewall": ("Firewall", 9),
    "switch": ("Switch", 10),
    "router": ("Router", 12),
}
"""Captions and numbers of the schema's types. A computer may be a desktop or a laptop, so it has no type."""


def device_event(one: dict[str, Any]) -> dict[str, Any]:
    """The event of a device, without unknown values."""
    from huginn_cffi import __version__

    return {
        "category_uid": 5,
        "class_uid": 5001,
        "activity_id": 2,
        "type_uid": 500102,
        "severity_id": 1,
        "time": _ms(one["last_seen"]),
        "metadata": {"version": OCSF_VERSION, "product": {"name": ECS_OBJECT, "version": __version__}},
        "device": without_nulls(_device(one)),
    }


def latest_address(addresses: Sequence[Mapping[str, Any]]) -> str | None:
    """The address that was seen last; IPv4 is preferred to IPv6."""
    found = max(addresses, key=lambda one: (":" not in one["ip"], one["last_seen"]), default=None)
    return None if found is None else str(found["ip"])


def _device(one: dict[str, Any]) -> dict[str, Any]:
    mac, kind = one["mac"], one["type"]
    type_, number = _TYPES.get(kind, (kind, OTHER)) if kind else (None, 0)
    interfaces = [without_nulls({"mac": mac, "ip": address["ip"]}) for address in one["addresses"]]
    ip = latest_address(one["addresses"])
    return {
        "uid": mac or ip,
        "type_id": number,
        "type": type_,
        "mac": mac,
        "ip": ip,
        "network_interfaces": interfaces or [{"mac": mac}],
        "os": _system(one) if one["system"] else None,
        "vendor_name": one["manufacturer"],
        "model": one["model"],
        "mac_vendor": one["network_card"],
        "zone": one.get("site") or None,
        "first_seen_time": _ms(one["first_seen"]),
        "last_seen_time": _ms(one["last_seen"]),
    }


def _system(one: dict[str, Any]) -> dict[str, Any]:
    """The operating system. If two families fit, the type is left open."""
    name = one["system"]
    number = 0 if " or " in name else OCSF_OS_TYPES.get(name, OTHER)
    caption = None if number == 0 else name
    found = {"name": name, "version": one["version"] or None, "type_id": number, "type": caption}
    return without_nulls({**found, "cpe_name": one["cpe"]})


def _ms(time: str) -> int:
    return parse_time(time) // 1_000_000
