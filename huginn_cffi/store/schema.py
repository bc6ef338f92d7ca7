"""The tables and views of a store of hosts."""

from __future__ import annotations

from huginn_cffi.store.rows import BY_SEGMENTS, CELLS, DEVICE_COLUMNS, IPV4_LENGTHS, MAC_LENGTH

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

VERSION = 14
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

_TABLES = (
    """\
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value
) WITHOUT ROWID""",
    """\
CREATE TABLE sensor (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    first_seen INTEGER,
    last_seen INTEGER,
    UNIQUE (site, name)
)""",
    """\
CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    flavor TEXT NOT NULL,
    UNIQUE (kind, name, flavor)
)""",
    f"""\
CREATE TABLE host (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    {_COLUMNS},
    PRIMARY KEY (sensor, addr)
) WITHOUT ROWID""",
    """\
CREATE TABLE system (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    label INTEGER NOT NULL,
    role INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    packets INTEGER NOT NULL,
    earlier_packets INTEGER NOT NULL DEFAULT 0,
    confidence INTEGER,
    PRIMARY KEY (sensor, addr, label, role)
) WITHOUT ROWID""",
    """\
CREATE TABLE port (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    role INTEGER NOT NULL,
    port INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    count INTEGER NOT NULL,
    earlier_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sensor, addr, role, port)
) WITHOUT ROWID""",
    """\
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
)""",
    """\
CREATE TABLE watched (
    kind INTEGER NOT NULL,
    key BLOB NOT NULL,
    last_ns INTEGER NOT NULL,
    since_ns INTEGER NOT NULL,
    moves INTEGER NOT NULL,
    mac BLOB NOT NULL,
    before BLOB NOT NULL,
    roles INTEGER NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID""",
    """\
CREATE TABLE news (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sensor INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    record TEXT NOT NULL
)""",
    """\
CREATE TABLE delivery (
    channel TEXT PRIMARY KEY,
    accepted INTEGER NOT NULL,
    sending INTEGER NOT NULL
) WITHOUT ROWID""",
    "CREATE INDEX host_last ON host (last_seen)",
    "CREATE INDEX event_time ON event (time)",
    "CREATE UNIQUE INDEX event_addr ON event (addr, time, kind, sensor)",
)

# With CROSS JOIN SQLite keeps the join order, so that it looks up hosts by sensor and address.
_VIEWS = (
    f"""\
CREATE VIEW hosts AS
SELECT
    one.site, {address_text("one.addr")} AS ip, best.tunnel, coalesce(best.local, 0) AS local,
    verdict.name AS family, verdict.flavor AS flavor,
    coalesce(best.confidence, 0) / 1000.0 AS confidence,
    best.version_confidence / 1000.0 AS version_confidence, best.policy, one.systems,
    {_NAMES.format("tool")} AS tools,
    {_NAMES.format("tls_client")} AS tls_clients,
    {_NAMES.format("http_client")} AS http_clients,
    {_NAMES.format("http_server")} AS http_servers,
    best.findings, best.ended, best.evidence,
    {_PORTS.format(0)} AS client_ports,
    {_PORTS.format(1)} AS server_ports,
    {", ".join(f"device.{column}" for column in DEVICE_COLUMNS)},
    link.name AS link, best.mtu, best.distance, best.language,
    one.syns, one.syn_acks, one.connections,
    {_TIME.format("one.first_seen")} AS first_seen, {_TIME.format("one.last_seen")} AS last_seen,
    {_TIME.format("one.last_change")} AS last_change, {_TIME.format("one.last_sharing")} AS last_sharing,
    one.sensors, one.addr
FROM (
    SELECT
        sensor.site, host.addr, count(*) AS sensors, max(host.systems) AS systems,
        min(host.first_seen) AS first_seen, max(host.last_seen) AS last_seen,
        sum(host.syns) AS syns, sum(host.syn_acks) AS syn_acks, sum(host.connections) AS connections,
        max(host.last_change) AS last_change, max(host.last_sharing) AS last_sharing
    FROM sensor CROSS JOIN host ON host.sensor = sensor.id
    GROUP BY sensor.site, host.addr
) AS one
CROSS JOIN host AS best ON best.addr = one.addr AND best.sensor = (
    SELECT other.sensor FROM sensor CROSS JOIN host AS other ON other.sensor = sensor.id
    WHERE sensor.site = one.site AND other.addr = one.addr
    ORDER BY
        coalesce((SELECT kind FROM label WHERE id = other.verdict), '{BY_SEGMENTS}') = '{BY_SEGMENTS}',
        other.confidence DESC, other.last_seen DESC, other.sensor LIMIT 1)
LEFT JOIN label AS verdict ON verdict.id = best.verdict
LEFT JOIN label AS link ON link.id = best.link
LEFT JOIN host AS device ON device.addr = one.addr AND device.sensor = (
    SELECT other.sensor FROM sensor CROSS JOIN host AS other ON other.sensor = sensor.id
    WHERE sensor.site = one.site AND other.addr = one.addr
    ORDER BY other.mac IS NULL, other.device_scope DESC, other.last_seen DESC, other.sensor LIMIT 1)""",
    f"""\
CREATE VIEW systems_now AS
SELECT
    sensor.site, sensor.name AS sensor, {address_text("system.addr")} AS ip, {_TUNNEL.format("system")},
    label.name AS family, label.flavor, system.confidence / 1000.0 AS confidence, system.packets,
    {_TIME.format("system.first_seen")} AS first_seen, {_TIME.format("system.last_seen")} AS last_seen
FROM system JOIN sensor ON sensor.id = system.sensor JOIN label ON label.id = system.label
WHERE label.kind = 'system' AND system.last_seen = (
    SELECT max(other.last_seen) FROM system AS other JOIN label ON label.id = other.label
    WHERE other.sensor = system.sensor AND other.addr = system.addr AND label.kind = 'system')""",
    f"""\
CREATE VIEW changes AS
SELECT
    sensor.site, sensor.name AS sensor, {address_text("event.addr")} AS ip, {_TUNNEL.format("event")},
    {_TIME.format("event.time")} AS time, event.kind, event.reason, event.detail
FROM event JOIN sensor ON sensor.id = event.sensor""",
)

STATEMENTS = (*_TABLES, *_VIEWS)
"""Statements that create an empty store."""
