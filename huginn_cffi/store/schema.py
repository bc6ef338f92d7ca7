"""The tables and views of a store of hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from huginn_cffi.store.rows import BY_SEGMENTS, CELLS, DEVICE_COLUMNS
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.objects import Column, Key

APPLICATION_ID = 0x68677374
"""SQLite's ``application_id``, which identifies the file: "hgst"."""

VERSION = 20
"""Increase it when a statement of `STATEMENTS` changes: a store of another version is refused."""

SYSTEMS_KEPT, PORTS_KEPT, PEERS_KEPT, EVENTS_KEPT = 64, 32, 64, 64
"""Limits for a host's rows in each table; the oldest are removed first."""

_TIME = "strftime('%Y-%m-%dT%H:%M:%S', {0} / 1000000000, 'unixepoch') || printf('.%09dZ', {0} % 1000000000)"
"""A time in the form of records; NULL stays NULL."""

_NAMED = "(SELECT {1} FROM host WHERE host.sensor = {0}.sensor AND host.addr = {0}.addr) AS {1}"

_NAMES = """\
(SELECT group_concat(name, ' | ') FROM (
    SELECT DISTINCT label.name AS name FROM sensor CROSS JOIN system ON system.sensor = sensor.id
    JOIN label ON label.id = system.label
    WHERE sensor.site = one.site AND system.addr = one.addr AND label.kind = '{}' ORDER BY name))"""
"""The names of one kind (tools, clients, servers) seen with a host."""

_PORTS = """\
(SELECT group_concat(port, ' | ') FROM (
    SELECT DISTINCT port.port AS port FROM sensor CROSS JOIN port ON port.sensor = sensor.id
    WHERE sensor.site = one.site AND port.addr = one.addr AND port.role = {} ORDER BY port))"""
"""The ports of a host in one role."""

_COLUMNS = ",\n    ".join(
    f"{one.name} {one.type} NOT NULL,\n    earlier_{one.name} INTEGER NOT NULL DEFAULT 0"
    if one.update == "count"
    else f"{one.name} {one.type}"
    for one in CELLS
)

_STORED = tuple((one, one.store) for one in KEYS if one.store and one.name not in DEVICE_COLUMNS)
"""Keys whose values the view ``hosts`` takes from the table ``host``."""


def _combined(one: Key, column: Column) -> str:
    """The function that combines the values of several sensors; empty for values of the best sensor."""
    return "max" if one.name == "systems" else {"count": "sum", "newest": "max"}.get(column.update, "")


def _combined_values() -> Iterator[str]:
    for one, column in _STORED:
        if function := _combined(one, column):
            name = column.name or one.name
            yield f"{function}(host.{name}) AS {name}"


def _values() -> Iterator[str]:
    for one, column in _STORED:
        name = column.name or one.name
        if column.label:
            yield f"{name}.name AS {one.name}"
            if column.flavor:
                yield f"{name}.flavor AS {column.flavor}"
            continue
        value = f"{'one' if _combined(one, column) else 'best'}.{name}"
        if one.kind == "time":
            value = _TIME.format(value)
        elif not one.nullable and column.update != "count":
            value = f"coalesce({value}, {repr('') if one.kind == 'text' else 0})"
        yield f"{value}{' / 1000.0' if one.kind == 'share' else ''} AS {one.name}"


def _labels() -> Iterator[str]:
    for one, column in _STORED:
        if column.label:
            name = column.name or one.name
            yield f"LEFT JOIN label AS {name} ON {name}.id = best.{name}"


class _Each(dict[str, str]):
    """The replacements of ``{kind[name]}`` in statements, by name."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, name: str) -> str:
        return self._made(name)


def _statements() -> Iterator[str]:
    lines = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--")).format(
        columns=_COLUMNS,
        combined=",\n        ".join(_combined_values()),
        values=",\n    ".join(_values()),
        labels="\n".join(_labels()),
        device=", ".join(f"device.{column}" for column in DEVICE_COLUMNS),
        by_segments=BY_SEGMENTS,
        ip=_Each(lambda table: _NAMED.format(table, "ip")),
        names=_Each(_NAMES.format),
        ports=_Each(_PORTS.format),
        time=_Each(_TIME.format),
        tunnel=_Each(lambda table: _NAMED.format(table, "tunnel")),
    )
    return map(str.strip, text.removesuffix(";").split(";\n"))


STATEMENTS = (*_statements(),)
"""Statements that create an empty store."""
