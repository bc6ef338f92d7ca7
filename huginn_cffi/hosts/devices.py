"""Devices as plain values, from an inventory or a store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.times import moment, parse_time, rfc3339
from huginn_cffi.base.unknown import unknown
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text, is_local_mac
from sigcompiler.schema.hosts import DEVICE_KEYS, DEVICE_ROLES
from sigcompiler.schema.hosts import DeviceRecord as Described

if TYPE_CHECKING:
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.hosts.network_cards import NetworkCards

COLUMNS = tuple(one.name for one in DEVICE_KEYS)
"""The columns of a table of devices, in this order."""

_TIMES = ("first_seen", "last_seen")
_ADDRESSES = COLUMNS.index("addresses")

SHOWN_DEVICES = 50
"""Most devices that a notebook shows."""

MOST_ADDRESSES = 256
"""Most addresses that the record of a device in a store lists."""


VersionTimes = Mapping[tuple[str, str, str], tuple[str, str, int]]
"""For devices, by site, MAC or address, and tunnel: system, version, and since when it was seen."""


class DeviceRecord(dict[str, Any]):
    """A device: its record of JSON, whose keys are also attributes.

    As attributes, times are `datetime`, and ints with ``_ns`` (since 1970).
    """

    def __getattr__(self, name: str) -> Any:
        key = name.removesuffix("_ns")
        if key not in self or (name != key and key not in _TIMES):
            raise unknown(self, name)
        if key not in _TIMES:
            return self[key]
        return parse_time(self[key]) if name != key else moment(parse_time(self[key]))

    def __dir__(self) -> list[str]:
        return [*dir(dict), "as_dict", "to_json", *self, *(f"{name}_ns" for name in _TIMES if name in self)]

    def as_dict(self) -> dict[str, Any]:
        """The record as plain values: the JSON of docs/reference/devices.md."""
        return {**self}

    def to_json(self) -> str:
        """The record as one line of JSON, as ``huginn devices --format json`` writes it."""
        return json.dumps(self, separators=(",", ":"))


class Devices(list[DeviceRecord]):
    """Records of devices; a notebook shows them as a table."""

    def _repr_html_(self) -> str:
        from huginn_cffi.formats.html import table

        heads = ("mac", "addresses", "device", "last seen")
        rows = (
            (one["mac"] or "", ", ".join(texts(one)[_ADDRESSES]), _device(one), one["last_seen"])
            for one in self
        )
        return table(f"{len(self)} devices", heads, islice(rows, SHOWN_DEVICES))


def devices_of(inventory: Inventory) -> Iterator[DeviceRecord]:
    """All devices."""
    for piece in inventory.written_devices("json"):
        yield from map(partial(json.loads, object_hook=DeviceRecord), piece.splitlines())


def row(one: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a row in a table; times are ns since 1970."""
    timed = _timed(one)
    return tuple(timed[key.name] for key in DEVICE_KEYS)


def _timed(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one,
        **{name: parse_time(one[name]) for name in _TIMES},
        **{name: [*map(_timed, one[name])] for name in ("addresses", "evidence") if one.get(name)},
    }


def texts(one: Mapping[str, Any]) -> tuple[Any, ...]:
    """The cells of a row of CSV."""
    cells = {**one, "confidence": one["confidence"]["type"]}
    cells["addresses"] = [address["ip"] for address in one["addresses"]]
    cells["evidence"] = [f"{said['source']}: {_device(said)}" for said in one["evidence"]]
    return tuple(cells[key.name] for key in DEVICE_KEYS)


def _device(record: Mapping[str, Any]) -> str:
    return device_text(*(record[name] for name in DEVICE_VALUES))


