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

-- A capture, by digests of its first packets, and the run that read it; random ones stand for a live capture.
CREATE TABLE run (
    sensor INTEGER NOT NULL,
    source BLOB NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (sensor, source)
) WITHOUT ROWID;

CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    flavor TEXT NOT NULL,
    UNIQUE (kind, name, flavor)
);

-- A part is what a run saw of a holder (`run` is 0 where parts of several runs are one); `holder` is 0 for the latest holder of an address at a
-- site, 1 for the one before it, and so on; `forgotten` tells holders apart whose MACs were erased (holders.py).
CREATE TABLE host (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    part INTEGER NOT NULL,
    run INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    forgotten INTEGER,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    {columns},
    PRIMARY KEY (sensor, addr, part)
) WITHOUT ROWID;

CREATE TABLE system (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    part INTEGER NOT NULL,
    label INTEGER NOT NULL,
    role INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    packets INTEGER NOT NULL,
    confidence INTEGER,
    PRIMARY KEY (sensor, addr, part, label, role)
) WITHOUT ROWID;

CREATE TABLE port (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    part INTEGER NOT NULL,
    role INTEGER NOT NULL,
    port INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (sensor, addr, part, role, port)
) WITHOUT ROWID;

CREATE TABLE peer (
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    part INTEGER NOT NULL,
    direction TEXT NOT NULL,
    port INTEGER NOT NULL,
    peer TEXT NOT NULL,
    protocol TEXT,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    connections INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    PRIMARY KEY (sensor, addr, part, direction, port, peer)
) WITHOUT ROWID;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    sensor INTEGER NOT NULL,
    addr BLOB NOT NULL,
    part INTEGER NOT NULL,
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

CREATE INDEX host_mac ON host (mac) WHERE mac IS NOT NULL;

CREATE INDEX event_time ON event (time);

CREATE UNIQUE INDEX event_addr ON event (addr, time, kind, sensor, part);

-- With CROSS JOIN SQLite keeps the join order, so that it looks up hosts by sensor and address.
CREATE VIEW holders AS
SELECT
    one.site,
    {values},
    best.policy,
    {names[tool]} AS tools,
    {names[tls_client]} AS tls_clients,
    {names[http_client]} AS http_clients,
    {names[http_server]} AS http_servers,
    {last_values},
    {ports[0]} AS client_ports,
    {ports[1]} AS server_ports,
    {device},
    {time[one.first_seen]} AS first_seen, {time[one.last_seen]} AS last_seen,
    CASE WHEN one.parts = 1 THEN 1 ELSE (SELECT count(DISTINCT part.sensor) FROM {parts}) END AS sensors,
    one.holder, one.addr
FROM (
    SELECT
        sensor.site, host.addr, host.holder, count(*) AS parts, min(host.sensor) AS sensor, min(host.part) AS part,
        max(host.part) AS last_part,
        min(host.first_seen) AS first_seen, max(host.last_seen) AS last_seen
    FROM sensor CROSS JOIN host ON host.sensor = sensor.id
    GROUP BY sensor.site, host.addr, host.holder
) AS one
CROSS JOIN host AS best ON best.addr = one.addr
    AND best.sensor = CASE WHEN one.parts = 1 THEN one.sensor ELSE {best[sensor]} END
    AND best.part = CASE WHEN one.parts = 1 THEN one.part ELSE {best[part]} END
{labels};

CREATE VIEW hosts AS
SELECT {hosts}
FROM holders WHERE holder = 0;

CREATE VIEW systems_now AS
SELECT
    sensor.site, sensor.name AS sensor, min(host.ip) AS ip, min(host.tunnel) AS tunnel,
    label.name AS family, label.flavor, max(system.confidence) / 1000.0 AS confidence,
    sum(system.packets) AS packets,
    {time[min(system.first_seen)]} AS first_seen, {time[max(system.last_seen)]} AS last_seen
