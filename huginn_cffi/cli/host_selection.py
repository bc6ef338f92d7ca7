"""Which hosts ``huginn hosts`` shows: there ``--ip`` and ``--subnet`` choose records, not connections.

All packets count for a record, so both ends of a connection add to the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.cli.filter_options import TrafficOptions

if TYPE_CHECKING:
    from huginn_cffi.filters.conditions import Condition
    from huginn_cffi.hosts.inventory import Inventory


class Selection(NamedTuple):
    """Conditions on addresses, all of which a host must meet; none: every host is chosen."""

    conditions: tuple[Condition, ...] = ()
    deny: bool = False
    """Choose the other hosts."""
    local_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.conditions) or self.local_only

    def spans(self, inventory: Inventory) -> Iterator[tuple[int, int]]:
        """The places of the chosen hosts, as first and end of each run."""
        if not self:
            yield 0, len(inventory)
            return
        first = None
        for place, address in enumerate(inventory.addresses()):
            if self._is_chosen(inventory, place, address):
                first = place if first is None else first
            elif first is not None:
                yield first, place
                first = None
        if first is not None:
            yield first, len(inventory)

    def written(self, inventory: Inventory, format_: str) -> Iterator[bytes]:
        """The chosen records in a format of `Inventory.written`."""
        for first, end in self.spans(inventory):
            yield from inventory.written(format_, first, end)

    def values(self, inventory: Inventory) -> Iterator[dict[str, Any]]:
        """The same as plain values."""
        for first, end in self.spans(inventory):
            yield from inventory.values(first, end)

    def _is_chosen(self, inventory: Inventory, place: int, packed: bytes) -> bool:
        if self.local_only and not inventory.is_local(place):
            return False
        if not self.conditions:
            return True
        meets = len(packed) != MAC_BYTES and self.meets(ip_address(packed))  # conditions are on addresses
        return (meets and all(_is_at(one, inventory, place) for one in self.conditions)) is not self.deny

    def chooses(self, text: str | None, *, is_local: bool) -> bool:
        """Whether an address is chosen, at whatever end of connections it was seen; None: it is not known."""
        if self.local_only and not is_local:
            return False
        return not self.conditions or (text is not None and self.meets(ip_address(text))) is not self.deny

    def meets(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether the conditions hold for an address."""
        return all(
            any(address.version == one.version and address in one for one in condition.networks)
            for condition in self.conditions
        )

    @property
    def asks_for_ends(self) -> bool:
        """Whether it matters at which end of connections a host was seen."""
        from huginn_cffi.filters.conditions import Side

        return any(one.side is not Side.EITHER for one in self.conditions)


def _is_at(condition: Condition, inventory: Inventory, place: int) -> bool:
    """Whether the host was seen at the end of connections that a condition asks for."""
    from huginn_cffi.filters.conditions import Side

    if condition.side is Side.EITHER:
        return True
    [host] = inventory.values(place, place + 1)
    if condition.side is Side.SOURCE:
        return bool(host["connections"] > host["syn_acks"] or host["client_ports"] or host["clients"])
    return bool(host["syn_acks"] or host["server_ports"] or host["servers"])


def chosen(traffic: TrafficOptions, *, local_only: bool = False) -> tuple[TrafficOptions, Selection]:
    """What the options choose: the traffic that is read, and the hosts that are shown."""
    if traffic.filter is None:
        return traffic, Selection(local_only=local_only)
    from huginn_cffi.filters.conditions import Condition, FilterConfig, PortFilter, conditions_of

    deny = traffic.filter.mode == "deny"
    ports, conditions = None, list[Condition]()
    for one in traffic.filter.filters:
        if isinstance(one, PortFilter):
            ports = FilterConfig(mode=traffic.filter.mode, port=one)
        else:
            conditions += conditions_of(one)
    if deny and ports is not None and conditions:
        raise click.UsageError(
            "--deny with both ports and addresses: in hosts, ports choose connections and addresses choose "
            "records; use two runs, or --bpf for the ports"
        )
    return traffic._replace(filter=ports), Selection(tuple(conditions), deny and bool(conditions), local_only)
