"""The record of one address in an inventory."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from huginn_cffi.base.times import rfc3339
from huginn_cffi.hosts import objects

# `typing.get_type_hints` finds the types of a record here.
from huginn_cffi.hosts.objects import *  # noqa: F403
from huginn_cffi.hosts.objects import Host, Sighting
from sigcompiler.claims.flavors import family_names, label_text
from sigcompiler.schema.hosts import KEYS, OBJECTS
from sigcompiler.schema.objects import LISTS, Key, keys_of


@dataclass(frozen=True, slots=True)
class HostRecord(Host):
    """Everything known about an address, with the conclusion from all its packets. `str()` gives one line.

    The attributes are the keys of JSON (docs/reference/hosts.md), with ``_ns`` its times in ns since 1970.
    """

    @property
    def name(self) -> str:
        """The address, with its tunnel if it is in one; or the MAC of a device without an address."""
        return f"{self.ip} in {self.tunnel}" if self.tunnel else self.ip or self.mac or ""

    @property
    def system(self) -> str | None:
        """The system as texts show it, such as "Linux 4.19-6.15"; ``None``: not known."""
        return None if self.family is None else label_text(self.family, self.flavor or "")

    @property
    def os(self) -> Sighting | None:
        """The system with the latest packet."""
        return _latest(self.sightings, "system")

    @property
    def http(self) -> Sighting | None:
        """The HTTP program with the latest packet."""
        return _latest(self.sightings, "http_client", "http_server")

    def as_dict(self) -> dict[str, Any]:
        """The record as plain values: the JSON of docs/reference/hosts.md."""
        return {"event": Host.event, **_plain(self, KEYS)}

    def to_json(self) -> str:
        """The record as one line of JSON, as ``huginn hosts --format json`` writes it."""
        return json.dumps(self.as_dict(), separators=(",", ":"))

    def __str__(self) -> str:
        """``192.0.2.1: Linux 4.19-6.15 (99 %)``."""
        if self.family is None:
            return f"{self.name}: unknown"
        sure = confidence_text(self.family, self.confidence)
        return f"{self.name}: {self.system} ({sure})"


def record_of(values: dict[str, Any]) -> HostRecord:
    """The record from values as the core writes them."""
    known = {**values, "sightings": _joined(values["sightings"])}
    del known["event"]
    return _object(HostRecord, _MAKERS, known)


def rounded(value: float | None) -> float | None:
    """A share rounded to three digits, as the core writes it."""
    return None if value is None else int(value * 1000 + 0.5) / 1000


def _plain(record: object, keys: Iterable[Key]) -> dict[str, Any]:
    return {one.name: _plain_value(one, getattr(record, one.attribute)) for one in keys}


def _plain_value(one: Key, value: Any) -> object:
    """A value in the form that JSON has."""
    if value is None:
        return None
    if one.of is not None:
        keys = keys_of(one.of)
        return _plain(value, keys) if one.kind == "object" else [_plain(part, keys) for part in value]
    if one.kind == "time":
        return rfc3339(value)
    if one.kind in ("share", "rate"):
        return rounded(value)
    return [*value] if one.kind in LISTS else value


Kind = TypeVar("Kind")
Make = Callable[[Any], Any]
Makers = tuple[tuple[str, str, Make], ...]


def made(kind: Callable[..., Kind], values: dict[str, Any]) -> Kind:
    """The object of a record from values with the names of JSON."""
    return _object(kind, _makers(OBJECTS[kind.__name__]), values)


@cache
def _makers(kind: type) -> Makers:
    """For each value with another type or name in Python than in JSON: both names, and what makes it."""
    others = (one for one in keys_of(kind) if one.kind in (*LISTS, "time") or one.of is not None)
    return tuple((one.name, one.attribute, _maker(one)) for one in others)


def _maker(one: Key) -> Make:
    if one.of is None:
        return tuple if one.kind in LISTS else lambda value: value
    make = partial(_object, getattr(objects, one.of.__name__), _makers(one.of))
    if one.kind == "object":
        return lambda values: None if values is None else make(values)
    return lambda some: tuple(map(make, some))


def _object(kind: Callable[..., Kind], makers: Makers, values: dict[str, Any]) -> Kind:
    known = {**values}
    for name, attribute, make in makers:
        known[attribute] = make(known.pop(name))
    return kind(**known)


_MAKERS = _makers(OBJECTS["Host"])


def _joined(sightings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge sightings with the same name: the core keeps their confidence."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in sightings:
        key = tuple(one[name] for name in ("kind", "name", "flavor", "role"))
        found[key] = _together(found[key], one) if key in found else one
    return [*found.values()]


def _together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    first, second = one["confidence"], other["confidence"]
    return {
        **one,
        "first_seen": min(one["first_seen"], other["first_seen"]),
        "last_seen": max(one["last_seen"], other["last_seen"]),
        "packets": one["packets"] + other["packets"],
        "confidence": max(first, second) if first and second else None,
    }


def _latest(sightings: tuple[Sighting, ...], *kinds: str) -> Sighting | None:
    named = [one for one in sightings if one.kind in kinds]
    return max(reversed(named), key=lambda one: one.last_seen_ns, default=None)


def percent(share: float) -> int:
    """The nearest percentage, rounded as in the core: 0 only for a share of 0, and 100 only for 1."""
    nearest = int(100 * share + 0.5)
    return min(max(nearest, 1), 99) if 0 < share < 1 else nearest


def confidence_text(family: str | None, confidence: float, versions: float | None = None) -> str:
    """``99 %, versions 97 %``, in the words of the core."""
    if family is None or not confidence:
        return ""
    text = f"{percent(confidence)} %"
    if is_of_several(family):
        return f"{text} that it is one of these two; the packets do not show which"
    return text if versions is None else f"{text}, versions {percent(versions)} %"


def is_of_several(family: str) -> bool:
    """Whether the name stands for several families, which send equal packets."""
    return len(family_names(family)) > 1


_MAC = re.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}")


def address_bytes(text: str) -> bytes:
    """An address as 4 or 16 bytes, a MAC as 6; `ValueError` for other texts."""
    if _MAC.fullmatch(text):
        return bytes.fromhex(text.replace(":", ""))
    try:
        return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)
    except OSError:
        raise ValueError(f"{text!r} is not an address") from None
