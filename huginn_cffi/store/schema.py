"""The tables and views of a store of hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from huginn_cffi.store.rows import BY_SEGMENTS, CELLS, DEVICE_COLUMNS
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.objects import Column, Key

APPLICATION_ID = 0x68677374
"""SQLite's ``application_id``, which identifies the file: "hgst"."""

VERSION = 28
"""Increase it when a statement of `STATEMENTS` changes: a store of another version is refused."""

SYSTEMS_KEPT, PORTS_KEPT, PEERS_KEPT, EVENTS_KEPT = 64, 32, 64, 64
"""Limits for a host's rows in each table; the oldest are removed first."""

_TIME = "strftime('%Y-%m-%dT%H:%M:%S', {0} / 1000000000, 'unixepoch') || printf('.%09dZ', {0} % 1000000000)"
"""A time in the form of records; NULL stays NULL."""

_PARTS = """\
sensor CROSS JOIN host AS part ON part.sensor = sensor.id{}
    WHERE sensor.site = one.site AND part.addr = one.addr AND part.holder = one.holder
    AND part.part BETWEEN one.part AND one.last_part"""
_OF_PART = " CROSS JOIN {0} ON {0}.sensor = part.sensor AND {0}.addr = part.addr AND {0}.part = part.part"
PARTS = _PARTS.format("")
"""The parts of a row of the view ``holders``."""

_OF = "ON host.sensor = {0}.sensor AND host.addr = {0}.addr AND host.part = {0}.part"
"""The host to which a row belongs."""

_NAMES = f"""\
(SELECT group_concat(name, ' | ') FROM (
    SELECT DISTINCT label.name AS name FROM {
    _PARTS.format(_OF_PART.format("system") + " JOIN label ON label.id = system.label")
} AND label.kind = '{{}}' ORDER BY name))"""
"""The names of one kind (tools, clients, servers) seen with a host."""

_PORTS = f"""\
(SELECT group_concat(port, ' | ') FROM (
    SELECT DISTINCT port.port AS port FROM {_PARTS.format(_OF_PART.format("port"))}
    AND port.role = {{}} ORDER BY port))"""
"""The ports of a host in one role."""

_COLUMNS = ",\n    ".join(
    f"{one.name} {one.type}{' NOT NULL' if one.update == 'count' else ''}" for one in CELLS
)

_SHOWN = tuple((one, one.store) for one in KEYS if one.store and one.name not in DEVICE_COLUMNS)
"""Keys of hosts whose values the view ``holders`` shows beside those of the device."""
CONCLUDED = ("conclusion", "confidence", "version_confidence", "policy", "ended", "evidence")
"""Columns whose values belong together: they are from the best part."""
_OF_LISTS = ("findings", "ended", "evidence")

RANK = f"""\
CASE (SELECT kind FROM label WHERE id = {{0}}.conclusion)
    WHEN '{BY_SEGMENTS}' THEN 1 WHEN 'system' THEN 0 ELSE 2 END"""

IS_LAST = """\
NOT EXISTS (SELECT 1 FROM host AS newer WHERE newer.sensor = host.sensor AND newer.addr = host.addr
    AND newer.holder = host.holder
    AND (newer.last_seen, newer.part) > (host.last_seen, host.part))"""
"""A condition on rows of the table ``host``: of the parts of a sensor's host, the one that ended last."""

_BEST = f"""\
(SELECT part.{{0}} FROM {PARTS}
    ORDER BY {RANK.format("part")},
    part.last_seen < max(part.last_seen) OVER (PARTITION BY part.sensor, {RANK.format("part")}),
    part.confidence DESC, part.last_seen DESC, part.sensor, part.part LIMIT 1)"""
"""Of several parts, the one that names the system: by handshakes if there are any; of each sensor the latest,
and of several sensors the most confident."""


def _last(column: str, parts: str = PARTS, order: str = "part.last_seen DESC") -> str:
    """The last known value of several parts."""
    return f"(SELECT part.{column} FROM {parts} AND part.{column} IS NOT NULL ORDER BY {order} LIMIT 1)"


_BY_SCOPE = "part.device_scope DESC, part.last_seen DESC"
"""Claims of a lower scope do not replace claims of a higher scope."""


