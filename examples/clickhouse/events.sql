-- huginn pcap --format parquet -o events.parquet capture.pcap
-- clickhouse-client --queries-file events.sql
--
-- Parquet brings types and names. Columns that the table lacks are left out.

CREATE TABLE IF NOT EXISTS events
(
    time_ns DateTime64(9, 'UTC'),
    event LowCardinality(String),
    src_ip String,
    src_port Nullable(UInt16),
    dst_ip String,
    dst_port Nullable(UInt16),
    community_id Nullable(String),
    match_name Nullable(String),
    match_family LowCardinality(Nullable(String)),
    match_flavor Nullable(String),
    match_confidence Nullable(Float64),
    client_name Nullable(String),
    ja4 Nullable(String),
    sni Nullable(String),
    user_agent Nullable(String),
    finding LowCardinality(Nullable(String))
)
ENGINE = MergeTree ORDER BY (event, time_ns);

INSERT INTO events FROM INFILE 'events.parquet' FORMAT Parquet;

SELECT match_family, uniqExact(src_ip) AS hosts
FROM events
WHERE event = 'syn' AND match_family IS NOT NULL
GROUP BY match_family
ORDER BY hosts DESC, match_family;
