"""Describes the device record, which `csrc/facts/write_records.c` writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sigcompiler.schema.hosts import DEVICE_ROLES, Announcement, DeviceConfidence
from sigcompiler.schema.objects import key, keys_of


@dataclass(frozen=True, slots=True)
class DeviceAddress:
    """An address that a device had, or claimed to have."""

    ip: str = key("text", "the address")
    first_seen: int = key("time", "when it was seen first")
    last_seen: int = key("time", "when it was seen last")
    disputed: bool = key("flag", "whether another MAC has it, or claims to have it")


@dataclass(frozen=True, slots=True)
class DeviceRecord:
    """A device: all addresses of a MAC that was seen on the link, or one address without a MAC."""

    event: ClassVar = "device"
    mac: str | None = key("text?", "its MAC; null if none was seen")
    mac_local: bool | None = key("flag?", "whether the MAC is locally administered, as private MACs are")
    host_name: str | None = key(
        "text?", "the latest name that it gave itself in announcements; with `--host-names`"
    )
    virtual: str | None = key(
        "text?", "the protocol whose virtual routers share the MAC", words=("vrrp", "hsrp", "glbp")
    )
    segment: str | None = key("text?", "its VLAN, or interface of the capture; null if it has none")
    role: str | None = key(
        *(
            "text?",
            "`gateway`: it announces itself as a router, is a virtual one, or forwards for many addresses; "
            "`dhcp-server`: it leased addresses; `dns-server`: it answers from port 53",
        ),
        words=DEVICE_ROLES,
    )
    local: bool = key("flag", "whether it is in a local network, or its MAC was seen on the link")
    addresses: tuple[DeviceAddress, ...] = key("objects", "its addresses, at most 256", of=DeviceAddress)
    address_count: int = key("count", "number of its addresses, also of those that are not listed")
    sends_for: int | None = key(
        *("count?", "local addresses without this MAC whose packets it sends; null in a store"),
    )
    type: str | None = key("text?", "such as `printer`")
    manufacturer: str | None = key("text?", "who made it")
    model: str | None = key("text?", "its model")
    system: str | None = key("text?", "the system that it announces, otherwise the one that its packets show")
    version: str | None = key("text?", "the version of the system, or of the firmware")
    confidence: DeviceConfidence = key("object", "the confidence of each value", of=DeviceConfidence)
    evidence: tuple[Announcement, ...] = key("objects", "the announcements behind them", of=Announcement)
    programs: tuple[str, ...] = key("texts", "its TLS and HTTP clients, and HTTP servers")
    client_ports: tuple[int, ...] = key("ports", "ports that it contacted")
    server_ports: tuple[int, ...] = key("ports", "ports that it answered from")
    first_seen: int = key("time", "when it was seen first")
    last_seen: int = key("time", "when it was seen last")
    network_card: str | None = key("text?", "maker of its network card, by an installed list of MAC prefixes")
    cpe: str | None = key("text?", "CPE 2.3 name of its system, if the version is exact")


KEYS = keys_of(DeviceRecord)