def _value(column: str, function: str = "") -> str:
    """The value of a column of the table ``host`` in the view ``holders``.

    Most holders have one part, for which nothing is combined: that takes a third of the time.
    """
    if column in CONCLUDED:
        return f"best.{column}"
    order = _BY_SCOPE if column in DEVICE_COLUMNS else "part.last_seen DESC"
    combined = f"(SELECT {function}(part.{column}) FROM {PARTS})" if function else _last(column, order=order)
    return f"CASE WHEN one.parts = 1 THEN best.{column} ELSE {combined} END"


def _combined(one: Key, column: Column) -> str:
    """The function that combines the values of several parts; empty for one that is not combined."""
    return "max" if one.name == "systems" else {"count": "sum", "newest": "max"}.get(column.update, "")


def _values() -> Iterator[tuple[str, str]]:
    """The names of values of the view ``holders``, and their SQL."""
    for one, column in _SHOWN:
        name = column.name or one.name
        if column.label:
            yield one.name, f"{name}.name"
            if column.flavor:
                yield column.flavor, f"{name}.flavor"
            continue
        value = _value(name, _combined(one, column))
        if one.kind == "time":
            value = _TIME.format(value)
        elif not one.nullable and column.update != "count":
            value = f"coalesce({value}, {repr('') if one.kind == 'text' else 0})"
        yield one.name, f"{value}{' / 1000.0' if one.kind == 'share' else ''}"


def _labels() -> Iterator[str]:
    for one, column in _SHOWN:
        if column.label:
            name = column.name or one.name
            yield f"LEFT JOIN label AS {name} ON {name}.id = {_value(name)}"


def _as(values: Iterable[tuple[str, str]]) -> str:
    return ",\n    ".join(f"{value} AS {name}" for name, value in values)


_SAME_HOLDER = " AND ".join(f"part.{name} = one.{name}" for name in ("sensor", "addr", "holder"))
_GROUPED = "host.sensor, host.addr, host.holder, min(host.ip) AS ip, min(host.tunnel) AS tunnel"
"""The first columns of the rows that these views group; they group by the first three."""


def _holder() -> str:
    """The first columns of views with a row for each use by a holder."""
    parts = f"host AS part WHERE {_SAME_HOLDER}"
    named = ", ".join(
        f"{_last(name, parts, _BY_SCOPE)} AS {name}" for name in ("local", "role", "device_type")
    )
    station = f"(SELECT max(part.mac) FROM {parts}) AS mac"
    return f"sensor.site, sensor.name AS sensor, one.ip, one.tunnel, {station}, {named}"


_CHANGED = f"""\
coalesce((SELECT max(part.last_change) FROM host AS part
    WHERE {_SAME_HOLDER}), 0)"""
"""The last change of a holder's system."""


class _Each(dict[str, str]):
    """The replacements of ``{kind[name]}`` in statements, by name."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, name: str) -> str:
        return self._made(name)


def _statements() -> Iterator[str]:
    lines = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8").splitlines()
    values = [*_values()]
    last_values = [(name, _value(name)) for name in _OF_LISTS]
    device = [(name, _value(name)) for name in DEVICE_COLUMNS]
    names = (
        *("site", *(name for name, _ in values)),
        *(
            "policy",
            "tools",
            "tls_clients",
            "http_clients",
            "http_servers",
            *(name for name, _ in last_values),
        ),
        *("client_ports", "server_ports", *DEVICE_COLUMNS, "first_seen", "last_seen", "sensors", "addr"),
    )
    text = "\n".join(line for line in lines if not line.startswith("--")).format(
        columns=_COLUMNS,
        values=_as(values),
        last_values=_as(last_values),
        labels="\n".join(_labels()),
        device=_as(device),
        hosts=", ".join(names),
        parts=PARTS,
        best=_Each(_BEST.format),
        holder=_holder(),
        grouped=_GROUPED,
        changed=_CHANGED,
        same=_SAME_HOLDER,
        of=_Each(_OF.format),
        names=_Each(_NAMES.format),
        ports=_Each(_PORTS.format),
        time=_Each(_TIME.format),
    )
    return map(str.strip, text.removesuffix(";").split(";\n"))


STATEMENTS = (*_statements(),)
"""Statements that create an empty store."""
