-- The tables and views of a store of hosts; schema.py replaces the parts in braces.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

CREATE TABLE sensor (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    first_seen INTEGER,
    last_seen INTEGER,
    UNIQUE (site, name)
);

CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    flavor TEXT NOT NULL,
    UNIQUE (kind, name, flavor)
);

CREATE TABLE host (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    {columns},
    PRIMARY KEY (sensor, addr)
) WITHOUT ROWID;

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
) WITHOUT ROWID;

CREATE TABLE port (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    role INTEGER NOT NULL,
    port INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    count INTEGER NOT NULL,
    earlier_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sensor, addr, role, port)
) WITHOUT ROWID;

CREATE TABLE peer (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    direction TEXT NOT NULL,
    port INTEGER NOT NULL,
    peer TEXT NOT NULL,
    protocol TEXT,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    connections INTEGER NOT NULL,
    earlier_connections INTEGER NOT NULL DEFAULT 0,
    completed INTEGER NOT NULL,
    earlier_completed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sensor, addr, direction, port, peer)
) WITHOUT ROWID;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
);

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
) WITHOUT ROWID;

CREATE TABLE news (
    id INTEGER PRIMARY KEY,
    queue INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    sensor INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    record TEXT NOT NULL
);

CREATE TABLE delivery (
    channel TEXT NOT NULL,
    queue INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    sending INTEGER NOT NULL,
    refused TEXT NOT NULL,
    PRIMARY KEY (channel, queue)
) WITHOUT ROWID;

CREATE UNIQUE INDEX news_number ON news (queue, number);

CREATE INDEX host_last ON host (last_seen);

CREATE INDEX event_time ON event (time);

CREATE UNIQUE INDEX event_addr ON event (addr, time, kind, sensor);

-- With CROSS JOIN SQLite keeps the join order, so that it looks up hosts by sensor and address.
CREATE VIEW hosts AS
SELECT
    one.site,
    {values},
    best.policy,
    {names[tool]} AS tools,
    {names[tls_client]} AS tls_clients,
    {names[http_client]} AS http_clients,
    {names[http_server]} AS http_servers,
    best.findings, best.ended, best.evidence,
    {ports[0]} AS client_ports,
    {ports[1]} AS server_ports,
    {device},
    {time[one.first_seen]} AS first_seen, {time[one.last_seen]} AS last_seen, one.sensors, one.addr
FROM (
    SELECT
        sensor.site, host.addr, count(*) AS sensors, min(host.sensor) AS sensor,
        min(host.first_seen) AS first_seen, max(host.last_seen) AS last_seen,
        {combined}
    FROM sensor CROSS JOIN host ON host.sensor = sensor.id
    GROUP BY sensor.site, host.addr
) AS one
CROSS JOIN host AS best ON best.addr = one.addr AND best.sensor = CASE WHEN one.sensors = 1 THEN one.sensor ELSE (
    SELECT other.sensor FROM sensor CROSS JOIN host AS other ON other.sensor = sensor.id
    WHERE sensor.site = one.site AND other.addr = one.addr
    ORDER BY
        coalesce((SELECT kind FROM label WHERE id = other.conclusion), '{by_segments}') = '{by_segments}',
        other.confidence DESC, other.last_seen DESC, other.sensor LIMIT 1) END
{labels}
LEFT JOIN host AS device ON device.addr = one.addr AND device.sensor = CASE WHEN one.sensors = 1 THEN one.sensor ELSE (
    SELECT other.sensor FROM sensor CROSS JOIN host AS other ON other.sensor = sensor.id
    WHERE sensor.site = one.site AND other.addr = one.addr
    ORDER BY other.mac IS NULL, other.device_scope DESC, other.last_seen DESC, other.sensor LIMIT 1) END;

CREATE VIEW systems_now AS
SELECT
    sensor.site, sensor.name AS sensor, {ip[system]}, {tunnel[system]},
    label.name AS family, label.flavor, system.confidence / 1000.0 AS confidence, system.packets,
    {time[system.first_seen]} AS first_seen, {time[system.last_seen]} AS last_seen
FROM system JOIN sensor ON sensor.id = system.sensor JOIN label ON label.id = system.label
WHERE label.kind = 'system' AND system.last_seen = (
    SELECT max(other.last_seen) FROM system AS other JOIN label ON label.id = other.label
    WHERE other.sensor = system.sensor AND other.addr = system.addr AND label.kind = 'system');

CREATE VIEW changes AS
SELECT
    sensor.site, sensor.name AS sensor, {ip[event]}, {tunnel[event]},
    {time[event.time]} AS time, event.kind, event.reason, event.detail
FROM event JOIN sensor ON sensor.id = event.sensor;

-- After a change of the system at an address, what only an earlier one used is not listed.
CREATE VIEW services AS
SELECT
    sensor.site, sensor.name AS sensor, host.ip, host.tunnel, host.mac, host.local, host.role, host.device_type,
    port.port, port.count AS packets, {time[port.last_seen]} AS last_seen
FROM port CROSS JOIN sensor ON sensor.id = port.sensor
CROSS JOIN host ON host.sensor = port.sensor AND host.addr = port.addr
WHERE port.role = 1 AND port.last_seen >= coalesce(host.last_change, 0);

CREATE VIEW cryptography AS
SELECT
    sensor.site, sensor.name AS sensor, host.ip, host.tunnel, host.mac, host.local, host.role, host.device_type,
    label.name AS protocol, label.flavor AS algorithms, system.packets AS connections,
    {time[system.first_seen]} AS first_seen, {time[system.last_seen]} AS last_seen
FROM system CROSS JOIN label ON label.id = system.label CROSS JOIN sensor ON sensor.id = system.sensor
CROSS JOIN host ON host.sensor = system.sensor AND host.addr = system.addr
WHERE label.kind = 'cryptography' AND system.last_seen >= coalesce(host.last_change, 0);

-- A row without a peer stands for connections whose peers were left out.
CREATE VIEW peers AS
SELECT
    sensor.site, sensor.name AS sensor, host.ip, host.tunnel, host.mac, host.local, host.role, host.device_type,
    peer.direction, peer.peer, peer.port, peer.protocol, peer.connections, peer.completed,
    {time[peer.first_seen]} AS first_seen, {time[peer.last_seen]} AS last_seen
FROM peer CROSS JOIN sensor ON sensor.id = peer.sensor
CROSS JOIN host ON host.sensor = peer.sensor AND host.addr = peer.addr
WHERE peer.last_seen >= coalesce(host.last_change, 0)
UNION ALL SELECT
    sensor.site, sensor.name, host.ip, host.tunnel, host.mac, host.local, host.role, host.device_type,
    NULL, NULL, NULL, NULL, host.peers_left_out, NULL, {time[host.first_seen]}, {time[host.last_seen]}
FROM host CROSS JOIN sensor ON sensor.id = host.sensor WHERE host.peers_left_out > 0;
