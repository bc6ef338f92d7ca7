"""Local devices as CSV that NetBox imports."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from huginn_cffi.formats.addresses import latest_address
from sigcompiler.claims.flavors import label_text

COLUMNS = ("name", "role", "manufacturer", "device_type", "status", "site", "description")
"""The columns of the import, in the order of `_values`."""
_UNKNOWN = "unknown"
_MOST = 100
"""Most characters of a cell: NetBox's limit for names; descriptions may have twice as many."""


def netbox_lines(devices: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The heading, then a line for each local device.

    A name is unique: the MAC, or else the address. A cell that a spreadsheet would take for a formula
    begins with an apostrophe.
    """
    yield _line(COLUMNS)
    for one in devices:
        if one["local"]:
            yield _line(_values(one))


def _values(one: Mapping[str, Any]) -> Iterator[str]:
    address = latest_address(one["addresses"])
    yield _cell(one["mac"] or address)
    for name in ("type", "manufacturer", "model"):
        yield _cell(one[name] or (one["network_card"] if name == "manufacturer" else None))
    yield "active"
    yield _cell(one.get("site") or "default")
    system = label_text(one["system"], one["version"] or "") if one["system"] else ""
    seen = f"last seen {one['last_seen'][:19]}Z"
    known = (_cell(value) for value in (one["host_name"], address, system) if value)
    yield "; ".join((*known, seen))


def _cell(value: str | None) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in value or _UNKNOWN)[:_MOST]
    return f"'{text[: _MOST - 1]}" if text.lstrip()[:1] in ("=", "+", "-", "@") else text


def _line(cells: Iterable[str]) -> bytes:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
