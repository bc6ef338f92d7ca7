"""Makes rows of the store from a host's record in the inventory."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.hosts.record import HostRecord, address_bytes
from sigcompiler.claims.flavors import label_text
from sigcompiler.claims.support import is_exact
from sigcompiler.schema.hosts import SCOPES, Device, Host
from sigcompiler.schema.objects import Column, Key, Update, keys_of

ROLES = ("client", "server")
BY_SEGMENTS = "segments"
"""Label kind of a conclusion without any handshake; others have the kind ``system``."""
NAME_BYTES = 200
"""Longer names are cut: untrusted input may supply them."""
DETAIL_CHARACTERS = 400
LIST_CHARACTERS = 800
VERSION = "version"
"""Label kind of the version of a device, as far as it is exact."""
RECOGNITION = "device_evidence"

TUNNEL_BYTES = 32
"""Bytes of the digest of a tunnel."""
IPV4_LENGTHS = (4, 4 + TUNNEL_BYTES)
"""Lengths in bytes of a key with an IPv4 address: alone, and followed by the digest of a tunnel."""
MAC_LENGTH = 8
"""Bytes of the key of a device without an address: ``ffff``, which begins no host's address, and its MAC."""
_BEFORE_MAC = b"\xff\xff"

Address = bytearray
"""sqlite3 looks for an adapter for each `bytes` and each None, which takes many times as long as binding a
number. For a `bytearray` it does not."""
LabelOf = Callable[[str, str, str], int]
"""Returns the id of a label, by kind, name and flavor."""
NONE = -1
"""Stands for NULL in a row. No column has such a value."""


def key_of(name: str, tunnel: str | None) -> bytes:
    """The key of a host: its address, followed by a digest of its tunnel if it is in one; or a MAC."""
    address = address_bytes(name)
    if len(address) == MAC_BYTES:
        return _BEFORE_MAC + address
    return address + (sha256(tunnel.encode()).digest() if tunnel else b"")


def address_of(addr: bytes) -> bytes:
    """The address of a key, or its MAC."""
    if len(addr) == MAC_LENGTH:
        return addr[len(_BEFORE_MAC) :]
    return addr[:4] if len(addr) in IPV4_LENGTHS else addr[:16]


def unpacked(addr: bytes) -> str:
    """The text of a key's address (RFC 5952) or MAC."""
    address = address_of(addr)
    if len(address) == MAC_BYTES:
        return address.hex(":")
    return socket.inet_ntop(socket.AF_INET if len(address) == 4 else socket.AF_INET6, address)


def in_order(hosts: Iterable[HostRecord]) -> list[tuple[bytes, HostRecord]]:
    """Hosts as `Upserts.write` takes them: sorted by their keys."""
    keys = ((key_of(one.ip or one.mac or "", one.tunnel), one) for one in hosts)
    return sorted(keys, key=itemgetter(0))


class Cell(NamedTuple):
    """A column of the table ``host``, and the function that takes its value from a record."""

    name: str
    type: str
    """SQL type."""
    update: Update
    value: Callable[[HostRecord, LabelOf], Any]


def _value_of(one: Key, column: Column) -> Callable[[HostRecord, LabelOf], Any]:
    get = attrgetter(one.attribute)
    if column.label:
        flavor_of = attrgetter(column.flavor) if column.flavor else lambda host: ""

        def label(host: HostRecord, label_of: LabelOf) -> int:
            name = get(host)
            kind = BY_SEGMENTS if column.label == "system" and _is_by_segments(host) else str(column.label)
            return label_of(kind, name, flavor_of(host)) if name else NONE

        return label
    if one.kind == "share":
        return lambda host, label_of: per_mille(get(host)) if get(host) else NONE
    if column.update == "count":
        return lambda host, label_of: get(host)
    if one.nullable or one.kind == "text":
        return lambda host, label_of: NONE if get(host) is None else get(host)
    return lambda host, label_of: int(get(host)) or NONE


def _is_by_segments(host: HostRecord) -> bool:
    """Whether the host's segments name it, and no handshake does."""
    agrees = any(one.source == "segments" and one.relation == "agrees" for one in host.evidence)
    return agrees and not any(seen.kind == "system" for seen in host.sightings)


def _device_scope(host: HostRecord, label_of: LabelOf) -> int:
    """The highest scope of the evidence for the device, as its index in `SCOPES`."""
    said = () if host.device is None else host.device.evidence
    return max((SCOPES.index(one.scope) for one in said if one.relation == "agrees"), default=NONE)


def _device_value(name: str) -> Callable[[HostRecord, LabelOf], Any]:
    def value(host: HostRecord, label_of: LabelOf) -> Any:
        found = None if host.device is None else getattr(host.device, name)
        return NONE if found is None else found

    return value


def _recognition(host: HostRecord, label_of: LabelOf) -> Any:
    """How the device was recognised: each kind of announcement, and what it shows."""
    values = attrgetter(*(one.name for one in keys_of(Device) if one.kind == "text"))
    said = () if host.device is None else host.device.evidence
    texts = (
        f"{one.source}: {', '.join(filter(None, values(one)))}" for one in said if one.relation == "agrees"
    )
    return "; ".join(texts)[:DETAIL_CHARACTERS] or NONE


