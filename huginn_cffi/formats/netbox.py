"""Local devices as CSV that NetBox imports."""

from __future__ import annotations

import csv
from collections import Counter
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

    A name is unique at its site: the MAC, or else the address. A cell that a spreadsheet would take for a
    formula begins with an apostrophe.
    """
    yield _line(COLUMNS)
    names = Counter[tuple[str, str]]()
    for one in devices:
        if one["local"]:
            yield _line(_values(one, names))


def _values(one: Mapping[str, Any], names: Counter[tuple[str, str]]) -> Iterator[str]:
    address = latest_address(one["addresses"])
    yield _name(one, one["mac"] or address, names)
    for name in ("type", "manufacturer", "model"):
        yield _cell(one[name] or (one["network_card"] if name == "manufacturer" else None))
    yield "active"
    yield _cell(one.get("site") or "default")
    system = label_text(one["system"], one["version"] or "") if one["system"] else ""
    seen = f"last seen {one['last_seen'][:19]}Z"
    known = (_cell(value) for value in (one["host_name"], address, system) if value)
    yield "; ".join((*known, seen))


def _name(one: Mapping[str, Any], name: str | None, names: Counter[tuple[str, str]]) -> str:
    """The MAC or address; of a further device with it at the site, with its segment or a number."""
    for text in (name, " in ".join((str(name), *one["segments"][:1]))):
        names[one.get("site") or "", (cell := _cell(text))] += 1
        if (count := names[one.get("site") or "", cell]) == 1:
            return cell
    return f"{cell} ({count})"


def _cell(value: str | None) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in value or _UNKNOWN)[:_MOST]
    return f"'{text[: _MOST - 1]}" if text.lstrip()[:1] in ("=", "+", "-", "@") else text


def _line(cells: Iterable[str]) -> bytes:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
