CREATE TABLE IF NOT EXISTS ${database}.gaps
(
${common}
    state LowCardinality(String),
    cure LowCardinality(String),
    from_sequence Int64,
    to_sequence Int64
)
ENGINE = MergeTree
PARTITION BY epoch
ORDER BY (symbol, receive_time, sequence)
TTL epoch + INTERVAL ${ttl_days} DAY
SETTINGS non_replicated_deduplication_window = 10000
