CREATE TABLE IF NOT EXISTS ${database}.levels
(
${common}
    side LowCardinality(String),
    price Nullable(Decimal64(9)) CODEC(ZSTD(1)),
    size Nullable(Decimal64(6)) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY epoch
ORDER BY (symbol, receive_time, sequence)
TTL epoch + INTERVAL ${ttl_days} DAY
SETTINGS non_replicated_deduplication_window = 10000