OBJECTS = {
    "evidence": ("source", "name", "packets", "relation"),
    "ended": ("kind", "product", "ended", "confidence"),
}
"""Lists of objects, stored as JSON: an array with these values for each object."""


def _objects(key: str) -> Callable[[HostRecord, LabelOf], Any]:
    """As many objects as fit, without announcements, which a store erases earlier than the host."""
    get, values = attrgetter(key), attrgetter(*OBJECTS[key])

    def text(host: HostRecord, label_of: LabelOf) -> Any:
        kept = [values(one) for one in get(host) if getattr(one, "source", "") != "announcement"]
        while len(found := json.dumps(kept, separators=(",", ":"))) > LIST_CHARACTERS:
            kept.pop()
        return found if kept else NONE

    return text


def _joined(name: str) -> Callable[[HostRecord, LabelOf], Any]:
    get = attrgetter(name)
    return lambda host, label_of: " | ".join(get(host)) or NONE


def _cells() -> Iterator[Cell]:
    """All stored columns: keys of the schema of hosts, values of a device, and lists."""
    for one in keys_of(Host):
        if one.store is not None:
            kind = "count" if one.store.label else one.kind
            type_ = {"text": "TEXT", "rate": "REAL"}.get(kind, "INTEGER")
            yield Cell(one.store.name or one.name, type_, one.store.update, _value_of(one, one.store))
    for one in keys_of(Device):
        if one.kind == "text":
            yield Cell(f"device_{one.name}", "TEXT", "latest", _device_value(one.name))
    yield Cell(RECOGNITION, "TEXT", "latest", _recognition)
    yield Cell("device_scope", "INTEGER", "latest", _device_scope)
    for name in ("related", "findings"):
        yield Cell(name, "TEXT", "latest", _joined(name))
    for column in OBJECTS:
        yield Cell(column, "TEXT", "latest", _objects(column))


CELLS = tuple(sorted(_cells(), key=lambda one: one.update != "count"))
"""Counts, which are never NULL, come first."""

DEVICE_COLUMNS = (
    "mac",
    "claimed_by",
    "related",
    "role",
    "host_name",
    *(f"device_{one.name}" for one in keys_of(Device) if one.kind == "text"),
    RECOGNITION,
)
"""Columns with values that hosts announced."""


Place = tuple[int, Address, int]
"""Sensor, address and part of a host."""


def host_row(place: Place, run: int, holder: int, one: HostRecord, label_of: LabelOf) -> tuple[Any, ...]:
    """The values of `upserts.HOST`, in its order."""
    return (
        *place,
        run,
        holder,
        NONE,
        one.first_seen_ns,
        one.last_seen_ns,
        *[cell.value(one, label_of) for cell in CELLS],
    )


def system_rows(place: Place, one: HostRecord, label_of: LabelOf) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.SYSTEM`."""
    for seen in one.sightings:
        yield (
            *place,
            label_of(seen.kind, seen.name, seen.flavor),
            ROLES.index(seen.role),
            seen.first_seen_ns,
            seen.last_seen_ns,
            seen.packets,
            NONE if seen.confidence is None else per_mille(seen.confidence),
        )


def version_rows(place: Place, one: HostRecord, label_of: LabelOf) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.SYSTEM` for the exact version that a record shows, and since when it did."""
    device = one.device
    if device is not None and (device.system is not None or one.family is None):
        system, version = device.system or "", device.version or ""
        said = [each.first_seen_ns for each in device.evidence if each.version == version]
    else:
        system, version = one.family or "", one.flavor if one.version_confidence and one.flavor else ""
        named = [(each.name, each.first_seen_ns) for each in one.evidence if each.relation != "contradicts"]
        said = [at for name, at in named if at is not None and name == label_text(system, version)]
        said = said or [max((at for _, at in named if at is not None), default=one.last_seen_ns)]
    if said and is_exact(system, version):
        since = max(min(said), one.last_change_ns or 0)
        yield *place, label_of(VERSION, system, version), 0, since, one.last_seen_ns, 1, NONE


def port_rows(place: Place, one: HostRecord) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.PORT`."""
    for use in one.ports:
        yield *place, ROLES.index(use.role), use.port, use.last_seen_ns, use.count


def peer_rows(place: Place, one: HostRecord) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.PEER`."""
    for peer in one.peers:
        times = peer.first_seen_ns, peer.last_seen_ns
        at = peer.direction, peer.port, peer.ip, peer.protocol
        yield *place, *at, *times, peer.connections, peer.completed


def has_events(one: HostRecord) -> bool:
    """Whether there are `event_rows`."""
    return one.last_change_ns is not None or one.last_sharing_ns is not None


def event_rows(place: Place, one: HostRecord) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.EVENT`; an existing event is not written again."""
    named = one.os
    detail = "; ".join(one.witnesses)[:DETAIL_CHARACTERS]
    if one.last_change_ns is not None:
        reason = label_text(named.name, named.flavor) if named else ""
        yield *place, one.last_change_ns, "host_change", reason, detail
    if one.last_sharing_ns is not None:
        yield *place, one.last_sharing_ns, "ip_sharing", f"{one.systems} systems or more", detail


def per_mille(confidence: float) -> int:
    """A confidence in thousandths, rounded down so that less than 1.0 never becomes certainty."""
    return int(1000 * confidence)
