"""What a filter means, said once more as plainly as possible, with `ipaddress` as judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network


@dataclass(frozen=True)
class Ends:
    """A conversation: who opened it, and to whom."""

    client: str
    client_port: int
    server: str
    server_port: int


@dataclass(frozen=True)
class FilterLists:
    """A filter as lists; port ranges are pairs, ``None`` and empty lists say nothing."""

    sources: list[tuple[int, int]] = field(default_factory=list)
    destinations: list[tuple[int, int]] = field(default_factory=list)
    either: list[tuple[int, int]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    networks: list[str] = field(default_factory=list)
    address_side: str = "either"
    network_side: str = "either"
    deny: bool = False


def passes(wanted: FilterLists, ends: Ends) -> bool:
    """Whether the conversation passes."""
    decision = _ports_pass(wanted, ends)
    if wanted.addresses:
        decision &= _one_end(ends, wanted.address_side, lambda end: _is_one_of(end, wanted.addresses))
    if wanted.networks:
        decision &= _one_end(ends, wanted.network_side, lambda end: _is_in_one_of(end, wanted.networks))
    return decision != wanted.deny


def _ports_pass(wanted: FilterLists, ends: Ends) -> bool:
    decision = True
    if wanted.sources:
        decision &= _in_range(ends.client_port, wanted.sources)
    if wanted.destinations:
        decision &= _in_range(ends.server_port, wanted.destinations)
    if wanted.either:
        both = (_in_range(port, wanted.either) for port in (ends.client_port, ends.server_port))
        decision &= any(both)
    return decision


def _in_range(port: int, ranges: list[tuple[int, int]]) -> bool:
    return any(first <= port <= last for first, last in ranges)


def _one_end(ends: Ends, side: str, test: Callable[[str], bool]) -> bool:
    if side == "source":
        return test(ends.client)
    if side == "destination":
        return test(ends.server)
    return test(ends.client) or test(ends.server)


def _is_one_of(end: str, addresses: list[str]) -> bool:
    return any(ip_address(end) == ip_address(item) for item in addresses)


def _is_in_one_of(end: str, networks: list[str]) -> bool:
    return any(ip_address(end) in ip_network(item) for item in networks)
