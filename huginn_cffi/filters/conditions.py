"""Which conversations are analysed: conditions on ports and addresses.

FilterConfig(port=PortFilter(dst=443), subnet=SubnetFilter(src="10.0.0.0/8"))

The source is the client of a conversation and the destination its server, whichever of them sent
the packet at hand. All classes are immutable: each method returns a new object.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
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
@dataclass(frozen=True, slots=True, init=False)
class PortFilter:
    """Ports of the source (`src`, the client), of the destination (`dst`, the server), or of `any` end.

    Several ports of one end are alternatives: ``PortFilter(dst=(80, 443))`` is either port, and
    ``PortFilter(dst=range(8000, 8100))`` any of these. Source, destination and `any` must all be
    satisfied where more than one of them is given. Ports are 0 to 65535; others raise `FilterError`,
    what is not an int `TypeError`. ``sources``, ``destinations`` and ``either`` hold what was given;
    methods return a filter with more ports.
    """

    sources: tuple[PortRange, ...]
    destinations: tuple[PortRange, ...]
    either: tuple[PortRange, ...]
    pooled: bool
    """True after the method `any` without ports."""

    def __init__(
        self,
        *,
        src: int | Iterable[int | range] | None = None,
        dst: int | Iterable[int | range] | None = None,
        any: int | Iterable[int | range] | None = None,
    ) -> None:
        _set(self, sources=_ranges(src), destinations=_ranges(dst), either=_ranges(any), pooled=False)

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


@dataclass(frozen=True, slots=True, init=False)
class _Addresses:
    """What filters of addresses have in common.

    ``sources``, ``destinations`` and ``networks`` hold what was given; ``networks`` are those of `any`
    end, or of the one that ``side`` names.
    """

    sources: tuple[Network, ...]
    destinations: tuple[Network, ...]
    networks: tuple[Network, ...]
    side: Side

    def source_only(self: Some) -> Some:
        """Look at the client alone. `FilterError` after `destination_only`."""
        return self._restricted(Side.SOURCE)

    def destination_only(self: Some) -> Some:
        """Look at the server alone. `FilterError` after `source_only`."""
        return self._restricted(Side.DESTINATION)

    def _restricted(self: Some, side: Side) -> Some:
        if self.side not in (side, Side.EITHER):
            rule = "without them either end counts"
            raise FilterError(f"source_only and destination_only exclude each other; {rule}")
        return _changed(self, side=side)


@by_names
@dataclass(frozen=True, slots=True, init=False)
class IpFilter(_Addresses):
    """Single addresses (IPv4, IPv6) of the source, of the destination, or of `any` end.

    They are text or objects of `ipaddress`: ``IpFilter(src="192.0.2.1")``. Several of one end are
    alternatives; all ends that are given must be satisfied. Text that is no address raises
    `FilterError`; other types raise `TypeError`.
    """

    def __init__(
        self,
        *,
        src: str | Address | Iterable[str | Address] | None = None,
        dst: str | Address | Iterable[str | Address] | None = None,
        any: str | Address | Iterable[str | Address] | None = None,
    ) -> None:
        ends = (_hosts(src), _hosts(dst), _hosts(any))
        _set(self, sources=ends[0], destinations=ends[1], networks=ends[2], side=Side.EITHER)

    def allow(self: Some, *addresses: str | Address | Iterable[str | Address]) -> Some:
        """Also allow these addresses: one or several.

        `FilterError` for a text that is no address, `TypeError` for other types.
        """
        return _changed(self, networks=self.networks + _hosts(_several(addresses, "an address")))


@by_names
@dataclass(frozen=True, slots=True, init=False)
class SubnetFilter(_Addresses):
    """Networks of the source, of the destination, or of `any` end.

    They have their prefix length, such as ``10.0.0.0/8`` or ``2001:db8::/32``:
    ``SubnetFilter(src="10.0.0.0/8")``. Several of one end are alternatives; all ends that are given
    must be satisfied. `FilterError` when the prefix length is missing or too large, and when bits
    after it are set; `TypeError` for other types.
    """

    def __init__(
        self,
        *,
        src: str | Network | Iterable[str | Network] | None = None,
        dst: str | Network | Iterable[str | Network] | None = None,
        any: str | Network | Iterable[str | Network] | None = None,
    ) -> None:
        ends = (_subnets(src), _subnets(dst), _subnets(any))
        _set(self, sources=ends[0], destinations=ends[1], networks=ends[2], side=Side.EITHER)

    def allow(self: Some, *networks: str | Network | Iterable[str | Network]) -> Some:
        """Also allow these networks: one or several.

        `FilterError` for a text that is no network, `TypeError` for other types.
        """
        return _changed(self, networks=self.networks + _subnets(_several(networks, "a network")))


@by_names
@dataclass(frozen=True, slots=True, init=False)
class FilterConfig:
    """A filter: conversations that satisfy all conditions pass, with ``mode="deny"`` all others.

    ``FilterConfig(port=PortFilter(dst=443), subnet=SubnetFilter(src="10.0.0.0/8"))``. The methods add
    one more condition each, also of a kind that is there: two IP filters must both be satisfied.
    ``filters`` are all of them. A ``mode`` other than "allow" and "deny", and a filter without ports or
    addresses, raise `FilterError`.
    """

    mode: str
    filters: tuple[PortFilter | IpFilter | SubnetFilter, ...]

    def __init__(
        self,
        mode: str = "allow",
        *,
        port: PortFilter | None = None,
        ip: IpFilter | None = None,
        subnet: SubnetFilter | None = None,
    ) -> None:
        if not isinstance(mode, str):
            raise TypeError(f"mode must be a str, not {type(mode).__name__}")
        if mode not in MODES:
            raise FilterError(f"mode must be 'allow' or 'deny', not {_shown(mode)}")
        ports = () if port is None else (_whole(port, PortFilter),)
        hosts = () if ip is None else (_whole(ip, IpFilter),)
        networks = () if subnet is None else (_whole(subnet, SubnetFilter),)
        _set(self, mode=mode, filters=(*ports, *hosts, *networks))

    def with_port_filter(self, filter: PortFilter) -> FilterConfig:
        """Require these ports too. `FilterError` for a filter without ports."""
        return _changed(self, filters=(*self.filters, _whole(filter, PortFilter)))

    def with_ip_filter(self, filter: IpFilter) -> FilterConfig:
        """Require these addresses too. `FilterError` for a filter without addresses."""
        return _changed(self, filters=(*self.filters, _whole(filter, IpFilter)))

    def with_subnet_filter(self, filter: SubnetFilter) -> FilterConfig:
        """Require these networks too. `FilterError` for a filter without networks."""
        return _changed(self, filters=(*self.filters, _whole(filter, SubnetFilter)))


Filter = TypeVar("Filter", PortFilter, IpFilter, SubnetFilter)

_REMEDIES = {
    PortFilter: "name a port: PortFilter(dst=443)",
    IpFilter: 'name an address: IpFilter(any="192.0.2.1")',
    SubnetFilter: 'name a network: SubnetFilter(any="10.0.0.0/8")',
}


def conditions_of(filter: FilterConfig | PortFilter | IpFilter | SubnetFilter) -> tuple[Condition, ...]:
    """All conditions, for the core; empty when nothing was given."""
    if isinstance(filter, FilterConfig):
        return tuple(condition for item in filter.filters for condition in conditions_of(item))
    if isinstance(filter, PortFilter):
        groups = [(Side.EITHER, filter.sources + filter.destinations + filter.either)]
        if not filter.pooled:
            groups = [
                (Side.SOURCE, filter.sources),
                (Side.DESTINATION, filter.destinations),
                (Side.EITHER, filter.either),
            ]
        return tuple(Condition(side, ports=ports) for side, ports in groups if ports)
    ends = (
        (Side.SOURCE, filter.sources),
        (Side.DESTINATION, filter.destinations),
        (filter.side, filter.networks),
    )
    return tuple(Condition(side, networks=networks) for side, networks in ends if networks)


def joined(first: PortFilter, others: Sequence[PortFilter]) -> PortFilter:
    """A filter that also allows all that `others` do."""
    return _changed(
        first,
        sources=_all_of(first.sources, (other.sources for other in others)),
        destinations=_all_of(first.destinations, (other.destinations for other in others)),
        either=_all_of(first.either, (other.either for other in others)),
    )


def _whole(filter: object, wanted: type[Filter]) -> Filter:
    """A filter of this kind that has a condition."""
    if not isinstance(filter, wanted):
        raise TypeError(f"filter must be a {wanted.__name__}, not {type(filter).__name__}")
    if not conditions_of(filter):
        remedy = _REMEDIES[wanted]
        raise FilterError(f"the {wanted.__name__} is empty and would match nothing; {remedy}")
    return filter


def _set(filter: object, **fields: object) -> None:
    for name, value in fields.items():
        object.__setattr__(filter, name, value)


def _changed(filter: T, **fields: object) -> T:
    new = copy(filter)
    _set(new, **fields)
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


def _ranges(given: Any) -> tuple[PortRange, ...]:
    """Ports of a keyword."""
    if given is None:
        return ()
    one = not isinstance(given, Iterable) or isinstance(given, (str, bytes, range))
    return _ports((given,) if one else tuple(given))


def _hosts(given: Any) -> tuple[Network, ...]:
    """Addresses of a keyword."""
    if given is None:
        return ()
    return tuple(ip_network(_address(item)) for item in _several((given,), "an address"))


def _subnets(given: Any) -> tuple[Network, ...]:
    """Networks of a keyword."""
    return () if given is None else tuple(_network(item) for item in _several((given,), "a network"))


def _ports(values: tuple[Any, ...]) -> tuple[PortRange, ...]:
    """One or several; a `range` of step 1 stays one, however long."""
    found: list[PortRange] = []
    for value in values:
        if isinstance(value, range) and value and abs(value.step) == 1:
            found.append(_port_range(min(value), max(value)))
        else:
            found += (PortRange(port, port) for port in map(_port, _several((value,), "a port")))
    if not found:
        raise FilterError("name a port: an empty list would match nothing")
    return tuple(found)


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
