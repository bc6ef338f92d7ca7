"""``huginn devices``: one record per device."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from ipaddress import ip_address, ip_network
from itertools import filterfalse, groupby, islice
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.later import Later
from huginn_cffi.base.names import in_tunnel
from huginn_cffi.base.text_tables import aligned
from huginn_cffi.base.times import Span, parse_span
from huginn_cffi.cli import host_output
from huginn_cffi.cli.filter_options import TrafficOptions, local_option, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, devices_options
from huginn_cffi.cli.output.results import ResultOutput
from huginn_cffi.cli.parameters import FILE, command, option, parsed
from huginn_cffi.cli.standard_error import counted, warn_of_cards
from huginn_cffi.cli.status import DONE
from huginn_cffi.formats.addresses import latest_address
from huginn_cffi.hosts.devices import (
    VersionTimes,
    ages,
    devices_of,
    row,
    stored_devices,
    texts,
    version_since,
)
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text, mac_text
from huginn_cffi.hosts.network_cards import NetworkCards
from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.hosts import DEVICE_KEYS

if TYPE_CHECKING:
    from huginn_cffi.applications.alerting.known import KnownDevices
    from huginn_cffi.hosts import who
    from huginn_cffi.run.stats import Stats
else:
    who = Later("huginn_cffi.hosts.who")

Devices = Iterable[dict[str, Any]]

PIECE_LINES = 1000
"""Lines that are written at once."""


@command()
def devices(
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    analysis: AnalysisArguments = devices_options,
    traffic: TrafficOptions = traffic_options,
    local: tuple[str, ...] = local_option,
    is_long: bool = option("--long"),
    store: str | None = option("--store FILE", type=FILE),
    known: str | None = option("--known FILE", type=FILE),
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
    at: Span | None = option("--at TIME", callback=parsed(parse_span, None)),
) -> int:
    """List devices: hosts with the same MAC are one device, others are known by their address."""
    traffic, selection = host_output.split_options(traffic, at)
    if (store is None) is not bool(captures):
        raise click.UsageError("name captures, or a store with --store")
    if selection.asks_for_ends:
        raise click.UsageError("a device is chosen by its addresses: omit --src-only and --dst-only")
    for name, is_given in (("--long", is_long), ("--known", known is not None)):
        if is_given and analysis.format_ != "text":
            raise click.UsageError(f"{name} is for the table: omit --format")
    if known is not None and analysis.anonymize is not None:
        raise click.UsageError("--known names addresses, which --anonymize replaces: omit one of them")
    compared = None if known is None else _known(known)
    analysis.refuse_anonymous("--store", store)
    folder = analysis.log_folder
    analysis = analysis._replace(output=None if folder else analysis.output)
    table = DeviceTable(analysis.format_, folder, compared, _room(is_long, analysis.output))
    if store is not None:
        host_output.refuse_options_of_captures()
        return host_output.write_hosts([store], analysis, partial(_write_stored, store, selection, table))

    def write(inventory: Inventory, _: Stats, out: ResultOutput) -> None:
        inventory.find_cards(cards := NetworkCards(are_real=analysis.anonymize is None))
        found = _chosen(devices_of(inventory), selection)
        table.write(found, out, partial(_remote_hosts, inventory, selection))
        warn_of_cards(cards)

    return host_output.write_captured(
        *(captures, analysis, traffic, max_inventory),
        lambda analyzer: Inventory(analyzer.database, max_inventory=max_inventory, local=local),
        write,
    )


def _known(path: str) -> KnownDevices:
    from huginn_cffi.applications.alerting.known import KnownDevices, KnownError

    try:
        found = KnownDevices(path)
    except KnownError as error:
        raise click.UsageError(str(error)) from None
    if not found.path.exists():
        raise click.UsageError(f"{named(path)}: no such file")
    return found


def _remote_hosts(inventory: Inventory, selection: host_output.Selection) -> int:
    """The number of chosen remote hosts, also of those of which only packets were counted."""
    return sum(
        not inventory.is_local(place)
        for first, end in selection.spans(inventory)
        for place in range(first, end)
    )


def _write_stored(path: str, selection: host_output.Selection, table: DeviceTable, out: ResultOutput) -> int:
    from huginn_cffi.store.reading import COLUMNS, Store, version_times

    cards = NetworkCards()
    with Store(path) as store:
        table = table._replace(times=version_times(store.connection))
        rows = (dict(zip(COLUMNS, values, strict=True)) for values in store.rows())
        table.write(_chosen(stored_devices(rows, cards), selection), out)
    warn_of_cards(cards)
    return DONE


def _chosen(devices: Devices, selection: host_output.Selection) -> Iterator[dict[str, Any]]:
    for one in devices:
        then = one if selection.at is None else who.device_at(one, selection.at)
        if then is not None and _is_chosen(then, selection):
            yield then


def _is_chosen(one: Mapping[str, Any], selection: host_output.Selection) -> bool:
    addresses = (ip_address(address["ip"]) for address in one["addresses"])
    return not selection.conditions or any(map(selection.meets, addresses))


def _room(is_long: bool, output: str | None) -> float:
    """The columns that a table with all times may take: those of the terminal, or all with ``--long``."""
    if is_long:
        return math.inf
    return get_terminal_size().columns if output is None and sys.stdout.isatty() else 0


class DeviceTable(NamedTuple):
    """How devices are written."""

    format_: str
    folder: str | None
    known: KnownDevices | None
    room: float
    times: VersionTimes | None = None
    """Of a store: since when the versions of its devices were seen."""

    def write(
        self, found: Iterator[dict[str, Any]], out: ResultOutput, remote: Callable[[], int] | None = None
    ) -> None:
        """Write all devices. `remote` counts the remote hosts."""
        if self.folder is not None:
            from huginn_cffi.formats.zeek import DEVICE_LOGS

            with host_output.zeek_logs(self.folder, DEVICE_LOGS) as logs:
                logs.add_devices(found)
        elif self.format_ in ("csv", "parquet"):
            from huginn_cffi.hosts.table import PIECE_HOSTS

            cells = texts if self.format_ == "csv" else row
            pieces = iter(lambda: [cells(one) for one in islice(found, PIECE_HOSTS)], [])
            host_output.write_table(pieces, self.format_, out, DEVICE_KEYS)
        else:
            lines = self._lines(found, remote)
            while piece := b"".join(islice(lines, PIECE_LINES)):
                out.write(piece)

    def _lines(self, found: Devices, remote: Callable[[], int] | None) -> Iterator[bytes]:
        if self.known is not None:
            yield from _encoded(compared_lines(found, self.known, self.room))
        elif self.format_ == "text":
            yield from _encoded(device_lines(found, remote, self.room, self.times))
        elif self.format_ == "netbox":
            from huginn_cffi.formats.netbox import netbox_lines

            yield from netbox_lines(found)
        else:
            from huginn_cffi.formats.devices_ocsf import device_event
            from huginn_cffi.formats.hosts_ecs import document

            make = {"ocsf": device_event, "ecs": document}.get(self.format_, dict)
            made = map(make, found)
            yield from (f"{json.dumps(one, separators=(',', ':'))}\n".encode("ascii") for one in made)


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    return (f"{line}\n".encode("utf-8", "backslashreplace") for line in lines)


HEADINGS = ("address", "MAC", "device", "system", "role")
TIMES = ("first seen", "last seen")
SHOWN_SEGMENTS = 3
AGES = ("version since", "support ends", "days behind")


def _fitted(rows: list[list[str]], room: float) -> Iterator[str]:
    """Aligned rows, without the times in the last two columns if the lines would be longer than `room`."""
    lines = [*aligned(rows)]
    fits = max(map(len, lines)) <= room
    return iter(lines) if fits else aligned([row[: -len(TIMES)] for row in rows])


def device_lines(
    devices: Iterable[Mapping[str, Any]],
    remote: Callable[[], int] | None = None,
    room: float = 0,
    times: VersionTimes | None = None,
) -> Iterator[str]:
    """The table of local devices by network and address, with headings; then counts, also of remote hosts.

    It has their own names if one is known, as with ``--host-names``, and times if `room` columns suffice.
    `remote` counts the remote hosts; without it, all of them are among `devices`, as in a store.
    """
    from sigcompiler.diagnostics import visible

    found = [*devices]
    local = sorted((one for one in found if one["local"]), key=_place)
    if local:
        rows = [[*HEADINGS, *TIMES], *([visible(cell) for cell in _table_row(one)] for one in local)]
        if any(one["host_name"] for one in local):
            names = ["name", *(visible(one["host_name"] or "") for one in local)]
            rows = [[row[0], name, *row[1:]] for row, name in zip(rows, names, strict=True)]
        if room == math.inf and times is not None:  # of a store, with --long
            ages = [AGES, *(_ages(one, times) for one in local)]
            rows = [[*row, *age] for row, age in zip(rows, ages, strict=True)]
        lines = _fitted(rows, room)
        yield next(lines)
        networks = [*map(_network, local)]
        has_headings = len({*networks} - {None}) > 1
        for network, group in groupby(networks):
            if has_headings:
                yield f"{network or 'without an address'}:"
            yield from islice(lines, sum(1 for _ in group))
        yield ""
    listed = {(one.get("site"), *one["segments"], of["ip"]) for one in local for of in one["addresses"]}
    more = sum(max(one["address_count"] - len(one["addresses"]), not one["addresses"]) for one in local)
    with_mac = sum(one["mac"] is not None for one in local)
    named = sum(device_text(*map(one.get, DEVICE_VALUES)) != "" for one in local)
    yield (
        f"{counted(len(listed) + more, 'local sender')}: {counted(len(local), 'device')} listed, "
        f"{with_mac:,} with a MAC, {named:,} named; "
        f"{counted(remote() if remote else len(found) - len(local), 'remote host')} "
        f"(huginn hosts{' --all' if remote else ''} lists them)"
        f"{'' if local else '; if your addresses are public, name your networks with --local NET'}"
    )


def _ages(one: Mapping[str, Any], times: VersionTimes) -> tuple[str, str, str]:
    """Since when the device's version was seen, its end of support, and how many days it is behind."""
    sure = one["confidence"]
    if sure["system"] and not sure["version"]:  # the confidence of the version is not known
        return "", "", ""
    end, behind = ages(one)
    since = version_since(one, times)[:19].replace("T", " ")
    return since, end or "", "" if behind is None else str(behind)


