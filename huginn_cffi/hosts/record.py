"""What is known of one address, as an inventory tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from huginn_cffi.hosts.verdicts import HostVerdict, verdict_of
from huginn_cffi.pickled import by_names


@by_names
@dataclass(frozen=True, slots=True)
class Sighting:
    """One name under which an address was seen."""

    kind: str
    """``system tool tls_client http_client http_server``."""
    name: str
    flavor: str
    role: str
    """Of the address in these connections: ``client`` or ``server``."""
    first_seen: int
    last_seen: int
    """In ns since 1970."""
    packets: int
    """Messages or handshakes that had this name."""
    confidence: float | None
    """0.0 to 1.0: how often such a name of a system is right; None where that was not measured."""


@by_names
@dataclass(frozen=True, slots=True)
class PortUse:
    """A port that an address answered from (``server``), or spoke to (``client``)."""

    role: str
    port: int
    last_seen: int
    """In ns since 1970, whole seconds."""
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """A row of p0f's: ``host_change`` where something else speaks, ``ip_sharing`` when that is often."""

    time: int
    """In ns since 1970."""
    kind: str
    role: str
    """Of the address in what changed: ``client`` or ``server``."""
    reasons: tuple[str, ...]
    """p0f's words; of ``ip_sharing`` those of all changes since the one before it."""
    raw_hits: tuple[int, ...]
    """Of the latest 32 scores of the role, how many are 6 or more, 3 or more, 2 or more, and 1 or more."""


@dataclass(frozen=True, slots=True)
class HostRecord:
    """All that is known of an address. Times are ns since 1970."""

    ip: str
    first_seen: int
    last_seen: int
    syns: int
    """Sent by its own stack, not by tools."""
    syn_acks: int
    connections: int
    """SYNs (but those sent again) and SYN+ACKs that it sent, those of tools too."""
    quality: int
    """How its system was named last, as p0f tells it: bits, 1 fuzzy, 2 generic."""
    dishonest: int
    """Its last message of HTTP: 1 names another system than its SYN, 2 another program than it is."""
    language: str | None
    """Of its last request that named one, in English."""
    link: str | None
    mtu: int | None
    distance: int | None
    """Hops, of its latest handshake."""
    uptime_minutes: int | None
    """The latest reading of its clock, None where there was none; the next three belong to it."""
    uptime_modulo_days: int | None
    uptime_hz: float | None
    uptime_reliable: bool
    """False without a reading, and where something speaks against it."""
    uptime_points: int
    """Readings."""
    sightings: tuple[Sighting, ...]
    """In the order of appearance, at most 64."""
    ports: tuple[PortUse, ...]
    """The first ones, at most 16 as client and 16 as server."""
    contradictions: int
    """Hellos and requests that told another system than their SYN."""
    systems: int
    """At least as many systems speak from it; 0 where none is known."""
    witnesses: tuple[str, ...]
    """Why, in words."""
    last_change: int | None
    last_sharing: int | None
    host_change: int | None
    """When p0f would last have said so; the same of the next one."""
    ip_sharing: int | None
    changes: tuple[Change, ...]
    """The latest ones, at most four, the oldest first."""
    findings: tuple[str, ...]
    """Kinds of what is worth a look about this host alone."""
    verdict: HostVerdict
    """What all its packets together say."""

    @property
    def os(self) -> Sighting | None:
        """The system named last."""
        return _latest(self.sightings, "system")

    @property
    def http(self) -> Sighting | None:
        """The program of HTTP named last."""
        return _latest(self.sightings, "http_client", "http_server")


def record_of(values: Mapping[str, Any]) -> HostRecord:
    """The record with these values, as the core writes them."""
    known = {name: values[name] for name in _PLAIN}
    return HostRecord(
        **known,
        uptime_hz=values["exact_hz"],
        sightings=_joined(Sighting(**one) for one in values["sightings"]),
        ports=tuple(PortUse(**one) for one in values["ports"]),
        witnesses=tuple(values["witnesses"]),
        changes=tuple(
            Change(one["time"], one["kind"], one["role"], tuple(one["reasons"]), tuple(one["raw_hits"]))
            for one in values["change_list"]
        ),
        findings=tuple(values["findings"]),
        verdict=verdict_of(values),
    )


_MADE = ("uptime_hz", "sightings", "ports", "witnesses", "changes", "findings", "verdict")
_PLAIN = tuple(one.name for one in fields(HostRecord) if one.name not in _MADE)


def _joined(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Those of one name as one: the core tells apart how sure they are."""
    found: dict[tuple[str, str, str, str], Sighting] = {}
    for one in sightings:
        key = (one.kind, one.name, one.flavor, one.role)
        known = found.get(key)
        found[key] = one if known is None else _together(known, one)
    return tuple(found.values())


def _together(one: Sighting, other: Sighting) -> Sighting:
    return replace(
        one,
        first_seen=min(one.first_seen, other.first_seen),
        last_seen=max(one.last_seen, other.last_seen),
        packets=one.packets + other.packets,
        confidence=max(one.confidence, other.confidence) if one.confidence and other.confidence else None,
    )


def _latest(sightings: tuple[Sighting, ...], *kinds: str) -> Sighting | None:
    named = [one for one in sightings if one.kind in kinds]
    return max(reversed(named), key=lambda one: one.last_seen, default=None)
