"""Names that the core gives to its numbers: events, drops, tunnels, reasons."""

from __future__ import annotations

from collections.abc import Callable

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData


def _names(name: Callable[[int], CData], numbers: range) -> tuple[str, ...]:
    return tuple(ffi.string(name(number)).decode("ascii") for number in numbers)


EVENTS = _names(lib.hg_event_name, range(lib.HG_EVENT_KINDS))
"""Kinds of events, by their numbers in the column ``event``."""

PROTOCOLS = _names(lib.hg_protocol_name, range(lib.HG_PROTOCOLS))
"""What can be read, by its bits in ``hg_config.protocols``."""

QUIET_PROTOCOLS = tuple(name for number, name in enumerate(PROTOCOLS) if lib.HG_QUIET_PROTOCOLS >> number & 1)
"""Those whose events are written only on request: packets are many, and say little."""

EVENT_PROTOCOLS = tuple(name for name in PROTOCOLS if name not in QUIET_PROTOCOLS)
"""What is read unless protocols are named."""

DROPS = _names(lib.hg_drop_name, range(lib.HG_DROP_NONE + 1, lib.HG_DROP_KINDS))
"""Reasons for which a packet is not analysed, by their numbers from 1."""

TUNNELS = dict(
    enumerate(_names(lib.hg_tunnel_name, range(lib.HG_TUNNEL_NONE + 1, lib.HG_TUNNEL_KINDS)), start=1)
)
"""Tunnels, by their numbers in the column ``tunnel``."""

REASONS = _names(lib.hg_reason_name, range(lib.HG_REASON_KINDS))
"""Why another system may use an address than before, by their bits in the column ``reasons``."""

NO_SIGNATURE: int = lib.HG_NO_SIGNATURE
"""Stands for "none" in the columns ``signature`` and ``link``."""
