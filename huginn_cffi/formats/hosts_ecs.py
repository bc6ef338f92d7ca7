"""Hosts and devices as documents of the Elastic Common Schema (ECS), from their JSON records.

The column `ecs` of ``hosts.csv`` and ``devices.csv`` has the names of ECS. Keys without such a name are in an
object of ours, and so are the times, which the event repeats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.hosts import Device, DeviceRecord, Host
from sigcompiler.schema.objects import keys_of
from sigcompiler.schema.rows import ECS_OBJECT, ECS_OS_TYPES, ECS_VERSION, JSON_VERSION_KEY, SCHEMA_VERSION

_EVENT = {"kind": "asset", "category": ["host"], "type": ["info"], "module": ECS_OBJECT}
_ENDS = {"observer": {"type": "sensor", "vendor": ECS_OBJECT}, "ecs": {"version": ECS_VERSION}}
_PLACES = {
    kind: {one.name: one.ecs.split(".") for one in keys_of(kind) if one.ecs}
    for kind in (Host, Device, DeviceRecord)
}
_LISTS = ("ip", "mac")
"""Names of ECS whose values are lists."""


def ecs_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The documents of JSON records, each on a line."""
    return (f"{json.dumps(document(one), separators=(',', ':'))}\n".encode("ascii") for one in records)


def document(record: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a host or a device."""
    is_device = record["event"] == DeviceRecord.event
    event = {**_EVENT, "dataset": f"{ECS_OBJECT}.{record['event']}"}
    found: dict[str, Any] = {"@timestamp": record["last_seen"], "event": event, "host": {}}
    if ips := [one["ip"] for one in record.get("addresses", ())]:
        found["host"]["ip"] = ips
    own = _placed(record, DeviceRecord if is_device else Host, found)
    if is_device:
        system = _system(record["system"], record["version"])
    else:
        system = _system(record["family"], record["flavor"], is_whole=True)
        said = {**(own.pop("device") or {}), "mac_local": own.pop("mac_local")}
        said = {name: value for name, value in _placed(said, Device, found).items() if value is not None}
        own |= {"device": said} if said else {}
    found["host"] |= {"os": system} if system else {}
    if record.get("uptime_reliable"):
        found["host"]["uptime"] = 60 * record["uptime_minutes"]
    return {**found, ECS_OBJECT: {**own, JSON_VERSION_KEY: SCHEMA_VERSION}, **_ENDS}


def _placed(record: Mapping[str, Any], kind: type, found: dict[str, Any]) -> dict[str, Any]:
    """Add the known values of an object to a document, by their names in ECS; returns the other ones."""
    own = {}
    for name, value in record.items():
        *objects, last = _PLACES[kind].get(name, [ECS_OBJECT])
        if not objects or objects == ["event"]:
            own[name] = value
        if not objects or value is None:
            continue
        place = found
        for one in objects:
            place = place.setdefault(one, {})
        text = value.replace(":", "-").upper() if last == "mac" else value
        place[last] = [text] if last in _LISTS else text
    return own


def _system(name: str | None, version: str | None, *, is_whole: bool = False) -> dict[str, Any]:
    """The object of a system; `is_whole`: with its whole name. Empty for an unknown one."""
    if not name:
        return {}
    full = label_text(name, version or "") if is_whole else None
    found = {"name": name, "version": version or None, "full": full, "type": ECS_OS_TYPES.get(name)}
    return {key: value for key, value in found.items() if value is not None}
