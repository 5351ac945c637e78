CREATE TABLE IF NOT EXISTS ${database}.status
(
${common}
    state LowCardinality(String),
    scope LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY epoch
ORDER BY (symbol, receive_time, sequence)
TTL epoch + INTERVAL ${ttl_days} DAY
SETTINGS non_replicated_deduplication_window = 10000
