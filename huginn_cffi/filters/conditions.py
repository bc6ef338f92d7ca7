"""Which conversations are analysed: conditions on ports and addresses.

config = (
    FilterConfig()
    .with_port_filter(PortFilter().destination(443))
    .with_subnet_filter(SubnetFilter().allow("10.0.0.0/8").source_only())
)

The source is the client of a conversation and the destination its server, whichever of them sent
the packet at hand. All classes are immutable: each method returns a new object.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from itertools import chain
from typing import Any, NamedTuple, TypeAlias, TypeVar

from huginn_cffi.base.errors import FilterError
from huginn_cffi.base.pickle_compat import by_names

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

HIGHEST_PORT = 65535

SHOWN = 60
"""Characters of a wrong value that a message repeats, at most."""
MODES = ("allow", "deny")

T = TypeVar("T")
Some = TypeVar("Some", bound="_Addresses")


class Side(Enum):
    """The end of a conversation that is looked at."""

    EITHER = 0
    SOURCE = 1
    DESTINATION = 2


class PortRange(NamedTuple):
    """Ports from `first` to `last`, both included."""

    first: int
    last: int


class Condition(NamedTuple):
    """What the core is given: `side` has one of the ports, or lies in one of the networks."""

    side: Side
    ports: tuple[PortRange, ...] = ()
    networks: tuple[Network, ...] = ()


@by_names
@dataclass(frozen=True, slots=True)
class PortFilter:
    """Ports of the source (the client) and of the destination (the server).

    What is given for one end are alternatives: ``source(80, 443)`` is either port. Source,
    destination and `any` must all be satisfied where more than one of them is given. Ports are
    0 to 65535; others raise `FilterError`, what is not an int `TypeError`. What was given so far
    stands in ``sources``, ``destinations`` and ``either``.
    """

    sources: tuple[PortRange, ...] = field(default=(), init=False)
    destinations: tuple[PortRange, ...] = field(default=(), init=False)
    either: tuple[PortRange, ...] = field(default=(), init=False)
    pooled: bool = field(default=False, init=False)
    """True after `any` without ports."""

    def source(self, *ports: int | Iterable[int]) -> PortFilter:
        """Also allow these ports of the client: one or several."""
        return _changed(self, sources=self.sources + _ports(ports))

    def destination(self, *ports: int | Iterable[int]) -> PortFilter:
        """Also allow these ports of the server: one or several."""
        return _changed(self, destinations=self.destinations + _ports(ports))

    def any(self, *ports: int | Iterable[int]) -> PortFilter:
        """Also allow conversations with one of these ports at either end.

        Without ports: all ports and ranges of this filter count at either end.
        """
        if not ports:
            return _changed(self, pooled=True)
        return _changed(self, either=self.either + _ports(ports))

    def source_range(self, first: int, last: int) -> PortFilter:
        """Also allow ports of the client from `first` to `last`, both included."""
        return _changed(self, sources=(*self.sources, _port_range(first, last)))

    def destination_range(self, first: int, last: int) -> PortFilter:
        """Also allow ports of the server from `first` to `last`, both included."""
        return _changed(self, destinations=(*self.destinations, _port_range(first, last)))

    def any_range(self, first: int, last: int) -> PortFilter:
        """Also allow ports of either end from `first` to `last`, both included."""
        return _changed(self, either=(*self.either, _port_range(first, last)))

    def joined(self, others: Sequence[PortFilter]) -> PortFilter:
        """Also allow all that `others` do."""
        return _changed(
            self,
            sources=_all_of(self.sources, (other.sources for other in others)),
            destinations=_all_of(self.destinations, (other.destinations for other in others)),
            either=_all_of(self.either, (other.either for other in others)),
        )

    def conditions(self) -> tuple[Condition, ...]:
        """The same for the core; empty when no port was given."""
        groups = [(Side.EITHER, self.sources + self.destinations + self.either)]
        if not self.pooled:
            groups = [
                (Side.SOURCE, self.sources),
                (Side.DESTINATION, self.destinations),
                (Side.EITHER, self.either),
            ]
        return tuple(Condition(side, ports=ports) for side, ports in groups if ports)


@dataclass(frozen=True, slots=True)
class _Addresses:
    """What filters of addresses have in common. Either end may match unless told otherwise.

    What was given so far stands in ``networks`` and ``side``.
    """

    networks: tuple[Network, ...] = field(default=(), init=False)
    side: Side = field(default=Side.EITHER, init=False)

    def source_only(self: Some) -> Some:
        """Look at the client alone. `FilterError` after `destination_only`."""
        return self._restricted(Side.SOURCE)

    def destination_only(self: Some) -> Some:
        """Look at the server alone. `FilterError` after `source_only`."""
        return self._restricted(Side.DESTINATION)

    def conditions(self) -> tuple[Condition, ...]:
        """The same for the core; empty when nothing was allowed."""
        return (Condition(self.side, networks=self.networks),) if self.networks else ()

    def _restricted(self: Some, side: Side) -> Some:
        if self.side not in (side, Side.EITHER):
            rule = "without them either end counts"
            raise FilterError(f"source_only and destination_only exclude each other; {rule}")
        return _changed(self, side=side)


@by_names
@dataclass(frozen=True, slots=True)
class IpFilter(_Addresses):
    """Single addresses, IPv4 and IPv6, as text or as objects of `ipaddress`."""

    def allow(self: Some, *addresses: str | Address | Iterable[str | Address]) -> Some:
        """Also allow these addresses: one or several.

        Text that is not an address raises `FilterError`; other types raise `TypeError`.
        """
        found = tuple(ip_network(_address(item)) for item in _several(addresses, "an address"))
        return _changed(self, networks=self.networks + found)


@by_names
@dataclass(frozen=True, slots=True)
class SubnetFilter(_Addresses):
    """Networks with their prefix length, such as ``10.0.0.0/8`` or ``2001:db8::/32``."""

    def allow(self: Some, *networks: str | Network | Iterable[str | Network]) -> Some:
        """Also allow these networks: one or several.

        `FilterError` when the prefix length is missing or too large, and when bits after it
        are set; `TypeError` for other types.
        """
        found = tuple(_network(item) for item in _several(networks, "a network"))
        return _changed(self, networks=self.networks + found)


@by_names
@dataclass(frozen=True, slots=True)
class FilterConfig:
    """A filter: conversations that satisfy all conditions pass, with ``mode="deny"`` all others.

    Conditions of one kind add up as well: two IP filters must both be satisfied. ``filters`` are
    those that were added. A ``mode`` other than "allow" and "deny" raises `FilterError`.
    """

    mode: str = "allow"
    filters: tuple[PortFilter | IpFilter | SubnetFilter, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.mode, str):
            raise TypeError(f"mode must be a str, not {type(self.mode).__name__}")
        if self.mode not in MODES:
            raise FilterError(f"mode must be 'allow' or 'deny', not {_shown(self.mode)}")

    def with_port_filter(self, filter: PortFilter) -> FilterConfig:
        """Require these ports too. A filter without ports raises `FilterError`."""
        return self._with(filter, PortFilter, "name a port: PortFilter().destination(443)")

    def with_ip_filter(self, filter: IpFilter) -> FilterConfig:
        """Require these addresses too. A filter without addresses raises `FilterError`."""
        return self._with(filter, IpFilter, 'allow an address: IpFilter().allow("192.0.2.1")')

    def with_subnet_filter(self, filter: SubnetFilter) -> FilterConfig:
        """Require these networks too. A filter without networks raises `FilterError`."""
        return self._with(filter, SubnetFilter, 'allow a network: SubnetFilter().allow("10.0.0.0/8")')

    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, for the core."""
        return tuple(condition for item in self.filters for condition in item.conditions())

    def _with(
        self, filter: object, wanted: type[PortFilter | IpFilter | SubnetFilter], remedy: str
    ) -> FilterConfig:
        if not isinstance(filter, wanted):
            raise TypeError(f"filter must be a {wanted.__name__}, not {type(filter).__name__}")
        if not filter.conditions():
            raise FilterError(f"the {wanted.__name__} is empty and would match nothing; {remedy}")
        return _changed(self, filters=(*self.filters, filter))


