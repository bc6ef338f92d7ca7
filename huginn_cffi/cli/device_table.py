"""Devices as a table for people: a line each, local ones alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from huginn_cffi.cli.standard_error import counted
from huginn_cffi.cli.summary_text import aligned
from huginn_cffi.formats.devices_ocsf import latest_address
from huginn_cffi.hosts.record import device_text, mac_text
from sigcompiler.claims.flavors import label_text

HEADINGS = ("address", "MAC", "device", "system", "last seen")


def device_lines(devices: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A heading and a line a device; the number of remote hosts, which are not listed."""
    from sigcompiler.diagnostics import visible

    rows, remote = [], 0
    for one in devices:
        if one["local"]:
            rows.append([visible(cell) for cell in _row(one)])
        else:
            remote += 1
    if rows:
        yield from aligned([HEADINGS, *rows])
        yield ""
    yield f"{counted(len(rows), 'device')}; {counted(remote, 'remote host')} (huginn hosts lists them)"


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    system = label_text(one["system"], one["version"] or "") if one["system"] else one["version"] or ""
    kind = device_text(one["type"], one["manufacturer"], one["model"], None, None)
    return (
        _address(one),
        (
            ""
            if one["mac"] is None
            else mac_text(one["mac"]) + (f" ({one['virtual']})" if one["virtual"] else "")
        ),
        kind or (f"network card: {one['network_card']}" if one["network_card"] else "???"),
        system or "???",
        one["last_seen"][:19].replace("T", " "),
    )


def _address(one: Mapping[str, Any]) -> str:
    """The address seen last, IPv4 before IPv6, and how many more there are."""
    every = one["addresses"]
    if not every:
        return ""
    more = f" and {len(every) - 1} more" if len(every) > 1 else ""
    site = f" at {one['site']}" if one.get("site") else ""
    return (
        f"{latest_address(every)}{more}{' (disputed)' if any(of['disputed'] for of in every) else ''}{site}"
    )