def _place(one: Mapping[str, Any]) -> tuple[bool, int, int]:
    """The place in the table: by IPv4 address, then IPv6 address; devices without an address come last."""
    latest = latest_address(one["addresses"])
    if latest is None:
        return True, 0, 0
    address = ip_address(latest)
    return False, address.version, int(address)


def _network(one: Mapping[str, Any]) -> str | None:
    """A device's group: a network of IPv4 with 24 bits or of IPv6 with 48, as in reports."""
    latest = latest_address(one["addresses"])
    if latest is None:
        return None
    address = ip_address(latest)
    if address.version == 6 and address.is_link_local:
        return "link-local"
    if address.version == 4:
        return f"{latest.rpartition('.')[0]}.0/24"
    return str(ip_network((address, 48), strict=False))


def compared_lines(devices: Devices, known: KnownDevices, room: float = 0) -> Iterator[str]:
    """The table of devices that are local or listed, grouped by how the list of known devices has them."""
    from sigcompiler.diagnostics import visible

    groups: dict[str, list[list[str]]] = {"not listed": [], "different": [], "not seen": [], "listed": []}
    missing = dict.fromkeys(known)
    for one in devices:
        addresses = [address["ip"] for address in one["addresses"]]
        found = next((entry for ip in addresses or [None] if (entry := known.find(one["mac"], ip))), None)
        if found is None and not one["local"]:
            continue
        kind = "not listed" if found is None else "listed"
        if found is not None:
            missing.pop(found, None)
            kind = "different" if found.type and one["type"] and not found.is_of_type(one["type"]) else kind
        name = "" if found is None else found.name + (f" (a {found.type})" if kind == "different" else "")
        groups[kind].append([kind, name, *_table_row(one)])
    groups["not seen"] = [["not seen", of.name, of.address, of.mac, of.type, *[""] * 4] for of in missing]
    if rows := [[visible(cell) for cell in row] for group in groups.values() for row in group]:
        yield from _fitted([["known", "name", *HEADINGS, *TIMES], *rows], room)
        yield ""
    yield ", ".join(f"{len(group)} {kind}" for kind, group in groups.items())


