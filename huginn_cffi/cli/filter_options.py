"""Options that select traffic, for every command that analyses traffic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from huginn_cffi.base.errors import FilterError
from huginn_cffi.base.later import Later
from huginn_cffi.cli.parameters import group, option, parsed
from huginn_cffi.cli.standard_error import complain

if TYPE_CHECKING:
    from huginn_cffi.analysis import analyzer as analyzers
    from huginn_cffi.filters import bpf as bpf_types
    from huginn_cffi.filters import conditions
    from huginn_cffi.filters.bpf import BpfFilter
else:
    analyzers = Later("huginn_cffi.analysis.analyzer")
    bpf_types = Later("huginn_cffi.filters.bpf")
    conditions = Later("huginn_cffi.filters.conditions")

PORT_FORMS = "a port (0 to 65535), a range A-B or a list A,B of these"


def _time(text: str) -> int:
    from huginn_cffi.base.times import parse_time

    return parse_time(text)


def _items(texts: Iterable[str]) -> list[str]:
    return [item.strip() for text in texts for item in text.split(",")]


def _ports(texts: tuple[str, ...]) -> list[range]:
    from huginn_cffi.filters.conditions import port_range
    from sigcompiler.diagnostics import quoted

    found = []
    for item in _items(texts):
        numbers = re.fullmatch("([0-9]{1,9})(?:-([0-9]{1,9}))?", item)
        if numbers is None:
            raise ValueError(f"{quoted(item)} is not {PORT_FORMS}")
        ports = port_range(int(numbers[1]), int(numbers[2] or numbers[1]))
        found.append(range(ports.first, ports.last + 1))
    return found


def _networks(texts: tuple[str, ...]) -> list[str]:
    """Networks and addresses; an address is a network of one."""
    from huginn_cffi.filters.conditions import IpFilter, SubnetFilter

    items = _items(texts)
    IpFilter(any=[one for one in items if "/" not in one] or "::")
    networks = [one if "/" in one else f"{one}/{128 if ':' in one else 32}" for one in items]
    SubnetFilter(any=networks)
    return networks


def _local(texts: tuple[str, ...]) -> tuple[str, ...]:
    from huginn_cffi.filters.conditions import SubnetFilter

    try:
        SubnetFilter(any=_items(texts))
    except FilterError as error:
        raise ValueError(str(error).replace(", or use IpFilter", "")) from None
    return tuple(_items(texts))


def _bpf(expression: str) -> BpfFilter:
    from huginn_cffi.filters.bpf import BpfFilter, no_tcp_passes

    found = BpfFilter(expression)
    if not found.passes_tcp:
        complain(f"warning: {no_tcp_passes(found)}")
    return found


class TrafficOptions(NamedTuple):
    """Values of the options, as `Analyzer` takes them: `filter`, `bpf`, `since`, `until` (ns since 1970)."""

    filter: conditions.FilterConfig | None
    bpf: bpf_types.BpfFilter | None
    since: int | None = None
    until: int | None = None

    @property
    def is_limited(self) -> bool:
        """Whether any option limits the traffic."""
        return any(value is not None for value in self)

    def analyzer(self, **more: Any) -> analyzers.Analyzer:
        """An analyzer of this traffic without a database."""
        return analyzers.Analyzer(None, **more, **self._asdict())


_PORTS: Any = parsed(_ports, [])


def refuse_empty_span(since: int | None, until: int | None) -> None:
    """Raise a usage error if no time lies between --since and --until."""
    if since is not None and until is not None and until <= since:
        raise click.UsageError("--until must be later than --since; nothing lies between them")


def _traffic(
    *,
    port: list[range] = option("--port N|A-B|A,B", multiple=True, callback=_PORTS),
    src_port: list[range] = option("--src-port N|A-B|A,B", multiple=True, callback=_PORTS),
    dst_port: list[range] = option("--dst-port N|A-B|A,B", multiple=True, callback=_PORTS),
    ip: list[str] = option("--ip ADDR[/LEN][,...]", multiple=True, callback=parsed(_networks, [])),
    src_only: bool = option("--src-only"),
    dst_only: bool = option("--dst-only"),
    bpf: BpfFilter | None = option("--bpf EXPR", callback=parsed(_bpf, None)),
    since: int | None = option("--since TIME", callback=parsed(_time, None)),
    until: int | None = option("--until TIME", callback=parsed(_time, None)),
) -> TrafficOptions:
    refuse_empty_span(since, until)
    if src_only and dst_only:
        raise click.UsageError("--src-only and --dst-only exclude each other; without them either end counts")
    if (src_only or dst_only) and not ip:
        name = "--src-only" if src_only else "--dst-only"
        raise click.UsageError(f"{name} restricts --ip, which is not given")
    if not (port or src_port or dst_port or ip):
        return TrafficOptions(None, bpf, since, until)
    from huginn_cffi.filters.conditions import FilterConfig, PortFilter, SubnetFilter

    ports = {end: found for end, found in (("any", port), ("src", src_port), ("dst", dst_port)) if found}
    side = "src" if src_only else "dst" if dst_only else "any"
    chosen = FilterConfig(
        port=PortFilter(**ports) if ports else None, subnet=SubnetFilter(**{side: ip}) if ip else None
    )
    return TrafficOptions(chosen, bpf, since, until)


traffic_options: Any = group(_traffic)
"""Options that select traffic, for commands that read captures. A wrong value ends the command at once."""
_SELECTION = ("port", "src_port", "dst_port", "ip", "src_only", "dst_only", "bpf")
filter_options: Any = group(_traffic, _SELECTION)
"""`traffic_options` without a time span, for live capture."""
local_option: Any = option("--local NET/LEN[,...]", multiple=True, callback=parsed(_local, ()))
