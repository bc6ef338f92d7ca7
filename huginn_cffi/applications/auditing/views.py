"""The views that rules may name, with the columns whose values are uncertain or only claimed."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from huginn_cffi.applications.crypto.inventory import Use, broken_rules
from huginn_cffi.applications.crypto.kept import read_label
from huginn_cffi.formats.addresses import latest_address
from huginn_cffi.hosts.devices import (
    BY_DEVICE,
    OF_DEVICES,
    PROGRAMS,
    VersionTimes,
    ages,
    ordered_devices,
    programs_of,
    since_of,
    version_since,
    virtual_of,
)
from huginn_cffi.hosts.lines import DEVICE_VALUES
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.store.opening import columns_of
from huginn_cffi.store.reading import version_times
from sigcompiler.claims.crypto import POLICIES
from sigcompiler.claims.support import days_behind, is_supported, support_end
from sigcompiler.schema.hosts import DEVICE_ROLES

# That another source agrees does not matter: if the packets contradicted it, the confidence would be low.
_SHOWN = " OR ".join(
    f'evidence LIKE \'%["{source}%"agrees"]%\'' for source in ("syn", "segments", "client_hello")
)
_FAMILY = f"family IS NOT NULL AND confidence >= {{0}} AND ({{1}} OR {_SHOWN})"
_VERSION = "confidence >= {0} AND coalesce(version_confidence, 0) >= {0}"
_ENDED = f"{_VERSION} AND (ended IS NOT NULL OR is_supported(family, flavor, substr(last_seen, 1, 10)))"
_DEVICE_VERSION = "version != '' AND (system_confidence IS NULL OR version_confidence >= {0})"
_OF_VERSION = ("version", "version_since", "support_ends", "days_behind")
_OF_DEVICE = ("role", "device_type")


class AuditView(NamedTuple):
    """A view: one row is one thing that rules judge."""

    source: str
    columns: tuple[str, ...]
    sure: Mapping[str, str] = MappingProxyType({})
    """For columns with a measured confidence: when their value counts; {0} is the share of `sure`,
    and {1} is 1 for a rule that allows claims."""
    claims: frozenset[str] = frozenset()
    """Columns with values that a host only claims."""
    shown: tuple[str, ...] = ()
    """Columns that each answer shows as evidence."""
    key: tuple[str, ...] = ()
    """Columns that tell the rows of an address apart."""
    computed: Mapping[str, str] = MappingProxyType({})
    """Columns that the source does not have, made from those that each answer needs or shows."""


_CRYPTO = ("version", "key_exchange", "cipher", "key", "signature", "not_before", "not_after")
_CRYPTO_VALUES = (*_CRYPTO, "post_quantum", "broken", *(f"broken_{policy}" for policy in POLICIES))
_DEVICES = (
    *("site", "ip", "addresses", "address_count", "mac", "behind", "mac_local", "host_name", "segments"),
    *("role", "local", "virtual"),
    *DEVICE_VALUES,
    *(*_OF_VERSION[1:], "system_confidence", "version_confidence"),
    *("programs", "network_card", "first_seen", "last_seen"),
)
_HOST_CLAIMS = (
    *("flavor", "ended", "claimed_by", "role", "host_name", "language", "http_clients", "http_servers"),
    *(name for name in columns_of("hosts") if name.startswith("device_")),
)

_BY_PORT = {
    21: "ftp",
    23: "telnet",
    110: "pop3",
    143: "imap",
    389: "ldap",
    512: "rexec",
    513: "rlogin",
    514: "rsh",
}
"""Services that are known by their port, if no other one was seen there."""
_NAMED = " ".join(f"WHEN {number} THEN '{name}'" for number, name in _BY_PORT.items())
_SERVICE = f"coalesce(protocol, CASE port {_NAMED} ELSE '' END)"
ALWAYS = ("site", "ip", "mac", "last_seen")
"""Columns that each answer needs."""
_WORD = re.compile(r"\w+")

VIEWS = {
    "hosts": AuditView(
        "holders",
        columns_of("holders"),
        {"family": _FAMILY, "flavor": f"{_VERSION} AND flavor != ''", "ended": _ENDED},
        frozenset(_HOST_CLAIMS),
        ("confidence", "evidence", "connections"),
    ),
    "devices": AuditView(
        "devices",
        _DEVICES,
        {
            "system": "system IS NOT NULL AND coalesce(system_confidence, 1) >= {0}",
            **dict.fromkeys(_OF_VERSION, _DEVICE_VERSION),
        },
        frozenset(("host_name", "role", *DEVICE_VALUES, *_OF_VERSION, "programs")),
        ("addresses", "system_confidence"),
    ),
    "services": AuditView(
        "services",
        (*columns_of("services"), "service"),
        {"port": "port IS NOT NULL", "protocol": "protocol IS NOT NULL"},
        claims=frozenset(_OF_DEVICE),
        shown=("port", "packets"),
        key=("port",),
        computed={"service": _SERVICE},
    ),
    "peers": AuditView(
        "peers",
        columns_of("peers"),
        dict.fromkeys(("direction", "peer", "port", "protocol", "completed"), "direction IS NOT NULL"),
        claims=frozenset(_OF_DEVICE),
        shown=("direction", "peer", "port", "connections"),
        key=("direction", "peer", "port"),
    ),
    "cryptography": AuditView(
        "cryptography",
        (*columns_of("cryptography"), *_CRYPTO_VALUES),
        claims=frozenset(_OF_DEVICE),
        shown=("protocol", "algorithms", "connections"),
        key=("protocol", "algorithms"),
        computed={
            name: f"crypto_value('{name}', protocol, algorithms, substr(last_seen, 1, 4))"
            for name in _CRYPTO_VALUES
        },
    ),
}
VIEWS["holders"] = VIEWS["hosts"]
DEFAULT_VIEW = "hosts"


_BY_STACK = "device_system IS NULL AND family IS NOT NULL"
_SYSTEM, _EXACT = (
    f"CASE WHEN {_BY_STACK} THEN {seen} ELSE {announced} END"
    for seen, announced in (("family", "device_system"), ("flavor", "device_version"))
)
_ALONE = {
    **{name: name for name in ("site", "ip", "mac", "local", "first_seen", "last_seen")},
    **{name: f"device_{name}" for name in DEVICE_VALUES},
    "addresses": "coalesce(ip, '')",
    "address_count": "ip IS NOT NULL",
    "mac_local": "substr(mac, 2, 1) IN ('2', '3', '6', '7', 'a', 'b', 'e', 'f')",
    "host_name": "nullif(host_name, '')",
    "behind": "NULL",
    "segments": "coalesce(tunnel, '')",
    "role": f"CASE WHEN role IN {DEVICE_ROLES} THEN role END",
    "virtual": "virtual_of(mac)",
    "system": _SYSTEM,
    "version": _EXACT,
    "version_since": f"version_since(site, coalesce(mac, ip), tunnel, {_SYSTEM}, {_EXACT})",
    "support_ends": f"support_end({_SYSTEM}, {_EXACT})",
    "days_behind": f"days_behind({_SYSTEM}, {_EXACT}, substr(last_seen, 1, 10))",
    "system_confidence": f"CASE WHEN {_BY_STACK} THEN confidence END",
    "version_confidence": f"CASE WHEN {_BY_STACK} THEN version_confidence END",
    "programs": "joined(tls_clients, http_clients, http_servers)",
    "network_card": "network_card(mac)",
}
"""The values of a device that is one row of the view ``holders``, as most are: SQLite makes a million of them
in a third of the time that `_devices` needs."""
_IS_ALONE = """\
CASE WHEN mac IS NULL THEN NOT EXISTS (
    SELECT 1 FROM sensor CROSS JOIN host AS same ON same.sensor = sensor.id
    WHERE same.addr = one.addr AND same.holder != one.holder)