def _table_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    system = label_text(one["system"], one["version"] or "") if one["system"] else ""
    kind = device_text(one["type"], one["manufacturer"], one["model"], None, None)
    if kind and kind == one["manufacturer"]:
        kind = f"{kind} module" if one["types"] == ["iot-module"] else f"device of {kind}"
    return (
        _address(one),
        _mac(one) + (f" ({one['virtual']})" if one["virtual"] else ""),
        kind or (f"network card: {one['network_card']}" if one["network_card"] else ""),
        system,
        (one["role"] or "").replace("-", " "),
        *(one[name][:19].replace("T", " ") for name in ("first_seen", "last_seen")),
    )


def _mac(one: Mapping[str, Any]) -> str:
    return (
        f"behind {mac_text(one['behind'])}" if one["behind"] else mac_text(one["mac"]) if one["mac"] else ""
    )


def _address(one: Mapping[str, Any]) -> str:
    """The address seen last, IPv4 preferred, and the number of further addresses."""
    every, tentative = one["addresses"], one["tentative"]
    if not every:
        return ", ".join(f"{ip} (tentative)" for ip in tentative[:1])
    more = f" and {one['address_count'] - 1:,} more" if one["address_count"] > 1 else ""
    more += " (disputed)" if any(of["disputed"] for of in every) else ""
    segments = [*map(str, filterfalse(in_tunnel, one["segments"]))]
    further = f" and {len(segments) - SHOWN_SEGMENTS:,} more" if len(segments) > SHOWN_SEGMENTS else ""
    segment = f" in {', '.join(segments[:SHOWN_SEGMENTS])}{further}" if segments else ""
    site = f" at {one['site']}" if one.get("site") else ""
    return f"{latest_address(every)}{more}{segment}{site}"
