"""Devices as events of the Open Cybersecurity Schema Framework: Device Inventory Info."""

from __future__ import annotations

from typing import Any

from huginn_cffi.base.times import parse_time
from huginn_cffi.formats.addresses import latest_address
from sigcompiler.schema.rows import ECS_OBJECT, OCSF_OS_TYPES, OCSF_VERSION

OTHER = 99
MILLISECOND_NS = 1_000_000
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
    return about_event(5001, 2, 1, _ms(one["last_seen"])) | {"device": without_nulls(_device(one))}


def about_event(
    kind: int, activity: int, severity: int, time: int, code: str | None = None
) -> dict[str, Any]:
    """What every event has: its class, activity and severity by their numbers, and the time in ms since 1970.

    `code` is our name of the event.
    """
    from huginn_cffi import __version__

    metadata = {
        "version": OCSF_VERSION,
        "product": {"name": ECS_OBJECT, "version": __version__},
        "event_code": code,
    }
    return {
        "category_uid": kind // 1000,
        "class_uid": kind,
        "activity_id": activity,
        "type_uid": kind * 100 + activity,
        "severity_id": severity,
        "time": time,
        "metadata": without_nulls(metadata),
    }


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
        "hostname": one["host_name"],
        "ip": ip,
        "network_interfaces": interfaces or [{"mac": mac}],
        "os": os_object(one["system"], one["version"], one["cpe"]) if one["system"] else None,
        "vendor_name": one["manufacturer"],
        "model": one["model"],
        "mac_vendor": one["network_card"],
        "zone": one.get("site") or None,
        "first_seen_time": _ms(one["first_seen"]),
        "last_seen_time": _ms(one["last_seen"]),
    }


def os_object(name: str, version: str | None, cpe: str | None) -> dict[str, Any]:
    """An operating system. If two families fit, the type is left open."""
    number = 0 if " or " in name else OCSF_OS_TYPES.get(name, OTHER)
    caption = None if number == 0 else name
    found = {"name": name, "version": version or None, "type_id": number, "type": caption}
    return without_nulls({**found, "cpe_name": cpe})


def _ms(time: str) -> int:
    return parse_time(time) // MILLISECOND_NS


def without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    """The values without nulls."""
    return {key: value for key, value in values.items() if value is not None}