ELSE behind IS NOT 1 AND mac NOT IN (SELECT claimed_by FROM host WHERE claimed_by IS NOT NULL)
    AND (1 = (SELECT count(*) FROM host AS same WHERE same.mac = one.mac) OR NOT EXISTS (
        SELECT 1 FROM host AS same
        WHERE same.mac = one.mac AND (same.addr != one.addr OR same.holder != one.holder))) END"""
"""Whether no other row of ``holders`` belongs to the device of this one; counting reads the index alone."""


def table_of(view: str) -> str:
    """The table to which `prepare` copies a view."""
    return f"audited_{'hosts' if view == 'holders' else view}"


_HOSTS_TABLE, _DEVICES_TABLE = map(table_of, ("hosts", "devices"))


def prepare(connection: sqlite3.Connection, read: Mapping[str, Collection[str]]) -> None:
    """Copy the columns of views that are read to tables, which end with the connection.

    So each view is computed once for all rules, and devices are made from the same hosts.
    """
    connection.create_function("is_supported", 3, _is_supported, deterministic=True)
    connection.create_function(
        "crypto_value", 4, lambda name, *label: _crypto_values(*label)[name], deterministic=True
    )
    wanted = defaultdict[str, set[str]](set)
    for name, columns in read.items():
        view = VIEWS[name]
        conditions = " ".join(view.sure.get(one, "") + " " + view.computed.get(one, "") for one in columns)
        wanted[table_of(name)] |= {*ALWAYS, *view.key, *view.shown, *columns, *_WORD.findall(conditions)}
    if devices := wanted.pop(_DEVICES_TABLE, None):
        left_out = () if "programs" in devices else PROGRAMS
        wanted[_HOSTS_TABLE] |= {"addr", "holder", *OF_DEVICES}.difference(left_out)
    connection.execute("PRAGMA query_only = OFF")
    for name, view in VIEWS.items():
        if columns := wanted.pop(table_of(name), ()):
            names = [one for one in view.columns if one in columns and one not in view.computed]
            made = [f"{view.computed[one]} AS {one}" for one in view.computed if one in columns]
            # LIMIT stops SQLite from computing a column again for each mention.
            select = f"SELECT {', '.join(names)} FROM {view.source} LIMIT -1"
            connection.execute(f"DROP TABLE IF EXISTS temp.{table_of(name)}")
            values = ", ".join((*names, *made))
            connection.execute(
                f"CREATE TEMP TABLE {table_of(name)} AS SELECT {values} FROM ({select}) LIMIT -1"
            )
    if devices:
        _add_devices(connection, [name for name in _DEVICES if name in devices])
    connection.execute("PRAGMA query_only = ON")


def _add_devices(connection: sqlite3.Connection, columns: Sequence[str]) -> None:
    times = version_times(connection) if "version_since" in columns else {}
    cards = NetworkCards(are_real="network_card" in columns)
    functions: dict[str, Callable[..., Any]] = {
        "support_end": support_end,
        "days_behind": days_behind,
        "version_since": lambda *values: since_of(times, *values) or None,
        "joined": lambda *lists: " | ".join(programs_of(lists)),
    }
    for name, function in functions.items():
        connection.create_function(name, -1, _texts_of(function), deterministic=True)
    connection.create_function("virtual_of", 1, lambda mac: mac and virtual_of(mac), deterministic=True)
    connection.create_function("network_card", 1, cards.maker)
    connection.execute(f"DROP TABLE IF EXISTS temp.{_DEVICES_TABLE}")
    connection.execute(f"CREATE TEMP TABLE {_DEVICES_TABLE} ({', '.join(columns)})")
    alone, hosts = ", ".join(_ALONE[name] for name in columns), f"{_HOSTS_TABLE} AS one"
    made = connection.execute(f"INSERT INTO {_DEVICES_TABLE} SELECT {alone} FROM {hosts} WHERE {_IS_ALONE}")
    if connection.execute(f"SELECT count(*) + count(claimed_by) FROM {hosts}").fetchone() != (made.rowcount,):
        marks = ", ".join("?" * len(columns))
        others = _devices(connection, columns, times, cards)
        connection.executemany(f"INSERT INTO {_DEVICES_TABLE} VALUES ({marks})", others)


def _texts_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with empty texts in place of NULL. Its answers are kept: versions repeat."""
    return lru_cache(maxsize=1 << 12)(lambda *values: function(*(one or "" for one in values)))


