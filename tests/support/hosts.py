"""Hosts as the inventory tells of them, made by hand."""

from __future__ import annotations

from dataclasses import fields
from ipaddress import ip_address
from typing import Any

from huginn_cffi.hosts.record import HostRecord, PortUse, Sighting
from huginn_cffi.hosts.verdicts import HostVerdict

BEGAN = 1_700_000_000_000_000_000
SECOND = 10**9


def sighting(kind: str = "system", name: str = "Linux", flavor: str = "5.x", **others: Any) -> Sighting:
    values = {"role": "client", "first_seen": BEGAN, "last_seen": BEGAN, "packets": 1, "confidence": 0.9}
    return Sighting(kind, name, flavor, **{**values, **others})


def port(number: int = 443, role: str = "client", count: int = 1, last_seen: int = BEGAN) -> PortUse:
    return PortUse(role, number, last_seen, count)


def verdict(family: str = "Linux", flavor: str = "5.x", confidence: float = 0.9) -> HostVerdict:
    return HostVerdict("", family, flavor, (), confidence, (), (), 1, 0)


def host(ip: str | int = "192.0.2.1", verdict: HostVerdict = verdict(), **others: Any) -> HostRecord:  # noqa: B008
    """A host of one SYN, but for what is said otherwise."""
    values: dict[str, Any] = {
        **dict.fromkeys(one.name for one in fields(HostRecord)),
        **dict.fromkeys(("first_seen", "last_seen"), BEGAN),
        **dict.fromkeys(
            ("syn_acks", "quality", "dishonest", "uptime_points", "contradictions", "systems"), 0
        ),
        "ip": ip if isinstance(ip, str) else str(ip_address(ip)),
        "syns": 1,
        "connections": 1,
        "uptime_reliable": False,
        "sightings": (sighting(),),
        "ports": (),
        "witnesses": (),
        "changes": (),
        "findings": (),
        "verdict": verdict,
    }
    return HostRecord(**{**values, **others})
