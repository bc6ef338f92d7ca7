"""Names of the core's enum values: events, drops, tunnels, reasons."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.kinds import EventName as EventName
from huginn_cffi.base.kinds import ProtocolName as ProtocolName


def _names(name: Callable[[int], CData], numbers: range) -> tuple[Any, ...]:
    return tuple(ffi.string(name(number)).decode("ascii") for number in numbers)


EVENTS: tuple[EventName, ...] = _names(lib.hg_event_name, range(lib.HG_EVENT_KINDS))
"""Kinds of events, by their numbers in the column ``event``."""

EXPLAINED: tuple[EventName, ...] = ("syn", "syn_ack", "tls_client", "http_request", "http_response")
"""Events whose names `huginn explain` explains field by field."""

PROTOCOLS: tuple[ProtocolName, ...] = _names(lib.hg_protocol_name, range(lib.HG_PROTOCOLS))
"""Protocols that can be read, by their bits in ``hg_config.protocols``."""

QUIET_PROTOCOLS = tuple(name for number, name in enumerate(PROTOCOLS) if lib.HG_QUIET_PROTOCOLS >> number & 1)
"""Protocols whose events are written only on request: they have many packets with little information."""

EVENT_PROTOCOLS = tuple(name for name in PROTOCOLS if name not in QUIET_PROTOCOLS)
"""Protocols read by default."""

DROPS: tuple[str, ...] = _names(lib.hg_drop_name, range(lib.HG_DROP_NONE + 1, lib.HG_DROP_KINDS))
"""Reasons for which a packet is not analysed, by their numbers from 1."""

ANOMALIES: tuple[str, ...] = _names(lib.hg_anomaly_name, range(lib.HG_ANOMALY_KINDS))
"""Reasons why the receiver of a TCP segment may refuse it, by their numbers."""

TUNNELS: dict[int, str] = dict(
    enumerate(_names(lib.hg_tunnel_name, range(lib.HG_TUNNEL_NONE + 1, lib.HG_TUNNEL_KINDS)), start=1)
)
"""Tunnels, by their numbers in the column ``tunnel``."""

REASONS: tuple[str, ...] = _names(lib.hg_reason_name, range(lib.HG_REASON_KINDS))
"""Reasons why an address may have moved to another system, by their bits in the column ``reasons``."""

NO_SIGNATURE: int = lib.HG_NO_SIGNATURE
"""Stands for "none" in the columns ``signature`` and ``link``."""


def in_tunnel(within: str | None) -> bool:
    """Whether the value ``tunnel`` of a record is a tunnel; a VLAN or an interface is none."""
    return bool(within) and not str(within).startswith(("VLAN ", "interface "))


def tunnel_id(within: str) -> bytes:
    """An identity for the value ``tunnel`` of a record, with the layout of the core's ``hg_tunnel_id``."""
    if in_tunnel(within):
        from hashlib import sha256  # which loads libcrypto: 3 MB

        return sha256(within.encode()).digest() + bytes(lib.HG_TUNNEL_BYTES - 36) + b"\1\0\0\0"
    interface, outer, tag = re.findall(r"^(?:interface (\d+))?(?:, )?(?:VLAN (?:(\d+)\.)?(\d+))?$", within)[0]
    segment = int(interface or 0) << 24 | int(outer or 0) << 12 | int(tag or 0)
    return bytes(32) + segment.to_bytes(8, sys.byteorder) + bytes(lib.HG_TUNNEL_BYTES - 40)


ANY = "any"
"""On Linux: all interfaces at once."""
_NUMBERED = re.compile(
    rb'((?:"(?:segment|tunnel)":"|^  (?:Segment: |In:     )|\A)interface )(\d+)', re.MULTILINE
)
"""In JSON and text, or a cell of a table; in a value of a packet, the quotes would be escaped."""


_SEGMENTS, _ELEMENT = re.compile(rb'"segments":\["[^\]]*'), re.compile(rb'("interface )(\d+)')
"""The list of a device's segments, and an interface in it."""
_INGRESS = re.compile(
    rb'("segment":"interface (?!\d+[",])((?:[^"\\]|\\.)+?)(?:, VLAN [^"]*)?"'
    rb'[^\n]*"(?:in_iface|ingress":\{"interface":\{"name)":")any"'
)
"""In a record of EVE or ECS that names its segment."""


def with_interface_names(records: bytes) -> bytes:
    """Records or a segment of `ANY`, with the names of interfaces that exist instead of their indices."""
    listed = _SEGMENTS.sub(lambda found: _ELEMENT.sub(_named, found[0]), records)
    return _INGRESS.sub(rb'\1\2"', _NUMBERED.sub(_named, listed))


def _named(found: re.Match[bytes]) -> bytes:
    import json  # only live captures need it
    import socket

    try:
        name = socket.if_indextoname(int(found[2]))
    except (OSError, OverflowError):  # it was removed
        return found[0]
    return found[1] + json.dumps(name)[1:-1].encode()