def _is_supported(family: str | None, flavor: str | None, day: str) -> bool:
    return bool(family and flavor) and is_supported(str(family), str(flavor), day)


def _devices(
    connection: sqlite3.Connection, columns: Sequence[str], times: VersionTimes, cards: NetworkCards
) -> Iterator[tuple[object, ...]]:
    """The values of devices with several rows, one after another: there may be a million."""
    is_aged = not {"support_ends", "days_behind"}.isdisjoint(columns)
    left_out = () if "programs" in columns else PROGRAMS
    values = ", ".join(f"NULL AS {name}" if name in left_out else name for name in OF_DEVICES)

    def hosts(rest: str) -> Iterator[dict[str, Any]]:
        for row in connection.execute(f"SELECT {values} FROM {_HOSTS_TABLE} AS one {rest}"):
            yield dict(zip(OF_DEVICES, row, strict=True))

    claims = hosts("WHERE claimed_by IS NOT NULL")
    for one in ordered_devices(hosts(f"WHERE NOT {_IS_ALONE} ORDER BY {BY_DEVICE}"), claims):
        end, behind = ages(one) if is_aged else (None, None)
        made = {
            **one,
            "ip": latest_address(one["addresses"]),
            "addresses": " | ".join(each["ip"] for each in one["addresses"]),
            "segments": " | ".join(one["segments"]),
            "programs": " | ".join(one["programs"]),
            "support_ends": end,
            "days_behind": behind,
            "version_since": version_since(one, times) or None,
            "network_card": cards.maker(one["mac"]),
            "system_confidence": one["confidence"]["system"],
            "version_confidence": one["confidence"]["version"],
        }
        yield tuple(made[name] for name in columns)


@lru_cache(maxsize=4096)
def _crypto_values(protocol: str, algorithms: str, year: str) -> dict[str, str | int | None]:
    """The values of a label; `broken...` lists what a policy deprecates or disallows in the year."""
    what = read_label(protocol, algorithms)
    names = {("key_exchange" if one.kind == "group" else one.kind): one.name for one in what.algorithms}
    names["cipher"] = names.get("cipher_suite", names.get("cipher", ""))
    found: dict[str, str | int | None] = {one: names.get(one) or None for one in _CRYPTO}
    if isinstance(what, Use):
        found["post_quantum"] = int(what.standing(None) == "used")
    else:
        found |= {"not_before": what.not_before, "not_after": what.not_after}
        found["post_quantum"] = int(any(one.is_post_quantum_key for one in what.algorithms))
    for policy in ("", *POLICIES):
        rules = broken_rules(what.algorithms, policy, int(year))
        found[f"broken_{policy}".rstrip("_")] = "; ".join(
            f"{one.name}: {rule.status} ({rule.source})" for one, rule in rules
        )
    return found
