"""A filter as the core has it: compiled once, used by any number of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import FilterError, check
from huginn_cffi.filters.conditions import FilterConfig, Side, conditions_of

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.filters.conditions import Condition, Network

SIDES = {
    Side.EITHER: lib.HG_SIDE_EITHER,
    Side.SOURCE: lib.HG_SIDE_CLIENT,
    Side.DESTINATION: lib.HG_SIDE_SERVER,
}


def compile_filter(config: FilterConfig) -> CData | None:
    """An ``hg_filter *``, or ``None`` when everything passes.

    It lives as long as the result. A deny filter without conditions raises `FilterError`: it
    would leave nothing.
    """
    if not isinstance(config, FilterConfig):
        raise TypeError(f"filter must be a FilterConfig or None, not {type(config).__name__}")
    conditions = conditions_of(config)
    if not conditions:
        if config.mode == "deny":
            raise FilterError("a filter of mode 'deny' without conditions would deny everything; add one")
        return None
    return _compiled(conditions, deny=config.mode == "deny")


def _compiled(conditions: tuple[Condition, ...], *, deny: bool) -> CData:
    native = ffi.new("hg_condition[]", len(conditions))
    borrowed = [_fill(native[number], condition) for number, condition in enumerate(conditions)]
    out, error = ffi.new("hg_filter **"), ffi.new("hg_error *")
    check(lib.hg_filter_new(native, len(conditions), deny, out, error), error)
    del borrowed  # the core has its copy
    return ffi.gc(out[0], lib.hg_filter_free)


def _fill(native: CData, condition: Condition) -> CData:
    """Describe a condition; the result is what its pointer points to."""
    native.side = SIDES[condition.side]
    if condition.ports:
        ports = ffi.new("hg_port_range[]", list(condition.ports))
        native.ports, native.port_count = ports, len(condition.ports)
        return ports
    networks = ffi.from_buffer("hg_network[]", b"".join(map(_packed, condition.networks)))
    native.networks, native.network_count = networks, len(condition.networks)
    return networks


def _packed(network: Network) -> bytes:
    """An ``hg_network``: 16 bytes of address, the version, the prefix length."""
    address = network.network_address.packed.ljust(16, b"\0")
    return address + bytes((network.version, network.prefixlen))
