"""Host records as documents of the Elastic Common Schema (ECS), one per host."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.hosts import Host
from sigcompiler.schema.rows import ECS_OBJECT, ECS_OS_TYPES, ECS_VERSION, SCHEMA_VERSION

_ELSEWHERE = ("event", "ip", "mac", "mac_local", "host_name", "device")
"""Keys of the record that have other places in the document."""
_OF_ECS = ("manufacturer", "model")
"""Keys of the device that have names in ECS."""


def documents(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Convert pieces of JSON lines, one record per line, to documents."""
    for piece in pieces:
        lines = (
            json.dumps(_document(json.loads(line)), separators=(",", ":")) for line in piece.splitlines()
        )
        yield "".join(f"{line}\n" for line in lines).encode("ascii")


def _document(host: dict[str, Any]) -> dict[str, Any]:
    device = host["device"] or {}
    own = {"event": Host.event} | {key: value for key, value in host.items() if key not in _ELSEWHERE}
    own_device = {key: value for key, value in device.items() if key not in _OF_ECS}
    if own_device := without_nulls(own_device | {"mac_local": host["mac_local"]}):
        own["device"] = own_device
    return _asset(host, _host(host), device, own)


def device_document(one: dict[str, Any]) -> dict[str, Any]:
    """The ECS document of a device."""
    system = one["system"] and {
        "name": one["system"],
        "version": one["version"] or None,
        "type": ECS_OS_TYPES.get(one["system"]),
    }
    mac = one["mac"]
    host = {
        "ip": [address["ip"] for address in one["addresses"]] or None,
        "mac": mac and [_mac(mac)],
        "hostname": one["host_name"],
        "os": system and without_nulls(system),
    }
    own = {key: value for key, value in one.items() if key not in ("mac", "host_name", *_OF_ECS)}
    return _asset(one, without_nulls(host), one, own)


def _asset(
    record: dict[str, Any], host: dict[str, Any], device: dict[str, Any], own: dict[str, Any]
) -> dict[str, Any]:
    model = without_nulls({"name": device.get("model")})
    document = {
        "@timestamp": record["last_seen"],
        "event": {
            "kind": "asset",
            "category": ["host"],
            "type": ["info"],
            "module": ECS_OBJECT,
            "dataset": f"{ECS_OBJECT}.{record['event']}",
            "start": record["first_seen"],
            "end": record["last_seen"],
        },
        "host": host,
        "device": without_nulls({"manufacturer": device.get("manufacturer"), "model": model or None}) or None,
        ECS_OBJECT: own | {"schema_version": SCHEMA_VERSION},
        "observer": {"type": "sensor", "vendor": ECS_OBJECT},
        "ecs": {"version": ECS_VERSION},
    }
    return without_nulls(document)


def _host(host: dict[str, Any]) -> dict[str, Any]:
    mac, minutes, family = host["mac"], host["uptime_minutes"], host["family"]
    system = family and {
        "name": family,
        "version": host["flavor"] or None,
        "full": label_text(family, host["flavor"]),
        "type": ECS_OS_TYPES.get(family),
    }
    return without_nulls(
        {
            "ip": host["ip"] and [host["ip"]],
            "mac": mac and [_mac(mac)],
            "hostname": host["host_name"],
            "os": system and without_nulls(system),
            "uptime": 60 * minutes if host["uptime_reliable"] else None,
        }
    )


def _mac(mac: str) -> str:
    return mac.replace(":", "-").upper()


def without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    """The values without nulls."""
    return {key: value for key, value in values.items() if value is not None}
