"""Rows of the store from what the inventory knows of a host."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from huginn_cffi.names import label_text

if TYPE_CHECKING:
    from huginn_cffi.hosts.record import HostRecord, Sighting

ROLES = ("client", "server")
NAME_BYTES = 200
"""Longer names, which strangers may have chosen, are cut."""
DETAIL_CHARACTERS = 400

LabelOf = Callable[[str, str, str], int]
"""The number of a label, by kind, name and flavor."""


def packed(ip: str) -> bytes:
    """The 4 or 16 bytes of an address; `OSError` for what is none."""
    return socket.inet_pton(socket.AF_INET6 if ":" in ip else socket.AF_INET, ip)


def unpacked(addr: bytes) -> str:
    """The text of an address (RFC 5952)."""
    return socket.inet_ntop(socket.AF_INET if len(addr) == 4 else socket.AF_INET6, addr)


def host_row(sensor: int, addr: bytes, one: HostRecord, label_of: LabelOf) -> tuple[Any, ...]:
    """The values of `upserts.HOST`, in its order."""
    verdict = one.verdict
    known = verdict.confidence > 0
    return (
        *(sensor, addr, one.first_seen, one.last_seen, one.syns, one.syn_acks, one.connections),
        label_of("system", verdict.family, verdict.flavor) if known else None,
        per_mille(verdict.confidence) if known else None,
        *(one.systems or None, one.distance, one.mtu),
        label_of("link", one.link, "") if one.link else None,
        *(one.language, one.dishonest or None, one.contradictions or None),
        *(one.uptime_minutes, one.uptime_modulo_days, one.uptime_hz, one.uptime_reliable or None),
        *(one.uptime_points or None, one.last_change, one.last_sharing),
    )


def system_rows(
    sensor: int, addr: bytes, sightings: Sequence[Sighting], label_of: LabelOf
) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.SYSTEM`."""
    for one in sightings:
        yield (
            *(sensor, addr, label_of(one.kind, one.name, one.flavor or ""), ROLES.index(one.role)),
            *(one.first_seen, one.last_seen, one.packets, per_mille(one.confidence)),
        )


def port_rows(sensor: int, addr: bytes, one: HostRecord) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.PORT`: the last one is when the host was first seen."""
    for use in one.ports:
        yield sensor, addr, ROLES.index(use.role), use.port, use.last_seen, use.count, one.first_seen


def event_rows(sensor: int, addr: bytes, one: HostRecord) -> Iterator[tuple[Any, ...]]:
    """The values of `upserts.EVENT`; an event that is there already is not written again."""
    named = one.os
    detail = "; ".join(one.witnesses)[:DETAIL_CHARACTERS]
    if one.last_change is not None:
        reason = label_text(named.name, named.flavor) if named else ""
        yield sensor, addr, one.last_change, "host_change", reason, detail
    if one.last_sharing is not None:
        yield sensor, addr, one.last_sharing, "ip_sharing", f"{one.systems} systems or more", detail


def per_mille(confidence: float | None) -> int | None:
    """Never rounded up to certainty."""
    return None if confidence is None else int(1000 * confidence)
