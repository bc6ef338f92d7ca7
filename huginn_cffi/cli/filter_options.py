"""Options that select traffic, for every command that analyses traffic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

import click

from huginn_cffi.base.errors import FilterError
from huginn_cffi.cli.groups import Command, grouped
from huginn_cffi.cli.option_values import parsed
from huginn_cffi.cli.standard_error import complain

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.filters.bpf import BpfFilter
    from huginn_cffi.filters.conditions import FilterConfig, IpFilter, SubnetFilter

Addresses = TypeVar("Addresses", "IpFilter", "SubnetFilter")

PORT_FORMS = "a port (0 to 65535), a range A-B or a list A,B of these"


def _port_option(name: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, metavar="N|A-B|A,B", multiple=True, help=help)


_OPTIONS = (
    _port_option("--port", "Only connections with one of these ports."),
    _port_option("--src-port", "Only connections with one of these client ports."),
    _port_option("--dst-port", "Only connections with one of these server ports."),
    click.option("--ip", metavar="ADDR[,ADDR]", multiple=True, help="Only these hosts."),
    click.option(
        "--subnet",
        metavar="NET/LEN[,...]",
        multiple=True,
        help="Only hosts in these networks.",
    ),
    click.option("--src-only", is_flag=True, help="Apply --ip and --subnet to the client alone."),
    click.option("--dst-only", is_flag=True, help="Apply --ip and --subnet to the server alone."),
    click.option("--deny", is_flag=True, help="Analyse everything except what the options above select."),
    click.option(
        "--bpf",
        metavar="EXPR",
        help="Only packets that pass this filter in libpcap's language (see: man pcap-filter).",
    ),
)


def _time(text: str) -> int:
    from huginn_cffi.base.times import parse_time

    return parse_time(text)


_TIME_OPTIONS = (
    click.option(
        "--since",
        metavar="TIME",
        callback=parsed(_time, None),
        help="Only packets from this time on: 2026-01-15T10:00:00Z, 2026-01-15 (UTC without a zone), or "
        "seconds since 1970.",
    ),
    click.option(
        "--until",
        metavar="TIME",
        callback=parsed(_time, None),
        help="Only packets before this time.",
    ),
)


class TrafficOptions(NamedTuple):
    """Values of the options, as `Analyzer` takes them."""

    filter: FilterConfig | None
    bpf: BpfFilter | None
    since: int | None = None
    until: int | None = None

    @property
    def is_limited(self) -> bool:
        """Whether any option limits the traffic."""
        return any(value is not None for value in self)

    def analyzer(self, **more: Any) -> Analyzer:
        """An analyzer of this traffic without a database."""
        from huginn_cffi.analysis.analyzer import Analyzer

        return Analyzer(None, **more, **self._asdict())

    def handshakes(self) -> Analyzer:
        """An analyzer of this traffic for SYNs and SYN+ACKs only."""
        return self.analyzer(uptime=False, protocols=("tcp",))


def traffic_options(command: Command) -> Command:
    """Add the options of `filter_options`, and a time span, to a command that reads captures."""
    return grouped(command, "traffic", _traffic, (*_OPTIONS, *_TIME_OPTIONS))


def filter_options(command: Command) -> Command:
    """Add the options to a command, which gets their values as its argument ``traffic``.

    A wrong value ends the command before it begins; the message has option, value and rule.
    """
    return grouped(command, "traffic", _traffic, _OPTIONS)


def _traffic(
    *,
    port: tuple[str, ...],
    src_port: tuple[str, ...],
    dst_port: tuple[str, ...],
    ip: tuple[str, ...],
    subnet: tuple[str, ...],
    src_only: bool,
    dst_only: bool,
    deny: bool,
    bpf: str | None,
    since: int | None = None,
    until: int | None = None,
) -> TrafficOptions:
    limits = _bpf(bpf), since, until
    if since is not None and until is not None and until <= since:
        raise click.UsageError("--until must be later than --since; nothing lies between them")
    if src_only and dst_only:
        raise click.UsageError("--src-only and --dst-only exclude each other; without them either end counts")
    if (src_only or dst_only) and not (ip or subnet):
        name = "--src-only" if src_only else "--dst-only"
        raise click.UsageError(f"{name} restricts --ip and --subnet, and neither is given")
    if not (port or src_port or dst_port or ip or subnet):
        if deny:
            raise click.UsageError(
                "--deny needs what to deny: --port, --src-port, --dst-port, --ip or --subnet"
            )
        return TrafficOptions(None, *limits)
    from huginn_cffi.filters.conditions import FilterConfig, IpFilter, PortFilter, SubnetFilter

    ends = {"any": ("--port", port), "src": ("--src-port", src_port), "dst": ("--dst-port", dst_port)}
    ports = {end: _ports(option, texts) for end, (option, texts) in ends.items() if texts}
    side = "src" if src_only else "dst" if dst_only else "any"
    chosen = FilterConfig(
        mode="deny" if deny else "allow",
        port=PortFilter(**ports) if ports else None,
        ip=_addresses("--ip", IpFilter, side, ip) if ip else None,
        subnet=_addresses("--subnet", SubnetFilter, side, subnet) if subnet else None,
    )
    return TrafficOptions(chosen, *limits)


def local_option(command: Command) -> Command:
    """Add ``--local``, the networks of local hosts, to a command, which gets them as text in ``local``."""
    return click.option(
        "--local",
        metavar="NET/LEN[,...]",
        multiple=True,
        callback=_local,
        help="The local networks, instead of private and link-local ones.",
    )(command)


def _local(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    if value:
        from huginn_cffi.filters.conditions import SubnetFilter

        _addresses("--local", SubnetFilter, "any", value)
    return tuple(_items(value))


def _items(texts: Iterable[str]) -> list[str]:
    return [item.strip() for text in texts for item in text.split(",")]


def _ports(option: str, texts: tuple[str, ...]) -> list[range]:
    from huginn_cffi.filters.conditions import port_range
    from sigcompiler.diagnostics import quoted

    found = []
    for item in _items(texts):
        numbers = re.fullmatch("([0-9]{1,9})(?:-([0-9]{1,9}))?", item)
        if numbers is None:
            _refuse(option, f"{quoted(item)} is not {PORT_FORMS}")
        try:
            ports = port_range(int(numbers[1]), int(numbers[2] or numbers[1]))
        except FilterError as error:
            _refuse(option, str(error))
        found.append(range(ports.first, ports.last + 1))
    return found


def _addresses(option: str, kind: type[Addresses], side: str, texts: tuple[str, ...]) -> Addresses:
    try:
        return kind(**{side: _items(texts)})
    except FilterError as error:
        if option == "--local":
            _refuse(option, str(error).replace(", or use IpFilter", ""))
        _refuse(option, str(error).replace("IpFilter", "--ip").replace("SubnetFilter", "--subnet"))


def _bpf(expression: str | None) -> BpfFilter | None:
    if expression is None:
        return None
    from huginn_cffi.filters.bpf import BpfFilter, no_tcp_passes

    try:
        found = BpfFilter(expression)
    except FilterError as error:
        _refuse("--bpf", str(error))
    if not found.passes_tcp:
        complain(f"warning: {no_tcp_passes(found)}")
    return found


def _refuse(option: str, reason: str) -> NoReturn:
    raise click.BadParameter(reason, ctx=click.get_current_context(), param_hint=option)
