"""Hosts as the inventory tells of them, made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from ipaddress import ip_address
from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import opened
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.objects import PortUse, Sighting
from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings

BEGAN = 1_700_000_000_000_000_000
SECOND = 10**9


def sighting(kind: str = "system", name: str = "Linux", flavor: str = "5.x", **others: Any) -> Sighting:
    values = {
        "role": "client",
        "first_seen_ns": BEGAN,
        "last_seen_ns": BEGAN,
        "packets": 1,
        "confidence": 0.9,
    }
    return Sighting(kind, name, flavor, **{**values, **others})


def port(number: int = 443, role: str = "client", count: int = 1, last_seen_ns: int = BEGAN) -> PortUse:
    return PortUse(role, number, last_seen_ns, count)


UNKNOWN: dict[str, Any] = {"family": None, "flavor": None, "confidence": 0.0}
"""Of a host that nothing names."""


def conclusion(family: str, flavor: str, confidence: float = 0.9) -> dict[str, Any]:
    """Of a host that something names."""
    return {"family": family, "flavor": flavor, "confidence": confidence}


def host(ip: str | int = "192.0.2.1", **others: Any) -> HostRecord:
    """A host of one SYN, but for what is said otherwise."""
    values: dict[str, Any] = {
        **dict.fromkeys(one.name for one in fields(HostRecord) if one.default is MISSING),
        **dict.fromkeys(("first_seen_ns", "last_seen_ns"), BEGAN),
        **dict.fromkeys(("syn_acks", "contradictions", "systems"), 0),
        **dict.fromkeys(
            ("candidates", "evidence", "tools", "witnesses", "clients", "servers", "services", "leases"), ()
        ),
        **dict.fromkeys(("client_ports", "server_ports", "changes", "related", "findings", "ended"), ()),
        "peers": (),
        "peers_left_out": 0,
        "ip": ip if isinstance(ip, str) else str(ip_address(ip)),
        "family": "Linux",
        "flavor": "5.x",
        "confidence": 0.9,
        "syns": 1,
        "connections": 1,
        "behind": False,
        "uptime_reliable": False,
        "local": False,
        "sightings": (sighting(),),
    }
    return HostRecord(**{**values, **others})


def source_of(records: Iterable[HostRecord]) -> Callable[[], Iterator[HostRecord]]:
    """A source of a store's writer that gives each of these once."""
    left = iter(records)
    return lambda: left


def with_changes(inventory: Inventory, capture: bytes, rows: int = 4096, **settings: Any) -> Iterator[Batch]:
    """The batches of a capture; the inventory takes them, and its changes are inserted."""
    run = Run(Settings(**settings), inventory._database)
    inventory.report_to(run._run.handle, inventory._database)
    with opened(lib.hg_source_open_memory, ffi.from_buffer(capture), len(capture)) as source:
        yield from run.batches(source, "x", capacity=rows, max_packets=1 << 20, stop=lambda: False)
