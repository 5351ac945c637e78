CREATE TABLE IF NOT EXISTS ${database}.order_events
(
${common}
    kind LowCardinality(String),
    order_id Int64 CODEC(Delta, ZSTD(1)),
    new_order_id Int64 CODEC(Delta, ZSTD(1)),
    side LowCardinality(String),
    price Nullable(Decimal64(9)) CODEC(ZSTD(1)),
    size Nullable(Decimal64(6)) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY epoch
ORDER BY (symbol, receive_time, sequence)
TTL epoch + INTERVAL ${ttl_days} DAY
SETTINGS non_replicated_deduplication_window = 10000
