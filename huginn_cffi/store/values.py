"""Converts rows of the view ``hosts`` to the keys and types of records: lists, flags, objects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from huginn_cffi.hosts.record import DEVICE_VALUES, is_local_mac
from huginn_cffi.store.opening import columns_of_hosts
from huginn_cffi.store.rows import OBJECTS
from sigcompiler.schema.hosts import KEYS as HOST_KEYS
from sigcompiler.schema.hosts import Device, Host
from sigcompiler.schema.objects import LISTS, Key, Kind, keys_of

COLUMNS = tuple(name for name in columns_of_hosts() if name != "addr")
"""Columns of the view without the address bytes."""

_OWN: dict[str, Kind] = {
    **dict.fromkeys(("tls_clients", "http_clients", "http_servers"), "texts"),
    "site": "text",
    "sensors": "count",
}
_KNOWN = {one.name: one for one in keys_of(Host)}
_KNOWN |= {f"device_{one.name}": one for one in keys_of(Device) if one.kind == "text"}
KEYS = tuple(
    _KNOWN[name]._replace(name=name)
    if name in _KNOWN
    else Key(name, _OWN[name], "", "", True, (), None, None, False)
    for name in COLUMNS
)
"""Schema keys of the columns, with their kinds."""
_TYPES: dict[Kind, tuple[type, ...]] = {"text": (str,), "count": (int,), "share": (int, float)}


def values_of(row: Sequence[Any]) -> dict[str, Any]:
    """The values of a row; `ValueError` for values that huginn never writes."""
    return {one.name: _value(one, cell) for one, cell in zip(KEYS, row, strict=True)}


def _value(key: Key, cell: Any) -> Any:
    if key.kind == "flag":
        return bool(cell)
    if key.kind == "objects":
        return _objects(key, cell)
    if key.kind in LISTS:
        texts = cell.split(" | ") if cell else []
        return [*map(int, texts)] if key.kind == "ports" else texts
    return cell


def _objects(key: Key, text: str | None) -> list[dict[str, Any]]:
    """The objects of a list; a store keeps only some of their values."""
    assert key.of is not None
    keys = {one.name: one for one in keys_of(key.of)}
    empty = {name: _empty(one) for name, one in keys.items()}
    try:
        rows = [dict(zip(OBJECTS[key.name], row, strict=True)) for row in json.loads(text or "[]")]
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    for name, value in (item for row in rows for item in row.items()):
        if not (isinstance(value, _TYPES[keys[name].kind]) or (value is None and keys[name].nullable)):
            raise ValueError(f"{name} is {value!r}")
    return [{**empty, **row} for row in rows]


def _empty(key: Key) -> Any:
    if key.nullable:
        return None
    return [] if key.kind in LISTS else "" if key.kind == "text" else 0


_EMPTY = {one.name: _empty(one) for one in HOST_KEYS}


def record(host: dict[str, Any]) -> dict[str, Any]:
    """A host as in the JSON of `huginn hosts`; values that a store does not keep are null or empty."""
    device = {name: host[f"device_{name}"] for name in DEVICE_VALUES}
    confidence = dict.fromkeys(DEVICE_VALUES)
    return {
        "event": Host.event,
        **_EMPTY,
        **{name: host[name] for name in _EMPTY if host.get(name) is not None},
        "uptime_reliable": False,
        "mac_local": host["mac"] and is_local_mac(host["mac"]),
        "device": {**device, "confidence": confidence, "evidence": []} if any(device.values()) else None,
        "clients": [*dict.fromkeys((*host["tls_clients"], *host["http_clients"]))],
        "servers": host["http_servers"],
    }