FROM system CROSS JOIN host {of[system]}
JOIN sensor ON sensor.id = system.sensor JOIN label ON label.id = system.label
WHERE host.holder = 0 AND label.kind = 'system'
GROUP BY system.sensor, system.addr, system.label, system.role
HAVING max(system.last_seen) = (
    SELECT max(other.last_seen) FROM host AS part CROSS JOIN system AS other
    ON other.sensor = part.sensor AND other.addr = part.addr AND other.part = part.part
    JOIN label ON label.id = other.label
    WHERE part.sensor = system.sensor AND part.addr = system.addr AND part.holder = 0 AND label.kind = 'system');

CREATE VIEW changes AS
SELECT
    sensor.site, sensor.name AS sensor, host.ip, host.tunnel,
    {time[event.time]} AS time, event.kind, event.reason, event.detail
FROM event LEFT JOIN host {of[event]} JOIN sensor ON sensor.id = event.sensor;

-- After a change of the system of a holder, what only an earlier one used is not listed. The inner SELECTs group,
-- the outer ones are flattened: SQLite then computes only the columns that a statement reads.
CREATE VIEW services AS
SELECT
    {holder},
    one.port,
    (SELECT group_concat(protocol, ' | ') FROM (
        SELECT DISTINCT peer.protocol FROM host AS part CROSS JOIN peer
        ON peer.sensor = part.sensor AND peer.addr = part.addr AND peer.part = part.part
        AND peer.direction = 'from' AND peer.port = one.port
        WHERE {same} AND peer.protocol IS NOT NULL ORDER BY 1)) AS protocol,
    one.packets, {time[one.last_seen]} AS last_seen,
    one.holder
FROM (
    SELECT {grouped}, port.port, sum(port.count) AS packets, max(port.last_seen) AS last_seen
    FROM port CROSS JOIN host {of[port]}
    WHERE port.role = 1
    GROUP BY 1, 2, 3, port.port
) AS one CROSS JOIN sensor ON sensor.id = one.sensor
WHERE one.last_seen >= {changed};

CREATE VIEW cryptography AS
SELECT
    {holder},
    label.name AS protocol, label.flavor AS algorithms, one.connections,
    {time[one.first_seen]} AS first_seen, {time[one.last_seen]} AS last_seen,
    one.holder
FROM (
    SELECT {grouped}, system.label, sum(system.packets) AS connections,
        min(system.first_seen) AS first_seen, max(system.last_seen) AS last_seen
    FROM system CROSS JOIN label ON label.id = system.label CROSS JOIN host {of[system]}
    WHERE label.kind = 'cryptography'
    GROUP BY 1, 2, 3, system.label
) AS one CROSS JOIN label ON label.id = one.label CROSS JOIN sensor ON sensor.id = one.sensor
WHERE one.last_seen >= {changed};

-- A row without a peer stands for connections whose peers were left out.
CREATE VIEW peers AS
SELECT
    {holder},
    one.direction, one.peer, one.port, one.protocol, one.connections, one.completed,
    {time[one.first_seen]} AS first_seen, {time[one.last_seen]} AS last_seen,
    one.holder
FROM (
    SELECT {grouped}, peer.direction, peer.peer, peer.port, peer.protocol, sum(peer.connections) AS connections,
        sum(peer.completed) AS completed, min(peer.first_seen) AS first_seen, max(peer.last_seen) AS last_seen
    FROM peer CROSS JOIN host {of[peer]}
    GROUP BY 1, 2, 3, peer.direction, peer.port, peer.peer
    UNION ALL SELECT {grouped}, NULL, NULL, NULL, NULL, sum(host.peers_left_out),
        NULL, min(host.first_seen), max(host.last_seen)
    FROM host
    WHERE host.peers_left_out > 0
    GROUP BY 1, 2, 3
) AS one CROSS JOIN sensor ON sensor.id = one.sensor
WHERE one.last_seen >= {changed};
