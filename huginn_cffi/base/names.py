"""Names of the core's enum values: events, drops, tunnels, reasons."""

from __future__ import annotations

from collections.abc import Callable

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData


def _names(name: Callable[[int], CData], numbers: range) -> tuple[str, ...]:
    return tuple(ffi.string(name(number)).decode("ascii") for number in numbers)


EVENTS = _names(lib.hg_event_name, range(lib.HG_EVENT_KINDS))
"""Kinds of events, by their numbers in the column ``event``."""

PROTOCOLS = _names(lib.hg_protocol_name, range(lib.HG_PROTOCOLS))
"""Protocols that can be read, by their bits in ``hg_config.protocols``."""

QUIET_PROTOCOLS = tuple(name for number, name in enumerate(PROTOCOLS) if lib.HG_QUIET_PROTOCOLS >> number & 1)
"""Protocols whose events are written only on request: they have many packets with little information."""

EVENT_PROTOCOLS = tuple(name for name in PROTOCOLS if name not in QUIET_PROTOCOLS)
"""Protocols read by default."""

DROPS = _names(lib.hg_drop_name, range(lib.HG_DROP_NONE + 1, lib.HG_DROP_KINDS))
"""Reasons for which a packet is not analysed, by their numbers from 1."""

TUNNELS = dict(
    enumerate(_names(lib.hg_tunnel_name, range(lib.HG_TUNNEL_NONE + 1, lib.HG_TUNNEL_KINDS)), start=1)
)
"""Tunnels, by their numbers in the column ``tunnel``."""

REASONS = _names(lib.hg_reason_name, range(lib.HG_REASON_KINDS))
"""Reasons why an address may have moved to another system, by their bits in the column ``reasons``."""

NO_SIGNATURE: int = lib.HG_NO_SIGNATURE
"""Stands for "none" in the columns ``signature`` and ``link``."""