def ages(one: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """Of the version of a device: the end of support, and how many days it was behind when last seen."""
    from sigcompiler.claims.support import days_behind, support_end

    system, version = one["system"] or "", one["version"] or ""
    return support_end(system, version), days_behind(system, version, one["last_seen"][:10])


def version_since(one: Mapping[str, Any], times: VersionTimes) -> str:
    """Since when the version of a device of a store was seen; `times` are those of the store."""
    of = one["mac"] or one["behind"] or one["addresses"][0]["ip"]
    shown = one["system"] or "", one["version"] or ""
    found = (since_of(times, one["site"], of, within, *shown) for within in ("", *one["segments"]))
    return min(filter(None, found), default="")


def since_of(times: VersionTimes, site: str, of: str, segment: str, system: str, version: str) -> str:
    """Since when the device with this MAC or address was seen with a version; empty if that is not known."""
    *shown, since = times.get((site, of, segment), ("", "", 0))
    return rfc3339(since) if version and shown == [system, version] else ""


def stored_devices(hosts: Iterable[Mapping[str, Any]], cards: NetworkCards) -> Iterator[dict[str, Any]]:
    """Devices from rows of a store: a MAC at a site is one device, unless the rows exclude it.

    A store has neither evidence nor ports.
    """
    groups, holders = _Groups(list), defaultdict[tuple[str, ...], list[Mapping[str, Any]]](list)
    for host in hosts:
        groups[_key(host)].append(host)
        if host["ip"] and host["mac"]:
            holders[host["site"], host["ip"], host["tunnel"] or ""].append(host)
        if host["claimed_by"]:
            _add_claim(groups, host)
    shared = {
        id(one) for some in holders.values() for one in some if any(_are_rivals(one, of) for of in some)
    }
    for device in (_stored(some, shared) for rows in groups.values() for some in _machines(rows)):
        cpe = cpe_name(device["system"] or "", device["version"] or "")
        yield device | {"network_card": cards.maker(device["mac"]), "cpe": cpe}


def ordered_devices(
    hosts: Iterable[Mapping[str, Any]], claimed: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """As `stored_devices` without cards, for hosts ordered by `_key`; only those `claimed` are kept."""
    claims = _Groups(list)
    for host in claimed:
        _add_claim(claims, host)
    for key, some in groupby(hosts, _key):
        yield from map(_stored, _machines([*some, *claims.pop(key, ())]))
    yield from map(_stored, claims.values())


_Groups = defaultdict[tuple[str, ...], list[Mapping[str, Any]]]


BY_DEVICE = "site, CASE WHEN behind THEN ip ELSE coalesce(mac, ip) END, tunnel"
"""The order of hosts for `ordered_devices`."""


def _key(host: Mapping[str, Any]) -> tuple[str, ...]:
    mac = None if host["behind"] else host["mac"]
    within = (host["tunnel"] or "") if mac is None or virtual_of(mac) else ""
    return host["site"], mac or host["ip"], within


def _machines(rows: list[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """The rows of a MAC by machine: all segments, but for those that show something else at the same time."""
    segments = defaultdict[str, list[Mapping[str, Any]]](list)
    for row in rows:
        segments[row["tunnel"] or ""].append(row)
    one: list[Mapping[str, Any]] = []
    for some in segments.values():
        if any(_exclude(first, other) for first in one for other in some):
            yield some
        else:
            one += some
    yield one


def _exclude(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    overlap = one["first_seen"] <= other["last_seen"] and other["first_seen"] <= one["last_seen"]
    both = ((one[name], other[name]) for name in ("device_type", "family"))
    return overlap and any(mine and yours and mine != yours for mine, yours in both)


def _are_rivals(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two stations used an address at once."""
    overlap = one["first_seen"] <= other["last_seen"] and other["first_seen"] <= one["last_seen"]
    return bool(overlap and one["mac"] != other["mac"])


def _add_claim(groups: _Groups, host: Mapping[str, Any]) -> None:
    """Add an address to the device that claims it."""
    same = ("site", "ip", "tunnel", "local", "first_seen", "last_seen")
    claim = {**dict.fromkeys(host), **{name: host[name] for name in same}, "mac": host["claimed_by"]}
    groups[_key(claim)].append(claim)


def _addresses(rows: Iterable[Mapping[str, Any]], shared: Container[int]) -> list[dict[str, Any]]:
    """Each address once."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["ip"] is None:
            continue
        one = found.setdefault(row["ip"], {name: row[name] for name in ("ip", "first_seen", "last_seen")})
        one["first_seen"] = min(one["first_seen"], row["first_seen"])
        one["last_seen"] = max(one["last_seen"], row["last_seen"])
        one["disputed"] = one.get("disputed", False) or bool(row["claimed_by"]) or row["confidence"] is None
        one["disputed"] |= id(row) in shared
    return [*found.values()]


_ANNOUNCED = (*(f"device_{name}" for name in DEVICE_VALUES),)
PROGRAMS = ("tls_clients", "http_clients", "http_servers")
OF_DEVICES = (
    *("site", "ip", "tunnel", "mac", "claimed_by", "related", "behind", "local", "role", "host_name"),
    *(*PROGRAMS, "family", "flavor", "confidence", "version_confidence", "first_seen", "last_seen"),
    *_ANNOUNCED,
)
"""Columns of the hosts of a store from which devices are made."""


def _stored(rows: list[Mapping[str, Any]], shared: Container[int] = ()) -> dict[str, Any]:
    """A device; rows without a confidence are addresses that its MAC only claims."""
    members = [one for one in rows if one["confidence"] is not None] or rows
    best = members[0]
    if len(members) > 1:
        best = max(members, key=lambda one: (any(map(one.get, _ANNOUNCED)), one["confidence"] or 0))
    mac, behind = (None, best["mac"]) if best["behind"] else (best["mac"], None)
    by_stack = best["device_system"] is None and best["family"] is not None
    programs = programs_of(one[name] for one in members for name in PROGRAMS)
    virtual = None if mac is None else virtual_of(mac)
    addresses, segments = _addresses(rows, shared), dict.fromkeys(one["tunnel"] for one in rows)
    found = {
        "mac": mac,
        "behind": behind,
        "related": programs_of(one["related"] for one in members),
        "mac_local": None if mac is None else is_local_mac(mac),
        "host_name": next((one["host_name"] for one in (best, *members) if one["host_name"]), None),
        "virtual": virtual,
        "segments": [] if segments == {None: None} else [one or "untagged" for one in segments],
        "role": next((role for role in DEVICE_ROLES if any(one["role"] == role for one in members)), None),
        "local": any(one["local"] for one in rows),
        "addresses": addresses[:MOST_ADDRESSES],
        "address_count": len(addresses),
        "tentative": [],
        "sends_for": None,
        **{name: best[f"device_{name}"] for name in DEVICE_VALUES},
        "types": [],
        "confidence": {
            **dict.fromkeys(DEVICE_VALUES),
            "system": best["confidence"] if by_stack else None,
            "version": best["version_confidence"] if by_stack else None,
        },
        "evidence": [],
        "programs": programs,
        "client_ports": [],
        "server_ports": [],
        "first_seen": min(one["first_seen"] for one in members),
        "last_seen": max(one["last_seen"] for one in members),
    }
    if by_stack:  # an announced version is the firmware's
        found["system"], found["version"] = best["family"], best["flavor"]
    return {"event": Described.event, "site": best["site"], **found}


def programs_of(lists: Iterable[str | None]) -> list[str]:
    """The names in lists of programs, each once."""
    return [*dict.fromkeys(name for some in lists if some for name in some.split(" | "))]


def cpe_name(system: str, version: str) -> str | None:
    """The CPE 2.3 name; None if the version is not exact."""
    name, exact, out = system.encode(), version.encode(), ffi.new("char[]", lib.HG_CPE_BYTES)
    length = lib.hg_cpe_name(name, len(name), exact, len(exact), out)
    return str(ffi.buffer(out, length)[:], "ascii") or None


@lru_cache(maxsize=1 << 12)
def virtual_of(mac: str) -> str | None:
    """The protocol whose virtual routers share this MAC; None if it is not such a MAC."""
    found = lib.hg_mac_virtual(bytes.fromhex(mac.replace(":", "")))
    return None if found == ffi.NULL else str(ffi.string(found), "ascii")
