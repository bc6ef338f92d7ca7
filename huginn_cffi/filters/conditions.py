"""Which conversations are analysed: conditions on ports and addresses.

FilterConfig(port=PortFilter(dst=443), subnet=SubnetFilter(src="10.0.0.0/8"))

The source is the client of a conversation and the destination its server, whichever of them sent a packet.
All classes are immutable.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any, Literal, NamedTuple, ParamSpec, TypeAlias, get_args

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import FilterError
from huginn_cffi.base.handles import CData, made
from huginn_cffi.base.unknown import options

Parameters = ParamSpec("Parameters")
Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
Ports: TypeAlias = int | Iterable[int | range] | None
"""One or several ports of an end; without any, every port passes. `Addresses` and `Networks` likewise."""
Addresses: TypeAlias = str | Address | Iterable[str | Address] | None
Networks: TypeAlias = str | Network | Iterable[str | Network] | None

HIGHEST_PORT = 65535

SHOWN = 60
"""Most characters of a wrong value that a message repeats."""
Mode: TypeAlias = Literal["allow", "deny"]
"""Whether a filter chooses the conversations that pass, or those that do not."""
MODES: tuple[Mode, ...] = get_args(Mode)


class Side(Enum):
    """The end of a conversation to which a condition applies."""

    EITHER = lib.HG_SIDE_EITHER
    SOURCE = lib.HG_SIDE_CLIENT
    DESTINATION = lib.HG_SIDE_SERVER


class PortRange(NamedTuple):
    """Ports from `first` to `last`, both included."""

    first: int
    last: int


class Condition(NamedTuple):
    """A condition for the core: the end `side` has one of the ports, or lies in one of the networks."""

    side: Side
    ports: tuple[PortRange, ...] = ()
    networks: tuple[Network, ...] = ()


def _with_ends(init: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """`init`, which says of values without an end what is missing."""

    @wraps(init)
    def checked(*values: Parameters.args, **ends: Parameters.kwargs) -> None:
        filter_, *wrong = values
        if wrong:
            given = f"{type(filter_).__name__}(any={wrong[0]!r})"
            raise TypeError(f"name the end, src, dst or any, such as {given}")
        init(*values, **ends)

    return checked


@dataclass(frozen=True, slots=True, init=False)
class PortFilter:
    """Ports of the source (`src`, the client), the destination (`dst`, the server), or either end (`any`).

    Several ports of one end are alternatives: ``PortFilter(dst=(80, 443))`` is either port, and
    ``PortFilter(dst=range(8000, 8100))`` any of these. If several of `src`, `dst` and `any` are given, all
    must be satisfied. Ports are 0 to 65535; others raise `FilterError`, other types `TypeError`. ``sources``,
    ``destinations`` and ``either`` hold the given ports.
    """

    sources: tuple[PortRange, ...]
    destinations: tuple[PortRange, ...]
    either: tuple[PortRange, ...]

    @_with_ends
    @options
    def __init__(self, *, src: Ports = None, dst: Ports = None, any: Ports = None) -> None:
        _set(self, sources=_ranges(src), destinations=_ranges(dst), either=_ranges(any))


@dataclass(frozen=True, slots=True, init=False)
class IpFilter:
    """Single addresses (IPv4, IPv6) of the source, the destination, or either end (`any`).

    They are text or objects of `ipaddress`: ``IpFilter(src="192.0.2.1")``. Several of one end are
    alternatives; all ends that are given must be satisfied. Text that is no address raises
    `FilterError`; other types raise `TypeError`. ``sources``, ``destinations`` and ``either`` hold the
    addresses as networks of one.
    """

    sources: tuple[Network, ...]
    destinations: tuple[Network, ...]
    either: tuple[Network, ...]

    @_with_ends
    @options
    def __init__(self, *, src: Addresses = None, dst: Addresses = None, any: Addresses = None) -> None:
        _set(self, sources=_hosts(src), destinations=_hosts(dst), either=_hosts(any))


@dataclass(frozen=True, slots=True, init=False)
class SubnetFilter:
    """Networks of the source, the destination, or either end (`any`).

    They need a prefix length, such as ``10.0.0.0/8`` or ``2001:db8::/32``:
    ``SubnetFilter(src="10.0.0.0/8")``. Several of one end are alternatives; all ends that are given must be
    satisfied. `FilterError` if the prefix length is missing or too large, or bits after it are set;
    `TypeError` for other types. ``sources``, ``destinations`` and ``either`` hold the given networks.
    """

    sources: tuple[Network, ...]
    destinations: tuple[Network, ...]
    either: tuple[Network, ...]

    @_with_ends
    @options
    def __init__(self, *, src: Networks = None, dst: Networks = None, any: Networks = None) -> None:
        _set(self, sources=_subnets(src), destinations=_subnets(dst), either=_subnets(any))


@dataclass(frozen=True, slots=True, init=False)
class FilterConfig:
    """A filter: conversations that satisfy all conditions pass, with ``mode="deny"`` all others.

    ``FilterConfig(port=PortFilter(dst=443), subnet=SubnetFilter(src="10.0.0.0/8"))``. ``filters`` holds the
    given filters. `FilterError` for a ``mode`` other than "allow" and "deny", without a filter, and for a
    filter without ports or addresses.
    """

    mode: Mode
    filters: tuple[PortFilter | IpFilter | SubnetFilter, ...]

    @options
    def __init__(
        self,
        mode: Mode = "allow",
        *,
        port: PortFilter | None = None,
        ip: IpFilter | None = None,
        subnet: SubnetFilter | None = None,
    ) -> None:
        if not isinstance(mode, str):
            raise TypeError(f"mode must be a str, not {type(mode).__name__}")
        if mode not in MODES:
            raise FilterError(f"mode must be 'allow' or 'deny', not {_shown(mode)}")
        given = ((port, PortFilter), (ip, IpFilter), (subnet, SubnetFilter))
        filters = tuple(_whole(one, kind) for one, kind in given if one is not None)
        if not filters:
            raise FilterError(f"a filter without conditions would {mode} everything; add port, ip or subnet")
        _set(self, mode=mode, filters=filters)


_REMEDIES = {
    PortFilter: "name a port: PortFilter(dst=443)",
    IpFilter: 'name an address: IpFilter(any="192.0.2.1")',
    SubnetFilter: 'name a network: SubnetFilter(any="10.0.0.0/8")',
}


def conditions_of(filter: FilterConfig | PortFilter | IpFilter | SubnetFilter) -> tuple[Condition, ...]:
    """All conditions, for the core; empty if none was given."""
    if isinstance(filter, FilterConfig):
        return tuple(condition for item in filter.filters for condition in conditions_of(item))
    ends = (
        (Side.SOURCE, filter.sources),
        (Side.DESTINATION, filter.destinations),
        (Side.EITHER, filter.either),
    )
    kind = "ports" if isinstance(filter, PortFilter) else "networks"
    return tuple(Condition(side, **{kind: values}) for side, values in ends if values)  # type: ignore[arg-type]


def _whole(filter: Any, wanted: Any) -> Any:
    if not isinstance(filter, wanted):
        name = wanted.__name__.removesuffix("Filter").lower()
        raise TypeError(f"{name} must be made by hg.{wanted.__name__}, not {type(filter).__name__}")
    if not conditions_of(filter):
        remedy = _REMEDIES[wanted]
        raise FilterError(f"the {wanted.__name__} is empty and would match nothing; {remedy}")
    return filter


def _set(filter: object, **fields: object) -> None:
    for name, value in fields.items():
        object.__setattr__(filter, name, value)


def _several(given: Any, what: str) -> list[Any]:
    """A list of one or several values: iterables are expanded, except text and networks."""
    if not isinstance(given, Iterable) or isinstance(given, (str, bytes, IPv4Network, IPv6Network)):
        return [given]
    if not (found := [*given]):
        raise FilterError(f"name {what}: an empty list would match nothing")
    return found


def _ranges(given: Any) -> tuple[PortRange, ...]:
    """Port ranges from one or several values; a `range` without gaps gives one, however long."""
    if given is None:
        return ()
    found: list[PortRange] = []
    for value in [given] if isinstance(given, range) else _several(given, "a port"):
        if isinstance(value, range) and value and abs(value.step) == 1:
            found.append(port_range(min(value), max(value)))
        elif isinstance(value, range) and value.step == 1 and value.start > value.stop:
            port_range(value.start, value.stop - 1)  # raises: the range is reversed
        else:
            found += (PortRange(port, port) for port in map(_port, _several(value, "a port")))
    return tuple(found)


def _hosts(given: Any) -> tuple[Network, ...]:
    several = () if given is None else _several(given, "an address")
    return tuple(ip_network(_address(item)) for item in several)


def _subnets(given: Any) -> tuple[Network, ...]:
    return () if given is None else tuple(map(_network, _several(given, "a network")))


def _port(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError("a port must be an int, not bool")
    try:
        port = operator.index(value)
    except TypeError:
        raise TypeError(f"a port must be an int, not {type(value).__name__}") from None
    if not 0 <= port <= HIGHEST_PORT:
        raise FilterError(f"port {port} is outside 0 to {HIGHEST_PORT}")
    return port


def port_range(first: Any, last: Any) -> PortRange:
    """Ports from `first` to `last`; `FilterError` for an empty range."""
    found = PortRange(_port(first), _port(last))
    if found.first > found.last:
        raise FilterError(f"port range {found.first}-{found.last} ends before it begins")
    return found


def _shown(value: object, quotes: str = "'") -> str:
    """A value for messages: printable, and cut if it is long."""
    from sigcompiler.diagnostics import visible

    text = visible(str(value))
    return f"{quotes}{text if len(text) <= SHOWN else text[:SHOWN] + '...'}{quotes}"


def _address(value: Any) -> Address:
    if isinstance(value, (IPv4Network, IPv6Network)) or (isinstance(value, str) and "/" in value):
        raise FilterError(f"{_shown(value)} is a network, not an address: use SubnetFilter")
    if not isinstance(value, (str, IPv4Address, IPv6Address)):
        raise TypeError(f"an address must be a str, not {type(value).__name__}")
    try:
        address = ip_address(value)
    except ValueError:
        raise FilterError(f"{_shown(value)} is not an IPv4 or IPv6 address") from None
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        zone = _shown("%" + address.scope_id, "")
        raise FilterError(f"{_shown(value)} names a zone, which packets do not: leave out {zone}")
    return address


def _network(value: Any) -> Network:
    if isinstance(value, (IPv4Network, IPv6Network)):
        return value
    if not isinstance(value, str):
        raise TypeError(f"a network must be a str, not {type(value).__name__}")
    text, slash, length = value.partition("/")
    try:
        address = _address(text)
    except FilterError:
        raise FilterError(f"{_shown(value)} is not an IPv4 or IPv6 network such as 10.0.0.0/8") from None
    bits = address.max_prefixlen
    if not slash:
        raise FilterError(
            f"{_shown(value)} has no prefix length: write {_shown(f'{value}/{bits}')}, or use IpFilter"
        )
    if not re.fullmatch("[0-9]{1,3}", length) or int(length) > bits:
        raise FilterError(f"{_shown(value)}: the prefix length is 0 to {bits} for IPv{address.version}")
    network = ip_network((address, int(length)), strict=False)
    if network.network_address != address:
        raise FilterError(f"{_shown(value)} has bits set after its prefix; the network is '{network}'")
    return network


def compile_filter(config: FilterConfig) -> CData:
    """An ``hg_filter *``, which lives as long as the result."""
    if not isinstance(config, FilterConfig):
        raise TypeError(f"filter must be a FilterConfig or None, not {type(config).__name__}")
    conditions = conditions_of(config)
    described = [
        {
            "side": one.side.value,
            "ports": ffi.new("hg_port_range[]", list(one.ports)),
            "port_count": len(one.ports),
            "networks": native_networks(one.networks),
            "network_count": len(one.networks),
        }
        for one in conditions
    ]
    native = ffi.new("hg_condition[]", described)  # points to memory that `described` owns
    return made("hg_filter", lib.hg_filter_new, native, len(conditions), config.mode == "deny")


def native_networks(networks: Iterable[Network]) -> CData:
    """An array of ``hg_network``."""
    return ffi.from_buffer("hg_network[]", b"".join(map(_packed, networks)))


def _packed(network: Network) -> bytes:
    """An ``hg_network``: 16 bytes of address, the version, the prefix length."""
    address = network.network_address.packed.ljust(16, b"\0")
    return address + bytes((network.version, network.prefixlen))
