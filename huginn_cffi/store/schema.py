"""The tables and views of a store of hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from huginn_cffi.store.rows import BY_SEGMENTS, CELLS, DEVICE_COLUMNS, IPV4_LENGTHS, MAC_LENGTH
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.objects import Column, Key

_DIGITS = "'0123456789ABCDEF'"
GROUPS = 8
"""Number of groups in an IPv6 address."""


def address_text(column: str) -> str:
    """An SQL expression for the text (RFC 5952) of the address in a column of keys; NULL without one."""
    return (
        f"CASE WHEN length({column}) IN {IPV4_LENGTHS} THEN {_ipv4(column)} "
        f"WHEN length({column}) != {MAC_LENGTH} THEN {_ipv6(column)} END"
    )


def _ipv4(column: str) -> str:
    def digit(place: int) -> str:
        return f"(instr({_DIGITS}, substr(hex({column}), {place}, 1)) - 1)"

    return " || '.' || ".join(f"({digit(place)} * 16 + {digit(place + 1)})" for place in (1, 3, 5, 7))


def _ipv6(column: str) -> str:
    """Replaces the first of the longest runs of zeros by ``::``; `text` has a colon at both ends."""
    groups = " || ':' || ".join(
        f"coalesce(nullif(ltrim(lower(substr(hex({column}), {4 * at + 1}, 4)), '0'), ''), '0')"
        for at in range(GROUPS)
    )
    runs = (":0" * length + ":" for length in range(GROUPS, 1, -1))
    cases = " ".join(
        f"WHEN instr(text, '{run}') THEN trim(substr(text, 1, instr(text, '{run}') - 1), ':')"
        f" || '::' || trim(substr(text, instr(text, '{run}') + {len(run)}), ':')"
        for run in runs
    )
    return f"(SELECT CASE {cases} ELSE trim(text, ':') END FROM (SELECT ':' || {groups} || ':' AS text))"


APPLICATION_ID = 0x68677374
"""SQLite's ``application_id``, which identifies the file: "hgst"."""

VERSION = 16
"""Increase it when a statement of `STATEMENTS` changes: a store of another version is refused."""

SYSTEMS_KEPT, PORTS_KEPT, EVENTS_KEPT = 64, 32, 64
"""Limits for a host's rows in each table; the oldest are removed first."""

_TIME = "strftime('%Y-%m-%dT%H:%M:%S', {0} / 1000000000, 'unixepoch') || printf('.%09dZ', {0} % 1000000000)"
"""A time in the form of records; NULL stays NULL."""

_TUNNEL = "(SELECT tunnel FROM host WHERE host.sensor = {0}.sensor AND host.addr = {0}.addr) AS tunnel"

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
        ip=_Each(address_text),
        names=_Each(_NAMES.format),
        ports=_Each(_PORTS.format),
        time=_Each(_TIME.format),
        tunnel=_Each(_TUNNEL.format),
    )
    return map(str.strip, text.removesuffix(";").split(";\n"))


STATEMENTS = (*_statements(),)
"""Statements that create an empty store."""