def _changed(filter: T, **fields: object) -> T:
    new = copy(filter)
    for name, value in fields.items():
        object.__setattr__(new, name, value)
    return new


def _all_of(first: tuple[PortRange, ...], more: Iterable[tuple[PortRange, ...]]) -> tuple[PortRange, ...]:
    """All of them in order, in time that grows with their number."""
    return tuple(chain(first, chain.from_iterable(more)))


def _several(values: tuple[Any, ...], what: str) -> list[Any]:
    """One or several: iterables among `values` are taken apart, except text and networks."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, Iterable) and not isinstance(value, (str, bytes, IPv4Network, IPv6Network)):
            found.extend(value)
        else:
            found.append(value)
    if not found:
        raise FilterError(f"name {what}: an empty list would match nothing")
    return found


def _ports(values: tuple[int | Iterable[int], ...]) -> tuple[PortRange, ...]:
    return tuple(PortRange(port, port) for port in map(_port, _several(values, "a port")))


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


def _port_range(first: Any, last: Any) -> PortRange:
    found = PortRange(_port(first), _port(last))
    if found.first > found.last:
        raise FilterError(f"port range {found.first}-{found.last} ends before it begins")
    return found


def _shown(value: object, quotes: str = "'") -> str:
    """A value as messages have it: printable, and cut when it is long."""
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
